"""What Review shows: which part of the queue, which item, which document; read again where something has changed."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.change import ChangeKind, ChangeSet
from annotator.domain.review import Comment, ReviewItem
from annotator.domain.span import Span
from annotator.gui.review.filter import Filter
from annotator.gui.review.following import as_it_is, first_changed, people_of, said_again
from annotator.gui.review.loading import Listing, QueuePart, ReviewedDocument, ReviewLoader
from annotator.gui.review.of_item import gold_of
from annotator.gui.review.panes import ReviewPanes
from annotator.gui.review.parts import Part
from annotator.gui.review.persons import People, Persons
from annotator.gui.review.queue import Queue
from annotator.gui.review.shown import Shown
from annotator.gui.worker import Worker

_MANY = 50
_SOON_MS = 200  # the list is not filled anew for each document that arrives


class Showing(QObject):
    """Knows the queue and what is shown of it; the panes show it. Nothing is written here."""

    changed = Signal()
    """Another item or document is shown, or the same one stands otherwise."""
    failed = Signal(str)

    def __init__(self, panes: ReviewPanes) -> None:
        super().__init__(panes.text)
        self._panes, self._shown = panes, Shown(panes)
        self.queue = Queue()
        self.part = Part.OPEN
        self.item: ReviewItem | None = None
        self.document: ReviewedDocument | None = None
        self.alone: str | None = None
        self.annotator, self.read_only = "", False
        self.listing = Listing()
        self.pointed: int | None = None
        self.people = People()
        self.stopped = False
        """Whether reading was stopped by hand."""
        self._wanted_document = self._wanted_item = self._first = ""
        self._asked = "", ""  # the item to show once the queue is read, and its document
        self._before: dict[str, ReviewItem] | None = None  # items as they were before an undo that is to be shown
        self._comments_before: tuple[Comment, ...] | None = None  # the document's, before an undo
        self._stale: set[str] | None = set()  # what changed while one was elsewhere; None: everything
        self.loader = ReviewLoader(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._show_more)
        self._connect()

    # The project

    def set_project(self, worker: Worker, annotator: str, *, read_only: bool) -> None:
        """Show this project from now on."""
        self.annotator, self.read_only = annotator, read_only
        self.loader.set_worker(worker)
        self._stale = None
        self.alone, self.part = None, Part.OPEN
        self._forget()

    def catch_up(self) -> None:
        """Read what has changed while one was elsewhere."""
        stale, self._stale = self._stale, set()
        if stale is None:
            self.load(self.alone)
            return
        if stale:
            self._reread(stale)
        if not self.stopped:
            self.read_on()

    def leave(self) -> None:
        """Read no more until one comes back."""
        self.loader.stop()
        self._soon.stop()

    def stop(self) -> bool:
        """Read no more until one says so; False where nothing is being read."""
        if not self.loader.loading:
            return False
        self.stopped = True
        self.loader.stop()
        self._all_read()
        return True

    def read_on(self) -> None:
        """Read what is still unread."""
        self.stopped = False
        self.loader.go_on()
        self._soon.start()

    def load(self, alone: str | None) -> None:
        """Show the whole queue, or one annotator's work alone."""
        self._stale = set()
        keep = self.item if alone == self.alone else None
        if alone != self.alone:
            self.alone = alone
            self.part = Part.DECIDED if self.mine else Part.OPEN
        asked, self._asked = self._asked, ("", "")
        wanted = asked if asked[0] else (keep.id, keep.document) if keep else ("", "")
        self._forget()
        self._wanted_item, self._first = wanted
        self.loader.load(alone, self._first)
        self.changed.emit()

    def ask_for(self, item_id: str, document: str) -> bool:
        """Show an item of the whole queue, at once or when it is read; False where there is none of that id."""
        if self.alone is None and (item := self.queue.item(item_id)):
            self.show(item)
        elif self.alone is not None or self._stale is None or self.loader.unread:
            self._asked, self._stale, self.alone = (item_id, document), None, None
            if self._panes.text.isVisible():
                self.catch_up()
        else:
            return False
        return True

    @property
    def mine(self) -> bool:
        """Whether one looks at one's own reviewed work."""
        return self.alone is not None and self.alone == self.annotator

    def apply(self, change_set: ChangeSet, *, shown: bool) -> None:
        """Follow a commit; where Review isn't `shown`, later."""
        touched = change_set.touched
        if not shown:
            everything = change_set.listing or change_set.codebook or self._stale is None
            self._stale = None if everything else (self._stale or set()) | touched
            return
        taken_back = change_set.change.kind is not ChangeKind.DO and not change_set.foreign
        if taken_back and 0 < len(change_set.review) <= _MANY:
            self._before = {item.id: item for each in change_set.review for item in self.queue.items(each)}
            self._comments_before = self.document.comments if self.document else None
        if change_set.listing or change_set.codebook:
            self.load(self.alone)
        elif touched and not self._reread_items(change_set):
            self._reread(touched)

    # What is shown

    def item_is_read(self) -> bool:
        """Whether there is an item and its document is there: for some milliseconds it may be still on its way."""
        return self.item is not None and self.document is not None and self.document.id == self.item.document

    def persons(self, document: str) -> Persons:
        """What the annotators of a document are called."""
        return self.people.of(document)

    def show(self, item: ReviewItem | None) -> None:
        """Show an item: in the list, in its document, at the right."""
        self.item, self.pointed = item, None
        if item is not None:
            if self.queue.part_of(item) is not self.part and not self.queue.is_listed(item, self.part):
                self.part = self.queue.part_of(item)
            self._open(item.document)
        self.refresh()

    def show_part(self, part: Part) -> None:
        """List another part of the queue, and show its first item."""
        self.part = part
        self.show(self.queue.first(part))

    def step(self, step: int) -> None:
        """Show the next item of the part, or the one before."""
        found = self.queue.beside(self.item, self.part, step)
        if found is not None:
            self.show(found)

    def point(self, candidate: int | None) -> None:
        """Show a candidate as the one pointed at."""
        self.pointed = candidate
        self._shown.show_in_text(self)

    def item_at(self, span_ids: Collection[str]) -> ReviewItem | None:
        """Return the item that a click on these spans means: of several the one after that which is shown."""
        if self.document is None:
            return None
        ids = list(span_ids)
        found = {
            item.id: item
            for key in ids
            for item in self.queue.items(self.document.id)
            if key in {span.id for span in item.spans} or key == gold_of(item)
        }
        items = list(found.values())
        if self.item is not None and self.item.id in found:
            return items[(list(found).index(self.item.id) + 1) % len(items)]
        return items[0] if items else None

    def filter_changed(self) -> None:
        """List what the filters say."""
        filters = self._panes.queue.filters
        if wanted := filters.chosen_document():
            filters.set_everywhere(False)
            items = self.queue.walk(self.part, wanted) or list(self.queue.items(wanted))
            self.show(items[0] if items else self.item)
            return
        self.refresh()
        if self.item is None or not self.queue.is_listed(self.item, self.part):
            self.show(self.queue.first(self.part))
        self._soon.start()

    # Inside

    def refresh(self) -> None:
        """Show the queue and the item as they stand."""
        self._soon.stop()
        self._filter()
        self._shown.show_list(self)
        self._shown.show_item(self)
        self.changed.emit()

    def comments(self) -> tuple[Comment, ...]:
        """What was said in the document of the item, where it is read."""
        document = self.document
        return document.comments if document and self.item and document.id == self.item.document else ()

    def _forget(self) -> None:
        self.queue = Queue()
        self.stopped = False
        self.item, self.pointed, self.document = None, None, None
        self._wanted_document, self._wanted_item, self._before = "", "", None
        self._comments_before = None
        self.people = People()
        self.listing = Listing()

    def _connect(self) -> None:
        loader = self.loader
        loader.listed.connect(self._listed)
        loader.parts_read.connect(self._parts_read)
        loader.all_read.connect(self._all_read)
        loader.parts_reread.connect(self._parts_reread)
        loader.decided.connect(self._decided)
        loader.document_read.connect(self._document_read)
        loader.failed.connect(self.failed)

    def _listed(self, listing: Listing) -> None:
        self.listing = listing
        self.queue = Queue(listing.order, listing.rank)
        self._filter()
        self._soon.start()

    def _parts_read(self, parts: list[QueuePart]) -> None:
        for part in parts:
            self._take(part)
        if self._wanted_item and (item := self.queue.item(self._wanted_item)):
            self._wanted_item = ""
            self.show(item)
        elif self._wanted_item and self._first in {"", *(part.document for part in parts)}:
            self._wanted_item = ""
        if not self._wanted_item and self.item is None:
            found = (self.queue.walk(self.part, part.document) for part in parts)
            if first := next(filter(None, found), None):
                self.show(first[0])
        if not self._soon.isActive():
            self._soon.start()

    def _show_more(self) -> None:
        """Show the list with what has come; the item stands as it did, but for its place."""
        if self.queue.go_on():
            self._soon.start()
        self._filter()
        self._shown.show_list(self)
        self._panes.side.show_place(*self.place())

    def _all_read(self) -> None:
        self._wanted_item = ""
        if self.item is None:
            self.show(self.queue.first(self.part))
        else:
            self.refresh()

    def _take(self, part: QueuePart) -> None:
        self.queue.put(part.document, part.items)
        self.people.put(part.document, people_of(part, self.alone), revealed=part.revealed or self.alone is not None)

    def _reread(self, documents: Iterable[str]) -> None:
        wanted = sorted(documents)
        if len(wanted) > _MANY:  # then it is no longer work for one moment
            self.load(self.alone)
            return
        self.loader.reread(wanted)
        if self._wanted_document in wanted:
            self.loader.open(self._wanted_document)

    def _reread_items(self, change_set: ChangeSet) -> bool:
        """Read only the items that were decided on again; False where more must be."""
        about = {key for _, spans in change_set.decisions for key in spans}
        if len(change_set.review) != 1 or not all(spans for _, spans in change_set.decisions):
            return False
        items = self.queue.holding(next(iter(change_set.review)), about)
        if not items:
            return False
        if self._before is not None:
            self._before, self._comments_before = {item.id: item for item in items}, None  # nobody said anything
        self.loader.reread_items(items, [key for key, _ in change_set.decisions])
        return True

    def _decided(self, items: list[ReviewItem], gold: list[Span], gone: set[str]) -> None:
        parts = [self.queue.part_of(item) for item in items]
        if not self.queue.renew(items):
            self._reread([items[0].document])
            return
        if self.document and self.document.id == items[0].document:
            self._panes.text.change_gold(gold, gone)
        shown = self.item.id if self.item else ""
        as_expected = self._before is None and parts == [self.queue.part_of(item) for item in items]
        if not as_expected or shown in {item.id for item in items}:  # else the list and the item stand as they do
            self._follow_change(items)

    def _parts_reread(self, parts: list[QueuePart], hidden: list[str]) -> None:
        for part in parts:
            self._take(part)
        read = {part.document for part in parts}
        waiting = [*(each for each in self.listing.hidden if each not in read), *hidden]
        self.listing = replace(self.listing, hidden=tuple(sorted(waiting, key=self.queue.rank)))
        documents = sorted({part.document for part in parts}, key=self.queue.rank)
        self._follow_change(item for document in documents for item in self.queue.items(document))

    def _follow_change(self, looked_at: Iterable[ReviewItem]) -> None:
        """Show what there is now: of these items the first that an undo or redo changed, else the one that is shown."""
        before, self._before = self._before, None
        if before is not None and (found := first_changed(before, looked_at)):
            self.part = self.queue.part_of(found)
            self.show(found)
            return
        self.item = as_it_is(self.item, self.queue) or self.queue.first(self.part)
        if self.item is not None:
            self._open(self.item.document)
        self.refresh()

    def _open(self, document: str) -> None:
        if document != self._wanted_document:
            self._wanted_document = document
            self.loader.open(document)

    def _document_read(self, document: ReviewedDocument) -> None:
        other = self.document is None or self.document.id != document.id or self.document.text != document.text
        self.document = document
        people = [self.alone] if self.alone is not None else document.annotators
        known = self.people.of(document.id)
        self.people.put(document.id, people, revealed=document.revealed or self.alone is not None)
        self._shown.show_document(document, self.people.of(document.id), anew=other)
        before, self._comments_before = self._comments_before, None
        said = said_again(before, document, self.queue) if before is not None else None
        self.item = said or self.item
        if said or self.people.of(document.id) != known:
            self.refresh()
        else:  # the list stands as it did when the item was asked for
            self._shown.show_item(self)
            self.changed.emit()

    def place(self) -> tuple[int, int]:
        """The item's place in the list, from 1, and of how many."""
        return self.queue.place(self.item, self.part) if self.item else (0, 0)

    def _filter(self) -> None:
        filters = self._panes.queue.filters
        here = self.item.document if self.item else self._wanted_document or None
        only = None if filters.everywhere() else here
        self.queue.set_filter(Filter(only, filters.chosen_label(), filters.chosen_pair()))
