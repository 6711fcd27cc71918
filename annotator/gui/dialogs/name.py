"""Asking for the annotator's name."""

from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.widgets.panes import label

_LONGEST = 200


class NameDialog(Dialog):
    """`name` has the answer after it was accepted; an empty one can't be."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__("Your name", parent, main="Use this name")
        about = label(
            "New spans are kept under this name. Spans under another name stay as they are and are not shown."
        )
        about.setWordWrap(True)
        self.field = QLineEdit(name)
        self.field.setAccessibleName("Your name")
        self.field.setMaxLength(_LONGEST)
        self.field.selectAll()
        self.field.textChanged.connect(lambda _: self.main.setEnabled(bool(self.name)))
        self.column.addWidget(about)
        self.column.addWidget(self.field)
        self.field.setFocus()
        self.setFixedWidth(fonts.px(400))

    @property
    def name(self) -> str:
        """The name typed, without blanks around it."""
        return " ".join(self.field.text().split())
