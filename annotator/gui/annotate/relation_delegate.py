"""How a row of a list of relations is painted: type, direction, the other span; or both spans on two lines."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.span import Span
from annotator.domain.text import first_words
from annotator.gui import fonts, icons
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.annotate.relation_rows import ROW_ROLE, RelationRow
from annotator.gui.theme import LabelStyle, Theme
from annotator.gui.widgets import paint

ROW, TWO_LINES = 28, 52
REMOVE = 24  # px at the right end of a row that take the relation away
_CHIP, _ARROW, _WARNING = 17, 13, 14
_SHOWN = 120  # code points of a span's words
_LEFT = Qt.AlignmentFlag.AlignLeft


class RelationDelegate(QStyledItemDelegate):
    """`styles` is read at every paint. With `numbered` rows show their figure as a key, with `removable` a cross."""

    def __init__(
        self,
        theme: Theme,
        styles: Mapping[str, LabelStyle],
        *,
        side: int = 16,
        numbered: bool = False,
        removable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme, self.styles = theme, styles
        self.removable = removable
        self._side, self._numbered = side, numbered

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, fonts.px(TWO_LINES if index.data(ROW_ROLE).span else ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: RelationRow = index.data(ROW_ROLE)
        whole = QRectF(option.rect)
        inset = max(0, min(6, self._side - 4))
        state = row_state(option)
        paint.row_ground(painter, whole.adjusted(inset, 0, -inset, 0), self.theme, state)
        inner = whole.adjusted(self._side, 0, -self._side, 0)
        inner = self._signs(painter, inner, row, index.row(), pointed=state.hover or state.focused)
        if row.span is None:
            self._relation(painter, inner, row)
            return
        half = fonts.px(22)
        top = whole.top() + (whole.height() - 2 * half) / 2
        self._words(painter, QRectF(inner.left(), top, inner.width(), half), row.span)
        self._relation(painter, QRectF(inner.left() + 26, top + half, inner.width() - 26, half), row)

    def _signs(self, painter: QPainter, inner: QRectF, row: RelationRow, number: int, *, pointed: bool) -> QRectF:
        """Paint what stands at the right end; returns what is left."""
        right = inner.right()
        if self._numbered and number < 9:
            key, high = str(number + 1), fonts.px(18)
            cap = paint.key_cap_width(key)
            box = QRectF(right - cap, inner.top() + (inner.height() - high) // 2, cap, high)
            paint.key_cap(painter, box, key, self.theme)
            right -= cap + 12
        if self.removable:
            token = "text" if pointed else "icon"
            self._icon(painter, right - fonts.px(REMOVE), inner, fonts.px(REMOVE), "close", token, _ARROW)
            right -= fonts.px(REMOVE)
        if row.problem:
            size = fonts.px(_WARNING)
            self._icon(painter, right - size, inner, size, "warning", "warn", _WARNING)
            right -= size + 6
        return QRectF(inner.left(), inner.top(), right - inner.left(), inner.height())

    def _relation(self, painter: QPainter, rect: QRectF, row: RelationRow) -> None:
        font = fonts.ui(12)
        said = f"{row.type} ({row.annotator})" if row.annotator else row.type
        width = min(QFontMetricsF(font).horizontalAdvance(said) + 1, rect.width() * 0.5)
        kind = QRectF(rect.left(), rect.top(), width, rect.height())
        paint.text_in(painter, kind, said, font, self.theme.colour("text2"), _LEFT)
        arrow, size = "arrow-right" if row.outwards else "arrow-left", fonts.px(_ARROW)
        left = kind.right() + 6
        self._icon(painter, left, rect, size, arrow, "text2", _ARROW)
        left += size + 7
        self._words(painter, QRectF(left, rect.top(), rect.right() - left, rect.height()), row.other)

    def _words(self, painter: QPainter, rect: QRectF, span: Span) -> None:
        chip = fonts.px(_CHIP)
        top = rect.top() + (rect.height() - chip) // 2
        paint.letter_chip(painter, QRectF(rect.left(), top, chip, chip), self.styles[span.label])
        left = rect.left() + chip + 8
        words = QRectF(left, rect.top(), max(0.0, rect.right() - left), rect.height())
        text = first_words(span.text, _SHOWN)
        paint.text_in(painter, words, text, fonts.ui(13), self.theme.colour("text"), _LEFT)

    def _icon(
        self, painter: QPainter, left: float, rect: QRectF, width: float, name: str, token: str, size: float
    ) -> None:
        drawn = fonts.px(size)
        box = QRectF(left + (width - drawn) / 2, rect.top() + (rect.height() - drawn) // 2, drawn, drawn)
        icons.paint(painter, box, name, self.theme.colour(token))
