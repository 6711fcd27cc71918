"""How one row of the list of documents is painted: state, title in two lines, outlet and date, number of spans."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.document import DocumentStatus
from annotator.gui import fonts
from annotator.gui.annotate.documents_model import STATUS_ROLE, byline
from annotator.gui.theme import Theme
from annotator.gui.widgets import lines, paint
from annotator.gui.widgets.wording import counted

_INSET = 6  # of a row from the panel's sides
_TEXT_LEFT = 44
_TEXT_RIGHT = 18
_PAD = 8
_LINE = 17
_BYLINE = 18


def row_state(option: QStyleOptionViewItem) -> paint.RowState:
    """Read how a row stands from what a view hands to its delegate."""
    state = option.state
    flag = QStyle.StateFlag
    return paint.RowState(
        hover=bool(state & flag.State_MouseOver),
        pressed=bool(state & flag.State_Sunken),
        chosen=bool(state & flag.State_Selected),
        focused=bool(state & flag.State_HasFocus and state & flag.State_KeyboardFocusChange),
        active=option.widget.isActiveWindow(),  # State_Active is off in a list without the focus
    )


class DocumentsDelegate(QStyledItemDelegate):
    """Paints rows of DocumentStatus. A title of one line makes a lower row."""

    def __init__(self, view: QListView, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        count = 2
        if not self._view.uniformItemSizes():
            heading = index.data(Qt.ItemDataRole.DisplayRole)
            wide = QFontMetricsF(_title_font()).horizontalAdvance(heading[:200]) > self._text_width()
            count = 2 if wide else 1
        return QSize(0, fonts.px(2 * _PAD + count * _LINE + _BYLINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        status: DocumentStatus = index.data(STATUS_ROLE)
        state = row_state(option)
        whole = QRectF(option.rect)
        row = whole.adjusted(_INSET, 0, -_INSET, 0)
        paint.row_ground(painter, row, self.theme, state)
        if state.chosen:
            paint.row_bar(painter, row, self.theme)
        size, pad = fonts.px(16), fonts.px(_PAD)
        icon = QRectF(whole.left() + 18, whole.top() + pad + 1, size, size)
        paint.state_icon(painter, icon, status.state, self.theme)
        self._paint_texts(painter, whole, status)

    def _paint_texts(self, painter: QPainter, whole: QRectF, status: DocumentStatus) -> None:
        pad, line = fonts.px(_PAD), fonts.px(_LINE)
        text = whole.adjusted(fonts.px(_TEXT_LEFT), pad, -_TEXT_RIGHT, -pad)
        title = _title_font()
        shown = lines.broken(status.document.heading, title, text.width(), 2)
        lines.draw(painter, text, shown, title, self.theme.colour("text"), line)
        below = QRectF(text.left(), text.top() + len(shown) * line + 1, text.width(), fonts.px(_BYLINE))
        font, tone = fonts.tabular(fonts.ui(12)), self.theme.colour("text3")
        count = counted(status.spans, "span") if status.spans else ""
        room = QFontMetricsF(font).horizontalAdvance(count) + 12 if count else 0
        paint.text_in(painter, below.adjusted(0, 0, -room, 0), byline(status), font, tone, Qt.AlignmentFlag.AlignLeft)
        if count:
            paint.text_in(painter, below, count, font, tone, Qt.AlignmentFlag.AlignRight)

    def _text_width(self) -> float:
        return self._view.viewport().width() - fonts.px(_TEXT_LEFT) - _TEXT_RIGHT


def tallest() -> int:
    """Return the height of a row whose title has two lines, px."""
    return fonts.px(2 * _PAD + 2 * _LINE + _BYLINE)


def _title_font() -> QFont:
    return fonts.ui(13, QFont.Weight.Medium)
