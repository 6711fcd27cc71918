"""The export dialog: which spans, in which layout, and where to."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.document import State
from annotator.gui.widgets.panes import label

_LAYOUTS = (("documents", "One line a document"), ("spans", "One line a span, with its context"))
_STATES = (("", "All documents"), ("done", "Done documents only"), ("in-progress", "Documents in progress only"))


@dataclass(frozen=True)
class ExportChoice:
    """What was chosen. Empty tuples mean all."""

    target: Path
    layout: str
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    states: tuple[State, ...]
    dataset_card: bool
    replace: bool


class ExportDialog(QDialog):
    """Asks; `choice` has the answer after it was accepted."""

    def __init__(self, target: Path, annotators: Sequence[str], labels: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._confirmed: Path | None = None
        self.target = QLineEdit(str(target))
        self.target.setAccessibleName("File")
        self.target.setMinimumWidth(380)
        self.layouts = _box("Layout", _LAYOUTS)
        self.annotator = _box("Spans of", [("", "All annotators"), *((name, name) for name in annotators)])
        self.label = _box("Labels", [("", "All labels"), *((name, name) for name in labels)])
        self.state = _box("Documents", _STATES)
        self.card = QCheckBox("Dataset card (README.md), so that datasets.load_dataset opens the folder")
        self._lay_out()

    @property
    def choice(self) -> ExportChoice:
        """What the fields say now."""
        return ExportChoice(
            target=Path(self.target.text()).expanduser(),
            layout=self.layouts.currentData(),
            annotators=_one(self.annotator),
            labels=_one(self.label),
            states=tuple(State(value) for value in _one(self.state)),
            dataset_card=self.card.isChecked(),
            replace=self._confirmed == Path(self.target.text()),
        )

    def _lay_out(self) -> None:
        browse = QPushButton("Browse…")
        browse.clicked.connect(self._browse)
        browse.setAutoDefault(False)
        place = QHBoxLayout()
        place.addWidget(self.target, 1)
        place.addWidget(browse)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.addRow("File", place)
        for name, box in (
            ("Layout", self.layouts),
            ("Spans of", self.annotator),
            ("Labels", self.label),
            ("Documents", self.state),
        ):
            form.addRow(name, box)
        form.addRow("", self.card)
        about = "The codebook goes beside the file. Offsets count Unicode code points, ends exclusive."
        note = label(about, 12, tone="third")
        note.setWordWrap(True)
        buttons = QDialogButtonBox()
        export = buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        export.setProperty("main", True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(buttons)

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Export to", self.target.text(), "JSONL (*.jsonl)")
        if chosen:
            self.target.setText(chosen)
            self._confirmed = Path(chosen)  # the file dialog asked whether to replace it


def _box(name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text in choices:
        box.addItem(text, value)
    return box


def _one(box: QComboBox) -> tuple[str, ...]:
    return (box.currentData(),) if box.currentData() else ()
