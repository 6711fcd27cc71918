"""The codebook as buttons: press one to tag the selection with it, or to arm it."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook, Label
from annotator.gui import fonts
from annotator.gui.theme import LabelStyle, Theme
from annotator.gui.widgets import lines, paint
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.low_area import LowArea
from annotator.gui.widgets.panes import SIDE, PaneHeader, ground
from annotator.gui.widgets.wording import plain_tooltip

_INSET = 6
_CHIP = 18
_NAME_LEFT = SIDE + _CHIP + 10
_SAMPLE = 26
_SHORTEST_SAMPLE = 16
_GAP = 8
_LINE = 17
_ROW = 32


class LabelButton(QPushButton):
    """One label: letter, name, sample of its line, number of spans, key. Its name is never cut: it takes more lines."""

    def __init__(self, label: Label, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self._theme = theme
        self._style = theme.label_style(label)
        self._count = 0
        self._armed = False
        self._hover = False
        self.setAccessibleName(label.name)
        self.setToolTip(plain_tooltip(label.guideline))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)  # Fixed would cap it at the hint
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._describe()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._style = theme.label_style(self.label)
        self.update()

    def set_count(self, count: int) -> None:
        if count != self._count:
            before, self._count = self._count_width(), count
            self._describe()
            if self._count_width() != before:
                self.updateGeometry()
            self.update()

    def set_armed(self, armed: bool) -> None:
        if armed != self._armed:
            self._armed = armed
            self._describe()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(280), fonts.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, fonts.px(32))

    def heightForWidth(self, width: int) -> int:
        return fonts.px(32 - _LINE) + len(self._name_lines(width)) * fonts.px(_LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        chip, first = fonts.px(_CHIP), fonts.px(32)
        paint.letter_chip(painter, QRectF(SIDE, (first - chip) / 2, chip, chip), self._style)
        names = self._name_lines(self.width())
        pad = (self.height() - len(names) * fonts.px(_LINE)) / 2
        name = QRectF(fonts.px(_NAME_LEFT), pad, self.width(), self.height())
        tone = self._theme.colour("text" if self.isEnabled() else "control")
        lines.draw(painter, name, names, _name_font(), tone, fonts.px(_LINE))
        self._paint_right(painter, first, names)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        super().leaveEvent(event)

    def _paint_ground(self, painter: QPainter) -> None:
        row = QRectF(self.rect()).adjusted(_INSET, 0, -_INSET, 0)
        if self._armed:
            paint.box(painter, row, 6, self._style.strong, self._style.line)
        state = paint.RowState(
            hover=self._hover and self.isEnabled() and not self._armed,
            pressed=self.isDown(),
            focused=self.hasFocus(),
        )
        paint.row_ground(painter, row, self._theme, state)

    def _paint_right(self, painter: QPainter, height: int, names: list[str]) -> None:
        right = float(self.width() - SIDE)
        if self.label.key is not None:
            cap, high = paint.key_cap_width(str(self.label.key)), fonts.px(18)
            rect = QRectF(right - cap, (height - high) / 2, cap, high)
            paint.key_cap(painter, rect, str(self.label.key), self._theme, enabled=self.isEnabled())
        right -= self._key_room()
        count = QRectF(0, 0, right, height)
        ink = self._style.chip_text if self._armed else self._theme.colour("text3")
        paint.text_in(painter, count, f"{self._count:,}", _count_font(), ink, Qt.AlignmentFlag.AlignRight)
        right -= self._count_width() + _GAP
        wide = max(QFontMetricsF(_name_font()).horizontalAdvance(line) for line in names)
        free = right - fonts.px(_NAME_LEFT) - wide - _GAP
        if self._armed and free >= QFontMetricsF(_count_font()).horizontalAdvance("armed"):
            paint.text_in(
                painter, QRectF(0, 0, right, height), "armed", _count_font(), ink, Qt.AlignmentFlag.AlignRight
            )
        elif not self._armed and free >= fonts.px(_SHORTEST_SAMPLE):
            sample = min(fonts.px(_SAMPLE), int(free))
            paint.line_form(painter, QRectF(right - sample, 0, sample, height), self._style)

    def _name_lines(self, width: int) -> list[str]:
        room = width - fonts.px(_NAME_LEFT) - SIDE - self._key_room() - self._count_width() - _GAP
        return lines.broken(self.label.name, _name_font(), max(room, 40), 20) or [""]

    def _key_room(self) -> int:
        return paint.key_cap_width("1") + 10

    def _count_width(self) -> float:
        """Room for the count: that of two figures at least, so that samples stay in one column."""
        return max(QFontMetricsF(_count_font()).horizontalAdvance(text) for text in (f"{self._count:,}", "00"))

    def _describe(self) -> None:
        parts = [f"{self._count} in this document", f"key {self.label.key}" if self.label.key else ""]
        self.setAccessibleDescription(", ".join(p for p in ("armed" if self._armed else "", *parts) if p))


class LabelsPanel(QWidget):
    """One button a label, in the codebook's order. `label_pressed` carries the label's name."""

    label_pressed = Signal(str)
    guidelines_asked = Signal()
    add_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "panel")
        self._buttons: dict[str, LabelButton] = {}
        self._armed: str | None = None
        self._enabled = True
        self.header = PaneHeader("Labels", theme, spoken="Labels")
        self.guidelines = IconButton("book-open", "Guidelines", theme, self)
        self.guidelines.clicked.connect(self.guidelines_asked)
        self.header.add_button(self.guidelines)
        self.add = IconButton("plus", "Add label", theme, self)
        self.add.clicked.connect(self.add_asked)
        self.header.add_button(self.add)
        rows = QWidget()
        self._column = QVBoxLayout(rows)
        self._column.setContentsMargins(0, 0, 0, 12)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(LowArea(rows, fewest=fonts.px(3.5 * _ROW)), 1)

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Show these labels. Counts start anew where a label differs; arming and enabling stay."""
        if [button.label for button in self._buttons.values()] == list(codebook):
            for button in self._buttons.values():
                button.set_theme(theme)
            return
        for old in self._buttons.values():
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = {label.name: self._add(label, theme) for label in codebook}
        self.setFocusProxy(next(iter(self._buttons.values()), None))  # type: ignore[arg-type]  # Qt takes none
        self.set_armed(self._armed)
        self.set_enabled(self._enabled)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show the number of spans in the document, by the label's name; labels left out have none."""
        for name, button in self._buttons.items():
            button.set_count(counts.get(name, 0))

    def set_armed(self, name: str | None) -> None:
        """Mark the label that every selection will be tagged with."""
        self._armed = name
        for label, button in self._buttons.items():
            button.set_armed(label == name)

    def set_enabled(self, enabled: bool) -> None:
        """Grey the buttons: while the project can't be written, or no document is open."""
        self._enabled = enabled
        for button in self._buttons.values():
            button.setEnabled(enabled)

    def button(self, name: str) -> LabelButton:
        return self._buttons[name]

    def styles(self) -> dict[str, LabelStyle]:
        return {name: button._style for name, button in self._buttons.items()}

    def _add(self, label: Label, theme: Theme) -> LabelButton:
        button = LabelButton(label, theme, self)
        button.clicked.connect(lambda _checked=False, name=label.name: self.label_pressed.emit(name))
        self._column.insertWidget(self._column.count() - 1, button)
        return button


def _name_font() -> QFont:
    return fonts.ui(13, QFont.Weight.Medium)


def _count_font() -> QFont:
    return fonts.tabular(fonts.ui(12))
