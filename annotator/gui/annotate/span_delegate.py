"""How one row of a list of spans is painted: letter, first words, a mark for a note; a figure where keys choose."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.span import Span
from annotator.gui import fonts, icons
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.annotate.spans_model import LACKS_ROLE, SPAN_ROLE
from annotator.gui.theme import LabelStyle, Theme
from annotator.gui.widgets import paint

ROW = 28
_CHIP = 17
_NOTE = 13


class SpanDelegate(QStyledItemDelegate):
    """`styles` is read at every paint. With `numbered` the first nine rows show their figure as a key."""

    def __init__(
        self,
        theme: Theme,
        styles: Mapping[str, LabelStyle],
        *,
        side: int = 16,
        numbered: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.styles = styles
        self._side = side
        self._numbered = numbered

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, fonts.px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        span: Span = index.data(SPAN_ROLE)
        whole = QRectF(option.rect)
        inset = min(6, self._side - 4)
        paint.row_ground(painter, whole.adjusted(inset, 0, -inset, 0), self.theme, row_state(option))
        chip = fonts.px(_CHIP)
        top = whole.top() + (whole.height() - chip) // 2
        paint.letter_chip(painter, QRectF(whole.left() + self._side, top, chip, chip), self.styles[span.label])
        left, right = whole.left() + self._side + chip + 9, whole.right() - self._side + 1
        if self._numbered and index.row() < 9:
            key, high = str(index.row() + 1), fonts.px(18)
            cap = paint.key_cap_width(key)
            paint.key_cap(
                painter, QRectF(right - cap, whole.top() + (whole.height() - high) // 2, cap, high), key, self.theme
            )
            right -= cap + 12
        marks = [("note", "icon")] if span.note else []
        marks += [("warning", "warn")] if index.data(LACKS_ROLE) else []
        for icon, token in marks:
            size = fonts.px(_NOTE)
            mark = QRectF(right - size, whole.top() + (whole.height() - size) // 2, size, size)
            icons.paint(painter, mark, icon, self.theme.colour(token))
            right -= size + 8
        words = QRectF(left, whole.top(), right - left, whole.height())
        text = index.data(Qt.ItemDataRole.DisplayRole)
        paint.text_in(painter, words, text, fonts.ui(13), self.theme.colour("text"), Qt.AlignmentFlag.AlignLeft)
