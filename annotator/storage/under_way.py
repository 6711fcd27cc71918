"""How far something is that takes its time, a change of many rows above all, and whether it is wanted still."""

from sqlalchemy import Connection

from annotator.errors import Cancelled

_KEY = "under way"


class UnderWay:
    """What a connection's thread is at. The thread counts and asks; any other may look and cancel.

    Of a change the rows are counted, of what only reads the documents.
    """

    def __init__(self, connection: Connection) -> None:
        connection.info[_KEY] = self
        self.clear()

    def clear(self) -> None:
        """Nothing is done, and what comes is wanted."""
        self._cancelled = False
        self.begin()

    def begin(self) -> None:
        """Nothing is done yet of what comes."""
        self._done = self._asked = self._planned = 0

    def plan(self, number: int) -> None:
        """So many at least will be done in all, as is known before the first of them."""
        self._planned = max(self._planned, number)

    def ask(self, number: int) -> None:
        """So many more are about to be done."""
        self._asked += number

    def did(self, number: int) -> None:
        """So many more are done. Raises as `go_on`."""
        self._done += number
        self.go_on()

    def go_on(self) -> None:
        """Raise Cancelled where it is not wanted any more."""
        if self._cancelled:
            raise Cancelled

    def cancel(self) -> None:
        """It is not wanted any more: it ends at its next rows, or before its commit, with nothing changed."""
        self._cancelled = True

    @property
    def share(self) -> float:
        """How much is done, 0 to 1, of what is known of it."""
        return min(1.0, self._done / max(self._planned, self._asked, 1))


def under_way(connection: Connection) -> UnderWay:
    """Return what is under way on a connection."""
    known = connection.info.get(_KEY)
    return known if isinstance(known, UnderWay) else UnderWay(connection)
