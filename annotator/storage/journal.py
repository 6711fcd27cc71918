"""Changes: the one way in which rows are written, and how a change is taken back or done again.

Each tracked row carries the number of the change that left it as it is (`change`). Taking change C back puts every row
that C wrote back as it was, with the `change` that it had before: the number names a state of the row, also when
the row comes back to that state. So C can be taken back exactly when each of its rows is still in the state in which
C left it. The row after a change is not stored: it is in the table, or in the change that took it back.
"""

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from annotator.domain.change import Change, ChangeKind
from annotator.domain.time import parse
from annotator.errors import NotFound
from annotator.storage import history, many, stored
from annotator.storage.asking import cursor
from annotator.storage.history import WrittenRow
from annotator.storage.tables import TRACKED, change, change_row
from annotator.storage.under_way import under_way

_AT_ONCE = 500  # parameters in one statement
_FOR_EACH = 2  # rows written for a tracked row: itself, and one that says what was there before
_JOIN_SECONDS = 2  # nudges of one span within this time are one change

Row = Mapping[str, Any]  # a row of any table: TEXT, INTEGER or null by column name

_BLANK = {name: dict.fromkeys(table.columns.keys()) for name, table in TRACKED.items()}
_BY_IDS = {
    name: select(table).where(table.c.id.in_(bindparam("ids", expanding=True))) for name, table in TRACKED.items()
}
_WRITTEN_BY = {
    name: select(table)
    .join(change_row, change_row.c.row_id == table.c.id)
    .where(change_row.c.change == bindparam("number"), change_row.c.table_name == bindparam("table_name"))
    for name, table in TRACKED.items()
}
_BEGIN = insert(change).returning(change.c.number)
_as_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


@dataclass
class Step:
    """One change being written, inside a transaction: every write of a tracked row goes through it.

    A step writes each row once at most. What it wrote is in the journal as soon as it is written.
    """

    connection: Connection
    annotator_id: str
    change: Change
    joins: bool = False
    written: dict[str, list[WrittenRow]] = field(default_factory=dict)
    """By table, what this step wrote."""
    left: dict[str, dict[str, Row]] = field(default_factory=dict)
    """By table and id, the rows as this step left them, without those that it deleted."""

    @property
    def number(self) -> int:
        return self.change.number

    def ids(self, table_name: str) -> list[str]:
        """Return the ids of the rows of one table that this step wrote."""
        return [row.row_id for row in self.written.get(table_name, ())]

    def before(self, table_name: str) -> dict[str, Row]:
        """Return the rows of one table that were there before this step wrote them, as they were."""
        return {row.row_id: row.before for row in self.written.get(table_name, ()) if row.before}

    def insert(self, table_name: str, rows: Sequence[Row]) -> None:
        """Write new rows; each gets `version` 1 (unless it comes with one) and this change's number."""
        blank = {**_BLANK[table_name], "version": 1, "change": self.number}
        self._insert(table_name, [{**blank, **row} for row in rows])

    def update(self, table_name: str, row_id: str, values: Row, check: Callable[[Row], None] = lambda _: None) -> None:
        """Write some columns of one row, unless `check`, given the row as it is, raises what it likes.

        Raises NotFound where another program has just deleted it.
        """
        row = self._there(table_name, [row_id])[row_id]
        check(row)
        self._write(table_name, [(row, {"change": self.number, **values})])

    def update_many(self, table_name: str, values_by_id: Mapping[str, Row]) -> None:
        """Write some columns of several rows. Raises NotFound where one of them is gone."""
        there = self._there(table_name, list(values_by_id))
        pairs = [(there[key], {"change": self.number, **values}) for key, values in values_by_id.items()]
        self._write(table_name, pairs)

    def delete(self, table_name: str, *row_ids: str) -> None:
        """Take rows out of their table; the change keeps them. Raises NotFound where one of them is gone already."""
        self._remove(table_name, list(self._there(table_name, row_ids).values()))

    def put_back(self, table_name: str, rows: Sequence[WrittenRow], current: Mapping[str, Row]) -> None:
        """Leave rows of one table, of which some are there (`current`), as they were before another change."""
        inserted = [row for row in rows if row.before is not None and row.row_id not in current]
        self._insert(table_name, [{**(row.before or {}), "version": row.version_left + 1} for row in inserted])
        updated = [(current[row.row_id], row.before) for row in rows if row.before and row.row_id in current]
        # What is the same is left out: else SQLite would write the row anew in each index.
        others = [(now, {name: old for name, old in before.items() if now[name] != old}) for now, before in updated]
        self._write(table_name, others)
        self._remove(table_name, [current[row.row_id] for row in rows if not row.before and row.row_id in current])

    def plan(self, rows: int) -> None:
        """So many tracked rows at least will be written in all: for who waits and looks how far it is."""
        under_way(self.connection).plan(_FOR_EACH * rows)

    def let_go(self) -> None:
        """Forget the rows, once nobody asks for them any more."""
        many.let_go(*self.left.values(), *self.written.values())

    def _insert(self, table_name: str, rows: Sequence[Row]) -> None:
        self._about_to_write(rows)
        many.insert_rows(self.connection, TRACKED[table_name], rows)
        self._log([WrittenRow(table_name, row["id"], "insert", row["version"], None) for row in rows])
        self.left.setdefault(table_name, {}).update((row["id"], row) for row in rows)

    def _remove(self, table_name: str, rows: Sequence[Row]) -> None:
        self._about_to_write(rows)
        many.delete_rows(self.connection, TRACKED[table_name], rows)
        self._log([WrittenRow(table_name, row["id"], "delete", row["version"] + 1, row) for row in rows])

    def _write(self, table_name: str, pairs: Sequence[tuple[Row, Row]]) -> None:
        """Write columns of rows, each given as it is now; those with the same columns in one go."""
        self._about_to_write(pairs)
        groups: dict[tuple[str, ...], list[Row]] = {}
        for before, values in pairs:
            new = {**before, **values, "version": before["version"] + 1}
            groups.setdefault((*values, "version"), []).append(new)
            self.left.setdefault(table_name, {})[before["id"]] = new
        for columns, rows in groups.items():
            names = tuple(name for name in dict.fromkeys(columns) if name != "id")
            many.update_rows(self.connection, TRACKED[table_name], names, rows)
        self._log([WrittenRow(table_name, row["id"], "update", row["version"] + 1, row) for row, _ in pairs])

    def _about_to_write(self, rows: Sequence[object]) -> None:
        under_way(self.connection).ask(_FOR_EACH * len(rows))

    def _there(self, table_name: str, row_ids: Sequence[str]) -> dict[str, Row]:
        rows = current_rows(self.connection, table_name, row_ids)
        if gone := [key for key in row_ids if key not in rows]:
            raise NotFound(f"The {table_name} “{gone[0]}” is gone: somebody deleted it meanwhile. Nothing was changed.")
        return rows

    def _log(self, rows: Sequence[WrittenRow]) -> None:
        """Write down what was written. A joined change keeps what its rows were before its first write."""
        if rows:
            self.written.setdefault(rows[0].table_name, []).extend(rows)
        if self.joins:
            for row in rows:
                same = change_row.c.table_name == row.table_name, change_row.c.row_id == row.row_id
                left = update(change_row).where(change_row.c.change == self.number, *same)
                self.connection.execute(left.values(version_left=row.version_left))
        else:
            many.insert_rows(self.connection, change_row, (_logged(self.number, row) for row in rows))


