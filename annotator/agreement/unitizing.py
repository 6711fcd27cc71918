"""The unitizing alphas: agreement on finding units in a continuum, apart from agreement on labelling them.

Krippendorff, Mathet, Bouvry and Widlöcher 2016, On the reliability of unitizing textual continua: further developments,
Quality & Quantity 50, pp. 2347-2364. Equation numbers below are theirs. A unit is a fragment of a span; between one
annotator's units lie gaps, so units of one annotator can't overlap. Several documents are one continuum: the counts
are added.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from annotator.agreement.finished import Finished
from annotator.agreement.ratio import UNDEFINED, Ratio, less_than_one
from annotator.agreement.resampling import Totals
from annotator.agreement.sweep import stretches
from annotator.agreement.tally import Tally

Unit = tuple[int, int, int]
"""Start, end (exclusive) and the place of its label among the labels, from 1; gaps are 0."""


@dataclass(frozen=True, slots=True)
class Coincidences:
    """What the alphas are made of, by label, gaps first. Lengths are characters.

    With m annotators the observed coincidences are `like`, `valued` and `crossed` divided by m - 1 (equation 1).
    """

    others: int
    """One less the annotators."""
    lengths: Sequence[int]
    """Of all annotators' units of a label, or gaps."""
    squares: Sequence[int]
    """What can't coincide by chance, being the same unit: the sum of squared lengths; for gaps of lengths (eq. 4)."""
    like: Sequence[int]
    """Lengths on which two annotators have the same label, over ordered pairs of annotators."""
    valued: Sequence[int]
    """Lengths of units of a label on which another annotator has any unit, over ordered pairs."""
    crossed: Sequence[int]
    """The squares of those, unit by unit (eq. 10)."""


def u_alpha(counts: Coincidences) -> Ratio:
    """Agreement on units, gaps and labels alike (equation 5)."""
    total = sum(counts.lengths)
    unlike = counts.others * total - sum(counts.like)
    expected = counts.others * total * (total * total - sum(length * length for length in counts.lengths))
    return less_than_one((unlike * (total * total - sum(counts.squares)), expected))


def u_alpha_given(counts: Coincidences) -> Ratio:
    """Agreement on what is in a unit and what is in a gap, whatever the label (equation 6, written |u-alpha)."""
    total, gaps = sum(counts.lengths), counts.lengths[0]
    unlike = counts.others * gaps - counts.like[0]
    expected = counts.others * total * gaps * (total - gaps)
    return less_than_one((unlike * (total * total - sum(counts.squares)), expected))


def cu_alpha(counts: Coincidences) -> Ratio:
    """Agreement on the labels where units meet, gaps left out (equations 10 and 11)."""
    total = sum(counts.valued)
    unlike = total - sum(counts.like[1:])
    pairable = _pairable(counts)
    if pairable <= 0:
        return UNDEFINED
    return less_than_one((unlike * pairable, total * (total * total - sum(each * each for each in counts.valued))))


def ku_alpha(counts: Coincidences, label: int) -> Ratio:
    """Agreement on one label where units meet, against all other labels (equation 13); `label` is its place."""
    total, mine = sum(counts.valued), counts.valued[label]
    unlike = mine - counts.like[label]
    pairable = mine * total - counts.others * counts.crossed[label]
    if pairable <= 0 or _pairable(counts) <= 0:
        return UNDEFINED
    return less_than_one((pairable * unlike, mine * mine * (total - mine)))


def _pairable(counts: Coincidences) -> int:
    """What equation 10 divides by, but for a factor. With few, far units of many annotators nothing or less is left."""
    return sum(counts.valued) ** 2 - counts.others * sum(counts.crossed)


def coincidences(document: Finished, annotators: Sequence[str], labels: Sequence[str]) -> Coincidences:
    """Return the coincidences of one document. Nobody's units of these labels may overlap: see `overlaps`."""
    size = len(labels) + 1
    lengths, squares, like, valued, crossed = ([0] * size for _ in range(5))
    for carried, length in stretches(document, annotators, _bits(labels)).items():
        for place in map(int.bit_length, carried):
            like[place] += length * (sum(each.bit_length() == place for each in carried) - 1)
    by_annotator = [units(document, name, labels) for name in annotators]
    covers = [Cover(mine) for mine in by_annotator]
    for place, mine in enumerate(by_annotator):
        lengths[0] += document.length - covers[place].length
        squares[0] += document.length - covers[place].length
        for start, end, label in mine:
            lengths[label] += end - start
            squares[label] += (end - start) ** 2
            for other, cover in enumerate(covers):
                if other != place:
                    shared = cover.before(end) - cover.before(start)
                    valued[label] += shared
                    crossed[label] += shared * shared
    return Coincidences(len(annotators) - 1, lengths, squares, like, valued, crossed)


