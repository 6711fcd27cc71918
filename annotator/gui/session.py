"""The open project from its opening to its closing; nothing that was accepted is lost on the way."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.change import ChangeSet
from annotator.errors import AnnotatorError, EnvironmentFailed
from annotator.gui.garbage import Garbage
from annotator.gui.worker import Worker
from annotator.settings import default_annotator

if TYPE_CHECKING:
    from annotator.domain.first_look import FirstLook
    from annotator.gui.dialogs.unsaved import UnsavedDialog
    from annotator.project import Project

Then = Callable[[], None]
_SEEN_S = 5.0  # how long opening waits at most for the first look to be painted


class Session(QObject):
    """At most one project at a time. Signals are those of its worker; none come any more once it is being closed."""

    looked = Signal(object)
    """A FirstLook at the project that is about to be opened, or None; opening goes on after `seen`."""
    opened = Signal(object, str)
    """The Project, to ask what never changes (path, read_only), and the id of the document to show first."""
    not_opened = Signal(object)
    """An AnnotatorError; no project is open now."""
    changed = Signal(ChangeSet)
    write_failed = Signal(object)
    write_recovered = Signal()
    crashed = Signal(object)
    asked_to_write = Signal()
    leaving = Signal()
    """Everything accepted is written, or given up; the project is about to be closed."""
    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.worker: Worker | None = None
        self.project: Project | None = None
        self._workers: set[Worker] = set()  # until their threads have ended
        self._then: Then | None = None  # what follows the closing that is under way
        self._barriers = 0  # the writes among the worker's that write nothing
        self._question: UnsavedDialog | None = None
        self._seen = threading.Event()
        self._garbage, self._left_one = Garbage(self), False

    @property
    def annotator(self) -> str:
        """The name whose spans these are, or would be."""
        return self.project.annotator if self.project else default_annotator()

    def open(
        self,
        open_it: "Callable[[], Project]",
        document: str = "",
        look: "Callable[[], FirstLook | None] | None" = None,
    ) -> None:
        """Close what is open, then open a project; `look`, where there is one, and `open_it` run on its thread."""
        self.close(lambda: self._start(self._after(look, open_it) if look else open_it, document))

    def seen(self) -> None:
        """The first look is painted: opening, which takes Python's whole attention, goes on."""
        self._seen.set()

    def close(self, then: Then) -> None:
        """Write what was accepted, close the project, then go on; or stay, where work would be lost by it."""
        worker = self.worker
        self._seen.set()
        if worker is None:
            then()
            return
        waiting, self._then = self._then is not None, then
        if not waiting:
            self._barriers += 1
            worker.write(lambda _: None, lambda _: self._written(worker))  # comes after all that was accepted
        if worker.refused:
            self._ask(worker)

    def end(self) -> None:
        """Write what was accepted and end every thread: the window has gone before the project could be closed."""
        self.worker, self.project = None, None
        self._seen.set()
        for worker in list(self._workers):
            worker.end()

    def give_up(self, error: AnnotatorError) -> None:
        """Say that no project is open after all: opening or reading it failed."""
        worker, self.worker, self.project = self.worker, None, None
        if worker:
            worker.close()
        self.not_opened.emit(error)

    def _after(
        self, look: "Callable[[], FirstLook | None]", open_it: "Callable[[], Project]"
    ) -> "Callable[[], Project]":
        def run() -> "Project":  # in the project's thread
            self.looked.emit(look())
            self._seen.wait(_SEEN_S)
            return open_it()

        return run

    def _start(self, open_it: "Callable[[], Project]", document: str) -> None:
        if self._left_one:
            self._garbage.look_at_all()

        def opened(project: "Project") -> None:
            if self.worker is worker:
                self.project = project
                self.opened.emit(project, document)

        self._seen.clear()
        self.worker = worker = Worker(open_it, opened, self.give_up)
        self._workers.add(worker)
        worker.closed.connect(lambda: self._ended(worker))
        worker.changed.connect(lambda news: self.changed.emit(news) if self.worker is worker else None)
        worker.write_failed.connect(lambda error: self._write_failed(worker, error))
        worker.write_recovered.connect(lambda: self._write_recovered(worker))
        worker.crashed.connect(self.crashed)
        worker.asked_to_write.connect(self.asked_to_write)

    def _write_failed(self, worker: Worker, error: EnvironmentFailed) -> None:
        if self.worker is worker:
            self.write_failed.emit(error)
            if self._then:
                self._ask(worker)

    def _write_recovered(self, worker: Worker) -> None:
        if self.worker is worker:
            self.write_recovered.emit()

    def _ask(self, worker: Worker) -> None:
        """Ask, once, whether to close without what the machine refuses to write."""
        from annotator.gui.dialogs.unsaved import UnsavedDialog  # only now: starting needs none

        if self._question:
            return
        count = max(1, worker.pending_writes() - self._barriers)

        def answered(result: int) -> None:
            self._question = None
            if self.worker is not worker or self._then is None:
                return
            if result in (UnsavedDialog.DANGER, UnsavedDialog.SAVED):
                self._leave(worker, abandon=result == UnsavedDialog.DANGER)
            else:
                self._then = None
                worker.retry()

        self._question = UnsavedDialog(count, str(worker.refused or ""), self._window)
        self._question.finished.connect(answered)
        self._question.open()

    def _written(self, worker: Worker) -> None:
        self._barriers -= 1
        if self.worker is not worker or self._then is None or self._barriers:
            return  # one chose to stay, or has worked on
        if self._question:
            self._question.done(self._question.SAVED)
        else:
            self._leave(worker, abandon=False)

    def _ended(self, worker: Worker) -> None:
        """The worker's thread has ended; where nobody asked for it, by a bug, which is told already."""
        self._workers.discard(worker)
        if self.worker is worker:
            then, self._then = self._then, None
            self.worker, self.project = None, None
            self.not_opened.emit(EnvironmentFailed("The project was closed, since something went wrong in annotator."))
            if then:
                then()

    def _leave(self, worker: Worker, *, abandon: bool) -> None:
        then, self._then, self._barriers = self._then, None, 0
        self.leaving.emit()
        self.worker, self.project, self._left_one = None, None, True
        worker.closed.connect(self.left)
        if then:
            worker.closed.connect(then)
        worker.close(abandon=abandon)
