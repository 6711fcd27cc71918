"""The arrows of the shown document: which relations are to be seen, where their ends are now, and painting them."""

from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.domain.relation import Relation
from annotator.domain.span import Span
from annotator.domain.text import first_words
from annotator.gui import fonts
from annotator.gui.text.arrows import LINE, Edge, Margin, Route, Spot, Wanted, routes
from annotator.gui.text.gutters import Bracket
from annotator.gui.text.handles import frame
from annotator.gui.text.metrics import Metrics
from annotator.gui.text.place import OnPage, logical_edges
from annotator.gui.text.related import RelationStore
from annotator.gui.text.rows import Piece

_WORDS = 40  # code points of an end that isn't in sight
_HEAD = 4.5, 2.5  # px: length and half the width of an arrow's head
_PREVIEW = "preview"


class ArrowPage(Protocol):
    """What the arrows ask the text view."""

    def places(self) -> list[OnPage]: ...
    def span(self, span_id: str) -> Span | None: ...
    def token(self, name: str) -> QColor: ...
    def standing_out(self) -> tuple[str | None, str | None]: ...
    def metrics(self) -> Metrics: ...
    def margin(self) -> tuple[int, int]: ...
    def brackets(self) -> list[Bracket]: ...
    def first_position(self) -> int: ...
    def refresh(self) -> None: ...


