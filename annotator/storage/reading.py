"""Rows to domain objects: every question that a project answers."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, bindparam, func, select

from annotator.domain.attributes import Attribute
from annotator.domain.codebook import AttributeKind
from annotator.domain.document import AnnotatorState, State
from annotator.domain.span import Span, new_fragment, new_span
from annotator.storage import listing, stored
from annotator.storage.asking import plain
from annotator.storage.tables import (
    GOLD_ID,
    annotator,
    attribute_type,
    document,
    document_state,
    entity,
    label,
    relation_type,
    span,
)

_AT_ONCE = 500  # parameters in one statement
_COUNTED_AT_ONCE = 10_000  # documents


SPANS = select(
    *(span.c[n] for n in ("id", "document", "label", "start", "end", "fragments", "text", "annotator")),
    *(span.c[n] for n in ("created", "modified", "note", "attributes", "version")),
)


def without_index(column: Column[str]) -> ColumnElement[str]:
    """Compare this column, but let no index that begins with it serve: it would lead through too many rows."""
    return column.concat("")


# Spans that wait for a person are few, and an index has them alone; one by document or annotator would have each of
# their spans be looked at, 100,000 in 100 ms.
WAITING = span.c.text_sha256.is_not(None)
_WITHOUT_PLACE = select(span.c.document).where(WAITING, without_index(span.c.annotator) == bindparam("who"))
_COUNT = select(func.count()).where(span.c.document == bindparam("document"), span.c.annotator == bindparam("who"))
_COUNTS = (  # document by document, since one index then has all that is asked for
    select(
        document.c.position,
        document.c.id,
        select(func.count())
        .where(span.c.document == document.c.id, span.c.annotator == bindparam("who"))
        .correlate(document)
        .scalar_subquery(),
    )
    .where(listing.AFTER)
    .order_by(document.c.position, document.c.id)
    .limit(_COUNTED_AT_ONCE)
)
_STATES = select(document_state.c.document, document_state.c.state).where(
    document_state.c.annotator == bindparam("who")
)
_COUNTS_AND_STATES = select(
    document.c.id,
    select(func.count())
    .where(span.c.document == document.c.id, span.c.annotator == bindparam("who"))
    .correlate(document)
    .scalar_subquery(),
    select(document_state.c.state)
    .where(document_state.c.document == document.c.id, document_state.c.annotator == bindparam("who"))
    .correlate(document)
    .scalar_subquery(),
).where(document.c.id.in_(bindparam("ids", expanding=True)))
_STATE = _STATES.where(document_state.c.document == bindparam("document"))
_SPANS_WITH = SPANS.where(span.c.id.in_(bindparam("ids", expanding=True)))
_PLACED_WITH = _SPANS_WITH.where(span.c.text_sha256.is_(None))


class _ById(dict[str, str]):
    """Names by id. An id that another program added a moment ago is looked up when it is first met."""

    def __init__(self, read: Callable[[], dict[str, str]]) -> None:
        super().__init__(read())
        self._read = read

    def __missing__(self, key: str) -> str:
        self.update(self._read())
        if key not in self:
            raise stored.damaged("a row names an annotator, a label, a relation type or an entity that is not there")
        return self[key]


class Names:
    """Ids and names of annotators, labels, relation types, entities. Read again after a change that may touch them."""

    def __init__(self, connection: Connection) -> None:
        self.annotators = _ById(lambda: dict(connection.execute(select(annotator.c.id, annotator.c.name)).all()))
        self.labels = _ById(lambda: dict(connection.execute(select(label.c.id, label.c.name)).all()))
        of_type = relation_type.c.id, relation_type.c.name
        self.relation_types = _ById(lambda: dict(connection.execute(select(*of_type)).all()))
        self.entities = _ById(lambda: dict(connection.execute(select(entity.c.id, entity.c.name)).all()))
        columns = [attribute_type.c[n] for n in ("label", "id", "name", "kind")]
        self._types = connection.execute(select(*columns).order_by(attribute_type.c.position)).all()

    @property
    def people(self) -> dict[str, str]:
        """The annotators' names by id, without gold."""
        return {key: name for key, name in self.annotators.items() if key != GOLD_ID}

    def annotator_id(self, name: str) -> str | None:
        return next((key for key, known in self.annotators.items() if known == name), None)

    def attributes(self, label_id: str, values: dict[str, tuple[str, ...]]) -> tuple[Attribute, ...]:
        """Return those of a span's stored values that its label asks for, in the codebook's order."""
        mine = ((key, name, kind) for of, key, name, kind in self._types if of == label_id)
        return tuple(self._attribute(name, kind, values[key]) for key, name, kind in mine if values.get(key))

    def _attribute(self, name: str, kind: str, values: tuple[str, ...]) -> Attribute:
        if kind != AttributeKind.ENTITY:
            return Attribute(name, values)
        return Attribute(name, tuple(self.entities[value] for value in values), entity=True)


def span_counts(connection: Connection, annotator_id: str | None) -> dict[str, int]:
    """Return the number of one annotator's spans, by document id, of 100,000 documents in 130 ms."""
    counts: dict[str, int] = {}
    after: dict[str, Any] = {"position": -1, "id": "", "who": annotator_id}
    while rows := plain(connection, _COUNTS, after):
        counts |= {document_id: count for _, document_id, count in rows}
        after |= {"position": rows[-1][0], "id": rows[-1][1]}
    for document_id in connection.execute(_WITHOUT_PLACE, {"who": annotator_id}).scalars():
        if document_id in counts:  # else another program added it just now
            counts[document_id] -= 1
    return counts


