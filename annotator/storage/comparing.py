"""The project held against its newest backup: what no change has touched since must be the same in both.

A fault of a disk can alter a name, a note or a date so that every rule still holds, and texts alone have a checksum.
Rows are compared where both files say that the same change (by its own id: numbers come again after a restore) left
them as they are, in the same version.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DatabaseError

from annotator.storage import backups
from annotator.storage.tables import TRACKED, annotator, change, change_row

_BY_SAME_CHANGE = (
    "left join main.change mc on mc.number = m.change left join backup.change bc on bc.number = b.change "
    "where m.change = b.change and (m.change = 0 or mc.id = bc.id)"
)
_NOT_THE_NEWEST = "(select max(number) from backup.change)"  # that one may have been joined by a further nudge since


def differences(connection: Connection, path: Path) -> Iterator[str]:
    """Yield a sentence for each row that differs though nothing has changed it. The project itself is sound."""
    newest = next((each.path for each in backups.backups_of(path) if each.readable), None)
    if newest is None:
        return
    try:
        with _attached(connection, newest):
            yield from _compared(connection, newest.name)
    except DatabaseError:  # it is the backup that can't be read
        return


@contextmanager
def _attached(connection: Connection, backup: Path) -> Iterator[None]:
    connection.exec_driver_sql(
        "attach database ? as backup", (f"file:{quote(bytes(backup.absolute()))}?mode=ro&immutable=1",)
    )
    try:
        yield
    finally:
        connection.exec_driver_sql("detach database backup")


def _compared(connection: Connection, backup: str) -> Iterator[str]:
    both = ("main", "backup")
    versions = {connection.exec_driver_sql(f"pragma {name}.user_version").scalar() for name in both}
    if len(versions) > 1:
        return
    since = "select value from {}.project where key = 'history_since'"
    forgotten = {connection.exec_driver_sql(since.format(name)).scalar() for name in both}
    for table in TRACKED.values():
        yield from _told(connection, backup, table, f"m.id = b.id {_BY_SAME_CHANGE} and m.version = b.version", "m.id")
    yield from _told(connection, backup, annotator, "m.id = b.id where true", "m.name")
    older = f"and m.number < {_NOT_THE_NEWEST}"
    yield from _told(connection, backup, change, f"m.number = b.number where m.id = b.id {older}", "m.number")
    if len(forgotten) == 1:  # else what the later changes keep of rows was rewritten
        same_row = "m.change = b.change and m.table_name = b.table_name and m.row_id = b.row_id"
        older = f"and m.change < {_NOT_THE_NEWEST}"
        yield from _told(connection, backup, change_row, f"{same_row} {_BY_SAME_CHANGE} {older}", "m.change")


def _told(connection: Connection, backup: str, table: Table, same: str, named: str) -> Iterator[str]:
    other = " or ".join(f'm."{column.name}" is not b."{column.name}"' for column in table.columns)
    statement = f"select {named} from main.{table.name} m join backup.{table.name} b on {same} and ({other})"
    for (name,) in connection.exec_driver_sql(statement):
        yield (
            f"The {table.name.replace('_', ' ')} {name} is another in the backup {backup}, though no change was made "
            "to it: one of the two files is damaged."
        )
