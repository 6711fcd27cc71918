"""Free paint functions over the theme's tokens, used by delegates, buttons, margins and charts alike.

Measures are px of the design at 13 px font size unless said; rectangles come in already scaled.
"""

import contextlib
import functools
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.domain.codebook import LineForm
from annotator.domain.document import State
from annotator.gui import fonts
from annotator.gui.theme import LabelStyle, Theme

_DASHES = {LineForm.DASH: (8.0, 3.0), LineForm.DASH_DOT: (8.0, 3.0, 2.0, 3.0)}
_THICKNESS = {LineForm.THICK: 3.0, LineForm.DOUBLE: 1.0}


@dataclass(frozen=True)
class RowState:
    """How a row stands: under the pointer, held down, chosen, with keyboard focus, in a window that is active."""

    hover: bool = False
    pressed: bool = False
    chosen: bool = False
    focused: bool = False
    active: bool = True


@contextlib.contextmanager
def kept(painter: QPainter, *, smooth: bool = True) -> Iterator[QPainter]:
    """Give the painter back as it was; antialiased inside unless `smooth` is false."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    try:
        yield painter
    finally:
        painter.restore()


def box(
    painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, border: QColor | None, width: float = 1
) -> None:
    """Draw a rounded box; the border lies inside `rect`."""
    with kept(painter):
        half = width / 2 if border else 0.0
        painter.setPen(QPen(border, width) if border else Qt.PenStyle.NoPen)
        painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def text_in(painter: QPainter, rect: QRectF, text: str, font: QFont, colour: QColor, align: Qt.AlignmentFlag) -> None:
    """Draw one line of plain text, elided at the right if it doesn't fit."""
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, _one_line(align), shown)


@functools.cache  # to combine Qt's flags takes Python as long as to draw a word
def _one_line(align: Qt.AlignmentFlag) -> int:
    return int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


def centred_text(painter: QPainter, rect: QRectF, text: str, font: QFont, colour: QColor) -> None:
    """Draw `text` so that its capitals stand in the middle of `rect`, not its line box."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(colour)
    x = rect.center().x() - metrics.horizontalAdvance(text) / 2
    painter.drawText(QPointF(x, round(rect.center().y() + metrics.capHeight() / 2)), text)


def letter_chip(painter: QPainter, rect: QRectF, style: LabelStyle, *, dashed: bool = False) -> None:
    """Draw a label's letter in its chip: strong tint, 1 px border in the line's colour; dashed for a suggestion."""
    with kept(painter):
        pen = QPen(style.line, 1)
        if dashed:
            pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.setBrush(style.strong)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
        font = fonts.ui(11, QFont.Weight.DemiBold)
        font.setPixelSize(max(8, round(rect.height() * 0.61)))
        centred_text(painter, rect, style.letter, font, style.chip_text)


def name_chip(painter: QPainter, rect: QRectF, style: LabelStyle) -> None:
    """Draw a label's name in its chip; `name_chip_width` says how wide it wants to be."""
    box(painter, rect, 4, style.strong, style.line)
    font = name_chip_font()
    text_in(painter, rect.adjusted(7, 0, -7, 0), style.name, font, style.chip_text, Qt.AlignmentFlag.AlignLeft)


def name_chip_font() -> QFont:
    return fonts.ui(12, QFont.Weight.Medium)


def name_chip_width(style: LabelStyle) -> float:
    return QFontMetricsF(name_chip_font()).horizontalAdvance(style.name) + 16


def line_form(painter: QPainter, rect: QRectF, style: LabelStyle) -> None:
    """Draw a sample of the label's line across the middle of `rect`, on whole pixels."""
    width = _THICKNESS.get(style.form, 2.0)
    left, right, middle = round(rect.left()), round(rect.right()), round(rect.center().y())
    with kept(painter, smooth=False):
        if style.form is LineForm.DOUBLE:
            painter.fillRect(QRect(left, middle - 2, right - left, 1), style.line)
            painter.fillRect(QRect(left, middle + 1, right - left, 1), style.line)
            return
        top = middle - round(width) // 2
        for start, end in _strokes(style.form, right - left):
            painter.fillRect(QRectF(left + start, top, end - start, width), style.line)


def _strokes(form: LineForm, length: int) -> Iterator[tuple[float, float]]:
    """Yield start and end of each stroke of a line of `length` px."""
    pattern = _DASHES.get(form)
    if pattern is None:
        yield 0.0, float(length)
        return
    at, index = 0.0, 0
    while at < length:
        if index % 2 == 0:
            yield at, min(float(length), at + pattern[index % len(pattern)])
        at += pattern[index % len(pattern)]
        index += 1


def state_icon(painter: QPainter, rect: QRectF, state: State, theme: Theme) -> None:
    """Draw a document's state: ring, half disc, disc with tick. `rect` is 16 px square at normal size."""
    unit = rect.width() / 16
    with kept(painter):
        painter.translate(rect.topLeft())
        painter.scale(unit, unit)
        if state is State.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("ok"))
            painter.drawEllipse(QPointF(8, 8), 7, 7)
            _stroke(painter, theme.colour("panel"), 1.75, [(4.9, 8.3), (7.1, 10.4), (11.1, 5.9)])
            return
        working = state is State.IN_PROGRESS
        tone = theme.colour("accent" if working else "control")
        painter.setPen(QPen(tone, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(8, 8), 6.25, 6.25)
        if working:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tone)
            painter.drawPie(QRectF(4, 4, 8, 8), -90 * 16, 180 * 16)


def _stroke(painter: QPainter, colour: QColor, width: float, points: list[tuple[float, float]]) -> None:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)


def key_cap_font() -> QFont:
    return fonts.ui(11, QFont.Weight.Medium)


def key_cap_width(key: str) -> int:
    """Return how wide a key cap wants to be: square for one character."""
    return max(fonts.px(18), round(QFontMetricsF(key_cap_font()).horizontalAdvance(key)) + 10)


def key_cap(painter: QPainter, rect: QRectF, key: str, theme: Theme, *, enabled: bool = True) -> None:
    """Draw a key as it stands on the keyboard: surface, 1 px `line2`, radius 4."""
    box(painter, rect, 3.5, theme.colour("surface"), theme.colour("line2"))
    centred_text(painter, rect, key, key_cap_font(), theme.colour("text3" if enabled else "control"))


def row_ground(painter: QPainter, rect: QRectF, theme: Theme, state: RowState) -> None:
    """Draw a row's ground: hover, pressed or chosen; the focus ring lies inside."""
    token = None
    if state.chosen:
        token = "accent-soft" if state.active else "select-idle"
    elif state.pressed or state.hover:
        token = "pressed" if state.pressed else "hover"
    if token:
        box(painter, rect, 6, theme.colour(token), None)
    if state.focused:
        focus_ring(painter, rect, theme)


def row_bar(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Draw the bar of a chosen row: 3 px `accent` at the row's left edge."""
    bar = QRectF(rect.left(), rect.top() + 6, 3, rect.height() - 12)
    box(painter, bar, 1.5, theme.colour("accent"), None)


def focus_ring(painter: QPainter, rect: QRectF, theme: Theme, radius: float = 6) -> None:
    """Draw the 2 px ring of keyboard focus inside `rect`."""
    box(painter, rect, radius - 1, None, theme.colour("focus"), 2)
