"""The words of one candidate beside another's: what both have, what is its own, what it leaves out; kept short.

Positions are code points of the document, ends exclusive.
"""

import enum
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from annotator.domain.characters import cuts_character
from annotator.domain.span import Fragment

ELISION = " […] "
GAP = " … "
_LEAST = 36  # code points that a piece keeps, however many there are
_FIRST, _LAST = 5, 3  # pieces that are shown of very many
_BLANKS = re.compile(r"\s+")


class Mark(enum.Enum):
    """What a piece is to the other candidate: in both, its own, only the other's, or in neither (between fragments)."""

    SAME = "same"
    OWN = "own"
    LACKING = "lacking"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the document as it is shown: on one line, blanks put together, perhaps without its middle."""

    start: int
    end: int
    mark: Mark
    text: str


def compared(text: str, fragments: Sequence[Fragment], beside: Sequence[Fragment] | None = None) -> list[Piece]:
    """Return the pieces of `fragments` in text order, told apart from those of `beside`; without it all are the same.

    Where the two share nothing all is its own, and what it leaves out is not shown: that would be all the other has.
    """
    apart = beside is not None and not _overlap(fragments, beside)
    other = () if beside is None or apart else beside
    ends = sorted({end for each in (*fragments, *other) for end in (each.start, each.end)})
    pieces: list[Piece] = []
    for start, end in pairwise(ends):
        mark = _mark(_covers(fragments, start), _covers(other, start), told=bool(other) or apart)
        if pieces and pieces[-1].mark is mark:
            pieces[-1] = replace(pieces[-1], end=end)
        else:
            pieces.append(Piece(start, end, mark, ""))
    return _worded(text, pieces)


def shortened(pieces: Sequence[Piece], most: int) -> list[Piece]:
    """Return pieces of together about `most` code points: long ones lose their middles, and many the middle ones."""
    if sum(len(piece.text) for piece in pieces) <= most:
        return list(pieces)
    shown = list(pieces)
    if len(shown) > _FIRST + _LAST + 1:
        between = Piece(shown[_FIRST].start, shown[-_LAST - 1].end, Mark.GAP, ELISION)
        shown = [*shown[:_FIRST], between, *shown[-_LAST:]]
    worded = sum(piece.mark is not Mark.GAP for piece in shown)
    room = max(_LEAST, most // max(1, worded))
    return [
        piece if piece.mark is Mark.GAP else replace(piece, text=without_middle(piece.text, _room(piece, room)))
        for piece in shown
    ]


def without_middle(words: str, most: int) -> str:
    """Return `words` without what is too much in their middle, cut between words, or at least between characters."""
    if len(words) <= most:
        return words
    head, tail = most * 2 // 5, len(words) - most * 2 // 5
    first = words.rfind(" ", head // 2, head + 1)
    last = words.find(" ", tail, tail + most // 5)
    first, last = (head if first < 0 else first), (tail if last < 0 else last + 1)
    while cuts_character(words, first):
        first -= 1
    while cuts_character(words, last):
        last += 1
    return words[:first].rstrip() + ELISION + words[last:]


def _room(piece: Piece, room: int) -> int:
    return max(_LEAST, room // 2) if piece.mark is Mark.LACKING else room


def _overlap(some: Sequence[Fragment], others: Sequence[Fragment]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in some for other in others)


def _covers(fragments: Sequence[Fragment], at: int) -> bool:
    place = bisect_right(fragments, at, key=lambda each: each.start) - 1
    return place >= 0 and at < fragments[place].end


def _mark(mine: bool, theirs: bool, *, told: bool) -> Mark:
    if mine:
        return Mark.OWN if told and not theirs else Mark.SAME
    return Mark.LACKING if theirs else Mark.GAP


def _worded(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Put in the words: no blanks at the very ends, and one where two pieces meet at several."""
    found: list[Piece] = []
    for piece in pieces:
        words = GAP if piece.mark is Mark.GAP else _BLANKS.sub(" ", text[piece.start : piece.end])
        if not found or found[-1].text.endswith(" "):
            words = words.lstrip(" ")
        if piece.mark is Mark.GAP and found:
            found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
            words = GAP
        found.append(replace(piece, text=words))
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return [piece for piece in found if piece.text]
