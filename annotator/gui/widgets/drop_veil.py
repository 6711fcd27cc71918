"""What lies over the window while files are held over it: that they will be taken, and what becomes of them."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.gui import fonts, icons
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.panes import label

_WORDS = "Drop to import"
_ABOUT = "Texts, tables (CSV, JSONL) and folders of them"
_AFTERWARDS = {QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.Wheel}
_THIN = 0.86  # of the veil: the page shines through


class DropVeil(QWidget):
    """Covers `over` and follows its size; the mouse goes through it."""

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self._theme = theme
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon = QLabel()
        self._card = QWidget(self)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(32, 20, 32, 20)
        column.setSpacing(6)
        self._words = label(_WORDS, 15, QFont.Weight.DemiBold)
        for widget in (self._icon, self._words, label(_ABOUT, tone="second")):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        over.installEventFilter(self)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        size = fonts.px(24)
        self._icon.setPixmap(icons.pixmap("import", theme.colour("accent"), size, self.devicePixelRatioF()))
        self.update()

    def show_held(self, held: bool) -> None:
        """Cover what is below, or go."""
        app = QCoreApplication.instance()
        if held:
            self._cover()
            self.raise_()
        if app and held != self.isVisible():
            (app.installEventFilter if held else app.removeEventFilter)(self)
        self.setVisible(held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt. Mouse and keys come only once nothing is held any more: then a drag ended without a word."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._cover()
        elif event.type() in _AFTERWARDS and self.isVisible():
            self.show_held(False)
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
        paint.box(painter, QRectF(self._card.geometry()), 8, theme.colour("surface"), theme.colour("line2"))
        painter.end()

    def _cover(self) -> None:
        self.setGeometry(self._over.rect())
        self._card.adjustSize()
        self._card.move(self.rect().center() - self._card.rect().center())
