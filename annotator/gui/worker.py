"""The thread that owns the project: jobs go in, results come back by signal to the window's thread.

The window never waits for the disk. Writes run one after the other in the order in which they were asked for; reads go
between them; long jobs are generators that are taken one step at a time, so that short jobs go between their steps,
and none while the window is still busy with the one before.
A write that the machine refuses (a full disk, another program writing) is kept and offered again.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QThread, Signal

from annotator.domain.change import ChangeSet
from annotator.errors import AnnotatorError, Busy, EnvironmentFailed, ReadOnly
from annotator.gui.streams import Stream, Turns

if TYPE_CHECKING:
    from annotator.project import Project

__all__ = ["POLL_S", "RETRY_S", "Failed", "Running", "Stream", "Worker"]

T = TypeVar("T")
Failed = Callable[[AnnotatorError], None]

POLL_S = 1.0  # how often other programs' changes are looked for
_WAITED_S = 0.012
RETRY_S = 0.5  # how soon a write is tried again while another program holds the file


def _ignore(_: object) -> None:
    return None


class Running(NamedTuple):
    """A job under way: when it was begun (of time.monotonic), whether it writes, and how much is done, 0 to 1."""

    since: float
    writes: bool
    share: float


@dataclass
class _Job:
    run: "Callable[[Project], Any]"
    done: Callable[[Any], None]
    failed: Failed


class Worker(QObject):
    """One project on one thread. All methods are called from the window's thread, all callbacks run there."""

    changed = Signal(ChangeSet)
    """Something was committed, here or by another program: the one hub of the window."""
    write_failed = Signal(object)
    """An EnvironmentFailed: the write is kept. Busy is tried again by itself, anything else waits for `retry`."""
    write_recovered = Signal()
    crashed = Signal(object)
    """An exception that is a bug of ours."""
    closed = Signal()
    asked_to_write = Signal()

    _deliver = Signal(object)  # a callable to run in the window's thread

    def __init__(
        self, open_project: "Callable[[], Project]", opened: Callable[["Project"], None], failed: Failed
    ) -> None:
        """Start the thread; `opened` gets the project only to ask what never changes (path, read_only)."""
        super().__init__()
        self._open = _Job(lambda _: open_project(), opened, failed)
        self._writes: deque[_Job] = deque()
        self._reads: deque[_Job] = deque()
        self._streams = Turns()
        self._project: Project | None = None  # while its thread works
        self._wake = threading.Condition()
        self._written = threading.Event()  # set while no write waits
        self._job: tuple[float, bool] | None = None  # that can be cancelled: since when, whether it writes
        self._kept = False  # whether the last write that was tried is on disk
        self._closing = False
        self._refused: EnvironmentFailed | None = None
        self._blocked_until = 0.0
        self._deliver.connect(lambda call: call())
        self._thread = _Thread(self._run)
        self._thread.setObjectName("project")
        self._thread.finished.connect(self._finished)
        self._thread.start()

    def read(
        self, run: "Callable[[Project], T]", done: Callable[[T], None] = _ignore, failed: Failed = _ignore
    ) -> None:
        """Run a short job that changes nothing."""
        self._put(self._reads, _Job(run, done, failed))

    def write(
        self, run: "Callable[[Project], T]", done: Callable[[T], None] = _ignore, failed: Failed = _ignore
    ) -> None:
        """Run a job that changes the project, after all writes before it. `failed` means it was refused for good."""
        with self._wake:  # else the end of the write before might be taken for the end of this one
            self._written.clear()
            self._streams.somebody_works()
            self._put(self._writes, _Job(run, done, failed))
        self.asked_to_write.emit()

    def let_it_write(self) -> bool:
        """Wait for the write that was just asked for, 12 ms at most; return whether it is on disk.

        Most are by then. What they change is then painted once, as saved, and not also as waiting while the two
        threads are in each other's way.
        """
        alone = self.pending_writes() <= 1 and not self.refused
        return alone and self._written.wait(_WAITED_S) and self._kept

    def stream(
        self,
        steps: "Callable[[Project], Iterator[T]]",
        each: Callable[[T], None],
        done: Callable[[None], None] = _ignore,
        failed: Failed = _ignore,
        *,
        patient: bool = False,
    ) -> Stream:
        """Run a long job step by step; each step (at most about 20 ms) gives a result. The stream can be cancelled.

        A `patient` one, for which nobody waits, has few steps while others are under way; of its steps those that give
        None are not told.
        """
        stream = Stream(steps, each, done, failed, patient)
        self._put(self._streams, stream)
        return stream

    def running(self) -> Running | None:
        """Return how far the write or read is that is being run; None while there is none."""
        with self._wake:
            if self._project is None or self._job is None:
                return None
            return Running(*self._job, self._project.done_share)

    def cancel(self, job: Running) -> None:
        """End this write or read, with nothing changed, unless it is just ready; its `failed` gets a Cancelled."""
        with self._wake:
            if self._project and self._job == job[:2]:
                self._project.cancel()

    def keep_quiet(self) -> None:
        """Let what nobody waits for rest for a second: somebody waits for something else."""
        with self._wake:
            self._streams.somebody_works()

    def pending_writes(self) -> int:
        """How many accepted writes are not committed yet."""
        with self._wake:
            return len(self._writes)

    @property
    def refused(self) -> EnvironmentFailed | None:
        """Why the oldest accepted write is not committed, where the machine refused it."""
        with self._wake:
            return self._refused

    def retry(self) -> None:
        """Try the refused write again now."""
        with self._wake:
            self._blocked_until = 0.0
            self._wake.notify()

    def give_up(self) -> None:
        """Drop the refused write; its `failed` is called, and the writes behind it go on."""
        with self._wake:
            refused, job = self._refused, self._writes[0] if self._writes else None
            if refused is None or job is None:
                return
            self._writes.popleft()
            self._refused, self._blocked_until = None, 0.0
            self._wake.notify()
        job.failed(refused)
        self.write_recovered.emit()

    def close(self, *, abandon: bool = False) -> None:
        """Finish the accepted writes (or `abandon` them), close the project, end the thread; `closed` follows."""
        with self._wake:
            self._closing = True
            if abandon:
                self._writes.clear()
            self._reads.clear()
            self._streams.cancel()  # they are closed in the project's thread: no backup must outlive the project
            self._wake.notify()

    def end(self, ms: int = 10_000) -> bool:
        """Close and wait until the thread has ended; for a program that ends without its window being closed."""
        self.close()
        return self._thread.wait(ms)

    def _put(self, queue: "deque[Any] | Turns", job: Any) -> None:
        with self._wake:
            queue.append(job)
            self._wake.notify()
        if (project := self._project) and queue is not self._streams:
            project.give_way()

    def _finished(self) -> None:
        self._thread.wait()  # `finished` comes a moment before the end, and a running thread must not be destroyed
        self.closed.emit()

    # From here on in the project's thread

    def _run(self) -> None:
        try:
            project = self._open.run(None)  # type: ignore[arg-type]
        except AnnotatorError as error:
            self._call(self._open.failed, error)
            return
        except Exception as error:  # noqa: BLE001 - a bug: it goes to the crash dialog, not to a dead thread
            self.crashed.emit(error)
            return
        project.subscribe(self.changed.emit)
        self._call(self._open.done, project)
        self._project = project
        try:
            while self._next(project):
                pass
        finally:
            self._project = None
            project.close()

    def _next(self, project: "Project") -> bool:
        """Run one job, or wait for one; False when there is nothing left to do."""
        with self._wake:
            writable = bool(self._writes) and time.monotonic() >= self._blocked_until
            write = self._writes[0] if writable else None
            read = self._reads.popleft() if not write and self._reads else None
            stream = self._streams.next() if not write and not read else None
            if not (write or read or stream):
                if self._closing and not self._writes:
                    return False
                timed_out = not self._wake.wait(self._pause())
                if not timed_out or self._writes:
                    return True
        try:
            if write:
                self._do_write(project, write)
                with self._wake:
                    if not self._writes:
                        self._written.set()
            elif read:
                self._do_read(project, read)
            elif stream:
                self._do_step(project, stream)
            else:
                project.poll()
        except AnnotatorError:
            pass  # a look for other programs' changes that failed is repeated in a second
        except Exception as error:  # noqa: BLE001 - a bug: it goes to the crash dialog, not to a dead thread
            self._drop(write)
            self.crashed.emit(error)
        return True

    def _pause(self) -> float:
        return min(POLL_S, max(0.01, self._blocked_until - time.monotonic())) if self._writes else POLL_S

    def _do_write(self, project: "Project", job: _Job) -> None:
        self._kept = False
        try:
            with self._cancellable(project, writes=True):
                result = job.run(project)
        except ReadOnly as error:
            self._drop(job)
            self._call(job.failed, error)
        except EnvironmentFailed as error:
            with self._wake:
                self._refused = error
                self._blocked_until = time.monotonic() + (RETRY_S if isinstance(error, Busy) else 1e9)
            self.write_failed.emit(error)
        except AnnotatorError as error:
            self._drop(job)
            self._call(job.failed, error)
        else:
            self._kept = True
            self._drop(job)
            self._call(job.done, result)

    @contextmanager
    def _cancellable(self, project: "Project", *, writes: bool) -> Iterator[None]:
        with self._wake:
            self._job = time.monotonic(), writes
        try:
            yield
        finally:
            with self._wake:  # from here on nothing is cancelled
                self._job = None
                project.clear_cancelled()

    def _drop(self, job: _Job | None) -> None:
        """Take a write out of the queue, unless `give_up` did; what was refused before it is over."""
        with self._wake:
            if job and self._writes and self._writes[0] is job:
                self._writes.popleft()
            recovered, self._refused = self._refused is not None, None
        if recovered:
            self.write_recovered.emit()

    def _do_read(self, project: "Project", job: _Job) -> None:
        try:
            with self._cancellable(project, writes=False):
                result = job.run(project)
            self._call(job.done, result)
        except AnnotatorError as error:
            self._call(job.failed, error)

    def _do_step(self, project: "Project", stream: Stream) -> None:
        finished = True
        try:
            if stream.cancelled:
                stream.close()
            else:
                result = stream.step(project)
                finished, stream.heard = False, False
                self._deliver.emit(lambda: self._hear(stream, result))
        except StopIteration:
            self._call(stream.done, None)
        except AnnotatorError as error:
            self._call(stream.failed, error)
        finally:
            with self._wake:
                self._streams.had(stream, finished=finished)

    def _hear(self, stream: Stream, result: object) -> None:
        """In the window's thread: take what a step gave, then let the stream go on."""
        try:
            if result is not None or not stream.patient:
                stream.each(result)
        finally:
            with self._wake:
                stream.heard = True
                self._wake.notify()

    def _call(self, callback: Callable[[Any], None], result: object) -> None:
        self._deliver.emit(lambda: callback(result))


class _Thread(QThread):
    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__()
        self._job = run

    def run(self) -> None:
        """Called by Qt in the new thread."""
        self._job()
