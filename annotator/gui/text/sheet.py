"""The sheet: a read-only QPlainTextEdit over the display document, in a centred column with our line heights."""

from collections.abc import Iterable

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QFont, QHideEvent, QResizeEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from annotator.gui.text import hits
from annotator.gui.text.display import Display
from annotator.gui.text.layout import SpanLayout
from annotator.gui.text.metrics import LARGEST, PAD, SIZE, SMALLEST, Metrics, margins
from annotator.gui.text.place import OnPage, drawn
from annotator.gui.text.read_ahead import ReadAhead
from annotator.gui.text.rows import Located
from annotator.gui.text.store import SpanStore

_EAGER_CHUNKS = 16  # a document of no more is laid out at once, so that its scroll bar is exact from the start
_LETTERS_A_LINE = 72


class Sheet(QPlainTextEdit):
    """Holds the document and knows where its lines are; spans matter to it only as they need room (`page` paints)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._shown: QTextDocument | None = None
        self._places: list[OnPage] = []
        self._seen: tuple[float, ...] = ()
        self._top = -1, 0.0  # the block at the page's top and where it begins, px: a page further is prepared
        self._ahead = ReadAhead(self, self._prepare)
        self._store = SpanStore()
        self._counting = QTimer(self)  # 5 ms for 10 MB: not with each step of a resize
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count_lines)
        self._metrics = self._new_metrics(SIZE)
        self._font = QFont("serif")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAcceptDrops(False)
        self._build("")

    # The text

    def _build(self, text: str) -> None:
        """Build the display document of a text and show it without spans."""
        self._text, self._store = text, SpanStore()
        display = Display(text)
        self._replace_document(display)
        self._offsets = display.offsets()
        self._lines = [lines + length // _LETTERS_A_LINE for lines, length in display.chunks]  # about so many
        self._expect_lines()

    def _replace_document(self, display: Display) -> None:
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(PAD)
        document.setDefaultFont(self._reading_font())
        layout = self._new_layout(document)
        layout.metrics = self._metrics
        layout.setCursorWidth(0)  # the page paints the caret, in the accent colour
        document.setDocumentLayout(layout)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for part in display.parts():
            cursor.insertText(part)
        cursor.endEditBlock()
        self._ahead.stop()
        self._counting.stop()
        self._layout, self._places, self._seen, self._top = layout, [], (), (-1, 0.0)
        self.setDocument(document)  # only now: no event of 10 MB to assistive technology
        if self._shown is not None:  # Qt deletes the document that it made itself, not one of ours
            shiboken6.delete(self._shown)  # not later: its layout would outlive the view that it knows, and crash
        self._shown = document

    def _new_layout(self, document: QTextDocument) -> SpanLayout:
        return SpanLayout(document, self._located, self._hit_by_document_point)

    def _new_metrics(self, size: int) -> Metrics:
        return Metrics(size)

    def _expect_lines(self) -> None:
        """Tell the scroll bar how many lines there will be; Qt itself counts one for each block not yet laid out."""
        block = self.document().firstBlock()
        if self.document().blockCount() <= _EAGER_CHUNKS:
            while block.isValid():
                self._layout.blockBoundingRect(block)
                block = block.next()
        else:
            for number, lines in enumerate(self._lines):
                if not self._layout.has(number):
                    block.setLineCount(lines)
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
        """Return the rows in sight, top to bottom; kept, since painting, margins and hit testing ask repeatedly."""
        block, offset, view = self.firstVisibleBlock(), self.contentOffset(), self.viewport().size()
        seen = (block.position(), offset.x(), offset.y(), view.width(), view.height(), self._layout.version)
        if seen != self._seen:
            self._places = self._places_from(block, offset, view.height())
            self._seen = (*seen[:-1], self._layout.version)
            self._read_ahead(block.blockNumber(), offset.y())
        return self._places

    def _places_from(self, block: QTextBlock, offset: QPointF, height: int) -> list[OnPage]:
        y, x, result = offset.y(), offset.x(), []
        while block.isValid() and y <= height:
            position, top = block.position(), int(y // 1 if y % 1 < 0.5 else y // 1 + 1)
            for row in self._layout.rows(block):
                if top + row.bottom >= -8 and top + row.top <= height:
                    result.append(OnPage(row, block, position, x, top))
            y += self.blockBoundingRect(block).height()
            block = block.next()
        return result

    def _read_ahead(self, number: int, y: float) -> None:
        """Have the next page prepared in the direction in which the page last moved; at first downwards."""
        if not self._places:
            return
        self._layout.keep_near(number)
        back = (number, -y) < self._top
        self._top = number, -y
        first = number if back else self._places[-1].block.blockNumber()
        self._ahead.go_on_from(first, -1 if back else 1, 2 * self.viewport().height())

    def _prepare(self, block: QTextBlock) -> float:
        """Lay a block out and work out where its spans are drawn; return its height, px."""
        for row in self._layout.rows(block):
            drawn(row, block)
        return self._layout.blockBoundingRect(block).height()

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt, also before the window goes: no layout may be kept that Qt is about to delete.

        PySide would take whatever comes to lie in its place in memory for the layout.
        """
        super().hideEvent(event)
        self._ahead.stop()
        self._places, self._seen = [], ()

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
        self.setViewportMargins(left, 0, right, 0)
        view = self.viewport().geometry()
        beside = QRect(0, view.top(), view.left(), view.height())
        self._margins_placed(beside, QRect(view.right() + 1, view.top(), right, view.height()), parts.names)

    def _margins_placed(self, left: QRect, right: QRect, names: bool) -> None:
        """The margins got their places; `names` says whether the right one has room for labels' names."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        top, anew = self._top_position(), event.oldSize().width() != event.size().width()
        if anew:
            self._layout.forget()  # before Qt lays out anew what is in sight, which is then placed as well
        # Qt begins by counting one line for each block: its bar, far too short then, must not scroll the page.
        with QSignalBlocker(self.verticalScrollBar()):
            super().resizeEvent(event)
        if anew and self.document().blockCount() <= _EAGER_CHUNKS:
            self._expect_lines()
        elif anew:
            self._counting.start()
        if anew:
            self._scroll_to(top)

    def _count_lines(self) -> None:
        top = self._top_position()
        self._expect_lines()
        self._scroll_to(top)

    def changeEvent(self, event: QEvent) -> None:
        top = self._top_position() if event.type() is QEvent.Type.FontChange else 0
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:  # the interface's font, which Qt has now given to the text as well
            self._relayout(top)

    def set_size(self, size: int) -> bool:
        """Set the reading size (px) within its limits; the text at the top stays there. Return whether it changed."""
        size = min(max(size, SMALLEST), LARGEST)
        if size == self._metrics.size:
            return False
        top = self._top_position()
        self._metrics = self._layout.metrics = self._new_metrics(size)
        self._relayout(top)
        return True

    def _relayout(self, top: int) -> None:
        self._layout.forget()
        self.document().setDefaultFont(self._reading_font())
        self._fit()
        self._expect_lines()
        self._scroll_to(top)
        self.viewport().update()

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

    def _rows_above(self, position: int, height: int) -> int:
        """Return how many rows before the one of a display position fit into a height, px."""
        block = self.document().findBlock(position)
        at, count = position - block.position(), 0
        rows = [row for row in self._layout.rows(block) if row.start <= at][:-1]
        while block.isValid():
            for row in reversed(rows):
                height -= row.bottom - row.top
                if height < 0:
                    return count
                count += 1
            block = block.previous()
            rows = self._layout.rows(block)
        return count

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
