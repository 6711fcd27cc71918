"""The review queue: what annotators differ in, with what was decided on it."""

from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence

from annotator.domain.document import Document
from annotator.domain.relation import Relation
from annotator.domain.review import (
    GOLD,
    Comment,
    Decision,
    Kind,
    Reveal,
    ReviewItem,
    Status,
    differ_between,
)
from annotator.domain.span import Span, text_order
from annotator.errors import NotFound
from annotator.project.reading import Reading
from annotator.project.review_items import Reviewed, in_batches, in_text, item_again, item_of, without_spans
from annotator.storage import document_spans, prints, reading, relations, review_material, reviewable, reviews
from annotator.storage.review_material import Material
from annotator.storage.store import Store
from annotator.storage.tables import GOLD_ID

_KEPT = 10_000  # documents of which the way their spans belong together is kept
_SLICE = 10_000  # spans read in one statement

_Shape = tuple[tuple[Kind, tuple[tuple[str, ...], ...], tuple[str, ...]], ...]
"""How the spans of a document belong together: kind, candidates as ids of spans, and who has nothing, for each item."""


class Reviewing(Reading):
    """The part of Project that answers what is to be decided, and what was."""

    def __init__(self, store: Store, annotator: str) -> None:
        super().__init__(store, annotator)
        self._shapes: OrderedDict[tuple[object, ...], _Shape] = OrderedDict()

    def review_steps(
        self, *, annotators: Sequence[str] = (), alone: str | None = None, documents: Sequence[str] | None = None
    ) -> Iterator[tuple[str, tuple[ReviewItem, ...]]]:
        """Yield (document id, its items in text order), document by document; those without items are left out.

        Items are of the documents, or of those given by id, that two annotators or more marked done; with `annotators`,
        only those on which these differ. With `alone` each span of that annotator is an item, in the documents that
        they marked done. Documents that this project's annotator has begun and not finished are left out until their
        spans are revealed. Raises NotFound for an annotator who doesn't exist.
        """
        if unknown := [name for name in (*annotators, *([alone] if alone else ())) if name not in self.annotators()]:
            raise NotFound(f"Nobody called “{unknown[0]}” has worked in this project.")
        wanted = self._to_review(alone, documents)
        for some in in_batches([(document, (alone,) if alone else done) for document, done in wanted]):
            for document, items in self._reviews_of(some, alone=alone is not None):
                kept = tuple(item for item in items if not annotators or differ_between(item, annotators))
                if kept:
                    yield document.id, kept

    def reviewable(self, alone: str | None = None) -> list[str]:
        """Return the ids of the documents that `review_steps` would look into, in order."""
        return [document.id for document, _ in self._to_review(alone, None)]

    def _to_review(self, alone: str | None, documents: Sequence[str] | None) -> list[tuple[Document, tuple[str, ...]]]:
        """Return the documents that are reviewed, of all or of those given by id, with who finished each."""
        with self._store.told():
            done = reviewable.finished(self._store.connection, self._store.names, documents)
        wanted = [key for key, names in done.items() if (alone in names if alone else len(names) > 1)]
        few = wanted if documents is not None else None  # of all of them one statement tells
        left_out = set(self.hidden_from_review(few)) if wanted and alone != self.annotator else set()
        kept = set(wanted) - left_out
        asked = self.documents if documents is None else map(self.documents.get, documents)
        return [(document, done[document.id]) for document in asked if document.id in kept]

    def decided_again(
        self, items: Sequence[ReviewItem], decisions: Collection[str], *, alone: bool = False
    ) -> tuple[list[ReviewItem], list[Span], set[str]] | None:
        """Return items of one document as they are after a change that wrote these decisions alone (their ids).

        With them come the gold spans that these decisions made and that are there, and the ids of those that are not.
        Nothing else of the document is read; None where it must be, since spans of the items are gone.
        """
        known = {each.id for item in items for each in (item.decision, *item.earlier) if each} | set(decisions)
        keys = {span.id for item in items for span in item.spans}
        with self._store.snapshot():
            connection, names = self._store.connection, self._store.names
            found = reviews.decisions_with(connection, names, known)
            spans = {span.id: span for span in reading.spans_with(connection, names, list(keys))}
            signs = prints.of_spans(connection, keys)
            past = [each for item in items for each in (item.decision, *item.earlier) if each]
            made = {each.result.span for each in (*past, *found) if each.result}
            gold = [span for span in reading.spans_with(connection, names, list(made)) if span.annotator == GOLD]
        if keys - spans.keys() or not items:
            return None
        there = {span.id for span in gold}
        read = Reviewed(items[0].document, Material(spans, signs, [], found, there))
        return [item_again(read, item, alone=alone) for item in items], gold, made - there

    def review_queue(
        self, *, annotators: Sequence[str] = (), alone: str | None = None, documents: Sequence[str] | None = None
    ) -> list[ReviewItem]:
        """Return the items of `review_steps`, all at once."""
        steps = self.review_steps(annotators=annotators, alone=alone, documents=documents)
        return [item for _, items in steps for item in items]

    def review_item(self, item_id: str, *, alone: str | None = None) -> ReviewItem:
        """Return the item of that id, or the only one whose id begins so. Raises NotFound."""
        found = [item for item in self.review_queue(alone=alone) if item_id and item.id.startswith(item_id)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(f"More than one item’s id begins with “{item_id}”. Give more of the id.")
        raise NotFound(f"There is no item “{item_id}”. The list is in: annotator review PROJECT queue")

    def finished_by(self, document_id: str) -> tuple[str, ...]:
        """Return the names of those who marked a document done, sorted."""
        self.documents.get(document_id)
        with self._store.told():
            return reviewable.finished(self._store.connection, self._store.names, [document_id]).get(document_id, ())

    def hidden_from_review(self, documents: Sequence[str] | None = None) -> list[str]:
        """Return the ids of documents that others finished, and this project's annotator has begun and not finished.

        What others did there would not be one's own work any more, once seen; `reveal` with SPANS shows it. Of all
        documents, or of those given.
        """
        me = self._me()
        if me is None:
            return []
        with self._store.told():
            found = reviewable.waiting(self._store.connection, me, documents)
        if not found:
            return []
        return [key for key in (document.id for document in self.documents) if key in found]

    def decisions(self, document_id: str) -> list[Decision]:
        """Return what was decided in a document, newest first, also what later decisions took the place of."""
        self.documents.get(document_id)
        with self._store.told():
            return reviews.decisions(self._store.connection, self._store.names, document_id)

    def comments(self, document_id: str) -> list[Comment]:
        """Return what was said about a document and its items, the oldest first."""
        self.documents.get(document_id)
        with self._store.told():
            return reviews.comments(self._store.connection, self._store.names, document_id)

    def reveals(self, document_id: str) -> list[Reveal]:
        """Return who had names or spans revealed in a document, the first one first."""
        self.documents.get(document_id)
        with self._store.told():
            return reviews.reveals(self._store.connection, self._store.names, document_id)

    def revealed(self, what: str, documents: Sequence[str]) -> set[str]:
        """Return those of these documents in which this project's annotator had names, or spans, revealed."""
        me = self._me()
        with self._store.told():
            return reviewable.revealed(self._store.connection, me, what, documents) if me else set()

    def has_gold(self) -> bool:
        """Whether anything was put into gold."""
        with self._store.told():
            return reviews.any_gold(self._store.connection)

    def gold(self, document_id: str) -> list[Span]:
        """Return a document's layer of reviewed spans, in text order; their annotator is called GOLD."""
        self.documents.get(document_id)
        with self._store.told():
            parts = document_spans.spans_of(self._store.connection, self._store.names, document_id, [GOLD_ID], _SLICE)
            return [span for part in parts for span in part]

    def gold_relations(self, document_id: str) -> list[Relation]:
        """Return the relations between a document's reviewed spans, in no order."""
        self.documents.get(document_id)
        with self._store.told():
            parts = relations.of_document(self._store.connection, self._store.names, document_id, [GOLD_ID])
            return [each for part in parts for each in part]

    def reviewed_documents(self) -> list[str]:
        """Return the ids of the documents in which something was decided and nothing is open or deferred."""
        with self._store.told():
            decided = reviews.decided_documents(self._store.connection)
            finished = reading.finished(self._store.connection, self._store.names)
        known = ((document, finished.get(document.id, ())) for document in self.documents if document.id in decided)
        return [document.id for document, done in known if done and self._nothing_open(document, done)]

    def _nothing_open(self, document: Document, done: Collection[str]) -> bool:
        """Whether all is decided in a document that these annotators finished."""
        items = self._review_of(document, done, alone=len(done) == 1)
        return all(item.status is Status.DECIDED for item in items)

    def _review_of(self, document: Document, done: Collection[str], *, alone: bool) -> tuple[ReviewItem, ...]:
        ((_, items),) = self._reviews_of([(document, done)], alone=alone)
        return items

    def _reviews_of(
        self, documents: Sequence[tuple[Document, Collection[str]]], *, alone: bool
    ) -> Iterator[tuple[Document, tuple[ReviewItem, ...]]]:
        """Yield the items of some documents, each given with those who count there; they are read at once."""
        with self._store.snapshot():
            wanted = {document.id: done for document, done in documents}
            found = review_material.of_documents(self._store.connection, self._store.names, wanted)
        for document, done in documents:
            read = found[document.id]
            shape = self._shape(document, done, read, alone=alone)
            stands_on = Reviewed(document.id, read)
            items = [item_of(stands_on, kind, groups, absent, alone=alone) for kind, groups, absent in shape]
            items += without_spans(stands_on, items, done, alone=alone)
            yield document, tuple(sorted(items, key=in_text))

    def _shape(self, document: Document, done: Collection[str], read: Material, *, alone: bool) -> _Shape:
        """How the spans belong together: worked out once for as long as they are what they are."""
        if alone:
            return tuple((Kind.SINGLE, ((key,),), ()) for key in read.spans)
        key = (document.id, *sorted(done), *sorted((key, read.signs[key]) for key in read.spans))
        if key not in self._shapes:
            self._shapes[key] = self._aligned(document, done, read)
            if len(self._shapes) > _KEPT:
                self._shapes.popitem(last=False)
        self._shapes.move_to_end(key)
        return self._shapes[key]

    @staticmethod
    def _aligned(document: Document, done: Collection[str], read: Material) -> _Shape:
        from annotator.agreement import review_queue  # only now: the window starts without it
        from annotator.agreement.finished import Finished

        spans = sorted(read.spans.values(), key=text_order)
        by = {name: tuple(span for span in spans if span.annotator == name) for name in done}
        arrows = [each for each in read.relations if each.annotator in done]
        found = review_queue.queue([Finished(document.id, document.length, by)], arrows)
        return tuple(
            (
                item.kind,
                tuple(tuple(span.id for span in candidate.spans) for candidate in item.candidates),
                item.missing,
            )
            for item in found
        )
