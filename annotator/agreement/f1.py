"""F1, precision and recall of two annotators over spans, in the four ways of `matching`."""

from collections.abc import Sequence
from dataclasses import astuple

from annotator.agreement.finished import Finished
from annotator.agreement.matching import Matches, matches
from annotator.agreement.ratio import Ratio
from annotator.agreement.resampling import Totals
from annotator.agreement.tally import Tally

_WAYS = ("exact", "partial", "type", "strict")
F1 = tuple(f"f1-{way}" for way in _WAYS)
DIRECTED = tuple(f"{name}-{way}" for name in ("precision", "recall") for way in _WAYS)
"""Of the annotator who is named first, if the second were right: gold is named second."""


class SpanTally(Tally):
    """How many spans two annotators have, and how many of them are the same."""

    def __init__(self, documents: Sequence[Finished], annotators: tuple[str, ...], label: str | None) -> None:
        first, second = annotators
        found = [astuple(matches(document.of(first, label), document.of(second, label))) for document in documents]
        columns = list(zip(*found, strict=True)) if found else [()] * 6
        super().__init__(documents, annotators, label, columns)

    def ratio(self, measure: str, totals: Totals) -> Ratio:
        """Return twice the matches by the spans that they are a part of, as `matching.score` does."""
        counts = Matches(*totals)
        name, _, way = measure.partition("-")
        spans = {"f1": counts.first + counts.second, "precision": 2 * counts.first, "recall": 2 * counts.second}
        return int(getattr(counts, way)), spans[name]

    def undefined(self, measure: str) -> str:
        first, second = self.totals[:2]
        if first or second:
            idle = self.annotators[0 if measure.startswith("precision") else 1]
            return f"{idle} tagged nothing" if self.label is None else f"{idle} never used “{self.label}”"
        return "neither tagged anything" if self.label is None else f"neither used “{self.label}”"

    def items(self, measure: str) -> int:  # noqa: ARG002
        return sum(self.totals[:2])
