"""Where a file goes: a field with a button beside it, and what keeps a file from being written there."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from annotator.gui import fonts

_PROJECTS = "annotator projects (*.annotator);;All files (*)"
_UNFIT = '<>:"/\\|?*'


class PlaceField(QWidget):
    """`changed` when the file is another. Until somebody gives a name of their own it follows `suggest`."""

    changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._suggested = ""
        self._confirmed: Path | None = None
        self.field = QLineEdit()
        self.field.setAccessibleName("File")
        self.field.setMinimumWidth(fonts.px(320))
        self.field.textChanged.connect(self._typed)
        browse = QPushButton("Browse…")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(browse)
        self.setFocusProxy(self.field)

    @property
    def path(self) -> Path:
        """The file; its name ends in `.annotator` where none was given."""
        path = Path(self.field.text().strip()).expanduser()
        return path if path.suffix or not path.name else path.with_suffix(".annotator")

    @property
    def given(self) -> bool:
        return bool(self.field.text().strip())

    @property
    def replaces(self) -> bool:
        """Whether a file that is there shall be replaced."""
        return self._confirmed == self.path

    def suggest(self, path: Path | None) -> None:
        """Name this file, or none, unless somebody gave another."""
        if self.field.text() == self._suggested:
            self._suggested = str(path) if path else ""
            self.field.setText(self._suggested)
            self.field.setCursorPosition(len(self._suggested))

    def problem(self, project: Path) -> str:
        """Return what keeps the file from being written, as a sentence; the same once more confirms a replacement."""
        path = self.path
        if path.is_dir():
            return f"{path} is a folder. Name a file in it."
        if not path.parent.is_dir():
            return f"There is no folder {path.parent}."
        if path.exists() and path.samefile(project):
            return f"{path.name} is this project itself. Name another file."
        if path.exists() and not self.replaces:
            self._confirmed = path
            return f"{path.name} is there already."
        return ""

    def _typed(self) -> None:
        self._confirmed = None
        self.changed.emit()

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self._title, self.field.text(), _PROJECTS)
        if chosen:
            self.field.setText(chosen)
            if self.path == Path(chosen):  # only then has the file dialog asked whether to replace it
                self._confirmed = self.path


def file_for(project: Path, person: str, before: str = "") -> Path | None:
    """Return a file beside the project for a person, `study for Ana Ruiz.annotator`; None for nobody."""
    name = "".join("-" if char in _UNFIT or ord(char) < ord(" ") else char for char in person)[:80].strip(" .")
    return project.with_name(f"{project.stem} {before}for {name}.annotator") if name else None
