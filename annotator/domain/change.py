"""A change: one reversible step, stored; and what a change did, for whoever shows the project."""

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, overload

from annotator.domain.relation import Relation
from annotator.domain.span import Span

Row = tuple[Any, ...]  # of a span, as the storage has it


class ChangeKind(enum.StrEnum):
    """Whether a change does something, takes an earlier change back, or does it again."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the history. `name` says what it did ("tag claim"), also for an undo or redo of it."""

    number: int
    id: str
    kind: ChangeKind
    name: str
    annotator: str
    at: str

    @property
    def title(self) -> str:
        """The name with "undo" or "redo" before it where that is what happened."""
        return self.name if self.kind is ChangeKind.DO else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class UndoState:
    """The names of the changes that undo and redo would reach now, None where there is none."""

    undo: str | None
    redo: str | None


class SpansToMake(Sequence[Span]):
    """The spans of a large change, each made anew when it is asked for: of 100,000 a window shows a few.

    `make` gives a span of one of `rows`, in any thread; `documents` has the document of each, `described` are the
    places of those with attributes.
    """

    def __init__(
        self, rows: Sequence[Row], make: Callable[[Row], Span], documents: Sequence[str], described: Sequence[int]
    ) -> None:
        self._rows, self._make = rows, make
        self._documents, self._described = documents, described

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Span: ...
    @overload
    def __getitem__(self, place: slice) -> list[Span]: ...
    def __getitem__(self, place: int | slice) -> Span | list[Span]:
        if isinstance(place, slice):
            return [self._make(row) for row in self._rows[place]]
        return self._make(self._rows[place])

    def within(self, document_id: str) -> list[Span]:
        """Return those in one document."""
        found, place = list[Span](), -1
        for _ in range(self._documents.count(document_id)):
            place = self._documents.index(document_id, place + 1)  # by the list itself: a loop of ours takes 10 ms
            found.append(self[place])
        return found

    def described(self) -> list[Span]:
        """Return those that have attributes."""
        return [self[place] for place in self._described]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one commit did. Views repaint what it names.

    `spans` and `relations` are in their new state; `removed` and `removed_relations` are (id, document id);
    `documents` are those whose row in the list may differ (also by a count or state), or whose relations do; `texts`
    are those whose text is another now, `gone` those that are not there any more; `codebook` and `listing` are true
    where the labels or the set and order of documents may, `entities` where the registry of entities is another.
    `noted` are the documents, with their notes, where of documents only notes were written: no list is read for that.
    `review` are the documents in which a decision, a comment, a reveal or gold is another now; gold's own spans and
    relations are not among the others. Where nothing but a few decisions and their gold was written, `decisions` are
    those: the id of each, and the ids of the spans that it is, or was, about. `foreign` is true for a change that
    another program made to the same file.
    """

    change: Change
    spans: Sequence[Span] = ()
    removed: tuple[tuple[str, str], ...] = ()
    relations: tuple[Relation, ...] = ()
    removed_relations: tuple[tuple[str, str], ...] = ()
    documents: frozenset[str] = frozenset()
    codebook: bool = False
    listing: bool = False
    noted: tuple[tuple[str, str | None], ...] = ()
    entities: bool = False
    undo_state: UndoState = UndoState(None, None)
    foreign: bool = False
    texts: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    review: frozenset[str] = frozenset()
    decisions: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def touched(self) -> frozenset[str]:
        """The documents of which anything at all may be another."""
        rest = self.review | self.texts | self.gone
        return self.documents if rest <= self.documents else self.documents | rest  # 100,000 are not copied for nothing

    def spans_in(self, document_id: str) -> list[Span]:
        """Return the spans in one document."""
        if document_id not in self.documents:
            return []
        if isinstance(self.spans, SpansToMake):
            return self.spans.within(document_id)
        return [span for span in self.spans if span.document == document_id]

    def removed_in(self, document_id: str) -> list[str]:
        """Return the ids of the spans that are gone from one document."""
        if document_id not in self.documents:
            return []
        return [key for key, document in self.removed if document == document_id]

    def described_spans(self) -> list[Span]:
        """Return the spans that have attributes."""
        if isinstance(self.spans, SpansToMake):
            return self.spans.described()
        return [span for span in self.spans if span.attributes]
