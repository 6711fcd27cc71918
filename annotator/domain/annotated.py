"""A document with everything that was said about it: what a format reads or writes, one at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.domain.document import AnnotatorState, Document
from annotator.domain.relation import Relation
from annotator.domain.review import Decision
from annotator.domain.span import Span


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """One document, its text, who is how far with it, its spans in text order, and the relations among them.

    `decisions` has, for spans of gold, what was decided, by the span's id; such a span's annotator is the reviewer.
    `unplaced` counts further spans, which have no place in the text since that was corrected, and
    `unplaced_relations` those at them.
    """

    document: Document
    text: str
    states: tuple[AnnotatorState, ...] = ()
    spans: tuple[Span, ...] = ()
    relations: tuple[Relation, ...] = ()
    unplaced: int = 0
    unplaced_relations: int = 0
    decisions: Mapping[str, Decision] = field(default_factory=dict)
