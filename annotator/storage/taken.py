"""Which places have a span already: asked of many places at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnClause,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    and_,
    bindparam,
    column,
    select,
    values,
)

from annotator.storage.many import dialect_of
from annotator.storage.tables import span
from annotator.storage.types import Identifier, Offset

Place = tuple[str, int, int]
"""Document id, start and end in code points."""

_AT_ONCE = 300  # places in one statement


def taken(connection: Connection, annotator_id: str, label_id: str, places: Sequence[Place]) -> set[Place]:
    """Return those places that have a span of one stretch, by this annotator, with this label."""
    asked = {"annotator": annotator_id, "label": label_id}
    return set(map(tuple, _rows(connection, _of_label(dialect_of(connection)), asked, places)))


def spans_at(connection: Connection, annotator_id: str, places: Sequence[Place]) -> dict[Place, dict[str, str]]:
    """Return the spans of one stretch by this annotator at exactly these places: label ids by id, by place."""
    found: dict[Place, dict[str, str]] = {}
    for *place, key, label in _rows(connection, _of_any(dialect_of(connection)), {"annotator": annotator_id}, places):
        found.setdefault(tuple(place), {})[key] = label
    return found


def _rows(
    connection: Connection, asking: tuple[str, tuple[str, ...]], given: Mapping[str, str], places: Sequence[Place]
) -> Iterator[Any]:
    statement, order = asking
    for at in range(0, len(places), _AT_ONCE):
        some = list(places[at : at + _AT_ONCE])
        some += some[-1:] * (_AT_ONCE - len(some))  # one statement for any number
        asked: dict[str, str | int] = {**given}
        for n, (document, start, end) in enumerate(some):
            asked |= {f"document_{n}": document, f"start_{n}": start, f"end_{n}": end}
        yield from connection.exec_driver_sql(statement, itemgetter(*order)(asked) if order else asked)


@cache
def _of_label(dialect: Callable[[], Dialect]) -> tuple[str, tuple[str, ...]]:
    place, same = _places()
    return _compiled(select(*place.c).join(span, same & (span.c.label == bindparam("label"))), dialect)


@cache
def _of_any(dialect: Callable[[], Dialect]) -> tuple[str, tuple[str, ...]]:
    place, same = _places()
    return _compiled(select(*place.c, span.c.id, span.c.label).join(span, same).order_by(span.c.id), dialect)


def _places() -> tuple[CTE, ColumnElement[bool]]:
    """Return the places that are asked for as a table, and what makes a span one there."""
    columns: tuple[ColumnClause[Any], ...] = (
        column("document", Identifier),
        column("start", Offset),
        column("end", Offset),
    )
    rows = [tuple(bindparam(f"{each.name}_{n}", type_=each.type) for each in columns) for n in range(_AT_ONCE)]
    place = values(*columns, name="place").data(rows).cte("place")
    same = and_(
        *(span.c[each.name] == place.c[each.name] for each in columns),
        span.c.annotator == bindparam("annotator"),
        span.c.fragments.is_(None),
        span.c.text_sha256.is_(None),
    )
    return place, same


def _compiled(query: Select[Any], dialect: Callable[[], Dialect]) -> tuple[str, tuple[str, ...]]:
    """Return the statement, and its parameters' names in order where the driver takes them by place."""
    compiled = query.compile(dialect=dialect())
    return str(compiled), tuple(compiled.positiontup or ())
