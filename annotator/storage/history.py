"""Questions about the changes that were made: what can be undone, who wrote a row last, what a change wrote."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, UniqueConstraint, and_, bindparam, func, select, union_all

from annotator.domain.change import Change, ChangeKind
from annotator.domain.time import is_time
from annotator.errors import CannotUndo
from annotator.storage import stored
from annotator.storage.asking import cursor, plain
from annotator.storage.tables import TRACKED, annotator, change, change_row

_undoing = change.alias("undoing")


def changes() -> Any:
    columns = change.c.number, change.c.id, change.c.kind, change.c.name, annotator.c.name.label("who"), change.c.at
    return select(*columns).join(annotator, annotator.c.id == change.c.annotator)


def as_change(row: Any) -> Change:
    number, identifier, kind, name, who, at = row
    if not is_time(at):
        raise stored.damaged(f"change {number} has no readable time")
    return Change(number, identifier, stored.member(ChangeKind, kind), name, who, at)


def _standing() -> Any:
    """Changes that no later change took back."""
    return changes().outerjoin(_undoing, _undoing.c.undoes == change.c.number).where(_undoing.c.number.is_(None))


def _newest_standing(kind: str) -> Any:
    """The newest standing change of one kind: one kind at a time, so that the index gives it without sorting."""
    of_kind = _standing().where(change.c.annotator == bindparam("who"), change.c.kind == kind)
    return select(of_kind.order_by(change.c.number.desc()).limit(1).subquery())


_UNDOABLE = union_all(_newest_standing("do"), _newest_standing("redo"))
_LAST_DONE = select(func.coalesce(func.max(change.c.number), 0)).where(
    change.c.annotator == bindparam("who"), change.c.kind == "do"
)
_REDOABLE = (
    _standing()
    .where(change.c.annotator == bindparam("who"), change.c.kind == "undo", change.c.number > bindparam("after"))
    .order_by(change.c.number.desc())
    .limit(1)
)

_ROWS = select(*(change_row.c[name] for name in ("table_name", "row_id", "operation", "version_left", "before"))).where(
    change_row.c.change == bindparam("number")
)
_KNOWS = (
    select(change_row.c.change)
    .where(change_row.c.table_name == bindparam("table_name"), change_row.c.row_id == bindparam("row_id"))
    .limit(1)
)
_AT_ONCE = 500  # parameters in one statement
_WRITTEN_BETWEEN = select(change_row.c.row_id).where(
    change_row.c.row_id.in_(bindparam("ids", expanding=True)),
    change_row.c.table_name == bindparam("table_name"),
    change_row.c.change > bindparam("first"),
    change_row.c.change < bindparam("last"),
)
_ROWS_THERE_BEFORE = _ROWS.where(change_row.c.before.is_not(None))


def undoable(connection: Connection, annotator_id: str) -> Change | None:
    """Return the newest change of this annotator that is not taken back."""
    found = [as_change(row) for row in connection.execute(_UNDOABLE, {"who": annotator_id})]
    return max(found, key=lambda change: change.number, default=None)


def redoable(connection: Connection, annotator_id: str) -> Change | None:
    """Return the undo that redo would take back: the newest one since this annotator last did something new."""
    after = connection.execute(_LAST_DONE, {"who": annotator_id}).scalar_one()
    row = connection.execute(_REDOABLE, {"who": annotator_id, "after": after}).first()
    return as_change(row) if row else None


def history(connection: Connection, limit: int | None) -> list[Change]:
    """Return the changes, newest first."""
    return [as_change(row) for row in connection.execute(changes().order_by(change.c.number.desc()).limit(limit))]


def newest(connection: Connection) -> tuple[int, str]:
    """Return number and time of the newest change."""
    row = connection.execute(select(change.c.number, change.c.at).order_by(change.c.number.desc()).limit(1)).first()
    return (row.number, row.at) if row else (0, "")


def changes_since(connection: Connection, seen: tuple[int, str]) -> list[Change]:
    """Return the changes since the one of this number and time, oldest first; that one too if it was joined since."""
    number, at = seen
    query = changes().where(change.c.number >= number).order_by(change.c.number)
    return [as_change(row) for row in connection.execute(query) if (row.number, row.at) != (number, at)]


class WrittenRow(NamedTuple):
    """One row that a change wrote; `before` is the whole row before it, None where it was inserted."""

    table_name: str
    row_id: str
    operation: str
    version_left: int
    before: Mapping[str, Any] | None


def rows_of(connection: Connection, number: int, *, there_before: bool = False) -> list[WrittenRow]:
    """Return what a change wrote, in no order; only the rows that were `there_before` where that is true."""
    rows = cursor(connection, _ROWS_THERE_BEFORE if there_before else _ROWS, {"number": number})
    return [
        WrittenRow(table, row_id, operation, version, stored.row_before(table, before))
        for table, row_id, operation, version, before in rows
    ]


def by_table(rows: Iterable[WrittenRow]) -> dict[str, list[WrittenRow]]:
    """Return what was written by table; what others refer to comes before them."""
    found: dict[str, list[WrittenRow]] = {name: [] for name in TRACKED}
    for row in rows:
        found[row.table_name].append(row)
    return {name: written for name, written in found.items() if written}


def knows(connection: Connection, table_name: str, row_id: str) -> bool:
    """Whether any change ever wrote this row."""
    return bool(plain(connection, _KNOWS, {"table_name": table_name, "row_id": row_id}))


def written_between(
    connection: Connection, first: Change, last: Change, table_name: str, row_ids: Collection[str]
) -> set[str]:
    """Return which of these rows were written by a change that came after `first` and before `last`."""
    ids, found = list(row_ids), set[str]()
    for at in range(0, len(ids), _AT_ONCE):
        asked = {"ids": ids[at : at + _AT_ONCE], "table_name": table_name, "first": first.number, "last": last.number}
        found.update(connection.execute(_WRITTEN_BETWEEN, asked).scalars())
    return found


def newest_of(connection: Connection, table_name: str, row_id: str) -> Change | None:
    """The newest change that wrote this row."""
    same_row = and_(change_row.c.table_name == table_name, change_row.c.row_id == row_id)
    query = changes().join(change_row, change_row.c.change == change.c.number).where(same_row)
    found = connection.execute(query.order_by(change.c.number.desc()).limit(1)).first()
    return as_change(found) if found else None


def newest_in_the_way(connection: Connection, row: WrittenRow) -> Change | None:
    """The change because of which a row can't be as it was before: it must be gone, or must be there."""
    numbers = _upon(connection, row) if row.before is None else _instead(connection, row.table_name, row.before)
    found = connection.execute(changes().where(change.c.number == max(numbers, default=0))).first()
    if found or row.before is None:
        return as_change(found) if found else None
    return _without(connection, row.table_name, row.before)


