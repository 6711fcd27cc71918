"""Where the frame of a span and the handles at the chosen span's ends are, and which handle is under a point (px)."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF

from annotator.domain.shaping import End
from annotator.gui.text.metrics import Metrics
from annotator.gui.text.place import OnPage, logical_edges
from annotator.gui.text.rows import Piece

_HIT = 24  # px, width and height of what is to hit
_OUTWARDS = 5, 3  # px that it lies off the handle's centre, away from the letters: a press on them begins a selection


@dataclass(frozen=True, slots=True)
class Handle:
    """A handle of the chosen span. `anchor` is in the text, between the end's two characters; `centre` on the frame."""

    end: End
    centre: QPointF
    anchor: QPoint

    @property
    def hit(self) -> QRectF:
        """Where a press takes the handle."""
        box = QRectF(0, 0, _HIT, _HIT)
        aside = _OUTWARDS[0] if self.centre.x() > self.anchor.x() else -_OUTWARDS[0]
        down = _OUTWARDS[1] if self.end is End.END else -_OUTWARDS[1]
        box.moveCenter(self.centre + QPointF(aside, down))
        return box


def frame(place: OnPage, piece: Piece, left: int, right: int, metrics: Metrics) -> QRectF:
    """Return the middle of the frame's pen round one run of a span: 2.5 px outside the tint's text."""
    top = place.baseline + metrics.tint_top - 1.25
    bottom = place.baseline + metrics.frame_bottom(piece.lane)
    return QRectF(QPointF(left - 2.25, top), QPointF(right + 2.25, bottom))


def handles(place: OnPage, piece: Piece, metrics: Metrics) -> list[Handle]:
    """Return the handles that a span has on a row: at its start's top, at its end's bottom."""
    found = []
    middle = place.baseline - metrics.px(5)
    for stretch in piece.stretches:
        visual = place.runs(stretch.start, stretch.end)
        start, end = logical_edges(place, stretch, visual)
        if stretch.opens:
            box = frame(place, piece, start, start, metrics)
            centre = QPointF(box.left() if start == visual[0][0] else box.right(), box.top())
            found.append(Handle(End.START, centre, QPoint(start, middle)))
        if stretch.closes:
            box = frame(place, piece, end, end, metrics)
            centre = QPointF(box.right() if end == visual[-1][1] else box.left(), box.bottom())
            found.append(Handle(End.END, centre, QPoint(end, middle)))
    return found


def handle_at(places: Iterable[OnPage], span_id: str, point: QPoint, metrics: Metrics) -> Handle | None:
    """Return the handle of a span that is under a point of the viewport, the nearer one where both are."""

    found = [
        handle
        for place in places
        for piece in place.row.pieces
        if piece.span.id == span_id
        for handle in handles(place, piece, metrics)
        if handle.hit.contains(point)
    ]
    return min(found, key=lambda handle: (handle.centre - QPointF(point)).manhattanLength(), default=None)
