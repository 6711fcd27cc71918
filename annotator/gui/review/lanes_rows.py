"""The rows of a text under review: what each lane has on them, and how high they are. No Qt here.

Positions are display positions counted from the block's start, as in `gui/text/rows`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from annotator.gui.review.lanes import GOLD_LANE, MOST, NOTHING, Laid, Seat, lay
from annotator.gui.text.metrics import SIZE, Metrics
from annotator.gui.text.rows import Found, Located, Piece, Row, cut_spans

_ROOM = 25, 27  # px above and below the baseline of an open row with up to three lanes: 52
_STEP = 8
_USUAL = 3  # lanes that have room in an open row


@dataclass(slots=True)
class LanePiece(Piece):
    """What one span has on one row, and what its lane shows of that. All fragments are in `stretches`."""

    laid: Laid = NOTHING


def pieces(row: Row) -> tuple[LanePiece, ...]:
    """Return what a row that `place_lanes` filled has, shortest span first."""
    return cast(tuple[LanePiece, ...], row.pieces)


class LaneMetrics(Metrics):
    """The measures of a text with a lane for each of so many annotators below its lines, and one for gold above."""

    def __init__(self, size: int = SIZE, lanes: int = _USUAL) -> None:
        super().__init__(size)
        self.lane_step = self.px(_STEP)
        self.lane_tops = (*(self.px(6 + _STEP * lane) for lane in range(MOST)), -self.px(21.5))
        self.gold = self.px(3)
        self.tick = self.px(1.5), self.px(2)
        self.tint_beside = 2
        below = _ROOM[1] + _STEP * max(0, lanes - _USUAL)
        self.open_room = self.px(_ROOM[0]), self.px(below)
        self.shut_room = self.above, self.pitch - self.above

    def height(self, lanes: int) -> int:
        """Height of a line, open for any number of lanes."""
        return sum(self.open_room) if lanes else self.pitch

    def line_at(self, lane: int | None) -> tuple[int, int]:
        """Top and height of the line in a lane."""
        top, height = super().line_at(lane)
        return top, self.gold if lane == GOLD_LANE else height

    def tint_bottom(self, lane: int | None) -> int:  # noqa: ARG002 - the same for each
        """Where a tint ends: above the first lane."""
        return self.px(4)

    def frame_bottom(self, lane: int | None) -> float:
        """The middle of the lower edge of a frame."""
        return self.tint_bottom(lane) + 0.25


def place_lanes(
    rows: Sequence[Row], spans: Iterable[Located], seats: Mapping[str, Seat], first: Collection[str]
) -> set[int]:
    """Give each row its pieces; return the numbers of the rows that are open: whose paragraph has a span.

    Where two spans of a lane want one place, those of `first` (ids) have it, else the shorter. A span that has no seat
    is not there, but its paragraph is open all the same.
    """
    found = cut_spans(rows, spans)
    for row, here in zip(rows, found, strict=True):
        row.pieces = _laid([each for each in here if each[1].id in seats], seats, first)
    return _open([bool(here) for here in found], [row.breaks for row in rows])


def _laid(found: Sequence[Found], seats: Mapping[str, Seat], first: Collection[str]) -> tuple[Piece, ...]:
    lanes: dict[int, list[Found]] = {}
    for each in found:
        seat = seats[each[1].id]
        if not seat.doubled:
            lanes.setdefault(seat.lane, []).append(each)
    laid: dict[str, Laid] = {}
    for here in lanes.values():
        here.sort(key=lambda each: each[1].id not in first)  # what comes with a rank, is shortest first already
        shown = lay([stretches for _, _, stretches in here])
        laid |= {span.id: each for (_, span, _), each in zip(here, shown, strict=True)}
    return tuple(
        LanePiece(span, stretches, seats[span.id].lane, laid.get(span.id, NOTHING)) for _, span, stretches in found
    )


def _open(touched: Sequence[bool], breaks: Sequence[bool]) -> set[int]:
    """Return the numbers of the rows of the paragraphs that have a touched row; `breaks` ends a paragraph."""
    opened: set[int] = set()
    start = 0
    for number, last in enumerate(breaks):
        if last or number == len(breaks) - 1:
            if any(touched[start : number + 1]):
                opened.update(range(start, number + 1))
            start = number + 1
    return opened
