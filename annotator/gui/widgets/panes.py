"""What panels are made of: head, ruled line, texts in the design's sizes, and what is said where there is nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import IconButton

SIDE = 16
"""Space at the sides of a panel, px."""


def label(
    text: str = "", size: float = fonts.BASE, weight: QFont.Weight = QFont.Weight.Normal, tone: str = ""
) -> QLabel:
    """Return a label with plain text; `tone` is `second`, `third`, `warn` or `danger`, or empty for body text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(fonts.ui(size, weight))
    if tone:
        made.setProperty("tone", tone)
    return made


def rule() -> QFrame:
    """Return a horizontal line, 1 px."""
    made = QFrame()
    made.setProperty("rule", True)
    made.setFixedHeight(1)
    return made


def ground(widget: QWidget, token: str) -> None:
    """Fill a plain widget with the colour `window`, `panel` or `surface`."""
    widget.setProperty("ground", token)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


class PaneHeader(QWidget):
    """The head of a panel, 48 px: its title, a count, then buttons.

    Assistive technology reads the title with `spoken`, so that the list below it is the only thing of that name.
    """

    def __init__(self, title: str, theme: Theme, *, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(fonts.px(48))
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE - 7, 0)
        row.setSpacing(0)
        self.title = label(title, weight=QFont.Weight.DemiBold)
        self.title.setAccessibleName(spoken)
        self.count = label(tone="third")
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addSpacing(8)
        self._row = row

    def set_count(self, text: str) -> None:
        self.count.setText(text)

    def take_title(self, instead: QWidget, inset: int) -> None:
        """Put a widget in the place of the title; its words, `inset` px inside it, stand where the title's did."""
        self._row.insertWidget(0, instead)
        self._row.setContentsMargins(SIDE - inset, 0, SIDE - 7, 0)
        self.title.hide()

    def add_button(self, button: QToolButton) -> None:
        """Put a button at the right end."""
        self._row.addWidget(button)

    def add_action(self, action: QAction) -> IconButton:
        """Put a button for an action (see `name_icon`) at the right end."""
        button = IconButton.of(action, self._theme, self)
        self.add_button(button)
        return button


class EmptyState(QWidget):
    """What a list or panel says when it has nothing to show: a heading, a sentence, and perhaps one button."""

    pressed = Signal()

    def __init__(self, heading: str, text: str = "", button: str = "", *, middle: bool = False) -> None:
        """With `middle` it stands in the middle, larger, its button the main one: for a whole page."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(8 if middle else 4)
        align = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
        self.heading = label(
            heading, 15 if middle else fonts.BASE, QFont.Weight.DemiBold if middle else QFont.Weight.Medium
        )
        self.text = label(text, fonts.BASE if middle else 12, tone="third")
        self.button = QPushButton(button)
        self.button.setProperty("main", middle)
        if middle:
            column.addStretch(2)
        self.button.clicked.connect(self.pressed)
        for widget in (self.heading, self.text):
            widget.setWordWrap(True)
            widget.setAlignment(align)
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(self.button, 0, align)
        column.addStretch(3)
        self.set_texts(heading, text, button)

    def set_texts(self, heading: str, text: str = "", button: str = "") -> None:
        """Say something else; empty texts take no room."""
        for widget, words in ((self.heading, heading), (self.text, text), (self.button, button)):
            widget.setText(words)
            widget.setVisible(bool(words))
