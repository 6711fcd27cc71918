# ruff: noqa: ARG002, A002 - arguments as Qt gives them
"""Spans for assistive technology: list items, named `claim: “the first words…”`, that can be pressed.

They are children of a list that lies over the text without catching the mouse. Only the spans in sight are there: with
100,000 children a screen reader would stall, and the inspector's list has them all.
"""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import VoidPtr

from annotator.domain.span import Span
from annotator.domain.text import first_words

NAME_LENGTH = 60


class SpansInSight(Protocol):
    """What the list asks the text view."""

    def spans_in_sight(self) -> list[tuple[Span, QRect]]: ...
    def said_of(self, span: Span) -> str: ...
    def choose(self, span_id: str | None, reveal: bool = True) -> None: ...
    def chosen_span(self) -> str | None: ...
    def viewport(self) -> QWidget: ...


def span_name(span: Span) -> str:
    """Return what a screen reader calls a span."""
    return f"{span.label}: “{first_words(span.text, NAME_LENGTH)}”"


class SpanOverlay(QWidget):
    """Carries the accessible spans; paints nothing and takes no part in layout, mouse or focus."""

    def __init__(self, view: SpansInSight, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        self.accessible: QAccessibleInterface | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Spans in the text")
        self.setGeometry(0, 0, 1, 1)  # as large as the text it would make Qt repaint all of it on every scroll
        _install()


class _Press(QAccessibleActionInterface):
    def __init__(self, press: Callable[[], None]) -> None:
        super().__init__()
        self._press = press

    def actionNames(self) -> list[str]:
        return [self.pressAction()]

    def doAction(self, actionName: str) -> None:
        if actionName == self.pressAction():
            self._press()

    def keyBindingsForAction(self, actionName: str) -> list[str]:
        return []


class SpanItem(QAccessibleInterface):
    """One span. It looks the span up each time, since the view may have let go of it."""

    def __init__(self, overlay: SpanOverlay, parent: QAccessibleInterface, span_id: str) -> None:
        super().__init__()
        self._overlay = overlay
        self._parent = parent
        self._span_id = span_id
        self._action = _Press(lambda: overlay.view.choose(span_id))

    def _found(self) -> tuple[Span, QRect] | None:
        return next((item for item in self._overlay.view.spans_in_sight() if item[0].id == self._span_id), None)

    def isValid(self) -> bool:
        return self._found() is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._overlay.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        return self._parent

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childCount(self) -> int:
        return 0

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.selectable = True
        state.selected = self._overlay.view.chosen_span() == self._span_id
        return state

    def text(self, t: QAccessible.Text) -> str:
        found = self._found()
        if found is None or t not in (QAccessible.Text.Name, QAccessible.Text.Description):
            return ""
        return self._overlay.view.said_of(found[0]) if t is QAccessible.Text.Name else (found[0].note or "")

    def setText(self, t: QAccessible.Text, text: str) -> None:
        return None

    def rect(self) -> QRect:
        found = self._found()
        if found is None:
            return QRect()
        return QRect(self._overlay.view.viewport().mapToGlobal(found[1].topLeft()), found[1].size())

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()

    def interface_cast(self, type: QAccessible.InterfaceType) -> Any:
        return self._action if type is QAccessible.InterfaceType.ActionInterface else VoidPtr(0)


class SpanList(QAccessibleWidget):
    """The list of the spans in sight. Items are kept by span: a screen reader remembers them."""

    def __init__(self, overlay: SpanOverlay) -> None:
        super().__init__(overlay, QAccessible.Role.List, "Spans in the text")
        self._overlay = overlay
        self._items: dict[str, SpanItem] = {}

    def _ids(self) -> list[str]:
        return [span.id for span, _ in self._overlay.view.spans_in_sight()]

    def childCount(self) -> int:
        return len(self._ids())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        ids = self._ids()
        if not 0 <= index < len(ids):
            return None
        item = self._items.get(ids[index])
        if item is None:
            item = self._items[ids[index]] = SpanItem(self._overlay, self, ids[index])
            QAccessible.registerAccessibleInterface(item)
        return item

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        ids = self._ids()
        return next((i for i, span_id in enumerate(ids) if self._items.get(span_id) is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        at = self._overlay.view.viewport().mapFromGlobal(QPoint(x, y))
        for i, (_, rect) in enumerate(self._overlay.view.spans_in_sight()):
            if rect.contains(at):
                return self.child(i)
        return None

    def rect(self) -> QRect:
        viewport = self._overlay.view.viewport()
        return QRect(viewport.mapToGlobal(QPoint()), viewport.size())

    def interface_cast(self, type: QAccessible.InterfaceType) -> Any:
        return VoidPtr(0)  # None crashes


_installed: list[bool] = []


def _factory(_class: str, item: QObject) -> QAccessibleInterface | None:
    if isinstance(item, SpanOverlay):
        item.accessible = SpanList(item)  # Qt keeps no reference that Python would know of
        return item.accessible
    return None


def _install() -> None:
    if not _installed:
        QAccessible.installFactory(_factory)
        _installed.append(True)
