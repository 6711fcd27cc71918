"""The line from a letter in the margin to the mouse, while a relation is dragged."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget


class LinkLine(QWidget):
    """Lies over the whole text view, only while it is shown: it doesn't catch the mouse."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._start, self._end = QPoint(), QPoint()
        self._colour = QColor()
        self.hide()

    def show_between(self, start: QPoint, end: QPoint, colour: QColor) -> None:
        """Show the line between two points of the view."""
        self._start, self._end, self._colour = start, end, colour
        self.setGeometry(self._view.rect())
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, 1.5))
        painter.drawLine(self._start, self._end)
        painter.setBrush(self._colour)
        painter.drawEllipse(QPointF(self._start), 2.5, 2.5)
        painter.drawEllipse(QPointF(self._end), 2.5, 2.5)
        painter.end()
