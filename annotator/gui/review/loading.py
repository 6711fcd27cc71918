"""Reading what a review shows: the queue document by document, what changed in it, and one whole document."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.domain.relation import Relation
from annotator.domain.review import NAMES, Comment, ReviewItem
from annotator.domain.span import Span
from annotator.errors import AnnotatorError
from annotator.gui.worker import Stream, Worker

if TYPE_CHECKING:
    from annotator.project import Project

T = TypeVar("T")
_WORK_S, _LONG_S = 0.005, 0.06  # so much work of the thread, and so much time with that of others, is a step at most
_MOST = 64  # documents in one


@dataclass(frozen=True, slots=True)
class Listing:
    """What the queue is about: all documents in order, each with its place and its heading, those that wait, and who
    has worked here. `unread` are the documents that are read now, in that order."""

    order: tuple[str, ...] = ()
    rank: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueuePart:
    """A document's items, and whether its names were revealed to whoever works here."""

    document: str
    items: tuple[ReviewItem, ...]
    revealed: bool


@dataclass(frozen=True, slots=True)
class ReviewedDocument:
    """What is shown of one document; `annotators` are those who finished it, whose spans these are."""

    id: str
    heading: str
    text: str
    annotators: tuple[str, ...]
    spans: tuple[Span, ...]
    gold: tuple[Span, ...]
    relations: tuple[Relation, ...]
    comments: tuple[Comment, ...]
    revealed: bool


class ReviewLoader(QObject):
    """All signals come in the window's thread, for what is wanted alone."""

    listed = Signal(object)
    """A Listing; parts follow, then `all_read`."""
    parts_read = Signal(object)
    """A list of QueueParts, in order; those that one asked for first come first."""
    all_read = Signal()
    parts_reread = Signal(object, object)
    """QueueParts of documents that changed, also empty ones; and the ids of those of them that wait."""
    decided = Signal(object, object, object)
    """Items after decisions on them, the gold that these made, and the ids of gold that is gone."""
    document_read = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Worker | None = None
        self._alone: str | None = None
        self._stream: Stream | None = None
        self._unread: list[str] = []
        self._token = self._document_token = self._stream_token = object()

    def set_worker(self, worker: Worker) -> None:
        """Read from this project."""
        self._forget()
        self._worker = worker

    @property
    def loading(self) -> bool:
        """Whether more of the queue is being read."""
        return self._stream is not None

    @property
    def unread(self) -> int:
        """How many documents are still to be read, or would be, had reading not been stopped."""
        return len(self._unread)

    def load(self, alone: str | None, first: str = "") -> None:
        """Read the whole queue, or one annotator's spans alone, the document `first` before all others; what was being
        read is dropped."""
        self._forget()
        self._alone = alone

        def steps(project: "Project") -> Iterator[Listing | list[QueuePart]]:
            people = tuple(project.annotators())
            wanted = project.reviewable(alone) if alone is None or alone in people else []
            wanted.sort(key=lambda document: document != first)
            yield _listing(project, people, wanted, hidden=alone is None)
            yield from _parts(project, wanted, alone)

        self._read(steps)

    def stop(self) -> None:
        """Read no more of the queue for now; what was read stays."""
        if self._stream:
            self._stream.cancel()
            self._stream, self._stream_token = None, object()

    def go_on(self) -> None:
        """Read what is still unread since it was stopped."""
        if self._unread and not self._stream:
            wanted, alone = list(self._unread), self._alone
            self._read(lambda project: _parts(project, wanted, alone))

    def reread(self, documents: Sequence[str]) -> None:
        """Read the items of these documents again."""
        alone, token = self._alone, self._token
        if self._worker is None or not documents:
            return

        def read(project: "Project") -> tuple[list[QueuePart], list[str]]:
            there = [document for document in documents if project.documents.known(document)]
            known = alone is None or alone in project.annotators()
            parts = _some(project, there, alone) if known else [QueuePart(each, (), False) for each in there]
            return parts, [] if alone else project.hidden_from_review(there)

        wanted = self._wanted(token)
        self._worker.read(read, wanted(lambda found: self.parts_reread.emit(*found)), wanted(self._failed))

    def reread_items(self, items: Sequence[ReviewItem], decisions: Collection[str]) -> None:
        """Read items of one document again after nothing but these decisions was written."""
        alone, token = self._alone, self._token
        if self._worker is None:
            return

        def arrived(found: "tuple[list[ReviewItem], list[Span], set[str]] | None") -> None:
            if self._token is token and found is None:
                self.reread([items[0].document])
            elif self._token is token and found is not None:
                self.decided.emit(*found)

        self._worker.read(
            lambda project: project.decided_again(items, decisions, alone=alone is not None),
            arrived,
            self._wanted(token)(self._failed),
        )

    def open(self, document: str) -> None:
        """Read all that is shown of a document; what was asked for before is dropped."""
        self._document_token = token = object()
        alone = self._alone
        if self._worker is None:
            return

        def arrived(found: ReviewedDocument) -> None:
            if self._document_token is token:
                self.document_read.emit(found)

        def failed(error: AnnotatorError) -> None:
            if self._document_token is token:
                self._failed(error)

        self._worker.read(lambda project: _document(project, document, alone), arrived, failed)

    def _read(self, steps: "Callable[[Project], Iterator[Listing | list[QueuePart]]]") -> None:
        if self._worker is None:
            return
        self._stream_token = token = object()

        def wanted(tell: "Callable[[T], None]") -> "Callable[[T], None]":
            return lambda result: tell(result) if self._stream_token is token else None

        self._stream = self._worker.stream(
            steps, wanted(self._arrived), wanted(lambda _: self._over()), wanted(self._failed)
        )

    def _wanted(self, token: object) -> "Callable[[Callable[[T], None]], Callable[[T], None]]":
        def wrapped(tell: Callable[[T], None]) -> Callable[[T], None]:
            return lambda result: tell(result) if self._token is token else None

        return wrapped

    def _arrived(self, step: Listing | list[QueuePart]) -> None:
        if isinstance(step, Listing):
            self._unread = list(step.unread)
            self.listed.emit(step)
        else:
            self._unread = self._unread[len(step) :]
            self.parts_read.emit(step)

    def _over(self) -> None:
        self._stream = None
        self.all_read.emit()

    def _failed(self, error: AnnotatorError) -> None:
        self._stream = None
        self.failed.emit(str(error))

    def _forget(self) -> None:
        self._token = self._document_token = object()
        self._unread = []
        self.stop()


