"""A field for an annotator's name, which offers the names that a project knows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

LONGEST = 200


class PersonBox(QComboBox):
    """Typed into, or chosen from the names that are known; with `free` false only these can be."""

    def __init__(self, spoken: str, known: Sequence[str], parent: QWidget | None = None, *, free: bool = True) -> None:
        super().__init__(parent)
        self.setAccessibleName(spoken)
        self.addItems(list(known))
        if not free:
            return
        field = QLineEdit()
        field.setMaxLength(LONGEST)
        field.setAccessibleName(spoken)
        field.setPlaceholderText("a name, as it shall stand by their spans")
        field.setStyleSheet("padding: 0;")  # the box has its own, and so its words stand where other fields' do
        self.setEditable(True)
        self.setLineEdit(field)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCurrentIndex(-1)
        completer = QCompleter(list(known), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if popup := completer.popup():
            popup.setObjectName("completions")
        self.setCompleter(completer)

    @property
    def name(self) -> str:
        """The name, without blanks around it; empty for none."""
        return " ".join(self.currentText().split())

    @property
    def known(self) -> bool:
        """Whether the project knows somebody of this name."""
        return self.findText(self.name, Qt.MatchFlag.MatchFixedString | Qt.MatchFlag.MatchCaseSensitive) >= 0
