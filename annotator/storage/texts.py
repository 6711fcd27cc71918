"""The texts of many documents at a time, for who reads through all of them."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate, pairwise

from sqlalchemy import Connection, Integer, bindparam, case, func, literal_column, select

from annotator.domain.document import Document
from annotator.storage.listing import content
from annotator.storage.tables import text

BETWEEN = "\0"
"""Stands between two texts; no text has it."""

_AT_ONCE = 500  # parameters in one statement

# SQLite's own number of a row: it says in what order texts lie in the file, and nothing else. Whether what is read
# between two of them is what was looked for, the texts' hashes tell.
_ROW = literal_column("text.rowid", Integer)
_FIRST = select(_ROW).where(text.c.sha256 == bindparam("first")).scalar_subquery()
_LAST = select(_ROW).where(text.c.sha256 == bindparam("last")).scalar_subquery()
_AS_MANY = bindparam("count") == _LAST - _FIRST + 1  # else no row is looked at
_FROM_FIRST_TO_LAST = select(func.group_concat(text.c.content, BETWEEN)).where(
    _ROW.between(_FIRST, case((_AS_MANY, _LAST)))
)
_BY_HASH = select(text.c.sha256, text.c.content).where(text.c.sha256.in_(bindparam("hashes", expanding=True)))


class Texts:
    """Reads the texts of many documents. Each is checked against its hash when it is first read.

    What was found sound is taken to be so until another program writes to the file: half of the time of a search went
    into hashes.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sound: set[tuple[str, ...]] = set()  # the hashes of texts that were read together
        self._version = 0

    def trust(self, version: int) -> None:
        """Take what was checked for sound still, if this version of the file's data is the one that was read."""
        if version != self._version:
            self._sound.clear()
            self._version = version

    def joined(self, of: Sequence[Document], begins: list[int] | None = None) -> tuple[str, list[int]]:
        """Return some documents' texts one behind the other, and where each begins and one more would.

        Documents that follow one another in a project mostly have texts that do so in the file. To read those at once
        takes a tenth of what it takes to look for each by its hash. Raises NotAProject where a text isn't what was
        stored.
        """
        begins = begins or begins_of(of)
        wanted = tuple([each.text_sha256 for each in of])
        ends = {"first": wanted[0], "last": wanted[-1], "count": len(of)}
        found = self._connection.execute(_FROM_FIRST_TO_LAST, ends).scalar_one()
        if isinstance(found, str) and len(found) == begins[-1] - 1:
            if wanted in self._sound:
                return found, begins
            if _hashes(found, begins) == wanted:
                self._sound.add(wanted)
                return found, begins
        return self._looked_up(of, wanted, begins), begins

    def _looked_up(self, of: Sequence[Document], wanted: Sequence[str], begins: Sequence[int]) -> str:
        found: dict[str, str] = {}
        keys = list(set(wanted))
        for at in range(0, len(keys), _AT_ONCE):
            found |= self._connection.execute(_BY_HASH, {"hashes": keys[at : at + _AT_ONCE]}).all()
        together = BETWEEN.join(str(found.get(key)) for key in wanted)
        if len(together) == begins[-1] - 1 and _hashes(together, begins) == wanted:
            return together
        return BETWEEN.join(content(self._connection, each) for each in of)  # which says what is wrong


def begins_of(documents: Sequence[Document]) -> list[int]:
    """Return where each document's text begins where they stand one behind the other, and where one more would."""
    return [0, *accumulate([each.length + 1 for each in documents])]


def _hashes(together: str, begins: Sequence[int]) -> tuple[str, ...]:
    """Return the hashes of texts that stand one behind the other."""
    if together.isascii():  # then bytes are code points, and nothing has to be copied
        view = memoryview(together.encode())
        return tuple([sha256(view[start : end - 1]).hexdigest() for start, end in pairwise(begins)])
    return tuple([sha256(together[start : end - 1].encode()).hexdigest() for start, end in pairwise(begins)])
