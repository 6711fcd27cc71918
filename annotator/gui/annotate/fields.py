"""The fields of attributes: what all have in common, and those that take one option or several."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from annotator.domain.attributes import NO, YES
from annotator.domain.codebook import AttributeKind, AttributeType
from annotator.gui import fonts
from annotator.gui.theme import Theme
from annotator.gui.widgets.segments import Segments

if TYPE_CHECKING:
    from annotator.domain.entity_match import EntityBook

NO_VALUE = "No value"

_MOST_SEGMENTS = 4
_OPENS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_F4)
_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Field(QWidget):
    """Shows what is stored and tells what it should be.

    `changed` carries all values, none if it was cleared; `left` says that Escape leads back to the text. In fields of
    options the figures pick an option and Delete clears: they are no keys of the window there.
    """

    changed = Signal(tuple)
    left = Signal()

    def __init__(self, kind: AttributeType) -> None:
        super().__init__()
        self.kind = kind
        self.values: tuple[str, ...] = ()

    def stops(self) -> list[QWidget]:
        """Return the widgets that can have the keyboard focus, in order."""
        raise NotImplementedError

    def stop(self) -> QWidget:
        """Return the widget that takes the keyboard focus first."""
        return self.stops()[0]

    def show_values(self, values: tuple[str, ...]) -> None:
        """Show what is stored. What is being typed stays."""
        raise NotImplementedError

    def show_anew(self, values: tuple[str, ...]) -> None:
        """Show what another span has; nothing stays."""
        self.show_values(values)

    def set_read_only(self, read_only: bool) -> None:
        self.setEnabled(not read_only)

    def set_book(self, book: "EntityBook") -> None:
        """Take the entities that there are."""

    def set_words(self, words: str) -> None:
        """Take the words of the span that is shown next."""

    def finish(self) -> None:
        """Tell what has been typed and not told yet."""

    def recent_refusal(self) -> str:
        """Return why a value typed a moment ago was refused, or nothing."""
        return ""

    def pick(self, option: str) -> None:
        """An option was pressed: it is taken, or let go of if it is the value."""
        self.tell(() if self.values == (option,) else (option,))

    def tell(self, values: tuple[str, ...]) -> None:
        """Show the values as those that are stored, and say so."""
        if values != self.values:
            self.show_values(values)
            self.changed.emit(values)

    def described(self) -> str:
        """Return what assistive technology says of every part of the field."""
        name = f"{self.kind.name}, required" if self.kind.required else self.kind.name
        return f"{name}. {self.kind.guideline}" if self.kind.guideline else name

    def watch(self, *widgets: QWidget) -> None:
        """Mind the keys of these widgets."""
        for widget in widgets:
            widget.setAccessibleDescription(self.described())
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.ShortcutOverride and self._takes(event):
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.finish()
                self.left.emit()
                return True
            if self._takes(event):
                self._take(event)
                return True
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        figure = Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and (figure or event.key() in _CLEARS)

    def _take(self, event: QKeyEvent) -> None:
        options = _options(self.kind)
        place = event.key() - Qt.Key.Key_1
        if event.key() in _CLEARS:
            self.tell(())
        elif place < len(options) and not event.isAutoRepeat():
            self.pick(options[place])


class ChoiceField(Field):
    """Segments where few options fit beside each other, else a box that opens a list."""

    def __init__(self, kind: AttributeType, theme: Theme) -> None:
        super().__init__(kind)
        options = _options(kind)
        self.box = _Box(kind.name, options)
        self.box.picked.connect(lambda option: self.tell((option,) if option else ()))
        self.segments: Segments | None = None
        self._either = QStackedLayout(self)
        self._either.addWidget(self.box)
        if 0 < len(options) <= _MOST_SEGMENTS:
            self.segments = Segments(options, theme)
            self.segments.setAccessibleName(kind.name)
            self.segments.pressed_option.connect(self.pick)
            self._either.addWidget(self.segments)
        self.watch(*self.stops())

    def stops(self) -> list[QWidget]:
        return [*(self.segments.segments if self.segments else ()), self.box]

    def stop(self) -> QWidget:
        return self.segments.stop() if self.segments and self.segments is self._either.currentWidget() else self.box

    def show_values(self, values: tuple[str, ...]) -> None:
        self.values = values
        self.box.show_option(values[0] if values else "")
        if self.segments:
            self.segments.set_option(values[0] if values else None)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, fonts.px(30))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt. The width decides."""
        super().resizeEvent(event)
        if self.segments is None:
            return
        fits = self.kind.kind is AttributeKind.YES_NO or self.segments.needed_width() <= self.width()
        wanted = self.segments if fits else self.box
        if self._either.currentWidget() is not wanted:
            had_focus = any(stop.hasFocus() for stop in self.stops())
            self._either.setCurrentWidget(wanted)
            if had_focus:
                self.stop().setFocus(Qt.FocusReason.OtherFocusReason)


class ChoicesField(Field):
    """A check box an option; each is one change."""

    def __init__(self, kind: AttributeType) -> None:
        super().__init__(kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        self.boxes: list[QCheckBox] = []
        for option in kind.options:
            box = QCheckBox(option.replace("&", "&&"))
            box.setAccessibleName(option)
            box.setFont(fonts.ui(12))
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.clicked.connect(lambda _checked=False, option=option: self.pick(option))
            column.addWidget(box)
            self.boxes.append(box)
        self.watch(*self.boxes)

    def stops(self) -> list[QWidget]:
        return [*self.boxes]

    def show_values(self, values: tuple[str, ...]) -> None:
        self.values = values
        for box, option in zip(self.boxes, self.kind.options, strict=True):
            box.setChecked(option in values)

    def pick(self, option: str) -> None:
        self.tell(tuple(each for each in self.kind.options if (each in self.values) != (each == option)))


class _Box(QComboBox):
    """One of several. Keys open the list first, so that walking through it changes nothing; the wheel scrolls."""

    picked = Signal(str)

    def __init__(self, name: str, options: tuple[str, ...]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFont(fonts.ui(12))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setPlaceholderText("Choose…")
        for option in options:
            self.addItem(option, option)
        self._options = len(options)
        self.setMaxVisibleItems(20)
        self.activated.connect(lambda row: self.picked.emit(self.itemData(row)))

    def show_option(self, option: str) -> None:
        """Show an option, or none with an empty text. Only where there is one can it be taken away."""
        if bool(option) and self.count() == self._options:
            self.addItem(NO_VALUE, "")
        elif not option and self.count() > self._options:
            self.removeItem(self._options)
        self.setCurrentIndex(self.findData(option) if option else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENS:
            self.showPopup()
        else:
            event.ignore()


def _options(kind: AttributeType) -> tuple[str, ...]:
    return (YES, NO) if kind.kind is AttributeKind.YES_NO else kind.options
