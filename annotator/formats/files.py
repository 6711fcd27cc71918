"""Writing files whole or not at all: checked before, written beside, renamed when every one of them is complete."""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self, TextIO

from annotator.errors import AnnotatorError, BadArgument, EnvironmentFailed

_BUFFER = 256 * 1024  # bytes: what is written of a large export at once


def check_target(target: Path, *, force: bool, project: Path | None = None) -> Path:
    """Return the file to write for `target`, links followed. Nothing is written or opened.

    Raises BadArgument where it exists (unless `force`), is a folder or a project, or has no folder to stand in;
    EnvironmentFailed where the machine does not let us look.
    """
    try:
        if target.is_dir():
            raise BadArgument(f"{target} is a folder. Name a file in it, for example {target / 'export.jsonl'}.")
        if os.path.lexists(target) and not force:
            raise BadArgument(f"{target} exists already. Choose another name, or replace it with --force.")
        resolved = target.resolve()
        if resolved.exists() and not stat.S_ISREG(resolved.stat().st_mode):
            raise BadArgument(f"{target} is not an ordinary file. Use `-o -` to write to standard output.")
        if resolved.suffix == ".annotator" or (project and resolved == project.resolve()):
            raise BadArgument(f"{target} is the name of a project. Choose another name for the export.")
        if not resolved.parent.is_dir():
            raise BadArgument(f"There is no folder {target.parent}. Make it first, or choose another name.")
    except (OSError, RuntimeError, ValueError) as error:
        raise failure(target, error) from error
    return resolved


def failure(target: Path | str, error: Exception) -> AnnotatorError:
    """Return what to tell about an error of the system while writing to `target`."""
    code = error.errno if isinstance(error, OSError) else None
    if code in (errno.ENOSPC, errno.EDQUOT):
        return EnvironmentFailed(f"The disk is full: {target} was not written. Free some space and try again.")
    if code in (errno.EACCES, errno.EPERM):
        return EnvironmentFailed(f"{target} can’t be written: you have no permission. Choose another folder.")
    if code == errno.EROFS:
        return EnvironmentFailed(f"{target} can’t be written: that disk is read-only. Choose another folder.")
    if code == errno.ENAMETOOLONG:
        return BadArgument("The name of the output is too long. Choose a shorter one.")
    if isinstance(error, ValueError):
        return BadArgument(f"{str(target)!r} can’t be the name of a file. Choose another one.")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return EnvironmentFailed(f"{target} can’t be written: {reason}.")


class Batch:
    """Several files that appear together. Each is written to a temporary file beside its place.

    Leaving the `with` block by an error, or without `finish`, removes the temporary files and changes nothing else.
    """

    def __init__(self, *, force: bool) -> None:
        self._force = force
        self._parts: list[tuple[Path, Path]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for part, _target in self._parts:
            with contextlib.suppress(OSError):
                part.unlink()

    @contextlib.contextmanager
    def file(self, target: Path) -> Iterator[TextIO]:
        r"""Open the file that becomes `target`: UTF-8, `\n`; it is on the disk when the block ends."""
        # A short name of its own: one made from the target's could be longer than the file system allows.
        part = target.parent / f".annotator-{secrets.token_hex(6)}.part"
        try:
            with part.open("x", encoding="utf-8", newline="\n", buffering=_BUFFER) as stream:
                self._parts.append((part, target))
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise failure(target, error) from error

    def add(self, target: Path, content: bytes) -> None:
        """Write the file that becomes `target` from bytes that are there already."""
        part = target.parent / f".annotator-{secrets.token_hex(6)}.part"
        try:
            with part.open("xb") as stream:
                self._parts.append((part, target))
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise failure(target, error) from error

    def finish(self) -> None:
        """Give every file its name. Raises BadArgument where one of them has appeared meanwhile (unless `force`)."""
        targets = [target for _, target in self._parts]
        if not self._force and (taken := [target for target in targets if os.path.lexists(target)]):
            raise BadArgument(f"{taken[0]} exists already. Choose another name, or replace it with --force.")
        named: list[Path] = []
        try:
            for part, target in self._parts:
                part.replace(target)
                named.append(target)
        except OSError as error:
            if not self._force:
                for target in named:
                    target.unlink(missing_ok=True)
            raise failure(target, error) from error
        _sync_folders({target.parent for target in targets})


def _sync_folders(folders: Iterable[Path]) -> None:
    """Make the names last over a loss of power, where the system can (Windows can't open a folder)."""
    for folder in folders:
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
