"""How the rows of the queue are painted: a group's head with its count, or an item with the signs behind it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.review import Kind
from annotator.gui import fonts, icons
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.review.queue_model import ROW_ROLE, Head, QueueRow, named
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets import paint, signs

ROW = 32
MERGE = "Merge all"
_CHIP, _SIDE, _INSET, _GAP = 18, 16, 6, 4
_SIZES = (3, 4, 7, 8, 9, 10, 14, 26, _CHIP, signs.SIZE)
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_Index = QModelIndex | QPersistentModelIndex


class QueueDelegate(QStyledItemDelegate):
    """`styles` is read at every paint; with `merging` the head of the unanimous items has a button."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.styles = LabelStyles((), theme)
        self._px = {size: fonts.px(size) for size in _SIZES}  # as the rows' height: once, and not with every paint
        self.merging = False
        self.over_button = False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Called by Qt."""
        return QSize(0, fonts.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Called by Qt."""
        row, whole = index.data(ROW_ROLE), QRectF(option.rect)
        state = row_state(option)
        ground = whole.adjusted(_INSET, 0, -_INSET, 0)
        paint.row_ground(painter, ground, self.theme, state)
        if isinstance(row, Head):
            self._paint_head(painter, whole, row)
            return
        if state.chosen and state.active:
            paint.row_bar(painter, ground, self.theme)
        self._paint_item(painter, whole, row)

    def button_rect(self, whole: QRectF) -> QRectF:
        """Return where the button of the unanimous items is in the rectangle of their head."""
        width = QFontMetricsF(_button_font()).horizontalAdvance(MERGE) + 2 * self._px[9]
        height = self._px[26]
        return QRectF(whole.right() - _SIDE + 4 - width, whole.top() + (whole.height() - height) // 2, width, height)

    def has_button(self, head: Head) -> bool:
        """Whether a group's head has a button."""
        return self.merging and head.kind is Kind.UNANIMOUS

    def _paint_head(self, painter: QPainter, whole: QRectF, head: Head) -> None:
        size = self._px[14]
        mark = QRectF(whole.left() + _SIDE - 2, whole.top() + (whole.height() - size) // 2, size, size)
        icon = "chevron-right" if head.folded else "chevron-down"
        icons.paint(painter, mark, icon, self.theme.colour("icon"))
        left = mark.right() + self._px[7]
        right = whole.right() - _SIDE
        if self.has_button(head):
            button = self.button_rect(whole)
            fill = self.theme.colour("hover" if self.over_button else "surface")
            paint.box(painter, button, 6, fill, self.theme.colour("line2"))
            paint.centred_text(painter, button, MERGE, _button_font(), self.theme.colour("text"))
            right = button.left() - self._px[10]
        count, tone = f"{head.count:,}", self.theme.colour("text3")
        font = fonts.tabular(fonts.ui(13))
        paint.text_in(painter, QRectF(left, whole.top(), right - left, whole.height()), count, font, tone, _RIGHT)
        words = QRectF(
            left, whole.top(), right - left - QFontMetricsF(font).horizontalAdvance(count) - 8, whole.height()
        )
        title = fonts.ui(13, QFont.Weight.Medium)
        paint.text_in(painter, words, named(head.kind), title, self.theme.colour("text"), _LEFT)

    def _paint_item(self, painter: QPainter, whole: QRectF, row: QueueRow) -> None:
        chip = self._px[_CHIP]
        top = whole.top() + (whole.height() - chip) // 2
        if row.label:
            paint.letter_chip(painter, QRectF(whole.left() + _SIDE, top, chip, chip), self.styles[row.label])
        left = whole.left() + _SIDE + chip + self._px[8]
        right = self._paint_signs(painter, whole, row)
        if row.reopened:
            right = self._paint_reopened(painter, whole, right)
        words = QRectF(left, whole.top(), right - self._px[8] - left, whole.height())
        paint.text_in(painter, words, row.words, fonts.ui(13), self.theme.colour("text"), _LEFT)

    def _paint_signs(self, painter: QPainter, whole: QRectF, row: QueueRow) -> float:
        """Paint who agrees, a line, and who doesn't, to the right edge; return where they begin."""
        right = whole.right() - _SIDE
        right = self._paint_side(painter, whole, right, row.others)
        if row.agree and row.others:
            x = round(right - self._px[3])
            line = self.theme.colour("control")
            painter.fillRect(QRectF(QPointF(x, whole.top() + 9), QPointF(x + 1, whole.bottom() - 8)), line)
            right = x - self._px[4]
        return self._paint_side(painter, whole, right, row.agree)

    def _paint_side(self, painter: QPainter, whole: QRectF, right: float, side: Sequence[str]) -> float:
        size = self._px[signs.SIZE]
        top = whole.top() + (whole.height() - size) // 2
        for sign in reversed(side):
            signs.draw(painter, QRectF(right - size, top, size, size), sign, self.theme)
            right -= size + _GAP
        return right

    def _paint_reopened(self, painter: QPainter, whole: QRectF, right: float) -> float:
        """Say that an item was decided before: a word on `warn-soft`."""
        font, word = fonts.ui(11, QFont.Weight.Medium), "again"
        width = QFontMetricsF(font).horizontalAdvance(word) + 10
        height = self._px[18]
        box = QRectF(right - width - 2, whole.top() + (whole.height() - height) // 2, width, height)
        paint.box(painter, box, 4, self.theme.colour("warn-soft"), None)
        paint.centred_text(painter, box, word, font, self.theme.colour("warn"))
        return box.left()


def _button_font() -> QFont:
    return fonts.ui(12, QFont.Weight.Medium)
