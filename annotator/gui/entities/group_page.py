"""A page of the registry with a list of what wants sorting out, and below it what can be done to the chosen row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.entities.rows import TWO_LINES, Look, Rows
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import SIDE, EmptyState, ground, label, rule
from annotator.gui.widgets.wording import plain_tooltip

_SIDE = 32
_LONGEST = 320  # px of a button's text
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deed:
    """A button: its text and what it does, given itself."""

    text: str
    do: Callable[[QWidget], object]


class GroupPage(QWidget, Generic[T]):
    """`deeds` says what can be done to a row; the first is what Enter does."""

    chosen = Signal()

    def __init__(
        self, name: str, intro: str, nothing: tuple[str, str], look: Callable[[T], Look], theme: Theme
    ) -> None:
        super().__init__()
        ground(self, "surface")
        self._deeds: Callable[[T], Sequence[Deed]] = lambda _: ()
        self._read_only = False
        self._buttons: list[QPushButton] = []
        self.intro = label(intro, tone="third")
        self.intro.setWordWrap(True)
        self.intro.setContentsMargins(_SIDE, 14, _SIDE, 10)
        self.list: Rows[T] = Rows(name, look, theme, TWO_LINES, _SIDE)
        self.list.chosen.connect(lambda _: self._show_deeds())
        self.list.opened.connect(lambda _: self._first())
        self.empty = EmptyState(*nothing)
        self.empty.setContentsMargins(_SIDE - SIDE, 4, _SIDE - SIDE, 0)
        self._foot = QWidget()
        self._row = QHBoxLayout(self._foot)
        self._row.setContentsMargins(_SIDE, 12, _SIDE, 12)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._line = rule()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.intro)
        for widget, stretch in ((self.list, 1000), (self.empty, 1000), (self._line, 0), (self._foot, 0)):
            column.addWidget(widget, stretch)
        column.addStretch(1)  # the buttons stand below the last row of a short list

    def set_deeds(self, deeds: Callable[[T], Sequence[Deed]]) -> None:
        """Say what can be done to a row."""
        self._deeds = deeds

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._show_deeds()

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show these; the one at the place of the chosen one is chosen, so that one can go on."""
        row = self.list.chosen_row()
        chosen = None if not rows else min(row or 0, len(rows) - 1)
        self.list.set_rows(rows, chosen)
        self.list.setMaximumHeight(len(rows) * fonts.px(TWO_LINES) + 8)
        for widget in (self.intro, self.list, self._line):
            widget.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._show_deeds()

    def _show_deeds(self) -> None:
        focused = next((n for n, button in enumerate(self._buttons) if button.hasFocus()), None)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        thing = self.list.chosen_thing()
        deeds = [] if thing is None or self._read_only else list(self._deeds(thing))
        self._buttons = [self._button(deed, main=place == 0) for place, deed in enumerate(deeds)]
        for place, button in enumerate(self._buttons):
            self._row.insertWidget(place, button)
        self._foot.setVisible(bool(deeds))
        if focused is not None and self._buttons:
            self._buttons[min(focused, len(self._buttons) - 1)].setFocus()

    def _button(self, deed: Deed, *, main: bool) -> QPushButton:
        button = QPushButton()
        button.setProperty("main", main)
        button.setAutoDefault(False)
        shown = button.fontMetrics().elidedText(deed.text, Qt.TextElideMode.ElideMiddle, fonts.px(_LONGEST))
        button.setText(shown.replace("&", "&&"))
        button.setAccessibleName(deed.text)
        if shown != deed.text:
            button.setToolTip(plain_tooltip(deed.text))
        button.clicked.connect(lambda: deed.do(button))
        return button

    def _first(self) -> None:
        if self._buttons:
            self._buttons[0].click()
