"""Words of a document, quoted in a panel: reading font, a few lines, plain text."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui import fonts
from annotator.gui.theme import Theme
from annotator.gui.widgets import lines
from annotator.gui.widgets.wording import plain_tooltip

_SIZE = 15
_LINE = 22
_SPOKEN = 500  # code points of a long quotation that assistive technology is given


class Quote(QWidget):
    """Shows at most `most` lines; the tooltip has more of it."""

    def __init__(self, theme: Theme, most: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._most = most
        self._text = ""
        self._sans = False
        policy = QSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )  # the width decides, not the hint
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_text(self, text: str) -> None:
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text[:_SPOKEN])
        self.setToolTip(plain_tooltip(text[:_SPOKEN]))
        self.updateGeometry()
        self.update()

    def set_sans(self, sans: bool) -> None:
        """Take the interface font, for readers who chose it for the text."""
        self._sans = sans
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(248), self.heightForWidth(fonts.px(248)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, fonts.px(_LINE))

    def heightForWidth(self, width: int) -> int:
        return max(1, len(self._lines(width))) * fonts.px(_LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._reading_font()
        tone = self._theme.colour("text")
        lines.draw(painter, QRectF(self.rect()), self._lines(self.width()), font, tone, fonts.px(_LINE))
        painter.end()

    def _lines(self, width: int) -> list[str]:
        return lines.broken(self._text, self._reading_font(), width, self._most)

    def _reading_font(self) -> QFont:
        return fonts.reading_font(fonts.px(_SIZE), sans=self._sans)
