"""The codebook editor's place in the window: built when it is first entered, told of projects and changes."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from annotator.domain.change import ChangeSet
from annotator.domain.codebook import Codebook
from annotator.errors import AnnotatorError
from annotator.gui.theme import Theme
from annotator.gui.widgets.themed import spread_theme
from annotator.gui.widgets.wording import counted
from annotator.gui.worker import Worker

if TYPE_CHECKING:
    from annotator.domain.codebook_merge import Merge
    from annotator.gui.codebook.editor import CodebookEditor
    from annotator.gui.codebook.wiring import CodebookWiring
    from annotator.gui.window import Window
    from annotator.project import Project

_FILES = "Codebooks (*.json);;All files (*)"


class CodebookRoom(QObject):
    """Shows the editor in the window's stack instead of the page, and brings the page back."""

    left = Signal()
    """The editor was closed: the page is to be shown again."""

    def __init__(self, window: "Window", stack: QStackedWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._stack, self._theme = window, stack, theme
        self._wiring: CodebookWiring | None = None
        self._project: tuple[Worker, bool] | None = None
        self._codebook = Codebook(())

    @property
    def editor(self) -> "CodebookEditor":
        """The editor, built now where it wasn't yet: it takes as long as a fifth of starting the program."""
        return (self._wiring or self._build()).editor

    def shown(self) -> bool:
        """Whether the window shows the editor."""
        return self._wiring is not None and self._stack.currentWidget() is self.editor

    def enter(self) -> None:
        """Show the editor."""
        self._stack.setCurrentWidget(self.editor)
        self.editor.take_focus()

    def finish(self) -> None:
        """Write what stands half-typed in a field."""
        if self._wiring:
            self.editor.finish()

    def set_project(self, worker: Worker, read_only: bool, codebook: Codebook) -> None:
        """Work on this project from now on."""
        self._project, self._codebook = (worker, read_only), codebook
        if self._wiring:
            self._wiring.set_project(worker, read_only, codebook)

    def set_codebook(self, codebook: Codebook) -> None:
        """Show the codebook as it is now."""
        self._codebook = codebook
        if self._wiring:
            self._wiring.set_codebook(codebook)

    def apply(self, change_set: ChangeSet) -> None:
        """Count again what a commit may have changed."""
        if self._wiring:
            self._wiring.apply(change_set)

    def set_theme(self, theme: Theme) -> None:
        """Paint with this theme from now on."""
        self._theme = theme
        if self._wiring:
            self._wiring.set_theme(theme)
            spread_theme(self.editor, theme)

    def _build(self) -> "CodebookWiring":
        from annotator.gui.codebook.editor import CodebookEditor
        from annotator.gui.codebook.wiring import CodebookWiring

        editor = CodebookEditor(self._theme)
        self._wiring = CodebookWiring(editor, self._theme)
        if self._project:
            self._wiring.set_project(*self._project, self._codebook)
        editor.closed.connect(self.left)
        editor.requests.import_asked.connect(self._import)
        editor.requests.export_asked.connect(self._export)
        self._stack.addWidget(editor)
        return self._wiring

    def _import(self) -> None:
        from annotator import records  # only now: the table of formats is not needed to start

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
    from annotator import records

    return records.write_codebook(project.full_codebook(), target, force=True, project=project.path)
