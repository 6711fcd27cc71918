"""What is asked before labels are merged or one that spans have is deleted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMessageBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import counted

Counts = tuple[int, int]  # spans, and the documents that they are in


def shown_counts(counts: Counts) -> str:
    """Word them: `8 spans in 5 documents`, `no spans`."""
    spans, documents = counts
    return f"{counted(spans, 'span')} in {counted(documents, 'document')}" if spans else "no spans"


def ask_merge(name: str, into: str, counts: Counts | None, merge: Callable[[], object], parent: QWidget) -> None:
    """Say what merging does, and do it if that is wanted."""
    box = QMessageBox(parent)
    box.setWindowTitle("Merge labels")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"Merge “{name}” into “{into}”?")
    what = shown_counts(counts) if counts else "its spans"
    verb = "gets" if counts and counts[0] == 1 else "get"
    gone = f"“{name}” and the attributes that only it has leave the codebook. Undo brings all of it back."
    moved = (
        f"{what[:1].upper()}{what[1:]} {verb} the label “{into}”. "
        if counts is None or counts[0]
        else "No spans have it. "
    )
    box.setInformativeText(moved + gone)
    yes = box.addButton("Merge", QMessageBox.ButtonRole.AcceptRole)
    yes.setProperty("main", True)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(yes)
    box.accepted.connect(lambda: merge())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


class DeleteQuestion(QDialog):
    """Asks what becomes of the spans of a label that is to go. After it was accepted `move_to` has the answer."""

    def __init__(self, name: str, counts: Counts | None, others: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Delete label")
        what = f"its {counted(counts[0], 'span')}" if counts else "its spans"
        heading = label(
            f"{_capital(shown_counts(counts))} {_have(counts)} the label “{name}”."
            if counts
            else f"Spans may have “{name}”."
        )
        self.give = QRadioButton(f"Give {what} another label:")
        self.other = QComboBox()
        self.other.setAccessibleName("Label for its spans")
        self.other.addItems(list(others))
        self.drop = QRadioButton(f"Delete {what} too, of every annotator")
        (self.give if others else self.drop).setChecked(True)
        self.give.setEnabled(bool(others))
        self.give.toggled.connect(self.other.setEnabled)
        self.other.setEnabled(bool(others))
        row = QHBoxLayout()
        row.addWidget(self.give)
        row.addWidget(self.other, 1)
        buttons = QDialogButtonBox()
        yes = buttons.addButton("Delete label", QDialogButtonBox.ButtonRole.AcceptRole)
        yes.setProperty("danger", True)
        no = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        no.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        heading.setWordWrap(True)
        column.addWidget(heading)
        column.addLayout(row)
        column.addWidget(self.drop)
        column.addWidget(label("Undo brings back the label and its spans.", 12, tone="third"))
        column.addSpacing(4)
        column.addWidget(buttons)
        self.setMinimumWidth(440)

    @property
    def move_to(self) -> str | None:
        """The label that the spans get; None to delete them."""
        return self.other.currentText() if self.give.isChecked() else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _have(counts: Counts) -> str:
    return "has" if counts[0] == 1 else "have"