def _listing(project: "Project", people: tuple[str, ...], unread: Sequence[str], *, hidden: bool) -> Listing:
    headings = {document.id: document.heading for document in project.documents}
    order = tuple(headings)
    rank = {document: place for place, document in enumerate(order)}
    waiting = tuple(project.hidden_from_review()) if hidden else ()
    return Listing(order, rank, headings, waiting, people, tuple(unread))


def _parts(project: "Project", documents: Sequence[str], alone: str | None) -> Iterator[list[QueuePart]]:
    """Yield the items of documents, a single one first, then as many at a time as take about a step."""
    at, size = 0, 1
    while at < len(documents):
        began, worked = time.monotonic(), time.thread_time()
        found = _some(project, documents[at : at + size], alone)
        at += size
        took, work = time.monotonic() - began, time.thread_time() - worked
        if took > _LONG_S or work > _WORK_S:
            size = max(1, size // 2)
        elif 2 * took < _LONG_S and 2 * work < _WORK_S:
            size = min(2 * size, _MOST)
        yield found


def _some(project: "Project", documents: Sequence[str], alone: str | None) -> list[QueuePart]:
    found = dict(project.review_steps(alone=alone, documents=documents))
    revealed = project.revealed(NAMES, documents)
    return [QueuePart(each, found.get(each, ()), each in revealed) for each in documents]


def _document(project: "Project", document_id: str, alone: str | None) -> ReviewedDocument:
    document = project.documents.get(document_id)
    people = (alone,) if alone else project.finished_by(document_id)
    return ReviewedDocument(
        document_id,
        document.heading,
        project.documents.text(document_id),
        people,
        tuple(project.spans(document_id, annotators=people)) if people else (),
        tuple(project.gold(document_id)),
        tuple(project.relations(document_id, annotators=people)) if people else (),
        tuple(project.comments(document_id)),
        document_id in project.revealed(NAMES, [document_id]),
    )
