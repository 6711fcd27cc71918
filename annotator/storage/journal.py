"""Changes: the one way in which rows are written, and how a change is taken back or done again.

Each tracked row carries the number of the change that left it as it is (`change`). Taking change C back puts every row
that C wrote back as it was, with the `change` that it had before: the number names a state of the row, also when
the row comes back to that state. So C can be taken back exactly when each of its rows is still in the state in which
C left it. The row after a change is not stored: it is in the table, or in the change that took it back.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from annotator.domain.change import Change, ChangeKind
from annotator.domain.time import parse
from annotator.errors import CannotUndo, NotFound
from annotator.storage import history, stored
from annotator.storage.tables import TRACKED, change, change_row

_JOIN_SECONDS = 2  # nudges of one span within this time are one change

Row = Mapping[str, Any]  # a row of any table: TEXT, INTEGER or null by column name


@dataclass
class Step:
    """One change being written, inside a transaction: every write of a tracked row goes through it."""

    connection: Connection
    annotator_id: str
    change: Change
    touched: list[tuple[str, str]] = field(default_factory=list)
    joins: bool = False
    _log: list[dict[str, Any]] = field(default_factory=list)
    _finished: bool = False

    @property
    def number(self) -> int:
        return self.change.number

    def insert(self, table_name: str, rows: list[dict[str, Any]]) -> None:
        """Write new rows; each gets `version` 1 (unless it comes with one) and this change's number."""
        if not rows:
            return
        stamped = [{"version": 1, **row, "change": row.get("change", self.number)} for row in rows]
        self.connection.execute(insert(TRACKED[table_name]), stamped)
        for row in stamped:
            self._note("insert", table_name, row["id"], row["version"], None)

    def update(self, table_name: str, row_id: str, values: Row) -> None:
        """Write some columns of one row. Raises NotFound where another program has just deleted it."""
        before = self._there(table_name, row_id)
        self._write(table_name, before, {"change": self.number, **values})

    def delete(self, table_name: str, row_id: str) -> None:
        """Take one row out of its table; the change keeps it. Raises NotFound where it is gone already."""
        self._remove(table_name, self._there(table_name, row_id))

    def put_back(self, row: history.WrittenRow, current: Row | None) -> None:
        """Leave a row, which now is `current`, as it was before another change wrote it."""
        if row.before is not None and current:
            self._write(row.table_name, current, {**row.before, "version": current["version"] + 1})
        elif row.before is not None:
            self.insert(row.table_name, [{**row.before, "version": row.version_left + 1}])
        elif current:
            self._remove(row.table_name, current)

    def finish(self) -> None:
        """Write down what the change did, last in the transaction. Only the first call does anything."""
        if self._finished:
            return
        self._finished = True
        if self.joins:
            for row in self._log:
                same = [change_row.c[name] == row[name] for name in ("change", "table_name", "row_id")]
                self.connection.execute(update(change_row).where(*same).values(version_left=row["version_left"]))
        elif self._log:
            self.connection.execute(insert(change_row), self._log)

    def _remove(self, table_name: str, before: Row) -> None:
        table = TRACKED[table_name]
        self.connection.execute(delete(table).where(table.c.id == before["id"]))
        self._note("delete", table_name, before["id"], before["version"] + 1, before)

    def _write(self, table_name: str, before: Row, values: Row) -> None:
        table = TRACKED[table_name]
        version = before["version"] + 1
        statement = update(table).where(table.c.id == before["id"]).values({**values, "version": version})
        self.connection.execute(statement)
        self._note("update", table_name, before["id"], version, before)

    def _row(self, table_name: str, row_id: str) -> dict[str, Any] | None:
        return current_row(self.connection, table_name, row_id)

    def _there(self, table_name: str, row_id: str) -> dict[str, Any]:
        if row := self._row(table_name, row_id):
            return row
        raise NotFound(f"The {table_name} “{row_id}” is gone: somebody deleted it meanwhile. Nothing was changed.")

    def _note(self, operation: str, table_name: str, row_id: str, version: int, before: Row | None) -> None:
        self.touched.append((table_name, row_id))
        kept = None if before is None else json.dumps(before, ensure_ascii=False, separators=(",", ":"))
        self._log.append(
            {
                "change": self.number,
                "table_name": table_name,
                "row_id": row_id,
                "operation": operation,
                "version_left": version,
                "before": kept,
            }
        )


def current_row(connection: Connection, table_name: str, row_id: str) -> dict[str, Any] | None:
    """Return a tracked row as it is now, or None."""
    table = TRACKED[table_name]
    row = connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
    return dict(row) if row else None


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
    number = connection.execute(insert(change).values(values).returning(change.c.number)).scalar_one()
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


def take_back(step: Step, target: Change) -> None:
    """Put every row that `target` wrote back as it was. Raises CannotUndo where a later change stands in the way."""
    order = {name: place for place, name in enumerate(TRACKED)}  # parents before children
    rows = history.rows_of(step.connection, target.number)
    restored = sorted((row for row in rows if row.before is not None), key=lambda row: order[row.table_name])
    removed = sorted((row for row in rows if row.before is None), key=lambda row: -order[row.table_name])
    left = _states_left(step.connection, target)
    for row in removed + restored:
        current = current_row(step.connection, row.table_name, row.row_id)
        state = current["change"] if current else None
        if state != (None if row.operation == "delete" else left.get((row.table_name, row.row_id), target.number)):
            raise _in_the_way(target, history.newest_of(step.connection, row))
        try:
            step.put_back(row, current)
        except IntegrityError as error:
            raise _in_the_way(target, history.newest_upon(step.connection, row)) from error


def _states_left(connection: Connection, target: Change) -> dict[tuple[str, str], int]:
    """The states in which an undo or redo left its rows: those before the change that it took back."""
    if target.kind is ChangeKind.DO:
        return {}
    taken_back = connection.execute(select(change.c.undoes).where(change.c.number == target.number)).scalar_one()
    written = history.rows_of(connection, taken_back)
    return {(row.table_name, row.row_id): row.before["change"] for row in written if row.before}


def _in_the_way(target: Change, later: Change | None) -> CannotUndo:
    begins = f"“{target.name}” can't be taken back: "
    if later is None:
        return CannotUndo(begins + "later work depends on it or took its place. Nothing was changed.")
    return CannotUndo(
        f"{begins}{later.annotator} changed the same later "
        f"(“{later.title}”, {later.at[:10]} {later.at[11:19]} UTC). Nothing was changed."
    )
