"""Loading a document: text and first spans at once, other spans in slices; what is no longer wanted is dropped."""

import gc
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.domain.span import Span
from annotator.errors import AnnotatorError
from annotator.gui.worker import Stream, Worker

if TYPE_CHECKING:
    from annotator.project import Project

T = TypeVar("T")
_FIRST, _SLICE = 1_000, 10_000  # spans: more than a page shows; what keeps the window from no frame
Step = tuple[str | None, list[Span]]  # the text with the first slice, None with the others


class Loader(QObject):
    """Knows which document is wanted. Signals come in the window's thread, for the wanted document alone."""

    text_loaded = Signal(str, str, object)
    """Document id, text, and the list of its first spans, in text order."""
    spans_loaded = Signal(object, str)
    """A list of further spans, in text order; and, once all are there, the id of the span to choose (else empty)."""
    spans_reread = Signal(object)
    """All spans of the wanted document, as they are now."""
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.document_id = ""
        self._worker: Worker | None = None
        self._annotator = ""
        self._stream: Stream | None = None
        self._token = object()

    @property
    def loading(self) -> bool:
        """Whether spans of the wanted document are still to come."""
        return self._stream is not None

    def set_worker(self, worker: Worker, annotator: str) -> None:
        """Load from this project, spans of this annotator alone: others' are not seen before a review."""
        self._worker, self._annotator = worker, annotator
        self.forget()

    def forget(self) -> None:
        """No document is wanted."""
        self.document_id = ""
        self._token = object()
        if self._stream:
            self._stream.cancel()
            self._over()

    def open(self, document_id: str, reveal: str | None = None) -> None:
        """Load a document; what was being loaded is dropped."""
        if self._worker is None:
            return
        self.forget()
        self.document_id, token = document_id, self._token
        annotators = [self._annotator]

        def steps(project: "Project") -> Iterator[Step]:
            text = project.documents.text(document_id)
            slices = project.span_slices(document_id, _SLICE, first=_FIRST, annotators=annotators)
            yield text, next(slices, [])
            for spans in slices:
                yield None, spans

        def wanted(tell: Callable[[T], None]) -> Callable[[T], None]:
            return lambda result: tell(result) if self._token is token else None

        self._stream = self._worker.stream(
            steps,
            wanted(self._arrived),
            wanted(lambda _: self._all_arrived(reveal or "")),
            wanted(self._failed),
        )
        gc.disable()  # else Python looks for garbage, over and over, among all the spans that come to stay

    def reread(self) -> None:
        """Read the wanted document's spans again: a change of the codebook gave some of them other names."""
        token, document_id, annotators = self._token, self.document_id, [self._annotator]

        def arrived(spans: list[Span]) -> None:
            if self._token is token:
                self.spans_reread.emit(spans)

        if self._worker and document_id:
            self._worker.read(lambda project: project.spans(document_id, annotators=annotators), arrived, self._unread)

    def _unread(self, error: AnnotatorError) -> None:
        self.failed.emit(str(error))

    def _arrived(self, step: Step) -> None:
        text, spans = step
        if text is None:
            self.spans_loaded.emit(spans, "")
        else:
            self.text_loaded.emit(self.document_id, text, spans)

    def _all_arrived(self, reveal: str) -> None:
        self._over()
        self.spans_loaded.emit([], reveal)

    def _failed(self, error: AnnotatorError) -> None:
        self._over()
        self.failed.emit(str(error))

    def _over(self) -> None:
        self._stream = None
        gc.freeze()
        gc.enable()
