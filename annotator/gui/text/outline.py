"""What goes round the chosen span and one that is not saved yet: a frame, and the handles at its two ends."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annotator.gui.text.handles import frame, handles
from annotator.gui.text.ink import Ink
from annotator.gui.text.place import OnPage
from annotator.gui.text.rows import Piece


def paint_outlines(painter: QPainter, places: Iterable[OnPage], ink: Ink) -> None:
    """Paint the frames of the chosen span, the one aimed at and the pending ones, then the chosen one's handles."""
    places = list(places)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place in places:
        for piece in place.row.pieces:
            if piece.span.id == ink.chosen:
                _paint_outline(painter, place, piece, ink, Qt.PenStyle.SolidLine)
            elif piece.span.id == ink.aimed:
                _paint_outline(painter, place, piece, ink, Qt.PenStyle.SolidLine, ink.accent)
            elif piece.span.id in ink.pending:
                _paint_outline(painter, place, piece, ink, Qt.PenStyle.DashLine)
    for place in places:
        for piece in place.row.pieces:
            if piece.span.id == ink.chosen and ink.handles:
                for handle in handles(place, piece, ink.metrics):
                    _paint_handle(painter, handle.centre, ink.style(piece.span.label).line, ink)


def _paint_outline(
    painter: QPainter, place: OnPage, piece: Piece, ink: Ink, pen_style: Qt.PenStyle, colour: QColor | None = None
) -> None:
    """Paint a frame 2.5 px outside the tint's text, open where the span goes on in another row."""
    metrics = ink.metrics
    pen = QPen(
        colour or ink.style(piece.span.label).line, 1.5 if pen_style is Qt.PenStyle.SolidLine else 1.0, pen_style
    )
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stretch in piece.stretches:
        visual = place.runs(stretch.start, stretch.end)
        for k, (left, right) in enumerate(visual):
            box = frame(place, piece, left, right, metrics)
            plain = not place.row.mixed
            closed_left = (stretch.starts if plain else True) if k == 0 else True
            closed_right = (stretch.ends if plain else True) if k == len(visual) - 1 else True
            painter.drawPath(_frame_path(box, closed_left, closed_right))


def _frame_path(box: QRectF, closed_left: bool, closed_right: bool, radius: float = 3) -> QPainterPath:
    path = QPainterPath()
    if closed_left and closed_right:
        path.addRoundedRect(box, radius, radius)
        return path
    left, right, top, bottom = box.left(), box.right(), box.top(), box.bottom()
    for edge, closed, inwards in ((left, closed_left, radius), (right, closed_right, -radius)):
        if closed:
            path.moveTo(edge + inwards, top)
            path.quadTo(edge, top, edge, top + radius)
            path.lineTo(edge, bottom - radius)
            path.quadTo(edge, bottom, edge + inwards, bottom)
    start, stop = left + (radius if closed_left else 0), right - (radius if closed_right else 0)
    for y in (top, bottom):
        path.moveTo(start, y)
        path.lineTo(stop, y)
    return path


def _paint_handle(painter: QPainter, centre: QPointF, colour: QColor, ink: Ink) -> None:
    painter.setPen(QPen(colour, 2))
    painter.setBrush(ink.surface)
    painter.drawEllipse(centre, 4, 4)
