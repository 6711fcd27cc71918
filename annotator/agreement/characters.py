"""Agreement over characters: the kappas and alpha of a text, each character being an item.

For one label a character carries it or not; for all labels together its category is the set of labels on it, and none
is a category too. The `-tagged` variants leave out what none of the annotators tagged with anything.
"""

from collections.abc import Sequence
from operator import itemgetter

from annotator.agreement import coding
from annotator.agreement.finished import Finished
from annotator.agreement.ratio import Ratio
from annotator.agreement.resampling import Totals
from annotator.agreement.sweep import Stretches
from annotator.agreement.tally import Tally

TAGGED = "-tagged"
_COUNTS = 3  # columns before the categories: characters, like pairs, characters that nobody tagged


class CharacterTally(Tally):
    """How often which annotator gave characters which category.

    `carried` has, by document, what its characters carry by each of those who finished it, in the order of their names
    in `Finished.spans`; `bit` is that of the label, None for all labels.
    """

    def __init__(
        self,
        documents: Sequence[Finished],
        carried: Sequence[Stretches],
        annotators: tuple[str, ...],
        label: str | None,
        bit: int | None,
    ) -> None:
        rows = [_row(document, table, annotators, bit) for document, table in zip(documents, carried, strict=True)]
        categories = sorted({category for *_, used in rows for category in used} | {0})
        by_annotator = [[used.get(c, (0,) * len(annotators)) for c in categories] for *_, used in rows]
        columns = [list(map(itemgetter(count), rows)) for count in range(_COUNTS)]
        if len(annotators) == 2:
            for place in (0, 1):
                columns += [[used[at][place] for used in by_annotator] for at in range(len(categories))]
        else:  # who used which category matters to a pair alone
            columns += [[sum(used[at]) for used in by_annotator] for at in range(len(categories))]
        super().__init__(documents, annotators, label, columns)
        self._categories = len(categories)

    def ratio(self, measure: str, totals: Totals) -> Ratio:
        count, like, margins = self._counts(measure, totals)
        if measure.startswith("cohen"):
            return coding.cohen(count, like // 2, *margins)
        people = len(self.annotators)
        used = list(map(sum, zip(*margins, strict=True)))
        if measure.startswith("fleiss"):
            return coding.fleiss(count, people, like, used)
        return coding.alpha(count * people, like, people - 1, used)

    def _counts(self, measure: str, totals: Totals) -> tuple[int, int, list[list[int]]]:
        """Return the characters, the ordered pairs of like judgements, and how often each category was used.

        That is by annotator where there are two, else by all together.
        """
        count, like, untagged = totals[:_COUNTS]
        people, size = len(self.annotators), self._categories
        margins = [list(totals[at : at + size]) for at in range(_COUNTS, len(totals), size)]
        if measure.endswith(TAGGED):
            count -= untagged
            like -= untagged * people * (people - 1)
            for margin in margins:
                margin[0] -= untagged * people // len(margins)  # sorted, no label comes first
        return count, like, margins

    def undefined(self, measure: str) -> str:
        count, _, untagged = self.totals[:_COUNTS]
        who = "neither" if len(self.annotators) == 2 else "none of them"
        if count == untagged:
            return f"{who} tagged anything"
        _, _, margins = self._counts(measure, self.totals)
        if self.label is not None and not any(sum(margin[1:]) for margin in margins):
            return f"{who} used “{self.label}”"
        text = "all of the tagged text" if measure.endswith(TAGGED) else "all of the text"
        return f"all gave {text} one and the same category, so chance would agree as well"

    def items(self, measure: str) -> int:
        return self.totals[0] - (self.totals[2] if measure.endswith(TAGGED) else 0)


_Row = tuple[int, int, int, dict[int, tuple[int, ...]]]


def _row(document: Finished, carried: Stretches, annotators: Sequence[str], bit: int | None) -> _Row:
    """Return one document's characters, like pairs, untagged characters, and by category its use by annotator."""
    order = {name: place for place, name in enumerate(document.spans)}
    mine = itemgetter(*(order[name] for name in annotators))
    like = untagged = 0
    used: dict[int, list[int]] = {}
    for everybody, length in carried.items():
        labels = mine(everybody)
        if not any(labels):
            untagged += length
        categories = labels if bit is None else tuple(int(bool(each & bit)) for each in labels)
        like += length * coding.like_pairs(categories)
        for place, category in enumerate(categories):
            if category not in used:
                used[category] = [0] * len(annotators)
            used[category][place] += length
    return document.length, like, untagged, {category: tuple(counts) for category, counts in used.items()}
