"""How far a change of many rows is while it is written, and whether it is wanted still."""

from sqlalchemy import Connection

from annotator.errors import Cancelled

_KEY = "under way"


class UnderWay:
    """The change that a connection's thread is writing. The thread counts and asks; any other may look and cancel."""

    def __init__(self, connection: Connection) -> None:
        connection.info[_KEY] = self
        self.clear()

    def clear(self) -> None:
        """Nothing is written, and what comes is wanted."""
        self._cancelled = False
        self.begin()

    def begin(self) -> None:
        """Nothing is written yet of what comes."""
        self._written = self._asked = self._planned = 0

    def plan(self, rows: int) -> None:
        """So many rows at least will be written in all, as is known before the first of them."""
        self._planned = max(self._planned, rows)

    def ask(self, rows: int) -> None:
        """So many more rows are about to be written."""
        self._asked += rows

    def wrote(self, rows: int) -> None:
        """So many more rows are written. Raises as `go_on`."""
        self._written += rows
        self.go_on()

    def go_on(self) -> None:
        """Raise Cancelled where the change is not wanted any more."""
        if self._cancelled:
            raise Cancelled

    def cancel(self) -> None:
        """The change is not wanted any more: it ends before its next rows, or its commit, with nothing changed."""
        self._cancelled = True

    @property
    def share(self) -> float:
        """How much is written, 0 to 1, of what is known to be written."""
        return min(1.0, self._written / max(self._planned, self._asked, 1))


def under_way(connection: Connection) -> UnderWay:
    """Return what is under way on a connection."""
    known = connection.info.get(_KEY)
    return known if isinstance(known, UnderWay) else UnderWay(connection)
