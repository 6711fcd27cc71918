"""The text view: the shown document with what the mouse and the keys do with its spans: choose, point, relate."""

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.span import Span
from annotator.gui.text.linking import Linking
from annotator.gui.text.selectable import SelectableDocument


class TextView(SelectableDocument):
    """Lets people select text, choose spans, reshape the chosen one and relate it to others.

    Beyond the signals of `SelectableDocument` it gives `menu_asked` with a global point, once what the menu is about is
    selected or chosen.
    """

    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: tuple[list[str], QPoint] = [], QPoint()
        self._offer_timer = QTimer(self)  # a list at once would catch a double click's second half
        self._offer_timer.setSingleShot(True)
        self._offer_timer.timeout.connect(self._offer_due)
        self.linking = Linking(self, self)

    def clicked(self, point: QPoint, global_point: QPoint) -> None:
        """Choose the span whose own line was clicked, or the shortest there; offer them all if they are several."""
        hit = self.hit(point)
        if hit.line is not None:
            self.choose(hit.line.id, reveal=False)
        elif hit.spans:
            self.choose(hit.spans[0].id, reveal=False)
            if len(hit.spans) > 1:
                self._offer = [span.id for span in hit.spans], global_point
                self._offer_timer.start(QApplication.doubleClickInterval())
        else:
            self.choose(None)

    def forget_offer(self) -> None:
        """Don't offer the spans of the last click any more."""
        self._offer_timer.stop()

    def _offer_due(self) -> None:
        self.spans_offered.emit(*self._offer)

    def span_clicked(self, span_id: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if not self.linking.source:  # else the release takes it
            self.choose(span_id)

    def span_pointed_at(self, span_id: str | None) -> None:
        if self.linking.source:
            self.linking.point_at(span_id)
        elif span_id != self._hovered:
            self.set_hovered(span_id)
            self.span_hovered.emit(span_id)

    def spans_meant(self, point: QPoint) -> list[Span]:
        """Return the spans at a point of the viewport or of a margin: the one whose line or letter it is, else all."""
        if beside := self._chips.span_at(self._chips.mapFrom(self, self.viewport().mapTo(self, point))):
            return [beside]
        if not self.viewport().rect().contains(point):
            return []
        hit = self.hit(point)
        return [hit.line] if hit.line else list(hit.spans)

    def chip_dragged(self, span_id: str, pressed: QPoint, pointer: QPoint) -> Qt.CursorShape | None:
        """The mouse moves, held on the letter of a span; global points. Returns its shape, None while it is a click."""
        inside = self.viewport().mapFromGlobal
        return self.linking.drag(span_id, inside(pressed), inside(pointer))

    def chip_dropped(self, at: QPoint) -> bool:
        """The mouse was let go at a global point; whether that ended a drag."""
        return self.linking.drop(self.viewport().mapFromGlobal(at), at)

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and len(self._store):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and event.key() == Qt.Key.Key_Tab:
                self.choose_next()
                return True
            if plain and event.key() == Qt.Key.Key_Backtab:
                self.choose_previous()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.selection() is None and self._chosen is not None:
            self.choose(None)
            return
        super().keyPressEvent(event)

    # The menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Called by Qt. What is under the mouse is chosen first, unless it is selected."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            selection, at = self.selection(), self.stored_at(event.pos())
            if selection is None or not selection[0] <= at <= selection[1]:
                hit = self.hit(event.pos())
                spans = (hit.line,) if hit.line else hit.spans
                if self._chosen not in [span.id for span in spans]:
                    self.choose(spans[0].id if spans else None, reveal=False)
                self.clear_selection()
            self.menu_asked.emit(event.globalPos())
        else:
            self.menu_asked.emit(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))
        event.accept()
