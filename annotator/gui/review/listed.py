"""Items of one part and kind, document by document: a place among 100,000 is found by division, not by walking."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import overload

from annotator.domain.review import ReviewItem


@dataclass(frozen=True, slots=True)
class Bunch:
    """Items of one document in text order, each with its place among all of that document."""

    items: tuple[ReviewItem, ...] = ()
    places: tuple[int, ...] = ()

    def with_item(self, item: ReviewItem, place: int) -> "Bunch":
        """Return it with one item more."""
        at = bisect_left(self.places, place)
        return Bunch((*self.items[:at], item, *self.items[at:]), (*self.places[:at], place, *self.places[at:]))

    def without(self, place: int) -> "Bunch":
        """Return it without the item of that place."""
        at = bisect_left(self.places, place)
        if self.places[at : at + 1] != (place,):
            return self
        return Bunch((*self.items[:at], *self.items[at + 1 :]), (*self.places[:at], *self.places[at + 1 :]))


class Listed(Sequence[ReviewItem]):
    """What a list shows of a group. It stays as it is, whatever becomes of the queue."""

    def __init__(self, ranks: Sequence[int], bunches: Sequence[Bunch], ends: Sequence[int]) -> None:
        """`ranks` are the documents' places in the project; `ends` say how many items there are up to each of them."""
        self._ranks, self._bunches, self._ends = ranks, bunches, ends

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[ReviewItem]:
        return chain.from_iterable(bunch.items for bunch in self._bunches)

    @overload
    def __getitem__(self, place: int) -> ReviewItem: ...
    @overload
    def __getitem__(self, place: slice) -> list[ReviewItem]: ...
    def __getitem__(self, place: int | slice) -> ReviewItem | list[ReviewItem]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        at = place + len(self) if place < 0 else place
        if not 0 <= at < len(self):
            raise IndexError(place)
        bunch = bisect_right(self._ends, at)
        return self._bunches[bunch].items[at - (self._ends[bunch - 1] if bunch else 0)]

    def before(self, rank: int, place: int) -> int:
        """Return how many stand before what has this place in the document of this rank."""
        at = bisect_left(self._ranks, rank)
        count = self._ends[at - 1] if at else 0
        if at < len(self._ranks) and self._ranks[at] == rank:
            count += bisect_left(self._bunches[at].places, place)
        return count

    def has(self, rank: int, place: int) -> bool:
        """Whether what has this place in the document of this rank is here."""
        at = bisect_left(self._ranks, rank)
        if at == len(self._ranks) or self._ranks[at] != rank:
            return False
        places = self._bunches[at].places
        inside = bisect_left(places, place)
        return inside < len(places) and places[inside] == place


class Gathered:
    """A group as it grows and changes: a change costs what its document has."""

    def __init__(self) -> None:
        self._ranks: list[int] = []
        self._bunches: list[Bunch] = []
        self._ends: list[int] | None = []  # None: to be counted anew
        self.count = 0

    def put(self, rank: int, bunch: Bunch) -> None:
        """Take what the document of this rank has now, nothing perhaps."""
        at, new = bisect_left(self._ranks, rank), len(bunch.items)
        there = at < len(self._ranks) and self._ranks[at] == rank
        last = at == len(self._ranks)
        self.count += new - (len(self._bunches[at].items) if there else 0)
        if there and new:
            self._bunches[at] = bunch
        elif there:
            del self._ranks[at], self._bunches[at]
        elif new:
            self._ranks.insert(at, rank)
            self._bunches.insert(at, bunch)
        if last and new and self._ends is not None:
            self._ends.append(self.count)
        elif there or new:
            self._ends = None

    def listed(self) -> Listed:
        """Return it as it is now."""
        if self._ends is None:
            self._ends = list(accumulate(len(bunch.items) for bunch in self._bunches))
        return Listed(tuple(self._ranks), tuple(self._bunches), tuple(self._ends))


def listed(rank: int, bunch: Bunch) -> Listed:
    """Return what one document has."""
    return Listed((rank,), (bunch,), (len(bunch.items),))


def mark(ranks: list[int], rank: int, there: bool) -> None:
    """Let a rank be among others, which are sorted, or not."""
    at = bisect_left(ranks, rank)
    if (ranks[at : at + 1] == [rank]) == there:
        return
    if there:
        insort(ranks, rank)
    else:
        del ranks[at]
