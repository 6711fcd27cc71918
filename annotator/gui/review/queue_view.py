"""The list `Queue`: a click on a group's head folds it, its button merges; Enter and arrows do the same."""

from PySide6.QtCore import QEvent, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from annotator.gui import fonts
from annotator.gui.review.queue_delegate import ROW, QueueDelegate
from annotator.gui.review.queue_model import Head, QueueModel
from annotator.gui.theme import Theme
from annotator.gui.widgets.uniform_list import UniformList

_FOLDS = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QueueView(UniformList):
    """`row_asked` with the row of an item that is to be shown; `left` when Enter leads into it."""

    row_asked = Signal(int)
    merge_asked = Signal()
    left = Signal()

    def __init__(self, model: QueueModel, theme: Theme) -> None:
        super().__init__(fonts.px(ROW))
        self.setAccessibleName("Queue")
        self.setModel(model)
        self._model = model
        self.delegate = QueueDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self.selectionModel().currentChanged.connect(self._current_changed)

    def choose_row(self, row: int) -> None:
        """Show a row as the one that is shown, without a signal; -1 for none."""
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._model.index(row, 0) if row >= 0 else QModelIndex())
        self.selectionModel().blockSignals(False)
        if row >= 0:
            self.scrollTo(self._model.index(row, 0))
        self.viewport().update()

    def _current_changed(self, now: QModelIndex) -> None:
        if now.isValid() and not isinstance(self._model.row_at(now.row()), Head):
            self.row_asked.emit(now.row())

    def _fold(self, head: Head, folded: bool) -> None:
        row = self.currentIndex().row()
        self._model.fold(head.kind, folded)
        self.choose_row(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        index = self.indexAt(event.position().toPoint())
        row = self._model.row_at(index.row()) if index.isValid() else None
        if isinstance(row, Head) and event.button() == Qt.MouseButton.LeftButton:
            if self._on_button(index, row, event):
                self.merge_asked.emit()
            else:
                self._model.fold(row.kind, not row.folded)
                self.choose_row(index.row())
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Called by Qt. Two quick clicks on a head are two."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and isinstance(self._model.row_at(index.row()), Head):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self._model.row_at(index.row()) if index.isValid() else None
        self._light_button(isinstance(row, Head) and self._on_button(index, row, event))

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        self._light_button(False)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt."""
        index = self.currentIndex()
        row = self._model.row_at(index.row()) if index.isValid() else None
        key = Qt.Key(event.key())
        if isinstance(row, Head) and (key in _FOLDS or key in (*_ENTER, Qt.Key.Key_Space)):
            self._fold(row, _FOLDS.get(key, not row.folded))
        elif row is not None and key in _ENTER:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_button(self, index: QModelIndex, head: Head, event: QMouseEvent) -> bool:
        if not self.delegate.has_button(head):
            return False
        return self.delegate.button_rect(QRectF(self.visualRect(index))).contains(event.position())

    def _light_button(self, over: bool) -> None:
        if over != self.delegate.over_button:
            self.delegate.over_button = over
            self.viewport().update()
