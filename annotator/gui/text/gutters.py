"""The margins beside the text: brackets for long spans at the left, letter chips at the right.

Both are siblings of the viewport that follow the scroll bar. What stands where is worked out by free functions, so that
painting and hit testing agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.domain.span import Span
from annotator.gui.text.ink import Ink
from annotator.gui.text.metrics import (
    BRACKET_AT,
    BRACKET_FOOT,
    BRACKET_STEP,
    CHIP,
    CHIP_AT,
    CHIP_STEP,
    PAD,
)
from annotator.gui.text.place import OnPage
from annotator.gui.theme import LabelStyle
from annotator.gui.widgets.wording import plain_tooltip

if TYPE_CHECKING:
    from annotator.gui.text.relations_shown import RelationsShown

MOST_CHIPS = 5
_RIM = 1  # px that a chip's border may reach beyond it


class Page(Protocol):
    """What a gutter asks the text view."""

    def ink(self) -> Ink: ...
    def places(self) -> list[OnPage]: ...
    def long_spans(self) -> list[tuple[Span, int, int]]: ...
    def token(self, name: str) -> QColor: ...
    def span_pointed_at(self, span_id: str | None) -> None: ...
    def span_clicked(self, span_id: str) -> None: ...
    def mouse_beside(self, event: QMouseEvent) -> None: ...
    def cursor_beside(self) -> Qt.CursorShape: ...
    def chip_dragged(self, span_id: str, pressed: QPoint, pointer: QPoint) -> Qt.CursorShape | None: ...
    def chip_dropped(self, at: QPoint) -> bool: ...
    @property
    def relations(self) -> "RelationsShown": ...


@dataclass(slots=True)
class Chip:
    """A span's letter in the margin; `name` is painted beside it unless empty."""

    span: Span
    box: QRect
    name: str


@dataclass(frozen=True, slots=True)
class Bracket:
    """A long span's bracket: x of its stem, and where it begins and ends, px; None where that is out of sight."""

    span: Span
    x: int
    top: int
    bottom: int
    closed_top: bool
    closed_bottom: bool


