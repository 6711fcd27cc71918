"""How a candidate's card is painted: key, signs and votes; label; words; attributes, relations and notes."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui import fonts
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.review.cards import Card
from annotator.gui.review.words import Words
from annotator.gui.theme import LabelStyle, Theme
from annotator.gui.widgets import lines, paint, signs
from annotator.gui.widgets.paint import RowState

CARD_ROLE = Qt.ItemDataRole.UserRole
GAP = 8  # px between two cards
_SIDE, _PAD, _RADIUS = 16, 11, 8
_HEAD, _CHIP = 20, 20
_WORDS, _LINE = 15, 21
_FACTS = 17
_NOTE_LINES = 3
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class _Body:
    """The parts of a card below its head, laid out."""

    words: Words
    attributes: Words
    relations: Words
    notes: list[list[str]]


class CardDelegate(QStyledItemDelegate):
    """`styles` is read at every paint; `sans` chooses the face of the words."""

    def __init__(self, view: QListView, theme: Theme, styles: Mapping[str, LabelStyle]) -> None:
        super().__init__(view)
        self.theme, self.styles, self.sans = theme, styles, False
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self.height(index.data(CARD_ROLE), self._view.width()))

    def height(self, card: Card, width: int) -> int:
        """Return the px that a card takes in a list of `width` px, with the gap below."""
        inner = width - 2 * (_SIDE + _PAD)
        body = self._body(card, inner)
        high = 2 * _PAD + fonts.px(_HEAD) + (fonts.px(_CHIP) + 6 if card.shows_label else 0)
        high += 6 + body.words.height(inner)
        high += sum(4 + part.height(inner) for part in (body.attributes, body.relations) if part.height(inner))
        return high + sum(4 + len(note) * fonts.px(_FACTS) for note in body.notes) + GAP

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        card: Card = index.data(CARD_ROLE)
        whole = QRectF(option.rect).adjusted(_SIDE, 0, 0, -GAP)
        whole.setRight(self._view.width() - _SIDE)  # the scroll bar stands in the margin, and changes no card
        self._paint_frame(painter, whole, row_state(option))
        inner = whole.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        self._paint_head(painter, QRectF(inner.left(), inner.top(), inner.width(), fonts.px(_HEAD)), card)
        style, top = self.styles[card.label], inner.top() + fonts.px(_HEAD)
        if card.shows_label:
            wide = min(inner.width(), paint.name_chip_width(style))
            paint.name_chip(painter, QRectF(inner.left(), top + 6, wide, fonts.px(_CHIP)), style)
            top += fonts.px(_CHIP) + 6
        self._paint_body(painter, QRectF(inner.left(), top + 6, inner.width(), inner.bottom() - top), card, style)

    def _paint_frame(self, painter: QPainter, whole: QRectF, state: RowState) -> None:
        fill = self.theme.colour("accent-soft" if state.focused else "surface")
        if state.chosen:
            paint.box(painter, whole, _RADIUS, fill, self.theme.colour("accent"), 2)
        else:
            paint.box(painter, whole, _RADIUS, fill, self.theme.colour("control" if state.hover else "line2"))

    def _paint_head(self, painter: QPainter, row: QRectF, card: Card) -> None:
        left, middle = row.left(), row.center().y()
        if card.key:
            cap, high = paint.key_cap_width(card.key), fonts.px(18)
            paint.key_cap(painter, QRectF(left, round(middle - high / 2), cap, high), card.key, self.theme)
            left += cap + 8
        left = signs.draw_row(painter, left, middle, card.signs, self.theme, most=5) + 8
        right = row.right()
        if card.suggested:
            font, said = fonts.ui(12, QFont.Weight.DemiBold), "Suggested"
            right -= QFontMetricsF(font).horizontalAdvance(said) + 1
            rect = QRectF(right, row.top(), row.right() - right + 1, row.height())
            paint.text_in(painter, rect, said, font, self.theme.colour("accent"), Qt.AlignmentFlag.AlignLeft)
            right -= 8
        rect = QRectF(left, row.top(), right - left, row.height())
        said = card.votes or card.names[0]
        paint.text_in(painter, rect, said, fonts.ui(12), self.theme.colour("text3"), Qt.AlignmentFlag.AlignLeft)

    def _paint_body(self, painter: QPainter, room: QRectF, card: Card, style: LabelStyle) -> None:
        body = self._body(card, int(room.width()))
        body.words.draw(painter, room, self.theme, style)
        top = room.top() + body.words.height(room.width())
        for part in (body.attributes, body.relations):
            if high := part.height(room.width()):
                rect = QRectF(room.left(), top + 4, room.width(), high)
                part.draw(painter, rect, self.theme, style, "text3")
                top += 4 + high
        for note in body.notes:
            rect = QRectF(room.left(), top + 4, room.width(), len(note) * fonts.px(_FACTS))
            lines.draw(painter, rect, note, _fact_font(), self.theme.colour("text2"), fonts.px(_FACTS))
            top += 4 + rect.height()

    def _body(self, card: Card, width: int) -> _Body:
        font = fonts.reading_font(fonts.px(_WORDS), sans=self.sans)
        facts, high = _fact_font(), fonts.px(_FACTS)
        notes = [lines.broken(f"{sign}: {note}", facts, width, _NOTE_LINES) for sign, note in card.notes]
        return _Body(
            Words(card.words, font, fonts.px(_LINE)),
            Words(card.attributes, facts, high, most=4),
            Words(card.relations, facts, high, most=4),
            notes,
        )


def _fact_font() -> QFont:
    return fonts.ui(12)
