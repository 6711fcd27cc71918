"""How the parts of a chart are painted: on the screen, and in the pictures that are saved of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.gui import colour as colours
from annotator.gui import fonts
from annotator.gui.analyse.geometry import GAP, bar_length, heat_step
from annotator.gui.analyse.grid import Cell, Column, Grid, Row
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets import paint

_BAR, _CHIP, _CELL_GAP = 16, 18, 2
_NUMBER_ROOM = 44  # px beside the longest bar
_BESIDE_CHIP = 10  # px of a column's head that a name doesn't get
_HATCH = 6  # px from one stroke to the next
_INKS = QColor("#1B1B19"), QColor("#FFFFFF")
_LEFT, _RIGHT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Ink:
    """What a chart is painted with."""

    theme: Theme
    styles: LabelStyles


@dataclass(frozen=True, slots=True)
class CellState:
    """How a cell stands: under the pointer, with the keyboard's focus, or the one whose inside is listed."""

    hover: bool = False
    focused: bool = False
    opened: bool = False


def ink_on(ground: QColor) -> QColor:
    """Return black or white, whichever is read better on a colour."""
    return max(_INKS, key=lambda ink: colours.contrast(ink, ground))


def heat_colour(theme: Theme, value: float) -> QColor:
    """Return the colour of a figure on the scale from 0 to 1, in fifths."""
    return theme.colour(f"heat-{heat_step(value)}")


def short_name(name: str, fits: float, metrics: QFontMetricsF) -> str:
    """Return a label's name for the head of a column, its last words cut as in “policy rec.” where it is too long."""
    words = name.split(" ")
    for keep in range(len(words), 0, -1):
        shown = " ".join([*words[:keep], *(f"{word[:3]}." if len(word) > 4 else word for word in words[keep:])])
        if metrics.horizontalAdvance(shown) <= fits:
            return shown
    return ""


def names_fit(grid: Grid, widths: Sequence[float]) -> bool:
    """Whether every column has room for its label's name beside the chip; else none is named."""
    metrics, taken = QFontMetricsF(fonts.ui(12)), fonts.px(_CHIP) + _BESIDE_CHIP
    return all(
        not column.label or bool(short_name(column.title, width - (GAP if column.apart else 0) - taken, metrics))
        for column, width in zip(grid.columns, widths, strict=True)
    )


def paint_column(painter: QPainter, rect: QRectF, column: Column, grid: Grid, ink: Ink, *, named: bool) -> None:
    """Draw the head of a column: the label's chip, with its name where they are named."""
    rect = rect.adjusted(GAP if column.apart else 0, 0, 0, 0)
    font, tone = fonts.ui(12), ink.theme.colour("text2")
    bars = grid.kind == "bars"
    if column.label is None:
        paint.text_in(painter, rect, column.title, font, tone, _LEFT if bars else _MIDDLE)
        return
    chip, metrics = fonts.px(_CHIP), QFontMetricsF(font)
    name = short_name(column.title, rect.width() - chip - _BESIDE_CHIP, metrics) if named else ""
    wide = chip + (metrics.horizontalAdvance(name) + 7 if name else 0)
    left = rect.left() if bars else rect.left() + max(0.0, (rect.width() - _CELL_GAP - wide) / 2)
    top = round(rect.center().y() - chip / 2)
    paint.letter_chip(painter, QRectF(round(left), top, chip, chip), ink.styles[column.label])
    if name:
        words = QRectF(left + chip + 7, rect.top(), rect.right() - left - chip - 7, rect.height())
        paint.text_in(painter, words, name, font, tone, _LEFT)


def title_font(row: Row) -> QFont:
    return fonts.ui(12, QFont.Weight.DemiBold if row.strong else QFont.Weight.Normal)


def paint_title(painter: QPainter, rect: QRectF, row: Row, ink: Ink) -> None:
    """Draw the title of a row."""
    rect = rect.adjusted(0, GAP if row.apart else 0, -12, 0)
    paint.text_in(painter, rect, row.title, title_font(row), ink.theme.colour("text"), _LEFT)


def paint_cell(
    painter: QPainter, rect: QRectF, grid: Grid, place: tuple[int, int], ink: Ink, state: CellState | None = None
) -> None:
    """Draw the cell at `place`, (row, column)."""
    state = state or CellState()
    row, column = grid.rows[place[0]], grid.columns[place[1]]
    cell = grid.cells[place[0]][place[1]]
    inner = rect.adjusted(GAP if column.apart else 0, GAP if row.apart else 0, 0, 0)
    if grid.kind == "bars":
        _paint_bar(painter, inner, grid, column, cell, ink)
        ring = inner.adjusted(-1, 2, -6, -2)
    else:
        inner = inner.adjusted(0, 0, -_CELL_GAP, -_CELL_GAP)
        _paint_heat(painter, inner, cell, ink)
        ring = inner
    _paint_state(painter, ring, ink.theme, state)


