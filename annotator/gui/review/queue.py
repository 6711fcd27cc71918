"""The queue as it is walked and listed: items of all documents by kind, filtered, with what is decided this moment."""

import enum
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.review import Kind, ReviewItem, Status

ORDER = (
    Kind.MISSING,
    Kind.BOUNDARY,
    Kind.BOUNDARY_AND_LABEL,
    Kind.LABEL,
    Kind.ATTRIBUTE,
    Kind.RELATION,
    Kind.SPLIT,
    Kind.SINGLE,
    Kind.WITHDRAWN,
    Kind.UNANIMOUS,
)
"""The groups from top to bottom."""


class Part(enum.StrEnum):
    """The three parts of the queue."""

    OPEN = "Open"
    DECIDED = "Decided"
    DEFERRED = "Deferred"


_PART_OF = {
    Status.OPEN: Part.OPEN,
    Status.REOPENED: Part.OPEN,
    Status.DECIDED: Part.DECIDED,
    Status.DEFERRED: Part.DEFERRED,
}
Groups = list[tuple[Kind, list[ReviewItem]]]


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


class Queue:
    """Items by document, in the project's order. What was decided this moment counts as decided until it is read."""

    def __init__(self) -> None:
        self.filter = Filter()
        self._order: list[str] = []
        self._rank: dict[str, int] = {}
        self._at: dict[str, int] = {}  # an item's place in its document
        self._items: dict[str, tuple[ReviewItem, ...]] = {}
        self._parts: dict[str, dict[tuple[Part, Kind], list[ReviewItem]]] = {}
        self._by_id: dict[str, ReviewItem] = {}
        self._taken: dict[str, tuple[Part, bool]] = {}  # the part that an item goes to, and whether that is on disk

    # What is there

    def clear(self) -> None:
        """Hold nothing."""
        for kept in (self._order, self._rank, self._at, self._items, self._parts, self._by_id, self._taken):
            kept.clear()

    def set_order(self, documents: Iterable[str]) -> None:
        """Take the order of the documents; items of others are forgotten."""
        self._order = list(documents)
        self._rank = {document: number for number, document in enumerate(self._order)}
        for gone in self._items.keys() - set(self._order):
            self.put(gone, ())

    def put(self, document: str, items: Sequence[ReviewItem]) -> None:
        """Take a document's items as they are now."""
        for old in self._items.pop(document, ()):
            del self._by_id[old.id], self._at[old.id]
            if self._taken.get(old.id, (None, False))[1]:
                del self._taken[old.id]
        if items:
            self._items[document] = tuple(items)
            self._by_id |= {item.id: item for item in items}
            self._at |= {item.id: number for number, item in enumerate(items)}
        self._divide(document)

    def set_filter(self, wanted: Filter) -> None:
        """List only what the filter takes."""
        anew = (wanted.label, wanted.pair) != (self.filter.label, self.filter.pair)
        self.filter = wanted
        if anew:
            for document in list(self._items):
                self._divide(document)

    def take(self, items: Iterable[ReviewItem], part: Part) -> None:
        """Count items to a part that they are about to go to."""
        documents = {}
        for item in items:
            self._taken[item.id] = part, False
            documents[item.document] = True
        for document in documents:
            self._divide(document)

    def settle(self, items: Iterable[ReviewItem]) -> None:
        """What was taken is on disk: the next time that its document is put, the item is what it says."""
        for item in items:
            if item.id in self._taken:
                self._taken[item.id] = self._taken[item.id][0], True

    def give_back(self, items: Iterable[ReviewItem]) -> None:
        """What was taken was refused."""
        for document in {item.document for item in items if self._taken.pop(item.id, None)}:
            self._divide(document)

    # What is asked

    def item(self, item_id: str) -> ReviewItem | None:
        """Return the item of that id."""
        return self._by_id.get(item_id)

    def items(self, document: str) -> tuple[ReviewItem, ...]:
        """Return a document's items in text order."""
        return self._items.get(document, ())

    def documents(self) -> list[str]:
        """Return the documents that have items, in order."""
        return [document for document in self._order if document in self._items]

    def part_of(self, item: ReviewItem) -> Part:
        """Return the part that an item is in."""
        taken = self._taken.get(item.id)
        return taken[0] if taken else _PART_OF[item.status]

    def count(self, part: Part, document: str | None = None) -> int:
        """Return how many listed items a part has; in one document, else in those of the filter."""
        return sum(len(found) for _, found in self.groups(part, document))

    def groups(self, part: Part, document: str | None = None) -> Groups:
        """Return a part's items by kind, in the order of the list."""
        only = document or self.filter.document
        shown = [only] if only else self._order
        divided = [self._parts[each] for each in shown if each in self._parts]
        found: Groups = []
        for kind in ORDER:
            items: list[ReviewItem] = []
            for parts in divided:
                items += parts.get((part, kind), ())
            if items:
                found.append((kind, items))
        return found

    def walk(self, part: Part, document: str | None = None) -> list[ReviewItem]:
        """Return a part's items as they are walked: in the order of the list."""
        return [item for _, items in self.groups(part, document) for item in items]

    def everywhere(self, part: Part) -> list[ReviewItem]:
        """Return a part's items of all documents, as far as label and annotators go."""
        kept, self.filter = self.filter, Filter(None, self.filter.label, self.filter.pair)
        found = self.walk(part)
        self.filter = kept
        return found

    def beside(self, item: ReviewItem | None, part: Part, step: int) -> ReviewItem | None:
        """Return the item after one (step 1), or before it (-1), in the list of a part; at the end it goes on in the
        next document that has any, or around. The item itself may be in another part."""
        listed = self.walk(part)
        if item is None:
            return (listed[0] if step > 0 else listed[-1]) if listed else self._elsewhere("", part, step)
        at = next((number for number, each in enumerate(listed) if each.id == item.id), None)
        if at is not None:
            found = listed[at + step] if 0 <= at + step < len(listed) else None
        else:
            found = self._near(listed, item, step)
        found = found or self._elsewhere(item.document, part, step)
        return found or next((each for each in listed[::step] if each.id != item.id), None)

    def _near(self, listed: Sequence[ReviewItem], item: ReviewItem, step: int) -> ReviewItem | None:
        """Return what stands after, or before, the place that an item would have in a list."""
        place = self._place(item)
        if step > 0:
            return next((each for each in listed if self._place(each) > place), None)
        return next((each for each in reversed(listed) if self._place(each) < place), None)

    def place(self, item: ReviewItem, part: Part) -> tuple[int, int]:
        """Return an item's place in the list of its part, from 1 (0 where it isn't listed), and of how many."""
        listed = self.walk(part)
        return next((number for number, each in enumerate(listed, 1) if each.id == item.id), 0), len(listed)

    def _elsewhere(self, document: str, part: Part, step: int) -> ReviewItem | None:
        """Where one document is listed: the first item of the next that has any in this part, or the last before."""
        if self.filter.document is None:
            return None
        here = self._rank.get(document or self.filter.document, 0)
        around = [*self._order[here + 1 :], *self._order[:here]]
        for other in around if step > 0 else reversed(around):
            if found := self.walk(part, other):
                return found[0 if step > 0 else -1]
        return None

    def _place(self, item: ReviewItem) -> tuple[int, int, int]:
        return ORDER.index(item.kind), self._rank.get(item.document, 0), self._at.get(item.id, 0)

    def _divide(self, document: str) -> None:
        parts: dict[tuple[Part, Kind], list[ReviewItem]] = {}
        for item in self._items.get(document, ()):
            if self.filter.takes(item, label_of(item)):
                parts.setdefault((self.part_of(item), item.kind), []).append(item)
        if parts:
            self._parts[document] = parts
        else:
            self._parts.pop(document, None)