def _upon(connection: Connection, row: WrittenRow) -> list[int]:
    """The numbers of changes that left a row which refers to this one: a span in a document."""
    keys = [
        (table, key)
        for table in TRACKED.values()
        for key in table.foreign_keys
        if key.column.table.name == row.table_name
    ]
    states = [select(func.max(table.c.change)).where(key.parent == row.row_id) for table, key in keys]
    return [connection.execute(state).scalar() or 0 for state in states]


def _instead(connection: Connection, table_name: str, before: Mapping[str, Any]) -> list[int]:
    """The numbers of changes that left another row with what only one may have: a label with this name."""
    table = TRACKED[table_name]
    unique = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    alike = [and_(*(column == before[column.name] for column in each.columns)) for each in unique]
    states = [select(func.max(table.c.change)).where(same, table.c.id != before["id"]) for same in alike]
    return [connection.execute(state).scalar() or 0 for state in states]


def _without(connection: Connection, table_name: str, before: Mapping[str, Any]) -> Change | None:
    """The newest change of a row that this one refers to and that is not there: the label of a span."""
    for key in TRACKED[table_name].foreign_keys:
        parent = key.column.table
        there = select(parent.c[key.column.name]).where(key.column == before[key.parent.name])
        if before[key.parent.name] is not None and not connection.execute(there).first():
            return newest_of(connection, parent.name, before[key.parent.name])
    return None


def refusal(target: Change, later: Change | None) -> CannotUndo:
    """Why `target` can't be taken back: because of a later change, which the message names, if that is known."""
    begins = f"“{target.name}” can't be taken back: "
    if later is None:
        return CannotUndo(begins + "later work depends on it or took its place. Nothing was changed.")
    return CannotUndo(
        f"{begins}{later.annotator} changed the same later "
        f"(“{later.title}”, {later.at[:10]} {later.at[11:19]} UTC). Nothing was changed."
    )
