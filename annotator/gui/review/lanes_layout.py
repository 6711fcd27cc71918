"""The layout of a text under review: paragraphs with spans are open, the others as close as when they are read."""

from collections.abc import Callable, Collection, Iterable, Mapping
from weakref import WeakMethod

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextBlock, QTextDocument

from annotator.domain.span import Span
from annotator.gui.review.lanes import Seat
from annotator.gui.review.lanes_rows import LaneMetrics, place_lanes
from annotator.gui.text.layout import SpanLayout
from annotator.gui.text.metrics import Metrics
from annotator.gui.text.rows import Located, Row, place_rows

Seating = Callable[[], tuple[Mapping[str, Seat], Collection[str]]]


class LanesLayout(SpanLayout):
    """Places rows with lanes. `seating` gives the seats and the ids of the spans that come first in their lanes."""

    def __init__(
        self,
        document: QTextDocument,
        located: Callable[[QTextBlock], Iterable[Located]],
        hit: Callable[[QPointF], int],
        seating: Seating,
    ) -> None:
        super().__init__(document, located, hit)
        self._seating = WeakMethod(seating)

    def exchange(self, old: Span, new: Span, first: int, last: int) -> bool:  # noqa: ARG002 - lanes may change with it
        return False

    def _fill(self, rows: list[Row], spans: Iterable[Located], ascents: Iterable[float], top: int) -> None:
        seating = self._seating()
        opened = place_lanes(rows, spans, *seating()) if seating else set()

        def room(row: Row, metrics: Metrics) -> tuple[int, int]:
            assert isinstance(metrics, LaneMetrics)
            return metrics.open_room if row.number in opened else metrics.shut_room

        place_rows(rows, self.metrics, ascents, top, room)
