"""A document with everything that was said about it: what a format reads or writes, one at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple, Self, cast

from annotator.domain.attributes import Attribute, entity_of
from annotator.domain.document import AnnotatorState, Document
from annotator.domain.relation import Relation
from annotator.domain.review import Decision
from annotator.domain.span import Fragment, Span, text_order


class WrittenSpan(NamedTuple):
    """A span on its way out: it says what `Span` says, but is a plain tuple. A million are made in an export.

    `several` are the fragments where there is more than one, else None: `start` and `end` say it then.
    """

    id: str
    label: str
    start: int
    end: int
    several: tuple[Fragment, ...] | None
    text: str
    annotator: str
    created: str
    modified: str
    note: str | None = None
    attributes: tuple[Attribute, ...] = ()

    @classmethod
    def of(cls, span: Span) -> Self:
        """Return a span as it goes out."""
        several = None if len(span.fragments) == 1 else span.fragments
        times = span.created, span.modified
        edges = span.start, span.end
        return cls(span.id, span.label, *edges, several, span.text, span.annotator, *times, span.note, span.attributes)

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        return self.several or (Fragment(self.start, self.end),)

    @property
    def entity(self) -> str | None:
        return entity_of(self.attributes)


_start = attrgetter("start")

new_written = cast(Callable[[tuple[Any, ...]], WrittenSpan], partial(tuple.__new__, WrittenSpan))
"""Make a `WrittenSpan` of a tuple with every field in order, for who makes many."""


def in_order(spans: Sequence[WrittenSpan]) -> list[WrittenSpan]:
    """Return these in text order; the whole key is looked at only where two begin together."""
    found = sorted(spans, key=_start)
    if len(set(map(_start, found))) < len(found):
        found.sort(key=text_order)
    return found


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """One document, its text, who is how far with it, its spans, and the relations among them.

    `decisions` has, for spans of gold, what was decided, by the span's id; such a span's annotator is the reviewer.
    `unplaced` counts further spans, which have no place in the text since that was corrected, and
    `unplaced_relations` those at them.
    """

    document: Document
    text: str
    states: tuple[AnnotatorState, ...] = ()
    spans: tuple[WrittenSpan, ...] = ()
    relations: tuple[Relation, ...] = ()
    unplaced: int = 0
    unplaced_relations: int = 0
    decisions: Mapping[str, Decision] = field(default_factory=dict)