def span_count(connection: Connection, document_id: str, annotator_id: str | None) -> int:
    """Return the number of one annotator's spans in one document."""
    every = int(connection.execute(_COUNT, {"document": document_id, "who": annotator_id}).scalar_one())
    here = _WITHOUT_PLACE.where(without_index(span.c.document) == document_id)
    return every - len(connection.execute(here, {"who": annotator_id}).all())


def states(connection: Connection, annotator_id: str | None) -> dict[str, State]:
    """Return the states that one annotator gave, by document id."""
    rows = plain(connection, _STATES, {"who": annotator_id})
    return {document_id: stored.member(State, state) for document_id, state in rows}


def state(connection: Connection, document_id: str, annotator_id: str | None) -> State | None:
    """Return the state that one annotator gave one document."""
    rows = plain(connection, _STATE, {"document": document_id, "who": annotator_id})
    return stored.member(State, rows[0][1]) if rows else None


def counts_and_states(
    connection: Connection, document_ids: Sequence[str], annotator_id: str | None
) -> dict[str, tuple[int, State | None]]:
    """Return how many spans one annotator has in each of a few documents, and the state they gave it."""
    asked = {"ids": list(document_ids), "who": annotator_id}
    waiting = Counter(key for (key,) in plain(connection, _WITHOUT_PLACE, {"who": annotator_id}))
    found = {
        key: (count - waiting[key], None if given is None else stored.member(State, given))
        for key, count, given in plain(connection, _COUNTS_AND_STATES, asked)
    }
    return {key: found.get(key, (0, None)) for key in document_ids}


def annotator_states(connection: Connection, document_id: str, names: Names) -> tuple[AnnotatorState, ...]:
    """Return who gave which state to one document, by name."""
    columns = document_state.c.annotator, document_state.c.state
    rows = connection.execute(select(*columns).where(document_state.c.document == document_id)).all()
    given = [AnnotatorState(names.annotators[who], stored.member(State, state)) for who, state in rows]
    return tuple(sorted(given, key=_by_name))


def finished(connection: Connection, names: Names) -> dict[str, tuple[str, ...]]:
    """Return, by document, the names of those who marked it done, sorted."""
    columns = document_state.c.document, document_state.c.annotator
    found: dict[str, list[str]] = {}
    for document_id, who in connection.execute(select(*columns).where(document_state.c.state == State.DONE.value)):
        found.setdefault(document_id, []).append(names.annotators[who])
    return {document_id: tuple(sorted(people)) for document_id, people in found.items()}


def everybodys_states(connection: Connection, names: Names) -> dict[str, dict[str, State]]:
    """Return, by document, the state for each annotator, by name: who has spans there and gave none is in progress."""
    found: dict[str, dict[str, State]] = {}
    begun = select(span.c.document, span.c.annotator).where(span.c.annotator != GOLD_ID).distinct()
    for document_id, who in connection.execute(begun):
        found.setdefault(document_id, {})[names.annotators[who]] = State.IN_PROGRESS
    columns = document_state.c.document, document_state.c.annotator, document_state.c.state
    for document_id, who, state in connection.execute(select(*columns)):
        found.setdefault(document_id, {})[names.annotators[who]] = stored.member(State, state)
    return found


def _by_name(state: AnnotatorState) -> str:
    return state.annotator


def spans_with(connection: Connection, names: Names, span_ids: Sequence[str], *, unplaced: bool = False) -> list[Span]:
    """Return the spans of these ids that exist, in no order; those without a place only where `unplaced` is true."""
    found: list[Span] = []
    wanted = _SPANS_WITH if unplaced else _PLACED_WITH
    for at in range(0, len(span_ids), _AT_ONCE):
        found += as_spans(plain(connection, wanted, {"ids": list(span_ids[at : at + _AT_ONCE])}), names)
    return found


def span_ids_beginning(connection: Connection, beginning: str, most: int = 3) -> list[str]:
    """Return up to `most` ids of spans that begin so."""
    query = select(span.c.id).where(span.c.id >= beginning, span.c.id < beginning + "\U0010ffff").limit(most)
    return list(connection.execute(query).scalars())


def as_span(row: Any, names: Names) -> Span:
    """Return the span of a row with the columns of `SPANS`."""
    return as_spans([row], names)[0]


def as_spans(rows: Iterable[Any], names: Names) -> list[Span]:
    """Return the spans of rows with the columns of `SPANS`; what many of them say alike is there once."""
    labels, people = names.labels, names.annotators
    found: list[Span] = []
    alike: dict[str, str] = {}
    once = alike.setdefault
    for key, of, label_id, start, end, several, words, who, created, modified, note, kept, version in rows:
        made = new_span(
            key,
            once(of, of),
            labels[label_id],
            (new_fragment(start, end),) if several is None else stored.fragments(start, end, several),
            words,
            people[who],
            once(created, created),
            once(modified, modified),
            note,
            names.attributes(label_id, stored.values_by_id(kept)) if kept else (),
            version,
        )
        found.append(made)
    return found
