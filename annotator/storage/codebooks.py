"""The codebook in its three tables: read as one object, written as the difference between two."""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Table, select

from annotator.domain import codebook_rules
from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, LineForm, RelationType
from annotator.errors import BadArgument
from annotator.storage import connection as connections
from annotator.storage import stored
from annotator.storage.journal import Step
from annotator.storage.tables import attribute_type, label, relation_type

Values = dict[str, Any]  # columns of any table: text, whole number or null by name
Rows = dict[str, dict[str, Values]]  # of the three tables by name, each by id
Placed = TypeVar("Placed", Label, AttributeType, RelationType)

_TABLES = label, attribute_type, relation_type


def read(connection: Connection) -> Codebook:
    """Return the codebook, everything in its order."""
    with connections.snapshot(connection):
        rows, types, relations = (_rows(connection, table) for table in _TABLES)
    names = {row["id"]: row["name"] for row in rows}
    labels = tuple(_label(row, names) for row in rows)
    order = {name: place for place, name in enumerate(names.values())}
    attributes = sorted((_attribute(row, names) for row in types), key=lambda each: order[each.label])
    return Codebook(labels, tuple(attributes), tuple(_relation(row, names) for row in relations))


def _rows(connection: Connection, table: Table) -> Sequence[RowMapping]:
    return connection.execute(select(table).order_by(table.c.position, table.c.name)).mappings().all()


def _label(row: RowMapping, names: Mapping[str, str]) -> Label:
    form = stored.member(LineForm, row["line_form"])
    parent = names.get(row["parent"]) if row["parent"] else None
    columns = row["name"], row["letter"], row["colour"], form, row["key"], row["guideline"]
    return Label(*columns, parent=parent, id=row["id"])


def _attribute(row: RowMapping, names: Mapping[str, str]) -> AttributeType:
    if row["label"] not in names:
        raise stored.damaged("an attribute belongs to a label that is not there")
    kind, options = stored.member(AttributeKind, row["kind"]), stored.texts(row["options"])
    required = bool(row["required"])
    return AttributeType(names[row["label"]], row["name"], kind, options, required, row["guideline"], row["id"])


def _relation(row: RowMapping, names: Mapping[str, str]) -> RelationType:
    sources, targets = (
        tuple(names[key] for key in stored.texts(row[end]) if key in names) for end in ("sources", "targets")
    )
    return RelationType(row["name"], sources, targets, row["guideline"], row["id"])


def problems(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with the codebook, the references among them that no key of a table holds."""
    codebook = read(connection)
    ids = {each.id for each in codebook}
    for row in _rows(connection, label):
        if row["parent"] is not None and row["parent"] not in ids:
            yield f"“{row['name']}” is said to be a kind of a label that is not there."
    for row in _rows(connection, relation_type):
        if not ids.issuperset(stored.texts(row["sources"]) + stored.texts(row["targets"])):
            yield f"The relation type “{row['name']}” begins or ends at a label that is not there."
    try:
        codebook_rules.check(codebook)
    except BadArgument as error:
        yield str(error)


def with_ids(codebook: Codebook) -> Codebook:
    """Return the codebook with an id for everything that has none yet, or one that something before it has."""
    taken = {""}

    def new(known: str) -> str:
        found = str(uuid.uuid4()) if known in taken else known
        taken.add(found)
        return found

    return Codebook(
        tuple(replace(each, id=new(each.id)) for each in codebook.labels),
        tuple(replace(each, id=new(each.id)) for each in codebook.attributes),
        tuple(replace(each, id=new(each.id)) for each in codebook.relations),
    )


def rows_of(codebook: Codebook, places: Mapping[str, int] | None = None) -> Rows:
    """Return the rows of a codebook that has ids; `places` are the positions that its rows have already."""
    ids = {each.name: each.id for each in codebook}
    now = places or {}
    return {
        "label": {each.id: _label_row(each, at, ids) for each, at in _placed(codebook.labels, now)},
        "attribute_type": {each.id: _attribute_row(each, at, ids) for each, at in _placed(codebook.attributes, now)},
        "relation_type": {each.id: _relation_row(each, at, ids) for each, at in _placed(codebook.relations, now)},
    }


def _placed(every: Sequence[Placed], now: Mapping[str, int]) -> Iterator[tuple[Placed, int]]:
    """Give each a position; who can keep theirs does, so that a change of one label writes no others."""
    last = -1
    for each in every:
        last = max(last + 1, now.get(each.id, 0))
        yield each, last


def _label_row(each: Label, place: int, ids: Mapping[str, str]) -> Values:
    return {
        "id": each.id,
        "position": place,
        "name": each.name,
        "letter": each.letter,
        "colour": each.colour.upper(),
        "line_form": each.line_form.value,
        "key": each.key,
        "guideline": each.guideline,
        "parent": ids[each.parent] if each.parent else None,
    }


def _attribute_row(each: AttributeType, place: int, ids: Mapping[str, str]) -> Values:
    return {
        "id": each.id,
        "label": ids[each.label],
        "position": place,
        "name": each.name,
        "kind": each.kind.value,
        "options": _json(each.options),
        "required": int(each.required),
        "guideline": each.guideline,
    }


def _relation_row(each: RelationType, place: int, ids: Mapping[str, str]) -> Values:
    return {
        "id": each.id,
        "position": place,
        "name": each.name,
        "sources": _json([ids[name] for name in each.sources]),
        "targets": _json([ids[name] for name in each.targets]),
        "guideline": each.guideline,
    }


def write(step: Step, codebook: Codebook) -> None:
    """Write what differs between what is stored and a codebook that has ids. No span may have a label that goes."""
    stored_rows = {table.name: {row["id"]: row for row in _rows(step.connection, table)} for table in _TABLES}
    places = {key: row["position"] for rows in stored_rows.values() for key, row in rows.items()}
    after = rows_of(codebook, places)
    for table in reversed(_TABLES):  # what refers to a label goes before it
        step.delete(table.name, *(stored_rows[table.name].keys() - after[table.name].keys()))
    for table in _TABLES:
        before = stored_rows[table.name]
        for key, row in after[table.name].items():
            if key in before and (values := {name: each for name, each in row.items() if before[key][name] != each}):
                step.update(table.name, key, values)
        step.insert(table.name, [row for key, row in after[table.name].items() if key not in before])


def _json(values: Sequence[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
