"""Choosing the best set of candidates that don't compete: exact, with a limit.

Each candidate uses up one of some things and brings a gain; of each thing there are so many. A bound from prices (the
dual of the linear programme) proves most choices right at once and throws most candidates out; what is left is tried
by branch and bound, thing after thing, and two branches that have used the same are one.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_ROUNDING = 1e-9
_SWEEPS = (0.5, 1, 1)  # how far prices are lowered in each sweep
_FEW_CANDIDATES = 40  # are searched without sharper prices
_STEPS, _PATIENCE = 200, 8  # towards sharper prices; so many without a better bound halve the pace
_MOST_LOOKS = 500_000  # at candidates, for one means
_MOST_BRANCHES = 5_000  # kept at once; beyond that only the most promising, and the answer isn't proven
_FEW_BRANCHES = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """Uses one each of `things` (ascending) and gains `gain`, more than 0."""

    things: tuple[int, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class Packing:
    """The chosen candidates, one again for each time it is used; `proven` unless the limits cut the search short."""

    chosen: tuple[Candidate, ...]
    proven: bool

    @property
    def gain(self) -> float:
        return _gain(self.chosen)


@dataclass(slots=True)
class _Prices:
    """A price for each thing, so that no candidate gains more than its things cost: their sum bounds every gain."""

    counts: Sequence[int]
    of: dict[int, float] = field(default_factory=dict)

    def excess(self, candidate: Candidate) -> float:
        """How much less than its things cost a candidate gains."""
        excess = -candidate.gain
        for thing in candidate.things:  # the innermost loop of all
            excess += self.of[thing]
        return excess

    @property
    def bound(self) -> float:
        return sum(price * self.counts[thing] for thing, price in self.of.items())


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
    if len(candidates) == 1:
        return Packing((candidates[0],) * min(counts[thing] for thing in candidates[0].things), proven=True)
    prices = _priced(counts, candidates)
    known = _greedy(counts, candidates, prices)
    for means in range(3):
        if means == 1:
            known = _improved(counts, candidates, known, deadline)
        elif means == 2 and len(candidates) > _FEW_CANDIDATES:
            prices = _sharpened(prices, candidates, _gain(known), deadline)
        slack = prices.bound - _gain(known)
        if slack <= _ROUNDING * len(candidates):
            return Packing(tuple(known), proven=True)
        # Who chooses a candidate loses its excess: what loses more than there is to gain is in no best choice.
        hopeful = [candidate for candidate in candidates if prices.excess(candidate) <= slack + _ROUNDING]
        if len(hopeful) < len(candidates):
            return pack(counts, hopeful, deadline)
    return _searched(counts, candidates, prices, known, deadline)


def _gain(chosen: Iterable[Candidate]) -> float:
    return sum(candidate.gain for candidate in chosen)


def _priced(counts: Sequence[int], candidates: Sequence[Candidate]) -> _Prices:
    """Return prices that are low, quickly found: at first each candidate's gain is shared by its things."""
    prices = _Prices(counts)
    for candidate in candidates:
        share = candidate.gain / len(candidate.things)
        for thing in candidate.things:
            prices.of[thing] = max(prices.of.get(thing, 0.0), share)
    _lower(prices, candidates, _SWEEPS)
    return prices


def _lower(prices: _Prices, candidates: Sequence[Candidate], sweeps: Sequence[float]) -> None:
    """Lower one price after the other to the least that the others leave possible, or a part of the way."""
    using: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        for thing in candidate.things:
            using.setdefault(thing, []).append(candidate)
    order = sorted(using)
    for sweep, part in enumerate(sweeps):
        for thing in order if sweep % 2 == 0 else reversed(order):
            least = prices.of[thing]
            for candidate in using[thing]:
                least = min(least, prices.excess(candidate))
                if least <= 0:
                    break
            else:
                prices.of[thing] -= part * least


