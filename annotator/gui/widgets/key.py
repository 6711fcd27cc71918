"""A key cap as a widget, for lists of keys and the foot of the window."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from annotator.gui import fonts
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint


class Key(QLabel):
    """One key, 18 px high, as wide as its name needs."""

    def __init__(self, key: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._theme = theme
        self.setFixedSize(paint.key_cap_width(key), fonts.px(18))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.key_cap(painter, QRectF(self.rect()), self.text(), self._theme, enabled=self.isEnabled())
        painter.end()
