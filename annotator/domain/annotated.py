"""A document with everything that was said about it: what a format reads or writes, one at a time."""

from dataclasses import dataclass

from annotator.domain.document import AnnotatorState, Document
from annotator.domain.span import Span


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """One document, its text, who is how far with it, and its spans in text order.

    `unplaced` counts further spans, which have no place in the text since that was corrected.
    """

    document: Document
    text: str
    states: tuple[AnnotatorState, ...] = ()
    spans: tuple[Span, ...] = ()
    unplaced: int = 0
