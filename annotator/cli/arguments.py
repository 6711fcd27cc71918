"""Arguments that several commands take, and a parser whose errors are plain lines."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from annotator.errors import BadArgument

_LONGEST_NAME = 100
_UNWRITABLE = re.compile("[\ud800-\udfff\0]")


class PlainParser(ArgumentParser):
    """A parser that raises BadArgument, with where the help is, instead of printing its usage and exiting."""

    def __init__(self, program: str, description: str, examples: tuple[str, ...] = ()) -> None:
        super().__init__(
            prog=program,
            description=description,
            epilog="\n".join(["examples:", *(f"  {example}" for example in examples)]) if examples else None,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    intermixed = False
    """Whether options may stand between the arguments, where of the last of these there may be any number."""

    def parsed(self, arguments: Sequence[str]) -> Namespace:
        """Return what the arguments say, which may stand as `intermixed` has it."""
        return self.parse_intermixed_args(arguments) if self.intermixed else self.parse_args(arguments)

    def error(self, message: str) -> NoReturn:
        raise BadArgument(f"{message[:1].upper()}{message[1:]}.\nHow it is used: {self.prog} --help")


def add_project(parser: ArgumentParser) -> None:
    """Add PROJECT and --json, which every command on a project takes."""
    parser.add_argument("project", metavar="PROJECT", type=Path, help="the project file, NAME.annotator")
    add_json(parser)


def add_json(parser: ArgumentParser) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help="print one JSON value instead of text for people")


def add_annotator(parser: ArgumentParser) -> None:
    """Add --annotator, whose work it is."""
    parser.add_argument(
        "--annotator",
        metavar="NAME",
        type=one_line,
        help="whose work this is (default: whom the file was made for, the name set in the window, the login name)",
    )


def add_document(parser: ArgumentParser) -> None:
    """Add DOCUMENT."""
    parser.add_argument(
        "document", metavar="DOCUMENT", help="the document’s id, a unique beginning of it, or its file name"
    )


def one_line(text: str) -> str:
    """A name that a person gives: one line, not empty."""
    name = writable(text).strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise ArgumentTypeError(f"a name is one line of 1 to {_LONGEST_NAME} characters")
    return name


def writable(text: str) -> str:
    """Text that can be kept: no bytes that aren't characters."""
    if _UNWRITABLE.search(text):
        raise ArgumentTypeError("it holds bytes that are not UTF-8 text")
    return text


def value_of(text: str) -> tuple[str, str]:
    """NAME=VALUE; a value may hold `=` itself."""
    name, equals, value = writable(text).partition("=")
    if not equals or not name.strip() or not value.strip():
        raise ArgumentTypeError(f"“{text}” is not NAME=VALUE, such as kind=causal")
    return name.strip(), value


def position(text: str) -> int:
    """A count of code points; whether it lies in the document is the project's to say."""
    if not re.fullmatch("-?[0-9]{1,18}", text, re.ASCII):
        raise ArgumentTypeError(f"“{text}” is not a whole number; positions count characters from 0")
    return int(text)
