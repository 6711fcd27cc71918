"""What is asked before labels are merged, or a label that spans have or a type that relations have is deleted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Words:
    """What a question is about: the thing that is to go (label, relation type), and what has it (span, relation)."""

    thing: str
    noun: str
    one: str

    def heading(self, name: str, having: str, *, several: bool) -> str:
        """Say what has the thing of that name; `having` is empty where that isn't known."""
        if not having:
            return f"{self.one.title()}s may have “{name}”."
        return f"{_capital(having)} {'have' if several else 'has'} the {self.noun} “{name}”."


LABEL, RELATION_TYPE = Words("label", "label", "span"), Words("relation type", "type", "relation")


def label_question(name: str, counts: Counts | None, others: Sequence[str], parent: QWidget) -> "DeleteQuestion":
    """Return the question what becomes of the spans of a label."""
    having = shown_counts(counts) if counts else ""
    return DeleteQuestion(LABEL, name, counts[0] if counts else None, having, others, parent)


def relation_question(name: str, count: int | None, others: Sequence[str], parent: QWidget) -> "DeleteQuestion":
    """Return the question what becomes of the relations of a type."""
    having = counted(count, "relation") if count else ""
    return DeleteQuestion(RELATION_TYPE, name, count, having, others, parent)


class DeleteQuestion(QDialog):
    """Asks what becomes of what has a thing that is to go. After it was accepted `move_to` has the answer."""

    def __init__(
        self, words: Words, name: str, count: int | None, having: str, others: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Delete {words.thing}")
        what = f"its {counted(count, words.one)}" if count else f"its {words.one}s"
        heading = label(words.heading(name, having, several=count != 1))
        self.give = QRadioButton(f"Give {what} another {words.noun}:")
        self.other = QComboBox()
        self.other.setAccessibleName(f"{_capital(words.noun)} for its {words.one}s")
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
        yes = buttons.addButton(f"Delete {words.thing}", QDialogButtonBox.ButtonRole.AcceptRole)
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
        column.addWidget(label(f"Undo brings back the {words.thing} and its {words.one}s.", 12, tone="third"))
        column.addSpacing(4)
        column.addWidget(buttons)
        self.setMinimumWidth(440)

    @property
    def move_to(self) -> str | None:
        """The label or type that they get; None to delete them."""
        return self.other.currentText() if self.give.isChecked() else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
