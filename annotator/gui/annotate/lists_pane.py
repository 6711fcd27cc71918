"""The place of the two lists of a document, spans and relations, one at a time: their titles choose between them."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.gui.annotate.relations_list import RelationsList
from annotator.gui.annotate.spans_list import SpansList
from annotator.gui.theme import Theme
from annotator.gui.widgets.tabs import Tabs

_NAMES = ("Spans", "Relations")


class ListsPane(QStackedWidget):
    """Each list has its own head; both heads show the same titles."""

    def __init__(self, spans: SpansList, relations: RelationsList, theme: Theme) -> None:
        super().__init__()
        self._lists: list[SpansList | RelationsList] = [spans, relations]
        self.tabs = [Tabs(_NAMES, theme) for _ in self._lists]
        for place, (each, tabs) in enumerate(zip(self._lists, self.tabs, strict=True)):
            each.header.take_title(tabs, tabs.inset)
            tabs.show_chosen(place)
            tabs.chosen.connect(self.show_list)
            self.addWidget(each)

    def show_list(self, place: int) -> None:
        """Show the spans (0) or the relations (1); the keyboard focus goes along from the one title to the other."""
        before = self.tabs[self.currentIndex()]
        had_focus = any(button.hasFocus() for button in before.buttons)
        before.show_chosen(self.currentIndex())
        self.setCurrentIndex(place)
        if had_focus:
            self.tabs[place].buttons[place].setFocus()

    def view(self) -> QWidget:
        """Return the list in sight, which takes the keyboard focus."""
        return self._lists[self.currentIndex()].view
