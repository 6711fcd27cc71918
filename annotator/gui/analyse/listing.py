"""Reads what stands behind a cell, document by document, into the pane that lists it."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, Signal

from annotator.errors import AnnotatorError
from annotator.gui.analyse import behind
from annotator.gui.analyse.behind import MOST, Found, Step
from annotator.gui.analyse.behind_pane import BehindPane
from annotator.gui.analyse.grid import Target
from annotator.gui.analyse.looked_at import LookedAt
from annotator.gui.worker import Stream, Worker
from annotator.project import Project

Steps = Callable[[Project], Iterator[Step]]


class Listing(QObject):
    """One list at a time, by the worker's stream; all in the window's thread."""

    failed = Signal(AnnotatorError)

    def __init__(self, pane: BehindPane, parent: QObject) -> None:
        super().__init__(parent)
        self._pane = pane
        self._worker: Worker | None = None
        self._stream: Stream | None = None

    def set_worker(self, worker: Worker) -> None:
        self.forget()
        self._worker = worker

    def list_differences(self, target: Target, seen: LookedAt) -> None:
        """List what the annotators of a cell of agreement differ in, or one of them from gold."""
        documents = seen.finished
        if target.against_gold:
            nothing = "Nothing here differs from gold."
            self._list(
                _title(target, seen),
                "difference",
                lambda project: behind.off_gold(project, target, documents),
                nothing,
                headings=not target.document,
            )
        else:
            nothing = "No disagreement, or none that you may see before your own work on the document is done."
            self._list(
                _title(target, seen),
                "disagreement",
                lambda project: behind.disagreements(project, target, documents),
                nothing,
                headings=not target.document,
            )

    def list_spans(self, target: Target, seen: LookedAt) -> None:
        """List the spans that a bar counts."""
        who, gold, documents = seen.counted, seen.gold and seen.has_gold, seen.documents
        nothing = "No span, or none that you may see: others’ work shows once it is done, and your own is."
        self._list(
            _title(target, seen),
            "span",
            lambda project: behind.spans_of(project, target, documents, who, gold=gold),
            nothing,
            headings=not target.document,
        )

    @property
    def busy(self) -> bool:
        """Whether something is still being read."""
        return self._stream is not None

    def cancel(self) -> None:
        """Read no more."""
        if self._stream:
            self._stream.cancel()
            self._stream = None

    def forget(self) -> None:
        """What is listed may not hold any more."""
        self.cancel()
        self._pane.clear()

    def _list(self, title: str, noun: str, steps: Steps, nothing: str, *, headings: bool) -> None:
        self.cancel()
        if self._worker is None:
            return
        self._pane.begin(title, noun, headings=headings)
        stream = self._worker.stream(
            steps, lambda step: self._add(stream, *step), lambda _: self._finish(stream, nothing), self._fail
        )
        self._stream = stream

    def _add(self, stream: Stream, rows: Sequence[Found], more: int) -> None:
        if stream is self._stream and (rows or more):
            room = max(0, MOST - len(self._pane.rows))
            self._pane.add(rows[:room], more + len(rows[room:]))

    def _finish(self, stream: Stream, nothing: str) -> None:
        if stream is self._stream:
            self._stream = None
            self._pane.finish(nothing)

    def _fail(self, error: AnnotatorError) -> None:
        self._stream = None
        self._pane.clear()
        self.failed.emit(error)


def _title(target: Target, seen: LookedAt) -> str:
    who = ", ".join(target.annotators)
    parts = [f"{who} against gold" if target.against_gold else who, target.label or "all labels"]
    if target.document and target.document in seen.works.by_id:
        parts.append(seen.works.by_id[target.document].document.heading)
    return " · ".join(filter(None, parts))
