"""Every measure of the text view, in logical pixels, from look.md ("How spans are drawn"); they scale with the reading size."""

from dataclasses import dataclass

SIZE = 18  # the reading size at which look.md gives its measures
SMALLEST, LARGEST = 12, 36
COLUMN_EM = 34
PAD = 8  # room at both sides of the column inside the viewport, for outlines and handles
LEFT, RIGHT = 92, 168
LEFT_NARROW, RIGHT_NARROW = 48, 72
NARROW = 800
CHIP, CHIP_STEP, CHIP_AT = 15, 19, 18
BRACKET_AT, BRACKET_STEP, BRACKET_FOOT = 16, 7, 4


@dataclass(frozen=True, slots=True)
class Metrics:
    """The measures at one reading size (px). Vertical ones are relative to a line's baseline, downwards."""

    size: int = SIZE

    def px(self, at_18: float) -> int:
        """Scale a measure, to whole pixels, at least one."""
        return max(1, int(at_18 * self.size / SIZE + 0.5))

    @property
    def pitch(self) -> int:
        return self.px(29)

    @property
    def blank(self) -> int:
        """Height of a blank line."""
        return self.px(14)

    @property
    def above(self) -> int:
        """From a line's top to its baseline; what is below the baseline holds two lanes."""
        return self.px(16)

    @property
    def lane_step(self) -> int:
        return self.px(4)

    @property
    def column(self) -> int:
        return COLUMN_EM * self.size

    @property
    def tint_top(self) -> int:
        return -self.px(15)

    def lane_top(self, lane: int) -> int:
        """Where a lane's line begins, below the baseline."""
        return self.px(6) + lane * self.lane_step

    def height(self, lanes: int) -> int:
        """Height of a line of text with that many lanes."""
        return self.pitch + max(0, lanes - 2) * self.lane_step


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
