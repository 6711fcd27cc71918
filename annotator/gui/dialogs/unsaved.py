"""What is asked before work would be lost: changes that could not be saved, and the window is to close."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.widgets.panes import label


class UnsavedDialog(Dialog):
    """Whether `count` changes are given up. Its result is DANGER for that; Enter and Escape stay and try again."""

    SAVED = 3
    """The result where the changes were saved while one was asked."""

    def __init__(self, count: int, reason: str, parent: QWidget) -> None:
        super().__init__("Not saved", parent, other="Stay and try again", danger="Close without saving")
        what = "The last change is" if count == 1 else f"The last {count} changes are"
        heading = label(f"{what} not saved yet.", 15, QFont.Weight.DemiBold)
        why = label(reason)
        for widget in (heading, why):
            widget.setWordWrap(True)
            self.column.addWidget(widget)
        self.column.setSpacing(8)
        self.main.setFocus()
        self.setFixedWidth(fonts.px(400))
