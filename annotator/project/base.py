"""What every part of a project stands on: the open file, the one way to write, history, and who is told."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Self

from annotator.domain import codebook_rules, entity_rules
from annotator.domain.change import Change, ChangeKind, ChangeSet, UndoState
from annotator.domain.codebook import Codebook
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.review import GOLD
from annotator.domain.text import text_problem
from annotator.errors import BadArgument
from annotator.project.counts import SpanCounts
from annotator.project.documents import Documents
from annotator.project.sample import sample_documents
from annotator.settings import default_annotator
from annotator.storage import checking, codebooks, creating, entities, history, reviews
from annotator.storage.journal import Step
from annotator.storage.store import Done, Store

_CONTROLS = {"Cc", "Zl", "Zp"}


class _NothingToChange(Exception):
    """What a change would write is there already: its transaction is rolled back."""


class OpenProject:
    """A project file that is open for one annotator."""

    def __init__(self, store: Store, annotator: str) -> None:
        self._store = store
        self.annotator = annotator
        self.documents = Documents(store)
        self._codebook: Codebook | None = None
        self._codebook_version = 0
        self._listeners: list[Callable[[ChangeSet], None]] = []
        self._counts = SpanCounts()

    @classmethod
    def open(cls, path: str | Path, annotator: str | None = None) -> Self:
        """See `annotator.open`."""
        name = None if annotator is None else annotator_name(annotator)
        store = Store(Path(path))
        try:
            return cls(store, name or _made_for(store) or annotator_name(default_annotator()))
        except BaseException:
            store.close()
            raise

    @classmethod
    def new(
        cls,
        path: str | Path,
        *,
        codebook: Codebook | None = None,
        sample: bool = False,
        annotator: str | None = None,
        force: bool = False,
    ) -> Self:
        """See `annotator.new`."""
        name = annotator_name(default_annotator() if annotator is None else annotator)
        documents = sample_documents() if sample else []
        codebook = codebook or DEFAULT
        codebook_rules.check(codebook)
        entity_rules.check(codebook.entities)
        creating.create(Path(path), codebook, documents, force=force)
        return cls.open(path, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the project. What was accepted is on disk already."""
        self._store.close()

    @property
    def path(self) -> Path:
        """The project file."""
        return self._store.path

    @property
    def made_for(self) -> str | None:
        """The annotator to whom this project was handed out, or back; None for any other project."""
        return _made_for(self._store)

    @property
    def backup(self) -> Path | None:
        """The backup that was made just now, before a file of an older version was brought up to date."""
        return self._store.backup

    @property
    def read_only(self) -> bool:
        """Whether the file or its folder can't be written, so that every change is refused."""
        return self._store.read_only

    @property
    def codebook(self) -> Codebook:
        """The codebook as it is now, also after another program changed it."""
        with self._store.told():
            version = self._store.data_version()
            if self._codebook is None or version != self._codebook_version:
                self._codebook, self._codebook_version = codebooks.read(self._store.connection), version
        return self._codebook

    def full_codebook(self) -> Codebook:
        """Return the codebook with the entities, as a codebook file has it."""
        with self._store.told():
            return replace(self.codebook, entities=entities.read(self._store.connection))

    def annotators(self) -> list[str]:
        """Return the names of everybody who changed something in the project, sorted."""
        return sorted(self._store.names.people.values())

    def history(self, limit: int | None = None) -> list[Change]:
        """Return the changes by everybody, newest first."""
        with self._store.told():
            return history.history(self._store.connection, limit)

    def undo_state(self) -> UndoState:
        """Return the names of what `undo` and `redo` would reach."""
        with self._store.told():
            return self._store.undo_state(self.annotator)

    def check(self) -> list[str]:
        """Return what is wrong with the project, one plain sentence each; empty when every integrity rule holds."""
        return checking.problems(self._store)

    def undo(self) -> Change:
        """Take back this annotator's newest change, whole. Raises CannotUndo where a later change stands in the way."""
        return self._take_back(ChangeKind.UNDO)

    def redo(self) -> Change:
        """Do again what this annotator last took back."""
        return self._take_back(ChangeKind.REDO)

    def clear_cancelled(self) -> None:
        """Forget how far something was and that it was cancelled, now that it has ended."""
        self._store.under_way.clear()

    def wait_for_writers(self, seconds: float) -> None:
        """Wait so long, not five seconds, while another program or thread writes to the file; then Busy is raised."""
        self._store.wait_for_writers(seconds)

    @property
    def done_share(self) -> float:
        """How much is done of what is being written, exported or handed out, 0 to 1, as far as one can tell.

        From any thread.
        """
        return self._store.under_way.share

    def cancel(self) -> None:
        """End what is being written, exported or handed out: it raises Cancelled, with nothing changed.

        Too late where that is just ready. From any thread; `clear_cancelled` once it has ended.
        """
        self._store.under_way.cancel()

    def subscribe(self, listener: Callable[[ChangeSet], None]) -> None:
        """Call `listener`, in the project's thread, after each commit."""
        self._listeners.append(listener)

    def poll(self) -> list[ChangeSet]:
        """Tell the listeners what other programs changed in the file since the last call, and return it."""
        with self._store.told():
            found = self._store.foreign_changes(self.annotator)
        for change_set in found:
            self._tell(change_set)
        return found

    def _me(self) -> str | None:
        return self._store.names.annotator_id(self.annotator)

    def _write(
        self,
        name: str,
        write: Callable[[Step], None],
        *,
        join: tuple[str, str] | None = None,
        same_meaning: bool = False,
    ) -> ChangeSet | None:
        """Write one change and tell of it; None where `write` found nothing to change, and then there is no change.

        `same_meaning` is for what moves or renames spans without changing what they say: decisions on them hold on.
        """
        try:
            with self._store.change(self.annotator, name, join=join) as step:
                (self._keeping_decisions(write) if same_meaning else write)(step)
                if not step.written:
                    raise _NothingToChange
                done = self._store.done(step)
        except _NothingToChange:
            return None
        return self._followed(done)

    @staticmethod
    def _keeping_decisions(write: Callable[[Step], None]) -> Callable[[Step], None]:
        def written(step: Step) -> None:
            before = reviews.signs(step.connection)
            write(step)
            if step.written:
                reviews.restamp(step, before)

        return written

    def _take_back(self, kind: ChangeKind) -> Change:
        return self._followed(self._store.take_back(self.annotator, kind)).change

    def _followed(self, done: Done) -> ChangeSet:
        self._counts.changed(done.counts)
        self._tell(done.change_set)
        return done.change_set

    def _tell(self, change_set: ChangeSet) -> None:
        if change_set.codebook:
            self._codebook = None
        if change_set.listing:
            self.documents.forget()
        elif change_set.noted:
            self.documents.take_notes(change_set.noted)
        for listener in self._listeners:
            listener(change_set)


def _made_for(store: Store) -> str | None:
    """The name of an annotator that the file carries, unless it could be nobody's."""
    try:
        return annotator_name(store.about["annotator"])
    except (KeyError, AttributeError, BadArgument):  # a file from elsewhere may hold anything there
        return None


def annotator_name(annotator: str) -> str:
    """Return the name whose spans these are. Raises BadArgument for one of blanks alone, or that can't be stored."""
    name = annotator.strip()
    if not name:
        raise BadArgument("The annotator's name is empty. Give the name whose spans these are.")
    if text_problem(name) or any(unicodedata.category(char) in _CONTROLS for char in name):
        raise BadArgument(f"{name!r} can't be an annotator's name: it has control characters.")
    if name == GOLD:
        raise BadArgument(f"{name!r} can't be an annotator's name: the layer of reviewed spans is called so.")
    return name