def _paint_bar(painter: QPainter, rect: QRectF, grid: Grid, column: Column, cell: Cell, ink: Ink) -> None:
    left = round(rect.left())
    if cell.value is None:
        bold = fonts.tabular(fonts.ui(12, QFont.Weight.DemiBold))
        paint.text_in(painter, rect.adjusted(1, 0, 0, 0), cell.text, bold, ink.theme.colour("text"), _LEFT)
        return
    painter.fillRect(QRectF(left, rect.top(), 1, rect.height()), ink.theme.colour("control"))
    high = fonts.px(_BAR)
    top = round(rect.center().y() - high / 2)
    long = bar_length(cell.value, grid.largest, rect.width() - fonts.px(_NUMBER_ROOM))
    if long and column.label is not None:
        painter.fillRect(QRectF(left + 1, top, long, high), ink.styles[column.label].line)
    number = QRectF(left + long + 8, rect.top(), rect.right() - left - long - 8, rect.height())
    tone = ink.theme.colour("text" if cell.value else "text3")
    paint.text_in(painter, number, cell.text, fonts.tabular(fonts.ui(12, QFont.Weight.Medium)), tone, _LEFT)


def _paint_heat(painter: QPainter, rect: QRectF, cell: Cell, ink: Ink) -> None:
    theme = ink.theme
    if cell.value is None:
        if cell.reason:
            hatch(painter, rect, theme.colour("line2"))
        paint.box(painter, rect, 2, None, theme.colour("line"))
        plain = fonts.ui(12)
        if cell.reason:
            wide = QFontMetricsF(plain).horizontalAdvance(cell.text) + 8
            clear = QRectF(rect.center().x() - wide / 2, rect.center().y() - 8, wide, 16)
            painter.fillRect(clear, theme.colour("surface"))
        paint.text_in(painter, rect, cell.text, plain, theme.colour("text3"), _MIDDLE)
        return
    ground = heat_colour(theme, cell.value)
    painter.fillRect(rect, ground)
    tone, bold = ink_on(ground), fonts.tabular(fonts.ui(13, QFont.Weight.DemiBold))
    if not cell.under:
        paint.text_in(painter, rect, cell.text, bold, tone, _MIDDLE)
        return
    half = rect.height() / 2
    upper, lower = rect.adjusted(0, 3, 0, -half + 3), rect.adjusted(0, half, 0, -4)
    paint.text_in(painter, upper, cell.text, bold, tone, _MIDDLE)
    paint.text_in(painter, lower, cell.under, fonts.tabular(fonts.ui(11)), tone, _MIDDLE)


def hatch(painter: QPainter, rect: QRectF, tone: QColor) -> None:
    """Fill `rect` with slanting strokes. Each is cut by hand: a picture's file knows no patterns."""
    with paint.kept(painter):
        painter.setPen(QPen(tone, 1))
        at = rect.left() - rect.height()
        while at < rect.right():
            start, end = max(at, rect.left()), min(at + rect.height(), rect.right())
            if start < end:
                painter.drawLine(
                    QLineF(QPointF(start, rect.bottom() - (start - at)), QPointF(end, rect.bottom() - (end - at)))
                )
            at += _HATCH


def _paint_state(painter: QPainter, rect: QRectF, theme: Theme, state: CellState) -> None:
    if state.focused:
        paint.box(painter, rect.adjusted(2, 2, -2, -2), 2, None, theme.colour("surface"), 1)
        paint.box(painter, rect, 3, None, theme.colour("focus"), 2)
    elif state.opened:
        paint.box(painter, rect.adjusted(1, 1, -1, -1), 2, None, theme.colour("surface"), 1)
        paint.box(painter, rect, 2, None, theme.colour("text"), 1)
    elif state.hover:
        paint.box(painter, rect, 2, None, theme.colour("control"), 1)


def paint_scale(painter: QPainter, rect: QRectF, name: str, ink: Ink) -> None:
    """Draw the legend of heat: five steps, and what they mean."""
    step, high, font = fonts.px(38), fonts.px(11), fonts.ui(12)
    tone, top = ink.theme.colour("text3"), round(rect.center().y() - fonts.px(11) / 2)
    left = rect.left()
    if name:
        wide = min(QFontMetricsF(font).horizontalAdvance(name) + 14, rect.width() / 2)
        paint.text_in(painter, QRectF(left, rect.top(), wide - 10, rect.height()), name, font, tone, _LEFT)
        left += wide
    for number in range(5):
        cell = QRectF(round(left) + number * step, top, step - 1, high)
        painter.fillRect(cell, ink.theme.colour(f"heat-{number}"))
        if number == 0:
            paint.box(painter, cell, 0, None, ink.theme.colour("line2"))
    beside = QRectF(left + 5 * step + 10, rect.top(), max(0.0, rect.right() - left - 5 * step - 10), rect.height())
    paint.text_in(painter, beside, "0 to 1 in fifths", font, tone, _LEFT)
