"""Choosing the best set of candidates that don't compete: exact, with a limit.

Each candidate uses up one of some things and brings a gain; of each thing there are so many. A bound from prices (the
dual of the linear programme) proves most choices right at once and throws most candidates out; what is left is tried
by branch and bound, thing after thing, and two branches that have used the same are one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.agreement.pricing import (
    MOST_LOOKS,
    ROUNDING,
    Candidate,
    Prices,
    gain_of,
    late,
    priced,
    sharpened,
)

_FEW_CANDIDATES = 40  # are searched without sharper prices
_MOST_BRANCHES = 5_000  # kept at once; beyond that only the most promising, and the answer isn't proven
_FEW_BRANCHES = 200


@dataclass(frozen=True, slots=True)
class Packing:
    """The chosen candidates, one again for each time it is used; `proven` unless the limits cut the search short."""

    chosen: tuple[Candidate, ...]
    proven: bool

    @property
    def gain(self) -> float:
        return gain_of(self.chosen)


def pack(counts: Sequence[int], candidates: Sequence[Candidate], deadline: float | None = None) -> Packing:
    """Return the choice of the highest gain that uses each thing at most `counts[thing]` times.

    `deadline` is by `time.monotonic`; after it the best choice found so far is returned.
    """
    chosen: list[Candidate] = []
    proven = True
    for part in _parts(candidates):
        found = _pack_part(counts, part, deadline)
        chosen += found.chosen
        proven &= found.proven
    return Packing(tuple(chosen), proven)


def _parts(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Yield the candidates that compete with one another, directly or by others, together."""
    leader: dict[int, int] = {}

    def lead(thing: int) -> int:
        while leader.setdefault(thing, thing) != thing:
            leader[thing] = thing = leader[leader[thing]]
        return thing

    for candidate in candidates:
        first = lead(candidate.things[0])
        for thing in candidate.things[1:]:
            leader[lead(thing)] = first
    parts: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        parts.setdefault(lead(candidate.things[0]), []).append(candidate)
    yield from parts.values()


def _pack_part(counts: Sequence[int], candidates: list[Candidate], deadline: float | None) -> Packing:
    """Choose within one part, by dearer means as long as cheaper ones neither prove a choice nor split the part."""
    if _one_at_most(counts, candidates):
        return Packing((max(candidates, key=lambda each: each.gain),), proven=True)
    prices = priced(counts, candidates)
    known = _greedy(counts, candidates, prices)
    for means in range(3):
        if means == 1:
            known = _improved(counts, candidates, known, deadline)
        elif means == 2 and len(candidates) > _FEW_CANDIDATES:
            prices = sharpened(prices, candidates, gain_of(known), deadline)
        slack = prices.bound - gain_of(known)
        if slack <= ROUNDING * len(candidates):
            return Packing(tuple(known), proven=True)
        # Who chooses a candidate loses its excess: what loses more than there is to gain is in no best choice.
        hopeful = [candidate for candidate in candidates if prices.excess(candidate) <= slack + ROUNDING]
        if len(hopeful) < len(candidates):
            return pack(counts, hopeful, deadline)
    return _searched(counts, candidates, prices, known, deadline)


def _one_at_most(counts: Sequence[int], candidates: Sequence[Candidate]) -> bool:
    """Whether the candidates are too large for two of them: so it is in most parts, and there is nothing to search."""
    things = {thing for candidate in candidates for thing in candidate.things}
    smallest = min(len(candidate.things) for candidate in candidates)
    return 2 * smallest > len(things) and all(counts[thing] == 1 for thing in things)


def _greedy(counts: Sequence[int], candidates: Iterable[Candidate], prices: Prices) -> list[Candidate]:
    left: dict[int, int] = {thing: counts[thing] for thing in prices.of}
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda each: (prices.excess(each), -each.gain, each.things)):
        times = min(left[thing] for thing in candidate.things)
        chosen += [candidate] * times
        for thing in candidate.things:
            left[thing] -= times
    return chosen


def _improved(
    counts: Sequence[int], candidates: Sequence[Candidate], chosen: list[Candidate], deadline: float | None
) -> list[Candidate]:
    """Return a choice that is better by exchanges: one candidate in, those in its way out, and what then fits in."""
    using: dict[int, list[Candidate]] = {}
    for candidate in sorted(candidates, key=lambda each: -each.gain):
        for thing in candidate.things:
            using.setdefault(thing, []).append(candidate)
    held = _Held(counts, chosen)
    better, looks = True, 0
    while better:
        better = False
        for candidate in candidates:
            if looks > MOST_LOOKS or late(deadline):
                return held.chosen
            out = held.in_the_way(candidate)
            freed = dict.fromkeys(thing for each in out for thing in each.things if thing not in candidate.things)
            gained = candidate.gain - sum(each.gain for each in out)
            if gained + sum(using[thing][0].gain for thing in freed) <= ROUNDING:
                continue
            held.exchange(out, [candidate])
            fitting = []
            for thing in freed:
                looks += len(using[thing])
                while (fit := next((each for each in using[thing] if held.fits(each)), None)) is not None:
                    fitting.append(fit)
                    held.exchange([], [fit])
            if gained + sum(each.gain for each in fitting) > ROUNDING:
                better = True
            else:
                held.exchange([candidate, *fitting], out)
    return held.chosen


