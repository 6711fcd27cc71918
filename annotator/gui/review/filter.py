"""What of the queue is listed, and what concerns which annotators."""

from collections.abc import Collection
from dataclasses import dataclass

from annotator.domain.review import ReviewItem


@dataclass(frozen=True, slots=True)
class Filter:
    """What is listed: of one document, of one label, what two annotators differ in; None and empty for everything."""

    document: str | None = None
    label: str | None = None
    pair: tuple[str, ...] = ()

    def takes(self, item: ReviewItem, label: str) -> bool:
        """Whether an item, about this label, is listed as far as label and annotators go."""
        if self.label is not None and label != self.label and all(s.label != self.label for s in item.spans):
            return False
        return not self.pair or differs(item, self.pair)


def differs(item: ReviewItem, pair: Collection[str]) -> bool:
    """Whether an item concerns a pair of annotators: what both have a part in."""
    there = {span.annotator for span in item.spans} | set(item.absent)
    return set(pair) <= there and any(span.annotator in pair for span in item.spans)
