"""Counts by document behind a figure: added up for the value, drawn anew for its interval."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from annotator.agreement.figure import Figure
from annotator.agreement.finished import Finished
from annotator.agreement.ratio import Ratio, exact, rounded
from annotator.agreement.resampling import Totals, interval, resampled


class Tally(ABC):
    """What some measures count in the documents that all of `annotators` finished: one column a count."""

    def __init__(
        self,
        documents: Sequence[Finished],
        annotators: tuple[str, ...],
        label: str | None,
        columns: Sequence[Sequence[int]],
    ) -> None:
        self.documents = tuple(document.document for document in documents)
        self.annotators = annotators
        self.label = label
        self.columns = columns
        self._sampled: dict[str, list[float | None]] = {}

    @abstractmethod
    def ratio(self, measure: str, totals: Totals) -> Ratio:
        """Return a measure of the totals of the columns."""

    @abstractmethod
    def undefined(self, measure: str) -> str:
        """Return why the measure is undefined, without a full stop."""

    @abstractmethod
    def items(self, measure: str) -> int:
        """Return how many items the measure compares."""

    @cached_property
    def totals(self) -> Totals:
        return tuple(map(sum, self.columns))

    @cached_property
    def _samples(self) -> list[Totals]:
        return resampled(self.columns)

    def refused(self, measure: str) -> str | None:  # noqa: ARG002 - others need it
        """Return why the measure can't be computed at all, or None."""
        return None if self.documents else nothing_shared(self.annotators)

    def value(self, measure: str) -> Fraction | None:
        """Return the measure, exactly; None where it is undefined."""
        return None if self.refused(measure) else exact(self.ratio(measure, self.totals))

    def reason(self, measure: str) -> str:
        """Return why there is no value."""
        return self.refused(measure) or self.undefined(measure)

    def sampled(self, measure: str, documents: Sequence[str] | None = None) -> list[float | None]:
        """Return the measure in each sample, out of the tally's own documents or of more."""
        if documents is None or tuple(documents) == self.documents:
            if measure not in self._sampled:
                self._sampled[measure] = [rounded(self.ratio(measure, totals)) for totals in self._samples]
            return self._sampled[measure]
        place = {document: at for at, document in enumerate(self.documents)}
        order = [place.get(document, -1) for document in documents]
        samples = resampled([[column[at] if at >= 0 else 0 for at in order] for column in self.columns])
        return [rounded(self.ratio(measure, totals)) for totals in samples]

    def figure(self, measure: str) -> Figure:
        """Return the figure of a measure."""
        value = self.value(measure)
        low, high = (None, None) if value is None else interval(self.sampled(measure))
        return Figure(
            measure,
            self.label,
            self.annotators,
            None if value is None else float(value),
            self.reason(measure) if value is None else None,
            len(self.documents),
            self.items(measure) if self.documents else 0,
            low,
            high,
        )


def nothing_shared(annotators: Sequence[str]) -> str:
    """The reason where a group has no document in common."""
    return f"no document was finished by {'both' if len(annotators) == 2 else 'all of them'}"


def listed(names: Sequence[str]) -> str:
    """Return `kim`, `kim and lee`, `kim, lee and max`."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
