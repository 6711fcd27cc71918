"""A project file that is open: its connection, its names, and the transaction in which a change is written."""

import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import insert, select

from annotator.domain.change import Change, ChangeKind, ChangeSet, UndoState
from annotator.domain.document import Document
from annotator.domain.time import now
from annotator.errors import CannotUndo, ReadOnly
from annotator.storage import connection as connections
from annotator.storage import header, journal, reading, tables
from annotator.storage.failures import told
from annotator.storage.journal import Step


class Store:
    """The open project file. One thread. `read_only` where the file or its folder can't be written."""

    def __init__(self, path: Path) -> None:
        """Open the project at `path`. Raises as `header.check`, `connections.check_schema` and `failures` say."""
        self.path = path.absolute()
        header.check(self.path)
        self.read_only = not _writable(self.path)
        self.connection = connections.connect(self.path, read_only=self.read_only)
        self._key = header.opened(self.path)
        try:
            with told(self.path):
                connections.check_schema(self.connection, self.path)
                self.names = reading.Names(self.connection)
                self._seen = self._last_number()
                self._data_version = self._read_data_version()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        connections.close(self.connection)
        header.closed(self._key)

    def told(self) -> AbstractContextManager[None]:
        """Around every read: a fault of the database becomes an AnnotatorError."""
        return told(self.path)

    def text_of(self, document: Document) -> str:
        """Return a document's text, checked against its hash."""
        with told(self.path):
            return reading.content(self.connection, document)

    @contextmanager
    def change(
        self,
        annotator: str,
        name: str,
        *,
        kind: ChangeKind = ChangeKind.DO,
        undoes: int | None = None,
        join: Change | None = None,
    ) -> Iterator[Step]:
        """Write one change: everything inside the block is committed together, or nothing is.

        With `join` the writes become part of that change, the newest of all, if they are to the same row.
        Raises ReadOnly, Busy or another EnvironmentFailed, with nothing written.
        """
        if self.read_only:
            raise ReadOnly(
                f"{self.path.name} is open read-only: the file or its folder can't be written. Save a copy elsewhere."
            )
        known = self.names.annotator_id(annotator)
        annotator_id = known or str(uuid.uuid4())
        with told(self.path), connections.transaction(self.connection):
            if known is None:
                annotator_id = self._ensure_annotator(annotator, annotator_id)
            if join is None:
                step = journal.begin(self.connection, annotator_id, annotator, name, now(), kind=kind, undoes=undoes)
            else:
                step = journal.rejoin(self.connection, annotator_id, join, now())
            yield step
            step.finish()
        if known is None or any(table == "label" for table, _ in step.touched):
            self.names = reading.Names(self.connection)

    def _ensure_annotator(self, name: str, new_id: str) -> str:
        table = tables.annotator
        found = self.connection.execute(select(table.c.id).where(table.c.name == name)).scalar_one_or_none()
        if found is None:  # another program may have added the name since we looked
            self.connection.execute(insert(table).values(id=new_id, name=name))
        return found or new_id

    def take_back(self, annotator: str, kind: ChangeKind) -> Step:
        """Undo or redo this annotator's next change. Raises CannotUndo, with nothing changed."""
        annotator_id = self.names.annotator_id(annotator)
        find = journal.undoable if kind is ChangeKind.UNDO else journal.redoable
        with told(self.path):
            target = find(self.connection, annotator_id) if annotator_id else None
        if target is None:
            raise CannotUndo(f"There is nothing to {kind} for {annotator}.")
        with self.change(annotator, target.name, kind=kind, undoes=target.number) as step:
            journal.take_back(step, target)
        return step

    def undo_state(self, annotator: str) -> UndoState:
        """Return the names of what this annotator can undo and redo."""
        annotator_id = self.names.annotator_id(annotator)
        if annotator_id is None:
            return UndoState(None, None)
        undo = journal.undoable(self.connection, annotator_id)
        redo = journal.redoable(self.connection, annotator_id)
        return UndoState(undo.name if undo else None, redo.name if redo else None)

    def change_set(self, change: Change, annotator: str, *, foreign: bool = False) -> ChangeSet:
        """Return what a change did, read back from the tables."""
        self._seen = max(self._seen, change.number)
        rows = journal.rows_of(self.connection, change.number)
        span_rows = [row for row in rows if row.table_name == "span"]
        spans = reading.spans_with(self.connection, self.names, [row.row_id for row in span_rows])
        present = {span.id for span in spans}
        removed = tuple(
            (row.row_id, row.before["document"]) for row in span_rows if row.row_id not in present and row.before
        )
        documents = {span.document for span in spans} | {document for _, document in removed}
        documents |= {row.row_id for row in rows if row.table_name == "document"}
        documents |= self._documents_of_states(rows)
        return ChangeSet(
            change=change,
            spans=tuple(spans),
            removed=removed,
            documents=frozenset(documents),
            codebook=any(row.table_name == "label" for row in rows),
            listing=any(row.table_name == "document" for row in rows),
            undo_state=self.undo_state(annotator),
            foreign=foreign,
        )

    def _documents_of_states(self, rows: Sequence[journal.WrittenRow]) -> set[str]:
        found = set()
        for row in rows:
            if row.table_name == "document_state":
                current = journal.current_row(self.connection, row.table_name, row.row_id) or row.before
                found |= {current["document"]} if current else set()
        return found

    def foreign_changes(self, annotator: str) -> list[ChangeSet]:
        """Return what other programs changed since the last look, oldest first. Costs one pragma when nothing did."""
        with told(self.path):
            version = self._read_data_version()
            if version == self._data_version:
                return []
            self._data_version = version
            self.names = reading.Names(self.connection)
            changes = journal.changes_after(self.connection, self._seen)
            return [self.change_set(change, annotator, foreign=True) for change in changes]

    def own_change_written(self, number: int) -> None:
        """Note that this program wrote change `number`, so that it isn't taken for another program's."""
        self._seen = max(self._seen, number)

    def _read_data_version(self) -> int:
        return int(self.connection.exec_driver_sql("pragma data_version").scalar_one())

    def _last_number(self) -> int:
        number = tables.change.c.number
        return self.connection.execute(select(number).order_by(number.desc()).limit(1)).scalar() or 0


def _writable(path: Path) -> bool:
    """Whether the file and its folder can be written; root, whom nothing stops, heeds the file's own mode."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) and bool(path.stat().st_mode & 0o222)
