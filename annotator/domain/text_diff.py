"""What two versions of a text have in common: stretches that stand in both, in the same order.

Made for texts of megabytes in which little was corrected. What is alike at both ends is set aside first; between, lines
are compared, inside them words, inside those characters. At each level the tokens that both sides have exactly once
divide the text (patience diff, Bram Cohen 2008); where there are none, the shortest edit is looked for (Myers, "An
O(ND) difference algorithm", 1986), unless it is too long for one to be meaningful.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LEVELS = (re.compile(r"[^\n]*\n|[^\n]+"), re.compile(r"\w+|\s+|[^\w\s]"), re.compile(r".", re.DOTALL))
_WORDS, _CHARACTERS = 1, 2
_MOST_EDITS = (800, 400, 120)  # at each level; the time grows with the square
_LONGEST_BY_CHARACTER = 2_000  # code points of both sides
_KINSHIP = 0.4  # from this share of characters in common on, two stretches are one stretch that was corrected


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that stands in both texts: `length` code points from `old` and from `new` on."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch that differs: code points `start` to `end` of the old text, `new_start` to `new_end` of the new one."""

    start: int
    end: int
    new_start: int
    new_end: int


def common(old: str, new: str) -> tuple[Block, ...]:
    """Return the stretches that both texts have, in order, those that touch joined. 1 MB takes about 0.3 s."""
    joined: list[Block] = []
    for block in _Comparison(old, new).blocks(0, len(old), 0, len(new), 0):
        last = joined[-1] if joined else None
        if last and last.old + last.length == block.old and last.new + last.length == block.new:
            joined[-1] = Block(last.old, last.new, last.length + block.length)
        else:
            joined.append(block)
    return tuple(joined)


def differing(old: str, new: str) -> tuple[Stretch, ...]:
    """Return the stretches in which two texts differ, in order."""
    return gaps(common(old, new), len(old), len(new))


