"""The spans that have an entity, or may be given one: read in slices, and moved from one entity to another."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, RowMapping, func, select

from annotator.domain.codebook import AttributeKind, AttributeType, Codebook
from annotator.domain.entity_use import LONGEST_FORM, Tie, form_of
from annotator.storage import stored
from annotator.storage.journal import Row, Step
from annotator.storage.reading import Names
from annotator.storage.rows import dumped
from annotator.storage.tables import span

Wanted = Callable[[RowMapping], bool]
"""Whether a span, by its id and its text, is among those meant."""

_HELD = select(span.c.id, span.c.text, span.c.attributes)
_BY_ID = select(
    *(span.c[name] for name in ("id", "document", "annotator", "label", "start", "attributes")),
    func.substr(span.c.text, 1, 2 * LONGEST_FORM).label("text"),
).order_by(span.c.id)


def ties(connection: Connection, names: Names, codebook: Codebook, size: int) -> Iterator[list[Tie]]:
    """Yield what spans have to do with entities, `size` spans looked at in each statement.

    Values out of sight, of an attribute that the span's label hasn't got, are none of it.
    """
    asked: dict[str, list[AttributeType]] = {}
    for each in codebook.attributes:
        if each.kind is AttributeKind.ENTITY:
            asked.setdefault(codebook.label(each.label).id, []).append(each)
    last = ""
    while asked and (rows := connection.execute(_BY_ID.where(span.c.id > last).limit(size)).mappings().all()):
        yield [tie for row in rows for kind in asked.get(row["label"], ()) for tie in _tie(row, kind, names)]
        last = rows[-1]["id"]


def _tie(row: RowMapping, kind: AttributeType, names: Names) -> Iterator[Tie]:
    values = stored.values_by_id(row["attributes"]).get(kind.id, ())
    who, form = names.annotators[row["annotator"]], form_of(row["text"])
    tied: list[str | None] = [names.entities[value] for value in values]
    for entity in tied or [None]:
        yield Tie(row["id"], row["document"], row["start"], who, kind.label, kind.name, form, entity)


def count(connection: Connection, codebook: Codebook, entity_id: str) -> int:
    """Return how many spans have an entity, also out of sight."""
    return sum(1 for _ in _holding(connection, codebook, entity_id))


def move(step: Step, codebook: Codebook, entity_id: str, to: str | None, at: str, wanted: Wanted | None = None) -> int:
    """Give every span that has an entity, or those `wanted`, another one, or none; return how many it were."""
    written: dict[str, Row] = {}
    for row, keys in _holding(step.connection, codebook, entity_id):
        if wanted is None or wanted(row):
            values: dict[str, Sequence[str]] = dict(stored.values_by_id(row["attributes"]))
            values |= dict.fromkeys(keys, (to,) if to else ())
            written[row["id"]] = {"attributes": dumped(values), "modified": at}
    step.update_many("span", written)
    return len(written)


def held(connection: Connection, codebook: Codebook, entity_id: str) -> str | None:
    """Return the id of a span that has an entity's id for a value of an attribute that the codebook has."""
    known = {each.id for each in codebook.attributes}
    for row in _naming(connection, entity_id):
        if any(entity_id in values for key, values in stored.values_by_id(row["attributes"]).items() if key in known):
            return str(row["id"])
    return None


def _holding(connection: Connection, codebook: Codebook, entity_id: str) -> Iterator[tuple[RowMapping, list[str]]]:
    """Yield the spans that have an entity with the attributes that say so; those may be gone from the codebook."""
    kinds: Mapping[str, AttributeKind] = {each.id: each.kind for each in codebook.attributes}
    for row in _naming(connection, entity_id):
        found = [
            key
            for key, values in stored.values_by_id(row["attributes"]).items()
            if values == (entity_id,) and kinds.get(key, AttributeKind.ENTITY) is AttributeKind.ENTITY
        ]
        if found:
            yield row, found


def _naming(connection: Connection, entity_id: str) -> Sequence[RowMapping]:
    return connection.execute(_HELD.where(span.c.attributes.contains(entity_id, autoescape=True))).mappings().all()
