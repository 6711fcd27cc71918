"""Putting a backup in a project's place: whole or not at all, and what it replaces is kept."""

import contextlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from annotator.domain.backup import short_stem
from annotator.errors import BadArgument, Busy, EnvironmentFailed
from annotator.storage import backups, header, users
from annotator.storage import connection as connections
from annotator.storage.copying import copy_in_slices
from annotator.storage.creating import sync_folder


def restore(backup: Path, path: Path) -> Path | None:
    """Put a copy of `backup` in the place of the project at `path`; return what it replaced, under its new name.

    Raises NotFound or NotAProject for what is no whole backup, Busy where somebody has the project open for writing (as
    far as that can be seen), BadArgument or EnvironmentFailed; nothing is changed then.
    """
    backup, path = backup.absolute(), path.absolute()
    _check(backup, path)
    temporary = path.with_name(f".annotator-{uuid.uuid4().hex[:8]}")
    try:
        with _opened(backup) as connection:
            _copy(connection, backup, temporary)
        _check_free(path)
        replaced = put_aside(path)
        temporary.replace(path)
    except OSError as error:
        raise EnvironmentFailed(f"{path} could not be written: {error.strerror}. Nothing was changed.") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    sync_folder(path.parent)
    return replaced


def _check(backup: Path, path: Path) -> None:
    if path.is_dir():
        raise BadArgument(f"{path} is a folder. Name the project file to restore to.")
    if not path.parent.is_dir():
        raise BadArgument(f"The folder {path.parent} does not exist. Make it first, or choose another place.")
    if path.exists() and backup.exists() and backup.samefile(path):
        raise BadArgument(f"{backup.name} is the project itself. Its backups are listed by: annotator backups PROJECT")
    header.check(backup)
    _check_free(path)


def _check_free(path: Path) -> None:
    if writer := users.writer_of(path):
        raise Busy(f"{path.name} is open in {writer}. Close it there and try again; nothing was changed.")


def _copy(connection: Connection, backup: Path, target: Path) -> None:
    damaged = f"{backup.name} is damaged, so it was not restored. Nothing was changed; take another backup."
    with backups.copying_told(backup, f"{backup.name} could not be restored", damaged):
        backups.check_room(backup, target.parent)
        for _ in copy_in_slices(connection, target, backups.verify):
            pass


@contextlib.contextmanager
def _opened(backup: Path) -> Iterator[Connection]:
    key = header.opened(backup)
    try:
        connection = connections.connect(backup, read_only=True)
        try:
            yield connection
        finally:
            connections.close(connection)
    finally:
        header.closed(key)


def put_aside(path: Path) -> Path | None:
    """Keep the project under another name, which is returned; None where there is none.

    The journal that would repair it goes along: upon another file that does harm.
    """
    now = datetime.now(UTC)
    stems = (f"{short_stem(path.stem)}-replaced-{now:%Y%m%dT%H%M%SZ}{f'-{n}' if n > 1 else ''}" for n in range(1, 1000))
    names = (path.with_name(f"{stem}{path.suffix}") for stem in stems)
    kept = next(name for name in names if not name.exists() and not _journal(name).exists())
    if not path.exists():
        _move_journal(path, kept)
        return None
    try:
        os.link(path, kept)  # so that there is a project of this name at every moment
    except OSError:  # a file system without hard links
        path.rename(kept)
    _move_journal(path, kept)
    return kept


@contextmanager
def aside(path: Path, *, wanted: bool) -> Iterator[Path | None]:
    """Put a project aside while another is made in its place, where that is `wanted`; back if that fails."""
    kept = put_aside(path) if wanted else None
    try:
        yield kept
    except BaseException:
        if kept and path.exists() and path.samefile(kept):
            kept.unlink()
            _move_journal(kept, path)
        elif kept and not path.exists():
            _move_journal(kept, path)
            kept.rename(path)
        raise


def _move_journal(path: Path, kept: Path) -> None:
    if _journal(path).exists():
        _journal(path).rename(_journal(kept))


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")
