"""What goes in and out of a project: files to new documents, and documents with their annotations to a format."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.domain.annotated import AnnotatedDocument
from annotator.domain.document import AnnotatorState, Document, State, describe
from annotator.domain.span import Span, text_order
from annotator.errors import BadArgument, NotFound
from annotator.formats import plain_text, registry
from annotator.formats.reports import ImportReport
from annotator.project.documents import Documents
from annotator.storage import reading
from annotator.storage.store import Store

_SLICE = 10_000  # spans read in one statement


def read_documents(
    paths: Sequence[str | Path], format: str | None, present: Documents
) -> tuple[ImportReport, dict[str, str]]:
    """Read plain text files; returns what is new and what is there already, and the new texts by hash.

    A new document's id is its file's name without the ending, with a number behind it where that is taken.
    """
    if not registry.find(format or "text").reads:
        raise BadArgument(f"annotator can't read the format “{format}”. What it reads is in: annotator formats")
    added: dict[str, Document] = {}
    there: list[Document] = []
    texts: dict[str, str] = {}
    taken = {document.id for document in present}
    by_text = present.by_text()
    for path in paths:
        read = plain_text.read(path)
        new_id = _free_id(Path(read.source_file).stem, taken)
        document = describe(
            read.text, document_id=new_id, source_file=read.source_file, source_sha256=read.source_sha256
        )
        known = by_text.get(document.text_sha256) or added.get(document.text_sha256)
        if known:
            there.append(known)
            continue
        taken.add(new_id)
        added[document.text_sha256] = document
        texts[document.text_sha256] = read.text
    return ImportReport(tuple(added.values()), tuple(there)), texts


def _free_id(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def annotated_documents(
    store: Store, documents: Documents, annotators: Sequence[str], labels: Sequence[str], states: Sequence[State]
) -> Iterator[AnnotatedDocument]:
    """Yield the documents one at a time with the spans that the filters keep; an empty filter keeps all.

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
        given = tuple(state for state in given if not annotators or state.annotator in annotators)
        if wanted and not wanted & _states(given, {span.annotator for span in spans}):
            continue
        kept = sorted((span for span in spans if not labels or span.label in labels), key=text_order)
        left = [
            span
            for span in waiting
            if (not annotators or span.annotator in annotators) and (not labels or span.label in labels)
        ]
        yield AnnotatedDocument(document, documents.text_of(document), given, tuple(kept), len(left))


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


def _states(given: tuple[AnnotatorState, ...], with_spans: set[str]) -> set[State]:
    found = {state.state for state in given}
    if with_spans - {state.annotator for state in given}:
        found.add(State.IN_PROGRESS)
    return found or {State.TODO}
