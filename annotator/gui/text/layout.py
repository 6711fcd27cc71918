"""Qt's plain text layout with our line heights: room below each line for its lanes, half-height blank lines.

Qt lays a block out when it is first looked at; each of its lines is then moved to its place. Layout stays lazy.
"""

from collections.abc import Callable, Iterable
from weakref import WeakMethod

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLayout, QTextLine
from PySide6.QtWidgets import QPlainTextDocumentLayout

from annotator.domain.span import Span
from annotator.gui.text.metrics import Metrics
from annotator.gui.text.rows import (
    Located,
    Row,
    Runs,
    place_rows,
    place_spans,
    put_in_place,
    rows_of,
    shares_place,
)

FIRST_TOP, LAST_BOTTOM = 32, 48  # px of air above the first and below the last line
_NEAR = 10  # blocks before and after the page whose rows are kept


class SpanLayout(QPlainTextDocumentLayout):
    """Places rows. `located` gives the spans of a block; `hit` the display position at a point of the document.

    Both are methods of the view and held weakly: were a layout the last to hold its view, the view would be destroyed
    while its document is, and would destroy that once more.
    """

    def __init__(
        self, document: QTextDocument, located: Callable[[QTextBlock], Iterable[Located]], hit: Callable[[QPointF], int]
    ) -> None:
        super().__init__(document)
        self.metrics = Metrics()
        self._located = WeakMethod(located)
        self._hit = WeakMethod(hit)
        self._rows: dict[int, list[Row]] = {}  # of each block that is laid out; none where they were let go
        self._placed = 0  # blocks, since rows were last let go
        self.version = 0  # grows whenever a row may have moved

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        if not block.isValid():
            return QRectF()
        layout = block.layout()
        layout.setCacheEnabled(True)  # else Qt shapes the text once to find its lines and again to paint them
        rect = super().blockBoundingRect(block)  # lays the block out when it must
        if not layout.lineCount():
            return rect
        number = block.blockNumber()
        rows = self._rows.get(number)
        # Qt puts a block's first line at exactly 0; we never do.
        if rows is None or len(rows) != layout.lineCount() or layout.lineAt(0).y() == 0.0:
            rows = self._place(block, layout)
            self._rows[number] = rows
            self._placed += 1
            self.version += 1
        bottom = rows[-1].bottom
        return QRectF(0, 0, rect.width(), bottom if block.next().isValid() else bottom + LAST_BOTTOM)

    def has(self, number: int) -> bool:
        """Whether a block (its number) is laid out."""
        return number in self._rows

    def keep_near(self, number: int) -> None:
        """Let go of the rows of blocks that are far from this one; they are placed anew when they are looked at."""
        if self._placed <= 2 * _NEAR:
            return
        self._placed = 0
        for far in [n for n, rows in self._rows.items() if rows and abs(n - number) > _NEAR]:
            self._rows[far] = []

    def rows(self, block: QTextBlock) -> list[Row]:
        """Return the rows of a block, laid out if it must be; empty for an invalid one."""
        self.blockBoundingRect(block)
        return self._rows.get(block.blockNumber(), []) if block.isValid() else []

    def exchange(self, old: Span, new: Span, first: int, last: int) -> bool:
        """Let a span stand where the one of its id and fragments stood, in the blocks `first` to `last`, inclusive.

        False where its age may decide about its place: then the blocks must be placed anew.
        """
        numbers = range(first, last + 1) if last - first < len(self._rows) else list(self._rows)
        rows = [row for number in numbers if first <= number <= last for row in self._rows.get(number, ())]
        if old.created != new.created and any(shares_place(row, new) for row in rows):
            return False
        for row in rows:
            put_in_place(row, new)
        return True

    def forget(self, first: int | None = None, last: int | None = None) -> None:
        """Place the lines of some blocks (numbers, `last` inclusive), or of all, anew when they are next looked at."""
        self.version += 1
        if first is None or last is None:
            self._rows.clear()
        elif last - first < len(self._rows):
            for number in range(first, last + 1):
                self._rows.pop(number, None)
        else:
            self._rows = {n: rows for n, rows in self._rows.items() if not first <= n <= last}

    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:  # type: ignore[override]  # noqa: ARG002
        hit = self._hit()
        return hit(point) if hit else -1

    def _place(self, block: QTextBlock, layout: QTextLayout) -> list[Row]:
        lines = [layout.lineAt(k) for k in range(layout.lineCount())]
        rows = rows_of(block.text(), ((line.textStart(), line.textLength()) for line in lines))
        top = 0 if block.previous().isValid() else FIRST_TOP
        located = self._located()
        self._fill(rows, located(block) if located else (), (line.ascent() for line in lines), top)
        from_right = block.textDirection() is Qt.LayoutDirection.RightToLeft
        left = self.document().documentMargin()
        for row, line in zip(rows, lines, strict=True):
            # Qt's plain text layout begins every line at the left, whatever the paragraph's direction.
            natural = line.naturalTextWidth()
            room = line.width() - natural if from_right else 0
            line.setPosition(QPointF(left + max(0, room), _line_top(row, line)))
            if row.neat and not from_right:
                row.edges = round(left), round(left + natural)
        return rows

    def _fill(self, rows: list[Row], spans: Iterable[Located], ascents: Iterable[float], top: int) -> None:
        """Give the rows of a block what the spans have on them, and their places from `top` downwards."""
        place_spans(rows, spans)
        place_rows(rows, self.metrics, ascents, top)


def _line_top(row: Row, line: QTextLine) -> float:
    y = row.bottom - line.height() if row.blank else row.baseline - line.ascent()
    return y if abs(y) > 0.001 else 0.01


def runs(line: QTextLine, row: Row, start: int, end: int) -> Runs:
    """Return the (left, right) px of each visual run of a stretch of a row, from left to right; cached in the row.

    A stretch of a line that goes one way only is one run.
    """
    key = (start, end)
    known = row.runs.get(key)
    if known is None:
        known = (_mixed_runs(line, start, end) if row.mixed else ()) or _plain_run(line, row, start, end)
        row.runs[key] = known
    return known


def x_of(line: QTextLine, position: int) -> float:
    """Return where the caret at a position of a block is on its line, px from the block's left."""
    x: float = line.cursorToX(position)[0]  # type: ignore[index]
    return x


def _plain_run(line: QTextLine, row: Row, start: int, end: int) -> Runs:
    left = row.edges[0] if row.edges and start == row.start else round(x_of(line, start))
    right = row.edges[1] if row.edges and end == row.shown else round(x_of(line, end))
    return ((left, right),) if left <= right else ((right, left),)


def _mixed_runs(line: QTextLine, start: int, end: int) -> Runs:
    # Not from cursorToX: where the direction changes, it gives the place of the caret, on the other side.
    boxes = (glyphs.boundingRect() for glyphs in line.glyphRuns(start, end - start))
    merged: list[tuple[float, float]] = []
    for left, right in sorted((box.left(), box.right()) for box in boxes):
        if merged and left <= merged[-1][1] + 0.5:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    exact = [run for run in merged if run[1] > run[0]]
    return tuple((round(left), round(right)) for left, right in exact)


def runs_backwards(line: QTextLine, position: int) -> bool:
    """Whether the character at a position runs from right to left."""
    return any(glyphs.isRightToLeft() for glyphs in line.glyphRuns(position, 1))
