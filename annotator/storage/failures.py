"""Faults of the database told in words, by SQLite's own result codes, each with what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from annotator.errors import AnnotatorError, BadArgument, Busy, EnvironmentFailed, NotAProject, ReadOnly

_CORRUPT, _NOTADB = 11, 26
_DAMAGE_WITHOUT_CODE = ("Could not decode to UTF-8", "unsupported file format")

_IN_USE = Busy, "{name} is in use by another program, which is writing to it. Try again in a moment."
_FULL = EnvironmentFailed, "The disk is full: {name} could not be written. Free some space and try again."
_CONFLICT = (
    BadArgument,
    "Another program changed {name} meanwhile, and this no longer fits. Nothing was changed: look and repeat.",
)
_FAILURES: dict[int, tuple[type[AnnotatorError], str]] = {
    5: _IN_USE,
    6: _IN_USE,
    8: (ReadOnly, "{name} can't be written: the file or its folder is read-only. Save a copy elsewhere."),
    10: (EnvironmentFailed, "Reading or writing {name} failed (code {code}). Check the disk or the network drive."),
    13: _FULL,
    14: (EnvironmentFailed, "{name} could not be opened. Check that you may read and write it and its folder."),
    778: _FULL,  # a write that the disk had no room for
    787: _CONFLICT,  # a foreign key
    1032: (EnvironmentFailed, "{name} was moved or deleted while it was open. Put it back, or save a copy elsewhere."),
    1555: _CONFLICT,  # a primary key
    2067: _CONFLICT,  # a unique column
}
"""By SQLite's result code: extended ones (https://sqlite.org/rescode.html) before the primary one, their last byte."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn a fault of SQLite on the project at `path` into an AnnotatorError; bugs (a bad statement) pass through."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error) and (known := failure(error.orig, path)):
            raise known from error
        raise
    except sqlite3.Error as error:
        if known := failure(error, path):
            raise known from error
        raise
    except UnicodeDecodeError as error:  # in SQLite's own message, where that quotes the file
        raise _damaged(path.name) from error


def failure(error: sqlite3.Error, path: Path) -> AnnotatorError | None:
    """Return what a fault of SQLite means to a person, or None where it is a bug of ours."""
    if any(words in str(error) for words in _DAMAGE_WITHOUT_CODE):
        return _damaged(path.name)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # an error of the driver's own
        return None
    kind = code & 0xFF
    if kind in (_CORRUPT, _NOTADB):
        return _damaged(path.name)
    known = _FAILURES.get(code) or _FAILURES.get(kind)
    return known[0](known[1].format(name=path.name, code=code)) if known else None


def _damaged(name: str) -> NotAProject:
    return NotAProject(f"{name} is damaged. Nothing was overwritten; open a backup of it if you have one.")
