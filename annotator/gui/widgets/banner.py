"""A notice in one line above the text: news that must not be missed but stops nobody."""

from collections.abc import Callable, Iterable
from typing import Literal

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from annotator.gui import fonts, icons
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import label

Kind = Literal["info", "warn", "danger"]

_ICONS = {"info": ("info", "accent"), "warn": ("warning", "warn"), "danger": ("warning", "danger")}


class Banner(QFrame):
    """Hidden until `show_notice`. The notice goes when closed or replaced; `closed` says that the user closed it."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._theme = theme
        self._kind: Kind = "info"
        self._icon = QLabel()
        self._icon.setFixedSize(QSize(fonts.px(16), fonts.px(16)))
        self.text = label()
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons: list[QPushButton] = []
        self._close = IconButton("close", "Close this notice", theme, self)
        self._close.clicked.connect(self._close_pressed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 8, 4)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self._close)
        self.hide()

    def show_notice(
        self, kind: Kind, text: str, buttons: Iterable[tuple[str, Callable[[], object]]] = (), *, closable: bool = True
    ) -> None:
        """Show `text` (plain), with buttons that call what they are given."""
        for old in self._buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        self._buttons = [self._make_button(name, call) for name, call in buttons]
        self._kind = kind
        self.setProperty("kind", kind)
        self.style().polish(self)
        self.text.setText(text)
        self.text.setAccessibleName(text)
        self._close.setVisible(closable)
        self._show_icon()
        self.show()

    def clear(self) -> None:
        """Take the notice away."""
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_icon()

    def _make_button(self, name: str, call: Callable[[], object]) -> QPushButton:
        button = QPushButton(name)
        button.setAccessibleName(name)
        button.setProperty("small", True)
        button.clicked.connect(lambda: call())
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def _show_icon(self) -> None:
        name, token = _ICONS[self._kind]
        self._icon.setPixmap(icons.pixmap(name, self._theme.colour(token), fonts.px(16), self.devicePixelRatioF()))

    def _close_pressed(self) -> None:
        self.hide()
        self.closed.emit()
