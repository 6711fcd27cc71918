"""The spans of the open document: on the page first, then in the list, the panel and the counts beside it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from annotator.domain.span import Span, span_text

if TYPE_CHECKING:
    from annotator.gui.annotate.mode import AnnotateMode

_MANY = 100  # spans that one change puts on the page: more are shown together


class ShownSpans(QObject):
    """Keeps what stands beside the page at one with it, and brings to both what is on disk now.

    The page is painted before anything else hears of a change: the rest takes twice as long.
    """

    def __init__(self, mode: "AnnotateMode") -> None:
        super().__init__(mode)
        self._mode, self._text, self._tagger = mode, mode.page.text, mode.tagger
        mode.loader.spans_loaded.connect(self._loaded)
        mode.loader.spans_reread.connect(self.reread)
        self._text.span_chosen.connect(self._chosen)
        self._text.spans_offered.connect(self._offered)
        self._tagger.put.connect(self._put)
        self._tagger.removed.connect(self._removed)

    def reread(self, spans: list[Span]) -> None:
        """Show these, all that the document has now, but for what a later word of the user's stands against."""
        now = {span.id: span for span in spans}
        gone = [span.id for span in self._text.spans() if span.id not in now]
        changed = [span for span in spans if self._text.span(span.id) != span]
        settled = [span for span in changed if not self._tagger.is_pending(span.id)]
        self.apply(settled, [key for key in gone if not self._tagger.is_pending(key)])

    def apply(self, spans: Iterable[Span], removed: Iterable[str], choose: str | None = None) -> None:
        """Show what has changed; `choose` is the span to choose."""
        text, beside, marked = self._text, self._mode.spans, False
        news = [span for span in spans if self._can_be_shown(span)]
        gone = {key for key in removed if text.span(key) and not self._tagger.is_overtaken(key)}
        if len(news) + len(gone) > _MANY:
            text.change_spans(news, gone)
            beside.set_spans(text.spans())
            beside.choose(text.chosen_span())
        else:
            for span in news:
                text.put_span(span)
            for span_id in gone:
                text.remove_span(span_id)
            marked = choose is not None and text.mark_chosen(choose, reveal=True)
            text.paint_now()
            for span in news:
                beside.put(span)
            for span_id in gone:
                beside.remove(span_id)
        if news or gone:
            self.changed()
        if marked:
            text.tell_chosen()
        elif choose:
            text.choose(choose)

    def changed(self) -> None:
        """Spans came, went or are others now."""
        self.count()
        self._show_chosen()
        self._mode.conditions_changed.emit()

    def count(self) -> None:
        """Show how many spans each label has."""
        self._mode.labels.set_counts(self._text.label_counts())

    def _loaded(self, spans: list[Span], reveal: str) -> None:
        if spans:
            self._text.add_spans(spans)
            self._mode.spans.add_spans(spans)
            self.count()
        if reveal and self._text.span(reveal):
            self._text.choose(reveal)

    def _offered(self, span_ids: list[str], at: QPoint) -> None:
        found = [span for span in map(self._text.span, span_ids) if span]
        self._mode.overlap.offer(found, at)

    def _chosen(self, span_id: str | None) -> None:
        self._mode.spans.choose(span_id)
        self._show_chosen()
        self._mode.conditions_changed.emit()

    def _put(self, span: Span) -> None:
        self._mode.spans.put(span)
        self.changed()

    def _removed(self, span_id: str) -> None:
        self._mode.spans.remove(span_id)
        self.changed()

    def _show_chosen(self) -> None:
        mode, chosen = self._mode, self._text.chosen_span()
        span = self._text.span(chosen) if chosen else None
        if span:
            place, of = mode.spans.place(span.id), mode.spans.model.total()
            own = span.annotator == mode.annotator
            mode.span.show_span(span, place, of, own=own, read_only=mode.read_only or not own)
        else:
            mode.span.show_none()
        mode.relating.show_rows()

    def _can_be_shown(self, span: Span) -> bool:
        """Whether no later word of the user's stands against it, and its text is the one that is shown now."""
        same_text = span_text(self._tagger.text, span.fragments) == span.text  # else the text is about to be read anew
        return same_text and not self._tagger.is_overtaken(span.id)
