"""Backups of a project: copies that are whole, checked, and only then given their name; the old ones rotate out.

They lie in the folder `NAME-backups` beside the project, NAME being the project's: up to thirty files in everybody's
folder of work would be in the way, and a folder of their own is found, copied and deleted as one thing. Those
that lie beside the project itself are listed too.
"""

import contextlib
import hashlib
import shutil
import sqlite3
import time
import uuid
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection

from annotator.domain.backup import ENDING, Backup, backup_name, kept, made_at, short_stem
from annotator.errors import BadArgument, Busy, EnvironmentFailed, NotAProject
from annotator.storage.copying import beside, copy_in_slices
from annotator.storage.creating import sync_folder
from annotator.storage.failures import failure
from annotator.storage.version import APPLICATION_ID

_TEMPORARY = ".annotator-"
_LEFT_OVER_S = 3600.0  # a copy that nobody has written to for an hour is one that was interrupted
_SPARE_BYTES = 16 << 20  # what a backup leaves free on the disk: room for the work itself


class NotWhole(Exception):
    """A copy shows damage."""


def folder_of(path: Path) -> Path:
    """Return the folder where the backups of the project at `path` lie. It may not exist yet."""
    return path.with_name(f"{short_stem(path.stem)}-backups")


def back_up(connection: Connection, path: Path, *, texts: bool = True) -> Path:
    """Back up the project that `connection` has open at `path`; return the backup. Errors: see `back_up_in_slices`.

    Without `texts`, these are not held against their hashes: a project with a damaged text is still migrated.
    """
    return _finish(back_up_in_slices(connection, path, texts=texts))


def back_up_in_slices(connection: Connection, path: Path, *, texts: bool = True) -> Generator[Path | None]:
    """Do the same step by step, each at most about 20 ms long; the last result is the backup, those before it None.

    Raises NotAProject where the copy shows damage, EnvironmentFailed (no permission, no room) or Busy; nothing is left
    behind then, and no older backup is touched.
    """
    folder = folder_of(path)
    with _told(path):
        folder.mkdir(exist_ok=True)
        _sweep(folder)
        now = datetime.now(UTC)
        names = (folder / backup_name(short_stem(path.stem), now, count) for count in range(1, 1000))
        target = next(name for name in names if not name.exists())
    try:
        yield from _written(connection, path, target, texts=texts, replace=False)
    except BaseException:
        with contextlib.suppress(OSError):
            folder.rmdir()  # where nothing is in it
        raise
    yield from beside(lambda: _rotate(folder, short_stem(path.stem), target))  # to remove 140 MB takes 160 ms
    yield target


def back_up_to(connection: Connection, path: Path, target: Path, *, force: bool = False) -> Path:
    """Back up the project to a file that the caller names. Raises BadArgument where it exists (unless `force`)."""
    target = target.absolute()
    if target.is_dir():
        raise BadArgument(f"{target} is a folder. Name a file in it, for example {target / f'{path.stem}{ENDING}'}.")
    if target.exists() and target.samefile(path):
        raise BadArgument(f"{target.name} is the project itself. Name another file.")
    if target.exists() and not force:
        raise BadArgument(f"{target} exists. Choose another name, or replace it with --force.")
    if not target.parent.is_dir():
        raise BadArgument(f"The folder {target.parent} does not exist. Make it first, or choose another place.")
    for _ in _written(connection, path, target, texts=True, replace=force):
        pass
    return target


def verify(copy: sqlite3.Connection) -> None:
    """Raise NotWhole (or sqlite3.DatabaseError) unless the database is sound, and each text what its hash says.

    `integrity_check` alone misses a third of the pages that a fault has zeroed; the hashes find them.
    """
    verify_structure(copy)
    for sha256, content in copy.execute("select sha256, content from text"):
        if hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
            raise NotWhole(f"the text {sha256[:12]} is not what was stored")


