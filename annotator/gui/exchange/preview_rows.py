"""The table of a preview: for each annotator the documents, with what comes in, changes and goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.gui import fonts
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.exchange.words import row_words
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import counted, plain_tooltip

if TYPE_CHECKING:
    from annotator.domain.work import WorkRow

ROW = 30
_ROW_ROLE = Qt.ItemDataRole.UserRole
_SIDE, _GAP = 14, 12
_COLUMNS = (
    ("new", 48, "Spans that come in"),
    ("changed", 64, "Spans that are otherwise there"),
    ("deleted", 60, "Spans that were deleted there"),
    ("same", 52, "Spans that are the same"),
    ("kept", 48, "Spans that are newer here and stay"),
    ("relations", 72, "Relations that come in, change or go"),
    ("state", 44, "The document’s state"),
)
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Heading:
    """The row above the documents of one annotator."""

    annotator: str
    documents: int

    @property
    def words(self) -> str:
        return f"{self.annotator or 'Documents'}, {counted(self.documents, 'document')}"


def rows_of(rows: "Sequence[WorkRow]") -> "list[Heading | WorkRow]":
    """Return the rows by annotator, each under their name, documents in the order in which they come."""
    found: list[Heading | WorkRow] = []
    for name, mine in groupby(sorted(rows, key=lambda row: row.annotator), key=lambda row: row.annotator):
        some = list(mine)
        found += [Heading(name, len(some)), *some]
    return found


def column_rights(width: float) -> Iterator[tuple[str, float, float]]:
    """Yield each column's name, its right edge and its width, for a table of this width."""
    right = width - _SIDE
    for name, wide, _ in reversed(_COLUMNS):
        yield name, right, fonts.px(wide)
        right -= fonts.px(wide) + _GAP


class TableHead(QWidget):
    """The names of the columns, where the columns are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = label("Document", 12, tone="third")
        self._document.setParent(self)
        self._names = {name: label(name.capitalize(), 12, tone="third") for name, _, _ in _COLUMNS}
        for name, _, tip in _COLUMNS:
            self._names[name].setParent(self)
            self._names[name].setAlignment(_RIGHT | Qt.AlignmentFlag.AlignVCenter)
            self._names[name].setToolTip(tip)
        self.setFixedHeight(fonts.px(26))

    def resizeEvent(self, _event: object) -> None:
        """Called by Qt."""
        self._document.setGeometry(_SIDE, 0, fonts.px(160), self.height())
        for name, right, wide in column_rights(self.width()):
            self._names[name].setGeometry(round(right - wide - 8), 0, round(wide + 8), self.height())


class WorkModel(QAbstractListModel):
    """The rows; assistive technology reads each as a sentence."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Heading | WorkRow] = []

    def set_rows(self, rows: "Sequence[WorkRow]") -> None:
        self.beginResetModel()
        self.rows = rows_of(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Called by Qt."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _ROW_ROLE:
            return row
        words = row.words if isinstance(row, Heading) else f"{row.heading}: {row_words(row)}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(words[:1000])
        return None


class WorkDelegate(QStyledItemDelegate):
    """An annotator's name, or a document with its figures; a figure that is nothing is a dot."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, fonts.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Called by Qt."""
        row = index.data(_ROW_ROLE)
        whole = QRectF(option.rect)
        state = row_state(option)
        shown = paint.RowState(hover=state.hover and not isinstance(row, Heading), focused=state.focused)
        paint.row_ground(painter, whole.adjusted(4, 1, -4, -1), self._theme, shown)
        if isinstance(row, Heading):
            room = whole.adjusted(_SIDE, 0, -_SIDE, 0)
            bold = fonts.ui(13, QFont.Weight.DemiBold)
            paint.text_in(painter, room, row.annotator or "Documents", bold, self._theme.colour("text"), _LEFT)
            return
        self._paint_row(painter, whole, row)

    def _paint_row(self, painter: QPainter, whole: QRectF, row: "WorkRow") -> None:
        theme, left = self._theme, whole.left() + _SIDE
        figures = {name: getattr(row.spans, name) for name in ("new", "changed", "deleted", "same", "kept")}
        figures["relations"] = row.relations.taken
        edge = whole.right()
        for name, right, wide in column_rights(whole.width()):
            cell = QRectF(whole.left() + right - wide, whole.top(), wide, whole.height())
            edge = min(edge, cell.left())
            if name == "state":
                size = fonts.px(16)
                box = QRectF(cell.right() - size, cell.center().y() - size / 2, size, size)
                if row.state is not None:
                    paint.state_icon(painter, box, row.state, theme)
                continue
            count = figures[name]
            tone = "text3" if not count or name in ("same", "kept") else "danger" if name == "deleted" else "text"
            figure = fonts.tabular(fonts.ui(13, QFont.Weight.Medium if count else QFont.Weight.Normal))
            paint.text_in(painter, cell, f"{count:,}" if count else "·", figure, theme.colour(tone), _RIGHT)
        room = QRectF(left, whole.top(), edge - left - _GAP, whole.height())
        paint.text_in(painter, room, row.heading, fonts.ui(13), theme.colour("text2"), _LEFT)
