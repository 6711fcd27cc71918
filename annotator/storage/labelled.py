"""What a change of the codebook does to spans, many at a time, and whether their values fit it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, select

from annotator.domain.attributes import checked
from annotator.domain.codebook import AttributeKind, AttributeType, Codebook
from annotator.errors import BadArgument
from annotator.storage import entities, history, relations, stored
from annotator.storage.entities import Registry
from annotator.storage.journal import Row, Step
from annotator.storage.rows import dumped
from annotator.storage.tables import span

_ID_LENGTH = 36  # characters of a UUID
_AT_ONCE = 500  # parameters in one statement
_SLICE = 10_000  # rows read in one statement
_COLUMNS = span.c.id, span.c.label, span.c.attributes


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value on a span that the codebook doesn't allow; `reason` is a sentence.

    `entity_id` is what it has for an entity and is none.
    """

    span_id: str
    type_id: str
    reason: str
    entity_id: str | None = None


def count(connection: Connection, label_id: str) -> int:
    """Return how many spans have a label."""
    return int(connection.execute(select(func.count()).where(span.c.label == label_id)).scalar_one())


def delete_all(step: Step, label_id: str) -> None:
    """Delete every span of a label, and the relations at them."""
    ids = [row["id"] for row in _of_label(step.connection, label_id)]
    relations.delete_at_spans(step, ids)
    step.delete("span", *ids)


def move_all(
    step: Step, label_id: str, to: str, attributes: Sequence[tuple[AttributeType, AttributeType]], at: str
) -> None:
    """Give every span of a label another one. `attributes` are pairs: one of the old label's, and what it becomes.

    A value that the other attribute doesn't allow stays where it was, out of sight.
    """
    registry = Registry(step)
    written: dict[str, Row] = {}
    for row in _of_label(step.connection, label_id):
        values = stored.values_by_id(row["attributes"])
        for old, new in attributes:
            if old.id in values and (fitting := _fitted(new, registry.shown(old, values[old.id]))):
                values[new.id] = registry.stored(new, fitting)
                del values[old.id]
        written[row["id"]] = {"label": to, "attributes": dumped(values), "modified": at}
    step.update_many("span", written)


def keep_fitting(step: Step, label_id: str, old: AttributeType, new: AttributeType, renamed: Mapping[str, str]) -> None:
    """Rename options on spans. Raises BadArgument where a span has a value that `new` would not take.

    A value that is out of sight, since its span has another label by now, goes where it would not fit: the label may
    come back to the span. A text that is to be an entity becomes the one of that name, which is added if there is none.
    """
    if (old.kind, old.options) == (new.kind, new.options) and not renamed:
        return
    registry = Registry(step)
    misfits, example = 0, ""
    written: dict[str, Row] = {}
    for row in _having(step.connection, old.id):
        values = stored.values_by_id(row["attributes"])
        if old.id not in values:
            continue
        shown = registry.shown(old, values[old.id])
        fitting = _fitted(new, [renamed.get(value, value) for value in shown])
        if not fitting and row["label"] == label_id:
            misfits, example = misfits + 1, ", ".join(shown)
        if (kept := registry.stored(new, fitting)) != values[old.id]:
            written[row["id"]] = {"attributes": dumped({**values, old.id: kept})}
    if misfits:
        has = "1 span has" if misfits == 1 else f"{misfits:,} spans have"
        raise BadArgument(
            f"{has} a value of “{old.name}” that would no longer fit, such as “{example[:60]}”. "
            "Change those spans first, or rename the option instead of removing it."
        )
    step.update_many("span", written)


def misfits(connection: Connection, codebook: Codebook, span_ids: Sequence[str]) -> Iterator[Misfit]:
    """Yield the values on these spans, also those out of sight, that the codebook doesn't allow."""
    types, known = {each.id: each for each in codebook.attributes}, entities.ids(connection)
    for at in range(0, len(span_ids), _AT_ONCE):
        some = select(*_COLUMNS).where(span.c.id.in_(span_ids[at : at + _AT_ONCE]), span.c.attributes.is_not(None))
        for row in connection.execute(some).mappings().all():
            yield from _misfits_of(connection, row, types, known)


def all_misfits(connection: Connection, codebook: Codebook) -> Iterator[Misfit]:
    """Yield the values on any span that the codebook doesn't allow. Values of an attribute that is gone are kept."""
    types, known = {each.id: each for each in codebook.attributes}, entities.ids(connection)
    last = ""
    with_values = select(*_COLUMNS).where(span.c.attributes.is_not(None)).order_by(span.c.id).limit(_SLICE)
    while rows := connection.execute(with_values.where(span.c.id > last)).mappings().all():
        for row in rows:
            yield from _misfits_of(connection, row, types, known)
        last = rows[-1]["id"]


def ids_having(connection: Connection, type_id: str) -> list[str]:
    """Return the ids of the spans that hold a value of an attribute, also out of sight."""
    return [row["id"] for row in _having(connection, type_id)]


def _misfits_of(
    connection: Connection, row: RowMapping, types: Mapping[str, AttributeType], known: frozenset[str]
) -> Iterator[Misfit]:
    for key, values in stored.values_by_id(row["attributes"]).items():
        if key in types:
            kind = types[key]
            unknown = next((value for value in values if value not in known), None)
            try:
                checked(kind, values)
            except BadArgument as error:
                yield Misfit(row["id"], key, str(error))
                continue
            if kind.kind is AttributeKind.ENTITY and unknown:
                yield Misfit(row["id"], key, f"“{kind.name}” is an entity that is not there.", unknown)
            elif kind.kind is not AttributeKind.ENTITY and any(_was_entity(connection, each, known) for each in values):
                yield Misfit(row["id"], key, f"“{kind.name}” has the number of an entity in place of a value.")


def _was_entity(connection: Connection, value: str, known: frozenset[str]) -> bool:
    """Whether a value is the id of an entity, also of one that is gone: a redo may bring back what named it."""
    return value in known or (len(value) == _ID_LENGTH and history.knows(connection, "entity", value))


def _fitted(kind: AttributeType, values: Sequence[str]) -> tuple[str, ...]:
    """The values as this attribute stores them, empty where it doesn't take them."""
    try:
        return checked(kind, values)
    except BadArgument:
        return ()


def _of_label(connection: Connection, label_id: str) -> Sequence[RowMapping]:
    return connection.execute(select(*_COLUMNS).where(span.c.label == label_id)).mappings().all()


def _having(connection: Connection, type_id: str) -> Sequence[RowMapping]:
    named = span.c.attributes.contains(type_id, autoescape=True)
    return connection.execute(select(*_COLUMNS).where(named)).mappings().all()
