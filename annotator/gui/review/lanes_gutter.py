"""The margin at the left of a text under review: whose lanes a line has, and ◆ where it has gold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.gui import fonts
from annotator.gui.review.lanes import GOLD_LANE, SIGNS
from annotator.gui.review.lanes_paint import paint_gold_sign
from annotator.gui.text.gutters import Gutter, Page
from annotator.gui.text.metrics import PAD, SIZE, Metrics
from annotator.gui.text.place import OnPage, line_box, shows_text
from annotator.gui.widgets.wording import plain_tooltip

_AT = 16  # px from the signs' middle to the column
_WIDE = 16
_LETTER, _MARK, _SMALLEST = 8.5, 13.0, 7.0  # px; the first two at the usual reading size
_GOLD = 3.5  # px from the middle of ◆ to its corners


class LanesPage(Page, Protocol):
    """What the margin asks the text."""

    def metrics(self) -> Metrics: ...
    def sign_of(self, lane: int) -> str: ...
    def lane_said(self, place: OnPage, lane: int) -> str: ...


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign of a lane beside a row; `box` is in px of the margin."""

    place: OnPage
    lane: int
    box: QRect


class SignGutter(Gutter):
    """Says whose the lanes are on the lines where they marked something; in full in the tooltip."""

    def __init__(self, page: LanesPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._text = page

    def signs(self) -> Iterator[Sign]:
        """Yield the signs that are in sight."""
        metrics = self._text.metrics()
        step = metrics.lane_step
        left = self.width() + PAD - _AT - _WIDE // 2
        for place in (each for each in self._text.places() if shows_text(each, metrics)):
            for lane in {piece.lane for piece in place.row.pieces}:
                if lane is not None:
                    top, height = line_box(place, lane, metrics)
                    yield Sign(place, lane, QRect(left, top + height // 2 - step // 2, _WIDE, step))

    def event(self, event: QEvent) -> bool:
        """Called by Qt. The mouse has a sign read out."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = plain_tooltip(self.said_at(event.pos()))
            QToolTip.showText(event.globalPos(), text, self, QRect(event.pos(), event.pos()))
            return True
        return super().event(event)

    def said_at(self, point: QPoint) -> str:
        """Return whose lane the sign at a point stands for; empty where there is none."""
        sign = next((sign for sign in self.signs() if sign.box.contains(point)), None)
        return self._text.lane_said(sign.place, sign.lane) if sign else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        scale = self._text.metrics().size / SIZE
        letters, marks = self._font(_LETTER * scale), self._font(_MARK * scale)
        for sign in self.signs():
            if not sign.box.intersects(event.rect()):
                continue
            if sign.lane == GOLD_LANE:
                centre = QPointF(sign.box.center()) + QPointF(0.5, 0.5)
                paint_gold_sign(painter, centre, _GOLD * scale, self._text.token("text2"))
            else:
                painter.setPen(self._text.token("text3"))
                letter = self._text.sign_of(sign.lane)
                painter.setFont(marks if letter in SIGNS else letters)  # = is flat: as a letter it can't be made out
                _paint_letter(painter, sign.box, letter)

    def _font(self, size: float) -> QFont:
        font = fonts.ui(_LETTER, QFont.Weight.DemiBold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # a letter's height isn't to be rounded up
        # In points: Qt has px in whole numbers only, and half a px counts here.
        font.setPointSizeF(max(_SMALLEST, size) * 72 / self.logicalDpiY())
        return font


def _paint_letter(painter: QPainter, box: QRect, letter: str) -> None:
    """Paint a sign with its ink in the box's middle: a J that reaches below its line would stand in the next lane."""
    ink = QFontMetricsF(painter.font()).tightBoundingRect(letter)
    middle = QRectF(box).center()
    painter.drawText(QPointF(middle.x() - ink.center().x(), middle.y() - ink.center().y()), letter)
