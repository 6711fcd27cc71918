"""`annotator` and `python -m annotator`: a command of the command line, or the window."""

import sys
from collections.abc import Sequence

from annotator.cli.main import main as run


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with `argv` (default: the process's own arguments) and return the exit code."""
    return run(sys.argv[1:] if argv is None else argv, _window)


def _window(project: str | None, screenshot: str | None) -> int:
    from annotator.gui.app import main as window

    return window(project, screenshot)


if __name__ == "__main__":
    sys.exit(main())
