"""Gamma: agreement on where spans are and on their labels at once, by the best alignment, adjusted for chance.

Mathet, Widlöcher and Métivier 2015 (see `dissimilarity`). Gamma is 1 less the observed by the expected disorder
(section 4.4). What chance does is sampled (section 5.2): for each annotator of a sample somebody's spans of the same
document, moved along it by a random distance, round the end to the beginning. Over several documents the disorders and
the numbers of spans are added before they are divided.
"""

import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from annotator.agreement.alignment import align
from annotator.agreement.dissimilarity import Unit
from annotator.agreement.figure import Figure
from annotator.agreement.finished import Finished
from annotator.agreement.resampling import interval, resampled_sums
from annotator.agreement.tally import nothing_shared
from annotator.domain.span import Span

_SEED = 2015
_FIRST_SAMPLES, _MOST_SAMPLES = 30, 1000
_PRECISION, _CONFIDENCE = 0.02, 1.96  # of the expected disorder (section 5.3)
_TRIES = 100  # for a shift that is not too near another

Units = Sequence[Sequence[Unit]]
"""By annotator."""
Progress = Callable[[int], None]


class _TooLong(Exception):
    pass


class _NotProven(Exception):
    pass


@dataclass(frozen=True, slots=True)
class _Disorder:
    """The disorder of the best alignment and the number of units it aligns."""

    sum: float
    units: int


def gamma(
    documents: Sequence[Finished],
    annotators: tuple[str, ...],
    label: str | None = None,
    *,
    seconds: float | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Return gamma of the documents that all of these annotators finished.

    It is n/a where it takes longer than `seconds`, or where some alignment couldn't be proven to be the best.
    `progress` hears how many alignments are done.
    """
    by_document = [[units_of(document.of(name, label)) for name in annotators] for document in documents]
    count = sum(len(units) for by_annotator in by_document for units in by_annotator)

    def figure(value: float | None, reason: str | None, low: float | None = None, high: float | None = None) -> Figure:
        return Figure("gamma", label, annotators, value, reason, len(documents), count, low, high)

    if not documents:
        return figure(None, nothing_shared(annotators))
    if not count:
        who = "neither" if len(annotators) == 2 else "none of them"
        return figure(None, f"{who} tagged anything" if label is None else f"{who} used “{label}”")
    lengths = [document.length for document in documents]
    work = _Work(None if seconds is None else time.monotonic() + seconds, progress)
    try:
        observed = [work.disorder(units) for units in by_document]
        samples = work.samples(by_document, lengths)
    except _TooLong:
        return figure(None, f"it took longer than {seconds:g} seconds")
    except _NotProven:
        return figure(None, "so many spans lie upon each other that no alignment could be proven to be the best")
    value = _gamma(_pooled(observed), [pooled for sample in samples if (pooled := _pooled(sample)) is not None])
    if value is None:
        return figure(None, "chance would agree as well")
    return figure(value, None, *_interval(observed, samples[:_FIRST_SAMPLES]))


def units_of(spans: Iterable[Span]) -> list[Unit]:
    """Return what gamma sees of spans."""
    return [Unit(tuple((part.start, part.end) for part in span.fragments), span.label) for span in spans]


def sample(by_annotator: Units, length: int, source: random.Random) -> list[list[Unit]]:
    """Return as many annotators as there are, each with the units of one of them moved by a random distance.

    No two are moved nearly alike: their distances differ by an average unit's length at least, where that is possible
    (section 5.2.1).
    """
    units = [unit for mine in by_annotator for unit in mine]
    if not units:
        return [[] for _ in by_annotator]
    apart = sum(unit.length for unit in units) / len(units)
    moves: list[int] = []
    for _ in by_annotator:
        move = source.randrange(length)
        for _ in range(_TRIES):
            if all(apart <= abs(move - other) <= length - apart for other in moves):
                break
            move = source.randrange(length)
        moves.append(move)
    return [[_moved(unit, move, length) for unit in source.choice(by_annotator)] for move in moves]


def _moved(unit: Unit, by: int, length: int) -> Unit:
    shift = by if unit.start + by < length else by - length
    return Unit(tuple((start + shift, end + shift) for start, end in unit.fragments), unit.label)


class _Work:
    """The alignments, one after the other, within the time."""

    def __init__(self, deadline: float | None, progress: Progress | None) -> None:
        self._deadline = deadline
        self._progress = progress
        self._done = 0

    def disorder(self, by_annotator: Units) -> _Disorder:
        alignment = align(by_annotator, self._deadline)
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise _TooLong
        if not alignment.proven:
            raise _NotProven
        self._done += 1
        if self._progress:
            self._progress(self._done)
        return _Disorder(alignment.disorder, sum(map(len, by_annotator)))

    def samples(self, by_document: Sequence[Units], lengths: Sequence[int]) -> list[list[_Disorder]]:
        """Return the disorders by sample and document, of as many samples as the wished precision needs (5.3)."""
        source = random.Random(_SEED)

        def one() -> list[_Disorder]:
            pairs = zip(by_document, lengths, strict=True)
            return [self.disorder(sample(units, length, source)) for units, length in pairs]

        samples = [one() for _ in range(_FIRST_SAMPLES)]
        pooled = [each for each in map(_pooled, samples) if each is not None]
        if pooled and (mean := _mean(pooled)):
            spread = sqrt(_mean([(each - mean) ** 2 for each in pooled]))
            needed = ceil((spread / mean * _CONFIDENCE / _PRECISION) ** 2)
            samples += [one() for _ in range(min(needed, _MOST_SAMPLES) - _FIRST_SAMPLES)]
        return samples


def _pooled(disorders: Iterable[_Disorder]) -> float | None:
    """Return the disorder by unit; None where a sample happens to have no unit at all."""
    together = list(disorders)
    units = sum(each.units for each in together)
    return sum(each.sum for each in together) / units if units else None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _gamma(observed: float | None, expected: Sequence[float]) -> float | None:
    if observed is None or not expected or not (mean := _mean(expected)):
        return None
    return 1 - observed / mean


def _interval(
    observed: Sequence[_Disorder], samples: Sequence[Sequence[_Disorder]]
) -> tuple[float | None, float | None]:
    """Return the interval over documents; each document brings its own samples along."""
    rows = [observed, *samples]
    columns = [[each.sum for each in row] for row in rows] + [[float(each.units) for each in row] for row in rows]
    values = []
    for totals in resampled_sums(columns):
        by_unit = [
            total / units for total, units in zip(totals[: len(rows)], totals[len(rows) :], strict=True) if units
        ]
        values.append(_gamma(by_unit[0], by_unit[1:]) if totals[len(rows)] else None)
    return interval(values)