def _logged(number: int, row: WrittenRow) -> Row:
    before = None if row.before is None else _as_json(row.before)
    table_name, row_id, operation, version_left, _ = row
    return {
        "change": number,
        "table_name": table_name,
        "row_id": row_id,
        "operation": operation,
        "version_left": version_left,
        "before": before,
    }


def current_rows(connection: Connection, table_name: str, row_ids: Sequence[str]) -> dict[str, Row]:
    """Return those of these tracked rows that there are, as they are now, by id."""
    found: dict[str, Row] = {}
    change_under_way = under_way(connection)
    for at in range(0, len(row_ids), _AT_ONCE):
        change_under_way.go_on()
        result = cursor(connection, _BY_IDS[table_name], {"ids": list(row_ids[at : at + _AT_ONCE])})
        found |= {row["id"]: row for row in _rows(table_name, result)}
    return found


def rows_written(connection: Connection, table_name: str, number: int) -> dict[str, Row]:
    """Return those rows of one table that a change wrote and that there are, as they are now, by id."""
    result = cursor(connection, _WRITTEN_BY[table_name], {"number": number, "table_name": table_name})
    return {row["id"]: row for row in _rows(table_name, result)}


def _rows(table_name: str, result: sqlite3.Cursor) -> Iterator[Row]:
    names = TRACKED[table_name].columns.keys()
    return (dict(zip(names, row, strict=True)) for row in result)


def begin(
    connection: Connection,
    annotator_id: str,
    annotator_name: str,
    name: str,
    at: str,
    *,
    kind: ChangeKind = ChangeKind.DO,
    undoes: int | None = None,
) -> Step:
    """Start a change inside the open transaction."""
    identifier = str(uuid.uuid4())
    values = {"id": identifier, "kind": kind.value, "name": name, "annotator": annotator_id, "at": at, "undoes": undoes}
    number = connection.execute(_BEGIN, values).scalar_one()
    return Step(connection, annotator_id, Change(number, identifier, kind, name, annotator_name, at))


def joinable(connection: Connection, annotator_id: str, name: str, row: tuple[str, str], at: str) -> Change | None:
    """Return the newest change of all, if it has this name, is by this annotator, just now, and wrote this row alone.

    `row` is (table, row id). Ask inside the transaction that then writes: another program may write in between.
    """
    newest_first = history.changes().add_columns(change.c.annotator).order_by(change.c.number.desc())
    found = connection.execute(newest_first.limit(1)).first()
    if found is None or (found.kind, found.name, found.annotator) != (ChangeKind.DO, name, annotator_id):
        return None
    try:
        passed = (parse(at) - parse(found.at)).total_seconds()
    except ValueError:
        raise stored.damaged(f"change {found.number} has no readable time") from None
    if not 0 <= passed <= _JOIN_SECONDS:
        return None
    wrote = [(written.table_name, written.row_id) for written in history.rows_of(connection, found.number)]
    return history.as_change(found[:6]) if wrote == [row] else None


def rejoin(connection: Connection, annotator_id: str, last: Change, at: str) -> Step:
    """Go on writing the newest change; the rows before it stay those of its first write."""
    connection.execute(update(change).where(change.c.number == last.number).values(at=at))
    return Step(connection, annotator_id, replace(last, at=at), joins=True)
