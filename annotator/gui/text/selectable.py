"""The shown document as one that people use with mouse and keys: select, point, reshape, zoom, copy."""

import time

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from annotator.gui.text import hits
from annotator.gui.text.hits import Hit
from annotator.gui.text.reshapable import ReshapableDocument
from annotator.gui.text.reshaping import Reshaping
from annotator.gui.text.tips import tip

_STEP_PX = 2  # one notch of the wheel


class SelectableDocument(ReshapableDocument):
    """Lets people select text, and reshape the chosen span. What a click means is the subclass's business."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed_at: QPoint | None = None
        self._double_click: tuple[float, QPoint] | None = None
        self._keys_selected = False
        self.reshaping = Reshaping(self, self)

    def hit(self, point: QPoint) -> Hit:
        """Return the spans under a point of the viewport."""
        return hits.spans_under(self.places(), point, self._metrics)

    def clicked(self, point: QPoint, global_point: QPoint) -> None:
        """The mouse was pressed and let go at a point of the viewport."""
        raise NotImplementedError

    def forget_offer(self) -> None:
        """The mouse goes on: what the last click was to offer after a while is not wanted any more."""

    def tip_at(self, point: QPoint) -> str:
        """Return what is said when the mouse rests at a point of the viewport."""
        hit = self.hit(point)
        return tip((hit.line,) if hit.line else hit.spans, self.stored_at(point))

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self.forget_offer()
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
        hit = self.hit(point)
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
            self.clicked(pressed, event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            point = event.position().toPoint()
            self.forget_offer()
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

    def plain_click(self, point: QPoint, global_point: QPoint) -> None:
        """Do what a click on the text does."""
        self.setTextCursor(self.cursorForPosition(point))
        self.clicked(point, global_point)

    def _selection_finished(self) -> None:
        selection = self.selection()
        if selection is not None:
            self.selection_made.emit(*selection)

    # Pointing

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = QRect(event.pos(), event.pos())
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self.viewport(), at)
            return True
        if event.type() is QEvent.Type.Leave:
            self.span_pointed_at(None)
        return super().viewportEvent(event)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.selection() is not None:
            self.clear_selection()
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
