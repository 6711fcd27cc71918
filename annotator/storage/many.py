"""Writing rows by the driver's own way of one statement for many.

SQLAlchemy says the statement, once a table; what it does for each row besides would cost more than the row. Rows are
handed over some thousands at a time, since making them ready holds Python's lock, and the window needs it too.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Table, Update, bindparam, delete, insert, update

from annotator.domain import garbage
from annotator.storage.connection import expect_many_rows
from annotator.storage.under_way import under_way

_AT_ONCE = 2_000
_MANY_MADE = 20_000  # objects
_FREED_AT_ONCE = 1_000
_NEW = "new_"  # before a column's name: what it shall be

Row = Mapping[str, Any]  # a row of any table: TEXT, INTEGER or null by column name
_Ready = Callable[[Row], Any]
_NewDialect = Callable[[], Dialect]


def dialect_of(connection: Connection) -> Callable[[], Dialect]:
    """Return what makes a dialect like a connection's: the same for every file, so that statements are kept by it."""
    return type(connection.dialect)


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep Python from looking for garbage among the rows of a change: none is there.

    Where a program looks by itself at times, as the window does, it doesn't look at many that were made here later on.
    """
    with garbage.left_alone():
        try:
            yield
        finally:
            if gc.get_threshold()[0] == 0 and gc.get_count()[0] > _MANY_MADE:
                gc.freeze()


def let_go(*holders: dict[Any, Any] | list[Any]) -> None:
    """Empty what held the rows of a change: freed all at once, 100,000 hold Python's lock for up to 0.2 s."""
    for rows in holders:
        while isinstance(rows, dict) and rows:
            rows.popitem()
        while isinstance(rows, list) and rows:
            del rows[-_FREED_AT_ONCE:]


def insert_rows(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows, each with every column of the table."""
    _execute(connection, _insertion(dialect_of(connection), table), rows)


def update_rows(connection: Connection, table: Table, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Write these columns of the rows of these ids."""
    _execute(connection, _updating(dialect_of(connection), table, columns), rows)


def delete_rows(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Delete the rows of these ids."""
    _execute(connection, _deletion(dialect_of(connection), table), rows)


def _execute(connection: Connection, prepared: tuple[str, _Ready], rows: Iterable[Row]) -> None:
    statement, ready = prepared
    waiting = iter(rows)
    change = under_way(connection)
    while some := [ready(row) for row in islice(waiting, _AT_ONCE)]:
        if len(some) == _AT_ONCE:
            expect_many_rows(connection)
        connection.exec_driver_sql(statement, some)
        change.did(len(some))


@cache
def _insertion(dialect: _NewDialect, table: Table) -> tuple[str, _Ready]:
    return _prepared(dialect, insert(table))


@cache
def _updating(dialect: _NewDialect, table: Table, columns: tuple[str, ...]) -> tuple[str, _Ready]:
    values: dict[str, Any] = {name: bindparam(_NEW + name) for name in columns}
    return _prepared(dialect, update(table).where(table.c.id == bindparam(f"{_NEW}id")).values(values))


@cache
def _deletion(dialect: _NewDialect, table: Table) -> tuple[str, _Ready]:
    return _prepared(dialect, delete(table).where(table.c.id == bindparam(f"{_NEW}id")))


def _prepared(dialect: _NewDialect, statement: Insert | Update | Delete) -> tuple[str, _Ready]:
    """Return a statement's words and what makes a row its parameters: by place or by name, as the driver has them."""
    compiled = statement.compile(dialect=dialect())
    if not compiled.positional:
        names = {name: name.removeprefix(_NEW) for name in compiled.bind_names.values()}
        return str(compiled), lambda row: {name: row[column] for name, column in names.items()}
    places = [name.removeprefix(_NEW) for name in compiled.positiontup or ()]
    if len(places) == 1:
        return str(compiled), lambda row: (row[places[0]],)
    return str(compiled), itemgetter(*places)
