"""The measures by name, and the figures of a project's finished documents.

Gold is never measured here: the spans are the annotators' own. A pairwise measure of more than two annotators is the
plain mean over the pairs; pairs that share no document don't enter it, and where a pair that does has no value the
mean has none.
"""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from annotator.agreement import gamma as gammas
from annotator.agreement.characters import TAGGED, CharacterTally
from annotator.agreement.f1 import DIRECTED, F1, SpanTally
from annotator.agreement.figure import Figure
from annotator.agreement.finished import Finished, by_all, labels_used
from annotator.agreement.resampling import interval
from annotator.agreement.sweep import stretches
from annotator.agreement.tally import Tally, listed
from annotator.agreement.unitizing import UnitTally
from annotator.errors import NotFound

CODING = ("cohen", "fleiss", "alpha")
UNITIZING = ("u-alpha", "u-alpha-given", "cu-alpha", "ku-alpha")
GAMMA = "gamma"
QUICK = (*F1, *CODING, *(name + TAGGED for name in CODING), *UNITIZING)
"""What is computed unless something else is asked for: gamma takes its time, precision and recall take a side."""
AGAINST_GOLD = (*QUICK, *DIRECTED)
"""What is computed of annotators against gold unless something else is asked for."""
MEASURES = (*AGAINST_GOLD, GAMMA)
SPANS = (*F1, *DIRECTED)
_PAIRWISE = {*SPANS, "cohen", "cohen" + TAGGED}
_BY_LABEL_ALONE = "ku-alpha"


def checked(measure: str) -> str:
    """Return the name of a measure. Raises NotFound, with the nearest name as a suggestion."""
    if measure in MEASURES:
        return measure
    near = difflib.get_close_matches(measure, MEASURES, n=1, cutoff=0.5)
    hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(MEASURES)}."
    raise NotFound(f"There is no measure “{measure}”. {hint}")


def figures(
    documents: Iterable[Finished],
    measures: Sequence[str],
    labels: Sequence[str | None],
    annotators: Sequence[str],
    *,
    seconds: float | None = None,
    progress: gammas.Progress | None = None,
    codebook: Sequence[str] = (),
) -> Iterator[Figure]:
    """Yield the figures of each measure and label: of all these annotators first, then of each pair.

    `labels` holds None for all labels together. A measure of single labels alone has then a figure for each label of
    the `codebook`. `seconds` and `progress` are for each gamma. With fewer than two annotators the figures are n/a.
    """
    survey = Survey(documents, seconds=seconds, progress=progress)
    everybody = tuple(annotators)
    groups = [everybody, *combinations(everybody, 2)] if len(everybody) > 2 else [everybody]
    for measure in measures:
        wanted = list(labels)
        if measure == _BY_LABEL_ALONE and None in wanted and any(map(survey.units_apart, groups)):
            wanted = list(codebook) or wanted
        for label in wanted:
            for group in groups:
                yield survey.figure(measure, label, group)


class Survey:
    """Finished documents with what was counted in them so far: measures that count the same count it once."""

    def __init__(
        self,
        documents: Iterable[Finished],
        *,
        seconds: float | None = None,
        progress: gammas.Progress | None = None,
    ) -> None:
        self._documents = [document for document in documents if len(document.spans) > 1]
        self._labels = labels_used(self._documents)
        bits = {label: 1 << place for place, label in enumerate(self._labels)}
        self._bits = bits
        self._carried = {each.document: stretches(each, list(each.spans), bits) for each in self._documents}
        self._tallies: dict[object, Tally] = {}
        self._seconds = seconds
        self._progress = progress

    def figure(self, measure: str, label: str | None, annotators: tuple[str, ...]) -> Figure:
        """Return one figure. Raises NotFound for a measure that doesn't exist."""
        checked(measure)
        if len(annotators) < 2:
            return Figure(measure, label, annotators, None, "no document was finished by two annotators", 0, 0)
        if measure == GAMMA:
            shared = by_all(self._documents, annotators)
            return gammas.gamma(shared, annotators, label, seconds=self._seconds, progress=self._progress)
        if measure in _PAIRWISE and len(annotators) > 2:
            return self._mean(measure, label, annotators)
        return self._tally(measure, label, annotators).figure(measure)

    def units_apart(self, annotators: tuple[str, ...]) -> bool:
        """Whether nobody's own spans overlap, so that single labels have figures where all together have none."""
        if len(annotators) < 2:
            return False
        tally = self._tally(_BY_LABEL_ALONE, None, annotators)
        return isinstance(tally, UnitTally) and bool(tally.documents) and not tally.overlapping

    def _tally(self, measure: str, label: str | None, annotators: tuple[str, ...]) -> Tally:
        kind = _kind(measure)
        key = kind, label, annotators
        if key not in self._tallies:
            self._tallies[key] = self._counted(kind, label, annotators)
        return self._tallies[key]

    def _counted(self, kind: str, label: str | None, annotators: tuple[str, ...]) -> Tally:
        documents = by_all(self._documents, annotators)
        if kind == "f1":
            return SpanTally(documents, annotators, label)
        if kind == "coding":
            carried = [self._carried[document.document] for document in documents]
            bit = None if label is None else self._bits.get(label, 0)
            return CharacterTally(documents, carried, annotators, label, bit)
        alone = kind == "unitizing" and label is not None
        return UnitTally(documents, annotators, label, [label] if alone and label is not None else self._labels)

    def _mean(self, measure: str, label: str | None, annotators: tuple[str, ...]) -> Figure:
        tallies = [self._tally(measure, label, pair) for pair in combinations(annotators, 2)]
        tallies = [tally for tally in tallies if tally.documents]
        together = [each for each in self._documents if sum(name in each.spans for name in annotators) > 1]
        items = self._items(measure, label, annotators, together)

        def figure(value: float | None, reason: str | None, samples: Sequence[float | None] = ()) -> Figure:
            low, high = interval(samples)
            return Figure(measure, label, annotators, value, reason, len(together), items, low, high)

        if not tallies:
            return figure(None, "no document was finished by two of them")
        values = [tally.value(measure) for tally in tallies]
        for tally, value in zip(tallies, values, strict=True):
            if value is None:
                return figure(None, f"{listed(tally.annotators)}: {tally.reason(measure)}")
        mean = sum((value for value in values if value is not None), Fraction()) / len(values)
        names = [document.document for document in together]
        by_pair = [tally.sampled(measure, names) for tally in tallies]
        return figure(float(mean), None, [_mean_of(row) for row in zip(*by_pair, strict=True)])

    def _items(self, measure: str, label: str | None, annotators: Sequence[str], documents: Sequence[Finished]) -> int:
        if measure in SPANS:
            there = ((document, name) for document in documents for name in annotators if name in document.spans)
            return sum(len(document.of(name, label)) for document, name in there)
        if not measure.endswith(TAGGED):
            return sum(document.length for document in documents)
        return sum(self._tagged(document, annotators) for document in documents)

    def _tagged(self, document: Finished, annotators: Sequence[str]) -> int:
        """Return how many characters any of these annotators tagged."""
        mine = [place for place, name in enumerate(document.spans) if name in annotators]
        carried = self._carried[document.document].items()
        return sum(length for labels, length in carried if any(labels[place] for place in mine))


def _kind(measure: str) -> str:
    """Return what a measure counts; measures of one kind share their counts."""
    if measure in SPANS:
        return "f1"
    if measure == _BY_LABEL_ALONE:
        return "unitizing by label"
    return "unitizing" if measure in UNITIZING else "coding"


def _mean_of(values: Sequence[float | None]) -> float | None:
    """Return the mean of the pairs that have a value in a sample."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
