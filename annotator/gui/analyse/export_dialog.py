"""The dialog that saves several figures at once: which, as what, and in which folder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.widgets.panes import label

_KINDS = (("png", "Pictures, PNG"), ("svg", "Drawings, SVG"), ("csv", "Tables, CSV"))


@dataclass(frozen=True)
class FigureChoice:
    """The files to write, by chart and kind; `replace` where the dialog has said that some are there already."""

    files: Mapping[tuple[str, str], Path]
    replace: bool


class FiguresDialog(Dialog):
    """Asks; `choice` has the answer after it was accepted. `figures` are (slug, title, ticked at first)."""

    def __init__(self, figures: Sequence[tuple[str, str, bool]], folder: Path, stem: str, parent: QWidget) -> None:
        super().__init__("Export figures", parent, main="Export")
        self._stem = stem
        self.figures = {slug: _box(title, on) for slug, title, on in figures}
        self.kinds = {kind: _box(title, kind != "svg") for kind, title in _KINDS}
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName("Folder")
        self.folder.setMinimumWidth(fonts.px(360))
        browse = QPushButton("Browse…")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self.said = label(size=12, tone="third")
        self.said.setWordWrap(True)
        for box in (*self.figures.values(), *self.kinds.values()):
            box.toggled.connect(lambda _: self._say())
        self.folder.textChanged.connect(lambda _: self._say())
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(browse)
        groups: tuple[tuple[str, QVBoxLayout | QHBoxLayout], ...] = (
            ("Figures", _column(self.figures.values())),
            ("As", _column(self.kinds.values())),
            ("Folder", where),
        )
        for title, part in groups:
            group = QVBoxLayout()
            group.setSpacing(4)
            group.addWidget(label(title, 11, QFont.Weight.DemiBold, tone="third"))
            group.addLayout(part)
            self.column.addLayout(group)
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())
        self.column.addWidget(self.said)
        self._say()

    @property
    def choice(self) -> FigureChoice:
        """What the fields say now."""
        folder = Path(self.folder.text().strip() or ".").expanduser()
        slugs = [slug for slug, box in self.figures.items() if box.isChecked()]
        kinds = [kind for kind, box in self.kinds.items() if box.isChecked()]
        files = {(slug, kind): folder / f"{self._stem}-{slug}.{kind}" for slug in slugs for kind in kinds}
        return FigureChoice(files, any(_there(file) for file in files.values()))

    def _say(self) -> None:
        choice = self.choice
        names = [file.name for file in choice.files.values()]
        there = [file.name for file in choice.files.values() if _there(file)]
        if not names:
            said = "Choose a figure, and a picture or a table."
        elif there:
            said = f"There already, and to be replaced: {_listed(there)}."
        else:
            said = f"To be written: {_listed(names)}."
        self.said.setText(said)
        self.said.setProperty("tone", "warn" if there else "third")
        self.said.style().polish(self.said)
        self.main.setText("Replace" if there else "Export")
        self.main.setEnabled(bool(names) and bool(self.folder.text().strip()))

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for the figures", self.folder.text())
        if chosen:
            self.folder.setText(chosen)


def _box(title: str, on: bool) -> QCheckBox:
    made = QCheckBox(title)
    made.setAccessibleName(title)
    made.setChecked(on)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return made


def _column(boxes: Iterable[QCheckBox]) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(0)
    for box in boxes:
        made.addWidget(box)
    return made


def _there(file: Path) -> bool:
    try:
        return file.exists()
    except (OSError, ValueError):
        return False


def _listed(names: Sequence[str]) -> str:
    more = len(names) - 1
    return f"{names[0]} and {more} more" if more else names[0]
