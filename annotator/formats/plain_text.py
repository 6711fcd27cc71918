"""Reading a plain text file: which encoding it has, and its text as it is stored."""

import codecs
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.text import normalise
from annotator.errors import BadContent
from annotator.formats.input_file import read_bytes

LARGEST_FILE = 200 * 1024 * 1024
"""In bytes: far beyond any article or book, and small enough to hold in memory a few times over."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its first two bytes are UTF-16's mark
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


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
    path = Path(path)
    data = read_bytes(path, LARGEST_FILE)
    try:
        text = normalise(_decode(data))
    except BadContent as error:
        raise BadContent(f"{path}: {error}") from error
    if not text.strip():
        raise BadContent(f"{path} has no text. Nothing was imported from it.")
    name = os.fsencode(path.name).decode("utf-8", "replace")
    return PlainText(text, hashlib.sha256(data).hexdigest(), name)


def _decode(data: bytes) -> str:
    mark, encoding = next((known for known in _BYTE_ORDER_MARKS if data.startswith(known[0])), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        position = len(mark) + error.start
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        raise BadContent(
            f"not {name} text: byte {position} (0x{data[position]:02x}) is not part of a character. "
            "Open it in an editor and save it as plain text (UTF-8) first."
        ) from error
