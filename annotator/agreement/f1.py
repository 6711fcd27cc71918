"""F1 of two annotators over spans, in the four ways in which spans can be the same (see `matching`)."""

from collections.abc import Sequence
from dataclasses import astuple

from annotator.agreement.finished import Finished
from annotator.agreement.matching import Matches, Score, matches, score
from annotator.agreement.ratio import Ratio
from annotator.agreement.resampling import Totals
from annotator.agreement.tally import Tally

WAYS = {"f1-exact": "exact", "f1-partial": "partial", "f1-type": "type", "f1-strict": "strict"}


class SpanTally(Tally):
    """How many spans two annotators have, and how many of them are the same."""

    def __init__(self, documents: Sequence[Finished], annotators: tuple[str, ...], label: str | None) -> None:
        first, second = annotators
        found = [astuple(matches(document.of(first, label), document.of(second, label))) for document in documents]
        columns = list(zip(*found, strict=True)) if found else [()] * 6
        super().__init__(documents, annotators, label, columns)

    def ratio(self, measure: str, totals: Totals) -> Ratio:
        counts = Matches(*totals)
        return int(getattr(counts, WAYS[measure])), counts.first + counts.second

    def score(self, measure: str) -> Score:
        """Return precision, recall and F1 of the second annotator if the first was right."""
        counts = Matches(*self.totals)
        return score(getattr(counts, WAYS[measure]), counts.first, counts.second)

    def undefined(self, measure: str) -> str:  # noqa: ARG002
        return "neither tagged anything" if self.label is None else f"neither used “{self.label}”"

    def items(self, measure: str) -> int:  # noqa: ARG002
        return sum(self.totals[:2])
