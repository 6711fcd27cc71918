"""Taking a change back: every row that it wrote is put back as it was before, or none is.

Undo and redo are the same: a redo takes an undo back.
"""

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from annotator.domain.change import Change, ChangeKind
from annotator.storage import history, journal
from annotator.storage.journal import Step
from annotator.storage.tables import TRACKED, change


def take_back(step: Step, target: Change) -> None:
    """Put every row that `target` wrote back as it was. Raises CannotUndo where a later change stands in the way."""
    rows = history.rows_of(step.connection, target.number)
    mine = {name: [row for row in rows if row.table_name == name] for name in TRACKED}  # parents before children
    mine = {name: written for name, written in mine.items() if written}
    current = {name: journal.rows_written(step.connection, name, target.number) for name in mine}
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
    written = history.rows_of(connection, taken_back, there_before=True)
    return {(row.table_name, row.row_id): row.before["change"] for row in written if row.before}
