"""Rows of the registry's lists: any kind of thing, worded and painted by a few functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.gui import fonts
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.panes import SIDE
from annotator.gui.widgets.uniform_list import UniformList
from annotator.gui.widgets.wording import plain_tooltip

TWO_LINES, ONE_LINE = 46, 32
_ROW_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_BEFORE = 0.4  # of a row, for the text before the words
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look:
    """How a row is painted: its name, what stands below in small, and a figure at the right.

    With `around`, texts before and after the name, these stand beside it, cut where there is no room.
    """

    name: str
    below: str = ""
    figure: str = ""
    spoken: str = ""
    around: tuple[str, str] | None = None


class _Model(QAbstractListModel, Generic[T]):
    def __init__(self, look: Callable[[T], Look], parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.rows: list[T] = []

    def set_rows(self, rows: Sequence[T]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        look = self.look(self.rows[index.row()])
        if role == _ROW_ROLE:
            return look
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return look.spoken or look.name
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return look.below
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{look.name}\n{look.below}" if look.below else look.name)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, height: int, side: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._height, self._side = height, side

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, fonts.px(self._height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look: Look = index.data(_ROW_ROLE)
        whole, align = QRectF(option.rect), Qt.AlignmentFlag
        inset = self._side - 10
        state, ground = row_state(option), whole.adjusted(inset, 0, -inset, 0)
        paint.row_ground(painter, ground, self.theme, state)
        if state.chosen:
            paint.row_bar(painter, ground, self.theme)
        left, right = whole.left() + self._side, whole.right() - self._side
        if look.figure:
            font = fonts.ui(12)
            wide = QFontMetricsF(font).horizontalAdvance(look.figure) + 1
            figure = QRectF(right - wide, whole.top(), wide, whole.height())
            paint.text_in(painter, figure, look.figure, font, self.theme.colour("text3"), align.AlignRight)
            right -= wide + 12
        top, high = whole.top(), whole.height()
        if look.below:
            line = fonts.px(18)
            top = whole.top() + (whole.height() - 2 * line) / 2
            high = line
            small = QRectF(left, top + line, right - left, line)
            paint.text_in(painter, small, look.below, fonts.ui(11), self.theme.colour("text3"), align.AlignLeft)
        name = QRectF(left, top, right - left, high)
        if look.around is not None:
            self._in_context(painter, name, look.name, look.around)
            return
        font = fonts.ui(13, QFont.Weight.Medium)
        paint.text_in(painter, name, look.name, font, self.theme.colour("text"), align.AlignLeft)

    def _in_context(self, painter: QPainter, rect: QRectF, words: str, around: tuple[str, str]) -> None:
        """Words in strong letters, with so much before them that they are always in sight, and what is after."""
        before, after = around
        plain, strong = fonts.ui(13), fonts.ui(13, QFont.Weight.DemiBold)
        metrics, align = QFontMetricsF(plain), Qt.AlignmentFlag.AlignLeft
        before = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, rect.width() * _BEFORE)
        left = rect.left()
        for text, font, token in ((before, plain, "text2"), (words, strong, "text"), (after, plain, "text2")):
            room = QRectF(left, rect.top(), max(0.0, rect.right() - left), rect.height())
            paint.text_in(painter, room, text, font, self.theme.colour(token), align)
            left += QFontMetricsF(font).horizontalAdvance(text)


class Rows(UniformList, Generic[T]):
    """A list of any things. `chosen` carries the row a person chose, `opened` the one Enter or a double click took."""

    chosen = Signal(int)
    opened = Signal(int)
    removed = Signal(int)

    def __init__(
        self, name: str, look: Callable[[T], Look], theme: Theme, height: int = TWO_LINES, side: int = SIDE
    ) -> None:
        super().__init__(fonts.px(height))
        self.setAccessibleName(name)
        self._telling = True
        self.rows_model: _Model[T] = _Model(look, self)
        self.setModel(self.rows_model)
        self._delegate = _Delegate(theme, height, side, self)
        self.setItemDelegate(self._delegate)
        self.selectionModel().selectionChanged.connect(self._selected)
        self.activated.connect(lambda index: self.opened.emit(index.row()))

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    @property
    def rows(self) -> list[T]:
        """What is shown."""
        return self.rows_model.rows

    def set_rows(self, rows: Sequence[T], chosen: int | None = None) -> None:
        """Show these rows, one of them chosen, without a signal; the list stays where it is scrolled to."""
        self._telling = False
        scrolled = self.verticalScrollBar().value()
        if list(rows) != self.rows:
            self.rows_model.set_rows(rows)
            self.updateGeometries()
            self.verticalScrollBar().setValue(scrolled)
        if chosen is None or not 0 <= chosen < len(rows):
            self.selectionModel().clear()
        elif self.chosen_row() != chosen:
            self.setCurrentIndex(self.rows_model.index(chosen))
            self.scrollTo(self.rows_model.index(chosen))
        self._telling = True

    def chosen_row(self) -> int | None:
        """The row that is chosen."""
        found = self.selectionModel().selectedRows()
        return found[0].row() if found else None

    def chosen_thing(self) -> T | None:
        """What is chosen."""
        row = self.chosen_row()
        return None if row is None else self.rows[row]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen_row()
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif row is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    def _selected(self) -> None:
        row = self.chosen_row()
        if self._telling and row is not None:
            self.chosen.emit(row)
