"""The queue as it is walked and listed: items of all documents by kind, filtered, with what is decided this moment."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from annotator.domain.review import Kind, ReviewItem
from annotator.gui.review.filter import Filter
from annotator.gui.review.listed import Bunch, Gathered, listed, mark
from annotator.gui.review.of_item import label_of
from annotator.gui.review.parts import ORDER, PART_OF, Groups, Part

_Key = tuple[Part, Kind]
_AT_ONCE = 200  # documents that another filter is put over at a time: about 10 ms
_FEW = 8  # items of one document that are moved one by one


class Queue:
    """Items by document, in the project's order. What was decided this moment counts as decided until it is read.

    Nothing here walks through all documents: what is asked of one costs what that one has.
    """

    def __init__(self, order: Sequence[str] = (), rank: Mapping[str, int] | None = None) -> None:
        """Of these documents, with nothing in them yet; `rank` is the place of each, where that is known."""
        self.filter = Filter()
        self._order = order
        self._rank = {document: number for number, document in enumerate(order)} if rank is None else rank
        self._at: dict[str, int] = {}  # an item's place in its document
        self._items: dict[str, tuple[ReviewItem, ...]] = {}
        self._documents: list[int] = []  # the ranks of those that have items
        self._divided: dict[str, dict[_Key, Bunch]] = {}
        self._groups: dict[_Key, Gathered] = {}  # of all documents
        self._with: dict[Part, list[int]] = {}  # the ranks of those that have listed items in a part
        self._undivided: list[str] = []  # that another filter is still to be put over, the last one first
        self._by_id: dict[str, ReviewItem] = {}
        self._by_span: tuple[str, dict[str, str]] = "", {}  # of the document that was last asked for
        self._taken: dict[str, tuple[Part, bool]] = {}  # the part that an item goes to, and whether that is on disk

    # What is there

    def put(self, document: str, items: Sequence[ReviewItem]) -> None:
        """Take a document's items as they are now; of one that isn't among all nothing is kept."""
        there = document in self._items
        if self._by_span[0] == document:
            self._by_span = "", {}
        for old in self._items.pop(document, ()):
            del self._by_id[old.id], self._at[old.id]
            if self._taken.get(old.id, (None, False))[1]:
                del self._taken[old.id]
        if items and document in self._rank:
            self._items[document] = tuple(items)
            self._by_id |= {item.id: item for item in items}
            self._at |= {item.id: number for number, item in enumerate(items)}
        if there != (document in self._items):
            mark(self._documents, self._rank[document], not there)
        self._divide(document)

    def renew(self, items: Iterable[ReviewItem]) -> bool:
        """Take some items as they are now; False, and nothing is taken, where the same spans don't belong together."""
        found = list(items)
        if any(item.id not in self._by_id for item in found):
            return False
        for item in found:
            part, at = self.part_of(self._by_id[item.id]), self._at[item.id]
            if self._taken.get(item.id, (None, False))[1]:
                del self._taken[item.id]
            self._leave(self._by_id[item.id], part)
            self._by_id[item.id] = item
            every = self._items[item.document]
            self._items[item.document] = (*every[:at], item, *every[at + 1 :])
            self._join(item)
        return True

    def set_filter(self, wanted: Filter) -> None:
        """List only what the filter takes: at once in the document that is listed, for others see `go_on`."""
        anew = (wanted.label, wanted.pair) != (self.filter.label, self.filter.pair)
        self.filter = wanted
        if anew:
            self._divided, self._groups, self._with = {}, {}, {}
            self._undivided = [self._order[rank] for rank in reversed(self._documents)]
            if wanted.document:
                self._divide(wanted.document)
            self.go_on()

    def go_on(self) -> bool:
        """Put another filter over some more documents; whether there are more."""
        some, self._undivided = self._undivided[-_AT_ONCE:], self._undivided[:-_AT_ONCE]
        for document in reversed(some):
            self._divide(document)
        return bool(self._undivided)

    def take(self, items: Iterable[ReviewItem], part: Part) -> None:
        """Count items to a part that they are about to go to."""
        self._move(items, (part, False))

    def settle(self, items: Iterable[ReviewItem]) -> None:
        """What was taken is on disk: the next time that its document is put, the item is what it says."""
        for item in items:
            if item.id in self._taken:
                self._taken[item.id] = self._taken[item.id][0], True

    def give_back(self, items: Iterable[ReviewItem]) -> None:
        """What was taken was refused."""
        self._move([item for item in items if item.id in self._taken], None)

    # What is asked

    def item(self, item_id: str) -> ReviewItem | None:
        """Return the item of that id."""
        return self._by_id.get(item_id)

    def items(self, document: str) -> tuple[ReviewItem, ...]:
        """Return a document's items in text order."""
        return self._items.get(document, ())

    def holding(self, document: str, spans: Iterable[str]) -> list[ReviewItem] | None:
        """Return the items of a document that hold these spans; None where one of them is in no item."""
        if self._by_span[0] != document:
            self._by_span = document, {span.id: item.id for item in self.items(document) for span in item.spans}
        found = {self._by_span[1].get(key) for key in spans}
        return None if None in found else [self._by_id[key] for key in found if key]

    def documents(self) -> list[str]:
        """Return the documents that have items, in order."""
        return [self._order[rank] for rank in self._documents]

    def rank(self, document: str) -> int:
        """Return a document's place among all, from 0; -1 for one that isn't there."""
        return self._rank.get(document, -1)

    def part_of(self, item: ReviewItem) -> Part:
        """Return the part that an item is in."""
        taken = self._taken.get(item.id)
        return taken[0] if taken else PART_OF[item.status]

    def count(self, part: Part, document: str | None = None) -> int:
        """Return how many listed items a part has; in one document, else in those of the filter."""
        if only := document or self.filter.document:
            divided = self._divided.get(only, {})
            return sum(len(divided[part, kind].items) for kind in ORDER if (part, kind) in divided)
        return self.count_everywhere(part)

    def count_everywhere(self, part: Part) -> int:
        """Return how many items a part has in all documents, as far as label and annotators go."""
        return sum(self._groups[part, kind].count for kind in ORDER if (part, kind) in self._groups)

    def groups(self, part: Part, document: str | None = None) -> Groups:
        """Return a part's items by kind, in the order of the list."""
        if only := document or self.filter.document:
            divided, rank = self._divided.get(only, {}), self._rank.get(only, 0)
            return [(kind, listed(rank, divided[part, kind])) for kind in ORDER if (part, kind) in divided]
        return self._all_groups(part)

    def walk(self, part: Part, document: str | None = None) -> list[ReviewItem]:
        """Return a part's items as they are walked: in the order of the list."""
        return [item for _, items in self.groups(part, document) for item in items]

    def everywhere(self, part: Part) -> list[ReviewItem]:
        """Return a part's items of all documents, as far as label and annotators go."""
        return [item for _, items in self._all_groups(part) for item in items]

    def first(self, part: Part) -> ReviewItem | None:
        """Return the first item that is listed of a part; where the document has none, of all documents."""
        return self.beside(None, part, 1) or _end(self._all_groups(part), 1)

    def beside(self, item: ReviewItem | None, part: Part, step: int) -> ReviewItem | None:
        """Return the item after one (step 1), or before it (-1), in the list of a part; at the end it goes on in the
        next document that has any, or around. The item itself may be in another part."""
        groups = self.groups(part)
        if item is None:
            return _end(groups, step) or self._elsewhere("", part, step)
        found = self._near(groups, item, step) or self._elsewhere(item.document, part, step)
        if found is None and (around := _end(groups, step)) and around.id != item.id:
            found = around
        return found

    def is_listed(self, item: ReviewItem, part: Part) -> bool:
        """Whether an item is in the list of a part."""
        return self.place(item, part)[0] > 0

    def place(self, item: ReviewItem, part: Part) -> tuple[int, int]:
        """Return an item's place in the list of its part, from 1 (0 where it isn't listed), and of how many."""
        place, count, known = 0, 0, item.id in self._by_id
        spot = self.spot(item)
        for kind, items in self.groups(part):
            if known and kind is item.kind and items.has(*spot):
                place = count + items.before(*spot) + 1
            count += len(items)
        return place, count

    def spot(self, item: ReviewItem) -> tuple[int, int]:
        """Return where an item stands: the rank of its document, and its place there."""
        return self._rank.get(item.document, 0), self._at.get(item.id, 0)

    # Inside

    def _all_groups(self, part: Part) -> Groups:
        found = ((kind, self._groups.get((part, kind))) for kind in ORDER)
        return [(kind, group.listed()) for kind, group in found if group and group.count]

    def _near(self, groups: Groups, item: ReviewItem, step: int) -> ReviewItem | None:
        """Return what stands after, or before, the place that an item has, or would have, in a list."""
        here, spot = ORDER.index(item.kind), self.spot(item)
        for kind, items in groups[::step]:
            at = ORDER.index(kind)
            if at == here:
                before = items.before(*spot)
                found = before + items.has(*spot) if step > 0 else before - 1
                if 0 <= found < len(items):
                    return items[found]
            elif (at > here) == (step > 0):
                return items[0 if step > 0 else -1]
        return None

    def _elsewhere(self, document: str, part: Part, step: int) -> ReviewItem | None:
        """Where one document is listed: the first item of the next that has any in this part, or the last before."""
        if self.filter.document is None:
            return None
        ranks, here = self._with.get(part, []), self._rank.get(document or self.filter.document, 0)
        after = bisect_left(ranks, here + 1)
        around = after if step > 0 else bisect_left(ranks, here) - 1
        for number in range(2):  # the document itself may stand in between, once
            if ranks and (rank := ranks[(around + number * step) % len(ranks)]) != here:
                return _end(self.groups(part, self._order[rank]), step)
        return None

    def _move(self, items: Iterable[ReviewItem], taken: tuple[Part, bool] | None) -> None:
        by_document: dict[str, list[ReviewItem]] = {}
        for item in items:
            by_document.setdefault(item.document, []).append(item)
        for document, some in by_document.items():
            known = [self._by_id[item.id] for item in some if item.id in self._by_id] if len(some) <= _FEW else []
            for item in known:
                self._leave(item, self.part_of(item))
            for item in some:
                if taken:
                    self._taken[item.id] = taken
                else:
                    del self._taken[item.id]
            for item in known:
                self._join(item)
            if len(some) > _FEW:
                self._divide(document)

    def _leave(self, item: ReviewItem, part: Part) -> None:
        divided, key = self._divided.get(item.document, {}), (part, item.kind)
        if key in divided:
            self._set(item.document, key, divided[key].without(self._at[item.id]))

    def _join(self, item: ReviewItem) -> None:
        if self.filter.takes(item, label_of(item)):
            key = self.part_of(item), item.kind
            bunch = self._divided.get(item.document, {}).get(key, Bunch())
            self._set(item.document, key, bunch.with_item(item, self._at[item.id]))

    def _divide(self, document: str) -> None:
        parts: dict[_Key, list[tuple[ReviewItem, int]]] = {}
        for number, item in enumerate(self._items.get(document, ())):
            if self.filter.takes(item, label_of(item)):
                parts.setdefault((self.part_of(item), item.kind), []).append((item, number))
        for key in self._divided.get(document, {}).keys() - parts.keys():
            self._set(document, key, Bunch())
        for key, found in parts.items():
            items, numbers = zip(*found, strict=True)
            self._set(document, key, Bunch(items, numbers))

    def _set(self, document: str, key: _Key, bunch: Bunch) -> None:
        """Let a document have these items in a part, of a kind."""
        divided, rank = self._divided.setdefault(document, {}), self._rank[document]
        if bunch.items:
            divided[key] = bunch
        else:
            divided.pop(key, None)
        self._groups.setdefault(key, Gathered()).put(rank, bunch)
        mark(self._with.setdefault(key[0], []), rank, any(part is key[0] for part, _ in divided))


def _end(groups: Groups, step: int) -> ReviewItem | None:
    """Return the first item of a list, or the last."""
    if not groups:
        return None
    return groups[0][1][0] if step > 0 else groups[-1][1][-1]
