"""Where the parts of a chart lie: widths of columns, heights of rows, the length of a bar. Whole px."""

from collections.abc import Sequence

from annotator.gui.analyse.grid import Grid

BAR_ROW, HEAT_ROW, TALL_ROW = 31, 32, 44
HEAD = 34
GAP = 8
"""Before what is set off from the others."""
TITLE_MOST, TITLE_LEAST = 240, 88
_COLUMN_MOST = {"bars": 190, "heat": 132}
COLUMN_LEAST = {"bars": 74, "heat": 54}
_SMALLEST_BAR = 2


def row_height(grid: Grid) -> int:
    """Return the height of a usual row; of charts with a row for each document all rows are."""
    return BAR_ROW if grid.kind == "bars" else HEAT_ROW


def row_heights(grid: Grid) -> list[int]:
    """Return the height of each row, with the gap above it where it is set off."""
    plain = row_height(grid)
    return [(TALL_ROW if row.tall else plain) + (GAP if row.apart else 0) for row in grid.rows]


def column_widths(grid: Grid, room: int) -> list[int]:
    """Share `room` among the columns, none narrower than what a figure needs: they may need more than there is."""
    if not grid.columns:
        return []
    gaps = [GAP if column.apart else 0 for column in grid.columns]
    share = (room - sum(gaps)) // len(gaps)
    width = min(max(share, COLUMN_LEAST[grid.kind]), _COLUMN_MOST[grid.kind])
    return [width + gap for gap in gaps]


def title_width(wanted: Sequence[float], room: int) -> int:
    """Return the width of the rows' titles: what the longest wants, but no more than a third of the room."""
    most = min(TITLE_MOST, max(TITLE_LEAST, round(room * 0.32)))
    return max(TITLE_LEAST, min(most, round(max(wanted, default=0)) + 16))


def bar_length(value: float, largest: float, room: float) -> int:
    """Return the length of a bar: nothing is nothing, anything at all can be seen, the largest fills the room."""
    if value <= 0 or largest <= 0:
        return 0
    return min(round(room), max(_SMALLEST_BAR, round(value / largest * room)))


def heat_step(value: float) -> int:
    """Return which fifth of the scale from 0 to 1 a figure is in, 0 to 4; what is below 0 is in the first."""
    return max(0, min(4, int(value * 5 + 1e-9)))
