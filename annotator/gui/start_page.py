"""What the window shows when no project is open: three ways to begin, and what tagging looks like."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui import fonts, icons
from annotator.gui.actions import Actions
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.key import Key
from annotator.gui.widgets.panes import ground, label

_CHOICES = (
    ("open_sample", "Open the sample project", "Five articles about one debate, four labels", "Enter"),
    ("new", "New project", "Choose where the file is kept", "Ctrl N"),
    ("open", "Open a project", "Continue where you stopped", "Ctrl O"),
)
_KEYS = (
    (("1", "to", "9"), "tag the text you selected"),
    (("Tab",), "go to the next span"),
    (("Ctrl Z",), "undo anything, also after a restart"),
    (("F1",), "every key on one sheet"),
)


class StartPage(QWidget):
    """Buttons trigger the actions of the same names. `project_dropped` carries the path of a file dropped on it."""

    project_dropped = Signal(str)

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        ground(self, "surface")
        self.setAcceptDrops(True)
        self.banner = Banner(theme)
        self._cards = [_Card(*choice, theme) for choice in _CHOICES]
        self._caps: list[Key] = []
        for card in self._cards:
            card.clicked.connect(actions[card.objectName()].trigger)
        middle = QHBoxLayout()
        middle.setSpacing(fonts.px(80))
        middle.addStretch(1)
        middle.addLayout(self._choices())
        middle.addLayout(self._hints(theme))
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        column.addStretch(2)
        column.addLayout(middle)
        column.addStretch(3)

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt. Enter opens the sample."""
        super().showEvent(event)
        self._cards[0].setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Called by Qt. One file is welcome."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Called by Qt."""
        self.project_dropped.emit(event.mimeData().urls()[0].toLocalFile())

    def _choices(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(label("Start with a text", 24, QFont.Weight.DemiBold))
        about = label(
            "A project is one file on this computer: your documents, a\n"
            "codebook and everything you tag. No account, no network.",
            14,
            tone="second",
        )
        column.addWidget(about)
        column.addSpacing(12)
        for card in self._cards:
            column.addWidget(card)
        column.addStretch(1)
        return column

    def _hints(self, theme: Theme) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addStretch(1)
        for caps, what in _KEYS:
            row = QHBoxLayout()
            row.setSpacing(6)
            holder = QWidget()
            holder.setFixedWidth(fonts.px(84))
            keys = QHBoxLayout(holder)
            keys.setContentsMargins(0, 0, 0, 0)
            keys.setSpacing(6)
            for cap in caps:
                if cap == "to":
                    keys.addWidget(label(cap, tone="second"))
                else:
                    self._caps.append(Key(cap, theme))
                    keys.addWidget(self._caps[-1])
            keys.addStretch(1)
            row.addWidget(holder)
            row.addWidget(label(what, tone="second"))
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
        return column


class _Card(QAbstractButton):
    """A wide button: icon, title, one line below, the key at the right. Enter presses it."""

    def __init__(self, action: str, title: str, text: str, key: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(action)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._text, self._key, self._theme = text, key, theme
        self.setFixedSize(fonts.px(440), fonts.px(58))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        fill = theme.colour("pressed" if self.isDown() else "hover" if self.underMouse() else "surface")
        width = 2.0 if focused else 1.0
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        paint.box(painter, box, 8, fill, theme.colour("focus" if focused else "line2"), width)
        side, middle = fonts.px(18), self.height() / 2
        icon = QRectF(side, middle - fonts.px(9), fonts.px(18), fonts.px(18))
        names = {"open_sample": "book-open", "new": "document-plus", "open": "folder-open"}
        icons.paint(painter, icon, names[self.objectName()], theme.colour("accent" if focused else "icon"))
        left = icon.right() + fonts.px(14)
        cap = paint.key_cap_width(self._key)
        words = self.width() - left - cap - side - 8
        self._line(painter, QRectF(left, middle - fonts.px(19), words, fonts.px(19)), self.text(), 600, "text")
        self._line(painter, QRectF(left, middle, words, fonts.px(18)), self._text, 400, "text3")
        height = fonts.px(18)
        paint.key_cap(painter, QRectF(self.width() - side - cap, middle - height / 2, cap, height), self._key, theme)

    def _line(self, painter: QPainter, rect: QRectF, text: str, weight: int, token: str) -> None:
        painter.setFont(fonts.ui(13 if weight == 600 else 12, QFont.Weight(weight)))
        painter.setPen(QColor(self._theme.colour(token)))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
