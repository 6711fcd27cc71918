"""The export dialog: which spans, in which layout, and where to."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from annotator.domain.document import State
from annotator.domain.review import GOLD
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.widgets.panes import label

_LAYOUTS = (
    ("jsonl documents", "JSONL: one line a document"),
    ("jsonl spans", "JSONL: one line a span, with its context"),
    ("csv spans", "CSV: one row a span, for spreadsheets"),
)
_STATES = (("", "All documents"), ("done", "Done documents only"), ("in-progress", "Documents in progress only"))


@dataclass(frozen=True)
class ExportChoice:
    """What was chosen. Empty tuples mean all."""

    target: Path
    format: str
    layout: str
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    states: tuple[State, ...]
    dataset_card: bool
    replace: bool
    gold: bool


class ExportDialog(Dialog):
    """Asks; `choice` has the answer after it was accepted."""

    def __init__(
        self, target: Path, annotators: Sequence[str], labels: Sequence[str], parent: QWidget, *, gold: bool
    ) -> None:
        super().__init__("Export", parent, main="Export")
        self._confirmed: Path | None = None
        self.target = QLineEdit(str(target))
        self.target.setAccessibleName("File")
        self.target.setMinimumWidth(fonts.px(400))
        self.target.textChanged.connect(self._target_changed)
        self.problem = label(size=12, tone="danger")
        self.problem.setWordWrap(True)
        self.layouts = _box("Layout", _LAYOUTS)
        self.layouts.currentIndexChanged.connect(self._layout_chosen)
        whose = [("", "All annotators"), *((name, name) for name in annotators)]
        self.annotator = _box("Spans of", [*whose, *([(GOLD, "Gold: the reviewed spans")] if gold else [])])
        self.label = _box("Labels", [("", "All labels"), *((name, name) for name in labels)])
        self.state = _box("Documents", _STATES)
        self.card = QCheckBox("Dataset card (README.md), so that datasets.load_dataset opens the folder")
        self._lay_out()

    @property
    def choice(self) -> ExportChoice:
        """What the fields say now."""
        return ExportChoice(
            target=Path(self.target.text()).expanduser(),
            format=self._shape()[0],
            layout=self._shape()[1],
            annotators=tuple(name for name in _one(self.annotator) if name != GOLD),
            gold=self.annotator.currentData() == GOLD,
            labels=_one(self.label),
            states=tuple(State(value) for value in _one(self.state)),
            dataset_card=self.card.isChecked() and self._shape()[0] == "jsonl",
            replace=self._confirmed == Path(self.target.text()).expanduser(),
        )

    def _lay_out(self) -> None:
        browse = QPushButton("Browse…")
        browse.clicked.connect(self._browse)
        browse.setAutoDefault(False)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.target, 1)
        place.addWidget(browse)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(_name("File"), place)
        for name, box in (
            ("Layout", self.layouts),
            ("Spans of", self.annotator),
            ("Labels", self.label),
            ("Documents", self.state),
        ):
            form.addRow(_name(name), box)
        form.addRow("", self.card)
        about = "The codebook goes beside the file. Offsets count Unicode code points, ends exclusive."
        note = label(about, 12, tone="third")
        note.setWordWrap(True)
        self.column.addLayout(form)
        self.column.addWidget(note)
        self.column.addWidget(self.problem)
        self.problem.hide()
        self.target.setFocus()

    def accept(self) -> None:
        """Called by Qt. A file that is there is replaced only if that was asked for; the second press asks for it."""
        target = self.choice.target
        if target.exists() and not self.choice.replace and not target.is_dir():
            self._confirmed = target
            self._say(f"{target.name} is there already.", "Replace it")
        elif not target.parent.is_dir():
            self._say(f"There is no folder {target.parent}.", "Export")
        else:
            super().accept()

    def _say(self, problem: str, main: str) -> None:
        self.problem.setText(problem)
        self.problem.show()
        self.main.setText(main)

    def _target_changed(self) -> None:
        self._confirmed = None
        self.problem.hide()
        self.main.setText("Export")
        self.main.setEnabled(bool(self.target.text().strip()))

    def _shape(self) -> tuple[str, str]:
        """The format and the layout that are chosen."""
        name, layout = self.layouts.currentData().split()
        return name, layout

    def _layout_chosen(self) -> None:
        """The file's ending follows the format, unless somebody gave it one of their own."""
        name, target = self._shape()[0], Path(self.target.text())
        if target.suffix in (".jsonl", ".csv"):
            self.target.setText(str(target.with_suffix(f".{name}")))
        self.card.setEnabled(name == "jsonl")

    def _browse(self) -> None:
        kinds = "JSONL (*.jsonl)" if self._shape()[0] == "jsonl" else "CSV (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(self, "Export to", self.target.text(), kinds)
        if chosen:
            self.target.setText(chosen)
            self._confirmed = Path(chosen)  # the file dialog asked whether to replace it


def _name(text: str) -> QLabel:
    made = label(text, tone="second")
    made.setMinimumHeight(fonts.px(30))  # that of a field, so that both stand on one line
    return made


def _box(name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text in choices:
        box.addItem(text, value)
    return box


def _one(box: QComboBox) -> tuple[str, ...]:
    return (box.currentData(),) if box.currentData() else ()
