"""Prices for what candidates compete for: their sum is a bound that no choice of candidates can gain more than.

The dual of the linear programme of choosing. Prices that are low enough prove a good choice to be the best one.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

ROUNDING = 1e-9
MOST_LOOKS = 500_000  # at candidates, for one means
_SWEEPS = (0.5, 1, 1)  # how far prices are lowered in each sweep
_STEPS, _PATIENCE = 200, 8  # towards sharper prices; so many without a better bound halve the pace


@dataclass(frozen=True, slots=True)
class Candidate:
    """Uses one each of `things` (ascending) and gains `gain`, more than 0."""

    things: tuple[int, ...]
    gain: float


@dataclass(slots=True)
class Prices:
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


def priced(counts: Sequence[int], candidates: Sequence[Candidate]) -> Prices:
    """Return prices that are low, quickly found: at first each candidate's gain is shared by its things."""
    prices = Prices(counts)
    for candidate in candidates:
        share = candidate.gain / len(candidate.things)
        for thing in candidate.things:
            prices.of[thing] = max(prices.of.get(thing, 0.0), share)
    _lower(prices, candidates, _SWEEPS)
    return prices


def _lower(prices: Prices, candidates: Sequence[Candidate], sweeps: Sequence[float]) -> None:
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


def sharpened(prices: Prices, candidates: Sequence[Candidate], known: float, deadline: float | None) -> Prices:
    """Return prices nearer to the lowest: down where things lie idle, up where they are wanted more often than there.

    Held, Wolfe and Crowder 1974, Validation of subgradient optimization, Mathematical Programming 6. On the way a
    candidate may gain more than it costs; the bound then has that too.
    """
    counts = prices.counts
    price, best, best_bound = dict(prices.of), prices.of, prices.bound
    pace, failed = 1.0, 0
    for _ in range(min(_STEPS, MOST_LOOKS // len(candidates))):
        idle = {thing: counts[thing] for thing in price}
        bound = sum(price[thing] * counts[thing] for thing in price)
        for candidate in candidates:
            profit = candidate.gain - sum(price[thing] for thing in candidate.things)
            if profit > 0:
                times = min(counts[thing] for thing in candidate.things)
                bound += times * profit
                for thing in candidate.things:
                    idle[thing] -= times
        failed = 0 if bound < best_bound - ROUNDING else failed + 1
        if not failed:
            best, best_bound = price, bound
        elif failed > _PATIENCE:
            pace, failed = pace / 2, 0
        steep = sum(idle[thing] ** 2 for thing in price if idle[thing] < 0 or price[thing] > 0)
        if not steep or bound - known <= ROUNDING or late(deadline):
            break
        step = pace * (bound - known) / steep
        price = {thing: max(0.0, price[thing] - step * idle[thing]) for thing in price}
    return _affordable(Prices(counts, dict(best)), candidates, prices)


def _affordable(prices: Prices, candidates: Sequence[Candidate], before: Prices) -> Prices:
    """Raise prices until no candidate gains more than it costs; return those before if they were lower after all."""
    for candidate in candidates:
        lack = -prices.excess(candidate)
        if lack > 0:
            for thing in candidate.things:
                prices.of[thing] += lack / len(candidate.things)
    _lower(prices, candidates, (1, 1))
    return prices if prices.bound < before.bound else before


def gain_of(chosen: Iterable[Candidate]) -> float:
    """Return what a choice gains."""
    return sum(candidate.gain for candidate in chosen)


def late(deadline: float | None) -> bool:
    """Whether a deadline, by `time.monotonic`, has passed."""
    return deadline is not None and time.monotonic() > deadline
