"""Positions of the stored text to positions of the display document and back: the only place that knows both.

A stored position counts code points. A display position counts UTF-16 units of the Qt document, in which some breaks
may have been inserted (see `display`). A position inside a surrogate pair means the start of its character.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def _astral_positions(text: str) -> "array[int]":
    # Equal lengths mean nothing to convert; finding that out is five times faster than looking for a character.
    if text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return array("I")
    return array("I", (match.start() for match in _ASTRAL.finditer(text)))


class Offsets:
    """Both directions for one text. A conversion takes about a microsecond, whatever the length."""

    def __init__(self, text: str, inserted: Sequence[int] = ()) -> None:
        """`inserted` are the stored positions, ascending, before which the display document has a break more."""
        self.length = len(text)
        self._breaks = array("I", inserted)
        self._astral = _astral_positions(text)
        self._astral_units = array("I", (position + i for i, position in enumerate(self._astral)))
        self._break_units = array("I", (self._units(position) + i for i, position in enumerate(self._breaks)))
        self.identical = not self._breaks and not self._astral

    def _units(self, position: int) -> int:
        return position + bisect_left(self._astral, position)

    def to_display(self, position: int, *, end: bool = False) -> int:
        """Return the display position of a stored one; at an inserted break after it, or with `end` before it."""
        if self.identical:
            return position
        breaks = bisect_left(self._breaks, position) if end else bisect_right(self._breaks, position)
        return self._units(position) + breaks

    def to_stored(self, position: int) -> int:
        """Return the stored position of a display one; both sides of an inserted break give the same."""
        if self.identical:
            return position
        units = position - bisect_left(self._break_units, position)
        return units - bisect_left(self._astral_units, units)
