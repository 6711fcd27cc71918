"""The list of hits: a click shows one, the box before it picks it; Space and Enter do the same."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent

from annotator.gui import fonts
from annotator.gui.find.hits_delegate import CHECK_ZONE, ROW, HitsDelegate
from annotator.gui.find.hits_model import HitsModel
from annotator.gui.theme import Theme
from annotator.gui.widgets.uniform_list import UniformList


class HitsView(UniformList):
    """`row_asked` with the row to show in the text; `picks_changed` when boxes were ticked."""

    row_asked = Signal(int)
    picks_changed = Signal()

    def __init__(self, model: HitsModel, theme: Theme) -> None:
        super().__init__(fonts.px(ROW))
        self.setAccessibleName("Hits")
        self.setModel(model)
        self._model = model
        self.delegate = HitsDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self._ticked = -1  # the row that was ticked last
        self.clicked.connect(lambda index: self.row_asked.emit(index.row()))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Called by Qt, whose moved picture of the rows would leave some where they were."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt. At the left a press ticks; with Shift all rows from the one that was ticked before."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if not index.isValid() or point.x() >= fonts.px(CHECK_ZONE) or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setCurrentIndex(index)
        row = index.row()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and 0 <= self._ticked < self._model.rowCount():
            self._model.pick(min(row, self._ticked), max(row, self._ticked))
        else:
            self._model.toggle(row)
        self._ticked = row
        self.picks_changed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Called by Qt. Where a press ticked, its release is no click."""
        if event.position().toPoint().x() >= fonts.px(CHECK_ZONE):
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Called by Qt. Two quick ticks are two."""
        if event.position().toPoint().x() < fonts.px(CHECK_ZONE):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt."""
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._model.pick_all(True)
            self.picks_changed.emit()
        elif event.key() == Qt.Key.Key_Space and row >= 0:
            self._model.toggle(row)
            self._ticked = row
            self.picks_changed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.row_asked.emit(row)
        else:
            super().keyPressEvent(event)
