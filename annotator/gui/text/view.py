"""The text view: the shown document with what the mouse and the keys do on it: select, choose, point, zoom, copy."""

import time

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from annotator.domain.span import Span
from annotator.gui.text import hits
from annotator.gui.text.linking import Linking
from annotator.gui.text.reshapable import ReshapableDocument
from annotator.gui.text.reshaping import Reshaping
from annotator.gui.text.tips import tip

_STEP_PX = 2  # one notch of the wheel


class TextView(ReshapableDocument):
    """Lets people select text, choose spans and reshape the chosen one.

    Beyond the signals of `ReshapableDocument` it gives `menu_asked` with a global point, once what the menu is about is
    selected or chosen.
    """

    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed_at: QPoint | None = None
        self._double_click: tuple[float, QPoint] | None = None
        self._offer: tuple[list[str], QPoint] = [], QPoint()
        self._offer_timer = QTimer(self)  # a list at once would catch a double click's second half
        self._offer_timer.setSingleShot(True)
        self._offer_timer.timeout.connect(self._offer_due)
        self._keys_selected = False
        self.reshaping = Reshaping(self, self)
        self.linking = Linking(self, self)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._offer_timer.stop()
        if event.button() is not Qt.MouseButton.LeftButton:
            if not self.textCursor().hasSelection():
                super().mousePressEvent(self._on_text(event))
            return
        if self._is_third_click(point):
            self._select_paragraph(point)
            self._pressed_at = None
            return
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            # Let go of the selection, or Qt starts to drag the text; at the press, or Qt scrolls to the old caret.
            self.setTextCursor(self.cursorForPosition(self._on_text(event).position().toPoint()))
        self._pressed_at = point
        super().mousePressEvent(self._on_text(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.buttons():
            if self._pressed_at is not None:
                super().mouseMoveEvent(self._on_text(event))
            return
        hit = hits.spans_under(self.places(), point, self._metrics)
        span = hit.line or (hit.spans[0] if hit.spans else None)
        self.span_pointed_at(span.id if span else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_at = self._pressed_at, None
        super().mouseReleaseEvent(self._on_text(event))
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.selection() is not None:
            self._selection_finished()
        elif pressed is not None:
            self._clicked(pressed, event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            point = event.position().toPoint()
            self._offer_timer.stop()
            self._double_click = time.monotonic(), point
            self._pressed_at = point
            super().mouseDoubleClickEvent(self._on_text(event))

    def _is_third_click(self, point: QPoint) -> bool:
        if self._double_click is None:
            return False
        at, where = self._double_click
        self._double_click = None
        soon = time.monotonic() - at < QApplication.doubleClickInterval() / 1000
        return soon and (point - where).manhattanLength() < QApplication.startDragDistance()

    def _select_paragraph(self, point: QPoint) -> None:
        """Select one line of the stored text: Qt would take the whole chunk."""
        at = self._offsets.to_stored(self.position_at(point))
        start = self._text.rfind("\n", 0, at) + 1
        end = self._text.find("\n", at)
        self.select(start, end if end >= 0 else len(self._text))

    def _on_text(self, event: QMouseEvent) -> QMouseEvent:
        """Return the event moved from a gap between lines onto the nearer line: Qt takes a gap for a line's start."""
        at = event.position()
        place = hits.nearest(self.places(), int(at.y()))
        if place is None or not 0 <= at.y() < self.viewport().height():
            return event
        line = place.layout.lineAt(place.row.number).naturalTextRect()
        y = place.y + line.center().y()
        return QMouseEvent(
            event.type(),
            QPointF(at.x(), y),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
            event.pointingDevice(),
        )

    def mouse_beside(self, event: QMouseEvent) -> None:
        """A mouse event in a margin works as in the text at the same height."""
        at = QPointF(self.viewport().mapFromGlobal(event.globalPosition()))
        inside = QMouseEvent(
            event.type(),
            at,
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
            event.pointingDevice(),
        )
        QApplication.sendEvent(self.viewport(), inside)

    def cursor_beside(self) -> Qt.CursorShape:
        """The mouse's shape in a margin: a handle may reach into it."""
        shape = self.viewport().cursor().shape()
        return shape if shape is Qt.CursorShape.SizeHorCursor else Qt.CursorShape.ArrowCursor

    def _clicked(self, point: QPoint, global_point: QPoint) -> None:
        """Choose the span whose own line was clicked, or the shortest there; offer them all if they are several."""
        hit = hits.spans_under(self.places(), point, self._metrics)
        if hit.line is not None:
            self.choose(hit.line.id, reveal=False)
        elif hit.spans:
            self.choose(hit.spans[0].id, reveal=False)
            if len(hit.spans) > 1:
                self._offer = [span.id for span in hit.spans], global_point
                self._offer_timer.start(QApplication.doubleClickInterval())
        else:
            self.choose(None)

    def plain_click(self, point: QPoint, global_point: QPoint) -> None:
        """Do what a click on the text does."""
        self.setTextCursor(self.cursorForPosition(point))
        self._clicked(point, global_point)

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
        hit = hits.spans_under(self.places(), point, self._metrics)
        return [hit.line] if hit.line else list(hit.spans)

    def chip_dragged(self, span_id: str, pressed: QPoint, pointer: QPoint) -> Qt.CursorShape | None:
        """The mouse moves, held on the letter of a span; global points. Returns its shape, None while it is a click."""
        inside = self.viewport().mapFromGlobal
        return self.linking.drag(span_id, inside(pressed), inside(pointer))

    def chip_dropped(self, at: QPoint) -> bool:
        """The mouse was let go at a global point; whether that ended a drag."""
        return self.linking.drop(self.viewport().mapFromGlobal(at), at)

    def _selection_finished(self) -> None:
        selection = self.selection()
        if selection is not None:
            self.selection_made.emit(*selection)

    # Pointing

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = hits.spans_under(self.places(), event.pos(), self._metrics)
            said = tip((hit.line,) if hit.line else hit.spans, self.stored_at(event.pos()))
            QToolTip.showText(event.globalPos(), said, self.viewport(), QRect(event.pos(), event.pos()))
            return True
        if event.type() is QEvent.Type.Leave:
            self.span_pointed_at(None)
        return super().viewportEvent(event)

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
        if event.key() == Qt.Key.Key_Escape and (self.selection() is not None or self._chosen is not None):
            if self.selection() is not None:
                self.clear_selection()
            else:
                self.choose(None)
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_text()
            return
        before = self.selection()
        super().keyPressEvent(event)
        if self.selection() not in (None, before):
            self._keys_selected = True

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        modifiers = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        held = event.modifiers() & modifiers and event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control)
        if self._keys_selected and not event.isAutoRepeat() and not held:
            self._keys_selected = False
            self._selection_finished()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.set_zoom_px(self._metrics.size + (_STEP_PX if turned > 0 else -_STEP_PX))
            event.accept()
            return
        super().wheelEvent(event)

    def announce(self, text: str) -> None:
        """Have assistive technology read out what only the page shows."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    # The menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Called by Qt. What is under the mouse is chosen first, unless it is selected."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            selection, at = self.selection(), self.stored_at(event.pos())
            if selection is None or not selection[0] <= at <= selection[1]:
                hit = hits.spans_under(self.places(), event.pos(), self._metrics)
                spans = (hit.line,) if hit.line else hit.spans
                if self._chosen not in [span.id for span in spans]:
                    self.choose(spans[0].id if spans else None, reveal=False)
                self.clear_selection()
            self.menu_asked.emit(event.globalPos())
        else:
            self.menu_asked.emit(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))
        event.accept()

    # Copying

    def copy_text(self) -> None:
        """Copy the selection, else the chosen span's text, as stored."""
        chosen = self.span(self._chosen) if self._chosen else None
        if self.selection() is not None:
            self.copy()
        elif chosen is not None:
            QGuiApplication.clipboard().setText(chosen.text)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        selection = self.selection()
        if selection is not None:
            data.setText(self._text[slice(*selection)])
        return data
