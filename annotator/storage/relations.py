"""Relations in their table: read as objects, written with what they hang on, and whether they could be."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, func, or_, select

from annotator.domain.relation import Relation
from annotator.storage.asking import plain
from annotator.storage.journal import Row, Step
from annotator.storage.reading import Names
from annotator.storage.tables import relation, span

_AT_ONCE = 500  # parameters in one statement
_SLICE = 10_000  # rows read in one statement

COLUMNS = tuple(
    relation.c[n] for n in ("id", "document", "type", "source", "target", "annotator", "created", "version")
)
"""What `as_relation` makes a relation of."""

_RELATIONS = select(*COLUMNS)
_OF_DOCUMENT = (
    _RELATIONS.where(
        relation.c.document == bindparam("document"),
        relation.c.annotator.in_(bindparam("annotators", expanding=True)),
        relation.c.id > bindparam("after"),
    )
    .order_by(relation.c.id)
    .limit(bindparam("size"))
)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_AT_SPANS = select(relation.c.id).where(or_(relation.c.source.in_(_IDS), relation.c.target.in_(_IDS)))


def of_document(
    connection: Connection, names: Names, document_id: str, annotator_ids: Sequence[str], size: int = _SLICE
) -> Iterator[list[Relation]]:
    """Yield a document's relations by these annotators, each slice a statement of its own; no order is promised."""
    values: dict[str, Any] = {"document": document_id, "annotators": list(annotator_ids), "after": "", "size": size}
    while rows := connection.execute(_OF_DOCUMENT, values).all():
        yield [as_relation(row, names) for row in rows]
        if len(rows) < size:
            return
        values["after"] = rows[-1].id


def with_ids(connection: Connection, names: Names, ids: Sequence[str]) -> list[Relation]:
    """Return the relations of these ids that exist, in no order."""
    found: list[Relation] = []
    for at in range(0, len(ids), _AT_ONCE):
        rows = connection.execute(_RELATIONS.where(relation.c.id.in_(ids[at : at + _AT_ONCE])))
        found += [as_relation(row, names) for row in rows]
    return found


def ids_beginning(connection: Connection, beginning: str, most: int = 3) -> list[str]:
    """Return up to `most` ids of relations that begin so."""
    begins = relation.c.id >= beginning, relation.c.id < beginning + "\U0010ffff"
    return list(connection.execute(select(relation.c.id).where(*begins).limit(most)).scalars())


def same_as(connection: Connection, source: str, target: str, type_id: str, annotator_id: str) -> str | None:
    """Return the id of this annotator's relation of this type between these spans, if there is one."""
    same = (
        relation.c.source == source,
        relation.c.target == target,
        relation.c.type == type_id,
        relation.c.annotator == annotator_id,
    )
    return connection.execute(select(relation.c.id).where(*same)).scalar_one_or_none()


def row(each: Relation, annotator_id: str, type_id: str) -> dict[str, Any]:
    """Return the row of a relation."""
    return {
        "id": each.id,
        "document": each.document,
        "annotator": annotator_id,
        "type": type_id,
        "source": each.source,
        "target": each.target,
        "created": each.created,
    }


def count_of_type(connection: Connection, type_id: str) -> int:
    """Return how many relations, by anybody, have a type."""
    return int(connection.execute(select(func.count()).where(relation.c.type == type_id)).scalar_one())


def delete_at_spans(step: Step, span_ids: Sequence[str]) -> None:
    """Delete the relations, by anybody, at spans that are about to go."""
    for at in range(0, len(span_ids), _AT_ONCE):
        at_them = plain(step.connection, _AT_SPANS, {"ids": list(span_ids[at : at + _AT_ONCE])})
        step.delete("relation", *(key for (key,) in at_them))


def delete_in_documents(step: Step, document_ids: Sequence[str]) -> None:
    """Delete the relations, by anybody, in documents that are about to go. Call it before their spans are deleted."""
    for at in range(0, len(document_ids), _AT_ONCE):
        _delete(step, relation.c.document.in_(document_ids[at : at + _AT_ONCE]))


def delete_of_type(step: Step, type_id: str) -> None:
    """Delete every relation of a type."""
    _delete(step, relation.c.type == type_id)


def move_of_type(step: Step, type_id: str, to: str) -> None:
    """Give every relation of a type another one; what is there twice then stays once."""
    old, new = relation.alias(), relation.alias()
    twice = ((old.c.source == new.c.source) & (old.c.target == new.c.target) & (old.c.annotator == new.c.annotator)) & (
        new.c.type == to
    )
    double = select(old.c.id).where(old.c.type == type_id).join(new, twice)
    step.delete("relation", *step.connection.execute(double).scalars())
    rest = step.connection.execute(select(relation.c.id).where(relation.c.type == type_id)).scalars()
    moved: dict[str, Row] = {key: {"type": to} for key in rest}
    step.update_many("relation", moved)


def problems(connection: Connection, ids: Sequence[str] | None = None) -> Iterator[str]:
    """Yield what no key of a table holds: that both ends lie in the relation's document. Of all, or of these ids."""
    if ids is not None and not ids:
        return
    source, target = span.alias(), span.alias()
    elsewhere = (
        select(relation.c.id, relation.c.document)
        .join(source, source.c.id == relation.c.source)
        .join(target, target.c.id == relation.c.target)
        .where(or_(source.c.document != relation.c.document, target.c.document != relation.c.document))
    )
    parts = [elsewhere]
    if ids is not None:
        slices = [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)]
        parts = [elsewhere.where(relation.c.id.in_(some)) for some in slices]
    for part in parts:
        for relation_id, document_id in connection.execute(part):
            yield f"The relation {relation_id} in {document_id} joins a span of another document."


def _delete(step: Step, which: ColumnElement[bool]) -> None:
    ids = list(step.connection.execute(select(relation.c.id).where(which)).scalars())
    step.delete("relation", *ids)


def as_relation(found: Any, names: Names) -> Relation:
    """Return the relation of a row with the columns of `COLUMNS`."""
    identifier, of, type_id, source, target, who, created, version = found
    return Relation(
        identifier, of, names.relation_types[type_id], source, target, names.annotators[who], created, version
    )
