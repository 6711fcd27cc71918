"""A span in the making: what a reviewer corrects before it becomes gold."""

from typing import NamedTuple

from annotator.domain import shaping
from annotator.domain.shaping import End, Fragments
from annotator.domain.span import Span, span_text

DRAFT = "draft"
"""The id under which the text shows it."""


class Draft(NamedTuple):
    """Its label and its fragments (code points, ends exclusive)."""

    label: str
    fragments: Fragments

    def as_span(self, document: str, text: str) -> Span:
        """Return it as a span of the document's `text`."""
        return Span(DRAFT, document, self.label, self.fragments, span_text(text, self.fragments), "", "", "")


class DraftShaper:
    """Says what becomes of a draft under the mouse. With `words` its ends go by whole words."""

    def __init__(self, text: str, words: bool) -> None:
        self._text = text
        self._words = words

    def dragged(self, span: Span, end: End, position: int) -> Fragments:
        """Return the fragments with one end brought to a position."""
        return shaping.dragged(self._text, span.fragments, end, position, words=self._words)

    def with_stretch(self, span: Span, start: int, end: int) -> Fragments:
        """Return the fragments with a stretch added."""
        return shaping.with_stretch(self._text, span.fragments, start, end, words=self._words)