def verify_structure(copy: sqlite3.Connection) -> None:
    """Raise NotWhole (or sqlite3.DatabaseError) unless the database is sound."""
    found = copy.execute("pragma integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise NotWhole(found)


def backups_of(path: Path) -> Iterator[Backup]:
    """Yield the backups of the project of that name, newest first, read one at a time. The project may be gone."""
    found: dict[tuple[datetime, int], Path] = {}
    for folder in (folder_of(path), path.parent):
        with contextlib.suppress(OSError):
            for file in folder.iterdir():
                if made := made_at(file.name, short_stem(path.stem)):
                    found.setdefault(made, file)
    for made in sorted(found, reverse=True):
        with contextlib.suppress(OSError):  # it went meanwhile
            yield _described(found[made], made[0])


def newest_change(file: Path) -> tuple[int, str] | None:
    """Return number and time of the newest change in a backup, None where it can't be read."""
    try:
        with closing(_reading(file)) as backup:
            row = backup.execute('select number, "at" from change order by number desc limit 1').fetchone()
    except sqlite3.Error:
        return None
    return (int(row[0]), str(row[1])) if row else (0, "")


def _described(file: Path, at: datetime) -> Backup:
    size = file.stat().st_size
    try:
        with closing(_reading(file)) as backup:
            ours = backup.execute("pragma application_id").fetchone()[0] == APPLICATION_ID
            documents, spans = (backup.execute(count).fetchone()[0] for count in _COUNTS)
    except (sqlite3.Error, UnicodeDecodeError):
        ours = False
    return Backup(file, at, size, documents, spans) if ours else Backup(file, at, size, None, None)


_COUNTS = ("select count(*) from document", "select count(*) from span")


def _reading(file: Path) -> sqlite3.Connection:
    """A backup is finished and nobody writes to it, so it is read without locks, also from a folder not our own."""
    connection = sqlite3.connect(f"file:{quote(bytes(file.absolute()))}?mode=ro&immutable=1", uri=True)
    connection.execute("pragma trusted_schema = off")
    return connection


def _written(connection: Connection, path: Path, target: Path, *, texts: bool, replace: bool) -> Iterator[None]:
    temporary = target.with_name(f"{_TEMPORARY}{uuid.uuid4().hex[:8]}")
    try:
        with _told(path):
            check_room(path, target.parent)
            yield from copy_in_slices(connection, temporary, verify if texts else verify_structure)
            if replace:
                temporary.with_name(f"{target.name}-journal").unlink(missing_ok=True)
            temporary.replace(target)
            sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """A fault while a backup is made, in words: it is the backup that could not be written, not the work."""
    damaged = f"{path.name} is damaged, so no backup of it was made. Earlier backups are as they were: restore one."
    with copying_told(path, f"No backup of {path.name} could be made", damaged):
        yield


@contextlib.contextmanager
def copying_told(path: Path, begin: str, damaged: str) -> Iterator[None]:
    """Turn a fault while the project at `path` is copied into an AnnotatorError that begins so, or says `damaged`."""
    try:
        yield
    except Busy as error:
        raise Busy(f"{begin}: {path.name} is in use by another program. Try again in a moment.") from error
    except OSError as error:
        raise EnvironmentFailed(f"{begin}: {error.strerror or error}.") from error
    except NotWhole as error:
        raise NotAProject(damaged) from error
    except sqlite3.Error as error:
        known = failure(error, path)
        if known is None:
            raise
        if isinstance(known, NotAProject):
            raise NotAProject(damaged) from error
        raise type(known)(f"{begin}: {_reason(error)}.") from error


def _reason(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return {13: "the disk is full", 8: "the folder is read-only", 14: "the folder can’t be written"}.get(
        code, str(error)
    )


def check_room(path: Path, folder: Path) -> None:
    """Raise OSError where a copy would take the room that the work itself needs."""
    size, free = path.stat().st_size, shutil.disk_usage(folder).free
    if free < size + min(size, _SPARE_BYTES):
        raise OSError(28, f"the disk is nearly full ({free >> 20} MB free, {(size >> 20) + 1} MB needed)")


def _sweep(folder: Path) -> None:
    """Remove what interrupted backups left behind."""
    for file in folder.glob(f"{_TEMPORARY}*"):
        with contextlib.suppress(OSError):
            if time.time() - file.stat().st_mtime > _LEFT_OVER_S:
                file.unlink()


def _rotate(folder: Path, stem: str, newest: Path) -> None:
    """Remove the backups that no tier keeps; never the one just made, which is known to be whole."""
    made = {each: file for file in folder.iterdir() if (each := made_at(file.name, stem))}
    for each in made.keys() - kept(made):
        if made[each] != newest:
            with contextlib.suppress(OSError):
                made[each].unlink()


def _finish(steps: Iterator[Path | None]) -> Path:
    *_, made = steps
    assert made is not None
    return made
