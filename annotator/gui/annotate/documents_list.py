"""The rows of the documents: as high as their titles need where they are few, all of one height where they are many."""

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView

from annotator.gui.widgets.uniform_list import UniformList


def _by_count(name: str) -> Any:
    """What both kinds of list do: rows worked out by division where there are many, Qt's own where there are few."""
    many, few = getattr(UniformList, name), getattr(QListView, name)

    def call(self: "DocumentsList", *arguments: Any) -> Any:
        return (many if self.uniformItemSizes() else few)(self, *arguments)

    return call


class DocumentsList(UniformList):
    """Rows are as high as their titles need at the list's width; of very many, all are of one height.

    Laying 100,000 rows out asked Python for each of them: up to a second, after every tag.
    """

    doItemsLayout = _by_count("doItemsLayout")
    dataChanged = _by_count("dataChanged")
    rowsInserted = _by_count("rowsInserted")
    updateGeometries = _by_count("updateGeometries")
    verticalOffset = _by_count("verticalOffset")
    visualRect = _by_count("visualRect")
    indexAt = _by_count("indexAt")
    scrollTo = _by_count("scrollTo")
    moveCursor = _by_count("moveCursor")
    setSelection = _by_count("setSelection")
    visualRegionForSelection = _by_count("visualRegionForSelection")
    paintEvent = _by_count("paintEvent")
    mouseMoveEvent = _by_count("mouseMoveEvent")
    sizeHint = _by_count("sizeHint")
    minimumSizeHint = _by_count("minimumSizeHint")

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Called by Qt, whose moved picture of the rows would leave some where they were."""
        super().scrollContentsBy(dx, dy)
        if self.uniformItemSizes():
            self.viewport().update()

    def set_many(self, many: bool, height: int) -> None:
        """Give all rows one height, px, or each its own."""
        self._row_height = height
        self.setUniformItemSizes(many)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt. Titles may need more lines, or fewer."""
        if self.uniformItemSizes():
            super().resizeEvent(event)
            return
        QListView.resizeEvent(self, event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
