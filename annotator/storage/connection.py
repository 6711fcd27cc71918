"""One connection to a project file: how it is opened, which settings it must have, and what a transaction is."""

import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable

from annotator.errors import NotAProject
from annotator.storage import tables
from annotator.storage.failures import told

Definitions = dict[tuple[str, str], list[str]]
"""The words that define each part of a database, by kind and name."""

BUSY_MS = 5000
_CACHE_KIB, _ROOMY_KIB = 2_000, 64_000  # of the file in memory: SQLite's own measure, and while many rows are written
_ROOMY = "many rows are being written"
_PRAGMAS = {
    "foreign_keys": 1,
    "busy_timeout": BUSY_MS,
    "synchronous": 3,  # EXTRA: no acknowledged commit is lost when the power fails
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}


def connect(path: Path, *, read_only: bool = False, create: bool = False, named: Path | None = None) -> Connection:
    """Open the database at `path` for one thread. Never creates a file unless `create`.

    The driver's own transactions are off, and so are SQLAlchemy's: outside `transaction` each statement stands alone,
    so that reading holds no lock longer than the statement. Raises AnnotatorError as `failures` says, of the file
    `named` where the one at `path` is temporary.
    """
    mode = "ro" if read_only else "rwc" if create else "rw"
    address = f"file:{quote(os.fsencode(path.resolve()))}?mode={mode}"

    def driver() -> sqlite3.Connection:
        # A backup is copied by a thread of its own, one slice at a time, while this one waits: see `copying`.
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, timeout=BUSY_MS / 1000, check_same_thread=False
        )
        try:
            _set_up(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=driver, poolclass=StaticPool, isolation_level="AUTOCOMMIT")
    event.listen(engine, "before_cursor_execute", _in_this_thread())
    with told(named or path):
        return engine.connect()


def _in_this_thread() -> Callable[..., None]:
    """Return what refuses statements from another thread than this, as the driver would without the exception above."""
    opened_in = threading.get_ident()

    def check(*_: object) -> None:
        if threading.get_ident() != opened_in:
            raise RuntimeError("A project is used from the thread that opened it.")

    return check


def _set_up(connection: sqlite3.Connection) -> None:
    for name, value in _PRAGMAS.items():
        connection.execute(f"pragma {name} = {value}")
    for name, value in _PRAGMAS.items():
        row = connection.execute(f"pragma {name}").fetchone()
        if row and row[0] != value:  # mmap_size answers with no row where SQLite was built without it
            raise RuntimeError(f"SQLite refused pragma {name} = {value}: it is {row[0]}")
    connection.execute("pragma journal_mode").fetchone()  # the first real read: a damaged file shows here


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """One write transaction, taken at once (BEGIN IMMEDIATE): all of it is committed, or none."""
    connection.exec_driver_sql("begin immediate")
    try:
        yield
        connection.exec_driver_sql("commit")
    except BaseException:
        if in_transaction(connection):
            connection.exec_driver_sql("rollback")
        raise
    finally:
        if connection.info.pop(_ROOMY, False):
            connection.exec_driver_sql(f"pragma cache_size = -{_CACHE_KIB}")


def expect_many_rows(connection: Connection) -> None:
    """Let the open transaction keep more of the file in memory: many rows touch the pages of each index at random.

    With little room SQLite writes a page out, and reads it in again, several times over.
    """
    if connection.dialect.name == "sqlite" and not connection.info.get(_ROOMY):
        connection.info[_ROOMY] = True
        connection.exec_driver_sql(f"pragma cache_size = -{_ROOMY_KIB}")


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Several reads of one state: no other program's commit comes between them. Keep it short: it holds writers up."""
    if in_transaction(connection):
        yield
        return
    connection.exec_driver_sql("begin")
    try:
        yield
    finally:
        if in_transaction(connection):
            connection.exec_driver_sql("rollback")  # nothing was written


def in_transaction(connection: Connection) -> bool:
    """Whether SQLite has a transaction open (a full disk, for one, ends it by itself)."""
    driver = connection.connection.driver_connection
    return isinstance(driver, sqlite3.Connection) and driver.in_transaction


def close(connection: Connection) -> None:
    """Close the connection and its file."""
    connection.close()
    connection.engine.dispose()


def in_memory() -> Connection:
    """Return a connection to a new database in memory, with SQLAlchemy's own transactions off."""
    return create_engine("sqlite://", poolclass=StaticPool, isolation_level="AUTOCOMMIT").connect()


def check_schema(connection: Connection, path: Path, ours: Definitions | None = None) -> None:
    """Raise NotAProject unless the database holds exactly these tables and indexes: no foreign triggers or views.

    Without `ours`, those of this version.
    """
    ours = ours or _definitions()
    found = definitions_in(connection)
    if missing := ours.keys() - found.keys():
        names = ", ".join(sorted(name for _, name in missing))
        raise NotAProject(
            f"{path.name} is damaged or not a project: it lacks {names}. Open a backup of it if you have one."
        )
    if foreign := found.keys() - ours.keys():
        names = ", ".join(f"{kind} {name}" for kind, name in sorted(foreign))
        raise NotAProject(
            f"{path.name} holds parts that annotator did not make ({names}), so it was not opened. "
            "Ask whoever gave you the file."
        )
    if other := sorted(name for kind, name in ours if ours[kind, name] != found[kind, name]):
        raise NotAProject(
            f"{path.name} is damaged or not a project: {', '.join(other)} is defined otherwise. "
            "Open a backup of it if you have one."
        )


def definitions_in(connection: Connection) -> Definitions:
    """Return what defines each table, index, trigger and view of a database; alembic's own table is left out."""
    rows = connection.exec_driver_sql(
        "select type, name, sql from sqlite_master where name not like 'sqlite!_%' escape '!'"
    )
    found = {(kind, name): _words(str(sql)) for kind, name, sql in rows}
    found.pop(("table", "alembic_version"), None)
    return found


@cache
def _definitions() -> Definitions:
    dialect = sqlite.dialect()
    found = {}
    for table in tables.metadata.sorted_tables:
        found["table", table.name] = _words(str(CreateTable(table).compile(dialect=dialect)))
        for index in table.indexes:
            found["index", str(index.name)] = _words(str(CreateIndex(index).compile(dialect=dialect)))
    return found


def _words(sql: str) -> list[str]:
    """A definition's words in one order: the order of constraints says nothing, and a rebuilt table has another."""
    return sorted(re.findall(r"\w+|'[^']*'|[<>=]+", sql))
