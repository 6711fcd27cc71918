"""The shown document as one whose chosen span can be reshaped: what a program may ask; the mouse is in `reshaping`."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.shaping import Fragments
from annotator.domain.span import span_text
from annotator.gui.text.handles import Handle, handle_at
from annotator.gui.text.reshaping import Shaper
from annotator.gui.text.shown import ShownDocument


class ReshapableDocument(ShownDocument):
    """Gives, beyond the signals of `ShownDocument`, `resized` with a span's id and the (start, end) of its fragments.

    It tells what was asked for with the mouse; the page then shows the span as it was.
    """

    resized = Signal(str, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shaper: Shaper | None = None

    def set_shaper(self, shaper: Shaper | None) -> None:
        """Let the chosen span be reshaped with the mouse, as `shaper` says; None: it can't be."""
        self.shaper = shaper
        self._handles = shaper is not None
        self.refresh()

    def show_shape(self, span_id: str, fragments: Fragments) -> None:
        """Show a span with these fragments, for the time being."""
        span = self.span(span_id)
        if span is not None:
            shaped = replace(span, fragments=fragments, text=span_text(self._text, fragments))
            self.put_span(shaped, pending=span_id in self._pending)

    def ask_shape(self, span_id: str, fragments: Fragments) -> None:
        """Tell that the span is wanted with these fragments."""
        self.resized.emit(span_id, [(fragment.start, fragment.end) for fragment in fragments])

    def handle_at(self, point: QPoint) -> Handle | None:
        """Return the chosen span's handle under a point of the viewport."""
        return handle_at(self.places(), self._chosen, point, self._metrics) if self._chosen else None

    def stored_at(self, point: QPoint) -> int:
        """Return the position nearest to a point of the viewport."""
        return self._offsets.to_stored(self.position_at(point))

    def caret(self) -> int:
        """Return the caret's position."""
        return self._offsets.to_stored(self.textCursor().position())

    def set_caret(self, position: int) -> None:
        """Put the caret at a position; nothing is selected then."""
        self._set_caret(position)

    def step_towards(self, to: str, position: int) -> int:
        """Return whether `right` (or `left`), as one sees it at a position, is later in the text, 1, or earlier, -1."""
        return 1 if (to == "right") != self.is_right_to_left(position) else -1

    def is_right_to_left(self, position: int) -> bool:
        """Whether the paragraph at a position runs from right to left."""
        block = self.document().findBlock(self._offsets.to_display(position))
        return block.textDirection() is Qt.LayoutDirection.RightToLeft
