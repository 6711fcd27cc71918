"""What the panes of Review show of what `Showing` knows."""

from typing import TYPE_CHECKING

from annotator.gui.review.lanes import Lane
from annotator.gui.review.loading import ReviewedDocument
from annotator.gui.review.panes import ReviewPanes
from annotator.gui.review.parts import Part
from annotator.gui.review.persons import Persons

if TYPE_CHECKING:
    from annotator.gui.review.showing import Showing

_NOBODY = Persons()


class Shown:
    """Fills the panes; nothing is decided here."""

    def __init__(self, panes: ReviewPanes) -> None:
        self._panes = panes

    def show_document(self, document: ReviewedDocument, persons: Persons, *, anew: bool) -> None:
        """Show a document's spans, and `anew` its text."""
        text = self._panes.text
        if anew:
            text.set_text(document.id, document.text)
        by = {name: tuple(span for span in document.spans if span.annotator == name) for name in persons.order}
        text.set_lanes([Lane(persons.signs[name], persons.names[name], by[name]) for name in persons.order])
        text.set_gold(document.gold)
        self._panes.head.show_document(document.heading, persons)

    def show_list(self, at: "Showing") -> None:
        """Show the queue, what it may be filtered by, and how far one is."""
        panel, queue, people = self._panes.queue, at.queue, at.people
        panel.filters.offer_documents(queue.documents(), at.listing.headings)
        panel.filters.offer_pairs(people.names, blind=people.blind and at.alone is None)
        panel.show_filtered()
        counts = {part: queue.count(part) for part in Part}
        panel.show_queue(queue.groups(at.part), at.part, counts, at.item)
        panel.show_progress(counts[Part.DECIDED], sum(counts.values()), everywhere=panel.filters.everywhere())
        panel.show_waiting(len(at.listing.hidden))
        of = len(at.listing.unread)
        panel.show_reading(of - at.loader.unread, of, stopped=at.stopped)

    def show_item(self, at: "Showing") -> None:
        """Show the item, at the right and in the text."""
        item, document = at.item, at.document
        here = document if document and item and document.id == item.document else None
        persons = at.persons(item.document) if item else _NOBODY
        relations = here.relations if here else ()
        self._panes.side.show_item(
            item if here else None,
            *at.place(),
            persons.signs,
            persons.names,
            here.text if here else "",
            relations,
            at.comments(),
            at.read_only,
            not at.mine,
            {span.id: span for span in here.spans} if here and relations else {},
        )
        self.show_in_text(at)

    def show_in_text(self, at: "Showing") -> None:
        """Show the item in the text, with the candidate that is pointed at."""
        item, document = at.item, at.document
        if item is None or document is None or item.document != document.id:
            self._panes.text.show_item(None)
            return
        chosen = self._panes.side.candidates.chosen() if at.pointed is None else at.pointed
        self._panes.text.show_item(item, chosen if 0 <= chosen < len(item.candidates) else None)
