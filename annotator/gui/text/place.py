"""A line of text as it stands in the viewport: where stretches, tints and lanes of it are, in whole px."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QTextBlock, QTextLayout

from annotator.gui.text.layout import runs, runs_backwards
from annotator.gui.text.metrics import Metrics
from annotator.gui.text.rows import Drawn, Piece, Row, Runs, Stretch


@dataclass(slots=True)
class OnPage:
    """A row on the page: its block and that block's display position, and the block's corner in the viewport (px).

    The block and not its layout: kept in Python, a layout outlives what Qt deletes, and PySide then takes whatever
    comes to lie in its place in memory for a layout.
    """

    row: Row
    block: QTextBlock
    position: int
    x: float
    y: int

    @property
    def layout(self) -> QTextLayout:
        """The block's Qt layout. Don't keep it."""
        return self.block.layout()

    @property
    def baseline(self) -> int:
        return self.y + self.row.baseline

    @property
    def top(self) -> int:
        return self.y + self.row.top

    @property
    def bottom(self) -> int:
        return self.y + self.row.bottom

    def runs(self, start: int, end: int) -> Runs:
        """Return the visual runs of a stretch of the row, whole px of the viewport (which never scrolls sideways)."""
        known = self.row.runs.get((start, end))
        return known or runs(self.layout.lineAt(self.row.number), self.row, start, end)


def drawn(row: Row, block: QTextBlock) -> list[Drawn]:
    """Return the pieces of a row with where they are; kept with the row, since each is painted several times over."""
    if not row.pieces:
        return []
    if row.drawn is None:
        line = block.layout().lineAt(row.number)
        row.drawn = [
            (piece, [(stretch, runs(line, row, stretch.start, stretch.end)) for stretch in piece.stretches])
            for piece in row.pieces
        ]
    return row.drawn


def shows_text(place: OnPage, metrics: Metrics) -> bool:
    """Whether some of a row's text is on the page: if only its lanes are, they look as if they belonged to nothing."""
    return place.baseline + metrics.px(3) > 0


def line_box(place: OnPage, lane: int | None, metrics: Metrics) -> tuple[int, int]:
    """Return top and height (px of the viewport) of the place of a lane's line."""
    top, height = metrics.line_at(lane)
    return place.baseline + top, height


def tint_rects(place: OnPage, piece: Piece, metrics: Metrics) -> list[QRect]:
    """Return where a span's tint lies: from above the text to the span's own line, a little wider than the text."""
    top, beside = metrics.tint_top, metrics.tint_beside
    height = metrics.tint_bottom(piece.lane) - top
    return [
        QRect(left - beside, place.baseline + top, right - left + 2 * beside, height)
        for stretch in piece.stretches
        for left, right in place.runs(stretch.start, stretch.end)
    ]


def logical_edges(place: OnPage, stretch: Stretch, visual: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the x px of a stretch's first and last edge in reading direction."""
    left, right = visual[0][0], visual[-1][1]
    if not place.row.mixed:
        return left, right
    first = place.runs(stretch.start, stretch.start + 1)[0]
    last = place.runs(stretch.end - 1, stretch.end)[0]
    line = place.layout.lineAt(place.row.number)
    return (
        first[1] if runs_backwards(line, stretch.start) else first[0],
        last[0] if runs_backwards(line, stretch.end - 1) else last[1],
    )
