"""What is at a point of the page: free functions over the rows that are in sight."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextLine

from annotator.domain.span import Span
from annotator.gui.text.metrics import Metrics
from annotator.gui.text.place import OnPage, line_box, tint_rects


@dataclass(frozen=True, slots=True)
class Hit:
    """The spans under a point, shortest first. `line` is the span whose own line was hit, which says which is meant."""

    spans: tuple[Span, ...]
    line: Span | None


def nearest(places: Sequence[OnPage], y: int) -> OnPage | None:
    """Return the row at a height (px of the viewport), or the nearest one; None on an empty page."""
    return min(places, key=lambda place: max(place.top - y, y - place.bottom + 1, 0), default=None)


def position_in(place: OnPage, x: float) -> int:
    """Return the block position between two characters that is nearest to an x of the viewport."""
    line = place.layout.lineAt(place.row.number)
    position: int = line.xToCursor(x - place.x, QTextLine.CursorPosition.CursorBetweenCharacters)
    return position


def spans_under(places: Sequence[OnPage], point: QPoint, metrics: Metrics) -> Hit:
    """Return the spans whose tint or line is under a point of the viewport."""
    place = nearest(places, point.y())
    if place is None:
        return Hit((), None)
    under, on_line = [], None
    for piece in place.row.pieces:
        rects = tint_rects(place, piece, metrics)
        if not any(rect.contains(point) for rect in rects):
            continue
        under.append(piece.span)
        top, _ = line_box(place, piece.lane, metrics)
        if piece.lane is not None and top - 1 <= point.y() < top + metrics.lane_step - 1:
            on_line = piece.span
    return Hit(tuple(under), on_line)
