"""Faults of the database told in words, by SQLite's own result codes, each with what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from annotator.errors import AnnotatorError, BadArgument, Busy, EnvironmentFailed, NotAProject, ReadOnly

_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_DISK_FULL = (_FULL, 778)  # 778: a write that the disk had no room for
_MOVED = 1032
_CONFLICTS = (787, 1555, 2067)  # a foreign key, a primary key, a unique column: two writers at once


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


def failure(error: sqlite3.Error, path: Path) -> AnnotatorError | None:
    """Return what a fault of SQLite means to a person, or None where it is a bug of ours."""
    name = path.name
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # the driver's own errors; of them only this one says something about the file
        return _damaged(name) if "Could not decode to UTF-8" in str(error) else None
    if code in _CONFLICTS:
        return BadArgument(
            f"Another program changed {name} meanwhile, and this no longer fits. Nothing was changed: look and repeat."
        )
    if code == _MOVED:
        return EnvironmentFailed(
            f"{name} was moved or deleted while it was open. Put it back, or save a copy elsewhere."
        )
    if code in _DISK_FULL:
        return EnvironmentFailed(f"The disk is full: {name} could not be written. Free some space and try again.")
    kind = code & 0xFF
    if kind in (_BUSY, _LOCKED):
        return Busy(f"{name} is in use by another program, which is writing to it. Try again in a moment.")
    if kind == _READONLY:
        return ReadOnly(f"{name} can't be written: the file or its folder is read-only. Save a copy elsewhere.")
    if kind == _CANTOPEN:
        return EnvironmentFailed(f"{name} could not be opened. Check that you may read and write it and its folder.")
    if kind == _IOERR:
        return EnvironmentFailed(
            f"Reading or writing {name} failed (code {code}). Check the disk or the network drive."
        )
    if kind in (_CORRUPT, _NOTADB):
        return _damaged(name)
    return None


def _damaged(name: str) -> NotAProject:
    return NotAProject(f"{name} is damaged. Nothing was overwritten; open a backup of it if you have one.")
