"""The display text: the stored text cut into chunks of a size that Qt lays out fast.

A chunk is a block of the Qt document. Characters are swapped one for one, so positions hold: a line break inside a
chunk becomes U+2028, the one at a chunk's end stays. Only a line without blanks gets breaks that the stored text does
not have. The display text is never read back.
"""

import unicodedata
from collections.abc import Iterator

from annotator.gui.text import bidi
from annotator.gui.text.offsets import Offsets

CHUNK = 2_000
LONGEST = 4_000
PART = 500_000
LINE_SEPARATOR = "\u2028"
_JOINERS = "\u200d\u200c"
_SWAPS = {  # what Qt would take for a block's end, an inline object or a byte-order mark
    "\u2029": LINE_SEPARATOR,
    "\ufdd0": "\ufffd",
    "\ufdd1": "\ufffd",
    "\ufffc": "\ufffd",
    "\ufffe": "\ufffd",
    "\uffff": "\ufffd",
    "\ufeff": "\u2060",
}


class Display:
    """The display text of a stored text, given in parts: 10 MB at once would be held four times over meanwhile.

    After the last part, `chunks` has the number of paragraphs and the length of each chunk, and `offsets` the way back.
    """

    def __init__(self, text: str, size: int = CHUNK, longest: int = LONGEST) -> None:
        """Chunks will have about `size`, never over `longest` code points."""
        self.chunks: list[tuple[int, int]] = []
        self._text, self._size, self._longest = text, size, longest
        self._inserted: list[int] = []

    def parts(self) -> Iterator[str]:
        """Yield the display text; a line break ends a chunk, U+2028 is a line break inside one."""
        shown, length = _swapped(self._text), 0
        part: list[str] = []
        for start, stop, following in _chunks(shown, self._size, self._longest):
            chunk = shown[start:stop]
            self.chunks.append((1 + chunk.count("\n"), len(chunk)))
            part.append(chunk.replace("\n", LINE_SEPARATOR))
            length += len(chunk)
            if stop == following < len(shown):
                self._inserted.append(stop)
            if length > PART:
                yield "\n".join(part)
                part, length = [""], 0  # the next part begins with the break that ends this one's last chunk
        yield "\n".join(part)

    def offsets(self) -> Offsets:
        """Return the conversion between the two texts, once all parts have been taken."""
        return Offsets(self._text, self._inserted)


def _swapped(text: str) -> str:
    if not text.isascii():
        for old, new in _SWAPS.items():
            if old in text:
                text = text.replace(old, new)
    return text


def _chunks(text: str, size: int, longest: int) -> Iterator[tuple[int, int, int]]:
    """Yield (start, stop, next start) of each chunk; stop and next start are equal at an inserted break."""
    mixed = bidi.is_mixed(text)
    for start, stop, following in _sized(text, size, longest):
        if not mixed:
            yield start, stop, following
            continue
        *before, last = bidi.paragraph_groups(text, start, stop)
        for begin, end in before:
            yield begin, end, end + 1
        yield last[0], last[1], following


def _sized(text: str, size: int, longest: int) -> Iterator[tuple[int, int, int]]:
    start, length = 0, len(text)
    while length - start > size:
        limit = min(start + longest, length)
        stop = text.find("\n", start + size, limit)
        if stop < 0 and limit == length:
            break
        if stop < 0:
            stop = max(text.rfind("\n", start, limit), text.rfind(" ", start + size, limit))
        if stop < 0:
            stop = _whole_character(text, start, limit)
            yield start, stop, stop
            start = stop
        else:
            yield start, stop, stop + 1
            start = stop + 1
    yield start, length, length


def _whole_character(text: str, start: int, position: int) -> int:
    """Return the last position up to `position` that doesn't cut a letter from its accents, if there is one nearby."""
    for at in range(position, max(start, position - 64), -1):
        if not unicodedata.category(text[at]).startswith("M") and not {text[at], text[at - 1]} & set(_JOINERS):
            return at
    return position
