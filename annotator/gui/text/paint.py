"""How spans are drawn on the lines of the page: free functions over rows. look.md, "How spans are drawn"."""

import functools
from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from annotator.domain.codebook import LineForm
from annotator.gui.text.ink import Ink
from annotator.gui.text.metrics import Metrics
from annotator.gui.text.place import OnPage, drawn, line_box, logical_edges
from annotator.gui.text.rows import Drawn, Runs, Stretch

_DASHES = {LineForm.DASH: (8, 3), LineForm.DASH_DOT: (8, 3, 2, 3)}
_PERIODS = 16  # of dashes in one picture


def paint_tints(painter: QPainter, places: Iterable[OnPage], ink: Ink) -> None:
    """Paint the tints, opaque, the longest span's first, so that the shortest span's is seen."""
    metrics, top, beside = ink.metrics, ink.metrics.tint_top, ink.metrics.tint_beside
    standing_out = {ink.chosen, ink.hovered, ink.aimed}
    for place in places:
        for piece, parts in reversed(drawn(place.row, place.block)):
            style = ink.style(piece.span.label)
            colour = style.strong if piece.span.id in standing_out else style.tint
            y, height = place.baseline + top, metrics.tint_bottom(piece.lane) - top
            for _, runs in parts:
                for left, right in runs:
                    paint_tint(painter, left - beside, y, right - left + 2 * beside, height, colour)


def paint_tint(painter: QPainter, left: int, top: int, width: int, height: int, colour: QColor) -> None:
    """Paint a tint with round corners (radius 2): two rectangles are a tenth of the work of one with real arcs."""
    painter.fillRect(left + 1, top, width - 2, height, colour)
    painter.fillRect(left, top + 1, width, height - 2, colour)


def paint_selection(
    painter: QPainter, places: Iterable[tuple[OnPage, int, int]], colour: QColor, metrics: Metrics
) -> None:
    """Paint the selected stretch of each row; a selected blank line shows as a narrow bar."""
    for place, start, end in places:
        for rect in _boxes(place, start, end, metrics):
            painter.fillRect(rect, colour)


def paint_frames(
    painter: QPainter, places: Iterable[tuple[OnPage, int, int]], colour: QColor, metrics: Metrics
) -> None:
    """Paint a frame of 1 px around the stretch of each row."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(colour, 1))
    for place, start, end in places:
        for rect in _boxes(place, start, end, metrics):
            painter.drawRect(rect.adjusted(-1, 0, 0, -1))


def _boxes(place: OnPage, start: int, end: int, metrics: Metrics) -> Iterator[QRect]:
    top = place.top + metrics.px(1) if place.row.blank else place.baseline - metrics.px(16)
    bottom = place.bottom if place.row.blank else place.baseline + metrics.px(8)
    for left, right in place.runs(start, end) if start < end else [_bar(place, start)]:
        yield QRect(left, top, max(right - left, 4), bottom - top)


def _bar(place: OnPage, position: int) -> tuple[int, int]:
    left = place.runs(position, position)[0][0]
    return left, left + 4


def paint_lines(painter: QPainter, places: Iterable[OnPage], ink: Ink) -> None:
    """Paint lines, ticks and the ties between fragments, outer lanes first."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for place in places:
        for piece in reversed(drawn(place.row, place.block)):
            if piece[0].lane is not None:
                _paint_piece_line(painter, place, piece, ink)


def _paint_piece_line(painter: QPainter, place: OnPage, of: Drawn, ink: Ink) -> None:
    piece, parts = of
    style, metrics = ink.style(piece.span.label), ink.metrics
    top, height = line_box(place, piece.lane, metrics)
    more = 1 if piece.span.id == ink.hovered else 0
    for stretch, visual in parts:
        for left, right in visual:
            paint_form(painter, style.form, style.line, left - 1, right + 1, top, height, more)
        if stretch.starts or stretch.ends:
            paint_ticks(painter, place, stretch, visual, top - metrics.tick[1], style.line, metrics)
    if len(parts) > 1:
        edges = sorted(run for _, visual in parts for run in visual)
        for (_, right), (left, _) in pairwise(edges):
            paint_tie(painter, right, left, top + height // 2, style.line)


def paint_tie(painter: QPainter, left: int, right: int, y: int, colour: QColor) -> None:
    """Paint the dotted line of 1 px between two fragments, which end and begin at these px."""
    for x in range(left + 3, right - 2, 3):
        painter.fillRect(x, y, 1, 1, colour)


def paint_form(
    painter: QPainter, form: LineForm, colour: QColor, left: int, right: int, top: int, height: int = 2, more: int = 0
) -> None:
    """Paint a line of a label's form from `left` to `right`; `height` is a solid one's, `more` px are added below."""
    width = right - left
    match form:
        case LineForm.SOLID:
            painter.fillRect(left, top, width, height + more, colour)
        case LineForm.THICK:
            painter.fillRect(left, top, width, height + 1 + more, colour)
        case LineForm.DOUBLE:
            one = max(1, height // 2)
            painter.fillRect(left, top, width, one, colour)
            painter.fillRect(left, top + 2 * one, width, one + more, colour)
        case _:
            thick = height + more
            tile = _dashes(form, colour.rgba(), thick, painter.device().devicePixelRatio())
            painter.drawTiledPixmap(left, top, width, thick, tile)


@functools.lru_cache(256)
def _dashes(form: LineForm, colour: int, thick: int, ratio: float) -> QPixmap:
    """Return a stretch of a dashed line, whole periods of it; Qt's own dashes take it fifteen times as long."""
    tile = QPixmap(round(_PERIODS * sum(_DASHES[form]) * ratio), round(thick * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter, x = QPainter(tile), 0
    for number, length in enumerate(_DASHES[form] * _PERIODS):
        if number % 2 == 0:
            painter.fillRect(x, 0, length, thick, QColor.fromRgba(colour))
        x += length
    painter.end()
    return tile


def paint_ticks(
    painter: QPainter,
    place: OnPage,
    stretch: Stretch,
    visual: Runs,
    top: int,
    colour: QColor,
    metrics: Metrics,
) -> None:
    """Paint a tick, from `top` downwards, at each real end of a stretch; `visual` are its runs."""
    width, height = metrics.tick
    start, end = logical_edges(place, stretch, visual)
    if stretch.starts:
        painter.fillRect(start - 1 if start == visual[0][0] else start + 1 - width, top, width, height, colour)
    if stretch.ends:
        painter.fillRect(end - 1 if end == visual[0][0] else end + 1 - width, top, width, height, colour)
