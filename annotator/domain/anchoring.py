"""Where the spans of a text are in another version of it. Nothing is moved in silence: each says how it was placed.

A span is placed by position first: stretches that both texts have map exactly (`text_diff`). Where that says nothing,
its exact words are looked for, told apart by what stands around them and by nearness; then words like them. (After
hypothesis/client, "fuzzy anchoring": position, exact quote with context, approximate match.) What is in doubt stays
without a place, for a person.
"""

import enum
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from annotator.domain.span import Fragment, span_text
from annotator.domain.text_diff import Block, common

CONTEXT = 32
"""Code points before and after a span that tell the same words in two places apart."""

_SURE = 32  # a stretch of so many code points that both texts have is no accident
_SAME_PLACE = 0.5  # from this likeness of what stands around on, the same words are the same place
_SPEAKS_FOR_ITSELF = 24  # code points: words that both texts have once only, so long, need nothing around them
_CORRECTED = 0.5  # from this likeness on, other words between the same ends are the old ones, corrected
_LIKE = 0.75  # from this likeness on, words elsewhere are taken for the old ones, where
_LIKE_PLACE = 0.35  # what stands around is somewhat alike too, unless they are
_SPEAKS_THOUGH_CHANGED = 40  # so many code points
_CANDIDATES = 50  # places on each side of the expected one
_NEAR = 20_000  # code points around the expected place in which words like these are looked for
_CLEARLY = 0.05  # of likeness: what one place must have more than another to be preferred to it
_LONGEST_COMPARED = 2_000  # code points of a span whose words are compared one by one
_WORD = re.compile(r"\w+")


class How(enum.StrEnum):
    """How a span came to its place in the new text."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    CHANGED = "changed words"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a span is in the new text, and its words there; no fragments and no words where it has no place."""

    how: How
    fragments: tuple[Fragment, ...] = ()
    text: str = ""


