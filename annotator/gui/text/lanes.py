"""Which lane a span's line gets on one line of text: the shorter the span, the nearer to the text."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

LANES = 5


class OnLine(NamedTuple):
    """A span's extent on one line of text, from its first to its last position there."""

    rank: tuple[int, int, str, str]  # length, start, created, id: the smaller, the nearer to the text
    start: int
    end: int


def pack(extents: Sequence[OnLine], lanes: int = LANES) -> list[int | None]:
    """Return a lane for each extent, 0 next to the text, None where all are taken; no two in a lane overlap.

    An extent inside a longer span's lies nearer to the text: the lanes taken for it are taken for the longer one too.
    """
    taken: list[list[tuple[int, int]]] = [[] for _ in range(lanes)]
    result: list[int | None] = [None] * len(extents)
    for i in sorted(range(len(extents)), key=lambda i: extents[i].rank):
        start, end = extents[i].start, extents[i].end
        for lane, others in enumerate(taken):
            for begin, stop in others:  # thrice as fast as `all`, and this runs for every span of every line
                if begin < end and start < stop:
                    break
            else:
                others.append((start, end))
                result[i] = lane
                break
    return result


def lane_count(lanes: Iterable[int | None]) -> int:
    """Return how many lanes a line of text needs room for."""
    return max((lane + 1 for lane in lanes if lane is not None), default=0)
