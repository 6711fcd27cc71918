"""The alignment of gamma: sets of at most one span an annotator, so that what is unlike within them is least.

Mathet, Widlöcher and Métivier 2015 (see `dissimilarity`), sections 4.3, 4.4 and 5.1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from annotator.agreement.dissimilarity import EMPTY, Unit, combined, reach
from annotator.agreement.packing import pack
from annotator.agreement.pricing import Candidate
from annotator.agreement.sweep import meeting

_MOST_SETS = 30_000  # that are looked at

Set = tuple[int | None, ...]
"""For each annotator the place of a unit in their list, or None."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every unit in exactly one of `sets`. `disorder` is the sum of the sets' own (section 4.3), not yet their mean.

    `proven` says that no alignment has less; else a limit cut the search short.
    """

    sets: tuple[Set, ...]
    disorder: float
    proven: bool


def align(by_annotator: Sequence[Sequence[Unit]], deadline: float | None = None) -> Alignment:
    """Return the best alignment of the units of two annotators or more, each list in any order.

    `deadline` is by `time.monotonic`; after it the best alignment found so far is returned.
    """
    kinds = _kinds(by_annotator)
    places = [_Places(units) for units in by_annotator]
    unlike = _Unlike(kinds, len(by_annotator))
    counts = [len(places[annotator].of[unit]) for annotator, unit in kinds]
    candidates, complete = unlike.candidates()
    packing = pack(counts, candidates, deadline)
    sets: list[Set] = []
    for candidate in packing.chosen:
        members = {kinds[kind][0]: places[kinds[kind][0]].take(kinds[kind][1]) for kind in candidate.things}
        sets.append(tuple(members.get(annotator) for annotator in range(len(by_annotator))))
    for annotator, each in enumerate(places):
        sets += [_alone(place, annotator, len(by_annotator)) for place in each.rest()]
    total = sum(map(len, by_annotator)) * EMPTY - packing.gain / unlike.pairs
    return Alignment(tuple(sets), max(0.0, total), packing.proven and complete)


class _Places:
    """Where each kind of unit stands in an annotator's list, until it is taken: units that are alike are one kind."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.of: dict[Unit, list[int]] = {}
        for place in reversed(range(len(units))):
            self.of.setdefault(units[place], []).append(place)

    def take(self, unit: Unit) -> int:
        return self.of[unit].pop()

    def rest(self) -> list[int]:
        return sorted(place for places in self.of.values() for place in places)


def _alone(place: int, annotator: int, annotators: int) -> Set:
    return tuple(place if each == annotator else None for each in range(annotators))


def _kinds(by_annotator: Sequence[Sequence[Unit]]) -> list[tuple[int, Unit]]:
    """Return the different units of each annotator, in text order."""
    kinds = {(annotator, unit) for annotator, units in enumerate(by_annotator) for unit in units}
    return sorted(kinds, key=lambda kind: (kind[1].start, kind[1].end, kind[0], kind[1].label, kind[1].fragments))


class _Unlike:
    """What sets are worth considering, and what they gain over leaving their units alone.

    A set of k units out of n annotators has a disorder of the mean over all n (n - 1) / 2 pairs, `EMPTY` for each with
    an empty place; k units alone have k times `EMPTY`. Counted in pairs: a set gains k P - (d + P - k (k - 1) / 2),
    where P is the number of pairs and d the sum of its dissimilarities. A set that gains nothing, or in which a unit
    would be better off alone, is in no best alignment (section 5.1.1, sharpened).
    """

    def __init__(self, kinds: Sequence[tuple[int, Unit]], annotators: int) -> None:
        self.pairs = comb(annotators, 2)
        self._limit = self.pairs + annotators - 1
        self._annotators = annotators
        self._kinds = kinds
        self._after: list[dict[int, float]] = [{} for _ in kinds]  # by kind: later annotators' kinds
        self._looked_at = 0
        for one, other in combinations(range(annotators), 2):
            self._compare(one, other)

    def _compare(self, one: int, other: int) -> None:
        wider = reach(self._limit)
        for first, second in set(meeting(self._reaching(one, wider), self._reaching(other, wider))):
            if (unlike := combined(self._kinds[first][1], self._kinds[second][1])) < self._limit:
                self._after[first][second] = unlike

    def _reaching(self, annotator: int, wider: float) -> Iterator[tuple[float, float, int]]:
        for place, (whose, unit) in enumerate(self._kinds):
            if whose == annotator:
                more = wider * unit.length + (wider > 0)
                yield unit.start - more, unit.end + more, place

    def candidates(self) -> tuple[list[Candidate], bool]:
        """Return the sets of two units or more that may be in a best alignment, and whether those are all.

        Where very many spans lie upon each other, each is compared with those alone that are the least unlike.
        """
        found = self._worth_it()
        if found is not None:
            return found, True
        most = max(1, int((_MOST_SETS / len(self._kinds)) ** (1 / (self._annotators - 1))))
        while found is None and most:
            self._after = [self._nearest(near, most) for near in self._after]
            found, most = self._worth_it(), most - 1
        return found or [], False

    def _nearest(self, near: Mapping[int, float], most: int) -> dict[int, float]:
        """Return, for each annotator, so many of the units that are the least unlike."""
        kept: dict[int, float] = {}
        room = [most] * self._annotators
        for kind, unlike in sorted(near.items(), key=lambda each: each[1]):
            annotator = self._kinds[kind][0]
            if room[annotator]:
                room[annotator] -= 1
                kept[kind] = unlike
        return kept

    def _worth_it(self) -> list[Candidate] | None:
        """Return the sets that gain something; None where too many would have to be looked at."""
        self._looked_at = 0
        found: list[Candidate] = []
        for kind, near in enumerate(self._after):
            if near and not self._grow((kind,), (0.0,), near, found):
                return None
        return found

    def _grow(
        self, things: tuple[int, ...], sums: tuple[float, ...], near: Mapping[int, float], found: list[Candidate]
    ) -> bool:
        """Add the larger sets that gain something; `sums` has what each unit is unlike to the others in all."""
        self._looked_at += len(near)
        if self._looked_at > _MOST_SETS:
            return False
        size = len(things) + 1
        highest = self.pairs + size - 1
        for other in near:
            unlike = [self._after[thing][other] for thing in things]
            longer = [have + more for have, more in zip(sums, unlike, strict=True)]
            longer.append(sum(unlike))
            most = max(longer)
            if most >= self._limit:
                continue
            grown = (*things, other)
            gain = size * self.pairs - (sum(longer) / 2 + self.pairs - comb(size, 2))
            if gain > 0 and most < highest:
                found.append(Candidate(tuple(sorted(grown)), gain * EMPTY))
            further = self._after[other]
            if further and size < self._annotators:
                common = {key: far for key, far in further.items() if all(key in self._after[t] for t in things)}
                if common and not self._grow(grown, tuple(longer), common, found):
                    return False
        return True
