"""What a search found in the shown document. Positions are code points of the stored text, ends exclusive."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator


class Matches:
    """Stretches in text order, none over another, and which of them is the current one."""

    def __init__(self, places: Iterable[tuple[int, int]] = ()) -> None:
        self._starts, self._ends = array("q"), array("q")
        self.now: int | None = None
        self.extend(places)

    def extend(self, places: Iterable[tuple[int, int]]) -> None:
        """Add stretches that come after all that are there."""
        for start, end in places:
            self._starts.append(start)
            self._ends.append(end)

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> tuple[int, int]:
        return self._starts[number], self._ends[number]

    def numbers(self, start: int, end: int) -> range:
        """Return the numbers of those that have a part from `start` to `end`."""
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield those that have a part from `start` to `end`."""
        return map(self.__getitem__, self.numbers(start, end))

    def at_or_after(self, position: int) -> int | None:
        """Return the number of the first that starts at a position or after it, else of the very first."""
        return (bisect_left(self._starts, position) % len(self)) if len(self) else None

    def before(self, position: int) -> int | None:
        """Return the number of the last that starts before a position, else of the very last."""
        return (bisect_left(self._starts, position) - 1) % len(self) if len(self) else None

    @property
    def current(self) -> tuple[int, int] | None:
        """The current one's stretch."""
        return self[self.now] if self.now is not None else None