def overlaps(document: Finished, annotator: str, labels: Sequence[str]) -> bool:
    """Whether two of an annotator's units of these labels overlap."""
    mine = units(document, annotator, labels)
    return any(following[0] < unit[1] for unit, following in pairwise(mine))


def units(document: Finished, annotator: str, labels: Sequence[str]) -> list[Unit]:
    """Return an annotator's units of these labels, in text order."""
    return sorted(_units(document, annotator, {label: place for place, label in enumerate(labels, 1)}))


def _units(document: Finished, annotator: str, places: dict[str, int]) -> Iterator[Unit]:
    for span in document.spans[annotator]:
        if span.label in places:
            for fragment in span.fragments:
                yield fragment.start, fragment.end, places[span.label]


def _bits(labels: Sequence[str]) -> dict[str, int]:
    return {label: 1 << place for place, label in enumerate(labels)}


class UnitTally(Tally):
    """The coincidences of units of one label, or of all labels."""

    def __init__(
        self, documents: Sequence[Finished], annotators: tuple[str, ...], label: str | None, labels: Sequence[str]
    ) -> None:
        """`labels` are those whose units are looked at: for a label by itself that one, else all."""
        self._labels = labels
        self.overlapping = [
            name for name in annotators if any(overlaps(document, name, labels) for document in documents)
        ]
        sound = () if self.overlapping else documents
        found = [_flat(coincidences(document, annotators, labels)) for document in sound]
        columns = list(zip(*found, strict=True)) if found else [(0,) * len(documents)] * (5 * self._size)
        super().__init__(documents, annotators, label, columns)
        self._units = sum(len(units(document, name, labels)) for document in documents for name in annotators)

    @property
    def _size(self) -> int:
        return len(self._labels) + 1

    def ratio(self, measure: str, totals: Totals) -> Ratio:
        size = self._size
        counts = Coincidences(len(self.annotators) - 1, *(totals[at : at + size] for at in range(0, 5 * size, size)))
        if measure == "ku-alpha":
            return ku_alpha(counts, self._labels.index(self.label) + 1) if self.label in self._labels else UNDEFINED
        return {"u-alpha": u_alpha, "u-alpha-given": u_alpha_given, "cu-alpha": cu_alpha}[measure](counts)

    def refused(self, measure: str) -> str | None:
        if problem := super().refused(measure):
            return problem
        if self.overlapping:
            of = f" of “{self._labels[0]}”" if len(self._labels) == 1 else ""
            who = ", ".join(self.overlapping)
            return f"spans{of} of one annotator overlap ({who}), and this measure needs spans that don’t"
        if measure == "cu-alpha" and self.label is not None:
            return "this measure compares labels with one another, so one label alone has none"
        if measure == "ku-alpha" and self.label is None:
            return "this measure is of one label at a time"
        return None

    def undefined(self, measure: str) -> str:
        who = "neither" if len(self.annotators) == 2 else "none of them"
        if not self._units:
            return f"{who} tagged anything" if len(self._labels) != 1 else f"{who} used “{self._labels[0]}”"
        size = self._size
        if measure in ("cu-alpha", "ku-alpha"):
            valued = self.totals[3 * size + 1 : 4 * size]
            if measure == "ku-alpha" and not (self.label in self._labels and valued[self._labels.index(self.label)]):
                return f"no span of “{self.label}” meets a span of somebody else"
            if not sum(valued):
                return "no two annotators’ spans meet"
            if sum(1 for each in valued if each) > 1:
                return "too few spans meet to say how often they would by chance"
            return "wherever spans meet, all have the same label, so chance would agree as well"
        return "all of the text is tagged by everybody with the same label, so chance would agree as well"

    def items(self, measure: str) -> int:  # noqa: ARG002
        return self._units


def _flat(counts: Coincidences) -> tuple[int, ...]:
    return (*counts.lengths, *counts.squares, *counts.like, *counts.valued, *counts.crossed)


class Cover:
    """The text that units cover, which don't overlap."""

    def __init__(self, mine: Sequence[Unit]) -> None:
        self._starts = [start for start, _, _ in mine]
        self._ends = [end for _, end, _ in mine]
        self._before = list(accumulate((end - start for start, end, _ in mine), initial=0))

    @property
    def length(self) -> int:
        return self._before[-1]

    def before(self, position: int) -> int:
        """Return how many covered characters lie before a position."""
        place = bisect_right(self._starts, position)
        if not place:
            return 0
        return self._before[place] - max(0, self._ends[place - 1] - position)
