"""What lies over the window while files are held over it: that they will be taken, and what becomes of them."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.gui import fonts, icons
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint

_WORDS = "Drop to import"
_ABOUT = "Texts, tables (CSV, JSONL) and folders of them"
_THIN = 0.86  # of the veil: the page shines through


class DropVeil(QWidget):
    """Covers `over` and follows its size; the mouse goes through it."""

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(_WORDS)
        over.installEventFilter(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_held(self, held: bool) -> None:
        """Cover what is below, or go."""
        if held:
            self.setGeometry(self.parentWidget().rect())
            self.raise_()
        self.setVisible(held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt."""
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.colour("accent-soft"))
        ground.setAlphaF(_THIN)
        painter.fillRect(self.rect(), ground)
        pen = QPen(theme.colour("accent"), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(9, 9, -9, -9), 8, 8)
        middle, size = self.rect().center(), fonts.px(24)
        icon = QRectF(middle.x() - size / 2, middle.y() - fonts.px(48), size, size)
        icons.paint(painter, icon, "import", theme.colour("accent"))
        heading, about = fonts.ui(15, QFont.Weight.DemiBold), fonts.ui(13)
        line, align = fonts.px(24), Qt.AlignmentFlag.AlignHCenter
        row = QRectF(0, middle.y() - fonts.px(12), self.width(), line)
        paint.text_in(painter, row, _WORDS, heading, theme.colour("text"), align)
        paint.text_in(painter, row.translated(0, line), _ABOUT, about, theme.colour("text2"), align)
        painter.end()
