"""What stands behind a cell: the disagreements, or the spans, in words; who said which is left to the review."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.domain.document import Document
from annotator.domain.review import GOLD, Action, Kind, ReviewItem
from annotator.domain.span import Span
from annotator.domain.text import first_words
from annotator.gui.analyse.counts import counts_in
from annotator.gui.analyse.grid import Target
from annotator.project import Project
from annotator.project.measuring import Worked

MOST = 2_000
"""So many rows are listed; what is more is counted."""
_LENGTH = 200
_AT_ONCE = 8  # documents whose items are looked at in a step


@dataclass(frozen=True, slots=True)
class Found:
    """One row: words of the text under `labels`, with what is to be said of them. `item` is the review's, if any."""

    document: str
    heading: str
    labels: tuple[str, ...]
    words: str
    said: str
    span: str
    item: str = ""

    @property
    def spoken(self) -> str:
        return f"{', '.join(self.labels)}: “{first_words(self.words, 60)}”, {self.said}, {self.heading}"


Step = tuple[list[Found], int]
"""Rows, and how many more there are that are only counted."""


def disagreements(project: Project, target: Target, documents: Sequence[Worked]) -> Iterator[Step]:
    """Yield, some documents at a time, the items on which the target's annotators differ. In the project's thread.

    Documents that wait for one's own work are left out, as they are in the review.
    """
    headings = {each.document.id: each.document.heading for each in documents}
    ids = [target.document] if target.document else [each.document.id for each in documents if each.material]
    for at in range(0, len(ids), _AT_ONCE):
        some = project.review_steps(annotators=target.annotators, documents=ids[at : at + _AT_ONCE])
        found = [
            _found(item, headings.get(document, document), target)
            for document, items in some
            for item in items
            if target.label is None or target.label in _labels(item, target.annotators)
        ]
        yield found, 0


def off_gold(project: Project, target: Target, documents: Sequence[Worked]) -> Iterator[Step]:
    """Yield, document by document, where gold is not what an annotator has. Called in the project's thread."""
    (name,) = target.annotators
    hidden = set(project.hidden_from_review())
    for each in documents:
        if not each.reviewed or name not in each.done or each.document.id in hidden:
            continue
        alone = name if len(each.done) == 1 else None
        items = project.review_queue(alone=alone, documents=[each.document.id])
        found = [row for item in items if (row := _found_off(item, each.document.heading, name, target.label))]
        yield [replace(row, item="") for row in found] if alone else found, 0  # the queue of all has no such items


def spans_of(
    project: Project, target: Target, documents: Sequence[Worked], who: Sequence[str], *, gold: bool
) -> Iterator[Step]:
    """Yield, document by document, the spans of a label. Called in the project's thread.

    Of those that are more than are listed only the number is said, which is known already.

    Other people's are left out where they aren't finished, or where one's own work would not be one's own any more.
    """
    hidden = set(project.hidden_from_review())
    listed = more = 0
    for each in documents:
        document = each.document
        if target.document not in ("", document.id):
            continue
        seen = [name for name in who if name == project.annotator or (name in each.done and document.id not in hidden)]
        number = counts_in(each, [GOLD] if gold else seen).get(target.label or "", 0)
        if listed >= MOST:
            more += number
        elif number:
            spans = project.gold(document.id) if gold else project.spans(document.id, annotators=seen)
            rows = [_row(span, document) for span in spans if span.label == target.label]
            listed += len(rows)
            yield rows, 0
    yield [], more


def _row(span: Span, document: Document) -> Found:
    values = ", ".join(value for attribute in span.attributes for value in attribute.values)
    return Found(document.id, document.heading, (span.label,), span.text[:_LENGTH], values, span.id)


def _labels(item: ReviewItem, people: Iterable[str]) -> list[str]:
    whose = set(people)
    return list(dict.fromkeys(span.label for span in item.spans if span.annotator in whose))


def _found(item: ReviewItem, heading: str, target: Target) -> Found:
    labels = tuple(_labels(item, target.annotators))
    spans = [span for span in item.spans if span.annotator in target.annotators]
    longest = max(spans, key=lambda span: span.length)
    said = _said(item, len({(span.label, span.fragments, span.attributes) for span in spans}), len(labels))
    return Found(item.document, heading, labels, longest.text[:_LENGTH], said, longest.id, item.id)


def _said(item: ReviewItem, versions: int, labels: int) -> str:
    """Say how an item differs, without a name."""
    if item.kind is Kind.MISSING:
        count = len(item.absent)
        return f"missing: {count} of {item.voters} {'has' if count == 1 else 'have'} nothing here"
    if item.kind is Kind.LABEL and labels > 1:
        return f"label: {labels} different ones"
    return f"{item.kind.value}: {versions} versions" if versions > 1 else item.kind.value


def _found_off(item: ReviewItem, heading: str, name: str, label: str | None) -> Found | None:
    """Return the row of an item that this annotator has otherwise than gold; None where they have the same."""
    decision = item.decision
    if decision is None or decision.action is Action.DEFER:
        return None
    mine = next((span for span in item.spans if span.annotator == name), None)
    result = decision.result
    if mine is None and result is None:
        return None
    if mine and result and (mine.label, mine.fragments) == (result.label, result.fragments):
        return None
    labels = tuple(dict.fromkeys(each.label for each in (mine, result) if each))
    if label is not None and label not in labels:
        return None
    shown = mine or next(iter(item.spans), None)
    said = "not in gold" if result is None else "in gold, not here" if mine is None else _change(mine, result.label)
    words, span = (shown.text[:_LENGTH], shown.id) if shown else ("", result.span if result else "")
    return Found(item.document, heading, labels, words, said, span, item.id)


def _change(mine: Span, label: str) -> str:
    return f"{mine.label}, in gold {label}" if mine.label != label else "other boundaries in gold"
