"""The stored text of a document: how it is normalised, hashed and cut into stretches.

A position is a count of Unicode code points, an end is exclusive, everywhere in the program outside `gui/text`.
"""

import hashlib
import re

from annotator.errors import BadArgument, BadContent

LONGEST_NOTE = 100_000  # code points
_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    r"""Return `text` as it is stored: `\r\n` and `\r` become `\n`, byte-order marks at the start are dropped.

    Raises BadContent for a NUL character or a lone surrogate, neither of which any database or file could keep.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise BadContent(
            f"The text has a NUL character at position {text.index(chr(0))}. "
            "It is probably not a text file; save it as plain text (UTF-8) first."
        )
    if lone := _SURROGATE.search(text):
        raise BadContent(
            f"The text has half a character (a lone surrogate) at position {lone.start()}. "
            "Save it again as plain text (UTF-8)."
        )
    return text


def text_problem(text: str) -> str | None:
    """Return what keeps a short text (a name, a note) from being stored, or None where nothing does."""
    if "\0" in text:
        return "a NUL character"
    return "half a character (a lone surrogate)" if _SURROGATE.search(text) else None


def as_note(note: str | None) -> str | None:
    r"""Return a note as it is stored: lines end in `\n`, blanks around it are gone; None where nothing is left.

    Raises BadArgument for what can't be stored, or is too long.
    """
    if note is None or not note.strip():
        return None
    if problem := text_problem(note):
        raise BadArgument(f"The note can't be stored: it has {problem}.")
    if len(note) > LONGEST_NOTE:
        raise BadArgument(f"The note has {len(note)} characters; {LONGEST_NOTE} is the most.")
    return note.replace("\r\n", "\n").replace("\r", "\n").strip()


def sha256(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def first_words(text: str, longest: int = 80) -> str:
    """Return the beginning of `text` on one line, at most `longest` code points; where it is cut, `…` stands."""
    text, read = text.lstrip(), longest * 4
    line = " ".join(text[:read].split())
    if len(line) < longest and text[read:].strip():
        return line + "…"
    if len(line) <= longest and not text[read:].strip():
        return line
    cut = line.rfind(" ", 1, longest)
    return line[: cut if cut > 0 else longest - 1].rstrip(",;:–— ") + "…"
