"""Making a project file: whole, or not at all."""

import contextlib
import os
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from annotator.domain.codebook import Codebook
from annotator.domain.document import Document
from annotator.domain.time import now
from annotator.errors import BadArgument, EnvironmentFailed
from annotator.storage import codebooks, entities, tables
from annotator.storage import connection as connections
from annotator.storage.failures import told
from annotator.storage.rows import document_row, text_row
from annotator.storage.version import APPLICATION_ID, LATEST_REVISION, SCHEMA_VERSION

_UNTOUCHED = {"version": 1, "change": 0}  # what a project is made with belongs to no change

Rows = Iterable[tuple[str, Sequence[Mapping[str, Any]]]]
"""Rows by the name of their table, what others refer to before these."""


def create(
    path: Path,
    codebook: Codebook,
    documents: Iterable[tuple[Document, str]],
    *,
    force: bool = False,
    rows: Rows = (),
    about: Mapping[str, str] | None = None,
) -> None:
    """Make a project file at `path` with a codebook and documents (each with its text); its history starts empty.

    `rows` are further ones, of annotators and of what they did; `about` is what the project says of itself beside its
    id and age. Raises BadArgument where the file exists (unless `force`) or its folder doesn't, EnvironmentFailed where
    it can't be written. It is built beside and then renamed, so no half-made project is ever seen.
    """
    check_target(path, force=force)
    temporary = path.with_name(f".annotator-{uuid.uuid4().hex[:8]}")
    try:
        with told(path):
            _write(temporary, path, codebook, documents, rows, about or {})
        _move(temporary, path, force)
    except OSError as error:
        raise EnvironmentFailed(f"{path} could not be written: {error.strerror}.") from error
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def check_target(path: Path, *, force: bool) -> None:
    """Raise as `create` does where the file can't be made."""
    try:
        _check(path, force)
    except OSError as error:  # a name too long, a folder that may not be looked into
        raise EnvironmentFailed(f"{path} could not be written: {error.strerror}.") from error


def _check(path: Path, force: bool) -> None:
    if "\0" in str(path):
        raise BadArgument(f"{str(path)!r} can't be the name of a project file.")
    if path.is_dir():
        raise BadArgument(f"{path} is a folder. Name a file in it, for example {path / 'study.annotator'}.")
    if path.exists() and not force:
        raise BadArgument(f"{path} exists. Choose another name, or open it with: annotator {path}")
    if not path.parent.is_dir():
        raise BadArgument(f"The folder {path.parent} does not exist. Make it first, or choose another place.")
    if _journal(path).exists() and not force:
        raise BadArgument(
            f"{_journal(path).name} is there, left by a program that was interrupted while it wrote to a project of "
            "this name. Move it away together with that project, or choose another name."
        )


def _journal(path: Path) -> Path:
    """Where SQLite keeps what it needs to repair `path` after an interruption. It must never meet another file."""
    return path.with_name(f"{path.name}-journal")


def sync_folder(folder: Path) -> None:
    """Make the file's name last over a loss of power, where the system can (Windows can't open a folder)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _move(temporary: Path, path: Path, force: bool) -> None:
    if force:
        _journal(path).unlink(missing_ok=True)
        temporary.replace(path)
        return
    try:
        os.link(temporary, path)  # unlike a rename, never overwrites a file that came in the meantime
    except FileExistsError:
        raise BadArgument(f"{path} exists. Choose another name.") from None
    except OSError:  # a file system without hard links
        temporary.replace(path)


def _write(
    temporary: Path,
    path: Path,
    codebook: Codebook,
    documents: Iterable[tuple[Document, str]],
    rows: Rows,
    more: Mapping[str, str],
) -> None:
    connection = connections.connect(temporary, create=True, named=path)
    try:
        connection.exec_driver_sql(f"pragma application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"pragma user_version = {SCHEMA_VERSION}")
        with connections.transaction(connection):
            tables.metadata.create_all(connection)
            _stamp(connection)
            about = {"id": str(uuid.uuid4()), "created": now(), **more}
            connection.execute(insert(tables.project), [{"key": key, "value": value} for key, value in about.items()])
            for name, described in codebooks.rows_of(codebooks.with_ids(codebook)).items():
                for row in described.values():
                    connection.execute(insert(tables.TRACKED[name]), {**row, **_UNTOUCHED})
            for each in entities.with_ids(codebook.entities):
                connection.execute(insert(tables.entity), {**entities.row_of(each), **_UNTOUCHED})
            texts: set[str] = set()
            for position, (document, text) in enumerate(documents):
                if document.text_sha256 not in texts:
                    connection.execute(insert(tables.text), text_row(document, text))
                    texts.add(document.text_sha256)
                connection.execute(insert(tables.document), {**document_row(document, position), **_UNTOUCHED})
            for name, some in rows:
                _insert(connection, name, some)
    finally:
        connections.close(connection)


def _insert(connection: Connection, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    stamp = _UNTOUCHED if name in tables.TRACKED else {}
    if rows:
        connection.execute(insert(tables.metadata.tables[name]), [{**row, **stamp} for row in rows])


def _stamp(connection: Connection) -> None:
    """What alembic writes on its first run; alembic itself (190 ms to import) isn't needed to make a project."""
    connection.exec_driver_sql(
        "create table alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("insert into alembic_version values (?)", (LATEST_REVISION,))
