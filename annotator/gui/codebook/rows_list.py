"""A short list whose rows can be moved: by dragging, or with Alt+Up and Alt+Down. As high as its rows."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QSizePolicy, QWidget

from annotator.gui.codebook.in_sight import show_in_area
from annotator.gui.theme import Theme

ROW_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")


class RowsModel(QAbstractListModel, Generic[T]):
    """Rows of any kind; `spoken` words one for assistive technology."""

    def __init__(self, spoken: Callable[[T], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._spoken = spoken
        self.rows: tuple[T, ...] = ()

    def set_rows(self, rows: Sequence[T]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(row)
        return None


class RowsList(QListView, Generic[T]):
    """`row_chosen` when a person chooses one, `row_moved` with its row and the place it shall have, counted from 0."""

    row_chosen = Signal(int)
    row_moved = Signal(int, int)
    row_opened = Signal(int)  # Enter, or a double click
    delete_pressed = Signal(int)
    menu_asked = Signal(int, QPoint)  # row, global place

    def __init__(
        self, name: str, spoken: Callable[[T], str], theme: Theme, *, movable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._movable = theme, movable
        self._pressed: tuple[int, QPoint] | None = None
        self._drop: int | None = None
        self._telling = True
        self.rows_model: RowsModel[T] = RowsModel(spoken, self)
        self.setModel(self.rows_model)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.selectionModel().selectionChanged.connect(self._selected)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.itemDelegate().theme = theme  # type: ignore[attr-defined] # each of ours has one
        self.viewport().update()

    def set_rows(self, rows: Sequence[T], chosen: int | None) -> None:
        """Show these rows, one of them chosen, without a signal."""
        if tuple(rows) != self.rows_model.rows or len(rows) == 0:
            current = self.currentIndex().row()
            self._quietly(lambda: self.rows_model.set_rows(rows))
            if chosen is None and 0 <= current < len(rows):
                self._quietly(lambda: self._go_to(current, select=False))
        self.choose(chosen)
        self._fit()

    def choose(self, row: int | None) -> None:
        """Choose a row, or none, without a signal."""
        if row is None:
            self._quietly(self.selectionModel().clearSelection)
        elif 0 <= row < len(self.rows_model.rows):
            self._quietly(lambda: self._go_to(row, select=True))
            self._show_in_area(row)

    def chosen_row(self) -> int | None:
        """The row that is chosen."""
        found = self.selectionModel().selectedIndexes()
        return found[0].row() if found else None

    def set_movable(self, movable: bool) -> None:
        self._movable = movable

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alone = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if self._step(event) or (event.key() == Qt.Key.Key_Delete and alone):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, step = self.currentIndex().row(), self._step(event)
        if step:
            if self._movable and row >= 0 and 0 <= row + step < len(self.rows_model.rows):
                self.row_moved.emit(row, row + step)
        elif event.key() == Qt.Key.Key_Escape and self._drop is not None:
            self._end_drag()
        elif row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setCurrentIndex(self.rows_model.index(row, 0))
            self.row_opened.emit(row)
        elif row >= 0 and event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit(row)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """No search by typing: rows are few."""

    @staticmethod
    def _step(event: QKeyEvent) -> int:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.AltModifier:
            return 0
        return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self._pressed = index.row(), event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if not event.buttons():
            super().mouseMoveEvent(event)
        elif self._pressed and self._movable:
            far = (point - self._pressed[1]).manhattanLength() >= QApplication.startDragDistance()
            if far or self._drop is not None:
                self._drop = self._gap_at(point.y())
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
                self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, drop = self._pressed, self._drop
        self._end_drag()
        if drop is None or pressed is None:
            super().mouseReleaseEvent(event)
            return
        place = drop - 1 if drop > pressed[0] else drop
        if place != pressed[0]:
            self.row_moved.emit(pressed[0], place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.row_opened.emit(index.row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).bottomLeft() if by_key else event.pos()
            self.menu_asked.emit(index.row(), self.viewport().mapToGlobal(place))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop is not None:
            painter = QPainter(self.viewport())
            painter.fillRect(
                6, self._gap_y(self._drop) - 1, self.viewport().width() - 12, 2, self._theme.colour("accent")
            )
            painter.end()

    def _gap_at(self, y: int) -> int:
        """The gap between rows that is nearest to `y`: 0 is above the first row."""
        gaps = range(len(self.rows_model.rows) + 1)
        return min(gaps, key=lambda gap: abs(self._gap_y(gap) - y))

    def _gap_y(self, gap: int) -> int:
        if gap < len(self.rows_model.rows):
            return max(1, self.visualRect(self.rows_model.index(gap, 0)).top())
        return self.visualRect(self.rows_model.index(gap - 1, 0)).bottom()

    def _end_drag(self) -> None:
        self._pressed = self._drop = None
        self.viewport().unsetCursor()
        self.viewport().update()

    # Inside

    def _selected(self) -> None:
        row = self.chosen_row()
        if self._telling and row is not None:
            self._show_in_area(row)
            self.row_chosen.emit(row)

    def _go_to(self, row: int, *, select: bool) -> None:
        flag = self.selectionModel().SelectionFlag
        command = flag.ClearAndSelect if select else flag.NoUpdate
        self.selectionModel().setCurrentIndex(self.rows_model.index(row, 0), command)

    def _quietly(self, call: Callable[[], object]) -> None:
        self._telling = False
        try:
            call()
        finally:
            self._telling = True

    def _fit(self) -> None:
        """Be as high as the rows are at this width."""
        self.scheduleDelayedItemsLayout()
        heights = (
            self.sizeHintForIndex(self.rows_model.index(row, 0)).height() for row in range(self.rows_model.rowCount())
        )
        self.setFixedHeight(max(1, sum(heights)))

    def _show_in_area(self, row: int) -> None:
        show_in_area(self.viewport(), self.visualRect(self.rows_model.index(row, 0)))
