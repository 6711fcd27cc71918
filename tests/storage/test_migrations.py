"""The chain of migrations ends in the schema that new projects get."""

import re
from pathlib import Path

from sqlalchemy import Connection

import annotator
from annotator.storage import connection as connections
from annotator.storage import migrations


def test_the_migrations_make_the_same_schema_as_a_new_project(tmp_path: Path) -> None:
    migrated = connections.connect(tmp_path / "migrated", create=True)
    with connections.transaction(migrated):
        migrations.upgrade(migrated)
    annotator.new(tmp_path / "new.annotator").close()
    fresh = connections.connect(tmp_path / "new.annotator")
    try:
        assert schema(migrated) == schema(fresh)
    finally:
        connections.close(migrated)
        connections.close(fresh)


def schema(connection: Connection) -> set[tuple[str, str, str]]:
    rows = connection.exec_driver_sql("select type, name, sql from sqlite_master where sql is not null").all()
    return {(kind, name, canonical(sql)) for kind, name, sql in rows}


def canonical(sql: str) -> str:
    """The words of a definition in one order: the order of constraints says nothing."""
    return " ".join(sorted(re.findall(r"\w+|'[^']*'|[<>=]+", sql)))
