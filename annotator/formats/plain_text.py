"""Reading a plain text file: its text as it is stored."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.text import normalise
from annotator.errors import BadContent
from annotator.formats.input_file import read_bytes

LARGEST_FILE = 200 * 1024 * 1024
"""In bytes: far beyond any article or book, and small enough to hold in memory a few times over."""


@dataclass(frozen=True, slots=True)
class PlainText:
    """A file's text, normalised; the SHA-256 of its original bytes; and its name without the folder."""

    text: str
    source_sha256: str
    source_file: str


def read(path: Path | str) -> PlainText:
    """Read a text file with a byte-order mark or in UTF-8.

    Raises NotFound, BadArgument (a folder), BadContent (not text, empty, too large), EnvironmentFailed (unreadable).
    """
    from annotator.formats import encodings  # only now: opening a project reads no file

    path = Path(path)
    data = read_bytes(path, LARGEST_FILE)
    try:
        text, encoding = encodings.decode(data)
        if not encoding.certain:
            why = encodings.why_uncertain(data, encoding)
            raise BadContent(f"{why}: name the encoding ({encoding.name}), or save the file as UTF-8 first.")
        text = stored(text)
    except BadContent as error:
        raise BadContent(f"{path}: {error}") from error
    return PlainText(text, hashlib.sha256(data).hexdigest(), shown_name(path))


def stored(text: str) -> str:
    """Return a file's text as it is stored. Raises BadContent for what can't be, or where there is none."""
    found = normalise(text)
    if not found.strip():
        raise BadContent("it has no text. Nothing was imported from it.")
    return found


def shown_name(path: Path) -> str:
    """Return a file's name without the folder, what is not UTF-8 in it replaced."""
    return os.fsencode(path.name).decode("utf-8", "replace")
