"""A copy of a project that is whole: made by SQLite itself, checked, and only then given its name."""

import os
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from annotator.errors import EnvironmentFailed
from annotator.storage.failures import told

_PAGES = 1000  # copied at once; other programs' writes go between


def back_up(connection: Connection, path: Path) -> Path:
    """Copy the project that `connection` has open at `path` to `NAME-TIME.annotator-backup` beside it; return that.

    Raises EnvironmentFailed (a full disk, no permission), or NotAProject where the copy shows damage; nothing is left
    behind then.
    """
    target = _free_name(path)
    temporary = path.with_name(f".annotator-{uuid.uuid4().hex[:8]}")
    try:
        with told(path):
            _copy(connection, temporary)
        _sync(temporary)
        temporary.replace(target)
    except OSError as error:
        raise EnvironmentFailed(f"No backup of {path.name} could be written: {error.strerror}.") from error
    finally:
        temporary.unlink(missing_ok=True)
    return target


def _free_name(path: Path) -> Path:
    stem = f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{stem}{f'-{n}' if n > 1 else ''}.annotator-backup") for n in range(1, 1000))
    return next(name for name in names if not name.exists())


def _copy(connection: Connection, target: Path) -> None:
    source = connection.connection.driver_connection
    assert isinstance(source, sqlite3.Connection)
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy, pages=_PAGES)
        found = copy.execute("pragma integrity_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(f"malformed: {found}")


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
