"""A project file was dropped while another project is open: is it to be opened, or is the work in it taken in?"""

from PySide6.QtWidgets import QWidget

from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.widgets.panes import label


class OpenOrTakeDialog(Dialog):
    """Accepted: open it. EXTRA: take the work in it into the project that is open."""

    def __init__(self, name: str, project: str, parent: QWidget) -> None:
        super().__init__("A project file", parent, main="Open it", extra="Take the work in")
        about = label(
            f"{name} is a project. Open it in place of {project}, or take the work that is in it into {project}?"
        )
        about.setWordWrap(True)
        self.column.addWidget(about)
        wide = fonts.px(460)
        self.setFixedWidth(wide)
        self.resize(wide, self.heightForWidth(wide))
        self.main.setFocus()
