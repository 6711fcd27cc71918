"""The items of a review as they stand: spans that belong together, with what was decided on them."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from annotator.domain.document import Document
from annotator.domain.review import Candidate, Decision, Kind, ReviewItem
from annotator.storage import reviews
from annotator.storage.review_material import Material

T = TypeVar("T")
_MOST, _LENGTH = 50, 100_000  # documents, code points of them all
_ID_LENGTH = 12  # hexadecimal digits of an item's id


class Reviewed:
    """What a review of one document stands on, read in one state."""

    def __init__(self, document: str, read: Material) -> None:
        self.document, self.spans, self.signs, self.gold = document, read.spans, read.signs, read.gold
        self.live = [each for each in read.decisions if each.superseded is None]
        self.superseded = [each for each in read.decisions if each.superseded is not None]


def in_batches(
    documents: Iterable[tuple[Document, T]], most: int = _MOST, most_length: int = _LENGTH
) -> Iterator[list[tuple[Document, T]]]:
    """Yield documents some at a time, so few, and so short together, that reading them holds nobody up."""
    some: list[tuple[Document, T]] = []
    length = 0
    for each in documents:
        if some and (len(some) == most or length + each[0].length > most_length):
            yield some
            some, length = [], 0
        some.append(each)
        length += each[0].length
    if some:
        yield some


def item_of(
    read: Reviewed, kind: Kind, groups: Sequence[Sequence[str]], absent: tuple[str, ...], *, alone: bool
) -> ReviewItem:
    candidates = tuple(Candidate(tuple(read.spans[key] for key in group)) for group in groups)
    spans = [span for candidate in candidates for span in candidate.spans]
    sources = tuple(reviews.source_of(span, read.signs[span.id]) for span in spans)
    now = {(source.span, source.print) for source in sources}
    keys = {span.id for span in spans}
    live = [each for each in read.live if keys & {source.span for source in each.sources}]
    holds = next((each for each in live if _holds(each, now, absent, read.gold, alone=alone)), None)
    past = [each for each in (*live, *read.superseded) if each is not holds]
    earlier = tuple(each for each in past if keys & {source.span for source in each.sources})
    return ReviewItem(_id(read.document, keys), read.document, kind, candidates, absent, sources, holds, earlier)


def item_again(read: Reviewed, item: ReviewItem, *, alone: bool) -> ReviewItem:
    groups = [[span.id for span in candidate.spans] for candidate in item.candidates]
    return item_of(read, item.kind, groups, item.absent, alone=alone)


def _holds(
    decision: Decision, now: set[tuple[str, str]], absent: tuple[str, ...], gold: Collection[str], *, alone: bool
) -> bool:
    """Whether a decision is on what an item is now; of one annotator's span, whether it was among what was decided."""
    if decision.result and decision.result.span not in gold:
        return False
    decided = {(source.span, source.print) for source in decision.sources}
    return now <= decided if alone else now == decided and set(decision.absent) == set(absent)


def without_spans(
    read: Reviewed, items: Sequence[ReviewItem], done: Collection[str], *, alone: bool
) -> Iterator[ReviewItem]:
    """Yield an item for what was decided and has no spans any more, and for gold that was added by hand."""
    shown = {span.id for item in items for span in item.spans}
    for decision in read.live:
        if decision.result is None or decision.result.span not in read.gold:
            continue
        about = [source for source in decision.sources if not alone or source.annotator in done]
        item_id = _id(read.document, {decision.id})
        if not decision.sources and not alone:
            yield ReviewItem(item_id, read.document, decision.kind, (), decision.absent, (), decision)
        elif about and not shown & {source.span for source in decision.sources}:
            yield ReviewItem(item_id, read.document, Kind.WITHDRAWN, (), tuple(sorted(done)), (), None, (decision,))


def _id(document_id: str, keys: Collection[str]) -> str:
    return hashlib.sha256("\n".join([document_id, *sorted(keys)]).encode()).hexdigest()[:_ID_LENGTH]


def in_text(item: ReviewItem) -> tuple[int, int, str]:
    spans = [(span.start, -span.end) for span in item.spans]
    decided = item.decision or next(iter(item.earlier), None)
    if not spans and decided and decided.result:
        pieces = decided.result.fragments
        spans = [(pieces[0].start, -pieces[-1].end)]
    start, end = min(spans, default=(0, 0))
    return start, end, item.id
