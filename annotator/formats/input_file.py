"""Reading a file that a person named: one plain message for whatever is wrong with it."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from annotator.errors import AnnotatorError, BadArgument, BadContent, EnvironmentFailed, NotFound

_MEGABYTE = 1024 * 1024


def read_bytes(path: Path, largest: int) -> bytes:
    """Return the bytes of the file at `path`, of which there may be `largest`.

    Raises NotFound, BadArgument (a folder, a device), BadContent (larger), EnvironmentFailed (unreadable).
    """
    try:
        with _opened(path) as file:
            _check(path, os.fstat(file.fileno()), largest)
            data = file.read(largest + 1)
    except (OSError, ValueError) as error:
        raise _failure(path, error) from error
    if len(data) > largest:  # a file that grows while it is read
        raise _too_large(path, len(data), largest)
    return data


def lines(path: Path, largest: int) -> Iterator[bytes]:
    r"""Yield the lines of a file, each with its `\n`, of which there may be so many bytes. Raises as `read_bytes`."""
    size = 0
    try:
        with _opened(path) as file:
            _check(path, os.fstat(file.fileno()), largest)
            while line := file.readline(largest + 1 - size):
                size += len(line)
                if size > largest:  # a file that grows while it is read
                    raise _too_large(path, size, largest)
                yield line
    except (OSError, ValueError) as error:
        raise _failure(path, error) from error


def beginning(path: Path, size: int) -> bytes:
    """Return the first bytes of a file, at most `size`; none where there is no ordinary file that can be read."""
    try:
        with _opened(path) as file:
            return file.read(size) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""
    except (OSError, ValueError, AnnotatorError):
        return b""


def _opened(path: Path) -> BinaryIO:
    if path.is_dir():
        raise BadArgument(f"{path} is a folder. Name the files in it, for example {path / '*.txt'}.")
    # Without waiting, so that a named pipe is refused rather than hung on; neither flag is known to every system.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")


def _check(path: Path, found: os.stat_result, largest: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise BadArgument(f"{path} is not an ordinary file. Name an ordinary file.")
    if found.st_size > largest:
        raise _too_large(path, found.st_size, largest)


def _too_large(path: Path, size: int, largest: int) -> BadContent:
    return BadContent(f"{path} has {size / _MEGABYTE:,.1f} MB; the most is {largest // _MEGABYTE} MB. Split it first.")


def _failure(path: Path, error: OSError | ValueError) -> AnnotatorError:
    if isinstance(error, FileNotFoundError):
        return NotFound(f"There is no file {path}.")
    if isinstance(error, NotADirectoryError):
        return NotFound(f"There is no file {path}: a part of its path is a file, not a folder.")
    if isinstance(error, PermissionError):
        return EnvironmentFailed(f"{path} can’t be read: you have no permission. Change that, or use a copy.")
    if isinstance(error, ValueError):  # a NUL in the name
        return NotFound(f"There is no file {str(path)!r}: the name of a file can’t hold that character.")
    return EnvironmentFailed(f"{path} can’t be read: {error.strerror or error}.")
