"""Reading a project: documents with their states, spans, and relations."""

from collections.abc import Collection, Iterator, Sequence

from annotator.domain import garbage
from annotator.domain.attributes import missing
from annotator.domain.document import DocumentStatus, Progress, State
from annotator.domain.relation import Relation
from annotator.domain.review import GOLD
from annotator.domain.span import Span
from annotator.domain.text import first_words, text_problem
from annotator.errors import BadArgument, NotFound
from annotator.project.safekeeping import Safekeeping
from annotator.storage import document_spans, known_spans, reading, relations


class Reading(Safekeeping):
    """The part of Project that answers questions about documents, spans and relations."""

    def statuses(self) -> list[DocumentStatus]:
        """Return every document with the number of spans by, and the state for, this project's annotator."""
        with self._store.told(), garbage.left_alone():
            me = self._me()
            counts = reading.span_counts(self._store.connection, me)
            states = reading.states(self._store.connection, me)
            return [
                DocumentStatus(document, count := counts.get(document.id, 0), state_of(states.get(document.id), count))
                for document in self.documents
            ]

    def progress(self) -> list[Progress]:
        """Return every document with the states that it has for all who have begun it."""
        with self._store.told():
            found = reading.everybodys_states(self._store.connection, self._store.names)
        return [Progress(document, found.get(document.id, {})) for document in self.documents]

    def status(self, document_id: str) -> DocumentStatus:
        """Return one document with its number of spans and its state, as `statuses` does. Raises NotFound."""
        document = self.documents.get(document_id)
        with self._store.told():
            count = self._counts.get(
                document_id,
                self._store.data_version(),
                lambda: reading.span_count(self._store.connection, document_id, self._me()),
            )
            state = reading.state(self._store.connection, document_id, self._me())
        return DocumentStatus(document, count, state_of(state, count))

    def status_slices(self, document_ids: Collection[str], size: int = 200) -> Iterator[list[DocumentStatus]]:
        """Yield the statuses of many documents, `size` at a time; of those that are gone by then none."""
        wanted = list(document_ids)
        for at in range(0, len(wanted), size):
            there = [each for key in wanted[at : at + size] if (each := self.documents.known(key))]
            with self._store.told():
                ids = [each.id for each in there]
                found = reading.counts_and_states(self._store.connection, ids, self._me())
            counted = ((each, *found[each.id]) for each in there)
            yield [DocumentStatus(each, count, state_of(state, count)) for each, count, state in counted]

    def spans(self, document_id: str, *, annotators: Sequence[str] | None = None) -> list[Span]:
        """Return a document's spans in text order, of every annotator or of those named. Gold is apart."""
        return [span for part in self.span_slices(document_id, annotators=annotators) for span in part]

    def span_slices(
        self,
        document_id: str,
        size: int = 10_000,
        *,
        first: int | None = None,
        annotators: Sequence[str] | None = None,
    ) -> Iterator[list[Span]]:
        """Yield a document's spans in text order, about `size` at a time, but `first` at first: what is seen at once.

        Spans that others add meanwhile may be among them or not.
        """
        self.documents.get(document_id)
        with self._store.told():
            names = self._store.names
            ids = [key for key, name in names.people.items() if annotators is None or name in annotators]
            yield from document_spans.spans_of(self._store.connection, names, document_id, ids, size, first)

    def missing_values(self, document_id: str) -> list[tuple[Span, tuple[str, ...]]]:
        """Return this annotator's spans in a document that lack a required value, with the attributes that do."""
        codebook = self.codebook
        self.documents.get(document_id)
        if not any(kind.required for kind in codebook.attributes):
            return []
        spans = self.spans(document_id, annotators=[self.annotator])
        lacking = ((span, missing(codebook.attributes_of(span.label), span.attributes)) for span in spans)
        return [(span, names) for span, names in lacking if names]

    def span(self, span_id: str) -> Span:
        """Return the span of that id, or the only one whose id begins so.

        Raises NotFound, and BadArgument for one that has no place since its document's text was corrected.
        """
        span, placed = self._any_span(span_id)
        if not placed:
            raise BadArgument(
                f"The span “{span.id}” (“{first_words(span.text, 40)}”) has no place in the text since that was "
                "corrected. Give it one, or delete it."
            )
        return span

    def _any_span(self, span_id: str) -> tuple[Span, bool]:
        """Return a span as `span` does, and whether it has a place in its document's text."""
        with self._store.told():
            connection, names = self._store.connection, self._store.names
            can_be = span_id and not text_problem(span_id)
            ids = [span_id] if can_be else []
            if ids and not (found := reading.spans_with(connection, names, ids, unplaced=True)):
                ids = reading.span_ids_beginning(connection, span_id)
                found = reading.spans_with(connection, names, ids, unplaced=True) if len(ids) == 1 else []
            if ids and found:
                _refuse_gold(found[0].annotator)
                return found[0], known_spans.has_place(connection, found[0])
        if ids:
            raise NotFound(f"More than one span's id begins with “{span_id}”. Give more of the id.")
        raise NotFound(f"There is no span “{span_id}”. Its id stands in the export and is printed by `annotator tag`.")

    def relations(self, document_id: str, *, annotators: Sequence[str] | None = None) -> list[Relation]:
        """Return a document's relations, the oldest first, of every annotator or of those named."""
        return sorted(
            (each for part in self.relation_slices(document_id, annotators=annotators) for each in part), key=_age
        )

    def relation_slices(
        self, document_id: str, size: int = 10_000, *, annotators: Sequence[str] | None = None
    ) -> Iterator[list[Relation]]:
        """Yield a document's relations, `size` at a time, in no order: see `span_slices`."""
        self.documents.get(document_id)
        with self._store.told():
            names = self._store.names
            ids = [key for key, name in names.people.items() if annotators is None or name in annotators]
            yield from relations.of_document(self._store.connection, names, document_id, ids, size)

    def relation(self, relation_id: str) -> Relation:
        """Return the relation of that id, or the only one whose id begins so. Raises NotFound."""
        with self._store.told():
            can_be = relation_id and not text_problem(relation_id)
            connection, names = self._store.connection, self._store.names
            ids = [relation_id] if can_be else []
            if ids and not (found := relations.with_ids(connection, names, ids)):
                ids = relations.ids_beginning(connection, relation_id)
                found = relations.with_ids(connection, names, ids) if len(ids) == 1 else []
            if ids and found:
                _refuse_gold(found[0].annotator)
                return found[0]
        if ids:
            raise NotFound(f"More than one relation's id begins with “{relation_id}”. Give more of the id.")
        raise NotFound(
            f"There is no relation “{relation_id}”. Its id stands in the export and is printed by `annotator relate`."
        )


def _refuse_gold(annotator: str) -> None:
    if annotator == GOLD:
        raise BadArgument("This belongs to gold, which only decisions change: decide again in the review.")


def _age(relation: Relation) -> tuple[str, str]:
    return relation.created, relation.id


def state_of(stored: State | None, spans: int) -> State:
    """A document that has spans and no stored state is in progress."""
    return stored or (State.IN_PROGRESS if spans else State.TODO)
