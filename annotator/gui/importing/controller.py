"""From files dropped, chosen or pasted to documents in the project: a preview first, and the dialog where it needs one.

What is certain and clean comes in at once, with a notice.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from annotator.errors import AnnotatorError
from annotator.gui.widgets.file_drops import local_files
from annotator.gui.widgets.wording import counted
from annotator.gui.worker import Stream

if TYPE_CHECKING:
    from annotator.domain.incoming import ImportOptions, ImportPreview
    from annotator.gui.importing.dialog import ImportDialog
    from annotator.gui.window import Window
    from annotator.project import Project
    from annotator.records import ImportReport

Steps: TypeAlias = "Iterator[int | ImportPreview]"

AT_ONCE = 20
"""Documents that come in without the dialog where there is nothing to look at."""

_STEP_S = 0.015  # of work between two looks at what else the worker has to do
_TELL_S = 0.2  # between two words on how far it is: each lays the dialog out anew
_PATIENCE_MS = 1_000  # until the dialog opens over files that take their time


@dataclass(eq=False)
class _Job:
    """One import under way: how its preview is made, and the dialog once there is one."""

    steps: "Callable[[Project, ImportOptions], Steps]"
    pasted: str | None = None
    stream: Stream | None = None
    dialog: "ImportDialog | None" = None
    told: float = 0.0  # when the dialog last said how far it is, seconds of time.monotonic


class Importing(QObject):
    """Serves the window: `take` for files and folders, `choose` asks for them, `paste` takes the clipboard's text.

    One import at a time; the dialog is made when it is needed.
    """

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._job: _Job | None = None

    @property
    def dialog(self) -> "ImportDialog | None":
        """The dialog, where there is one."""
        return self._job.dialog if self._job else None

    def choose(self) -> None:
        """Ask for files and import them."""
        from annotator import records  # only now: the table of formats is not needed to start

        endings = " ".join(f"*{ending}" for ending in records.readable_endings())
        kinds = f"Texts and tables ({endings});;All files (*)"
        chosen, _ = QFileDialog.getOpenFileNames(self._window, "Import documents", str(Path.home()), kinds)
        if chosen:
            self.take(chosen)

    def take(self, paths: Sequence[str]) -> None:
        """Look at files and folders, and import them: at once, or by the dialog where there is something to see.

        A file that holds work on documents is shown and taken in as such.
        """
        self._window.exchange.sort_out(paths, self._take_documents)

    def _take_documents(self, paths: Sequence[str]) -> None:
        self._begin(_Job(lambda project, options: project.preview_import_steps(paths, options)))

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
            text = data.text()
            self._begin(_Job(lambda project, _: project.preview_text_steps(text), pasted=text))

    def _begin(self, job: _Job) -> None:
        project = self._window.session.project
        if project is None or (self._job and self._job.dialog):
            return
        if project.read_only:
            self._window.refused(f"{project.path.name} is read-only: nothing can be imported. Save a copy elsewhere.")
            return
        from annotator.domain.incoming import ImportOptions  # only now: not needed to start

        self._end(self._job)
        self._job = job
        self._look(job, ImportOptions(), at_once=job.pasted is None)
        QTimer.singleShot(_PATIENCE_MS, lambda: self._open(job) if self._job is job and job.stream else None)

    def _open(self, job: _Job) -> "ImportDialog":
        """Show the dialog."""
        if job.dialog is None:
            from annotator import records
            from annotator.domain.incoming import ImportOptions
            from annotator.gui.importing.dialog import ImportDialog

            window, pasted = self._window, job.pasted is not None
            dialog = ImportDialog(ImportOptions(), records.encodings(), window.look.theme, window, pasted=pasted)
            dialog.options_changed.connect(lambda options: self._look(job, options, at_once=False))
            dialog.accepted.connect(lambda: self._import(job, dialog))
            dialog.finished.connect(lambda _: self._end(job))
            job.dialog = dialog
            dialog.open()
        return job.dialog

    def _end(self, job: _Job | None) -> None:
        """Let go of an import; its dialog closes."""
        if job is None:
            return
        if job.stream:
            job.stream.cancel()
            job.stream = None
        if self._job is job:
            self._job = None
        if job.dialog and job.dialog.isVisible():
            job.dialog.reject()

    def _look(self, job: _Job, options: "ImportOptions", *, at_once: bool) -> None:
        """Make the preview, and show it or (`at_once`, where nothing is to be seen) import it."""
        worker = self._window.worker
        if worker is None:
            return
        if job.stream:
            job.stream.cancel()

        def step(found: "int | ImportPreview") -> None:
            if job.stream is not stream:
                return
            if not isinstance(found, int):
                job.stream = None
                self._looked(job, found, at_once=at_once)
            elif job.dialog and time.monotonic() - job.told > _TELL_S:
                job.told = time.monotonic()
                job.dialog.show_reading(found)

        def failed(error: AnnotatorError) -> None:
            if job.stream is not stream:
                return
            job.stream = None
            if job.dialog and job.dialog.preview:
                job.dialog.show_problem(str(error))
            else:
                self._end(job)
                self._window.refused(str(error))

        stream = worker.stream(lambda project: _paced(job.steps(project, options)), step, failed=failed)
        job.stream = stream

    def _looked(self, job: _Job, preview: "ImportPreview", *, at_once: bool) -> None:
        nothing_to_choose = not preview.incoming and not preview.uncertain
        if at_once and nothing_to_choose and preview.refused:
            self._end(job)
            more = len(preview.refused) - 1
            self._window.refused(preview.refused[0].reason + (f" So were {more:,} more." if more else ""))
        elif at_once and preview.clean and len(preview.incoming) <= AT_ONCE:
            self._end(job)
            self._write(lambda project: project.import_preview(preview))
        else:
            self._open(job).show_preview(preview)

    def _import(self, job: _Job, dialog: "ImportDialog") -> None:
        """Write what the dialog shows."""
        preview, repairs, skip = dialog.preview, frozenset(dialog.repairs), dialog.skip_bad
        if job.pasted is not None:
            text, title = job.pasted, dialog.title.text().strip() or None
            self._write(lambda project: project.import_text(text, title, repair=bool(repairs)))
        elif preview:
            self._write(lambda project: project.import_preview(preview, repair=repairs, skip_bad=skip))

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
            self._window.news.read_listing(report.added[0].id)


def _paced(steps: Steps) -> Steps:
    """Pass on every preview, and of the counts only one in a while: each is a turn of the worker."""
    last = time.monotonic()
    for step in steps:
        if not isinstance(step, int) or time.monotonic() - last > _STEP_S:
            yield step
            last = time.monotonic()
