"""The three parts of the queue side by side, each with its count; one of them is listed."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from annotator.gui import fonts
from annotator.gui.review.parts import Part
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.panes import SIDE
from annotator.gui.widgets.wording import counted

_PAD, _GAP = 9, 6


class _PartButton(QAbstractButton):
    def __init__(self, part: Part, theme: Theme) -> None:
        super().__init__()
        self.theme, self.part, self.count = theme, part, 0
        self.setText(part.value)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        self.count = count
        self.setAccessibleName(f"{self.part.value}: {counted(count, 'item')}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        words = QFontMetricsF(_font(on=True)).horizontalAdvance(self.text())
        figures = QFontMetricsF(_font(on=False)).horizontalAdvance(f"{self.count:,}")
        return QSize(round(words + figures) + _GAP + 2 * fonts.px(_PAD), fonts.px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt. Enter presses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter, on, rect = QPainter(self), self.isChecked(), QRectF(self.rect())
        if on or self.underMouse():
            paint.box(painter, rect, 6, self.theme.colour("pressed" if on else "hover"), None)
        inner, font = rect.adjusted(fonts.px(_PAD), 0, 0, 0), _font(on=on)
        left = Qt.AlignmentFlag.AlignLeft
        paint.text_in(painter, inner, self.text(), font, self.theme.colour("text" if on else "text2"), left)
        inner.setLeft(inner.left() + QFontMetricsF(font).horizontalAdvance(self.text()) + _GAP)
        tone = self.theme.colour("text2" if on else "text3")
        paint.text_in(painter, inner, f"{self.count:,}", fonts.tabular(_font(on=False)), tone, left)
        if self.hasFocus():
            paint.focus_ring(painter, rect, self.theme)
        painter.end()


class PartsBar(QWidget):
    """`chosen` carries the Part that was pressed."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.buttons = {part: _PartButton(part, theme) for part in Part}
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE - fonts.px(4), 0, SIDE, 8)
        row.setSpacing(2)
        for part, button in self.buttons.items():
            # Assistive technology toggles a button that can be on or off, and doesn't click it.
            button.toggled.connect(lambda on, part=part: self.chosen.emit(part) if on else None)
            row.addWidget(button)
        row.addStretch(1)
        self.show_part(Part.OPEN)

    def set_theme(self, theme: Theme) -> None:
        for button in self.buttons.values():
            button.theme = theme
            button.update()

    def show_part(self, part: Part) -> None:
        """Show which part is listed; no signal is given."""
        self.blockSignals(True)
        self.buttons[part].setChecked(True)
        self.blockSignals(False)

    def show_counts(self, counts: dict[Part, int]) -> None:
        for part, button in self.buttons.items():
            button.show_count(counts.get(part, 0))


def _font(*, on: bool) -> QFont:
    return fonts.ui(fonts.BASE, QFont.Weight.Medium if on else QFont.Weight.Normal)
