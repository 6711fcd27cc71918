"""The page: a read-only QPlainTextEdit over the chunked display document that paints spans itself, and its two margins."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from annotator.domain.codebook import LineForm
from annotator.domain.span import Span, text_order
from annotator.gui.text import hits
from annotator.gui.text.display import Display, display_of
from annotator.gui.text.gutters import BracketGutter, ChipGutter
from annotator.gui.text.ink import Ink
from annotator.gui.text.layout import SpanLayout, x_of
from annotator.gui.text.metrics import LARGEST, PAD, SIZE, SMALLEST, Metrics, margins
from annotator.gui.text.outline import paint_outlines
from annotator.gui.text.paint import paint_lines, paint_selection, paint_tints
from annotator.gui.text.place import OnPage, tint_rects
from annotator.gui.text.rows import Located
from annotator.gui.text.store import SpanStore
from annotator.gui.theme import LabelStyle, Theme

_EAGER_CHUNKS = 16  # a document of no more is laid out at once, so that its scroll bar is exact from the start
_LETTERS_A_LINE = 72
_OUT_OF_SIGHT = 100_000


class SpanPage(QPlainTextEdit):
    """Shows a text and its spans. What the mouse and the keys do is the subclass's business (`view`)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._shown: QTextDocument | None = None
        self._places: list[OnPage] = []
        self._seen: tuple[float, ...] = ()
        self._store = SpanStore()
        self._metrics = Metrics()
        self._font = QFont("serif")
        self._styles: dict[str, LabelStyle] = {}
        self._theme: Theme | None = None
        self._chosen: str | None = None
        self._hovered: str | None = None
        self._pending: frozenset[str] = frozenset()
        self._brackets = BracketGutter(self, self)
        self._chips = ChipGutter(self, self)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setCursorWidth(0)  # we paint the caret, in the accent colour
        self.setAcceptDrops(False)
        self.viewport().setMouseTracking(True)
        self.updateRequest.connect(self._page_updated)
        self.cursorPositionChanged.connect(self.viewport().update)
        self._show("")

    # The text

    def _show(self, text: str) -> None:
        """Build the display document of a text and show it without spans."""
        self._text, self._store = text, SpanStore()
        self._chosen = self._hovered = None
        self._pending = frozenset()
        display = display_of(text)
        self._offsets, self._paragraphs = display.offsets, display.paragraphs
        self._replace_document(display)
        self._expect_lines()

    def _replace_document(self, display: Display) -> None:
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(PAD)
        document.setDefaultFont(self._reading_font())
        layout = SpanLayout(document, self._located, self._hit_by_document_point)
        layout.metrics = self._metrics
        document.setDocumentLayout(layout)
        document.setPlainText(display.text)
        self._layout, self._seen = layout, ()
        self.setDocument(document)  # only now: no event of 10 MB to assistive technology
        if self._shown is not None:  # Qt deletes the document that it made itself, not one of ours
            self._shown.deleteLater()
        self._shown = document

    def _expect_lines(self) -> None:
        """Tell the scroll bar how many lines there will be; Qt itself counts one for each block not yet laid out."""
        block = self.document().firstBlock()
        if self.document().blockCount() <= _EAGER_CHUNKS:
            while block.isValid():
                self._layout.blockBoundingRect(block)
                block = block.next()
        else:
            for paragraphs in self._paragraphs:
                if not block.layout().lineCount():
                    block.setLineCount(paragraphs + block.length() // _LETTERS_A_LINE)
                block = block.next()
        self._layout.documentSizeChanged.emit(self._layout.documentSize())

    def _reading_font(self) -> QFont:
        font = QFont(self._font)
        font.setPixelSize(self._metrics.size)
        return font

    def _located(self, block: QTextBlock) -> Iterable[Located]:
        if not len(self._store):
            return
        position, offsets = block.position(), self._offsets
        start, end = offsets.to_stored(position), offsets.to_stored(position + block.length() - 1)
        for span in self._store.overlapping(start, max(end, start + 1)):
            yield Located(
                span,
                tuple(
                    (offsets.to_display(f.start) - position, offsets.to_display(f.end, end=True) - position)
                    for f in span.fragments
                ),
            )

    # What is in sight

    def places(self) -> list[OnPage]:
        """Return the rows in sight, top to bottom. Text, margins and hit testing ask again and again, so they are kept."""
        block, offset, view = self.firstVisibleBlock(), self.contentOffset(), self.viewport().size()
        seen = (block.position(), offset.x(), offset.y(), view.width(), view.height(), self._layout.version)
        if seen != self._seen:
            self._places = self._places_from(block, offset, view.height())
            self._seen = (*seen[:-1], self._layout.version)
        return self._places

    def _places_from(self, block: QTextBlock, offset: QPointF, height: int) -> list[OnPage]:
        y, x, result = offset.y(), offset.x(), []
        while block.isValid() and y <= height:
            layout, position, top = block.layout(), block.position(), int(y // 1 if y % 1 < 0.5 else y // 1 + 1)
            for row in self._layout.rows(block):
                if top + row.bottom >= -8 and top + row.top <= height:
                    result.append(OnPage(row, layout, position, x, top))
            y += self.blockBoundingRect(block).height()
            block = block.next()
        return result

    def ink(self) -> Ink:
        """Return what spans are painted with now."""
        return Ink(self._metrics, self.style_of, self.token("surface"), self._chosen, self._hovered, self._pending)

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
        roles = {
            "surface": QPalette.ColorRole.Base,
            "select": QPalette.ColorRole.Highlight,
            "select-idle": QPalette.ColorRole.Midlight,
            "hover": QPalette.ColorRole.AlternateBase,
            "pressed": QPalette.ColorRole.Midlight,
            "control": QPalette.ColorRole.Mid,
            "accent": QPalette.ColorRole.Highlight,
        }
        return self.palette().color(roles.get(name, QPalette.ColorRole.Text))

    def long_spans(self) -> list[tuple[Span, int, int]]:
        """Return the spans in sight that are longer than the column is wide, each with the px of its top and bottom."""
        places = self.places()
        if not places:
            return []
        first = self._offsets.to_stored(places[0].position + places[0].row.start)
        last = self._offsets.to_stored(places[-1].position + places[-1].row.end)
        found = [span for span in self._store.overlapping(first, last + 1) if self._is_long(span)]
        return [(span, *self._reach(span, places, first, last)) for span in found]

    def _is_long(self, span: Span) -> bool:
        if span.length < 40 or span.length > 400:
            return span.length > 400
        text = self._text[span.start : span.end]
        return QFontMetricsF(self._reading_font()).horizontalAdvance(text) > self._column()

    def _column(self) -> int:
        return self.viewport().width() - 2 * PAD

    def _reach(self, span: Span, places: list[OnPage], first: int, last: int) -> tuple[int, int]:
        start, end = self._offsets.to_display(span.start), self._offsets.to_display(span.end, end=True)
        top, bottom = -_OUT_OF_SIGHT, _OUT_OF_SIGHT
        for place in places:
            begin, stop = place.position + place.row.start, place.position + place.row.end
            if begin <= start <= stop:
                top = place.baseline + self._metrics.tint_top
            if begin < end <= stop + 1 and end > begin:
                bottom = place.baseline + self._metrics.px(9)
                break
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
        places = self.places()
        for place in places:
            if place.row.number == 0 or place is places[0]:
                place.layout.setPosition(QPointF())
        exposed = event.rect()
        # Of a row whose text is scrolled away only the lanes would be left: as if they belonged to nothing.
        rows = [p for p in places if p.baseline + self._metrics.px(3) > 0]
        rows = [p for p in rows if p.bottom + 12 >= exposed.top() and p.top - 12 <= exposed.bottom()]
        ink = self.ink()
        painter = QPainter(self.viewport())
        paint_tints(painter, rows, ink)
        selection = self.token("select" if self.isActiveWindow() else "select-idle")
        paint_selection(painter, self._selected(rows), selection, self._metrics)
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        paint_lines(painter, rows, ink)
        paint_outlines(painter, rows, ink)
        self._paint_caret(painter, rows)
        painter.end()
        self._tell_positions(places)

    def _tell_positions(self, places: list[OnPage]) -> None:
        """Set the blocks' positions to what Qt's accessible text expects: the viewport's plus what is scrolled away."""
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for place in places:
            place.layout.setPosition(QPointF(place.x, place.y) + scrolled)

    def _selected(self, places: Iterable[OnPage]) -> Iterable[tuple[OnPage, int, int]]:
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        for place in places:
            row = place.row
            left, right = max(start - place.position, row.start), min(end - place.position, row.shown)
            if left < right or (row.blank and start <= place.position + row.start < end):
                yield place, left, right

    def _paint_caret(self, painter: QPainter, places: Iterable[OnPage]) -> None:
        cursor = self.textCursor()
        if not self.hasFocus() or cursor.hasSelection():
            return
        rect = self.caret_rect(cursor, places)
        if rect is not None:
            painter.fillRect(rect, self.token("accent"))

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
        self.viewport().update()
        self._brackets.update()
        self._chips.update()

    def _page_updated(self, rect: QRect, dy: int) -> None:
        if dy:
            self.viewport().update(0, 0, self.viewport().width(), self._metrics.pitch)
        if dy or rect.height() > self._metrics.pitch * 2:
            self._brackets.update()
            self._chips.update()

    # Sizes

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._fit()  # before Qt gives the viewport a width that we would change again: two layouts in place of one
        return super().event(event)

    def _fit(self) -> None:
        """Centre the column with its margins."""
        bar = self.verticalScrollBar().sizeHint().width()
        width = self.width() - bar
        parts = margins(width, self._metrics.column)
        left = parts.outer + parts.left - PAD
        right = width - parts.outer - parts.left - parts.column - PAD
        self._chips.names = parts.names
        self.setViewportMargins(left, 0, right, 0)
        view = self.viewport().geometry()
        self._brackets.setGeometry(0, view.top(), view.left(), view.height())
        self._chips.setGeometry(view.right() + 1, view.top(), right, view.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        top = self._top_position()
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._layout.forget()
            self._expect_lines()
            self._scroll_to(top)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.document().setDefaultFont(self._reading_font())

    def set_size(self, size: int) -> bool:
        """Set the reading size (px) within its limits, keeping the text at the top in its place; return whether it changed."""
        size = min(max(size, SMALLEST), LARGEST)
        if size == self._metrics.size:
            return False
        top = self._top_position()
        self._metrics = self._layout.metrics = Metrics(size)
        self._relayout(top)
        return True

    def _relayout(self, top: int) -> None:
        self._layout.forget()
        self.document().setDefaultFont(self._reading_font())
        self._fit()
        self._expect_lines()
        self._scroll_to(top)
        self.refresh()

    def set_reading_font(self, font: QFont | str, size: int = SIZE) -> None:
        """Set the text's font, by name or as a font, and its size in px."""
        self._font = QFont(font)
        if not self.set_size(size):
            self._relayout(self._top_position())

    # Places and positions

    def _top_position(self) -> int:
        """Return the display position at the page's top."""
        first = next((p for p in self.places() if p.baseline > 0), None)
        return first.position + first.row.start if first else 0

    def _scroll_to(self, position: int, rows_above: int = 0) -> None:
        block = self.document().findBlock(position)
        rows = self._layout.rows(block)
        at = position - block.position()
        number = next((row.number for row in reversed(rows) if row.start <= at), 0)
        self.verticalScrollBar().setValue(block.firstLineNumber() + number - rows_above)

    def position_at(self, point: QPoint) -> int:
        """Return the display position nearest to a point of the viewport."""
        place = hits.nearest(self.places(), point.y())
        return place.position + hits.position_in(place, point.x()) if place else 0

    def _hit_by_document_point(self, point: QPointF) -> int:
        """Answer Qt's accessible text, which asks with viewport position plus scroll-bar values."""
        inside = QPoint(
            int(point.x()) - self.horizontalScrollBar().value(), int(point.y()) - self.verticalScrollBar().value()
        )
        return self.position_at(inside) if self.viewport().rect().contains(inside) else -1

    # What the margins ask; the view answers

    def span_pointed_at(self, span_id: str | None, at: QPoint) -> None:
        raise NotImplementedError

    def span_clicked(self, span_id: str) -> None:
        raise NotImplementedError

    def mouse_beside(self, event: QMouseEvent) -> None:
        raise NotImplementedError
