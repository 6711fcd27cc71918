"""The measures of the text view in logical px, from look.md ("How spans are drawn"); most scale with the text."""

from dataclasses import dataclass

from annotator.gui.text.lanes import LANES

SIZE = 18  # the reading size at which look.md gives its measures
SMALLEST, LARGEST = 12, 36
COLUMN_EM = 34
PAD = 8  # room at both sides of the column inside the viewport, for outlines and handles
LEFT, RIGHT = 92, 168
LEFT_NARROW, RIGHT_NARROW = 48, 72
NARROW = 800
CHIP, CHIP_STEP, CHIP_AT = 15, 19, 18
BRACKET_AT, BRACKET_STEP, BRACKET_FOOT = 16, 7, 4


class Metrics:
    """The measures at one reading size (px). Vertical ones are relative to a line's baseline, downwards."""

    def __init__(self, size: int = SIZE) -> None:
        self.size = size
        self.pitch = self.px(29)
        self.blank = self.px(14)  # height of a blank line
        self.above = self.px(16)  # from a line's top to its baseline; what is below the baseline holds two lanes
        self.column = COLUMN_EM * size
        self.tint_top = -self.px(15)
        self.tint_beside = 1  # px that a tint is wider than its text, at each side
        self.line = self.px(2)
        self.tick = self.px(1.5), self.px(4)
        self.lane_step = self.px(4)
        self.lane_tops = tuple(self.px(6) + lane * self.lane_step for lane in range(LANES))

    def px(self, at_18: float) -> int:
        """Scale a measure, to whole pixels, at least one."""
        return max(1, int(at_18 * self.size / SIZE + 0.5))

    def height(self, lanes: int) -> int:
        """Height of a line of text with that many lanes."""
        return self.pitch + max(0, lanes - 2) * self.lane_step

    def line_at(self, lane: int | None) -> tuple[int, int]:
        """Top and height of the line in a lane; of one that found no lane, where the last would be."""
        return self.lane_tops[-1 if lane is None else lane], self.line

    def tint_bottom(self, lane: int | None) -> int:
        """Where the tint of a span ends: with its own line."""
        top, height = self.line_at(lane)
        return top + height

    def frame_bottom(self, lane: int | None) -> float:
        """The middle of the lower edge of a span's frame."""
        return self.tint_bottom(lane) + 2.25


@dataclass(frozen=True, slots=True)
class Margins:
    """The widths of the page's parts in px: outer margin, gutters, column."""

    outer: int
    left: int
    column: int
    right: int
    names: bool


def margins(width: int, column: int) -> Margins:
    """Return the parts for a page of `width` px: the column with its gutters is centred, and narrower if it must be."""
    narrow = width < NARROW
    left, right = (LEFT_NARROW, RIGHT_NARROW) if narrow else (LEFT, RIGHT)
    column = max(min(column, width - left - right), 120)
    return Margins(max(0, (width - left - column - right) // 2), left, column, right, not narrow)
