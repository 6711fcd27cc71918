"""What goes out of a project: documents with their annotations."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotator.domain.annotated import AnnotatedDocument
from annotator.domain.document import AnnotatorState, Document, State
from annotator.domain.relation import Relation
from annotator.domain.review import GOLD
from annotator.domain.span import Span, text_order
from annotator.errors import NotFound
from annotator.project.documents import Documents
from annotator.storage import reading, relations, reviews
from annotator.storage.store import Store
from annotator.storage.tables import GOLD_ID

_SLICE = 10_000  # spans read in one statement


def annotated_documents(
    store: Store,
    documents: Documents,
    annotators: Sequence[str],
    labels: Sequence[str],
    states: Sequence[State],
    *,
    gold: bool = False,
) -> Iterator[AnnotatedDocument]:
    """Yield the documents one at a time with the spans that the filters keep, and the relations among these.

    An empty filter keeps all. With `gold` the spans and relations are the reviewed ones, in the name of the reviewer.

    With `states`, a document is kept when one of the annotators asked for (or anybody) gave it one of them; a document
    without a stored state is to do, or in progress where there are spans. Raises NotFound for an unknown annotator.
    """
    unknown = set(annotators) - set(store.names.people.values())
    if unknown:
        known = ", ".join(sorted(store.names.people.values())) or "nobody yet"
        raise NotFound(f"Nobody called “{sorted(unknown)[0]}” has worked in this project. It knows: {known}.")
    found = _annotated(store, documents, set(annotators), set(labels), set(states), gold=gold)
    return (_as_decided(store, each) for each in found) if gold else found


def _annotated(
    store: Store, documents: Documents, annotators: set[str], labels: set[str], wanted: set[State], *, gold: bool
) -> Iterator[AnnotatedDocument]:
    names = store.names
    people = {key for key, name in names.people.items() if not annotators or name in annotators}
    ids = [GOLD_ID] if gold else list(people)
    for listed in documents:
        with store.told():
            document, spans = _spans_as_one(store, listed, ids)
            if document is None:
                continue  # another program has just deleted it
            given = reading.annotator_states(store.connection, document.id, names)
            waiting = [
                span
                for span in reading.unplaced(store.connection, names, document.id)
                if gold == (span.annotator == GOLD)
            ]
            related = [
                each for part in relations.of_document(store.connection, names, document.id, ids) for each in part
            ]
        given = tuple(state for state in given if not annotators or state.annotator in annotators)
        with_spans = set() if gold else {span.annotator for span in spans}
        if wanted and not wanted & _states(given, with_spans):
            continue
        kept = sorted((span for span in spans if not labels or span.label in labels), key=text_order)
        left = {
            span.id
            for span in waiting
            if (not annotators or span.annotator in annotators) and (not labels or span.label in labels)
        }
        at_left = sum(each.source in left or each.target in left for each in related)
        among = _among(kept, related)
        text = documents.text_of(document)
        yield AnnotatedDocument(document, text, given, tuple(kept), among, len(left), at_left)


def _as_decided(store: Store, annotated: AnnotatedDocument) -> AnnotatedDocument:
    """Put the reviewer in the place of gold, and what was decided beside each span."""
    with store.told():
        known = reviews.decisions(store.connection, store.names, annotated.document.id)
    made = {each.result.span: each for each in known if each.result and each.superseded is None}
    spans = tuple(replace(span, annotator=made[span.id].reviewer) for span in annotated.spans if span.id in made)
    by = {span.id: span.annotator for span in spans}
    related = tuple(
        replace(each, annotator=by[each.source])
        for each in annotated.relations
        if each.source in by and each.target in by
    )
    return replace(annotated, spans=spans, relations=related, decisions=made)


def _spans_as_one(store: Store, listed: Document, ids: Sequence[str]) -> tuple[Document | None, list[Span]]:
    """Return a document and its spans that fit together: another program may correct the text while they are read."""
    document = reading.document_with(store.connection, listed.id)
    while True:
        parts = reading.spans_of(store.connection, store.names, listed.id, ids, _SLICE)
        spans = [span for part in parts for span in part]
        now = reading.document_with(store.connection, listed.id)
        if document is None or now is None or now.text_sha256 == document.text_sha256:
            return now, spans
        document = now


def _among(spans: Sequence[Span], related: Sequence[Relation]) -> tuple[Relation, ...]:
    """The relations whose two spans are kept, in the order of their first spans, then of their second ones."""
    place = {span.id: number for number, span in enumerate(spans)}
    kept = (each for each in related if each.source in place and each.target in place)
    return tuple(sorted(kept, key=lambda each: (place[each.source], place[each.target], each.created, each.id)))


def _states(given: tuple[AnnotatorState, ...], with_spans: set[str]) -> set[State]:
    found = {state.state for state in given}
    if with_spans - {state.annotator for state in given}:
        found.add(State.IN_PROGRESS)
    return found or {State.TODO}