def chips(place: OnPage, width: int, names: bool) -> tuple[list[Chip], int]:
    """Return the chips of the spans that begin on a row, for a margin of `width` px, and how many more there are."""
    begins, left = place.row.begins, CHIP_AT - PAD
    most = max(1, min(MOST_CHIPS, (width - left) // CHIP_STEP))
    shown = begins if len(begins) <= most else begins[: max(1, most - 1)]
    top = place.baseline - CHIP + 3
    name = begins[0].label if names and len(begins) == 1 else ""
    boxes = [Chip(span, QRect(left + k * CHIP_STEP, top, CHIP, CHIP), name) for k, span in enumerate(shown)]
    return boxes, len(begins) - len(shown) or place.row.hidden


def brackets(spans: Iterable[tuple[Span, int, int]], right: int, height: int) -> list[Bracket]:
    """Return brackets for spans with their top and bottom px, longest next to the column, which begins at `right`."""
    placed: list[list[tuple[int, int]]] = []
    result = []
    for span, top, bottom in sorted(spans, key=lambda item: (item[1] - item[2], item[0].start, item[0].id)):
        lane = next(
            (k for k, taken in enumerate(placed) if all(bottom <= a or b <= top for a, b in taken)), len(placed)
        )
        if lane == len(placed):
            placed.append([])
        placed[lane].append((top, bottom))
        x = right - BRACKET_AT - lane * BRACKET_STEP
        if x >= 2:
            result.append(Bracket(span, x, max(top, -8), min(bottom, height + 8), top > -8, bottom < height + 8))
    return result


def paint_chip(painter: QPainter, box: QRect, style: LabelStyle, strong: bool = False) -> None:
    """Paint a label's letter on its chip, with a border in its line's colour; thicker when the span stands out."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(style.line, 2 if strong else 1))
    painter.setBrush(style.strong)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    font = QFont(painter.font())
    font.setPixelSize(10)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(style.chip_text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, style.letter)


class Gutter(QWidget):
    """A margin of the text. Where it holds nothing, the mouse works as beside the line in the text."""

    names = True  # whether there is room for more than letters

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def span_at(self, point: QPoint) -> Span | None:  # noqa: ARG002 - here there is none
        """Return the span whose letter or bracket is at a point."""
        return None

    def brackets(self) -> list[Bracket]:
        """Return the brackets of long spans."""
        return []

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._page.token("surface"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        span = self.span_at(event.position().toPoint())
        if span is not None and event.button() is Qt.MouseButton.LeftButton:
            self._page.span_clicked(span.id)
        else:
            self._page.mouse_beside(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons():
            self._page.mouse_beside(event)
            return
        span = self.span_at(event.position().toPoint())
        if span is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self._page.span_pointed_at(span.id)
        else:
            self._page.mouse_beside(event)
            self.setCursor(self._page.cursor_beside())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._page.mouse_beside(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.span_at(event.position().toPoint()) is None:
            self._page.mouse_beside(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002
        self._page.span_pointed_at(None)


class ChipGutter(Gutter):
    """The right margin: a letter for each span, on the line where it begins; one alone carries its label's name."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._held: tuple[str, QPoint] | None = None  # the span whose letter the mouse is held on, and where (global)
        self._letters: dict[tuple[str, bool], tuple[LabelStyle, float, QPixmap]] = {}
        self._names: dict[tuple[str, int], str] = {}

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt. A press on a letter may be the beginning of a drag to the letter or the words of another."""
        span = self.span_at(event.position().toPoint()) if event.button() is Qt.MouseButton.LeftButton else None
        self._held = (span.id, event.globalPosition().toPoint()) if span else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held and event.buttons() & Qt.MouseButton.LeftButton:
            shape = self._page.chip_dragged(*self._held, event.globalPosition().toPoint())
            if shape is not None:
                self.setCursor(shape)
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, None
        if held and self._page.chip_dropped(event.globalPosition().toPoint()):
            self.setCursor(Qt.CursorShape.ArrowCursor)
            return
        super().mouseReleaseEvent(event)

    def span_at(self, point: QPoint) -> Span | None:
        for place in self._page.places():
            for chip in chips(place, self.width(), self.names)[0]:
                wide = chip.box.adjusted(-2, -4, 2 + (self.width() if chip.name else 0), 4)
                if wide.contains(point):
                    return chip.span
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._page.token("surface"))
        ink = self._page.ink()
        small = QFont(self.font())
        small.setPixelSize(11)
        painter.setFont(small)
        exposed = event.rect()
        for place in self._page.places():
            empty = not (place.row.begins or place.row.pieces)
            if empty or place.bottom < exposed.top() or place.top - CHIP > exposed.bottom():
                continue
            boxes, more = chips(place, self.width(), self.names)
            for chip in boxes:
                self._paint(painter, chip, ink, small)
            if more:
                painter.setPen(self._page.token("text3"))
                left = boxes[-1].box.left() + CHIP_STEP if boxes else CHIP_AT - PAD
                top = place.baseline - CHIP + 3
                painter.drawText(QRect(left + 2, top, 40, CHIP), Qt.AlignmentFlag.AlignVCenter, f"+{more}")

    def _paint(self, painter: QPainter, chip: Chip, ink: Ink, small: QFont) -> None:
        letter = self._letter(ink.style(chip.span.label), chip.span.id == ink.hovered)
        painter.drawPixmap(chip.box.left() - _RIM, chip.box.top() - _RIM, letter)
        if not chip.name:
            return
        left = chip.box.right() + 7
        stands_out = chip.span.id in (ink.hovered, ink.chosen)
        painter.setPen(self._page.token("text" if stands_out else "text3"))
        room = self.width() - left - 4
        name = self._names.get((chip.name, room))
        if name is None:
            name = QFontMetrics(small).elidedText(chip.name, Qt.TextElideMode.ElideRight, room)
            self._names[chip.name, room] = name
        painter.drawText(QRect(left, chip.box.top(), room, CHIP), Qt.AlignmentFlag.AlignVCenter, name)

    def _letter(self, style: LabelStyle, strong: bool) -> QPixmap:
        """Return a label's letter on its chip, drawn once: a page may have a hundred."""
        ratio, key = self.devicePixelRatioF(), (style.name, strong)
        known = self._letters.get(key)
        if known is None or known[0] is not style or known[1] != ratio:
            size = CHIP + 2 * _RIM
            picture = QPixmap(round(size * ratio), round(size * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setFont(self.font())
            paint_chip(painter, QRect(_RIM, _RIM, CHIP, CHIP), style, strong)
            painter.end()
            self._letters[key] = known = style, ratio, picture
        return known[2]

    def changeEvent(self, event: QEvent) -> None:
        """Called by Qt, of a new font among others."""
        super().changeEvent(event)
        self._letters, self._names = {}, {}


class BracketGutter(Gutter):
    """The left margin: a bracket for each span that is longer than the column is wide, and the arrows of relations."""

    def brackets(self) -> list[Bracket]:
        return brackets(self._page.long_spans(), self.width() + PAD, self.height())

    def span_at(self, point: QPoint) -> Span | None:
        for bracket in self.brackets():
            if abs(point.x() - bracket.x) <= 3 and bracket.top <= point.y() <= bracket.bottom:
                return bracket.span
        route = self._page.relations.at(self._on_page(point))
        return self._page.relations.other_end(route.wanted.relation) if route else None

    def event(self, event: QEvent) -> bool:
        """Called by Qt. The mouse has an arrow read out, whose name may have had no room."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self._page.relations.said_at(self._on_page(event.pos()).toPoint())
            QToolTip.showText(event.globalPos(), plain_tooltip(said), self, QRect(event.pos(), event.pos()))
            return True
        return super().event(event)

    def _on_page(self, point: QPoint) -> QPointF:
        """A point of this margin as px of the viewport beside it."""
        return QPointF(point.x() - self.width(), point.y())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._page.token("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._page.ink()
        for bracket in self.brackets():
            stands_out = bracket.span.id in (ink.hovered, ink.chosen)
            colour, thick = ink.style(bracket.span.label).line, 2.5 if stands_out else 1.5
            left, foot = bracket.x + 0.25 - thick / 2, BRACKET_FOOT + thick / 2
            painter.fillRect(QRectF(left, bracket.top, thick, bracket.bottom - bracket.top), colour)
            if bracket.closed_top:
                painter.fillRect(QRectF(left, bracket.top, foot, thick), colour)
            if bracket.closed_bottom:
                painter.fillRect(QRectF(left, bracket.bottom - thick, foot, thick), colour)
        painter.translate(self.width(), 0)
        self._page.relations.paint(painter)
