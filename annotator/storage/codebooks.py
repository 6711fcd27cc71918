"""The codebook in its three tables: read as one object, written as the difference between two."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, LineForm, RelationType
from annotator.storage import stored
from annotator.storage.journal import Step
from annotator.storage.tables import attribute_type, label, relation_type

Values = dict[str, Any]  # columns of any table: text, whole number or null by name
Rows = dict[str, dict[str, Values]]  # of the three tables by name, each by id


def read(connection: Connection) -> Codebook:
    """Return the codebook, everything in its order."""
    rows = connection.execute(select(label).order_by(label.c.position, label.c.name)).mappings().all()
    names = {row["id"]: row["name"] for row in rows}
    labels = tuple(_label(row, names) for row in rows)
    order = {name: place for place, name in enumerate(names.values())}
    types = connection.execute(select(attribute_type).order_by(attribute_type.c.position)).mappings().all()
    attributes = sorted((_attribute(row, names) for row in types), key=lambda each: order[each.label])
    relations = connection.execute(select(relation_type).order_by(relation_type.c.position)).mappings().all()
    return Codebook(labels, tuple(attributes), tuple(_relation(row, names) for row in relations))


def _label(row: RowMapping, names: Mapping[str, str]) -> Label:
    form = stored.member(LineForm, row["line_form"])
    parent = names.get(row["parent"]) if row["parent"] else None
    columns = row["name"], row["letter"], row["colour"], form, row["key"], row["guideline"]
    return Label(*columns, parent=parent, id=row["id"])


def _attribute(row: RowMapping, names: Mapping[str, str]) -> AttributeType:
    kind, options = stored.member(AttributeKind, row["kind"]), stored.texts(row["options"])
    required = bool(row["required"])
    return AttributeType(names[row["label"]], row["name"], kind, options, required, row["guideline"], row["id"])


def _relation(row: RowMapping, names: Mapping[str, str]) -> RelationType:
    sources, targets = (
        tuple(names[key] for key in stored.texts(row[end]) if key in names) for end in ("sources", "targets")
    )
    return RelationType(row["name"], sources, targets, row["guideline"], row["id"])


def with_ids(codebook: Codebook) -> Codebook:
    """Return the codebook with an id for everything that has none yet."""

    def new(known: str) -> str:
        return known or str(uuid.uuid4())

    return Codebook(
        tuple(replace(each, id=new(each.id)) for each in codebook.labels),
        tuple(replace(each, id=new(each.id)) for each in codebook.attributes),
        tuple(replace(each, id=new(each.id)) for each in codebook.relations),
    )


def rows_of(codebook: Codebook) -> Rows:
    """Return the rows of a codebook that has ids."""
    ids = {each.name: each.id for each in codebook}
    return {
        "label": {each.id: _label_row(each, place, ids) for place, each in enumerate(codebook)},
        "attribute_type": {each.id: _attribute_row(each, place, ids) for place, each in enumerate(codebook.attributes)},
        "relation_type": {each.id: _relation_row(each, place, ids) for place, each in enumerate(codebook.relations)},
    }


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


def write(step: Step, old: Codebook, new: Codebook) -> None:
    """Write what differs between two codebooks that have ids. No span may have a label that goes."""
    before, after = rows_of(old), rows_of(new)
    for table in ("relation_type", "attribute_type", "label"):
        for key in before[table].keys() - after[table].keys():
            step.delete(table, key)
    for table in ("label", "attribute_type", "relation_type"):
        for key, row in after[table].items():
            was = before[table].get(key)
            if was is not None and was != row:
                step.update(table, key, {name: value for name, value in row.items() if was[name] != value})
        step.insert(table, [row for key, row in after[table].items() if key not in before[table]])


def _json(values: Sequence[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