def whole_words(old: str, new: str, stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return the stretches made longer to begin and end with whole words, as people compare; those that meet are one.

    `stretches` are those of `differing`, so that what lies between two of them is the same in both texts.
    """
    found: list[Stretch] = []
    for number, each in enumerate(stretches):
        last = stretches[number - 1].end if number else 0
        following = stretches[number + 1].start if number + 1 < len(stretches) else len(old)
        before = _word_before(old, last, each.start) if _in_word(old, each.start, new, each.new_start) else 0
        behind = _word_behind(old, each.end, following) if _in_word(old, each.end, new, each.new_end) else 0
        wider = Stretch(each.start - before, each.end + behind, each.new_start - before, each.new_end + behind)
        if found and wider.start <= found[-1].end:
            wider = Stretch(found[-1].start, wider.end, found[-1].new_start, wider.new_end)
            found.pop()
        found.append(wider)
    return tuple(found)


def _in_word(old: str, at: int, new: str, new_at: int) -> bool:
    """Whether a place has a letter on each side in one of the texts."""
    return any(
        0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
        for text, place in ((old, at), (new, new_at))
    )


def _word_before(text: str, start: int, end: int) -> int:
    """How many letters and digits stand right before `end`."""
    return next((end - at for at in range(end, start, -1) if not text[at - 1].isalnum()), end - start)


def _word_behind(text: str, start: int, end: int) -> int:
    return next((at - start for at in range(start, end) if not text[at].isalnum()), end - start)


def gaps(blocks: Sequence[Block], old_length: int, new_length: int) -> tuple[Stretch, ...]:
    """Return what lies between the stretches that two texts have in common, before and after them too."""
    found: list[Stretch] = []
    at, new_at = 0, 0
    for block in (*blocks, Block(old_length, new_length, 0)):
        if at < block.old or new_at < block.new:
            found.append(Stretch(at, block.old, new_at, block.new))
        at, new_at = block.old + block.length, block.new + block.length
    return tuple(found)


class _Comparison:
    """Compares stretches of two texts; a stretch is given by its edges in the old and in the new text."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new

    def blocks(self, a: int, b: int, c: int, d: int, level: int) -> Iterator[Block]:
        """Yield what `old[a:b]` and `new[c:d]` have in common, from one level of tokens on."""
        alike = _alike_at_start(self.old, a, b, self.new, c, d)
        if alike:
            yield Block(a, c, alike)
            a, c = a + alike, c + alike
        alike = _alike_at_end(self.old, a, b, self.new, c, d)
        if a < b - alike and c < d - alike:
            yield from self._inside(a, b - alike, c, d - alike, level)
        if alike:
            yield Block(b - alike, d - alike, alike)

    def _inside(self, a: int, b: int, c: int, d: int, level: int) -> Iterator[Block]:
        """Compare two stretches that begin and end differently."""
        if level == _CHARACTERS and (b - a) + (d - c) > _LONGEST_BY_CHARACTER:
            return
        ours, theirs = _tokens(self.old, a, b, level), _tokens(self.new, c, d, level)
        pairs = _once_in_both(ours, theirs, level) if level < _CHARACTERS else []
        again = level
        if not pairs:
            pairs, again = _shortest_edit(ours, theirs, _MOST_EDITS[level]), level + 1
            if level == _CHARACTERS and 2 * len(pairs) < _KINSHIP * ((b - a) + (d - c)):
                return
        at, new_at = a, c
        for mine, other in pairs:
            start, new_start = ours.starts[mine], theirs.starts[other]
            yield from self._between(at, start, new_at, new_start, again)
            length = len(ours.words[mine])
            yield Block(start, new_start, length)
            at, new_at = start + length, new_start + length
        yield from self._between(at, b, new_at, d, again if pairs else level + 1)

    def _between(self, a: int, b: int, c: int, d: int, level: int) -> Iterator[Block]:
        if a < b and c < d and level <= _CHARACTERS:
            yield from self.blocks(a, b, c, d, level)


@dataclass(frozen=True, slots=True)
class _Tokens:
    words: list[str]
    starts: list[int]


def _tokens(text: str, start: int, end: int, level: int) -> _Tokens:
    found = list(_LEVELS[level].finditer(text, start, end))
    return _Tokens([match[0] for match in found], [match.start() for match in found])


def _alike_at_start(old: str, a: int, b: int, new: str, c: int, d: int) -> int:
    """How many code points are the same from the start on: by halves, since slices are compared at once."""
    low, high = 0, min(b - a, d - c)
    while low < high:
        middle = (low + high + 1) // 2
        if old[a + low : a + middle] == new[c + low : c + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _alike_at_end(old: str, a: int, b: int, new: str, c: int, d: int) -> int:
    low, high = 0, min(b - a, d - c)
    while low < high:
        middle = (low + high + 1) // 2
        if old[b - middle : b - low] == new[d - middle : d - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _once_in_both(ours: _Tokens, theirs: _Tokens, level: int) -> list[tuple[int, int]]:
    """The places of tokens that both sides have exactly once, as many as come in the same order on both."""
    mine, other = Counter(ours.words), Counter(theirs.words)
    places = {word: place for place, word in enumerate(theirs.words) if other[word] == 1}
    pairs = [
        (place, places[word])
        for place, word in enumerate(ours.words)
        if mine[word] == 1 and word in places and (level < _WORDS or (len(word) > 1 and word[0].isalnum()))
    ]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs (sorted by the first) in which the second rises too."""
    ends: list[int] = []  # the lowest second at which a run of each length ends
    last: list[int] = []  # and which pair that is
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[length], last[length] = place, number
    run: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _shortest_edit(ours: _Tokens, theirs: _Tokens, most: int) -> list[tuple[int, int]]:
    """The pairs of tokens that the shortest edit leaves; none where it has more than `most` steps."""
    a, b = ours.words, theirs.words
    if not set(a) & set(b) or abs(len(a) - len(b)) > most:
        return []
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for steps in range(min(most, len(a) + len(b)) + 1):
        trail.append(dict(furthest))
        for k in range(-steps, steps + 1, 2):
            down = k == -steps or (k != steps and furthest.get(k - 1, -1) < furthest.get(k + 1, -1))
            x = furthest[k + 1] if down else furthest[k - 1] + 1
            y = x - k
            while x < len(a) and y < len(b) and a[x] == b[y]:
                x, y = x + 1, y + 1
            furthest[k] = x
            if x >= len(a) and y >= len(b):
                return _walked_back(trail, steps, len(a), len(b))
    return []


def _walked_back(trail: Sequence[dict[int, int]], steps: int, x: int, y: int) -> list[tuple[int, int]]:
    """The pairs along the way that ended at the tokens before `x` and `y`; `trail` has how far each step began."""
    pairs: list[tuple[int, int]] = []
    for step in range(steps, 0, -1):
        furthest, k = trail[step], x - y
        down = k == -step or (k != step and furthest.get(k - 1, -1) < furthest.get(k + 1, -1))
        from_k = k + 1 if down else k - 1
        from_x = furthest[from_k]
        while x > (from_x if down else from_x + 1):
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = from_x, from_x - from_k
    while x > 0:
        x, y = x - 1, y - 1
        pairs.append((x, y))
    return pairs[::-1]
