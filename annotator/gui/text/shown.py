"""The shown document: its spans, what is selected, which span is chosen; all that a program may ask of the text view.

Positions are code points of the stored text, ends exclusive.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QColor, QPalette, QShowEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from annotator.domain.span import Span
from annotator.gui.text.accessible import SpanOverlay, span_name
from annotator.gui.text.matches import Matches
from annotator.gui.text.page import SpanPage
from annotator.gui.theme import LabelStyle, Theme

_SLICE = 10_000


class RowInSight(NamedTuple):
    """Which row stands where: the display position of its start, and heights in px of the viewport."""

    start: int
    top: int
    baseline: int
    bottom: int


class ShownDocument(SpanPage):
    """Shows a document and says what is selected and chosen; it changes nothing by itself.

    Signals: `selection_made` when a selection has been finished with mouse or keys (unsnapped); `selection_changed` on
    every change of it; `span_chosen` and `span_hovered` with a span's id or None; `spans_offered` with ids, shortest
    first, and a global point, when a click hits several spans (the shortest is then chosen); `zoom_changed` in px.
    """

    selection_made = Signal(int, int)
    selection_changed = Signal()
    span_chosen = Signal(object)
    spans_offered = Signal(list, QPoint)
    span_hovered = Signal(object)
    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Document text")
        self._given: frozenset[str] = frozenset()  # the labels whose style isn't a stand-in
        self._accessible_spans = SpanOverlay(self, self)
        self.selectionChanged.connect(self.selection_changed)

    # The document and its spans

    def show_document(self, text: str, spans: Iterable[Span] = ()) -> None:
        """Show a stored text with spans, from its beginning; nothing is selected or chosen."""
        had_chosen = self._chosen is not None
        self._chosen = self._hovered = None
        self._pending = frozenset()
        self._aimed = None
        self._long.clear()
        self.relations.store.clear()
        self._marked = 0, 0
        self._matches = Matches()
        self._build(text)
        self.refresh()
        if had_chosen:
            self.span_chosen.emit(None)
        self.add_spans(spans)

    def clear(self) -> None:
        """Show nothing."""
        self.show_document("")

    def add_spans(self, spans: Iterable[Span]) -> None:
        """Add many spans, a slice of a long list at a time; what is in sight is painted only if it is touched."""
        before = len(self._store)
        start, end = self._store.add_all(spans)
        if end > start or len(self._store) > before:
            self._touched(start, end)

    def put_span(self, span: Span, pending: bool = False) -> None:
        """Add a span, or replace the one of its id; a pending one has a dashed frame until it is put again."""
        old, was_pending = self._store.put(span), span.id in self._pending
        self._pending = self._pending | {span.id} if pending else self._pending - {span.id}
        if old is not None and old.fragments == span.fragments and self._exchanged(old, span):
            if (old.label, was_pending) != (span.label, pending):
                self.refresh_span(span.id)
            return
        if old is not None and (old.start, old.end) != (span.start, span.end):
            self._touched(old.start, old.end)
        self._touched(span.start, span.end)

    def _exchanged(self, old: Span, new: Span) -> bool:
        begin, stop = self._offsets.to_display(new.start), self._offsets.to_display(new.end, end=True)
        return self._layout.exchange(old, new, *self._blocks_of(begin, stop))

    def remove_span(self, span_id: str) -> None:
        """Take a span away, if it is there."""
        span = self._store.remove(span_id)
        if span is None:
            return
        self._pending -= {span_id}
        chosen_goes = self._chosen == span_id
        if chosen_goes:
            self._chosen = None
        if self._hovered == span_id:
            self._hovered = None
        self._touched(span.start, span.end)
        if self.relations.concern(span_id):
            self.refresh()
        if chosen_goes:
            self.tell_chosen()

    def change_spans(self, spans: Sequence[Span], removed: Collection[str]) -> None:
        """Add, replace and take away many at once: what a change of thousands of spans needs."""
        self._pending -= {*removed, *(span.id for span in spans)}
        if self._hovered in removed:
            self._hovered = None
        chosen_goes = self._chosen in removed
        start, end = self._store.change(spans, removed)
        if chosen_goes:
            self._chosen = None
            self.span_chosen.emit(None)
        if end > start:
            self._touched(start, end)

    def said_of(self, span: Span) -> str:
        """Return what a screen reader calls a span."""
        return span_name(span)

    def spans(self) -> list[Span]:
        """Return the shown spans in text order."""
        return list(self._store.in_order())

    def span_count(self) -> int:
        """Return how many spans are shown."""
        return len(self._store)

    def label_counts(self) -> Mapping[str, int]:
        """Return how many spans of each label are shown."""
        return self._store.label_counts()

    def labels_shown(self) -> list[str]:
        """Return the labels that shown spans have."""
        return [label for label, count in self._store.label_counts().items() if count]

    def neighbour(self, span: Span, step: int) -> Span:
        """Return the span so many places further in text order, round the ends."""
        return self._store.neighbour(span, step)

    def spans_at(self, position: int) -> list[Span]:
        """Return the spans that cover the character at `position`, shortest first."""
        return self._store.at(position)

    def _touched(self, start: int, end: int) -> None:
        """Place and paint anew what a stretch of the stored text covers."""
        begin, stop = self._offsets.to_display(start), self._offsets.to_display(end, end=True)
        first, last = self._blocks_of(begin, stop)
        top, bottom = self._blocks_in_sight()
        if first > bottom or last < top:
            self._layout.forget(first, last)
            return
        before = self._rows_in_sight()
        self._layout.forget(first, last)
        after = self._rows_in_sight()
        self.refresh_rows(begin, stop)
        moved = next((row for row, was in zip(after, before, strict=False) if row != was), None)
        if moved or len(after) != len(before):
            self.refresh_below(moved.top if moved else 0)
        if self.relations.any():
            self.refresh()
        self._brackets.update()

    def _blocks_of(self, begin: int, stop: int) -> tuple[int, int]:
        """Return the numbers of the blocks where a stretch of the display text begins and ends."""
        document = self.document()
        return document.findBlock(begin).blockNumber(), document.findBlock(stop).blockNumber()

    def _rows_in_sight(self) -> list[RowInSight]:
        return [RowInSight(p.position + p.row.start, p.top, p.baseline, p.bottom) for p in self.places()]

    def _blocks_in_sight(self) -> tuple[int, int]:
        first = self.firstVisibleBlock().blockNumber()
        # A block is at least half a line high; a bound is all that is wanted, laying out more would cost.
        return first, first + self.viewport().height() // self._metrics.blank + 1

    # The look

    def set_label_styles(self, styles: Mapping[str, LabelStyle]) -> None:
        """Set how each label, by name, is painted."""
        self._styles = dict(styles)
        self._given = frozenset(styles)
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Set the colours of everything that isn't a label's."""
        self._theme = theme
        self._styles = {name: style for name, style in self._styles.items() if name in self._given}
        self._colour(theme)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt, which has given the view its window's palette when it came into it."""
        super().showEvent(event)
        if self._theme is not None:
            self._colour(self._theme)

    def _colour(self, theme: Theme) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.colour("surface"))
        palette.setColor(QPalette.ColorRole.Text, theme.colour("text"))
        # We paint the selection, under the text and as high as the line; Qt's own would cover the tints.
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.colour("text"))
        self.setPalette(palette)

    def zoom_px(self) -> int:
        """Return the reading size in px."""
        return self._metrics.size

    def set_zoom_px(self, size: int) -> None:
        """Set the reading size, 12 to 36 px."""
        if self.set_size(size):
            self.refresh()
            self.zoom_changed.emit(self._metrics.size)

    # The selection

    def selection(self) -> tuple[int, int] | None:
        """Return the selected stretch as it is, not snapped to words, or None."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = self._offsets.to_stored(cursor.selectionStart())
        end = self._offsets.to_stored(cursor.selectionEnd())
        return (start, end) if start < end else None

    def select(self, start: int, end: int) -> None:
        """Select a stretch, the caret at its end."""
        cursor = self.textCursor()
        cursor.setPosition(self._offsets.to_display(start))
        cursor.setPosition(self._offsets.to_display(end, end=True), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def clear_selection(self, caret: int | None = None) -> None:
        """Select nothing; what is in sight stays, and so does the caret, unless it is told where to go."""
        cursor, scrolled = self.textCursor(), self.verticalScrollBar().value()
        if not cursor.hasSelection():
            return
        if caret is None:
            cursor.clearSelection()
        else:
            cursor.setPosition(self._offsets.to_display(caret, end=True))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scrolled)

    # What a search found

    def show_matches(self, matches: Matches) -> None:
        """Paint these stretches as found; call it again when there are more, or another one is the current."""
        self._matches = matches
        self.viewport().update()

    # The chosen span

    def chosen_span(self) -> str | None:
        """Return the chosen span's id."""
        return self._chosen

    def choose(self, span_id: str | None, reveal: bool = True) -> None:
        """Choose a span, or none; with `reveal`, the caret goes to its start, which is scrolled into sight.

        An id that isn't shown counts as none.
        """
        if self.mark_chosen(span_id, reveal=reveal):
            self.tell_chosen()

    def tell_chosen(self) -> None:
        """Paint the page, then tell which span is chosen now: what shows it beside the text takes its time."""
        self.paint_now()
        self.span_chosen.emit(self._chosen)

    def mark_chosen(self, span_id: str | None, *, reveal: bool) -> bool:
        """Choose as `choose` does and tell nobody yet; return whether `tell_chosen` is due."""
        span = self._store.get(span_id) if span_id else None
        if span is not None:
            self.clear_selection()
            if reveal:
                self.reveal(span.start)  # before the caret, which Qt would bring just inside the page's edge
                self._set_caret(span.start)
        chosen = span.id if span else None
        if chosen != self._chosen:
            before, self._chosen = self._chosen, chosen
            self.refresh_span(before)
            self.refresh_span(chosen)
            return True
        return False

    def choose_next(self) -> None:
        """Choose the span after the chosen one in text order, or the first after the caret; round the end."""
        self._choose_neighbour(1)

    def choose_previous(self) -> None:
        """Choose the span before the chosen one in text order, or the last before the caret; round the start."""
        self._choose_neighbour(-1)

    def _choose_neighbour(self, step: int) -> None:
        if not len(self._store):
            return
        chosen = self._store.get(self._chosen) if self._chosen else None
        if chosen is not None:
            span = self._store.neighbour(chosen, step)
        else:
            caret = self._offsets.to_stored(self.textCursor().position())
            found = self._store.after(caret) if step > 0 else self._store.before(caret)
            span = found or self._store.in_order()[0 if step > 0 else -1]
        self.choose(span.id)

    def set_hovered(self, span_id: str | None) -> None:
        """Light a span up as if it were pointed at; None puts it out."""
        if span_id != self._hovered:
            before, self._hovered = self._hovered, span_id
            self.refresh_span(before)
            self.refresh_span(span_id)

    def set_aimed(self, span_id: str | None) -> None:
        """Frame the span that a relation is about to be drawn to; None for none."""
        if span_id != self._aimed:
            before, self._aimed = self._aimed, span_id
            self.refresh_span(before)
            self.refresh_span(span_id)

    def reveal(self, position: int) -> None:
        """Scroll so that a position is in sight, a third down the page; not at all if it is in sight already."""
        display = self._offsets.to_display(position)
        margin = self._metrics.pitch
        for place in self.places():
            here = place.position + place.row.start <= display < place.position + place.row.end
            if here and place.top >= 0 and place.bottom <= self.viewport().height() - margin // 2:
                return
        self._scroll_to(display, self._rows_above(display, self.viewport().height() // 3))

    def _set_caret(self, position: int) -> None:
        cursor, display = self.textCursor(), self._offsets.to_display(position)
        if cursor.hasSelection() or cursor.position() != display:
            cursor.setPosition(display)
            self.setTextCursor(cursor)

    def slices(self, spans: list[Span]) -> Iterator[list[Span]]:
        """Yield the slices in which a long list should be added, so that the window stays awake between them."""
        for at in range(0, len(spans), _SLICE):
            yield spans[at : at + _SLICE]
