"""What is asked of a project's history when work is taken into it, or read from it: when a row came to be as it is.

A change that took work in happened later than the work itself; `mark` keeps beside it when the newest of that was done.
"""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select

from annotator.domain.change import ChangeKind
from annotator.storage import stored
from annotator.storage.journal import Row, Step
from annotator.storage.tables import TRACKED, change, change_row, project

_AT_ONCE = 500  # parameters in one statement
_MARK = "taken-"


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that is not there any more: when it went, by which kind of change, and the version that it would have."""

    at: str
    undone: bool
    version: int


class Times:
    """When changes happened, those that took work in as late as the newest of it was done."""

    def __init__(self, connection: Connection) -> None:
        keys = project.c.key, project.c.value
        marks = connection.execute(select(*keys).where(project.c.key.startswith(_MARK, autoescape=True))).all()
        self.known: dict[int, str] = {}
        """What counts for changes that were asked for already, by number."""
        self._marks = {key.removeprefix(_MARK): _marked(value) for key, value in marks}

    def of(self, change_id: str, at: str) -> str:
        """Return the time that counts for a change."""
        return str(self._marks[change_id].get("newest", at)) if change_id in self._marks else at

    def learn(self, connection: Connection, numbers: Set[int]) -> None:
        """Ask for changes of these numbers."""
        for some in slices(list(numbers - self.known.keys())):
            columns = change.c.number, change.c.id, change.c.at
            found = connection.execute(select(*columns).where(change.c.number.in_(some))).all()
            self.known |= {number: self.of(change_id, at) for number, change_id, at in found}

    def took(self, change_id: str) -> bool:
        """Whether a change took work in."""
        return change_id in self._marks

    def author_of_note(self, change_id: str, document_id: str) -> str | None:
        """Return the id of the annotator whose note on a document a change took in."""
        notes = self._marks.get(change_id, {}).get("notes")
        found = notes.get(document_id) if isinstance(notes, dict) else None
        return found if isinstance(found, str) else None


def _marked(value: str) -> Mapping[str, Any]:
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("newest"), str) else {}


def mark(step: Step, newest: str, notes: Mapping[str, str]) -> None:
    """Keep beside a change that it took work in; `notes` are the authors' ids of those on documents."""
    value = json.dumps({"newest": newest, "notes": dict(notes)}, ensure_ascii=False)
    step.connection.execute(insert(project).values(key=f"{_MARK}{step.change.id}", value=value))


def left_at(connection: Connection, times: Times, rows: Sequence[RowMapping | Row]) -> dict[str, str]:
    """Return when each of these rows of a tracked table was left so, by id; empty where no history tells."""
    times.learn(connection, {row["change"] for row in rows if row["change"]})
    return {row["id"]: times.known.get(row["change"], "") for row in rows}


def undone_at(connection: Connection, table_name: str) -> dict[str, str]:
    """Return, of the rows of a table that undoing or redoing ever wrote, when that was last: no column tells."""
    columns = change_row.c.row_id, func.max(change.c.at)
    rows = select(*columns).join(change, change.c.number == change_row.c.change)
    some = rows.where(change.c.kind != ChangeKind.DO.value, change_row.c.table_name == table_name)
    return dict(connection.execute(some.group_by(change_row.c.row_id)).all())


def gone(connection: Connection, times: Times, table_name: str, ids: Sequence[str]) -> dict[str, Gone]:
    """Return what the history knows of rows of a table that are not there any more."""
    found: dict[str, Gone] = {}
    for some in slices(ids):
        for row_id, operation, kind, at, change_id, version in _newest_first(connection, table_name, some):
            if row_id not in found:
                undone = kind == ChangeKind.UNDO or operation != "delete"
                found[row_id] = Gone(times.of(change_id, at), undone, version + 1)
    return found


def deleted(connection: Connection, table_name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (id, when, the row) of all rows of a table that were deleted and are not there any more."""
    table = TRACKED[table_name]
    columns = change_row.c.row_id, change.c.at, change_row.c.before
    rows = select(*columns).join(change, change.c.number == change_row.c.change)
    rows = rows.outerjoin(table, table.c.id == change_row.c.row_id).where(
        change_row.c.table_name == table_name, change_row.c.operation == "delete", table.c.id.is_(None)
    )
    last: dict[str, tuple[str, str]] = {}
    for row_id, at, before in connection.execute(rows.order_by(change_row.c.change)):
        last[row_id] = at, before
    for row_id, (at, before) in last.items():
        row = stored.row_before(table_name, before)
        if row is not None:
            yield row_id, at, row


def _newest_first(connection: Connection, table_name: str, ids: Sequence[str]) -> Sequence[Any]:
    columns = change_row.c.row_id, change_row.c.operation, change.c.kind, change.c.at, change.c.id
    same = change_row.c.row_id.in_(ids), change_row.c.table_name == table_name
    rows = select(*columns, change_row.c.version_left).join(change, change.c.number == change_row.c.change)
    return connection.execute(rows.where(*same).order_by(change_row.c.change.desc())).all()


def slices(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield so many at once as one statement takes."""
    for at in range(0, len(ids), _AT_ONCE):
        yield ids[at : at + _AT_ONCE]
