"""Which places have a span already: asked of many places at once."""

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnClause, Connection, Dialect, and_, bindparam, column, select, values

from annotator.storage.many import dialect_of
from annotator.storage.tables import span
from annotator.storage.types import Identifier, Offset

Place = tuple[str, int, int]
"""Document id, start and end in code points."""

_AT_ONCE = 300  # places in one statement


def taken(connection: Connection, annotator_id: str, label_id: str, places: Sequence[Place]) -> set[Place]:
    """Return those places that have a span of one stretch, by this annotator, with this label."""
    statement, order = _asking(dialect_of(connection))
    found: set[Place] = set()
    for at in range(0, len(places), _AT_ONCE):
        some = list(places[at : at + _AT_ONCE])
        some += some[-1:] * (_AT_ONCE - len(some))  # one statement for any number
        asked: dict[str, str | int] = {"annotator": annotator_id, "label": label_id}
        for n, (document, start, end) in enumerate(some):
            asked |= {f"document_{n}": document, f"start_{n}": start, f"end_{n}": end}
        given = itemgetter(*order)(asked) if order else asked
        found.update(map(tuple, connection.exec_driver_sql(statement, given)))
    return found


@cache
def _asking(dialect: Callable[[], Dialect]) -> tuple[str, tuple[str, ...]]:
    """Return the statement, and its parameters' names in order where the driver takes them by place."""
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
        span.c.label == bindparam("label"),
        span.c.fragments.is_(None),
        span.c.text_sha256.is_(None),
    )
    compiled = select(*place.c).join(span, same).compile(dialect=dialect())
    return str(compiled), tuple(compiled.positiontup or ())
