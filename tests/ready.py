"""Projects that many tests begin with are made once in a process: every further test gets a copy in a file of its own.

Making a sample project takes 40 ms and waits for the disk; hundreds of tests begin with one.
"""

from collections.abc import Callable
from pathlib import Path

_made: dict[Callable[[Path], object], bytes] = {}


def ready(path: Path, make: Callable[[Path], object]) -> Path:
    """Return `path`, at which there is now the project that `make(path)` makes and closes.

    `make` is a function of a module, called the first time alone: what it makes must not depend on the test.
    """
    if make in _made:
        path.write_bytes(_made[make])
    else:
        make(path)
        _made[make] = path.read_bytes()
    return path
