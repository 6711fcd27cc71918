"""A statement for which nobody waits gives way, from within, to one for which somebody does."""

import threading
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

T = TypeVar("T")


class GivingWay:
    """Ends a long statement of a connection when it is asked to, from any thread; never another one.

    SQLite's own check of a table of 1,000,000 rows takes a second, in which nothing could be written.
    """

    def __init__(self, connection: Connection) -> None:
        self._interrupt = connection.connection.driver_connection.interrupt  # type: ignore[union-attr]
        self._lock = threading.Lock()
        self._running = self._asked = False

    def attempt(self, run: Callable[[], T]) -> T | None:
        """Return what `run` gives; None where it was asked to give way, whatever had come of it."""
        failed: OperationalError | None = None
        with self._lock:
            self._running, self._asked = True, False
        try:
            result = run()
        except OperationalError as error:
            failed = error
        finally:
            with self._lock:  # from here on nothing is interrupted
                self._running = False
        if self._asked:
            return None
        if failed:
            raise failed
        return result

    def ask(self) -> None:
        """Somebody waits for the connection."""
        with self._lock:
            if self._running:
                self._asked = True
                self._interrupt()
