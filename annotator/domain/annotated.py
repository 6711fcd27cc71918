"""A document with everything that was said about it: what a format reads or writes, one at a time."""

from dataclasses import dataclass

from annotator.domain.document import AnnotatorState, Document
from annotator.domain.relation import Relation
from annotator.domain.span import Span


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """One document, its text, who is how far with it, its spans in text order, and the relations among them.

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