class RelationsShown:
    """Holds the relations (`store`) and paints those at the chosen span and at the one pointed at, or all.

    Positions are px of the viewport. After a change of the store call `changed`.
    """

    def __init__(self, page: ArrowPage) -> None:
        self._page = page
        self.store = RelationStore()
        self._all = False
        self._preview: tuple[str, str, str] | None = None

    @property
    def all(self) -> bool:
        """Whether all relations are shown, not only those of the chosen span."""
        return self._all

    def show_all(self, shown: bool) -> None:
        self._all = shown
        self._page.refresh()

    def colour(self) -> QColor:
        """The colour of what isn't there yet."""
        return self._page.token("accent")

    def changed(self) -> None:
        """Paint anew: the relations are others now."""
        self._page.refresh()

    def show_preview(self, source: str | None, target: str | None = None, name: str = "") -> None:
        """Show an arrow that isn't there yet between two spans; None for none."""
        preview = (source, target, name) if source and target else None
        if preview != self._preview:
            self._preview = preview
            self._page.refresh()

    def concern(self, span_id: str | None) -> bool:
        """Whether more than a span itself looks different when it comes to stand out."""
        return span_id is not None and bool(self.store.at(span_id))

    def any(self) -> bool:
        """Whether an arrow may be on the page now."""
        return (
            bool(self._preview)
            or (self._all and len(self.store) > 0)
            or any(map(self.concern, self._page.standing_out()))
        )

    # What is drawn where

    def routes(self) -> list[Route]:
        """Return the ways of the relations that are to be seen now, those that stand out first."""
        if not self.any():
            return []
        spots = self._spots()
        chosen, hovered = self._page.standing_out()
        found: dict[str, Wanted] = {}
        for span_id in (chosen, hovered):
            for relation in self.store.at(span_id) if span_id else ():
                outwards = relation.source == span_id
                self._want(found, relation, spots, strong=True, outwards=outwards)
        if self._all:
            for span_id in spots:
                for relation in self.store.at(span_id):
                    self._want(found, relation, spots, strong=False, outwards=False)
        if self._preview:
            source, target, name = self._preview
            made = Relation(_PREVIEW, "", name, source, target, "", "")
            self._want(found, made, spots, strong=True, outwards=source == chosen)
        width, height = self._page.margin()
        beside = len({bracket.x for bracket in self._page.brackets()})
        return routes(found.values(), Margin(width, height, beside), _name_metrics().horizontalAdvance)

    def at(self, point: QPointF) -> Route | None:
        """Return the way in the margin, or its name, that is at a point."""
        return next((route for route in self.routes() if route.is_at(point)), None)

    def other_end(self, relation: Relation) -> Span | None:
        """Return the end of a relation to go to: the one that isn't chosen, else where it leads."""
        chosen = self._page.standing_out()[0]
        return self._page.span(relation.source if chosen == relation.target else relation.target)

    def _want(
        self, found: dict[str, Wanted], relation: Relation, spots: dict[str, Spot], *, strong: bool, outwards: bool
    ) -> None:
        if relation.id in found:
            return
        source, target = self._page.span(relation.source), self._page.span(relation.target)
        if source is None or target is None:
            return
        places = [self._end(end, spots) for end in (source, target)]
        away = next((end for end, place in zip((source, target), places, strict=True) if isinstance(place, Edge)), None)
        words = first_words(away.text, _WORDS) if away else ""
        preview = relation.id == _PREVIEW
        found[relation.id] = Wanted(relation, places[0], places[1], relation.type, words, strong, outwards, preview)

    def _end(self, span: Span, spots: dict[str, Spot]) -> Spot | Edge:
        if span.id in spots:
            return spots[span.id]
        return Edge.ABOVE if span.start < self._page.first_position() else Edge.BELOW

    def _spots(self) -> dict[str, Spot]:
        """Where the spans that begin in sight do so, by id."""
        metrics = self._page.metrics()
        _, height = self._page.margin()
        found: dict[str, Spot] = {}
        for place in self._page.places():
            if place.baseline + metrics.px(3) <= 0 or place.baseline + metrics.tint_top >= height:
                continue
            begins = {span.id for span in place.row.begins}
            for piece in place.row.pieces:
                if piece.span.id in begins and piece.stretches[0].opens:
                    found[piece.span.id] = _spot(place, piece, metrics)
        return found

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Paint what lies in the painter's clip: in the viewport the ways, in the margin stems and names too."""
        for route in reversed(self.routes()):
            self._paint(painter, route)

    def _paint(self, painter: QPainter, route: Route) -> None:
        wanted = route.wanted
        ink = self._page.token("accent" if wanted.preview else "text2" if wanted.strong else "text3")
        pen = QPen(ink, 1.25 if wanted.strong else 1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if route.lead:
            painter.setPen(QPen(ink, 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(*route.lead)
        painter.setPen(pen)  # not dashed: scrolled, the dashes of a way that then begins elsewhere would not meet
        painter.drawPath(_path(route.points))
        painter.drawPath(_head(route.points[-1], route.heading))
        if isinstance(wanted.source, Spot):
            painter.setBrush(ink)
            painter.drawEllipse(route.points[0], 1.75, 1.75)
        self._paint_name(painter, route)

    def _paint_name(self, painter: QPainter, route: Route) -> None:
        painter.setFont(name_font())
        tone = "accent" if route.wanted.preview else "text2" if route.wanted.strong else "text3"
        for number, line in enumerate(route.lines):
            painter.setPen(self._page.token(tone if number < route.named else "text3"))
            box = QRectF(route.box.left() - 2, route.box.top() + number * LINE, route.box.width() + 2, LINE)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line)

    def said_at(self, point: QPoint) -> str:
        """Return in words the relation whose way in the margin is at a point; empty where there is none."""
        route = self.at(QPointF(point))
        if route is None or route.wanted.preview:
            return ""
        relation = route.wanted.relation
        source, target = self._page.span(relation.source), self._page.span(relation.target)
        if source is None or target is None:
            return ""
        return f"“{first_words(source.text, _WORDS)}”\n{relation.type} →\n“{first_words(target.text, _WORDS)}”"


def name_font() -> QFont:
    """The font of names in the margins, 11 px."""
    return fonts.ui(11)


def _name_metrics() -> QFontMetricsF:
    return QFontMetricsF(name_font())


def _spot(place: OnPage, piece: Piece, metrics: Metrics) -> Spot:
    stretch = piece.stretches[0]
    visual = place.runs(stretch.start, stretch.end)
    start, _ = logical_edges(place, stretch, visual)
    box = frame(place, piece, start, start, metrics)
    middle = place.baseline - metrics.px(5) + 0.5
    first = stretch.start == place.row.start and not place.row.mixed
    return Spot(box.left(), round(box.top()) + 0.5, middle, visual[-1][1] + 2.0, first)


def _path(points: tuple[QPointF, ...], radius: float = 4) -> QPainterPath:
    """A line through points with round corners."""
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        path.lineTo(_towards(corner, before, radius))
        path.quadTo(corner, _towards(corner, after, radius))
    path.lineTo(points[-1])
    return path


def _towards(start: QPointF, end: QPointF, most: float) -> QPointF:
    """The point on the way to `end` that is `most` px off, or half-way if that is less."""
    way = end - start
    length = abs(way.x()) + abs(way.y())  # ways go along or down, never across
    return start + way * min(0.5, most / length) if length else start


def _head(tip: QPointF, heading: tuple[int, int]) -> QPainterPath:
    length, half = _HEAD
    dx, dy = heading
    back, aside = QPointF(dx, dy) * length, QPointF(-dy, dx) * half
    path = QPainterPath(tip - back + aside)
    path.lineTo(tip)
    path.lineTo(tip - back - aside)
    return path
