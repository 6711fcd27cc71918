"""Taking a change back: every row that it wrote is put back as it was before, or none is.

Undo and redo are the same: a redo takes an undo back.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from annotator.domain.change import Change, ChangeKind
from annotator.storage import history, journal
from annotator.storage.history import WrittenRow
from annotator.storage.journal import Row, Step
from annotator.storage.many import let_go
from annotator.storage.tables import change

_Written = dict[str, list[WrittenRow]]


def take_back(step: Step, target: Change) -> None:
    """Put every row that `target` wrote back as it was. Raises CannotUndo where a later change stands in the way."""
    mine = history.by_table(history.rows_of(step.connection, target.number))  # parents before children
    current = {name: journal.rows_written(step.connection, name, target.number) for name in mine}
    if moved := next(_moved_on(step, target, mine, current), None):
        raise history.refusal(target, history.newest_of(step.connection, moved.table_name, moved.row_id))
    step.plan(sum(map(len, mine.values())))
    _put_back(step, target, mine, current)
    let_go(*current.values(), *mine.values())


def _put_back(step: Step, target: Change, mine: _Written, current: dict[str, dict[str, Row]]) -> None:
    # What a row refers to must be there before it and go after it: a label before its spans, gone after them.
    kept = [(name, [row for row in written if row.before]) for name, written in mine.items()]
    gone = [(name, [row for row in written if not row.before]) for name, written in reversed(mine.items())]
    for name, written in kept + gone:
        try:
            step.put_back(name, written, current[name])
        except IntegrityError as error:
            later = (history.newest_in_the_way(step.connection, row) for row in written)
            raise history.refusal(target, next((change for change in later if change), None)) from error


def _moved_on(step: Step, target: Change, mine: _Written, current: dict[str, dict[str, Row]]) -> Iterator[WrittenRow]:
    """Yield the rows that are not in the state in which `target` left them."""
    left: dict[tuple[str, str], int] | None = None
    for name, written in mine.items():
        for row in written:
            now = current[name].get(row.row_id)
            if now is None or row.operation == "delete":
                if now is not None or row.operation != "delete":
                    yield row
            elif now["version"] != row.version_left:  # written since, and perhaps put back
                left = _states_left(step.connection, target) if left is None else left
                if now["change"] != left.get((name, row.row_id), target.number):
                    yield row


def _states_left(connection: Connection, target: Change) -> dict[tuple[str, str], int]:
    """The states in which an undo or redo left its rows: those before the change that it took back."""
    if target.kind is ChangeKind.DO:
        return {}
    taken_back = connection.execute(select(change.c.undoes).where(change.c.number == target.number)).scalar_one()
    written = history.rows_of(connection, taken_back, there_before=True)
    return {(row.table_name, row.row_id): row.before["change"] for row in written if row.before}
