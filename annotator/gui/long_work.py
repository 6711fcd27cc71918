"""Work that takes its time shows at the foot how far it is and can be cancelled there; what only reads runs apart."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.errors import AnnotatorError
from annotator.gui.worker import Failed, Running, Worker

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.gui.window import Window
    from annotator.project import Project

T = TypeVar("T")
_PATIENCE_MS, _LOOK_MS = 400, 100  # before anything is said; between two looks
_WRITER_S = 120.0  # how long what runs apart waits for the project's own long writes


@dataclass(eq=False)
class _Seen:
    """What is at the foot: the worker, what it does, and how much of that is done."""

    worker: Worker
    words: str
    job: Running


class LongWork(QObject):
    """Looks at what is under way: mostly it is over before the first look."""

    rested = Signal()
    """Nothing runs apart any more."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._seen: _Seen | None = None
        self._apart: dict[Worker, str] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        window.session.asked_to_write.connect(self._watch)
        window.foot.cancel_asked.connect(self._cancel)

    def busy(self) -> bool:
        """Whether something runs apart, after which `rested` follows."""
        return bool(self._apart)

    def run_apart(self, words: str, run: "Callable[[Project], T]", done: Callable[[T], None], failed: Failed) -> None:
        """Run what reads the whole project, with all that was accepted by now, while one works on.

        It has the project open once more, in a thread of its own. `words` say what it does: “Exporting…”.
        """
        project, worker = self._window.session.project, self._window.worker
        if project and worker:
            path, name = project.path, project.annotator
            worker.read(lambda _: None, lambda _: self._open(words, lambda: _opened(path, name), run, done, failed))

    def end(self) -> None:
        """Give up what runs apart: the loop is left."""
        for worker in list(self._apart):
            if job := worker.running():
                worker.cancel(job)
            worker.end()

    def _open(
        self,
        words: str,
        open_it: "Callable[[], Project]",
        run: "Callable[[Project], T]",
        done: Callable[[T], None],
        failed: Failed,
    ) -> None:
        def opened(_: object) -> None:
            worker.read(run, lambda result: ended(lambda: done(result)), not_done)

        def not_done(error: AnnotatorError) -> None:
            ended(lambda: failed(error))

        def ended(tell: Callable[[], None]) -> None:
            worker.close()
            tell()

        worker = Worker(open_it, opened, not_done)
        worker.crashed.connect(self._window.session.crashed)
        worker.crashed.connect(lambda _: worker.close())
        worker.closed.connect(lambda: self._left(worker))
        self._apart[worker] = words
        self._watch()

    def _left(self, worker: Worker) -> None:
        del self._apart[worker]
        self._look()
        if not self._apart:
            self.rested.emit()

    def _watch(self) -> None:
        if not self._timer.isActive():
            self._timer.start(_PATIENCE_MS)

    def _look(self) -> None:
        before, self._seen = self._seen, self._long()
        if self._seen:
            if before and before.job.since == self._seen.job.since and before.job.share > self._seen.job.share:
                self._seen.job = before.job  # it turned out to be more than was known
            self._window.foot.show_working(self._seen.words, self._seen.job.share)
        elif before:
            self._window.foot.end_working()
        main = self._window.worker
        if main and self._apart:
            main.keep_quiet()
        if self._apart or (main and main.pending_writes()):
            self._timer.setInterval(_LOOK_MS)
        else:
            self._timer.stop()

    def _long(self) -> _Seen | None:
        """Return what has been under way for long: first what is being saved."""
        main = self._window.worker
        workers = [(main, "Saving…")] if main else []
        for worker, words in (*workers, *self._apart.items()):
            job = worker.running()
            if job and (job.writes or worker is not main) and time.monotonic() - job.since >= _PATIENCE_MS / 1000:
                return _Seen(worker, words, job)
        return None

    def _cancel(self) -> None:
        if self._seen:
            self._seen.worker.cancel(self._seen.job)


def _opened(path: "Path", name: str) -> "Project":
    import annotator

    project = annotator.open(path, name)
    project.wait_for_writers(_WRITER_S)
    return project