class _Held:
    """A choice of candidates, and by which of them each thing is used."""

    def __init__(self, counts: Sequence[int], chosen: Iterable[Candidate]) -> None:
        self._counts = counts
        self._by: dict[int, list[Candidate]] = {}
        self.exchange([], chosen)

    @property
    def chosen(self) -> list[Candidate]:
        return [each for thing, held in sorted(self._by.items()) for each in held if each.things[0] == thing]

    def exchange(self, out: Iterable[Candidate], into: Iterable[Candidate]) -> None:
        for candidate in out:
            for thing in candidate.things:
                self._by[thing].remove(candidate)
        for candidate in into:
            for thing in candidate.things:
                self._by.setdefault(thing, []).append(candidate)

    def fits(self, candidate: Candidate) -> bool:
        for thing in candidate.things:
            held = self._by.get(thing)
            if held and len(held) >= self._counts[thing]:
                return False
        return True

    def in_the_way(self, candidate: Candidate) -> list[Candidate]:
        """Return what has to go to make room for one more of a candidate: of each thing that is used up, the least."""
        out: list[Candidate] = []
        for thing in candidate.things:
            held = self._by.get(thing, [])
            if len(held) == self._counts[thing] and not any(thing in each.things for each in out):
                out.append(min(held, key=lambda each: each.gain))
        return out


_Chain = tuple[Candidate, "_Chain"] | None
_Branches = dict[int, tuple[float, _Chain]]
"""By what is used up of the things to come, packed into one number: the most that can still be gained, and how."""


def _searched(
    counts: Sequence[int],
    candidates: Sequence[Candidate],
    prices: Prices,
    known: Sequence[Candidate],
    deadline: float | None,
) -> Packing:
    things = sorted(prices.of)
    fields = _Fields(counts, things)
    starting: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        starting.setdefault(candidate.things[0], []).append(candidate)
    best = gain_of(known)
    branches: _Branches = {0: (prices.bound, None)}
    proven, most = True, _MOST_BRANCHES
    for thing in things:
        for candidate in starting.get(thing, ()):
            _branch(branches, candidate, fields, prices.excess(candidate), best - ROUNDING)
            if len(branches) > most or late(deadline):
                proven, most = False, _FEW_BRANCHES
                branches = _hopeful(branches, 1 if late(deadline) else _FEW_BRANCHES)
        branches = _closed(branches, thing, fields, prices.of[thing], best - ROUNDING)
    gain, chain = max(branches.values(), key=lambda branch: branch[0], default=(0.0, None))
    if gain <= best + ROUNDING:
        return Packing(tuple(known), proven)
    chosen = []
    while chain:
        candidate, chain = chain
        chosen.append(candidate)
    return Packing(tuple(reversed(chosen)), proven)


class _Fields:
    """How many of each thing are used, as fields of one whole number."""

    def __init__(self, counts: Sequence[int], things: Iterable[int]) -> None:
        self.counts = counts
        self._shift: dict[int, int] = {}
        width = 0
        for thing in things:
            self._shift[thing] = width
            width += counts[thing].bit_length()

    def used(self, key: int, thing: int) -> int:
        return key >> self._shift[thing] & (1 << self.counts[thing].bit_length()) - 1

    def free(self, key: int, candidate: Candidate) -> bool:
        return all(self.used(key, thing) < self.counts[thing] for thing in candidate.things)

    def one_each(self, candidate: Candidate) -> int:
        return sum(1 << self._shift[thing] for thing in candidate.things)

    def cleared(self, key: int, thing: int) -> int:
        return key & ~((1 << self.counts[thing].bit_length()) - 1 << self._shift[thing])


def _branch(branches: _Branches, candidate: Candidate, fields: _Fields, excess: float, enough: float) -> None:
    """Add to the branches those that choose a candidate, once or several times."""
    step = fields.one_each(candidate)
    for key, (most, chain) in list(branches.items()):
        while fields.free(key, candidate) and most - excess >= enough:
            key, most, chain = key + step, most - excess, (candidate, chain)
            if key not in branches or branches[key][0] < most:
                branches[key] = most, chain


def _hopeful(branches: _Branches, most: int) -> _Branches:
    """Return so many of the branches: those that can still gain the most."""
    return dict(sorted(branches.items(), key=lambda branch: -branch[1][0])[:most])


def _closed(branches: _Branches, thing: int, fields: _Fields, price: float, enough: float) -> _Branches:
    """Leave the rest of a thing unused, which loses its price, and forget the thing."""
    closed: _Branches = {}
    for key, (most, chain) in branches.items():
        most -= price * (fields.counts[thing] - fields.used(key, thing))
        key = fields.cleared(key, thing)
        if most >= enough and (key not in closed or closed[key][0] < most):
            closed[key] = most, chain
    return closed
