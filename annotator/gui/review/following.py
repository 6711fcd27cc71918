"""Where one is in a review after something has changed: which item that is now, and which one a change was about."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from annotator.domain.review import Comment, ReviewItem
from annotator.gui.review.loading import QueuePart, ReviewedDocument
from annotator.gui.review.of_item import keys_of
from annotator.gui.review.queue import Queue


def people_of(part: QueuePart, alone: str | None) -> Collection[str]:
    """Return who has a part in a document's items; `alone` is the only one whose work is reviewed."""
    if alone is not None:
        return [alone] if part.items else []
    first = next((item for item in part.items if item.candidates), None)
    return {span.annotator for span in first.spans} | set(first.absent) if first else ()


def first_changed(before: Mapping[str, ReviewItem], now: Iterable[ReviewItem]) -> ReviewItem | None:
    """Return the first item that stands otherwise than before an undo or redo."""
    pairs = ((item, before.get(item.id)) for item in now)
    return next((item for item, was in pairs if was is None or was.decision != item.decision), None)


def as_it_is(item: ReviewItem | None, queue: Queue) -> ReviewItem | None:
    """Return an item as it is now; where its spans belong together otherwise, the one that has some of them."""
    if item is None or (now := queue.item(item.id)) is not None:
        return now if item else None
    keys = set(keys_of(item))
    return next((each for each in queue.items(item.document) if keys & set(keys_of(each))), None)


def said_again(before: Sequence[Comment], document: ReviewedDocument, queue: Queue) -> ReviewItem | None:
    """Return the item whose comment an undo took back or a redo brought again."""
    other = {comment.id for comment in before} ^ {comment.id for comment in document.comments}
    keys = {key for each in (*before, *document.comments) if each.id in other for key in each.spans}
    return next((item for item in queue.items(document.id) if keys & set(keys_of(item))), None)
