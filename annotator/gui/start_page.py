"""What the window shows when no project is open: three ways to begin, and what tagging looks like."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from annotator.gui import fonts, icons
from annotator.gui.actions import Actions
from annotator.gui.example import Example
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.file_drops import FileDrops
from annotator.gui.widgets.key import Key
from annotator.gui.widgets.panes import ground, label, rule

_CHOICES = (
    ("open_sample", "Open the sample project", "Five articles about one debate, four labels", "Enter"),
    ("new", "New project", "Choose where the file is kept", "Ctrl N"),
    ("open", "Open a project", "Continue where you stopped", "Ctrl O"),
)
_DROP = "Or drop texts, tables, a folder or a project here"
_KEYS = (
    (("1", "to", "9"), "tag the text you selected"),
    (("Tab",), "go to the next span"),
    (("Ctrl Z",), "undo anything, also after a restart"),
    (("F1",), "every key on one sheet"),
)


class StartPage(QWidget):
    """Buttons trigger the actions of the same names; `drops` tells of files dropped on it."""

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        ground(self, "surface")
        self.drops = FileDrops(self)
        self.banner = Banner(theme)
        self._cards = [_Card(*choice, theme) for choice in _CHOICES]
        self._drop = _DropArea(theme)
        self.drops.held.connect(self._drop.light_up)
        for card in self._cards:
            card.clicked.connect(actions[card.objectName()].trigger)
        middle = QHBoxLayout()
        middle.setContentsMargins(24, 0, 24, 0)
        middle.setSpacing(0)
        middle.addStretch(1)
        middle.addLayout(self._choices(), 2)
        middle.addSpacing(fonts.px(32))
        middle.addSpacerItem(QSpacerItem(fonts.px(48), 0, QSizePolicy.Policy.Maximum))
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
        column.addSpacing(12)
        column.addWidget(self._drop)
        return column

    def _hints(self, theme: Theme) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(Example(theme))
        column.addSpacing(8)
        column.addWidget(rule())
        column.addSpacing(8)
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
                    keys.addWidget(Key(cap, theme))
            keys.addStretch(1)
            row.addWidget(holder)
            row.addWidget(label(what, tone="second"))
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
        return column


class _DropArea(QWidget):
    """Says what can be dropped. The whole page takes it; this lights up while something is held over it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lit = False
        self.setAccessibleName(_DROP)
        _stretch(self, 76)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def light_up(self, lit: bool) -> None:
        """Show that what is held over the page will be taken."""
        self._lit = lit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if self._lit else "control"), 1, Qt.PenStyle.CustomDashLine))
        pen = painter.pen()
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(theme.colour("accent-soft" if self._lit else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        font, size = fonts.ui(13), fonts.px(16)
        words = QFontMetricsF(font).horizontalAdvance(_DROP)
        left = (self.width() - size - 10 - words) / 2
        icons.paint(painter, QRectF(left, (self.height() - size) / 2, size, size), "document", theme.colour("icon"))
        painter.setFont(font)
        painter.setPen(theme.colour("text3"))
        painter.drawText(
            QRectF(left + size + 10, 0, words + 1, self.height()), int(Qt.AlignmentFlag.AlignVCenter), _DROP
        )
        painter.end()


def _stretch(widget: QWidget, height: int) -> None:
    """Let a widget be as wide as the column of choices, which gives way in a narrow window."""
    widget.setFixedHeight(fonts.px(height))
    widget.setMinimumWidth(fonts.px(360))
    widget.setMaximumWidth(fonts.px(440))
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class _Card(QAbstractButton):
    """A wide button: icon, title, one line below, the key at the right. Enter presses it."""

    def __init__(self, action: str, title: str, text: str, key: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(action)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._text, self._key, self._theme = text, key, theme
        _stretch(self, 58)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return self.maximumSize()

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
