"""The text of a document under review: a lane for each annotator, gold on top, and the item that is decided on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QTextDocument
from PySide6.QtWidgets import QWidget

from annotator.domain import shaping
from annotator.domain.review import ReviewItem
from annotator.domain.shaping import End, Fragments
from annotator.domain.span import Span
from annotator.gui.review.lanes import GOLD_LANE, MOST, Lane, Seat, seats_of, signs_of
from annotator.gui.review.lanes_draft import DRAFT, Draft, DraftShaper
from annotator.gui.review.lanes_gutter import SignGutter
from annotator.gui.review.lanes_layout import LanesLayout
from annotator.gui.review.lanes_paint import paint_item, paint_lanes, spans_at
from annotator.gui.review.lanes_rows import LaneMetrics
from annotator.gui.review.lanes_words import item_said
from annotator.gui.text.gutters import Gutter
from annotator.gui.text.hits import Hit
from annotator.gui.text.ink import Ink
from annotator.gui.text.place import OnPage
from annotator.gui.text.selectable import SelectableDocument
from annotator.gui.text.store import SpanStore
from annotator.gui.text.tips import tip


class ReviewText(SelectableDocument):
    """Shows a document's spans by annotator, and one item of what they differ in.

    Signals: `place_clicked` with the ids of the spans under a click, annotators' and gold's, shortest first, where
    there are any; `draft_changed` when mouse or keys gave the draft other fragments; and those of `ShownDocument` about
    the selection and the zoom. Positions are code points of the stored text.
    """

    place_clicked = Signal(list)
    draft_changed = Signal()

    # What the layout asks while the base classes are being made.
    _lanes: tuple[Lane, ...] = ()
    _seats: dict[str, Seat]  # what has none isn't to be seen
    _first: frozenset[str] = frozenset()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._document = ""
        self._seats = {}
        self._gold: dict[str, Span] = {}
        self._gold_shown = True
        self._item: ReviewItem | None = None
        self._pointed: str | None = None
        self._snapping = True
        super().__init__(parent)

    # The document

    def set_text(self, document_id: str, text: str) -> None:
        """Show a document's stored text from its beginning, without spans, item and draft."""
        self._document = document_id
        self._lanes, self._gold, self._seats = (), {}, {}
        self._item = self._pointed = None
        self._first = frozenset()
        self.set_shaper(None)
        self.show_document(text)
        self._measure()
        self.setAccessibleDescription("")

    def set_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show these annotators' spans, in this order; what stands at the page's top stays there."""
        if tuple(lanes) == self._lanes:
            return
        top = self._top_position()
        self._lanes = tuple(lanes)
        draft, seats = self._store.get(DRAFT), seats_of(self._lanes)
        self._store = SpanStore()
        self._store.add_all([*(span for lane in lanes for span in lane.spans), *self._gold.values()])
        if draft is not None:
            self._store.put(draft)
            seats[DRAFT] = self._seats[DRAFT]
        self._seats = seats
        self._seat_gold()
        self._measure()
        self._relayout(top)
        self.refresh()

    def set_gold(self, spans: Iterable[Span]) -> None:
        """Show these spans as gold; only what is different from before is laid out anew."""
        gold = {span.id: span for span in spans}
        before, self._gold = self._gold, gold
        gone = before.keys() - gold.keys()
        for key in gone:
            self._seats.pop(key, None)
        self._seat_gold()
        self.change_spans([span for key, span in gold.items() if before.get(key) != span], gone)

    def change_gold(self, spans: Iterable[Span], gone: Iterable[str]) -> None:
        """Show these spans as gold too, or as they are now, and let others go."""
        changed = {span.id: span for span in spans if self._gold.get(span.id) != span}
        away = [key for key in gone if self._gold.pop(key, None)]
        for key in away:
            self._seats.pop(key, None)
        self._gold |= changed
        if self._gold_shown:
            self._seats |= dict.fromkeys(changed, Seat(GOLD_LANE, "Gold"))
        if changed or away:
            self.change_spans(list(changed.values()), away)

    def show_gold(self, shown: bool) -> None:
        """Show gold, or not; no line moves."""
        if shown != self._gold_shown:
            self._gold_shown = shown
            self._seat_gold()
            self._layout.forget()
            self.refresh()

    def is_gold_shown(self) -> bool:
        """Whether gold is shown."""
        return self._gold_shown

    def _seat_gold(self) -> None:
        """Give gold its seats, or take them while it isn't shown."""
        if self._gold_shown:
            self._seats |= dict.fromkeys(self._gold, Seat(GOLD_LANE, "Gold"))
        else:
            for key in self._gold:
                self._seats.pop(key, None)

    def _measure(self) -> None:
        """Give the rows room for as many lanes as there are."""
        self._metrics = self._layout.metrics = self._new_metrics(self._metrics.size)

    def _new_metrics(self, size: int) -> LaneMetrics:
        return LaneMetrics(size, len(signs_of(self._lanes)))

    def _new_layout(self, document: QTextDocument) -> LanesLayout:
        return LanesLayout(document, self._located, self._hit_by_document_point, self._seating)

    def _seating(self) -> tuple[Mapping[str, Seat], Collection[str]]:
        return self._seats, self._first

    def _new_margins(self) -> tuple[Gutter, Gutter]:
        return SignGutter(self, self), Gutter(self, self)

    # The item

    def show_item(self, item: ReviewItem | None, candidate: int | None = None) -> None:
        """Tint an item's spans, strongly those of the candidate pointed at (its place), and scroll there if it must be.

        Of an item whose spans are not in the lanes nothing is shown.
        """
        same = item is not None and self._item is not None and item.id == self._item.id
        before, self._item = self._item, item
        pointed = item.candidates[candidate] if item and candidate is not None else None
        self._pointed = pointed.span.id if pointed else None
        first = self._comes_first(item)
        if first != self._first:
            self._first = first
            for each in (before, item):
                self._lay_out_anew(each)
        self.refresh()
        names = {key: seat.name for key in self._first if (seat := self._seats.get(key))}
        self.setAccessibleDescription(item_said(item, candidate, names) if item else "")
        if item is not None and item.spans and not (same and pointed is None):
            self._bring_into_sight(pointed.spans if pointed else item.spans)

    def _comes_first(self, item: ReviewItem | None) -> frozenset[str]:
        """The ids of the spans that a lane shows whatever else is there."""
        found = {DRAFT, *(span.id for span in item.spans)} if item else {DRAFT}
        if item and item.decision and item.decision.result:
            found.add(item.decision.result.span)
        return frozenset(found)

    def _lay_out_anew(self, item: ReviewItem | None) -> None:
        stored = [span for each in (item.spans if item else ()) if (span := self._store.get(each.id))]
        if stored:
            self._touched(min(span.start for span in stored), max(span.end for span in stored))

    def _bring_into_sight(self, spans: Sequence[Span]) -> None:
        """Scroll the spans' beginning a third down, unless they are in sight, or begin well above the page's end."""
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        first, last = self._offsets.to_display(start), self._offsets.to_display(end, end=True)
        height = self.viewport().height()
        rows = [p for p in self.places() if p.top >= 0 and p.bottom <= height]
        begin = next((p for p in rows if p.position + p.row.start <= first < p.position + p.row.end), None)
        whole = any(p.position + p.row.start < last <= p.position + p.row.end for p in rows)
        if begin is None or (not whole and begin.top > height // 3):
            self._scroll_to(first, self._rows_above(first, height // 3))

    # The draft

    def set_draft(self, label: str, fragments: Fragments) -> None:
        """Show a span in the making, with handles; it takes the place of another draft."""
        self._first |= {DRAFT}
        self._seats[DRAFT] = Seat(GOLD_LANE, "Draft")
        self.put_span(Draft(label, fragments).as_span(self._document, self._text))
        self._chosen = DRAFT
        self.set_shaper(DraftShaper(self._text, self._snapping))

    def draft(self) -> Draft | None:
        """Return the span in the making, None if there is none."""
        span = self._store.get(DRAFT)
        return Draft(span.label, span.fragments) if span else None

    def clear_draft(self) -> None:
        """Show no span in the making any more."""
        self._chosen = None
        self.remove_span(DRAFT)
        self.set_shaper(None)

    def nudge(self, end: End, to: str, by: str) -> None:
        """Move an end of the draft to the `left` or `right`, as one sees it, by a `word` or a `character`."""
        span = self._store.get(DRAFT)
        if span is None:
            return
        step = self.step_towards(to, span.start if end is End.START else span.end)
        fragments = shaping.nudged(self._text, span.fragments, end, step, words=by == "word")
        self.ask_shape(DRAFT, fragments)
        self.reveal(fragments[0].start if end is End.START else fragments[-1].end - 1)

    def set_snapping(self, snapping: bool) -> None:
        """Let the mouse move the draft's ends by whole words, or by characters."""
        self._snapping = snapping
        if self.shaper is not None:
            self.set_shaper(DraftShaper(self._text, snapping))

    def ask_shape(self, span_id: str, fragments: Fragments) -> None:
        """Give the draft other fragments: nobody else has a say in it."""
        span = self._store.get(span_id)
        if span is not None and span.fragments != fragments:
            self.show_shape(span_id, fragments)
            self.draft_changed.emit()

    # Painting

    def ink(self) -> Ink:
        """Return what is painted with now: the draft is the chosen span, the candidate pointed at the one aimed at."""
        pointed = None if self._chosen else self._pointed
        surface = self.token("surface")
        return Ink(self._metrics, self.style_of, surface, self._chosen, handles=self._handles, aimed=pointed)

    def _paint_tints(self, painter: QPainter, rows: list[OnPage], ink: Ink) -> None:
        paint_item(painter, rows, ink, self._tinted())

    def _paint_lines(self, painter: QPainter, rows: list[OnPage], ink: Ink) -> None:
        paint_lanes(painter, rows, ink)

    def _tinted(self) -> Collection[str]:
        return {candidate.span.id for candidate in self._item.candidates} if self._item else ()

    # What the margin asks

    def sign_of(self, lane: int) -> str:
        """Return the sign of a lane."""
        return signs_of(self._lanes)[lane][0]

    def lane_said(self, place: OnPage, lane: int) -> str:
        """Return whose lane this is; of those that several share also who marked something on this line."""
        if lane == GOLD_LANE:
            return "Gold"
        name = signs_of(self._lanes)[lane][1]
        if len(self._lanes) <= MOST:
            return name
        here = {self._seats[piece.span.id].name for piece in place.row.pieces if piece.lane == lane}
        return f"{name}\n{', '.join(each.name for each in self._lanes if each.name in here)}"

    # The mouse

    def hit(self, point: QPoint) -> Hit:
        """Return the spans under a point of the viewport: in a lane that lane's, on the text all."""
        return spans_at(self.places(), point, self._metrics)

    def clicked(self, point: QPoint, global_point: QPoint) -> None:  # noqa: ARG002
        """Tell which spans were clicked."""
        if found := [span.id for span in self.hit(point).spans if span.id != DRAFT]:
            self.place_clicked.emit(found)

    def tip_at(self, point: QPoint) -> str:
        """Return what is said of the spans at a point, under the names by which annotators may be known."""
        found = [span for span in self.hit(point).spans if span.id in self._seats]
        return tip((self._named(span) for span in found), self.stored_at(point))

    def said_of(self, span: Span) -> str:
        """Return what a screen reader calls a span: whose it is comes first."""
        seat = self._seats.get(span.id)
        return f"{seat.name}, {super().said_of(span)}" if seat else super().said_of(span)

    def _named(self, span: Span) -> Span:
        return replace(span, annotator=self._seats[span.id].name)

    def choose(self, span_id: str | None, reveal: bool = True) -> None:  # noqa: ARG002
        """Assistive technology pressed a span: that is a click on it."""
        if span_id is not None and span_id != DRAFT and span_id in self._store:
            self.place_clicked.emit([span_id])

    def span_pointed_at(self, span_id: str | None) -> None:
        """Nothing lights up under the mouse: only the candidate that the list points at stands out."""

    def span_clicked(self, span_id: str) -> None:
        """No margin has spans to click."""

    def chip_dragged(self, span_id: str, pressed: QPoint, pointer: QPoint) -> Qt.CursorShape | None:  # noqa: ARG002
        return None

    def chip_dropped(self, at: QPoint) -> bool:  # noqa: ARG002
        return False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Called by Qt. The room's menu, if it has one, is the text's."""
        event.ignore()
