"""How unlike two spans are, in place and in label: the dissimilarities of gamma.

Mathet, Widlöcher and Métivier 2015, The unified and holistic method gamma for inter-annotator agreement measure and
alignment, Computational Linguistics 41 (3), section 4.
"""

from bisect import bisect_right
from dataclasses import dataclass
from math import sqrt

EMPTY = 1.0
"""The dissimilarity of a span and no span at all, the unit of all others (section 4)."""
PLACE_WEIGHT = 3.0
"""Alpha, the weight of place beside a label's 1, as in the authors' own program."""

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """What gamma sees of a span: its fragments, in text order, and its label."""

    fragments: tuple[Stretch, ...]
    label: str

    @property
    def start(self) -> int:
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        return self.fragments[-1][1]

    @property
    def length(self) -> int:
        return sum(end - start for start, end in self.fragments)


def combined(one: Unit, other: Unit) -> float:
    """Return the combined dissimilarity (section 4): place, weighted, and 1 more for another label."""
    return PLACE_WEIGHT * positional(one, other) + (one.label != other.label)


def positional(one: Unit, other: Unit) -> float:
    """Return the squared positional dissimilarity (section 4): the ends' distances by the lengths.

    Of spans that meet, the ends' distances are the text that one has alone; of others it is all their text and the gap
    between them twice. Said so, it holds for spans of several fragments too.
    """
    if len(one.fragments) == len(other.fragments) == 1:
        (start, end), (begin, finish) = one.fragments[0], other.fragments[0]
        return ((abs(start - begin) + abs(end - finish)) / (end - start + finish - begin)) ** 2
    both = one.length + other.length
    if shared := _shared(one.fragments, other.fragments):
        return ((both - 2 * shared) / both) ** 2
    return ((both + 2 * _gap(one.fragments, other.fragments)) / both) ** 2


def reach(limit: float) -> float:
    """Return by what part of its length a span must be made longer at either end to meet all that are less unlike.

    Two spans that are less unlike than `limit` meet when both are made so much longer.
    """
    return max(0.0, sqrt(limit / PLACE_WEIGHT) - 1) / 2


def _shared(first: tuple[Stretch, ...], second: tuple[Stretch, ...]) -> int:
    return sum(
        max(0, min(end, finish) - max(start, begin)) for start, end in first for begin, finish in _near(second, end)
    )


def _near(fragments: tuple[Stretch, ...], end: int) -> tuple[Stretch, ...]:
    """Those that begin before `end`."""
    return fragments[: bisect_right(fragments, (end,))]


def _gap(first: tuple[Stretch, ...], second: tuple[Stretch, ...]) -> int:
    return min(max(begin - end, start - finish) for start, end in first for begin, finish in second)
