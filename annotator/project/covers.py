"""Which stretches of a document one label's spans cover."""

from bisect import bisect_right
from collections.abc import Iterable


class Covers:
    """Stretches, (start, end) each, that are asked whether one of them holds another stretch."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []  # the furthest end of those up to here
        for start, end in sorted(stretches):
            self._starts.append(start)
            self._ends.append(max(end, self._ends[-1]) if self._ends else end)

    def hold(self, start: int, end: int) -> bool:
        """Whether one stretch holds all from `start` to `end`."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and self._ends[at] >= end

    def __bool__(self) -> bool:
        return bool(self._starts)
