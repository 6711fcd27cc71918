"""The right panel: labels, the chosen span, the list of spans. Beside the text, or over it in a narrow window."""

from annotator.gui.annotate.labels_panel import LabelsPanel
from annotator.gui.annotate.lists_pane import ListsPane
from annotator.gui.annotate.relations_list import RelationsList
from annotator.gui.annotate.span_panel import SpanPanel
from annotator.gui.annotate.spans_list import SpansList
from annotator.gui.annotate.unplaced_list import UnplacedList
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import rule
from annotator.gui.widgets.side_panel import NARROWEST, SidePanel

WIDTH = 312


class Inspector(SidePanel):
    """Holds `labels`, `span`, `spans`, `relations` and `unplaced`; the mode connects them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(WIDTH)
        self.labels = LabelsPanel(theme)
        self.span = SpanPanel(theme)
        self.spans = SpansList(theme)
        self.relations = RelationsList(theme)
        self.lists = ListsPane(self.spans, self.relations, theme)
        self.unplaced = UnplacedList(theme)
        for widget, stretch in ((self.labels, 0), (rule(), 0), (self.span, 0), (rule(), 0), (self.lists, 1)):
            self.column.addWidget(widget, stretch)
        self.column.addWidget(self.unplaced)


__all__ = ["NARROWEST", "WIDTH", "Inspector"]
