"""How lanes, gold and the item are drawn on the lines of the page, and what is at a point. look.md, "Review"."""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.domain.codebook import LineForm
from annotator.gui.review.lanes import GOLD_LANE
from annotator.gui.review.lanes_rows import LanePiece, pieces
from annotator.gui.text.hits import Hit, nearest
from annotator.gui.text.ink import Ink
from annotator.gui.text.metrics import Metrics
from annotator.gui.text.paint import paint_form, paint_ticks, paint_tie
from annotator.gui.text.place import OnPage, line_box, tint_rects
from annotator.gui.text.rows import Piece

_DOT = 4  # px at the usual reading size
_DOT_AT = 9  # px from the left of what is under another line to the dot's middle: clear of a tick


def paint_item(painter: QPainter, places: Iterable[OnPage], ink: Ink, plain: Collection[str]) -> None:
    """Paint the tints of the item's spans (ids), and the strong ones of those that stand out over them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    strong = {ink.aimed, ink.chosen}
    for place in places:
        item = [piece for piece in reversed(place.row.pieces) if piece.span.id in plain or piece.span.id in strong]
        for piece in sorted(item, key=lambda piece: (piece.span.id in strong, piece.span.id == ink.chosen)):
            style = ink.style(piece.span.label)
            painter.setBrush(style.strong if piece.span.id in strong else style.tint)
            for rect in tint_rects(place, piece, ink.metrics):
                painter.drawRoundedRect(rect, 2, 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_lanes(painter: QPainter, places: Iterable[OnPage], ink: Ink) -> None:
    """Paint each lane's lines with their ticks and ties, then the dots that say that there is more."""
    for place in places:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        here = pieces(place.row)
        for piece in here:
            _paint_line(painter, place, piece, ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for piece in here:
            for start, end in piece.laid.dots:
                _paint_dot(painter, place, piece, (start, end), ink)


def _paint_line(painter: QPainter, place: OnPage, piece: LanePiece, ink: Ink) -> None:
    style, metrics = ink.style(piece.span.label), ink.metrics
    top, height = line_box(place, piece.lane, metrics)
    gold = piece.lane == GOLD_LANE
    ticks = top + height if gold else top - metrics.tick[1]
    for stretch in piece.laid.shown:
        visual = place.runs(stretch.start, stretch.end)
        for left, right in visual:
            # Gold is as high whatever the form: a thick line's one px more is taken off again.
            high = height - 1 if gold and style.form is LineForm.THICK else height
            paint_form(painter, style.form, style.line, left - 1, right + 1, top, high)
        paint_ticks(painter, place, stretch, visual, ticks, style.line, metrics)
    for start, end in piece.laid.ties:
        for left, right in place.runs(start, end):
            paint_tie(painter, left, right, top + height // 2, style.line)


def _paint_dot(painter: QPainter, place: OnPage, piece: LanePiece, under: tuple[int, int], ink: Ink) -> None:
    top, height = line_box(place, piece.lane, ink.metrics)
    left, right = place.runs(*under)[0]
    centre = QPointF(min(left + ink.metrics.px(_DOT_AT), (left + right) / 2), top + height / 2)
    radius = ink.metrics.px(_DOT) / 2
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, more in ((ink.surface, 1), (ink.style(piece.span.label).line, 0)):
        painter.setBrush(colour)
        painter.drawEllipse(centre, radius + more, radius + more)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_gold_sign(painter: QPainter, centre: QPointF, half: float, colour: QColor) -> None:
    """Paint the sign of gold, ◆, so many px to each side of its middle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon([centre + QPointF(x * half, y * half) for x, y in ((0, -1), (1, 0), (0, 1), (-1, 0))])


def lane_at(place: OnPage, y: int, metrics: Metrics) -> int | None:
    """Return the number of the lane that is at a height (px of the viewport) beside a row; None in its text."""
    top, height = line_box(place, GOLD_LANE, metrics)
    if y < top + height + metrics.tick[1]:
        return GOLD_LANE
    below = y - (place.baseline + metrics.tint_bottom(None))
    return below // metrics.lane_step if below >= 0 else None


def spans_at(places: Sequence[OnPage], point: QPoint, metrics: Metrics) -> Hit:
    """Return the spans under a point of the viewport, shortest first: those of a lane on its line, all on the text."""
    place = nearest(places, point.y())
    if place is None or not place.top <= point.y() < place.bottom:
        return Hit((), None)
    lane = lane_at(place, point.y(), metrics)
    under = [piece.span for piece in place.row.pieces if lane in (None, piece.lane) and _is_over(place, piece, point)]
    return Hit(tuple(under), None)


def _is_over(place: OnPage, piece: Piece, point: QPoint) -> bool:
    stretches = (place.runs(stretch.start, stretch.end) for stretch in piece.stretches)
    return any(left - 1 <= point.x() <= right for runs in stretches for left, right in runs)
