"""The entities in their table: read, written as a difference, found inside a change or added to it."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from annotator.domain.codebook import AttributeKind, AttributeType
from annotator.domain.entity import Entity
from annotator.domain.entity_rules import key
from annotator.storage import stored
from annotator.storage.journal import Step
from annotator.storage.tables import entity

Values = dict[str, Any]  # columns of any table: text, whole number or null by name


def read(connection: Connection) -> tuple[Entity, ...]:
    """Return the entities by name."""
    rows = connection.execute(select(entity)).mappings().all()
    return tuple(sorted((_entity(row) for row in rows), key=lambda each: (key(each.name), each.id)))


def ids(connection: Connection) -> frozenset[str]:
    """Return the ids of the entities that there are."""
    return frozenset(connection.execute(select(entity.c.id)).scalars())


def _entity(row: RowMapping) -> Entity:
    return Entity(row["name"], stored.texts(row["aliases"]), row["note"], row["id"])


def row_of(each: Entity) -> Values:
    """Return the row of an entity that has an id."""
    aliases = json.dumps(list(each.aliases), ensure_ascii=False)
    return {"id": each.id, "name": each.name, "aliases": aliases, "note": each.note}


def with_ids(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return the entities with an id for each that has none yet."""
    return tuple(each if each.id else replace(each, id=str(uuid.uuid4())) for each in entities)


def write(step: Step, before: Sequence[Entity], after: Sequence[Entity]) -> None:
    """Write what differs between the entities as they are stored and as they shall be, which have ids."""
    was = {each.id: row_of(each) for each in before}
    shall = {each.id: row_of(each) for each in after}
    step.delete("entity", *(was.keys() - shall.keys()))
    for identifier, row in shall.items():
        old = was.get(identifier, row)
        if values := {name: each for name, each in row.items() if old[name] != each}:
            step.update("entity", identifier, values)
    step.insert("entity", [row for identifier, row in shall.items() if identifier not in was])


class Registry:
    """The entities as one change meets them: looked up by name or alias, and added where there is none.

    Attribute values have names outside storage and ids inside; it turns the ones into the others. It is read when it
    is first needed, inside the transaction.
    """

    def __init__(self, step: Step) -> None:
        self._step = step
        self._names: dict[str, str] | None = None
        self._ids: dict[str, str] = {}

    def stored(self, kind: AttributeType, values: Sequence[str]) -> tuple[str, ...]:
        """Return an attribute's values, which were checked, as a span's row has them."""
        if kind.kind is not AttributeKind.ENTITY:
            return tuple(values)
        return tuple(self._id_of(value) for value in values)

    def shown(self, kind: AttributeType, values: Sequence[str]) -> tuple[str, ...]:
        """Return an attribute's values in a span's row as they are shown: an entity's name, not its id."""
        if kind.kind is not AttributeKind.ENTITY:
            return tuple(values)
        names = self._read()
        return tuple(names[value] for value in values if value in names)

    def _id_of(self, name: str) -> str:
        names = self._read()
        if key(name) not in self._ids:
            new = Entity(name, id=str(uuid.uuid4()))
            self._step.insert("entity", [row_of(new)])
            self._ids[key(name)], names[new.id] = new.id, name
        return self._ids[key(name)]

    def _read(self) -> dict[str, str]:
        if self._names is None:
            found = read(self._step.connection)
            self._names = {each.id: each.name for each in found}
            self._ids = {key(name): each.id for each in found for name in each.names}
        return self._names
