"""What `annotator …` does: a command, the help, or the window; and what is said when it goes wrong."""

import contextlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator import __version__, backups, paths
from annotator.errors import AnnotatorError, BadArgument, NotAProject, NotFound

Window = Callable[[str | None, str | None], int]
"""Opens the window on a project (or the last one) and, if a file is named, saves its picture there and ends."""

BUG = 70
INTERRUPTED = 130
PIPE_CLOSED = 141


def main(arguments: Sequence[str], window: Window) -> int:
    """Run `arguments` (without the program's name) and return the exit code. Raises only with ANNOTATOR_DEBUG."""
    try:
        code = _run(list(arguments), window)
        _flush()
    except AnnotatorError as error:
        _complain(f"annotator: {error}{_backups(error, arguments)}")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _close_pipe()
        return PIPE_CLOSED
    except Exception as error:  # a bug: kept for the report, told in one line
        if os.environ.get("ANNOTATOR_DEBUG"):
            raise
        _complain(f"annotator: an error of the program itself: {type(error).__name__}.\n{_logged()}")
        return BUG
    return code


def _run(arguments: list[str], window: Window) -> int:
    if not arguments:
        return window(None, None)  # at once: parser and table of commands take their time
    from annotator.cli.arguments import PlainParser
    from annotator.cli.commands import find

    try:
        command = find(arguments[0])
        if command is None:
            return _window(arguments, window)
        module = command.load()
        parser = PlainParser(f"annotator {command.name}", module.DESCRIPTION, module.EXAMPLES)
        module.configure(parser)
        return module.run(parser.parsed(arguments[1:]))
    except SystemExit as end:  # argparse, after it printed the help
        return end.code if isinstance(end.code, int) else 0


def _window(arguments: list[str], window: Window) -> int:
    from annotator.cli.arguments import PlainParser

    parser = PlainParser("annotator", "Annotate text: highlight spans, tag them, take the data away.")
    parser.usage = "annotator [PROJECT] [--screenshot FILE]\n       annotator COMMAND …"
    parser.epilog = _command_list()
    parser.add_argument("project", metavar="PROJECT", nargs="?", help="open the window on it (default: the last one)")
    parser.add_argument("--screenshot", metavar="FILE", help="save a picture of the window in FILE and end")
    parser.add_argument("--version", action="version", version=f"annotator {__version__}")
    parsed, unknown = parser.parse_known_args(arguments)
    if parsed.project is not None:
        _check_project(parsed.project)
    if unknown:
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    return window(parsed.project, parsed.screenshot)


def _backups(error: AnnotatorError, arguments: Sequence[str]) -> str:
    """Where what is damaged has backups, say how to list them."""
    if isinstance(error, NotAProject):
        for each in arguments:
            with contextlib.suppress(OSError, ValueError):
                if each.endswith(".annotator") and backups(each):
                    return f"\nIt has backups: annotator backups {each}"
    return ""


def _flush() -> None:
    from annotator.cli.output import flush

    flush()


def _complain(message: str) -> None:
    from annotator.cli.output import complain

    complain(message)


def _command_list() -> str:
    from annotator.cli.commands import COMMANDS

    wide = max(len(command.name) for command in COMMANDS)
    lines = [f"  {command.name:{wide}}  {command.help}" for command in COMMANDS]
    return "\n".join(["commands:", *lines, "", "Each has its own help: annotator COMMAND --help"])


def _check_project(name: str) -> None:
    """Raise before any window opens where PROJECT is no file: a slip in a command's name must not need a display."""
    try:
        path = Path(name)
        if path.is_dir():
            raise BadArgument(f"{name} is a folder. Name a project file.")
        if path.exists():
            return
    except (OSError, ValueError) as error:
        raise NotFound(f"There is no file {name!r}.") from error
    import difflib  # only now: it takes its time

    from annotator.cli.commands import COMMANDS

    near = difflib.get_close_matches(name, [command.name for command in COMMANDS], n=1)
    hint = f"Did you mean: annotator {near[0]}?" if near else "The commands are in: annotator --help"
    raise NotFound(f"There is no file {name}, and no command of that name.\n{hint}")


def _logged() -> str:
    """Write the error that is being handled to the log and say where it is."""
    file = paths.user_log() / "annotator.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(file, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        return f"The details could not be written to {file}: {error.strerror}. ANNOTATOR_DEBUG=1 prints them."
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    with contextlib.closing(handler):
        record = logging.LogRecord("annotator", logging.ERROR, "", 0, "a bug", None, sys.exc_info())
        handler.emit(record)
    return f"Nothing more was done. The details are in {file}"


def _close_pipe() -> None:
    """Nobody reads any more: let Python's own flush at the end go nowhere instead of complaining."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
