"""Copying a project that is in use: SQLite's own online copy, cut into slices between which changes go in.

Python's `Connection.backup` copies all in one call. Here that call runs in a thread of its own and stops after each
slice until it is let go on, so that the caller has the connection to itself in between. What the caller writes
meanwhile goes into the copy too; what another program writes makes SQLite begin again.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from annotator.errors import Busy

PAGES = 500
"""Pages copied at once, 2 MB: about 5 ms, at worst 20 on a busy machine."""

_AGAIN_AFTER = 2  # times that other programs made SQLite begin again before the slices get larger
_GROWTH = 8
_BUSY, _BUSY_TRIES = 5, 2  # each try waits for the connection's own time limit
_LOOK_S = 0.01  # how long the caller is held up at most by what doesn't need its connection
_FLUSH_BYTES = 4 << 20
"""So much of the copy waits for the disk at most: where 140 MB did, a commit of the project took 450 ms, not 50."""

Check = Callable[[sqlite3.Connection], None]


def copy_in_slices(source: Connection, target: Path, check: Check) -> Iterator[None]:
    """Copy the database of `source` to the new file `target`, `check` it and bring it to the disk; yields in between.

    Between two steps the connection is free. `check` gets a connection to the copy and raises where it is bad; like
    the writing to the disk it runs beside the caller. Closing the iterator stops the work. Raises sqlite3.Error,
    OSError, Busy or what `check` raises; the target is the caller's to remove then.
    """
    pages = PAGES
    while True:
        try:
            with closing(_new(target)) as copy:
                yield from _copied(_driver(source), copy, target, pages)
                yield from beside(partial(check, copy), copy.interrupt)
            break
        except _BeganAgain:
            pages *= _GROWTH  # in the end all of it is one slice, which nobody can interrupt
            target.unlink()  # without a journal, what was given up can't be taken back
    yield from beside(lambda: sync_file(target))


def _new(target: Path) -> sqlite3.Connection:
    copy = sqlite3.connect(target, isolation_level=None, check_same_thread=False)
    copy.execute("pragma journal_mode = off")  # nobody sees the copy before it is whole
    copy.execute("pragma synchronous = off")
    return copy


def sync_file(file: Path) -> None:
    """Bring a file to the disk."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Stopped(Exception):
    """The caller wants no more of it."""


class _BeganAgain(Exception):
    """Other programs write so often that slices of this size never get to the end."""


class _Slices:
    """The copying thread and its caller, of whom always exactly one runs."""

    def __init__(self, source: sqlite3.Connection, copy: sqlite3.Connection, pages: int) -> None:
        self._source, self._copy, self._pages = source, copy, pages
        self._go, self._paused = threading.Semaphore(0), threading.Semaphore(0)
        self._stopped = False
        self._error: BaseException | None = None
        self._again = self._busy = 0
        self.done = 0  # pages
        self.ended = False
        self._thread = threading.Thread(target=self._run, name="backup", daemon=True)
        self._thread.start()

    def step(self) -> None:
        """Copy one slice. Raises what went wrong."""
        self._go.release()
        self._paused.acquire()
        if self._error:
            raise self._error

    def stop(self) -> None:
        """End the thread, whatever is still to do."""
        self._stopped = True
        self._go.release()
        self._thread.join()

    def _run(self) -> None:
        self._go.acquire()
        try:
            if not self._stopped:
                self._source.backup(self._copy, pages=self._pages, progress=self._slice_copied, sleep=0.01)
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            self._error = error
        self.ended = True
        self._paused.release()

    def _slice_copied(self, status: int, left: int, total: int) -> None:
        self._busy = self._busy + 1 if status & 0xFF == _BUSY else 0
        if self._busy >= _BUSY_TRIES:
            raise Busy("The project is in use by another program, which is writing to it. Try again in a moment.")
        if not self._busy and total - left <= self.done:
            self._again += 1
        self.done = total - left
        if self._again >= _AGAIN_AFTER:
            raise _BeganAgain
        if left:
            self._paused.release()
            self._go.acquire()
            if self._stopped:
                raise _Stopped


def _copied(source: sqlite3.Connection, copy: sqlite3.Connection, target: Path, pages: int) -> Iterator[None]:
    page_bytes = int(source.execute("pragma page_size").fetchone()[0])
    slices, flushed = _Slices(source, copy, pages), 0
    try:
        while not slices.ended:
            slices.step()
            yield
            if (slices.done - flushed) * page_bytes > _FLUSH_BYTES:
                flushed = slices.done
                yield from beside(lambda: sync_file(target))
    finally:
        slices.stop()


def beside(work: Callable[[], None], interrupt: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Run `work`, which needs no connection, in a thread of its own; yields every 10 ms. Raises what it raises."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            failed.append(error)

    thread = threading.Thread(target=run, name="backup", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_LOOK_S)
            yield
    finally:
        if thread.is_alive():
            interrupt()
            thread.join()
    if failed:
        raise failed[0]


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
