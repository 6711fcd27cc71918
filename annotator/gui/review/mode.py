"""Review: the queue at the left, the text with a lane for each annotator, candidates and conversation at the right."""

from annotator.gui import fonts
from annotator.gui.actions import Actions
from annotator.gui.modes import Mode
from annotator.gui.theme import Theme
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.foot import Foot
from annotator.gui.widgets.over import Over
from annotator.gui.widgets.panes import EmptyState, ground


class ReviewMode(Mode):
    """Assembles the panes and lets them speak with the project; the panes don't know each other."""

    panel_names = "Que&ue panel", "Ca&ndidates panel"

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self._actions = actions
        self.banner = Banner(theme)
        self.middle = Over()
        ground(self.middle, "surface")
        self.empty = EmptyState("Nothing to review yet", "Two people must have marked a document done.", middle=True)
        self.middle.column.addWidget(self.banner)
        self.middle.column.addWidget(self.empty, 1)
        self.addWidget(self.middle)
        self.setMinimumWidth(fonts.px(200))

    def show_foot(self, foot: Foot) -> None:
        """Say at the foot where one is."""
        foot.set_spans(0)
