"""The codebook editor's place in the window: entered and left, told of projects and changes, its files chosen."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from annotator import records
from annotator.errors import AnnotatorError
from annotator.gui.codebook.editor import CodebookEditor
from annotator.gui.codebook.wiring import CodebookWiring
from annotator.gui.theme import Theme
from annotator.gui.widgets.themed import spread_theme
from annotator.gui.widgets.wording import counted

if TYPE_CHECKING:
    from annotator.domain.codebook_merge import Merge
    from annotator.gui.window import Window
    from annotator.project import Project

_FILES = "Codebooks (*.json);;All files (*)"


class CodebookRoom(QObject):
    """Shows the editor in the window's stack instead of the page, and brings the page back."""

    left = Signal()
    """The editor was closed: the page is to be shown again."""

    def __init__(self, window: "Window", theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self.editor = CodebookEditor(theme)
        self.wiring = CodebookWiring(self.editor, theme)
        self.editor.closed.connect(self.left)
        self.editor.requests.import_asked.connect(self._import)
        self.editor.requests.export_asked.connect(self._export)

    def set_theme(self, theme: Theme) -> None:
        """Paint with this theme from now on."""
        self.wiring.set_theme(theme)
        spread_theme(self.editor, theme)

    def _import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Import codebook", str(Path.home()), _FILES)
        worker = self._window.worker
        if chosen and worker:
            worker.write(
                lambda project: project.import_codebook(records.read_codebook(Path(chosen), into=project.codebook)),
                self._imported,
                self._tell,
            )

    def _imported(self, merge: "Merge") -> None:
        added, changed = (counted(len(each), "entry", "entries") for each in (merge.added, merge.changed))
        self.editor.told(f"{added} added, {changed} changed.")

    def _export(self) -> None:
        path, worker = self._window.project_path, self._window.worker
        if path is None or worker is None:
            return
        wanted = str(path.with_suffix(".codebook.json"))
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Export codebook", wanted, _FILES)
        if chosen:  # the file dialog has asked whether to replace what is there
            told = f"The codebook was written to {chosen}."
            worker.read(lambda project: _write(project, Path(chosen)), lambda _: self.editor.told(told), self._tell)

    def _tell(self, error: AnnotatorError) -> None:
        self.editor.refused(str(error))


def _write(project: "Project", target: Path) -> Path:
    return records.write_codebook(project.codebook, target, force=True, project=project.path)
