"""Project: the one front door. Every read and every change of a project goes through it."""

import unicodedata
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self, TextIO

from annotator import exchange
from annotator.documents import Documents
from annotator.domain.change import Change, ChangeKind, ChangeSet, UndoState
from annotator.domain.codebook import Codebook
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.document import DocumentStatus, State
from annotator.domain.span import Span, fragments_of, span_text
from annotator.domain.text import text_problem
from annotator.domain.time import now
from annotator.errors import BadArgument, NotFound
from annotator.formats import export as exporting
from annotator.formats.reports import ExportReport, ImportReport
from annotator.sample import sample_documents
from annotator.settings import default_annotator
from annotator.storage import checking, creating, journal, reading, rows
from annotator.storage.journal import Step
from annotator.storage.store import Store

_CONTROLS = ("Cc", "Zl", "Zp")  # a name stands on one line
_STATE_NAMES = {State.TODO: "mark to do", State.IN_PROGRESS: "mark in progress", State.DONE: "mark done"}


class Project:
    """An open project, for one annotator. A context manager; use it from the thread that opened it.

    Positions are code points in a document's stored text, ends exclusive. Every method that changes something commits
    before it returns, as one change that `undo` takes back, and raises with nothing changed: BadArgument (NotFound for
    what isn't there), ReadOnly, Busy or another EnvironmentFailed.
    """

    def __init__(self, store: Store, annotator: str) -> None:
        self._store = store
        self.annotator = annotator
        self.documents = Documents(store)
        self._codebook: Codebook | None = None
        self._listeners: list[Callable[[ChangeSet], None]] = []
        self._counts: dict[str, int] = {}  # spans of this annotator by document, since counting 100,000 takes 10 ms
        self._counts_version = -1

    @classmethod
    def open(cls, path: str | Path, annotator: str | None = None) -> Self:
        """See `annotator.open`."""
        name = _name(annotator)
        return cls(Store(Path(path)), name)

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
        name = _name(annotator)
        documents = sample_documents() if sample else []
        creating.create(Path(path), codebook or DEFAULT, documents, force=force)
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
    def read_only(self) -> bool:
        """Whether the file or its folder can't be written, so that every change is refused."""
        return self._store.read_only

    @property
    def codebook(self) -> Codebook:
        """The labels, in order."""
        if self._codebook is None:
            with self._store.told():
                self._codebook = reading.codebook(self._store.connection)
        return self._codebook

    # Reading

    def statuses(self) -> list[DocumentStatus]:
        """Return every document with the number of spans by, and the state for, this project's annotator."""
        with self._store.told():
            me = self._me()
            counts = reading.span_counts(self._store.connection, me)
            states = reading.states(self._store.connection, me)
        return [
            DocumentStatus(document, count := counts.get(document.id, 0), _state(states.get(document.id), count))
            for document in self.documents
        ]

    def status(self, document_id: str) -> DocumentStatus:
        """Return one document with its number of spans and its state, as `statuses` does. Raises NotFound."""
        document = self.documents.get(document_id)
        with self._store.told():
            count = self._span_count(document_id)
            state = reading.states(self._store.connection, self._me()).get(document_id)
        return DocumentStatus(document, count, _state(state, count))

    def spans(self, document_id: str, *, annotators: Sequence[str] | None = None) -> list[Span]:
        """Return a document's spans in text order, of every annotator or of those named."""
        return [span for part in self.span_slices(document_id, annotators=annotators) for span in part]

    def span_slices(
        self,
        document_id: str,
        size: int = 10_000,
        *,
        first: int | None = None,
        annotators: Sequence[str] | None = None,
    ) -> Iterator[list[Span]]:
        """Yield a document's spans in text order, about `size` at a time, but `first` at first: what is seen at once.

        Spans that others add meanwhile may be among them or not.
        """
        self.documents.get(document_id)
        with self._store.told():
            names = self._store.names
            ids = [key for key, name in names.annotators.items() if annotators is None or name in annotators]
            yield from reading.spans_of(self._store.connection, names, document_id, ids, size, first)

    def span(self, span_id: str) -> Span:
        """Return the span of that id, or the only one whose id begins so. Raises NotFound."""
        with self._store.told():
            can_be = span_id and not text_problem(span_id)
            if can_be and (found := reading.spans_with(self._store.connection, self._store.names, [span_id])):
                return found[0]
            ids = reading.span_ids_beginning(self._store.connection, span_id) if can_be else []
            if len(ids) == 1:
                return reading.spans_with(self._store.connection, self._store.names, ids)[0]
        if ids:
            raise NotFound(f"More than one span's id begins with “{span_id}”. Give more of the id.")
        raise NotFound(f"There is no span “{span_id}”. Its id stands in the export and is printed by `annotator tag`.")

    def annotators(self) -> list[str]:
        """Return the names of everybody who changed something in the project, sorted."""
        return sorted(self._store.names.annotators.values())

    def history(self, limit: int | None = None) -> list[Change]:
        """Return the changes by everybody, newest first."""
        with self._store.told():
            return journal.history(self._store.connection, limit)

    def undo_state(self) -> UndoState:
        """Return the names of what `undo` and `redo` would reach."""
        with self._store.told():
            return self._store.undo_state(self.annotator)

    def check(self) -> list[str]:
        """Return what is wrong with the project, one plain sentence each; empty when every integrity rule holds."""
        return checking.problems(self._store)

    # Changing

    def tag(
        self,
        document_id: str,
        label: str,
        start: int,
        end: int,
        *more: tuple[int, int],
        id: str | None = None,
        note: str | None = None,
    ) -> Span:
        """Tag `start` to `end` (and further fragments, each a pair) with a label; returns the new span.

        `id` is a UUID of the caller's own: writing the same twice adds nothing.
        """
        span = self._new_span(document_id, label, [(start, end), *more], id, note)
        if id is not None and (known := self._written_before(id)):
            return known
        try:
            self._write(f"tag {label}", lambda step: self._insert(step, [span]), spans=[span])
        except BadArgument:
            if id is not None and (known := self._written_before(id)):  # another program was a moment faster
                return known
            raise
        return span

    def tag_all(self, label: str, places: Sequence[tuple[str, int, int]]) -> list[Span]:
        """Tag many places, each (document id, start, end), with one label in one change."""
        spans = [self._new_span(document, label, [(start, end)]) for document, start, end in places]
        if spans:
            noun = f"tag {label}" if len(spans) == 1 else f"tag {len(spans)} {label}"
            self._write(noun, lambda step: self._insert(step, spans), spans=spans)
        return spans

    def retag(self, span_id: str, label: str) -> Span:
        """Give a span another label."""
        span = self.span(span_id)
        label_id = self._label_id(label)
        if span.label == label:
            return span
        return self._update(span, f"change {span.label} to {label}", {"label": label_id, "modified": now()})

    def resize(self, span_id: str, *pairs: tuple[int, int]) -> Span:
        """Give a span new fragments, each (start, end). Nudges within two seconds are one change."""
        span = self.span(span_id)
        fragments = fragments_of(pairs, self.documents.get(span.document).length)
        if fragments == span.fragments:
            return span
        text = span_text(self.documents.text(span.document), fragments)
        values = {**rows.placed(fragments), "text": text, "modified": now()}
        return self._update(span, f"resize {span.label}", values, join=True)

    def delete(self, *span_ids: str) -> None:
        """Delete spans in one change; the history keeps them."""
        spans = list({span.id: span for span in map(self.span, span_ids)}.values())
        if not spans:
            return
        name = f"delete {spans[0].label}" if len(spans) == 1 else f"delete {len(spans)} spans"

        def write(step: Step) -> None:
            for span in spans:
                step.delete("span", span.id)

        self._write(name, write, removed=spans)

    def set_state(self, document_id: str, state: State) -> None:
        """Say how far this project's annotator is with a document."""
        if state not in list(State):
            raise BadArgument(f"“{state}” is not a state of a document. It can be: {', '.join(State)}.")
        if self.status(document_id).state != state:
            self._write(_STATE_NAMES[State(state)], lambda step: rows.put_state(step, document_id, State(state)))

    def undo(self) -> Change:
        """Take back this annotator's newest change, whole. Raises CannotUndo where a later change stands in the way."""
        return self._take_back(ChangeKind.UNDO)

    def redo(self) -> Change:
        """Do again what this annotator last took back."""
        return self._take_back(ChangeKind.REDO)

    # Taking in and taking away

    def import_file(self, path: str | Path, *, format: str | None = None, dry_run: bool = False) -> ImportReport:
        """Add the document in a plain text file; a text that is in the project already adds nothing."""
        return self.import_files([path], format=format, dry_run=dry_run)

    def import_files(
        self, paths: Sequence[str | Path], *, format: str | None = None, dry_run: bool = False
    ) -> ImportReport:
        """Add the documents in several files in one change: all of them, or none."""
        self.documents.forget()  # what another program added since is there already
        report, texts = exchange.read_documents(paths, format, self.documents)
        if report.added and not dry_run:
            noun = report.added[0].source_file if len(report.added) == 1 else f"{len(report.added)} documents"
            self._write(f"import {noun}", lambda step: rows.add_documents(step, report.added, texts))
            self.documents.forget()
        return report

    def export(
        self,
        target: str | Path | None = None,
        *,
        format: str = "jsonl",
        layout: str | None = None,
        annotators: Sequence[str] = (),
        labels: Sequence[str] = (),
        states: Sequence[State] = (),
        dataset_card: bool = False,
        force: bool = False,
        stream: TextIO | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> ExportReport:
        """Write the documents with their spans to `target` or, without one, to `stream`.

        `annotators`, `labels` and `states` keep only what they name; empty keeps all. Documents without spans are
        written too. `progress` hears after each document how many are done. Nothing half-written is left
        behind. Raises BadArgument where `target` exists (unless `force`).
        """
        for label in labels:
            self.codebook.label(label)
        documents = exchange.annotated_documents(self._store, self.documents, annotators, labels, states)
        if target is None:
            if stream is None:
                raise BadArgument("Name a file to export to.")
            return exporting.write_stream(documents, stream, format=format, layout=layout, progress=progress)
        return exporting.write_files(
            documents,
            self.codebook,
            Path(target),
            format=format,
            layout=layout,
            dataset_card=dataset_card,
            force=force,
            project=self.path,
            progress=progress,
        )

    # Telling

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

    # How a change is written

    def _span_count(self, document_id: str) -> int:
        version = self._store.data_version()
        if version != self._counts_version:  # another program wrote
            self._counts, self._counts_version = {}, version
        if document_id not in self._counts:
            self._counts[document_id] = reading.span_count(self._store.connection, document_id, self._me())
        return self._counts[document_id]

    def _recount(self, added: Sequence[Span], removed: Sequence[Span]) -> None:
        for difference, spans in ((1, added), (-1, removed)):
            for span in spans:
                if span.annotator == self.annotator and span.document in self._counts:
                    self._counts[span.document] += difference

    def _me(self) -> str | None:
        return self._store.names.annotator_id(self.annotator)

    def _new_span(
        self,
        document_id: str,
        label: str,
        pairs: Sequence[tuple[int, int]],
        id: str | None = None,
        note: str | None = None,
    ) -> Span:
        document = self.documents.get(document_id)
        self.codebook.label(label)
        fragments = fragments_of(pairs, document.length)
        text = span_text(self.documents.text(document_id), fragments)
        time = now()
        for written in (id, note):
            if written is not None and (problem := text_problem(written)):
                raise BadArgument(f"{written!r} can't be stored: it has {problem}.")
        if id == "":
            raise BadArgument("A span's id can't be empty.")
        return Span(id or str(uuid.uuid4()), document_id, label, fragments, text, self.annotator, time, time, note)

    def _insert(self, step: Step, spans: Sequence[Span]) -> None:
        label_ids = {label: self._label_id(label) for label in {span.label for span in spans}}
        step.insert("span", [rows.span_row(span, step.annotator_id, label_ids[span.label]) for span in spans])

    def _label_id(self, label: str) -> str:
        self.codebook.label(label)
        with self._store.told():
            return self._store.names.label_id(label)

    def _written_before(self, span_id: str) -> Span | None:
        """The span that an earlier write of this id left. Raises BadArgument where it was deleted since."""
        with self._store.told():
            # The history first: what another program writes between the two looks is then found by the second.
            written = journal.knows(self._store.connection, "span", span_id)
            if known := reading.spans_with(self._store.connection, self._store.names, [span_id]):
                return known[0]
            if written:
                raise BadArgument(f"The span “{span_id}” was written before and deleted since. Nothing was changed.")
        return None

    def _update(self, span: Span, name: str, values: rows.Values, *, join: bool = False) -> Span:
        row = ("span", span.id)
        change_set = self._write(name, lambda step: step.update(*row, values), join=row if join else None)
        return change_set.spans[0]

    def _write(
        self,
        name: str,
        write: Callable[[Step], None],
        *,
        spans: Sequence[Span] = (),
        removed: Sequence[Span] = (),
        join: tuple[str, str] | None = None,
    ) -> ChangeSet:
        """Write one change and tell of it. `spans` or `removed`, where known beforehand, save reading them back."""
        with self._store.change(self.annotator, name, join=join) as step:
            write(step)
            if spans or removed:
                change_set = ChangeSet(
                    change=step.change,
                    spans=tuple(spans),
                    removed=tuple((span.id, span.document) for span in removed),
                    documents=frozenset(span.document for span in (*spans, *removed)),
                    undo_state=UndoState(name, None),
                )
            else:  # read before the commit: after it nothing may fail any more
                step.finish()
                change_set = self._store.change_set(step.change, self.annotator)
        self._recount(spans, removed)
        self._tell(change_set)
        return change_set

    def _take_back(self, kind: ChangeKind) -> Change:
        change_set = self._store.take_back(self.annotator, kind)
        for document_id in change_set.documents:
            self._counts.pop(document_id, None)
        self._tell(change_set)
        return change_set.change

    def _tell(self, change_set: ChangeSet) -> None:
        if change_set.codebook:
            self._codebook = None
        if change_set.listing:
            self.documents.forget()
        for listener in self._listeners:
            listener(change_set)


def _state(stored: State | None, spans: int) -> State:
    """A document that has spans and no stored state is in progress."""
    return stored or (State.IN_PROGRESS if spans else State.TODO)


def _name(annotator: str | None) -> str:
    """Return the name whose spans these are. Raises BadArgument for one of blanks alone, or that can't be stored."""
    name = (default_annotator() if annotator is None else annotator).strip()
    if not name:
        raise BadArgument("The annotator's name is empty. Give the name whose spans these are.")
    if text_problem(name) or any(unicodedata.category(char) in _CONTROLS for char in name):
        raise BadArgument(f"{name!r} can't be an annotator's name: it has control characters.")
    return name
