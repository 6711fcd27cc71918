"""Forgetting the beginning of the history, for good.

What stays is an end of the history that stands by itself: from the first change of the date on, and from further back
where one of those takes an earlier change back. A row that a forgotten change left belongs to no change any more (0),
in the tables as well as in what the later changes keep of it: it has one such state at most, so nothing is confused.
"""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from annotator.domain.time import parse
from annotator.storage import connection as connections
from annotator.storage import stored
from annotator.storage.tables import TRACKED, change, change_row, document, project, revision, span, text

_KEY = "history_since"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many changes were forgotten, how many older ones had to stay, and how many texts nothing needed any more."""

    forgotten: int
    stayed: int
    texts: int


def compact(connection: Connection, before: str) -> Compacted:
    """Forget every change from before the time `before` (as stored), in one transaction; then give the room back.

    The newest change always stays, so that the numbers go on.
    """
    with connections.transaction(connection):
        old = connection.execute(select(func.count()).select_from(change).where(change.c.at < before)).scalar_one()
        last = _last_to_forget(connection, before)
        forgotten = connection.execute(
            select(func.count()).select_from(change).where(change.c.number <= last)
        ).scalar_one()
        texts = 0
        if forgotten:
            _disown(connection, last)
            connection.execute(delete(change_row).where(change_row.c.change <= last))
            connection.execute(delete(change).where(change.c.number <= last))
            texts = _drop_texts(connection)
            _note(connection)
    if forgotten:
        connection.exec_driver_sql("vacuum")  # else the words stay in the file until something overwrites them
    return Compacted(forgotten, old - forgotten, texts)


def history_since(connection: Connection) -> str | None:
    """Return the time of the first change that is still known, where earlier ones were forgotten; else None."""
    return connection.execute(select(project.c.value).where(project.c.key == _KEY)).scalar_one_or_none()


def sentence(connection: Connection) -> str:
    """Return what is said where undo would have to reach further back than the history does; empty where it can't."""
    since = history_since(connection)
    return f" The history from before {parse(since):%Y-%m-%d} was forgotten (annotator compact)." if since else ""


def _last_to_forget(connection: Connection, before: str) -> int:
    """The number of the last change that can go; 0 for none."""
    newest = connection.execute(select(func.max(change.c.number))).scalar() or 0
    first_kept = connection.execute(select(func.min(change.c.number)).where(change.c.at >= before)).scalar() or newest
    last = min(first_kept, newest) - 1
    while True:  # an undo needs what it took back, and a redo the undo
        needed = connection.execute(
            select(func.min(change.c.undoes)).where(change.c.number > last, change.c.undoes <= last)
        ).scalar()
        if needed is None:
            return max(last, 0)
        last = needed - 1


def _disown(connection: Connection, last: int) -> None:
    for table in TRACKED.values():
        connection.execute(update(table).where(table.c.change.between(1, last)).values(change=0))
    keys = change_row.c.change, change_row.c.table_name, change_row.c.row_id
    kept = select(*keys, change_row.c.before).where(change_row.c.change > last, change_row.c.before.is_not(None))
    for number, table_name, row_id, before in connection.execute(kept).all():
        row = stored.row_before(table_name, before)
        if row and 0 < row["change"] <= last:
            same = (keys[0] == number) & (keys[1] == table_name) & (keys[2] == row_id)
            disowned = json.dumps({**row, "change": 0}, ensure_ascii=False, separators=(",", ":"))
            connection.execute(update(change_row).where(same).values(before=disowned))


def _drop_texts(connection: Connection) -> int:
    """Drop the texts that no row, nor any that an undo could bring back, refers to."""
    needed: set[str | None] = set()
    for table in (document, revision, span):
        needed |= set(connection.execute(select(table.c.text_sha256).distinct()).scalars())
    names = [table.name for table in (document, revision, span)]
    kept = select(change_row.c.table_name, change_row.c.before).where(
        change_row.c.table_name.in_(names), change_row.c.before.is_not(None)
    )
    for table_name, before in connection.execute(kept):
        needed.add((stored.row_before(table_name, before) or {})["text_sha256"])
    gone = [sha256 for sha256 in connection.execute(select(text.c.sha256)).scalars() if sha256 not in needed]
    for at in range(0, len(gone), _AT_ONCE):
        connection.execute(delete(text).where(text.c.sha256.in_(gone[at : at + _AT_ONCE])))
    return len(gone)


def _note(connection: Connection) -> None:
    since = connection.execute(select(change.c.at).order_by(change.c.number).limit(1)).scalar_one()
    connection.execute(delete(project).where(project.c.key == _KEY))
    connection.execute(insert(project).values(key=_KEY, value=since))
