"""What goes out of a project: documents with their annotations."""

from collections.abc import Iterator, Sequence

from annotator.domain.annotated import AnnotatedDocument
from annotator.domain.document import AnnotatorState, State
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
    for document in documents:
        with store.told():
            given = reading.annotator_states(store.connection, document.id, names)
            parts = reading.spans_of(store.connection, names, document.id, ids, _SLICE)
            spans = [span for part in parts for span in part]
            related = [
                each for part in relations.of_document(store.connection, names, document.id, ids) for each in part
            ]
        given = tuple(state for state in given if not annotators or state.annotator in annotators)
        if wanted and not wanted & _states(given, {span.annotator for span in spans}):
            continue
        kept = sorted((span for span in spans if not labels or span.label in labels), key=text_order)
        among = _among(kept, related)
        yield AnnotatedDocument(document, documents.text(document.id), given, tuple(kept), among)


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
