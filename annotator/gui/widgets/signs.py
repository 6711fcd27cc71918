"""The sign of an annotator: a letter in a small disc, alone or several in a row."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.gui import fonts
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint

SIZE = 18
_GAP = 4


def draw(painter: QPainter, rect: QRectF, sign: str, theme: Theme) -> None:
    """Draw one sign into a square."""
    paint.box(painter, rect, rect.height() / 2, theme.colour("pressed"), None)
    font = QGuiApplication.font()
    font.setWeight(QFont.Weight.DemiBold)
    font.setPixelSize(max(8, round(rect.height() * 0.55)))
    paint.centred_text(painter, rect, sign, font, theme.colour("text2"))


def draw_row(painter: QPainter, left: float, middle: float, signs: Sequence[str], theme: Theme, most: int = 6) -> float:
    """Draw signs side by side from `left` on, at most so many; return where they end, px."""
    size = fonts.px(SIZE)
    shown = signs if len(signs) <= most else signs[: most - 1]
    for sign in shown:
        draw(painter, QRectF(left, round(middle - size / 2), size, size), sign, theme)
        left += size + _GAP
    if len(shown) < len(signs):
        more, font = f"+{len(signs) - len(shown)}", fonts.ui(11)
        width = QFontMetricsF(font).horizontalAdvance(more)
        rect = QRectF(left, middle - size / 2, width + 1, size)
        paint.centred_text(painter, rect, more, font, theme.colour("text3"))
        left += width + _GAP
    return left - _GAP


class Sign(QWidget):
    """One sign as a widget."""

    def __init__(self, sign: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign, self._theme = sign, theme
        self.setFixedSize(QSize(fonts.px(SIZE), fonts.px(SIZE)))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw(painter, QRectF(self.rect()), self._sign, self._theme)
        painter.end()
