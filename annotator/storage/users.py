"""Whether another program has a file open for writing, as far as the system tells."""

import os
from collections.abc import Iterator
from pathlib import Path

from annotator.storage import header

_PROC = Path("/proc")
_ACCESS_MODE = 0o3


def writer_of(path: Path) -> str | None:
    """Return who has the file open for writing, in words; None where nobody does, or where it can't be seen.

    Linux tells of the programs of the same user. A program that holds a lock is seen by whoever then opens the file.
    """
    try:
        stat = path.stat()
    except OSError:
        return None
    if header.is_open((stat.st_dev, stat.st_ino)):
        return "this program"
    for process in _processes():
        try:
            if any(_writes(descriptor, stat) for descriptor in (process / "fd").iterdir()):
                return f"another program (process {process.name})"
        except OSError:  # another user's, or it has just ended
            continue
    return None


def _processes() -> Iterator[Path]:
    if _PROC.is_dir():
        yield from (each for each in _PROC.iterdir() if each.name.isdecimal() and int(each.name) != os.getpid())


def _writes(descriptor: Path, stat: os.stat_result) -> bool:
    try:
        there = descriptor.stat()
        if (there.st_dev, there.st_ino) != (stat.st_dev, stat.st_ino):
            return False
        about = (descriptor.parent.parent / "fdinfo" / descriptor.name).read_text("ascii")
    except OSError:
        return False
    flags = next((line.split()[1] for line in about.splitlines() if line.startswith("flags:")), "0")
    return int(flags, 8) & _ACCESS_MODE != os.O_RDONLY
