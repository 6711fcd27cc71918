"""Reshaping the chosen span with the mouse: drag a handle, Ctrl+drag a further fragment, Ctrl+click one away.

While the mouse is held the page shows what would become of the span; Escape puts it back. Nothing is changed here: the
view tells what was asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from annotator.domain.shaping import End, Fragments, without_fragment_at
from annotator.domain.span import Span
from annotator.gui.text.handles import Handle

_STARTS = 3  # px: what is moved less is a click
_FADES = 24  # px: so far from its press the pointer means the place that it is at, no longer one beside it
SCROLL_MS = 60
_EDGE = 6  # px from the page's upper and lower edge within which it scrolls
_FASTER = 24  # px further out for each line more at once


def lines_beyond(y: int, height: int) -> int:
    """Return how many lines a page of that height is to scroll at once, downwards, with the mouse at `y`; 0 inside."""
    below, above = y - (height - _EDGE), _EDGE - y
    if below > 0:
        return 1 + below // _FASTER
    return -(1 + above // _FASTER) if above > 0 else 0


class Shaper(Protocol):
    """Says what becomes of a span; it knows whether ends go by words."""

    def dragged(self, span: Span, end: End, position: int) -> Fragments: ...
    def with_stretch(self, span: Span, start: int, end: int) -> Fragments: ...


class Reshaped(Protocol):
    """What reshaping asks the text view; its `shaper` is None where nothing can be reshaped."""

    shaper: Shaper | None

    def viewport(self) -> QWidget: ...
    def verticalScrollBar(self) -> QScrollBar: ...
    def span(self, span_id: str) -> Span | None: ...
    def chosen_span(self) -> str | None: ...
    def clear_selection(self) -> None: ...
    def handle_at(self, point: QPoint) -> Handle | None: ...
    def stored_at(self, point: QPoint) -> int: ...
    def show_shape(self, span_id: str, fragments: Fragments) -> None: ...
    def forget_offer(self) -> None: ...
    def plain_click(self, point: QPoint, global_point: QPoint) -> None: ...
    def ask_shape(self, span_id: str, fragments: Fragments) -> None: ...


@dataclass(slots=True)
class _Drag:
    """The mouse is held. `offset` leads from where it was pressed to the place in the text that it moves."""

    base: Span
    shape: Callable[[int], Fragments]
    handle: Handle | None
    pressed: QPoint
    pointer: QPoint
    offset: QPoint
    shown: Fragments
    moved: bool = False

    @property
    def place(self) -> QPoint:
        """The point of the viewport that is meant: first the end that was taken, then more and more the pointer."""
        far = (self.pointer - self.pressed).manhattanLength()
        return self.pointer + self.offset * max(0.0, 1 - far / _FADES)


class Reshaping(QObject):
    """Sees the viewport's mouse events before the view does, and Escape; takes those that reshape."""

    def __init__(self, view: Reshaped, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._drag: _Drag | None = None
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)
        view.viewport().installEventFilter(self)
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            escape = event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape
            return escape and self._drag is not None and watched is self.parent() and self.put_back()
        if not isinstance(event, QMouseEvent) or watched is self.parent():
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return self._pressed(event, with_handles=True)
            case QEvent.Type.MouseButtonDblClick:  # on a handle it is meant for the word there
                return self._pressed(event, with_handles=False)
            case QEvent.Type.MouseMove:
                return self._moved(event)
            case QEvent.Type.MouseButtonRelease:
                return self._released(event)
        return False

    def _pressed(self, event: QMouseEvent, *, with_handles: bool) -> bool:
        span_id = self._view.chosen_span()
        span = self._view.span(span_id) if span_id else None
        if event.button() is not Qt.MouseButton.LeftButton or span is None or self._view.shaper is None:
            return self._drag is not None
        point, modifiers = event.position().toPoint(), event.modifiers()
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            self._begin_stretch(span, point, self._view.shaper)
        elif with_handles and not modifiers and (handle := self._view.handle_at(point)):
            self._begin_end(span, point, handle, self._view.shaper)
        else:
            return False
        self._view.forget_offer()
        return True

    def _begin_end(self, span: Span, point: QPoint, handle: Handle, shaper: Shaper) -> None:
        def shape(position: int) -> Fragments:
            return shaper.dragged(span, handle.end, position)

        self._drag = _Drag(span, shape, handle, point, point, handle.anchor - point, span.fragments)

    def _begin_stretch(self, span: Span, point: QPoint, shaper: Shaper) -> None:
        begin = self._view.stored_at(point)

        def shape(position: int) -> Fragments:
            return shaper.with_stretch(span, *sorted((begin, position)))

        self._drag = _Drag(span, shape, None, point, point, QPoint(), span.fragments)

    def _moved(self, event: QMouseEvent) -> bool:
        point = event.position().toPoint()
        drag = self._drag
        if drag is None:
            if not event.buttons():
                self._show_cursor(point)
            return False
        if not event.buttons() & Qt.MouseButton.LeftButton:  # the release went elsewhere
            return self.put_back()
        drag.pointer = point
        if not drag.moved and (point - drag.pressed).manhattanLength() >= _STARTS:
            drag.moved = True
            self._view.clear_selection()
        if drag.moved:
            self._follow(drag)
            self._scroll.start() if self._beyond(point) else self._scroll.stop()
        return True

    def _follow(self, drag: _Drag) -> None:
        """Show the span as it would be if the mouse were let go now."""
        if not self._is_ours(drag):
            self._end()
            return
        drag.shown = drag.shape(self._view.stored_at(drag.place))
        span = self._view.span(drag.base.id)
        if span is not None and span.fragments != drag.shown:
            self._view.show_shape(drag.base.id, drag.shown)

    def _is_ours(self, drag: _Drag) -> bool:
        """Whether the span is still there, and has no other fragments from elsewhere (an undo, another program)."""
        span = self._view.span(drag.base.id)
        return span is not None and span.fragments in (drag.shown, drag.base.fragments)

    def _released(self, event: QMouseEvent) -> bool:
        drag = self._drag
        if drag is None or event.button() is not Qt.MouseButton.LeftButton:
            return drag is not None
        self.put_back()
        point = event.position().toPoint()
        if drag.moved:
            if self._is_ours(drag) and drag.shown != drag.base.fragments:
                self._view.ask_shape(drag.base.id, drag.shown)
        elif not self._taken_out(drag, point):
            self._view.plain_click(point, event.globalPosition().toPoint())
        self._show_cursor(point)
        return True

    def _taken_out(self, drag: _Drag, point: QPoint) -> bool:
        """Ctrl+click: ask for the span without the fragment under the point, if it has others."""
        if drag.handle or self._view.span(drag.base.id) is None:
            return False
        left = without_fragment_at(drag.base.fragments, self._view.stored_at(point))
        if left == drag.base.fragments:
            return False
        self._view.ask_shape(drag.base.id, left)
        return True

    def put_back(self) -> bool:
        """Show the span as it is stored; what the mouse does until it is let go means nothing."""
        drag = self._drag
        if drag is not None and drag.moved and self._is_ours(drag):
            self._view.show_shape(drag.base.id, drag.base.fragments)
        self._end()
        return True

    def _end(self) -> None:
        self._drag = None
        self._scroll.stop()

    # The page goes along

    def _beyond(self, point: QPoint) -> int:
        return lines_beyond(point.y(), self._view.viewport().height())

    def _scroll_on(self) -> None:
        drag = self._drag
        if drag is None:
            self._scroll.stop()
            return
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + self._beyond(drag.pointer))
        self._follow(drag)

    def _show_cursor(self, point: QPoint) -> None:
        on_handle = self._view.shaper is not None and self._view.handle_at(point) is not None
        shape = Qt.CursorShape.SizeHorCursor if on_handle else Qt.CursorShape.IBeamCursor
        if self._view.viewport().cursor().shape() is not shape:
            self._view.viewport().setCursor(shape)
