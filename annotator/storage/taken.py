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

_Statement = tuple[str, tuple[str, ...]]  # its words, its parameters' names
_Asking = Callable[[Callable[[], Dialect], int], _Statement]

_FEW, _AT_ONCE = 50, 300  # places in one statement: as many as are seen at once, and many


def taken(connection: Connection, annotator_id: str, label_id: str, places: Sequence[Place]) -> set[Place]:
    """Return those places that have a span of one stretch, by this annotator, with this label."""
    asked = {"annotator": annotator_id, "label": label_id}
    return set(map(tuple, _rows(connection, _of_label, asked, places)))


def spans_at(connection: Connection, annotator_id: str, places: Sequence[Place]) -> dict[Place, dict[str, str]]:
    """Return the spans of one stretch by this annotator at exactly these places: label ids by id, by place."""
    found: dict[Place, dict[str, str]] = {}
    for *place, key, label in _rows(connection, _of_any, {"annotator": annotator_id}, places):
        found.setdefault(tuple(place), {})[key] = label
    return found


def _rows(connection: Connection, asking: _Asking, given: Mapping[str, str], places: Sequence[Place]) -> Iterator[Any]:
    at_once = _FEW if len(places) <= _FEW else _AT_ONCE
    statement, order = asking(dialect_of(connection), at_once)
    for at in range(0, len(places), at_once):
        some = list(places[at : at + at_once])
        some += some[-1:] * (at_once - len(some))  # one statement for any number
        asked: dict[str, str | int] = {**given}
        for n, (document, start, end) in enumerate(some):
            asked |= {f"document_{n}": document, f"start_{n}": start, f"end_{n}": end}
        yield from connection.exec_driver_sql(statement, itemgetter(*order)(asked) if order else asked)


@cache
def _of_label(dialect: Callable[[], Dialect], count: int) -> _Statement:
    place, same = _places(count)
    return _compiled(select(*place.c).join(span, same & (span.c.label == bindparam("label"))), dialect)


@cache
def _of_any(dialect: Callable[[], Dialect], count: int) -> _Statement:
    place, same = _places(count)
    return _compiled(select(*place.c, span.c.id, span.c.label).join(span, same).order_by(span.c.id), dialect)


def _places(count: int) -> tuple[CTE, ColumnElement[bool]]:
    """Return so many places that are asked for as a table, and what makes a span one there."""
    columns: tuple[ColumnClause[Any], ...] = (
        column("document", Identifier),
        column("start", Offset),
        column("end", Offset),
    )
    rows = [tuple(bindparam(f"{each.name}_{n}", type_=each.type) for each in columns) for n in range(count)]
    place = values(*columns, name="place").data(rows).cte("place")
    same = and_(
        *(span.c[each.name] == place.c[each.name] for each in columns),
        span.c.annotator == bindparam("annotator"),
        span.c.fragments.is_(None),
        span.c.text_sha256.is_(None),
    )
    return place, same


def _compiled(query: Select[Any], dialect: Callable[[], Dialect]) -> _Statement:
    """Return the statement, and its parameters' names in order where the driver takes them by place."""
    compiled = query.compile(dialect=dialect())
    return str(compiled), tuple(compiled.positiontup or ())
