"""The first hundred bytes of a project file, read before SQLite touches it.

Layout: https://sqlite.org/fileformat.html#the_database_header. Closing any descriptor of a file drops this process's
POSIX locks on it, so the header of a file that this process has open is never read: `opened` and `closed` keep count.
"""

import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import AnnotatorError, BadArgument, BadContent, EnvironmentFailed, NotAProject, NotFound
from annotator.storage.version import APPLICATION_ID, SCHEMA_VERSION

_MAGIC = b"SQLite format 3\0"
_open_files: Counter[tuple[int, int]] = Counter()
_looking = threading.RLock()  # so that nobody opens the file while its header is being read


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a project file says: `schema_version` counts our migrations, from 1."""

    schema_version: int


def opened(path: Path) -> tuple[int, int]:
    """Check the file and note that this process opens it; call it before. Returns the key for `closed`.

    Raises as `check` does.
    """
    with _looking:
        check(path)
        try:
            stat = path.stat()
        except OSError as error:
            raise EnvironmentFailed(f"{path} can't be read: {error.strerror}.") from error
        key = stat.st_dev, stat.st_ino
        _open_files[key] += 1
        return key


def closed(key: tuple[int, int]) -> None:
    """Note that one connection to the file is gone."""
    with _looking:
        _open_files[key] -= 1
        if not _open_files[key]:
            del _open_files[key]


def is_open(key: tuple[int, int]) -> bool:
    """Whether this process has the file of this device and number open."""
    with _looking:
        return key in _open_files


def check(path: Path) -> Header | None:
    """Return the header of the project at `path`; None where this process has it open already.

    Raises NotFound (missing), BadArgument (a folder), NotAProject (empty, foreign, cut short), BadContent (newer),
    EnvironmentFailed (no permission).
    """
    try:
        stat = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the name
        raise NotFound(f"There is no file {path}. Make a project with: annotator new {path}") from None
    except OSError as error:
        raise EnvironmentFailed(f"{path} can't be read: {error.strerror}.") from error
    if path.is_dir():
        raise BadArgument(f"{path} is a folder. Name the project file in it (its name ends in .annotator).")
    if not path.is_file():
        raise BadArgument(f"{path} is not a file.")
    with _looking:
        if (stat.st_dev, stat.st_ino) in _open_files:
            return None
        try:
            with path.open("rb") as file:
                head = file.read(100)
        except OSError as error:
            raise EnvironmentFailed(f"{path} can't be read: {error.strerror}. Check its permissions.") from error
    return _read(path, head, stat.st_size)


def is_ours(path: Path) -> bool:
    """Whether a file begins as a project does, whatever is wrong with it further on."""
    try:
        check(path)
    except BadContent:
        try:
            with path.open("rb") as file:  # which this process hasn't open: `check` would have asked no more
                head = file.read(100)
        except OSError:
            return False
    except (AnnotatorError, OSError):
        return False
    else:
        return True
    return head[:16] == _MAGIC and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _read(path: Path, head: bytes, size: int) -> Header:
    if size == 0:
        raise NotAProject(f"{path.name} is empty, not an annotator project. Make a project with: annotator new FILE")
    if head[:16] != _MAGIC or len(head) < 100:
        raise NotAProject(
            f"{path.name} is not an annotator project. To add a text to a project: annotator import PROJECT {path.name}"
        )
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotAProject(f"{path.name} is a database of another program, not an annotator project.")
    version = int.from_bytes(head[60:64], "big")
    if version > SCHEMA_VERSION:
        raise BadContent(
            f"{path.name} was made by a newer version of annotator (its format is {version}, this program knows "
            f"{SCHEMA_VERSION}). Update annotator to open it; the file was not changed."
        )
    page = int.from_bytes(head[16:18], "big")
    whole = int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page)
    if size < whole and not Path(f"{path.resolve()}-journal").exists():  # with a journal SQLite repairs it on opening
        raise NotAProject(
            f"{path.name} is damaged: {whole - size} bytes are missing at its end. "
            "Nothing was overwritten; open a backup of it if you have one."
        )
    return Header(version)
