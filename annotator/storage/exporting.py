"""Reading whole documents for an export: many short ones at a time, each batch of one state of the project.

A statement for each document would cost more than all else: ten spans are read in a fraction of what asking takes.
"""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, bindparam, func, select, tuple_

from annotator.domain.annotated import WrittenSpan, new_written
from annotator.domain.attributes import Attribute
from annotator.domain.document import AnnotatorState, Document, State
from annotator.domain.relation import Relation
from annotator.domain.span import Span
from annotator.storage import document_spans, listing, reading, relations, stored
from annotator.storage.asking import cursor, plain
from annotator.storage.reading import Names
from annotator.storage.store import Store
from annotator.storage.tables import document, document_state, relation, span, text

_DOCUMENTS_AT_ONCE, _ROWS_AT_ONCE, _CHARACTERS_AT_ONCE = 200, 4_000, 1_000_000
_SLICE = 10_000  # spans of one large document read in one statement

Place = tuple[int, str]
"""Of a document in the project's order: its position and its id."""

_place = tuple_(document.c.position, document.c.id)
_DOCUMENTS = (
    select(*listing.described(text.c.content), document.c.position)
    .join(text, text.c.sha256 == document.c.text_sha256)
    .where(_place > tuple_(bindparam("position"), bindparam("id")))
    .order_by(document.c.position, document.c.id)
    .limit(bindparam("most"))
)


def _by_these(column: Column[str]) -> ColumnElement[bool]:
    """Whether a row is one of these annotators'. An index by annotator must not serve: it leads through all rows."""
    return reading.without_index(column).in_(bindparam("annotators", expanding=True))


def _within(of: Any, *columns: ColumnElement[Any]) -> Select[Any]:
    """Return a query for rows that lie in the documents from one place to another, up to one too many."""
    first, last = (tuple_(bindparam(f"{end}_position"), bindparam(f"{end}_id")) for end in ("first", "last"))
    return (
        select(*columns)
        .select_from(document)
        .join(of, of.c.document == document.c.id)
        .where(_place >= first, _place <= last)
        .limit(_ROWS_AT_ONCE + 1)
    )


_SPANS = _within(
    span,
    *(span.c[n] for n in ("document", "text_sha256", "id", "label", "start", "end", "fragments", "text")),
    *(span.c.annotator, span.c.created, func.nullif(span.c.modified, span.c.created), span.c.note, span.c.attributes),
).where(_by_these(span.c.annotator))
_RELATIONS = _within(relation, *relations.COLUMNS).where(_by_these(relation.c.annotator))
_STATES = _within(document_state, document_state.c.document, document_state.c.annotator, document_state.c.state)


@dataclass(slots=True)
class Read:
    """A document with what is kept of it, in no order; `waiting` are spans without a place in its text."""

    document: Document
    text: str
    states: list[AnnotatorState] = field(default_factory=list)
    spans: list[WrittenSpan] = field(default_factory=list)
    waiting: list[WrittenSpan] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


