"""Changes: the one way in which rows are written, and how a change is taken back or done again.

Each tracked row carries the number of the change that left it as it is (`change`). Taking change C back puts every row
that C wrote back as it was, with the `change` that it had before: the number names a state of the row, also when
the row comes back to that state. So C can be taken back exactly when each of its rows is still in the state in which
C left it. The row after a change is not stored: it is in the table, or in the change that took it back.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from annotator.domain.change import Change, ChangeKind
from annotator.domain.time import parse
from annotator.errors import NotFound
from annotator.storage import history, stored
from annotator.storage.tables import TRACKED, change, change_row

_AT_ONCE = 500  # parameters in one statement
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

    def before(self, table_name: str) -> dict[str, Row]:
        """Return the rows of one table that were there before this step wrote them, as they were."""
        kept = ((row["row_id"], row["before"]) for row in self._log if row["table_name"] == table_name)
        return {row_id: json.loads(before) for row_id, before in kept if before is not None}

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
        self.update_many(table_name, {row_id: values})

    def update_many(self, table_name: str, values_by_id: Mapping[str, Row]) -> None:
        """Write some columns of several rows. Raises NotFound where one of them is gone."""
        there = self._there(table_name, list(values_by_id))
        pairs = [(there[key], {"change": self.number, **values}) for key, values in values_by_id.items()]
        self._write(table_name, pairs)

    def delete(self, table_name: str, *row_ids: str) -> None:
        """Take rows out of their table; the change keeps them. Raises NotFound where one of them is gone already."""
        self._remove(table_name, list(self._there(table_name, row_ids).values()))

    def put_back(self, table_name: str, rows: Sequence[history.WrittenRow], current: Mapping[str, Row]) -> None:
        """Leave rows of one table, of which some are there (`current`), as they were before another change."""
        inserted = [row for row in rows if row.before is not None and row.row_id not in current]
        self.insert(table_name, [{**(row.before or {}), "version": row.version_left + 1} for row in inserted])
        updated = [(current[row.row_id], row.before) for row in rows if row.before and row.row_id in current]
        self._write(table_name, updated)
        self._remove(table_name, [current[row.row_id] for row in rows if not row.before and row.row_id in current])

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

    def _remove(self, table_name: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        table = TRACKED[table_name]
        statement = delete(table).where(table.c.id == bindparam("row_id"))
        self.connection.execute(statement, [{"row_id": row["id"]} for row in rows])
        for row in rows:
            self._note("delete", table_name, row["id"], row["version"] + 1, row)

    def _write(self, table_name: str, pairs: Sequence[tuple[Row, Row]]) -> None:
        """Write columns of rows, each given as it is now; those with the same columns in one go."""
        table = TRACKED[table_name]
        groups: dict[tuple[str, ...], list[Row]] = {}
        for before, values in pairs:
            new = {**values, "id": before["id"], "version": before["version"] + 1}
            groups.setdefault(tuple(new), []).append({f"new_{name}": value for name, value in new.items()})
            self._note("update", table_name, before["id"], new["version"], before)
        for columns, parameters in groups.items():
            changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns if name != "id"}
            self.connection.execute(update(table).where(table.c.id == bindparam("new_id")).values(changed), parameters)

    def _there(self, table_name: str, row_ids: Sequence[str]) -> dict[str, Row]:
        rows = current_rows(self.connection, table_name, row_ids)
        if gone := [key for key in row_ids if key not in rows]:
            raise NotFound(f"The {table_name} “{gone[0]}” is gone: somebody deleted it meanwhile. Nothing was changed.")
        return rows

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


def current_rows(connection: Connection, table_name: str, row_ids: Sequence[str]) -> dict[str, Row]:
    """Return those of these tracked rows that there are, as they are now, by id."""
    table = TRACKED[table_name]
    found: dict[str, Row] = {}
    for at in range(0, len(row_ids), _AT_ONCE):
        some = connection.execute(select(table).where(table.c.id.in_(row_ids[at : at + _AT_ONCE]))).mappings()
        found |= {row["id"]: dict(row) for row in some}
    return found


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
    rows = history.rows_of(step.connection, target.number)
    mine = {name: [row for row in rows if row.table_name == name] for name in TRACKED}  # parents before children
    current = {
        name: current_rows(step.connection, name, [row.row_id for row in written]) for name, written in mine.items()
    }
    left = _states_left(step.connection, target)
    for row in rows:
        now = current[row.table_name].get(row.row_id)
        wanted = None if row.operation == "delete" else left.get((row.table_name, row.row_id), target.number)
        if (now["change"] if now else None) != wanted:
            raise history.refusal(target, history.newest_of(step.connection, row.table_name, row.row_id))
    # What a row refers to must be there before it and go after it: a label before its spans, gone after them.
    kept = [(name, [row for row in written if row.before]) for name, written in mine.items()]
    gone = [(name, [row for row in written if not row.before]) for name, written in reversed(mine.items())]
    for name, written in kept + gone:
        try:
            step.put_back(name, written, current[name])
        except IntegrityError as error:
            later = (history.newest_in_the_way(step.connection, row) for row in written)
            raise history.refusal(target, next((change for change in later if change), None)) from error


def _states_left(connection: Connection, target: Change) -> dict[tuple[str, str], int]:
    """The states in which an undo or redo left its rows: those before the change that it took back."""
    if target.kind is ChangeKind.DO:
        return {}
    taken_back = connection.execute(select(change.c.undoes).where(change.c.number == target.number)).scalar_one()
    written = history.rows_of(connection, taken_back)
    return {(row.table_name, row.row_id): row.before["change"] for row in written if row.before}
