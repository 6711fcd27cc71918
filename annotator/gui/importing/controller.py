"""From files dropped, chosen or pasted to documents in the project: a preview first, and the dialog where it needs one.

What is certain and clean comes in at once, with a notice.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from annotator.domain.incoming import ImportOptions, ImportPreview
from annotator.errors import AnnotatorError
from annotator.gui.importing.dialog import ImportDialog
from annotator.gui.widgets.file_drops import local_files
from annotator.gui.widgets.wording import counted
from annotator.gui.worker import Stream

if TYPE_CHECKING:
    from annotator.gui.window import Window
    from annotator.project import Project
    from annotator.records import ImportReport

Steps = Iterator[int | ImportPreview]

AT_ONCE = 20
"""Documents that come in without the dialog where there is nothing to look at."""

_STEP_S = 0.015  # of work between two looks at what else the worker has to do
_PATIENCE_MS = 400  # until the dialog opens over files that take their time


class Importing(QObject):
    """Serves the window: `take` for files and folders, `choose` asks for them, `paste` takes the clipboard's text."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._stream: Stream | None = None
        self._dialog: ImportDialog | None = None

    def choose(self) -> None:
        """Ask for files and import them."""
        from annotator import records  # only now: the table of formats is not needed to start

        endings = " ".join(f"*{ending}" for ending in records.readable_endings())
        kinds = f"Texts and tables ({endings});;All files (*)"
        chosen, _ = QFileDialog.getOpenFileNames(self._window, "Import documents", str(Path.home()), kinds)
        if chosen:
            self.take(chosen)

    def take(self, paths: Sequence[str]) -> None:
        """Look at files and folders, and import them: at once, or by the dialog where there is something to see."""
        self._begin(lambda project, options: project.preview_import_steps(paths, options))

    def take_later(self, paths: Sequence[str]) -> None:
        """Take files once the project that is about to be opened is shown; nothing where it can't be."""

        def go_on() -> None:
            self._window.project_shown.disconnect(go_on)
            if self._window.worker:
                self.take(paths)

        self._window.project_shown.connect(go_on)

    def paste(self) -> None:
        """Make a document of the clipboard's text; files on the clipboard are imported."""
        data = QGuiApplication.clipboard().mimeData()
        if files := local_files(data):
            self.take(files)
        elif not data.text().strip():
            self._window.refused("There is no text on the clipboard. Copy some text first.")
        else:
            self._begin_pasted(data.text())

    def _begin(self, steps: "Callable[[Project, ImportOptions], Steps]") -> None:
        if self._window.worker is None or self._dialog:
            return
        dialog = self._make_dialog(pasted=False)
        dialog.options_changed.connect(lambda options: self._look(lambda p: steps(p, options), dialog, at_once=False))
        dialog.accepted.connect(lambda: self._import(dialog))
        self._look(lambda project: steps(project, ImportOptions()), dialog, at_once=True)
        QTimer.singleShot(_PATIENCE_MS, lambda: dialog.open() if self._dialog is dialog and self._stream else None)

    def _begin_pasted(self, text: str) -> None:
        if self._window.worker is None or self._dialog:
            return
        dialog = self._make_dialog(pasted=True)
        dialog.accepted.connect(lambda: self._import_pasted(dialog, text))
        self._look(lambda project: project.preview_text_steps(text), dialog, at_once=False)

    def _make_dialog(self, *, pasted: bool) -> ImportDialog:
        from annotator import records

        window = self._window
        dialog = ImportDialog(ImportOptions(), records.encodings(), window.look.theme, window, pasted=pasted)
        dialog.finished.connect(lambda _: self._finished(dialog))
        self._dialog = dialog
        return dialog

    def _finished(self, dialog: ImportDialog) -> None:
        self._stop()
        if self._dialog is dialog:
            self._dialog = None

    def _drop(self, dialog: ImportDialog) -> None:
        """Let go of a dialog, shown or not."""
        dialog.done(ImportDialog.DialogCode.Rejected)
        if self._dialog is dialog:  # one that was never shown says nothing when it ends
            self._finished(dialog)
        dialog.deleteLater()

    def _stop(self) -> None:
        if self._stream:
            self._stream.cancel()
            self._stream = None

    def _look(self, steps: "Callable[[Project], Steps]", dialog: ImportDialog, *, at_once: bool) -> None:
        """Make the preview, and show it or (`at_once`, where nothing is to be seen) import it."""
        self._stop()
        worker = self._window.worker
        if worker is None:
            return

        def step(found: int | ImportPreview) -> None:
            if self._dialog is not dialog or self._stream is not stream:
                return
            if isinstance(found, ImportPreview):
                self._stream = None
                self._looked(found, dialog, at_once=at_once)
            else:
                dialog.show_reading(found)

        def failed(error: AnnotatorError) -> None:
            if self._dialog is not dialog or self._stream is not stream:
                return
            self._stream = None
            if dialog.preview:
                dialog.show_problem(str(error))
            else:
                self._drop(dialog)
                self._window.refused(str(error))

        stream = worker.stream(lambda project: _paced(steps(project)), step, failed=failed)
        self._stream = stream

    def _looked(self, preview: ImportPreview, dialog: ImportDialog, *, at_once: bool) -> None:
        nothing_to_choose = not preview.incoming and not preview.uncertain
        if at_once and nothing_to_choose and preview.refused:
            self._drop(dialog)
            more = len(preview.refused) - 1
            self._window.refused(preview.refused[0].reason + (f" So were {more:,} more." if more else ""))
        elif at_once and preview.clean and len(preview.incoming) <= AT_ONCE:
            self._drop(dialog)
            self._write(lambda project: project.import_preview(preview))
        else:
            dialog.show_preview(preview)
            if not dialog.isVisible():
                dialog.open()

    def _import(self, dialog: ImportDialog) -> None:
        preview, repairs, skip = dialog.preview, frozenset(dialog.repairs), dialog.skip_bad
        if preview:
            self._write(lambda project: project.import_preview(preview, repair=repairs, skip_bad=skip))

    def _import_pasted(self, dialog: ImportDialog, text: str) -> None:
        title, repair = dialog.title.text().strip() or None, bool(dialog.repairs)
        self._write(lambda project: project.import_text(text, title, repair=repair))

    def _write(self, write: "Callable[[Project], ImportReport]") -> None:
        if worker := self._window.worker:
            worker.write(write, self._imported, lambda error: self._window.refused(str(error)))

    def _imported(self, report: "ImportReport") -> None:
        said = f"{counted(len(report.added), 'document')} imported."
        if present := len(report.present):
            names = ", ".join(document.heading for document in report.present[:3])
            said += f" {present:,} {'was' if present == 1 else 'were'} here already: {names}."
        if report.repaired:
            said += f" Mojibake was repaired in {counted(report.repaired, 'document')}."
        if left_out := len(report.refused):
            said += f" {left_out:,} {'was' if left_out == 1 else 'were'} left out."
        self._window.told(said)
        if report.added:
            self._window.read_listing(report.added[0].id)


def _paced(steps: Steps) -> Steps:
    """Pass on every preview, and of the counts only one in a while: each is a turn of the worker."""
    last = time.monotonic()
    for step in steps:
        if isinstance(step, ImportPreview) or time.monotonic() - last > _STEP_S:
            yield step
            last = time.monotonic()