def _sharpened(prices: _Prices, candidates: Sequence[Candidate], known: float, deadline: float | None) -> _Prices:
    """Return prices nearer to the lowest: down where things lie idle, up where they are wanted more often than there.

    Held, Wolfe and Crowder 1974, Validation of subgradient optimization, Mathematical Programming 6. On the way a
    candidate may gain more than it costs; the bound then has that too.
    """
    counts = prices.counts
    price, best, best_bound = dict(prices.of), prices.of, prices.bound
    pace, failed = 1.0, 0
    for _ in range(min(_STEPS, _MOST_LOOKS // len(candidates))):
        idle = {thing: counts[thing] for thing in price}
        bound = sum(price[thing] * counts[thing] for thing in price)
        for candidate in candidates:
            profit = candidate.gain - sum(price[thing] for thing in candidate.things)
            if profit > 0:
                times = min(counts[thing] for thing in candidate.things)
                bound += times * profit
                for thing in candidate.things:
                    idle[thing] -= times
        failed = 0 if bound < best_bound - _ROUNDING else failed + 1
        if not failed:
            best, best_bound = price, bound
        elif failed > _PATIENCE:
            pace, failed = pace / 2, 0
        steep = sum(idle[thing] ** 2 for thing in price if idle[thing] < 0 or price[thing] > 0)
        if not steep or bound - known <= _ROUNDING or _late(deadline):
            break
        step = pace * (bound - known) / steep
        price = {thing: max(0.0, price[thing] - step * idle[thing]) for thing in price}
    return _affordable(_Prices(counts, dict(best)), candidates, prices)


def _affordable(prices: _Prices, candidates: Sequence[Candidate], before: _Prices) -> _Prices:
    """Raise prices until no candidate gains more than it costs; return those before if they were lower after all."""
    for candidate in candidates:
        lack = -prices.excess(candidate)
        if lack > 0:
            for thing in candidate.things:
                prices.of[thing] += lack / len(candidate.things)
    _lower(prices, candidates, (1, 1))
    return prices if prices.bound < before.bound else before


def _greedy(counts: Sequence[int], candidates: Iterable[Candidate], prices: _Prices) -> list[Candidate]:
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
            if looks > _MOST_LOOKS or _late(deadline):
                return held.chosen
            out = held.in_the_way(candidate)
            freed = dict.fromkeys(thing for each in out for thing in each.things if thing not in candidate.things)
            gained = candidate.gain - sum(each.gain for each in out)
            if gained + sum(using[thing][0].gain for thing in freed) <= _ROUNDING:
                continue
            held.exchange(out, [candidate])
            fitting = []
            for thing in freed:
                looks += len(using[thing])
                while (fit := next((each for each in using[thing] if held.fits(each)), None)) is not None:
                    fitting.append(fit)
                    held.exchange([], [fit])
            if gained + sum(each.gain for each in fitting) > _ROUNDING:
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
    prices: _Prices,
    known: Sequence[Candidate],
    deadline: float | None,
) -> Packing:
    things = sorted(prices.of)
    fields = _Fields(counts, things)
    starting: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        starting.setdefault(candidate.things[0], []).append(candidate)
    best = _gain(known)
    branches: _Branches = {0: (prices.bound, None)}
    proven, most = True, _MOST_BRANCHES
    for thing in things:
        for candidate in starting.get(thing, ()):
            _branch(branches, candidate, fields, prices.excess(candidate), best - _ROUNDING)
            if len(branches) > most or _late(deadline):
                proven, most = False, _FEW_BRANCHES
                branches = _hopeful(branches, 1 if _late(deadline) else _FEW_BRANCHES)
        branches = _closed(branches, thing, fields, prices.of[thing], best - _ROUNDING)
    gain, chain = max(branches.values(), key=lambda branch: branch[0], default=(0.0, None))
    if gain <= best + _ROUNDING:
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


def _late(deadline: float | None) -> bool:
    return deadline is not None and time.monotonic() > deadline


def _closed(branches: _Branches, thing: int, fields: _Fields, price: float, enough: float) -> _Branches:
    """Leave the rest of a thing unused, which loses its price, and forget the thing."""
    closed: _Branches = {}
    for key, (most, chain) in branches.items():
        most -= price * (fields.counts[thing] - fields.used(key, thing))
        key = fields.cleared(key, thing)
        if most >= enough and (key not in closed or closed[key][0] < most):
            closed[key] = most, chain
    return closed
