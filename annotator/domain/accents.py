"""Text without its accents and other marks, and the way back to the positions of the text with them."""

import re
import unicodedata
from bisect import bisect_left, bisect_right

_PERHAPS = re.compile("[\u00c0-\u1fff\u20d0-\U0010ffff]+")  # nothing outside has a mark, or is one
_ASCII = bytes(range(128))


class _Bare(dict[str, str]):
    """Characters without their marks, as they were asked for; of a mark nothing is left."""

    def __missing__(self, char: str) -> str:
        kept = (each for each in unicodedata.normalize("NFD", char) if not is_mark(each))
        self[char] = bare = unicodedata.normalize("NFC", "".join(kept))
        return bare


_BARE = _Bare()


def is_mark(char: str) -> bool:
    """Whether a character is a mark on the one before it."""
    return unicodedata.category(char)[0] == "M"


def without_accents(text: str) -> str:
    """Return `text` without its marks: é is e, and so is e with an accent of its own behind it."""
    return "".join(_BARE[char] for char in text)


def has_accents(text: str) -> bool:
    """Whether any character of `text` has, or is, a mark. About a nanosecond a character."""
    return not text.isascii() and any(_BARE[char] != char for char in set(_beyond_ascii(text)))


def _beyond_ascii(text: str) -> str:
    """Return the characters that are not ASCII, mostly a few: much faster than to look at each."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


class BareText:
    """A stretch of a text without its marks. Every other character is one here too, as a test shows."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._start = start
        self._marks: list[int] = []  # where they were in the stretch
        self._left_out: list[int] = []  # where that is here
        self.text = _PERHAPS.sub(self._without, text[start:end])

    def _without(self, found: "re.Match[str]") -> str:
        parts = [_BARE[char] for char in found.group()]
        if "" in parts:
            marks = [at for at, part in enumerate(parts, found.start()) if not part]
            self._left_out += [at - number for number, at in enumerate(marks, len(self._marks))]
            self._marks += marks
        return "".join(parts)

    def bare(self, position: int) -> int:
        """Return where a position of the text with marks is in this one."""
        return position - self._start - bisect_left(self._marks, position - self._start)

    def stored(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch is in the text with marks: the marks behind its last letter go with it."""
        return self._stored(start), self._stored(end)

    def _stored(self, bare: int) -> int:
        return self._start + bare + bisect_right(self._left_out, bare)
