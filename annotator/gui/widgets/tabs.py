"""A panel's title that chooses between two or three lists: words side by side, the one that is on in bold."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from annotator.gui import fonts
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint

_PAD = 6


class _Tab(QAbstractButton):
    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setText(text)
        self.setAccessibleName(f"Show {text.lower()}")  # the list below is the only thing of that name
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(_font(on=True)).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * fonts.px(_PAD), fonts.px(26))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt. Enter presses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        on, rect = self.isChecked(), QRectF(self.rect())
        token = "text" if on or self.underMouse() else "text3"
        inner = rect.adjusted(fonts.px(_PAD), 0, 0, 0)
        paint.text_in(painter, inner, self.text(), _font(on=on), self.theme.colour(token), Qt.AlignmentFlag.AlignLeft)
        if self.hasFocus():
            paint.focus_ring(painter, rect, self.theme)
        painter.end()


class Tabs(QWidget):
    """`chosen` carries the place of the one pressed, counted from 0."""

    chosen = Signal(int)

    def __init__(self, names: Iterable[str], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = [_Tab(name, theme) for name in names]
        self.inset = fonts.px(_PAD)
        """From the left edge to the first word, px."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for place, button in enumerate(self.buttons):
            # Assistive technology toggles a button that can be on or off, and doesn't click it.
            button.toggled.connect(lambda on, place=place: self.chosen.emit(place) if on else None)
            row.addWidget(button)

    def set_theme(self, theme: Theme) -> None:
        for button in self.buttons:
            button.theme = theme
            button.update()

    def show_chosen(self, place: int) -> None:
        """Show which one is on; no signal is given."""
        self.blockSignals(True)
        self.buttons[place].setChecked(True)
        self.blockSignals(False)


def _font(*, on: bool) -> QFont:
    return fonts.ui(fonts.BASE, QFont.Weight.DemiBold if on else QFont.Weight.Normal)
