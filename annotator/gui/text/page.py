"""The page: a sheet with spans painted on its lines, and its two margins."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPalette, QTextBlock, QTextCursor
from PySide6.QtWidgets import QWidget

from annotator.domain.codebook import LineForm
from annotator.domain.span import Span, text_order
from annotator.gui.text.gutters import Bracket, BracketGutter, ChipGutter, Gutter
from annotator.gui.text.ink import Ink
from annotator.gui.text.lanes import LANES
from annotator.gui.text.layout import x_of
from annotator.gui.text.matches import Matches
from annotator.gui.text.metrics import PAD, Metrics
from annotator.gui.text.outline import paint_outlines
from annotator.gui.text.paint import paint_frames, paint_lines, paint_selection, paint_tints
from annotator.gui.text.place import OnPage, shows_text, tint_rects
from annotator.gui.text.relations_shown import RelationsShown
from annotator.gui.text.sheet import Sheet
from annotator.gui.theme import LabelStyle, Theme

_OUT_OF_SIGHT = 100_000
_NARROW, _WIDE = 1 / 3, 1  # em: no text has narrower or wider letters on average, so that few spans are measured
_BEYOND = 12  # px that what is painted for a row may reach above and below it: frames, handles
_ROLES = {  # where colours come from while there is no theme
    "surface": QPalette.ColorRole.Base,
    "select": QPalette.ColorRole.Highlight,
    "select-idle": QPalette.ColorRole.Midlight,
    "hover": QPalette.ColorRole.AlternateBase,
    "pressed": QPalette.ColorRole.Midlight,
    "control": QPalette.ColorRole.Mid,
    "accent": QPalette.ColorRole.Highlight,
    "match": QPalette.ColorRole.Midlight,
    "match-now": QPalette.ColorRole.Highlight,
}


class SpanPage(Sheet):
    """Paints the text with its spans and what stands out. What is chosen and why is the subclass's business."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._styles: dict[str, LabelStyle] = {}
        self._theme: Theme | None = None
        self._chosen: str | None = None
        self._hovered: str | None = None
        self._pending: frozenset[str] = frozenset()
        self._handles = False  # whether the chosen span can be reshaped
        self._matches = Matches()
        self._long: dict[tuple[int, int], bool] = {}
        self._aimed: str | None = None  # the span that a relation is about to be drawn to
        self.relations = RelationsShown(self)
        self._waits = False  # to be painted
        self._marked = 0, 0  # where caret or selection were painted, display positions
        self._brackets, self._chips = self._new_margins()
        self.viewport().setMouseTracking(True)
        self.updateRequest.connect(self._page_updated)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.selectionChanged.connect(self._caret_moved)

    def _new_margins(self) -> tuple[Gutter, Gutter]:
        """Return what stands at the left and at the right of the text."""
        return BracketGutter(self, self), ChipGutter(self, self)

    def ink(self) -> Ink:
        """Return what spans are painted with now."""
        marked = self._chosen, self._hovered, self._pending
        aimed = self._aimed, self.token("accent")
        return Ink(self._metrics, self.style_of, self.token("surface"), *marked, self._handles, *aimed)

    def style_of(self, label: str) -> LabelStyle:
        """Return a label's style; a plain grey one for a label that has none."""
        style = self._styles.get(label)
        if style is None:
            line, tint, strong, text = (self.token(name) for name in ("control", "hover", "pressed", "text"))
            style = LabelStyle(label, label[:1].upper(), LineForm.SOLID, line, tint, strong, text)
            self._styles[label] = style
        return style

    def token(self, name: str) -> QColor:
        """Return a colour of the theme; before there is one, the nearest of the palette."""
        if self._theme is not None:
            return self._theme.colour(name)
        return self.palette().color(_ROLES.get(name, QPalette.ColorRole.Text))

    def long_spans(self) -> list[tuple[Span, int, int]]:
        """Return the spans in sight that are longer than the column is wide, each with the px of its top and bottom."""
        places = self.places()
        if not places:
            return []
        starts = [place.position + place.row.start for place in places]
        stops = [place.position + place.row.end for place in places]
        first, last = self._offsets.to_stored(starts[0]), self._offsets.to_stored(stops[-1])
        fewest = int((self.viewport().width() - 2 * PAD) / (self._metrics.size * _WIDE))
        found = [span for span in self._store.overlapping(first, last + 1, fewest) if self._is_long(span)]
        return [(span, *self._reach(span, places, starts, stops)) for span in found]

    def _is_long(self, span: Span) -> bool:
        ends = (span.start, span.end)
        known = self._long.get(ends)
        if known is None:
            known = self._long[ends] = self._measure_is_long(*ends)
        return known

    def _measure_is_long(self, start: int, end: int) -> bool:
        width, em = self.viewport().width() - 2 * PAD, (end - start) * self._metrics.size
        if em * _WIDE <= width or em * _NARROW > width:
            return em > width
        return QFontMetricsF(self._reading_font()).horizontalAdvance(self._text[start:end]) > width

    def _prepare(self, block: QTextBlock) -> float:
        for row in self._layout.rows(block):
            for piece in row.pieces:
                self._is_long(piece.span)
        return super()._prepare(block)

    def _reach(self, span: Span, places: list[OnPage], starts: list[int], stops: list[int]) -> tuple[int, int]:
        """Return the px where a span's rows begin and end; `starts` and `stops` are the places' display positions."""
        start, end = self._offsets.to_display(span.start), self._offsets.to_display(span.end, end=True)
        first, last = bisect_right(starts, start) - 1, bisect_left(stops, end - 1)
        top, bottom = -_OUT_OF_SIGHT, _OUT_OF_SIGHT
        if first >= 0 and start <= stops[first]:
            top = places[first].baseline + self._metrics.tint_top
        if last < len(stops) and starts[last] < end:
            bottom = places[last].baseline + self._metrics.px(9)
        return top, bottom

    def spans_in_sight(self) -> list[tuple[Span, QRect]]:
        """Return the spans in sight in text order, each with where it is in the viewport (px)."""
        found: dict[str, tuple[Span, QRect]] = {}
        inside = self.viewport().rect()
        for place in self.places():
            for piece in place.row.pieces:
                for rect in tint_rects(place, piece, self._metrics):
                    if rect.intersects(inside):
                        known = found.get(piece.span.id)
                        found[piece.span.id] = piece.span, rect.united(known[1]) if known else rect
        return sorted(found.values(), key=lambda item: text_order(item[0]))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        self._waits = False
        places = self.places()
        for place in _first_of_blocks(places):
            place.layout.setPosition(QPointF())
        exposed = event.rect()
        rows = [p for p in places if shows_text(p, self._metrics)]
        rows = [p for p in rows if p.bottom + _BEYOND >= exposed.top() and p.top - _BEYOND <= exposed.bottom()]
        ink = self.ink()
        painter = QPainter(self.viewport())
        self._paint_tints(painter, rows, ink)
        found, now = self._matched(rows), self._matched_now(rows)
        paint_selection(painter, found, self.token("match"), self._metrics)
        selection = self.token("select" if self.isActiveWindow() else "select-idle")
        paint_selection(painter, self._selected(rows), selection, self._metrics)
        paint_selection(painter, now, self.token("match-now"), self._metrics)  # it is selected, which it shows itself
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        self._paint_lines(painter, rows, ink)
        paint_frames(painter, now, self.token("text"), self._metrics)
        paint_outlines(painter, rows, ink)
        self.relations.paint(painter)
        self._paint_caret(painter, rows)
        painter.end()
        self._tell_positions(places)

    def _paint_tints(self, painter: QPainter, rows: list[OnPage], ink: Ink) -> None:
        paint_tints(painter, rows, ink)

    def _paint_lines(self, painter: QPainter, rows: list[OnPage], ink: Ink) -> None:
        paint_lines(painter, rows, ink)

    def _tell_positions(self, places: list[OnPage]) -> None:
        """Set the blocks' positions to what Qt's accessible text expects: the viewport's plus what is scrolled away."""
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for place in _first_of_blocks(places):
            place.layout.setPosition(QPointF(place.x, place.y) + scrolled)

    def _matched(self, places: list[OnPage]) -> list[tuple[OnPage, int, int]]:
        """Return the parts of what a search found that are on these rows."""
        found: list[tuple[OnPage, int, int]] = []
        for place in places if len(self._matches) else ():
            first = self._offsets.to_stored(place.position + place.row.start)
            last = self._offsets.to_stored(place.position + place.row.end)
            for match in self._matches.within(first, last):
                found += self._parts((place,), *self._shown_stretch(*match))
        return found

    def _matched_now(self, places: list[OnPage]) -> list[tuple[OnPage, int, int]]:
        match = self._matches.current
        return list(self._parts(places, *self._shown_stretch(*match))) if match else []

    def _shown_stretch(self, start: int, end: int) -> tuple[int, int]:
        return self._offsets.to_display(start), self._offsets.to_display(end, end=True)

    def _selected(self, places: Iterable[OnPage]) -> Iterable[tuple[OnPage, int, int]]:
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        return self._parts(places, start, end) if start < end else ()

    def _parts(self, places: Iterable[OnPage], start: int, end: int) -> Iterator[tuple[OnPage, int, int]]:
        """Yield what a stretch of the display text has on each row, counted from the block's start."""
        for place in places:
            row = place.row
            left, right = max(start - place.position, row.start), min(end - place.position, row.shown)
            if left < right or (row.blank and start <= place.position + row.start < end):
                yield place, left, right

    def _paint_caret(self, painter: QPainter, places: Iterable[OnPage]) -> None:
        cursor = self.textCursor()
        if not self.hasFocus() or cursor.hasSelection() or self._caret_is_at_chosen(cursor):
            return
        rect = self.caret_rect(cursor, places)
        if rect is not None:
            painter.fillRect(rect, self.token("accent"))

    def _caret_is_at_chosen(self, cursor: QTextCursor) -> bool:
        """Whether the caret would stand on the chosen span's frame, which says enough."""
        span = self._store.get(self._chosen) if self._chosen else None
        if span is None:
            return False
        ends = self._offsets.to_display(span.start), self._offsets.to_display(span.end, end=True)
        return cursor.position() in ends

    def caret_rect(self, cursor: QTextCursor, places: Iterable[OnPage]) -> QRect | None:
        """Return the caret's place in the viewport (px), None out of sight."""
        for place in places:
            row, at = place.row, cursor.position() - place.position
            last = row.number == place.layout.lineCount() - 1
            if row.start <= at < row.end or (last and at == row.end):
                x = round(place.x + x_of(place.layout.lineAt(row.number), at))
                top = place.baseline - self._metrics.px(16)
                return QRect(x - 1, top, 2, self._metrics.px(21))
        return None

    def refresh(self) -> None:
        """Paint text and margins anew."""
        self._waits = True
        self.viewport().update()
        self._brackets.update()
        self._chips.update()

    def paint_now(self) -> None:
        """Paint the page, where it waits to be painted, before anything else is done."""
        if self._waits:
            QCoreApplication.sendPostedEvents(self.window(), QEvent.Type.UpdateRequest.value)

    def refresh_rows(self, start: int, end: int) -> None:
        """Paint anew, in text and margins, the rows that a stretch of the display text (its end included) touches."""
        touched = [p for p in self.places() if p.position + p.row.start <= end and start <= p.position + p.row.end]
        if touched:
            top = touched[0].top - _BEYOND
            self._refresh_between(top, touched[-1].bottom + _BEYOND)

    def refresh_below(self, top: int) -> None:
        """Paint anew all from a height (px of the viewport) downwards, in text and right margin: rows moved."""
        self._refresh_between(top - _BEYOND, self.viewport().height())

    def _refresh_between(self, top: int, bottom: int) -> None:
        self._waits = True
        self.viewport().update(0, top, self.viewport().width(), bottom - top)
        self._chips.update(0, top, self._chips.width(), bottom - top)

    def refresh_span(self, span_id: str | None) -> None:
        """Paint a span anew, where nothing but its looks has changed."""
        span = self._store.get(span_id) if span_id else None
        if span is not None:
            self.refresh_rows(self._offsets.to_display(span.start), self._offsets.to_display(span.end, end=True))
            self._brackets.update()
        if self.relations.concern(span_id):
            self.refresh()

    # What the arrows ask

    def standing_out(self) -> tuple[str | None, str | None]:
        """Return the ids of the chosen span and of the one pointed at."""
        return self._chosen, self._hovered

    def metrics(self) -> Metrics:
        """Return the measures at the reading size."""
        return self._metrics

    def margin(self) -> tuple[int, int]:
        """Return the width of the left margin and the height of the page, px."""
        return self._brackets.width(), self.viewport().height()

    def brackets(self) -> list[Bracket]:
        """Return the brackets in the left margin."""
        return self._brackets.brackets()

    def first_position(self) -> int:
        """Return the stored position where what is in sight begins."""
        return self._offsets.to_stored(self._top_position())

    def span(self, span_id: str) -> Span | None:
        """Return the shown span of that id."""
        return self._store.get(span_id)

    def _caret_moved(self) -> None:
        cursor = self.textCursor()
        marked = cursor.selectionStart(), cursor.selectionEnd()
        if marked != self._marked:
            self.refresh_rows(*self._marked)
            self.refresh_rows(*marked)
            self._marked = marked

    def _page_updated(self, rect: QRect, dy: int) -> None:
        if dy:
            self._waits = True
            # Lanes of a row whose text was, or now is, above the page: see `paintEvent`.
            self.viewport().update(0, 0, self.viewport().width(), max(0, dy) + self._metrics.height(LANES))
        if dy or rect.height() > self._metrics.pitch * 2:
            self._brackets.update()
            self._chips.update()

    def _margins_placed(self, left: QRect, right: QRect, names: bool) -> None:
        self._long.clear()
        self._brackets.setGeometry(left)
        self._chips.setGeometry(right)
        self._chips.names = names

    # What the margins ask; the view answers

    def span_pointed_at(self, span_id: str | None) -> None:
        raise NotImplementedError

    def span_clicked(self, span_id: str) -> None:
        raise NotImplementedError

    def mouse_beside(self, event: QMouseEvent) -> None:
        raise NotImplementedError

    def chip_dragged(self, span_id: str, pressed: QPoint, pointer: QPoint) -> Qt.CursorShape | None:
        raise NotImplementedError

    def chip_dropped(self, at: QPoint) -> bool:
        raise NotImplementedError

    def cursor_beside(self) -> Qt.CursorShape:
        raise NotImplementedError


def _first_of_blocks(places: list[OnPage]) -> Iterator[OnPage]:
    """Yield the first row of each block that is in sight."""
    return (place for place in places if place.row.number == 0 or place is places[0])
