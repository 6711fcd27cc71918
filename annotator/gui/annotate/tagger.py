"""Tagging as the annotator feels it: the page shows at once what was asked for, dashed until it is on disk.

A new span gets its id here, so that the next key finds it. When the commit comes back the hub makes it solid; when it
is refused the page goes back to what it was, and the reason is told.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from annotator.domain.attributes import Attribute
from annotator.domain.span import Fragment, Span, fragments_of, span_text
from annotator.domain.text import sha256
from annotator.domain.time import now
from annotator.domain.words import snap
from annotator.errors import AnnotatorError, Stale
from annotator.gui.text.view import TextView
from annotator.gui.worker import Worker


class Tagger(QObject):
    """Writes to the document on the page. `put` and `removed` say what the page now shows; `refused` why it doesn't."""

    put = Signal(Span)
    removed = Signal(str)
    refused = Signal(str)
    stale = Signal(str, object)
    """Somebody else has changed the same thing meanwhile: both versions in words, and a callable to write one's own."""
    document_noted = Signal(str, str)
    """A document's id and the note that it is given, or has again where that was refused."""

    def __init__(self, view: TextView) -> None:
        super().__init__(view)
        self._view = view
        self._worker: Worker | None = None
        self._document = ""
        self._text = self.text_sha256 = ""
        self._annotator = ""
        self._pending: Counter[str] = Counter()
        self._stored: dict[str, Span | None] = {}  # pending ones as they are on disk; None: not there
        self.snapping = True
        self.armed: str | None = None

    def set_worker(self, worker: Worker | None, annotator: str) -> None:
        """Write through this worker, as this annotator."""
        self._worker, self._annotator = worker, annotator

    def set_document(self, document_id: str, text: str) -> None:
        """Write to this document from now on."""
        self._document, self._text, self.text_sha256 = document_id, text, sha256(text)

    @property
    def text(self) -> str:
        """The stored text of the document."""
        return self._text

    def is_overtaken(self, span_id: str) -> bool:
        """Whether a later write of this span waits, so that what was just committed is not to be shown any more."""
        return self._pending[span_id] > 1

    def is_pending(self, span_id: str) -> bool:
        """Whether a write of this span waits."""
        return self._pending[span_id] > 0

    def label_asked(self, label: str) -> bool:
        """Tag the selection, else change the chosen span's label; False when there is neither."""
        if selection := self._view.selection():
            self._tag(label, *selection)
            return True
        if chosen := self._chosen():
            self.retag(chosen.id, label)
            return True
        return False

    def selection_made(self, start: int, end: int) -> None:
        """Tag at once where a label is armed."""
        if self.armed:
            self._tag(self.armed, start, end)

    def retag(self, span_id: str, label: str) -> None:
        """Give a span another label."""
        span = self._view.span(span_id)
        if span is None or span.label == label:
            return
        saved = self._write(
            span_id,
            lambda project: project.retag(span_id, label, shown=span),
            span,
            lambda: self.retag(span_id, label),
        )
        self._show(replace(span, label=label), pending=not saved)

    def resize(self, span_id: str, pairs: Sequence[tuple[int, int]]) -> None:
        """Give a span other fragments, each (start, end)."""
        span = self._view.span(span_id)
        if span is None:
            return
        of = self.text_sha256
        fragments = fragments_of(pairs, len(self._text))
        if fragments == span.fragments:
            return
        saved = self._write(
            span_id,
            lambda project: project.resize(span_id, *pairs, text_sha256=of, shown=span),
            span,
            lambda: self.resize(span_id, pairs),
        )
        self._show(replace(span, fragments=fragments, text=span_text(self._text, fragments)), pending=not saved)

    def duplicate(self, span_id: str, label: str) -> None:
        """Tag the span's stretches once more, with this label, and choose the new span."""
        span = self._view.span(span_id)
        if span is None or self._worker is None:
            return
        new = self._new_span(label, span.fragments)
        saved = self._write(new.id, lambda project: project.duplicate(span_id, label, id=new.id), None)
        self._show_new(new, pending=not saved)

    def set_attribute(self, span_id: str, name: str, values: tuple[str, ...]) -> None:
        """Give a span's attribute these values, none if empty; also to a span that is not on the page any more."""
        span = self._view.span(span_id)
        saved = self._write(
            span_id,
            lambda project: project.set_attribute(span_id, name, *values, shown=span),
            span,
            lambda: self.set_attribute(span_id, name, values),
        )
        if span:
            others = tuple(each for each in span.attributes if each.name != name)
            given = (*others, Attribute(name, values)) if values else others
            self._show(replace(span, attributes=given), pending=not saved)

    def set_note(self, span_id: str, note: str, before: str) -> None:
        """Write a span's note, none if empty; also of a span that is not on the page any more.

        `before` is the note that was there when the typing began.
        """
        span = self._view.span(span_id)
        seen = replace(span, note=before or None) if span else None
        saved = self._write(
            span_id,
            lambda project: project.set_note(span_id, note, shown=seen),
            span,
            lambda: self.set_note(span_id, note, self._note(span_id)),
        )
        if span:
            self._show(replace(span, note=note or None), pending=not saved)

    def set_document_note(self, document_id: str, note: str, before: str) -> None:
        """Write a document's note, none if empty; `before` is what it had, to be shown again after a refusal."""

        def refused(error: AnnotatorError) -> None:
            self.document_noted.emit(document_id, before)
            self.refused.emit(str(error))

        if self._worker:
            self.document_noted.emit(document_id, note)
            self._worker.write(lambda project: project.set_document_note(document_id, note), failed=refused)

    def delete(self, span_id: str) -> None:
        """Delete a span; the next one in the text is not chosen, so that a second Delete harms nothing."""
        span = self._view.span(span_id)
        if span is None:
            return
        self._write(span_id, lambda project: project.delete(span_id), span)
        self._take_away(span_id)

    def _tag(self, label: str, start: int, end: int) -> None:
        if self.snapping:
            start, end = snap(self._text, start, end)
        if start >= end or self._worker is None:
            return
        span, document, of = self._new_span(label, (Fragment(start, end),)), self._document, self.text_sha256
        saved = self._write(
            span.id, lambda project: project.tag(document, label, start, end, id=span.id, text_sha256=of), None
        )
        self._view.clear_selection(caret=span.end)  # where snapping put it: the caret isn't left in the middle of it
        self._show_new(span, pending=not saved)

    def _new_span(self, label: str, fragments: tuple[Fragment, ...]) -> Span:
        import uuid  # only now: with what it imports it takes its time

        new_id, time = str(uuid.uuid4()), now()
        text = span_text(self._text, fragments)
        return Span(new_id, self._document, label, fragments, text, self._annotator, time, time)

    def _show_new(self, span: Span, *, pending: bool) -> None:
        self._view.put_span(span, pending=pending)
        chosen = self._view.mark_chosen(span.id, reveal=False)
        self._view.paint_now()
        self.put.emit(span)
        if chosen:
            self._view.tell_chosen()

    def _show(self, span: Span, *, pending: bool = False) -> None:
        if span.document == self._document:
            self._view.put_span(span, pending=pending)
            self._view.paint_now()
            self.put.emit(span)

    def _take_away(self, span_id: str) -> None:
        self._view.remove_span(span_id)
        self._view.paint_now()
        self.removed.emit(span_id)

    def _note(self, span_id: str) -> str:
        span = self._view.span(span_id)
        return (span.note if span else None) or ""

    def _write(
        self, span_id: str, job: Callable[..., object], before: Span | None, again: Callable[[], None] | None = None
    ) -> bool:
        """Write, and return whether that is on disk already; `before` is the span as the page showed it.

        Called before the page shows what is asked for, so that most of it is painted once, as saved. The last one
        refused brings back what is on disk. `again` asks for the same once more, where it was refused because somebody
        else was faster.
        """

        def settled(result: object) -> None:
            self._stored[span_id] = result if isinstance(result, Span) else None
            self._pending[span_id] -= 1
            if self._pending[span_id] <= 0:
                del self._pending[span_id], self._stored[span_id]

        def refused(error: AnnotatorError) -> None:
            stored = self._stored[span_id]
            settled(stored)
            if span_id not in self._pending:
                self._show(stored) if stored else self._take_away(span_id)
            if isinstance(error, Stale) and again:
                self._tell_stale(span_id, str(error), again)
            else:
                self.refused.emit(str(error))

        if self._worker:
            if not self._pending[span_id]:
                self._stored[span_id] = before
            self._pending[span_id] += 1
            self._worker.write(job, settled, refused)
            return self._worker.let_it_write()
        return False

    def _tell_stale(self, span_id: str, versions: str, again: Callable[[], None]) -> None:
        """Show what is stored, then tell that it is not what was asked for."""

        def show(theirs: Span) -> None:
            self._show(theirs)
            self.stale.emit(versions, again)

        if self._worker:
            self._worker.read(lambda project: project.span(span_id), show)

    def _chosen(self) -> Span | None:
        chosen = self._view.chosen_span()
        return self._view.span(chosen) if chosen else None
