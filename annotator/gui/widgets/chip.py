"""A label's name in its chip, as a widget."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui import fonts
from annotator.gui.theme import LabelStyle
from annotator.gui.widgets import paint


class NameChip(QWidget):
    """20 px high, as wide as the name; it gives way where the panel is too narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style: LabelStyle | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_style(self, style: LabelStyle) -> None:
        if style is self._style:
            return  # else all around it would be laid out anew
        self._style = style
        self.setAccessibleName(f"Label: {style.name}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = paint.name_chip_width(self._style) if self._style else 0
        return QSize(round(width), fonts.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(40, self.sizeHint().width()), fonts.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._style:
            painter = QPainter(self)
            paint.name_chip(painter, QRectF(self.rect()), self._style)
            painter.end()
