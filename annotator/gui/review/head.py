"""The head of the text in Review: whose text it is, gold, and whose lanes these are."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.gui import fonts
from annotator.gui.actions import Actions
from annotator.gui.review.persons import Persons
from annotator.gui.theme import Theme
from annotator.gui.widgets.elided import Elided
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.signs import Sign
from annotator.gui.widgets.wording import plain_tooltip

_MOST = 4  # annotators shown by name; of more only the signs
_TITLE = 200  # px of a title that must be seen beside the names


_REVEAL = "Reveal names…"


class _Person(QWidget):
    """A sign, and the name beside it where there is room."""

    def __init__(self, sign: str, name: str, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(6))
        row.addWidget(Sign(sign, theme))
        self.name = label(name, tone="second")
        row.addWidget(self.name)
        self.setToolTip(plain_tooltip(name))
        self.setAccessibleName(name)


class ReviewHead(QWidget):
    """48 px. Gold is a button that shows it or not; names are revealed with another."""

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._named = True
        self.setFixedHeight(fonts.px(48))
        self.title = Elided(QFont.Weight.DemiBold)
        self.gold = _action_button(actions["show_gold"], "◆ Gold")
        self.gold.setProperty("flat", True)
        self.gold.setToolTip("Show gold, or not (G)")
        self.reveal = _action_button(actions["reveal_names"], _REVEAL)
        self.reveal.setAccessibleName(_REVEAL)
        self._people = QWidget()
        self._persons: list[_Person] = []
        self._people_row = QHBoxLayout(self._people)
        self._people_row.setContentsMargins(0, 0, 0, 0)
        self._people_row.setSpacing(fonts.px(14))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(fonts.px(14))
        row.addWidget(self.title)
        row.addStretch(1)
        for widget in (self.gold, self._people, self.reveal):
            row.addWidget(widget)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def show_document(self, heading: str, persons: Persons) -> None:
        """Show whose text this is, and who finished it, in the order of their lanes."""
        self.title.set_text(heading)
        for old in self._persons:
            self._people_row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._persons = [_Person(persons.signs[each], persons.names[each], self._theme) for each in persons.order]
        for person in self._persons:
            self._people_row.addWidget(person)
        self._named = not persons.blind and len(self._persons) <= _MOST
        self.reveal.setVisible(persons.blind and bool(persons.order))
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._share_room()

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(fonts.px(400), fonts.px(48))

    def minimumSizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(0, fonts.px(48))

    def _share_room(self) -> None:
        """Where the head is narrow the title needs the room more than names and words do: the signs stay."""
        self.reveal.setText(_REVEAL)
        for person in self._persons:
            person.name.setVisible(self._named)
        beside = [widget for widget in (self.gold, self._people, self.reveal) if not widget.isHidden()]
        others = sum(widget.sizeHint().width() + fonts.px(14) for widget in beside)
        if self.width() - 40 - others < fonts.px(_TITLE):
            self.reveal.setText("Reveal…")
            for person in self._persons:
                person.name.hide()

    def show_gold(self, shown: bool) -> None:
        """Say whether gold is shown."""
        self.gold.setText("◆ Gold" if shown else "◇ Gold off")
        self.gold.setAccessibleName("Gold is shown" if shown else "Gold is not shown")
        self._share_room()


def _action_button(action: QAction, text: str) -> QPushButton:
    """A small button that does what an action does."""
    button = QPushButton(text)
    button.setProperty("small", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _checked=False: action.trigger())
    return button
