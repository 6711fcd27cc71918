"""What goes out of a project: documents with their annotations."""

from collections.abc import Iterator, Sequence

from annotator.domain.annotated import AnnotatedDocument
from annotator.domain.document import AnnotatorState, Document, State
from annotator.domain.relation import Relation
from annotator.domain.span import Span, text_order
from annotator.errors import NotFound
from annotator.project.documents import Documents
from annotator.storage import reading, relations
from annotator.storage.store import Store

_SLICE = 10_000  # spans read in one statement


def annotated_documents(
    store: Store, documents: Documents, annotators: Sequence[str], labels: Sequence[str], states: Sequence[State]
) -> Iterator[AnnotatedDocument]:
    """Yield the documents one at a time with the spans that the filters keep, and the relations among these.

    An empty filter keeps all.

    With `states`, a document is kept when one of the annotators asked for (or anybody) gave it one of them; a document
    without a stored state is to do, or in progress where there are spans. Raises NotFound for an unknown annotator.
    """
    unknown = set(annotators) - set(store.names.annotators.values())
    if unknown:
        known = ", ".join(sorted(store.names.annotators.values())) or "nobody yet"
        raise NotFound(f"Nobody called “{sorted(unknown)[0]}” has worked in this project. It knows: {known}.")
    return _annotated(store, documents, set(annotators), set(labels), set(states))


def _annotated(
    store: Store, documents: Documents, annotators: set[str], labels: set[str], wanted: set[State]
) -> Iterator[AnnotatedDocument]:
    names = store.names
    ids = [key for key, name in names.annotators.items() if not annotators or name in annotators]
    for listed in documents:
        with store.told():
            document, spans = _spans_as_one(store, listed, ids)
            if document is None:
                continue  # another program has just deleted it
            given = reading.annotator_states(store.connection, document.id, names)
            waiting = reading.unplaced(store.connection, names, document.id)
            related = [
                each for part in relations.of_document(store.connection, names, document.id, ids) for each in part
            ]
        given = tuple(state for state in given if not annotators or state.annotator in annotators)
        if wanted and not wanted & _states(given, {span.annotator for span in spans}):
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
