"""Text without its accents and other marks, and the way back to the positions of the text with them."""

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate

_PERHAPS = re.compile("[\u0300-\u1fff\u20d0-\U0010ffff]")  # no mark is outside; curly quotes and dashes are


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
    """Whether any character of `text` has, or is, a mark. About a nanosecond a character where none is."""
    if text.isascii():
        return False
    if not unicodedata.is_normalized("NFD", text):
        return True
    return _PERHAPS.search(text) is not None and any(map(is_mark, set(text)))


class BareText:
    """A stretch of a text without its marks."""

    def __init__(self, text: str, start: int, end: int) -> None:
        parts = [_BARE[char] for char in text[start:end]]
        self.text = "".join(parts)
        self._start = start
        self._starts = [0, *accumulate(map(len, parts))]

    def bare(self, position: int) -> int:
        """Return where a position of the text with marks is in this one."""
        return self._starts[position - self._start]

    def stored(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch is in the text with marks: the marks behind its last letter go with it.

        Empty where it begins or ends inside of what is one character there.
        """
        first, last = (bisect_right(self._starts, position) - 1 for position in (start, end))
        if self._starts[first] != start or self._starts[last] != end:
            last = first
        return self._start + first, self._start + last
