"""Printing: text for people, or one JSON value; nothing that is printed can drive the terminal."""

import contextlib
import io
import json
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TextIO

from annotator.errors import EnvironmentFailed


def say(line: str = "") -> None:
    """Print one line for people. Raises EnvironmentFailed where standard output can't be written."""
    _write(sys.stdout, printable(line))


def say_json(value: object) -> None:
    """Print one JSON value. Raises EnvironmentFailed where standard output can't be written."""
    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    text = json.dumps(value, ensure_ascii=ascii_only, indent=2)
    _write(sys.stdout, "".join(_escaped(character) for character in text))


def complain(message: str) -> None:
    """Print a message, of one or two lines, to standard error; that it can't be written is no reason to fail."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            print("\n".join(printable(line) for line in message.split("\n")), file=sys.stderr, flush=True)


def flush() -> None:
    """Write out what was printed. Raises EnvironmentFailed where standard output can't be written."""
    with _told():
        if sys.stdout is not None:
            sys.stdout.flush()


@contextlib.contextmanager
def data_stream() -> Iterator[TextIO]:
    r"""Standard output as UTF-8 with `\n`, whatever the terminal's own are."""
    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    try:
        with _told():
            yield stream
            stream.flush()
    finally:
        with contextlib.suppress(OSError):
            stream.detach()


def columns(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Yield the rows as lines with aligned columns, two blanks between; those numbered in `right` to the right."""
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(_width(cell) for cell in column) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = []
        for number, cell in enumerate(row):
            gap = " " * (widths[number] - _width(cell))
            padded.append(gap + cell if number in right else cell + gap)
        yield "  ".join(padded).rstrip()


def at_right(text: str, width: int) -> str:
    """Return `text` on one line, with blanks before it so that it takes `width` cells at least."""
    shown = printable(text)
    return " " * (width - _width(shown)) + shown


def printable(text: str) -> str:
    """Return `text` on one line, without characters that would drive a terminal or turn the line around."""
    if text.isprintable():
        return text
    return "".join(character if _harmless(character) else _instead(character) for character in text)


def local_time(stored: str) -> str:
    """Return a stored time (UTC) as this machine's clock showed it."""
    return datetime.fromisoformat(stored).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def counted(count: int, noun: str) -> str:
    """Return `1 span`, `2 spans`, `1,200 spans`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def lacking(count: int) -> str:
    """Return `1 span lacks a required value`, `2 spans lack a required value`."""
    return f"{counted(count, 'span')} {'lacks' if count == 1 else 'lack'} a required value"


def _write(stream: TextIO, line: str) -> None:
    with _told():
        encoding = stream.encoding or "utf-8"
        print(line.encode(encoding, "backslashreplace").decode(encoding), file=stream)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise EnvironmentFailed(f"Standard output can’t be written: {error.strerror or error}.") from error


def _harmless(character: str) -> bool:
    return character.isprintable() or character in "\u200c\u200d\u00a0"


def _instead(character: str) -> str:
    return " " if character.isspace() else "\ufffd"


def _escaped(character: str) -> str:
    """Escape in JSON what `json` leaves: control characters above ASCII, and the ends of a line that aren't `\\n`."""
    return f"\\u{ord(character):04x}" if "\x7f" <= character <= "\x9f" or character in "\u2028\u2029" else character


def _width(text: str) -> int:
    """Return how many cells of a terminal the text takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


_FIRST_SHOWN, _SHOWN_EVERY = 2.0, 0.2  # seconds


class Counter:
    """A count on one line of standard error, if that is a terminal, from the second second of a long work on."""

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._next = time.monotonic() + _FIRST_SHOWN
        self._shown = False
        self._terminal = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> "Counter":
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def __call__(self, count: int) -> None:
        if self._terminal and time.monotonic() >= self._next:
            print(f"\r{counted(count, self._noun)}…", end="", file=sys.stderr, flush=True)
            self._shown = True
            self._next = time.monotonic() + _SHOWN_EVERY