class Anchoring:
    """Places spans of `old` in `new`, one after the other."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._blocks = common(old, new)
        self._starts = [block.old for block in self._blocks]

    def place(self, fragments: Sequence[Fragment]) -> Anchored:
        """Return the place of a span, given by its stretches in the old text."""
        found = [self._stretch(fragment) for fragment in fragments]
        placed = tuple(fragment for fragment in found if fragment)
        in_order = all(one.end <= other.start for one, other in pairwise(placed))
        if len(placed) < len(fragments) or not in_order:
            return Anchored(How.UNPLACED)
        placed = _joined(placed)
        text = span_text(self._new, placed)
        if text != span_text(self._old, fragments):
            return Anchored(How.CHANGED, placed, text)
        return Anchored(How.UNCHANGED if placed == tuple(fragments) else How.MOVED, placed, text)

    def _stretch(self, old: Fragment) -> Fragment | None:
        by_ends = self._by_ends(old)
        if by_ends and self._is_same(old, by_ends) and self._is_sure(old, by_ends):
            return by_ends
        same = self._same_words(old)
        if same:
            return same
        if not by_ends:
            return self._cut_back(old) or self._like_words(old)
        if self._is_same(old, by_ends) or self._likeness(old, by_ends) < _CORRECTED:
            return self._like_words(old)
        if self._block_at(old.start) and self._block_at(old.end - 1):
            return by_ends
        return self._liker(old, by_ends, self._like_words(old))

    # By position

    def _by_ends(self, old: Fragment) -> Fragment | None:
        """Where its first and its last character went, or the edges of what was put in the place of its words."""
        start, end = self._start(old.start), self._end(old.end)
        if start is None or end is None or start >= end:
            return None
        blank = not self._new[start:end].strip() and self._old[old.start : old.end].strip()
        return None if blank else Fragment(start, end)

    def _cut_back(self, old: Fragment) -> Fragment | None:
        """Where nearly all of its words are, less those at an end that went into a correction of more than them."""
        first = bisect_right(self._starts, old.start)
        last = bisect_right(self._starts, old.end - 1) - 1
        start, end = self._start(old.start), self._end(old.end)
        if start is None and first < len(self._blocks):
            start = self._blocks[first].new
        if end is None and last >= 0:
            end = self._blocks[last].new + self._blocks[last].length
        if start is None or end is None or start >= end:
            return None
        words = self._new[start:end]
        found = Fragment(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))
        return found if found.start < found.end and self._likeness(old, found) >= _LIKE else None

    def _start(self, position: int) -> int | None:
        """Where the character at an old position is now; of words that are gone, where new ones begin, if there."""
        number = bisect_right(self._starts, position) - 1
        if number < 0:
            return 0 if position == 0 else None
        block = self._blocks[number]
        if position < block.old + block.length:
            return block.new + position - block.old
        return block.new + block.length if position == block.old + block.length else None

    def _end(self, position: int) -> int | None:
        """Where the character before an old position is now, and behind it; of words that are gone, as `_start`."""
        number = bisect_right(self._starts, position - 1) - 1
        if number >= 0 and position <= self._blocks[number].old + self._blocks[number].length:
            return self._blocks[number].new + position - self._blocks[number].old
        if number + 1 < len(self._blocks):
            return self._blocks[number + 1].new if position == self._blocks[number + 1].old else None
        return len(self._new) if position == len(self._old) else None

    def _is_same(self, old: Fragment, new: Fragment) -> bool:
        return self._old[old.start : old.end] == self._new[new.start : new.end]

    def _is_sure(self, old: Fragment, new: Fragment) -> bool:
        """Whether the same words are the same place, and not by accident in the midst of others."""
        number = bisect_right(self._starts, old.start) - 1
        block = self._block_at(old.start)
        if block and block is self._block_at(old.end - 1) and not self._is_island(number):
            return True
        return self._around(old, new.start, new.end) >= _SAME_PLACE

    def _is_island(self, number: int) -> bool:
        """Whether a stretch that both texts have is short, and shorter than what differs before it and behind it."""
        start = Block(0, 0, 0)
        edge = Block(len(self._old), len(self._new), 0)
        before, block = self._blocks[number - 1] if number else start, self._blocks[number]
        after = self._blocks[number + 1] if number + 1 < len(self._blocks) else edge
        apart = [
            max(right.old - left.old - left.length, right.new - left.new - left.length)
            for left, right in ((before, block), (block, after))
        ]
        return block.length < min(_SURE, *apart)

    def _block_at(self, position: int) -> Block | None:
        number = bisect_right(self._starts, position) - 1
        block = self._blocks[number] if number >= 0 else None
        return block if block and position < block.old + block.length else None

    def _expected(self, position: int) -> int:
        """About where an old position is now: between what both texts have, in proportion."""
        number = bisect_right(self._starts, position) - 1
        before = self._blocks[number] if number >= 0 else Block(0, 0, 0)
        after = (*self._blocks[number + 1 : number + 2], Block(len(self._old), len(self._new), 0))[0]
        start, new_start = before.old + before.length, before.new + before.length
        if position <= start:
            return before.new + position - before.old
        share = (position - start) / max(1, after.old - start)
        return round(new_start + share * (after.new - new_start))

    def _likeness(self, old: Fragment, new: Fragment) -> float:
        """How much of both stretches they have in common, from 0 to 1, by what the two texts have in common here."""
        number = max(0, bisect_right(self._starts, old.start) - 1)
        kept = 0
        for block in self._blocks[number:]:
            if block.old >= old.end:
                break
            start = max(old.start, block.old, block.old + new.start - block.new)
            end = min(old.end, block.old + block.length, block.old + new.end - block.new)
            kept += max(0, end - start)
        return 2 * kept / (old.end - old.start + new.end - new.start)

    # By words

    def _same_words(self, old: Fragment) -> Fragment | None:
        """Where the same words stand, in surroundings that are like the old ones; the nearest of the best places."""
        words, expected = self._old[old.start : old.end], self._expected(old.start)
        places = list(_places(self._new, words, expected))
        if len(places) == 1 and len(words) >= _SPEAKS_FOR_ITSELF and len(list(_places(self._old, words, 0))) == 1:
            return Fragment(places[0], places[0] + len(words))
        scored = [(self._around(old, at, at + len(words)), -abs(at - expected), at) for at in places]
        best = max(scored, default=(0.0, 0, 0))
        return Fragment(best[2], best[2] + len(words)) if best[0] >= _SAME_PLACE else None

    def _liker(self, old: Fragment, one: Fragment, other: Fragment | None) -> Fragment:
        """The first of two places, unless clearly more words came before or behind than in the other one."""
        if other is None or one.end - one.start > _LONGEST_COMPARED:
            return one
        words = self._old[old.start : old.end]
        ratios = [_ratio(words, self._new[each.start : each.end]) for each in (one, other)]
        return other if ratios[1] > ratios[0] + _CLEARLY else one

    def _around(self, old: Fragment, start: int, end: int) -> float:
        """How alike the surroundings are, from 0 to 1; where one text ends, so must the other."""
        before = self._old[max(0, old.start - CONTEXT) : old.start], self._new[max(0, start - CONTEXT) : start]
        after = self._old[old.end : old.end + CONTEXT], self._new[end : end + CONTEXT]
        return (_ratio(*before) + _ratio(*after)) / 2

    def _like_words(self, old: Fragment) -> Fragment | None:
        """Where words like the old ones stand, near the place where they are expected."""
        wanted = [match[0].casefold() for match in _WORD.finditer(self._old, old.start, old.end)]
        if len(wanted) < 3 or old.end - old.start > _LONGEST_COMPARED:
            return None
        expected = self._expected(old.start)
        low, high = max(0, expected - _NEAR), expected + (old.end - old.start) + _NEAR
        there = list(_WORD.finditer(self._new, low, high))
        best: tuple[float, Fragment] | None = None
        for first in _most_in_common(wanted, [match[0].casefold() for match in there]):
            for last in range(first + len(wanted) - 2, first + len(wanted) + 1):
                if first <= last < len(there):
                    found = Fragment(there[first].start(), there[last].end())
                    ratio = _ratio(self._old[old.start : old.end], self._new[found.start : found.end])
                    best = (ratio, found) if best is None or ratio > best[0] else best
        if best is None or best[0] < _LIKE:
            return None
        speaks = old.end - old.start >= _SPEAKS_THOUGH_CHANGED
        return best[1] if speaks or self._around(old, best[1].start, best[1].end) >= _LIKE_PLACE else None


def _places(text: str, words: str, expected: int) -> Iterator[int]:
    """Where the words stand, the nearest to a place on each side of it first, so many as it takes to choose."""
    at = text.find(words, max(0, expected))
    for _ in range(_CANDIDATES):
        if at < 0:
            break
        yield at
        at = text.find(words, at + 1)
    at = text.rfind(words, 0, max(0, expected + len(words) - 1))
    for _ in range(_CANDIDATES):
        if at < 0:
            break
        yield at
        at = text.rfind(words, 0, at + len(words) - 1)


def _most_in_common(wanted: Sequence[str], there: Sequence[str], most: int = 8) -> list[int]:
    """Where as many words begin that have the most of the wanted ones among them, the best first."""
    needed, size = Counter(wanted), len(wanted)
    window: Counter[str] = Counter()
    shared, found = 0, []
    for number, word in enumerate(there):
        window[word] += 1
        shared += window[word] <= needed[word]
        if number >= size:
            gone = there[number - size]
            shared -= window[gone] <= needed[gone]
            window[gone] -= 1
        if 2 * shared >= size:
            found.append((-shared, max(0, number - size + 1)))
    return [place for _, place in sorted(found)[:most]]


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _joined(fragments: Sequence[Fragment]) -> tuple[Fragment, ...]:
    """Fragments that touch by now are one."""
    joined: list[Fragment] = []
    for fragment in fragments:
        if joined and joined[-1].end == fragment.start:
            joined[-1] = Fragment(joined[-1].start, fragment.end)
        else:
            joined.append(fragment)
    return tuple(joined)
