"""A project file that is open: its connection, its names, and the transaction in which a change is written."""

import os
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from annotator.domain.change import Change, ChangeKind, ChangeSet, UndoState
from annotator.domain.document import Document
from annotator.domain.time import now
from annotator.errors import CannotUndo, EnvironmentFailed, ReadOnly
from annotator.storage import (
    afterwards,
    compacting,
    header,
    history,
    journal,
    listing,
    reading,
    tables,
    taking_back,
    upgrading,
)
from annotator.storage import connection as connections
from annotator.storage.change_sets import Effect
from annotator.storage.failures import told
from annotator.storage.giving_way import GivingWay
from annotator.storage.journal import Step
from annotator.storage.many import without_collection
from annotator.storage.under_way import UnderWay


class Done(NamedTuple):
    """What a change did: for the views, and how many spans more its annotator has, by document."""

    change_set: ChangeSet
    counts: dict[str, int]


class Store:
    """The open project file. One thread. `read_only` where the file or its folder can't be written."""

    def __init__(self, path: Path) -> None:
        """Open the project at `path`. Raises as `header.check`, `connections.check_schema` and `failures` say."""
        self.path = path.absolute()
        self._names: reading.Names | None = None
        self._held: int | None = None  # the version of the data, while a transaction holds the file
        self._own: dict[int, str] = {}  # changes that this program wrote since `foreign_changes` last looked
        self._numbers: set[int] = set()  # of all changes that this program wrote
        self._closed = False
        self.backup: Path | None = None
        """The backup that was made because the file was of an older version and had to be brought up to date."""
        key = header.opened(self.path)
        try:
            self.read_only = not _writable(self.path)
            self.connection = connections.connect(self.path, read_only=self.read_only)
        except BaseException:
            header.closed(key)
            raise
        self._key = key
        self.giving_way = GivingWay(self.connection)
        self.under_way = UnderWay(self.connection)
        try:
            with told(self.path):
                self.backup = upgrading.bring_up_to_date(self.connection, self.path, read_only=self.read_only)
                connections.check_schema(self.connection, self.path)
                self._polled = self._names_version = self.data_version()
                self._seen = history.newest(self.connection)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file. Closing again does nothing."""
        if not self._closed:
            self._closed = True
            connections.close(self.connection)
            header.closed(self._key)

    @property
    def names(self) -> reading.Names:
        """The names of annotators, labels and entities, read again after another program wrote to the file."""
        with told(self.path):
            version = self.data_version()
            if self._names is None or version != self._names_version:
                self._names, self._names_version = reading.Names(self.connection), version
            return self._names

    @property
    def about(self) -> dict[str, str]:
        """What the project says of itself, by key."""
        with told(self.path):
            return about(self.connection)

    def forget_names(self) -> None:
        """Read the names again, since some were entered that no counter tells of yet."""
        self._names = None

    def data_version(self) -> int:
        """Return a number that differs from the last one when another program has written to the file since.

        In a transaction that writes it is one and the same.
        """
        if self._held is not None:
            return self._held
        return int(self.connection.exec_driver_sql("pragma data_version").scalar_one())

    def told(self) -> AbstractContextManager[None]:
        """Around every read: a fault of the database becomes an AnnotatorError."""
        return told(self.path)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Around several reads of one state: no other program's commit comes between them."""
        with self.told(), connections.snapshot(self.connection):
            yield

    def wait_for_writers(self, seconds: float) -> None:
        """Wait so long while another connection writes to the file."""
        self.connection.exec_driver_sql(f"pragma busy_timeout = {round(1000 * seconds)}")

    def text_of(self, document: Document) -> str:
        """Return a document's text, checked against its hash."""
        with told(self.path):
            return listing.content(self.connection, document)

    @contextmanager
    def change(self, annotator: str, name: str, *, join: tuple[str, str] | None = None) -> Iterator[Step]:
        """Write one change: everything inside the block is committed together, or nothing is.

        With `join`, a (table, row id) that is all this change writes, it becomes part of the newest change where that
        did the same a moment ago. Raises ReadOnly, Busy or another EnvironmentFailed, and BadArgument where it doesn't
        fit what another program wrote meanwhile; with nothing written.
        """
        with self._transaction(annotator) as annotator_id:
            at = now()
            last = journal.joinable(self.connection, annotator_id, name, join, at) if join else None
            if last is None:
                step = journal.begin(self.connection, annotator_id, annotator, name, at)
            else:
                step = journal.rejoin(self.connection, annotator_id, last, at)
            yield step
            self.under_way.go_on()
            alone = self.data_version() == self._polled
        self._written(step, alone)

    def take_back(self, annotator: str, kind: ChangeKind) -> Done:
        """Undo or redo this annotator's next change. Raises CannotUndo, with nothing changed."""
        find = history.undoable if kind is ChangeKind.UNDO else history.redoable
        with self._transaction(annotator) as annotator_id:
            target = find(self.connection, annotator_id)
            if target is None:
                raise CannotUndo(f"There is nothing to {kind} for {annotator}.{compacting.sentence(self.connection)}")
            step = journal.begin(
                self.connection, annotator_id, annotator, target.name, now(), kind=kind, undoes=target.number
            )
            taking_back.take_back(step, target)
            afterwards.verify(step, target)
            done = self._done(Effect(step.written, step.left), step.change, self._reached(step, kind), annotator_id)
            self.under_way.go_on()
            alone = self.data_version() == self._polled
        self._written(step, alone)
        return done

    def _reached(self, step: Step, kind: ChangeKind) -> UndoState:
        """What can be undone and redone after an undo or redo: that itself, and one more to be looked for."""
        name = step.change.name
        if kind is ChangeKind.UNDO:
            undo = history.undoable(self.connection, step.annotator_id)
            return UndoState(undo.name if undo else None, name)
        redo = history.redoable(self.connection, step.annotator_id)
        return UndoState(name, redo.name if redo else None)

    def done(self, step: Step) -> Done:
        """Return what a step did; ask before its commit, after which nothing may fail."""
        undo_state = UndoState(step.change.name, None)
        return self._done(Effect(step.written, step.left), step.change, undo_state, step.annotator_id)

    def _done(self, effect: Effect, change: Change, undo_state: UndoState, annotator_id: str) -> Done:
        if effect.naming():
            self._names = None  # of a change that isn't committed yet, no counter tells
        return Done(effect.change_set(change, self.names, undo_state), effect.counts(annotator_id))

    @contextmanager
    def _transaction(self, annotator: str) -> Iterator[str]:
        """One write transaction of an annotator, whose id it gives; the first write of theirs enters the name."""
        if self.read_only:
            raise ReadOnly(
                f"{self.path.name} is open read-only: the file or its folder can't be written. Save a copy elsewhere."
            )
        try:
            with told(self.path), without_collection(), connections.transaction(self.connection):
                self._held = self.data_version()
                self.under_way.begin()
                yield self.names.annotator_id(annotator) or self._ensure_annotator(annotator)
        except BaseException:
            self._names = None  # they may have been read inside what was then rolled back
            raise
        finally:
            self._held = None

    def _ensure_annotator(self, name: str) -> str:
        new_id = str(uuid.uuid4())
        self.connection.execute(insert(tables.annotator).values(id=new_id, name=name))
        self._names = None
        return new_id

    def _written(self, step: Step, alone: bool) -> None:
        """Note an own change; `alone` where no other program had written since `foreign_changes` last looked."""
        naming = Effect(step.written, step.left).naming()
        step.let_go()
        self._numbers.add(step.number)
        if alone:
            self._seen = step.number, step.change.at
        else:
            self._own[step.number] = step.change.at
        if naming:
            self._names = None

    def wrote(self, number: int) -> bool:
        """Whether this program wrote the change of that number."""
        return number in self._numbers

    def undo_state(self, annotator: str) -> UndoState:
        """Return the names of what this annotator can undo and redo."""
        annotator_id = self.names.annotator_id(annotator)
        if annotator_id is None:
            return UndoState(None, None)
        undo = history.undoable(self.connection, annotator_id)
        redo = history.redoable(self.connection, annotator_id)
        return UndoState(undo.name if undo else None, redo.name if redo else None)

    def _foreign(self, change: Change, annotator: str) -> ChangeSet:
        """Return what another program's change did, as far as the tables still say."""
        written = history.by_table(history.rows_of(self.connection, change.number))
        left = {name: journal.rows_written(self.connection, name, change.number) for name in written}
        effect = Effect(written, left)
        if effect.naming():
            self._names = None
        return effect.change_set(change, self.names, self.undo_state(annotator), foreign=True)

    def foreign_changes(self, annotator: str) -> list[ChangeSet]:
        """Return what other programs changed since the last look, oldest first. Costs one pragma when nothing did."""
        with told(self.path):
            version = self.data_version()
            found = [] if version == self._polled else history.changes_since(self.connection, self._seen)
            news = [each for each in found if self._own.get(each.number) != each.at]
            changes = [self._foreign(each, annotator) for each in news]
            # Only now, so that a failed look is repeated.
            self._seen = max([self._seen, *self._own.items(), *((each.number, each.at) for each in found)])
            self._polled = version
            self._own.clear()
            return changes


def about(connection: Connection) -> dict[str, str]:
    """Return what a project says of itself: its `id`, when it was made, for whom it was handed out."""
    return dict(connection.execute(select(tables.project.c.key, tables.project.c.value)).all())


def _writable(path: Path) -> bool:
    """Whether the file and its folder can be written; root, whom nothing stops, heeds the file's own mode."""
    try:
        real = path.resolve(strict=True)  # the journal goes beside the file itself, not beside a link to it
        return os.access(real, os.W_OK) and os.access(real.parent, os.W_OK) and bool(real.stat().st_mode & 0o222)
    except OSError as error:
        raise EnvironmentFailed(f"{path} can't be read: {error.strerror}.") from error
