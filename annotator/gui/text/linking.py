"""Choosing the other span of a relation: with Tab and Enter, with a click, or by a drag from a letter in the margin.

While that goes on the span that it began at stays chosen, and the one that would be taken is aimed at: framed, an arrow
leading to it. Nothing is changed here: it is told which two spans are to be related.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from annotator.domain.span import Span
from annotator.gui.text.link_line import LinkLine
from annotator.gui.text.relations_shown import RelationsShown
from annotator.gui.text.reshaping import SCROLL_MS, lines_beyond

_STARTS = 4  # px: what is moved less is a click
_STEPS = {
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}
_LEAVING = (  # why a person's keyboard goes elsewhere; a popup or another window is only for a moment
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_CLICKS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)


class Linker(Protocol):
    """Knows the codebook."""

    def can_join(self, source: str, other: str) -> bool:
        """Whether any type goes between spans of two labels, one way or the other."""

    def preview(self, source: Span, other: Span) -> tuple[str, bool]:
        """The name of the only type that would be drawn, else nothing, and whether it goes from `source`."""


class Linked(Protocol):
    """What choosing the other span asks the text view."""

    relations: RelationsShown

    def viewport(self) -> QWidget: ...
    def verticalScrollBar(self) -> QScrollBar: ...
    def span(self, span_id: str) -> Span | None: ...
    def labels_shown(self) -> list[str]: ...
    def neighbour(self, span: Span, step: int) -> Span: ...
    def chosen_span(self) -> str | None: ...
    def choose(self, span_id: str | None, reveal: bool = True) -> None: ...
    def reveal(self, position: int) -> None: ...
    def set_aimed(self, span_id: str | None) -> None: ...
    def spans_meant(self, point: QPoint) -> list[Span]: ...


@dataclass(slots=True)
class _Drag:
    """The mouse is held on a letter in the margin; places are px of the viewport. `begun` once it has moved."""

    pressed: QPoint
    pointer: QPoint
    begun: bool = False


class Linking(QObject):
    """Sees the viewport's mouse events and the view's keys first, and takes them while a span is being related."""

    began = Signal(str)
    aimed = Signal(object)
    """The id of the span that would be taken now, or None."""
    joined = Signal(str, str, QPoint)
    """Ids of the two spans, and the global point where they were joined."""
    several = Signal(list, QPoint)
    """Ids of spans over each other, all of which could be the other end, and the global point of the click."""
    refused = Signal(str, str)
    """Ids of two spans that no type goes between."""
    ended = Signal()

    def __init__(self, view: Linked, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._source: str | None = None
        self._aimed: str | None = None
        self._drag: _Drag | None = None
        self._given_up: QPoint | None = None  # where a drag began that was ended with the mouse still held
        self._line = LinkLine(parent)
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)
        self.linker: Linker | None = None
        view.viewport().installEventFilter(self)
        parent.installEventFilter(self)

    @property
    def source(self) -> str | None:
        """The id of the span that is being related, None while none is."""
        return self._source

    @property
    def dragging(self) -> bool:
        """Whether the mouse is held, and takes the span where it is let go."""
        return self._drag is not None

    def begin(self, span_id: str) -> None:
        """Let the other span be chosen."""
        if self.linker is None or self._view.span(span_id) is None:
            return
        if self._view.chosen_span() != span_id:
            self._view.choose(span_id, reveal=False)
        self._source = span_id
        self._view.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.began.emit(span_id)

    def end(self) -> None:
        """Relate nothing after all, or no more."""
        if self._source is None:
            return
        if self._drag:
            self._given_up = self._drag.pressed  # until the mouse is let go
        self._source, self._drag = None, None
        self._scroll.stop()
        self._line.hide()
        self._aim(None)
        self._view.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.ended.emit()

    def take(self, span_id: str, at: QPoint) -> None:
        """Take this span for the other end, if any type goes there; `at` is where the mouse is, null without one."""
        source, other = self._ends(span_id)
        if source is None or other is None or other.id == source.id:
            return
        if self._fits(source, other):
            self._aim(other.id)
            self.joined.emit(source.id, other.id, at)
        else:
            self.refused.emit(source.id, other.id)

    def point_at(self, span_id: str | None) -> None:
        """Aim at the span that the mouse is on, if it could be the other end."""
        source, other = self._ends(span_id)
        self._aim(other.id if source and other and self._fits(source, other) else None)

    # Keys and mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt."""
        if self._source is None:
            return False
        if self._view.span(self._source) is None:  # an undo, or another program, took it away
            self.end()
            return False
        if isinstance(event, QKeyEvent) and watched is self.parent():
            return self._key_event(event)
        if isinstance(event, QFocusEvent) and watched is self.parent() and event.lostFocus():
            if event.reason() in _LEAVING:
                self.end()
            return False
        if isinstance(event, QMouseEvent) and watched is self._view.viewport():
            return self._mouse_event(event)
        return False

    def _key_event(self, event: QKeyEvent) -> bool:
        others = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if others:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # letters and figures mean nothing now
            return True
        if event.type() is not QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(-1 if key is Qt.Key.Key_Tab and event.modifiers() else _STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_aimed()
        elif key is Qt.Key.Key_Escape:
            self.end()
        else:
            return bool(event.text().strip())
        return True

    def _mouse_event(self, event: QMouseEvent) -> bool:
        point = event.position().toPoint()
        if event.type() is QEvent.Type.MouseMove:
            self._move_to(self._view.spans_meant(point))
            return True
        if event.type() not in _CLICKS:
            return False
        if event.type() is QEvent.Type.MouseButtonRelease and event.button() is Qt.MouseButton.LeftButton:
            self._clicked(self._view.spans_meant(point), event.globalPosition().toPoint())
        return True

    def _clicked(self, under: Iterable[Span], at: QPoint) -> None:
        source, _ = self._ends(None)
        others = [span for span in under if source and span.id != source.id]
        fitting = [span for span in others if source and self._fits(source, span)]
        if len(fitting) > 1:
            self.several.emit([span.id for span in fitting], at)
        elif others:
            self.take((fitting or others)[0].id, at)

    def _move_to(self, under: Iterable[Span]) -> Qt.CursorShape:
        """Aim at the first span under the mouse that fits; returns the mouse's shape, which says whether one does."""
        source, _ = self._ends(None)
        others = [span for span in under if source and span.id != source.id]
        fitting = next((span for span in others if source and self._fits(source, span)), None)
        self._aim(fitting.id if fitting else None)
        shape = Qt.CursorShape.PointingHandCursor if fitting else Qt.CursorShape.CrossCursor
        shape = Qt.CursorShape.ForbiddenCursor if others and not fitting else shape
        self._view.viewport().setCursor(shape)
        return shape

    def _step(self, step: int) -> None:
        """Aim at the next span in the text that could be the other end, seen from the one aimed at, round the ends."""
        source, _ = self._ends(None)
        if source is None:
            return
        if not any(self.linker and self.linker.can_join(source.label, label) for label in self._view.labels_shown()):
            self.refused.emit(source.id, "")
            return
        aimed = self._view.span(self._aimed) if self._aimed else None
        span = self._view.neighbour(aimed or source, step)
        while not self._fits(source, span) and span.id != (aimed or source).id:
            span = self._view.neighbour(span, step)
        if self._fits(source, span):
            self._view.reveal(span.start)
            self._aim(span.id)
        else:  # the only one of its label is the source itself
            self.refused.emit(source.id, "")

    def _take_aimed(self) -> None:
        if self._aimed:
            self.take(self._aimed, QPoint())

    # Dragging

    def drag(self, span_id: str, pressed: QPoint, pointer: QPoint) -> Qt.CursorShape | None:
        """Follow the mouse, held on a span's letter (viewport px); returns its shape, None while it is a click."""
        if pressed == self._given_up:
            return Qt.CursorShape.ArrowCursor
        if self._drag is None or self._drag.pressed != pressed:
            self._drag = _Drag(pressed, pointer)
        drag = self._drag
        drag.pointer = pointer
        if not drag.begun:
            if (pointer - pressed).manhattanLength() < _STARTS or self.linker is None or self._source:
                return None
            drag.begun = True
            self.begin(span_id)
        beyond = lines_beyond(pointer.y(), self._view.viewport().height())
        self._scroll.start() if beyond else self._scroll.stop()
        return self._follow(drag)

    def drop(self, pointer: QPoint, at: QPoint) -> bool:
        """The mouse was let go at a point of the viewport, `at` on the screen; whether that ended a drag."""
        drag, self._drag = self._drag, None
        given_up, self._given_up = self._given_up, None
        if given_up is not None:
            return True
        if drag is None or not drag.begun or self._source is None:
            return drag is not None and drag.begun
        self._scroll.stop()
        self._line.hide()
        aimed, source = self._aimed, self._source
        under = [span for span in self._view.spans_meant(pointer) if span.id != source]
        if aimed:
            self.take(aimed, at)
        else:
            self.end()
            if under:
                self.refused.emit(source, under[0].id)
        return True

    def _follow(self, drag: _Drag) -> Qt.CursorShape:
        shape = self._move_to(self._view.spans_meant(drag.pointer))
        corner = self._view.viewport().pos()  # px of the view, over all of which the line lies
        self._line.show_between(corner + drag.pressed, corner + drag.pointer, self._view.relations.colour())
        return shape

    def _scroll_on(self) -> None:
        drag = self._drag
        if drag is None:
            self._scroll.stop()
            return
        bar = self._view.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + lines_beyond(drag.pointer.y(), self._view.viewport().height()))
        self._follow(drag)

    # Inside

    def _fits(self, source: Span, other: Span) -> bool:
        return other.id != source.id and self.linker is not None and self.linker.can_join(source.label, other.label)

    def _ends(self, span_id: str | None) -> tuple[Span | None, Span | None]:
        source = self._view.span(self._source) if self._source else None
        return source, self._view.span(span_id) if span_id else None

    def _aim(self, span_id: str | None) -> None:
        if span_id == self._aimed:
            return
        self._aimed = span_id
        self._view.set_aimed(span_id)
        source, other = self._ends(span_id)
        if source and other and self.linker:
            name, forward = self.linker.preview(source, other)
            ends = (source.id, other.id) if forward else (other.id, source.id)
            self._view.relations.show_preview(*ends, name)
        else:
            self._view.relations.show_preview(None)
        self.aimed.emit(span_id)
