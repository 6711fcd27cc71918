"""Bringing a project of an older version up to date when it is opened: a backup first, then all of it or nothing."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from annotator.errors import NotAProject, ReadOnly
from annotator.storage import backups, tables
from annotator.storage import connection as connections
from annotator.storage.failures import told
from annotator.storage.version import SCHEMA_VERSION


def schema_version(connection: Connection) -> int:
    """Return the version of the project's schema, from 1."""
    return int(connection.exec_driver_sql("pragma user_version").scalar_one())


def bring_up_to_date(connection: Connection, path: Path, *, read_only: bool) -> Path | None:
    """Migrate the project that `connection` has open at `path` where it is of an older version.

    Returns the backup that was made before, None where there was nothing to do. Raises ReadOnly for a file that can't
    be written, NotAProject for one that isn't what that older version made, or EnvironmentFailed; nothing is changed
    then.
    """
    with told(path):
        version = schema_version(connection)
        if version >= SCHEMA_VERSION:
            return None
        if read_only:
            raise ReadOnly(
                f"{path.name} was made by an older version of annotator and must be brought up to date first, but it "
                "can't be written. Copy it to a folder that you may write to, and open the copy."
            )
        if version < 1:
            raise NotAProject(f"{path.name} is damaged: it doesn’t say which version made it. Nothing was changed.")
        connections.check_schema(connection, path, _made_by(version))
        backup = backups.back_up(connection, path, texts=False)
        connection.exec_driver_sql("pragma foreign_keys = off")  # with them on, rebuilding a table empties others
        try:
            _migrate(connection, path)
        finally:
            connection.exec_driver_sql("pragma foreign_keys = on")
    return backup


def _migrate(connection: Connection, path: Path) -> None:
    from annotator.storage import migrations  # only now: alembic takes its time to import

    with connections.transaction(connection):
        if schema_version(connection) >= SCHEMA_VERSION:  # another program was a moment faster
            return
        before = _row_counts(connection)
        migrations.upgrade(connection)
        connection.exec_driver_sql(f"pragma user_version = {SCHEMA_VERSION}")
        after = _row_counts(connection)
        lost = [name for name, count in before.items() if after.get(name) != count]
        if lost or connection.exec_driver_sql("pragma foreign_key_check").first():
            raise NotAProject(
                f"{path.name} could not be brought up to date: its rows don’t hold together. Nothing was changed; "
                "open a backup of it if you have one."
            )


def _row_counts(connection: Connection) -> dict[str, int]:
    there = connection.exec_driver_sql("select name from sqlite_master where type = 'table'").scalars().all()
    known = [name for name in tables.metadata.tables if name in there]
    return {name: connection.exec_driver_sql(f'select count(*) from "{name}"').scalar_one() for name in known}


def _made_by(version: int) -> connections.Definitions:
    """What a project of an older version holds: the chain of migrations up to there, run in memory."""
    from annotator.storage import migrations

    with closing(connections.in_memory()) as memory:
        migrations.upgrade(memory, f"{version:04}")
        return connections.definitions_in(memory)
