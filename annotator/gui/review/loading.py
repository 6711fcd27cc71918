"""Reading what a review shows: the queue document by document, what changed in it, and one whole document."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Listing:
    """What the queue is about: documents by id and heading in order, those that wait, and who has worked here."""

    documents: tuple[tuple[str, str], ...]
    hidden: tuple[str, ...]
    annotators: tuple[str, ...]


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
    """A Listing; QueueParts follow, then `all_read`."""
    part_read = Signal(object)
    all_read = Signal()
    parts_reread = Signal(object, object)
    """QueueParts of documents that changed, also empty ones; and the ids of those that wait."""
    document_read = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Worker | None = None
        self._alone: str | None = None
        self._stream: Stream | None = None
        self._token = self._document_token = object()

    def set_worker(self, worker: Worker) -> None:
        """Read from this project."""
        self._forget()
        self._worker = worker

    @property
    def loading(self) -> bool:
        """Whether more of the queue is to come."""
        return self._stream is not None

    def load(self, alone: str | None) -> None:
        """Read the whole queue, or one annotator's spans alone; what was being read is dropped."""
        self._forget()
        if self._worker is None:
            return
        self._alone, token = alone, self._token

        def steps(project: "Project") -> Iterator[Listing | QueuePart]:
            documents = tuple((document.id, document.heading) for document in project.documents)
            hidden = () if alone else tuple(project.hidden_from_review())
            people = tuple(project.annotators())
            yield Listing(documents, hidden, people)
            for document, items in project.review_steps(alone=alone) if alone is None or alone in people else ():
                yield QueuePart(document, items, _revealed(project, document))

        wanted = self._wanted(token)
        self._stream = self._worker.stream(
            steps, wanted(self._arrived), wanted(lambda _: self._over()), wanted(self._failed)
        )

    def reread(self, documents: Sequence[str]) -> None:
        """Read the items of these documents again."""
        alone, token = self._alone, self._token
        if self._worker is None or not documents:
            return

        def read(project: "Project") -> tuple[list[QueuePart], list[str]]:
            every = {document.id for document in project.documents}
            there = [document for document in documents if document in every]
            known = alone is None or alone in project.annotators()
            found = dict(project.review_steps(alone=alone, documents=there)) if known else {}
            parts = [QueuePart(each, found.get(each, ()), each in found and _revealed(project, each)) for each in there]
            return parts, [] if alone else project.hidden_from_review()

        wanted = self._wanted(token)
        self._worker.read(read, wanted(lambda found: self.parts_reread.emit(*found)), wanted(self._failed))

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

    def _wanted(self, token: object) -> "Callable[[Callable[[T], None]], Callable[[T], None]]":
        def wrapped(tell: Callable[[T], None]) -> Callable[[T], None]:
            return lambda result: tell(result) if self._token is token else None

        return wrapped

    def _arrived(self, step: Listing | QueuePart) -> None:
        (self.listed if isinstance(step, Listing) else self.part_read).emit(step)

    def _over(self) -> None:
        self._stream = None
        self.all_read.emit()

    def _failed(self, error: AnnotatorError) -> None:
        self._stream = None
        self.failed.emit(str(error))

    def _forget(self) -> None:
        self._token = self._document_token = object()
        if self._stream:
            self._stream.cancel()
            self._stream = None


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
        _revealed(project, document_id),
    )


def _revealed(project: "Project", document_id: str) -> bool:
    return any((each.annotator, each.what) == (project.annotator, NAMES) for each in project.reveals(document_id))
