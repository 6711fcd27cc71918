"""What is read out of an item to show it: its heading, its labels, what would be accepted, what was said about it."""

from collections.abc import Sequence

from annotator.domain.review import Comment, Kind, ReviewItem

_KINDS = {Kind.SINGLE: "span"}


def kind_of(item: ReviewItem) -> str:
    """Word how the spans of an item differ, as a heading."""
    if not item.candidates and item.decision and not item.decision.sources:
        return "Added to gold"
    said = _KINDS.get(item.kind, item.kind.value)
    return said[:1].upper() + said[1:]


def labels_of(item: ReviewItem | None) -> list[str]:
    """Return the labels that an item is about: its candidates', else gold's."""
    if item is None:
        return []
    if item.candidates:
        return sorted({candidate.span.label for candidate in item.candidates})
    results = [each.result for each in (item.decision, *item.earlier) if each and each.result]
    return [results[0].label] if results else []


def first_choice(item: ReviewItem | None) -> int | None:
    """Return the candidate that is chosen when an item is first shown: what was decided, else what is suggested."""
    if item is None or not item.candidates:
        return None
    chosen = item.decision.chosen if item.decision else None
    for place, candidate in enumerate(item.candidates):
        if any(span.id == chosen for span in candidate.spans):
            return place
    return 0 if item.kind is Kind.SINGLE else item.suggested


def comments_of(comments: Sequence[Comment], item: ReviewItem | None) -> list[Comment]:
    """Return the comments about an item, also about spans that it was once made of, and those about the document."""
    about = {span.id for span in item.spans} if item else set()
    for decision in (item.decision, *item.earlier) if item else ():
        about |= {source.span for source in decision.sources} if decision else set()
    return [each for each in comments if not each.spans or about & set(each.spans)]


def label_of(item: ReviewItem) -> str:
    """The label that an item is listed under: its first candidate's, else what was decided."""
    if item.candidates:
        return item.candidates[0].span.label
    return next((each.result.label for each in (item.decision, *item.earlier) if each and each.result), "")


def words_of(item: ReviewItem) -> str:
    """The words that an item is listed by: those of its first candidate, else of what was decided."""
    if item.candidates:
        return item.candidates[0].span.text
    return next((each.result.text for each in (item.decision, *item.earlier) if each and each.result), "")


def keys_of(item: ReviewItem) -> tuple[str, ...]:
    """The ids of the spans that a comment on an item names: its own, else those that were decided on."""
    if item.spans:
        return tuple(span.id for span in item.spans)
    decided = item.decision or next(iter(item.earlier), None)
    if decided is None:
        return ()
    return tuple(source.span for source in decided.sources) or ((decided.result.span,) if decided.result else ())


def gold_of(item: ReviewItem) -> str | None:
    """The id of the span that an item's decision put into gold."""
    live = [each for each in (item.decision, *item.earlier) if each and each.superseded is None]
    return next((each.result.span for each in live if each.result), None)
