"""A list view for very many rows of one height: nothing is computed for a row that isn't on screen.

QListView asks the model about every row after each insertion (measured: 200 ms at 100,000 rows of a Python model).
This one keeps QListView's behaviour and its role for assistive technology, and works the geometry out by division.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

_Index = QModelIndex
_AnyIndex = QModelIndex | QPersistentModelIndex


class UniformList(QListView):
    """`row_hovered` carries the row under the pointer, -1 when it leaves."""

    row_hovered = Signal(int)

    def __init__(self, row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_height = row_height
        self._hovered = -1
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setDragEnabled(False)

    # Geometry, asked for by Qt.

    def sizeHint(self) -> QSize:
        return QSize(256, 0)  # it takes what is left

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    def dataChanged(self, first: _AnyIndex, last: _AnyIndex, roles: Sequence[int] = ()) -> None:
        QAbstractItemView.dataChanged(self, first, last, list(roles))  # QListView would lay out and paint all of it

    def rowsInserted(self, parent: _AnyIndex, first: int, last: int) -> None:
        QAbstractItemView.rowsInserted(self, parent, first, last)  # QListView would lay out later, and paint twice
        self.updateGeometries()
        top = first * self._row_height - self.verticalOffset()
        if top < self.viewport().height():
            self.viewport().update(0, top, self.viewport().width(), self.viewport().height() - top)

    def updateGeometries(self) -> None:
        bar = self.verticalScrollBar()
        bar.setSingleStep(self._row_height)
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, self._rows() * self._row_height - self.viewport().height()))

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def visualRect(self, index: _Index) -> QRect:  # type: ignore[override]
        if not index.isValid():
            return QRect()
        top = index.row() * self._row_height - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self._row_height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = (point.y() + self.verticalOffset()) // self._row_height
        inside = 0 <= point.x() < self.viewport().width() and 0 <= row < self._rows()
        return self.model().index(row, 0) if inside else QModelIndex()

    def scrollTo(  # type: ignore[override]
        self, index: _Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        self.updateGeometries()
        top, height, bar = index.row() * self._row_height, self.viewport().height(), self.verticalScrollBar()
        low, high = top + self._row_height - height, top
        if hint == QListView.ScrollHint.PositionAtCenter:
            bar.setValue((low + high) // 2)
        elif hint == QListView.ScrollHint.PositionAtTop or bar.value() > high:
            bar.setValue(high)
        elif hint == QListView.ScrollHint.PositionAtBottom or bar.value() < low:
            bar.setValue(low)

    def moveCursor(self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        rows, row = self._rows(), self.currentIndex().row()
        if not rows:
            return QModelIndex()
        actions, page = QAbstractItemView.CursorAction, max(1, self.viewport().height() // self._row_height - 1)
        steps = {
            actions.MoveUp: -1,
            actions.MovePrevious: -1,
            actions.MoveDown: 1,
            actions.MoveNext: 1,
            actions.MovePageUp: -page,
            actions.MovePageDown: page,
            actions.MoveHome: -rows,
            actions.MoveEnd: rows,
        }
        step = steps.get(action, 0)
        wanted = row + step if row >= 0 else (rows - 1 if step == rows else 0)
        return self.model().index(min(max(wanted, 0), rows - 1), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        self.selectionModel().select(QItemSelection(index, index) if index.isValid() else QItemSelection(), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt. The current row, if it was in sight, stays there."""
        rect = self.visualRect(self.currentIndex())
        was_seen = rect.isValid() and rect.top() >= 0 and rect.bottom() < event.oldSize().height()
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()
        if was_seen:
            self.scrollTo(self.currentIndex())

    # Painting and pointing.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        flag = QStyle.StateFlag
        base = option.state & ~(flag.State_Selected | flag.State_MouseOver | flag.State_HasFocus)
        current = self.currentIndex().row() if self.hasFocus() else -1
        first = (event.rect().top() + self.verticalOffset()) // self._row_height
        last = (event.rect().bottom() + self.verticalOffset()) // self._row_height
        for row in range(max(0, first), min(self._rows() - 1, last) + 1):
            index = self.model().index(row, 0)
            state = base
            if self.selectionModel().isSelected(index):
                state |= flag.State_Selected
            if row == self._hovered:
                state |= flag.State_MouseOver
            if row == current:
                state |= flag.State_HasFocus
            option.state = state
            option.rect = self.visualRect(index)
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        if not event.buttons():
            QAbstractItemView.mouseMoveEvent(self, event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """No search by typing: letters and figures are the window's keys."""

    def light_up(self, row: int) -> None:
        """Show `row` as if pointed at, -1 for none; no signal."""
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()
            self.row_hovered.emit(row)

    def _rows(self) -> int:
        return self.model().rowCount() if self.model() else 0
