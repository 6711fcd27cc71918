"""Buttons: a square one with an icon, one that shows its key, and small helpers to make them."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QToolButton, QWidget

from annotator.gui import fonts, icons
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.wording import plain_tooltip

_ICON_PROPERTY = "icon_name"
_GAP = 10


def name_icon(action: QAction, icon: str) -> QAction:
    """Say which icon an action has; buttons and menus made of it follow the theme."""
    action.setProperty(_ICON_PROPERTY, icon)
    return action


class IconButton(QToolButton):
    """A 30 px square button with an icon. Made of an action it follows that action's text, state and shortcut."""

    def __init__(self, icon: str, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._token = "icon"
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(fonts.px(icons.SIZE), fonts.px(icons.SIZE)))
        self.setFixedSize(fonts.px(30), fonts.px(30))
        self.set_theme(theme)

    @classmethod
    def of(cls, action: QAction, theme: Theme, parent: QWidget | None = None) -> "IconButton":
        """Make a button of an action that `name_icon` has given an icon."""
        button = cls(action.property(_ICON_PROPERTY), _plain(action.text()), theme, parent)
        button.setDefaultAction(action)
        button.set_theme(theme)
        action.changed.connect(button._follow_action)
        button._follow_action()
        return button

    def set_token(self, token: str) -> None:
        """Draw the icon in another of the theme's colours: `accent` for a filter that is on."""
        self._token = token
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        made = icons.icon(self._icon, theme, self._token, fonts.px(icons.SIZE))
        if action := self.defaultAction():
            action.setIcon(made)
        else:
            self.setIcon(made)

    def _follow_action(self) -> None:
        action = self.defaultAction()
        name = _plain(action.text())
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setAccessibleName(name)
        self.setToolTip(plain_tooltip(f"{name} ({key})" if key else name))


def _plain(text: str) -> str:
    """Return an action's text without its mnemonic and dots."""
    return text.replace("&", "").removesuffix("…").removesuffix("...")


class KeyCapButton(QPushButton):
    """A button that shows the key which does the same, in a key cap at its right."""

    def __init__(self, text: str, key: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._key = key
        self.setAccessibleName(text)
        self.setAutoDefault(False)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_key(self, key: str) -> None:
        """Show another key; none if empty."""
        self._key = key
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + (self._cap_width() + _GAP - 4 if self._key else 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        if not self._key:
            self._draw_text(painter, QRectF(self.rect()))
            return
        cap = self._cap_width()
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        left = (self.width() - words - _GAP - cap) / 2
        self._draw_text(painter, QRectF(left, 0, words + 1, self.height()))
        height = min(fonts.px(18), self.height() - 6)
        top = (self.height() - height) // 2
        self._draw_cap(painter, QRectF(round(left + words + _GAP), top, cap, height))

    def _draw_text(self, painter: QPainter, rect: QRectF) -> None:
        painter.setFont(self.font())
        painter.setPen(self._text_colour())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self.text())

    def _draw_cap(self, painter: QPainter, rect: QRectF) -> None:
        if self.property("main") and self.isEnabled():
            ink = self._theme.colour("on-accent")
            paint.box(painter, rect, 3.5, None, ink)
            paint.centred_text(painter, rect, self._key, paint.key_cap_font(), ink)
        else:
            paint.key_cap(painter, rect, self._key, self._theme, enabled=self.isEnabled())

    def _text_colour(self) -> QColor:
        if not self.isEnabled():
            return self._theme.colour("control")
        if self.property("main"):
            return self._theme.colour("on-accent")
        return self._theme.colour("danger" if self.property("danger") else "text")

    def _cap_width(self) -> int:
        return paint.key_cap_width(self._key)
