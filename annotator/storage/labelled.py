"""What a change of the codebook does to spans, many at a time, and whether their values fit it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, select

from annotator.domain.attributes import checked
from annotator.domain.codebook import AttributeType, Codebook
from annotator.errors import BadArgument
from annotator.storage import relations, stored
from annotator.storage.journal import Row, Step
from annotator.storage.rows import dumped
from annotator.storage.tables import span

_AT_ONCE = 500  # parameters in one statement
_SLICE = 10_000  # rows read in one statement
_COLUMNS = span.c.id, span.c.label, span.c.attributes


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value on a span that the codebook doesn't allow; `reason` is a sentence."""

    span_id: str
    type_id: str
    reason: str


def count(connection: Connection, label_id: str) -> int:
    """Return how many spans have a label."""
    return int(connection.execute(select(func.count()).where(span.c.label == label_id)).scalar_one())


def delete_all(step: Step, label_id: str) -> None:
    """Delete every span of a label, and the relations at them."""
    ids = [row["id"] for row in _of_label(step.connection, label_id)]
    relations.delete_at_spans(step, ids)
    step.delete("span", *ids)


def move_all(step: Step, label_id: str, to: str, attributes: Mapping[str, AttributeType], at: str) -> None:
    """Give every span of a label another one. `attributes` has, by id of the old label's, what they become.

    A value that the other attribute doesn't allow stays where it was, out of sight.
    """
    written: dict[str, Row] = {}
    for row in _of_label(step.connection, label_id):
        values = stored.values_by_id(row["attributes"])
        for old, new in attributes.items():
            if old in values and (fitting := _fitted(new, values[old])):
                values[new.id] = fitting
                del values[old]
        written[row["id"]] = {"label": to, "attributes": dumped(values), "modified": at}
    step.update_many("span", written)


def keep_fitting(step: Step, label_id: str, old: AttributeType, new: AttributeType, renamed: Mapping[str, str]) -> None:
    """Rename options on spans. Raises BadArgument where a span has a value that `new` would not take.

    A value that is out of sight, since its span has another label by now, goes where it would not fit: the label may
    come back to the span.
    """
    if (old.kind, old.options) == (new.kind, new.options) and not renamed:
        return
    misfits, example = 0, ""
    written: dict[str, Row] = {}
    for row in _having(step.connection, old.id):
        values = stored.values_by_id(row["attributes"])
        if old.id not in values:
            continue
        fitting = _fitted(new, [renamed.get(value, value) for value in values[old.id]])
        if not fitting and row["label"] == label_id:
            misfits, example = misfits + 1, ", ".join(values[old.id])
        if fitting != values[old.id]:
            written[row["id"]] = {"attributes": dumped({**values, old.id: fitting})}
    if misfits:
        has = "1 span has" if misfits == 1 else f"{misfits:,} spans have"
        raise BadArgument(
            f"{has} a value of “{old.name}” that would no longer fit, such as “{example[:60]}”. "
            "Change those spans first, or rename the option instead of removing it."
        )
    step.update_many("span", written)


def misfits(connection: Connection, codebook: Codebook, span_ids: Sequence[str]) -> Iterator[Misfit]:
    """Yield the values on these spans, also those out of sight, that the codebook doesn't allow."""
    types = {each.id: each for each in codebook.attributes}
    for at in range(0, len(span_ids), _AT_ONCE):
        some = select(*_COLUMNS).where(span.c.id.in_(span_ids[at : at + _AT_ONCE]), span.c.attributes.is_not(None))
        for row in connection.execute(some).mappings().all():
            yield from _misfits_of(row, types)


def all_misfits(connection: Connection, codebook: Codebook) -> Iterator[Misfit]:
    """Yield the values on any span that the codebook doesn't allow. Values of an attribute that is gone are kept."""
    types = {each.id: each for each in codebook.attributes}
    last = ""
    with_values = select(*_COLUMNS).where(span.c.attributes.is_not(None)).order_by(span.c.id).limit(_SLICE)
    while rows := connection.execute(with_values.where(span.c.id > last)).mappings().all():
        for row in rows:
            yield from _misfits_of(row, types)
        last = rows[-1]["id"]


def ids_having(connection: Connection, type_id: str) -> list[str]:
    """Return the ids of the spans that hold a value of an attribute, also out of sight."""
    return [row["id"] for row in _having(connection, type_id)]


def _misfits_of(row: RowMapping, types: Mapping[str, AttributeType]) -> Iterator[Misfit]:
    for key, values in stored.values_by_id(row["attributes"]).items():
        if key in types:
            try:
                checked(types[key], values)
            except BadArgument as error:
                yield Misfit(row["id"], key, str(error))


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