def documents(store: Store, annotator_ids: Sequence[str]) -> Iterator[Read]:
    """Yield all documents in the project's order, with the spans and relations of these annotators.

    Each is as one state of the project had it, also while other programs write. No lock is held between two batches,
    and for a few ms in one; a document too large for that is read in slices.
    """
    place, most = (-1, ""), _DOCUMENTS_AT_ONCE
    store.under_way.plan(_count(store))
    while True:
        with store.snapshot():
            listed = _listed(store, place, most)
            batch = _batch(store, listed, annotator_ids) if listed else []
        if not listed:
            return
        if batch is None and len(listed) > 1:
            most = max(1, len(listed) // 4)
            continue
        if batch is None:
            with store.told():
                batch = _alone(store, listed[0][1].document.id, annotator_ids)
        yield from batch
        store.under_way.did(len(listed))
        place, most = listed[-1][0], min(2 * most, _DOCUMENTS_AT_ONCE)


def _count(store: Store) -> int:
    with store.told():
        return store.connection.execute(select(func.count()).select_from(document)).scalar_one()


def _listed(store: Store, after: Place, most: int) -> list[tuple[Place, Read]]:
    """Return the next documents with their texts, so many as fit into a batch."""
    found: list[Any] = []
    characters = 0
    values = {"position": after[0], "id": after[1], "most": most}
    with contextlib.closing(cursor(store.connection, _DOCUMENTS, values)) as rows:
        for row in rows:
            found.append(row)
            characters += len(row[listing.WORDS])
            if characters >= _CHARACTERS_AT_ONCE:
                break
    read = listing.with_texts(found)
    return [((row[-1], each.id), Read(each, content)) for row, (each, content) in zip(found, read, strict=True)]


def _batch(store: Store, listed: Sequence[tuple[Place, Read]], annotator_ids: Sequence[str]) -> list[Read] | None:
    """Return these documents with all that is on them; None where that is too much for one statement."""
    connection, names = store.connection, store.names
    (first, _), (last, _) = listed[0], listed[-1]
    ends = {"first_position": first[0], "first_id": first[1], "last_position": last[0], "last_id": last[1]}
    of_annotators = {**ends, "annotators": list(annotator_ids)}
    by_id = {read.document.id: read for _, read in listed}
    with contextlib.closing(cursor(connection, _SPANS, of_annotators)) as rows:
        _add_spans(by_id, rows, names)
    spans = sum(len(read.spans) + len(read.waiting) for read in by_id.values())
    related = plain(connection, _RELATIONS, of_annotators)
    states = plain(connection, _STATES, ends)
    if max(spans, len(related), len(states)) > _ROWS_AT_ONCE:
        return None
    for row in related:
        each = relations.as_relation(row, names)
        by_id[each.document].relations.append(each)
    for of, who, state in states:
        by_id[of].states.append(AnnotatorState(names.annotators[who], stored.member(State, state)))
    return list(by_id.values())


def _add_spans(by_id: dict[str, Read], rows: Iterable[Any], names: Names) -> None:
    """Add the spans of rows to their documents; each row is let go before the next, which takes its place in memory."""
    labels, people = names.labels, names.annotators
    said: dict[tuple[str, str], tuple[Attribute, ...]] = {}  # many spans say the same
    for of, older, key, label_id, start, end, several, words, who, created, modified, note, kept in rows:
        pieces = None if several is None else stored.fragments(start, end, several)
        attributes: tuple[Attribute, ...] = ()
        if kept is not None:
            if (label_id, kept) not in said:
                said[label_id, kept] = names.attributes(label_id, stored.values_by_id(kept))
            attributes = said[label_id, kept]
        last = created if modified is None else modified  # most were never modified: then they aren't read twice
        made = new_written(
            (key, labels[label_id], start, end, pieces, words, people[who], created, last, note, attributes)
        )
        read = by_id[of]
        (read.spans if older is None else read.waiting).append(made)


def _alone(store: Store, document_id: str, annotator_ids: Sequence[str]) -> list[Read]:
    """Read one large document in slices; again where another program corrected its text meanwhile. None if it went."""
    connection, ids = store.connection, list(annotator_ids)
    while described := listing.document_with(connection, document_id):
        names = store.names
        parts = document_spans.spans_of(connection, names, document_id, ids, _SLICE)
        spans = [WrittenSpan.of(each) for part in parts for each in part]
        waiting = [each for each in document_spans.unplaced(connection, names, document_id) if _is_of(names, each, ids)]
        related = [each for part in relations.of_document(connection, names, document_id, ids) for each in part]
        states = list(reading.annotator_states(connection, document_id, names))
        now = listing.document_with(connection, document_id)
        if now and now.text_sha256 == described.text_sha256:
            words = listing.content(connection, now)
            return [Read(now, words, states, spans, [WrittenSpan.of(each) for each in waiting], related)]
    return []


def _is_of(names: Names, each: Span, annotator_ids: Sequence[str]) -> bool:
    return names.annotator_id(each.annotator) in annotator_ids
