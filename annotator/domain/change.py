"""A change: one reversible step, stored; and what a change did, for whoever shows the project."""

import enum
from dataclasses import dataclass

from annotator.domain.relation import Relation
from annotator.domain.span import Span


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


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one commit did. Views repaint what it names.

    `spans` and `relations` are in their new state; `removed` and `removed_relations` are (id, document id);
    `documents` are those whose row in the list may differ (also by a count or state), or whose relations do; `texts`
    are those whose text is another now, `gone` those that are not there any more; `codebook` and `listing` are true
    where the labels or the set and order of documents may, `entities` where the registry of entities is another.
    `review` are the documents in which a decision, a comment, a reveal or gold is another now; gold's own spans and
    relations are not among the others. Where nothing but a few decisions and their gold was written, `decisions` are
    those: the id of each, and the ids of the spans that it is, or was, about. `foreign` is true for a change that
    another program made to the same file.
    """

    change: Change
    spans: tuple[Span, ...] = ()
    removed: tuple[tuple[str, str], ...] = ()
    relations: tuple[Relation, ...] = ()
    removed_relations: tuple[tuple[str, str], ...] = ()
    documents: frozenset[str] = frozenset()
    codebook: bool = False
    listing: bool = False
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
        return [span for span in self.spans if span.document == document_id]
