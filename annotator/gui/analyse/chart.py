"""A chart on the screen: a table of cells that are painted, walked with the arrows, opened with Enter or a click."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.gui import fonts
from annotator.gui.analyse import chart_paint, geometry
from annotator.gui.analyse.chart_model import ChartModel
from annotator.gui.analyse.chart_paint import CellState, Ink
from annotator.gui.analyse.grid import Grid, Lazy, Target
from annotator.gui.theme import LabelStyles, Theme

_Index = QModelIndex | QPersistentModelIndex
_MEASURED = 50  # rows whose titles say how wide titles are
_MOST_HEIGHT = geometry.HEAD + 13 * geometry.HEAT_ROW  # px that a chart asks for; the rest scrolls


class _Head(QHeaderView):
    """Paints titles or chips; nothing can be dragged or pressed."""

    def __init__(self, orientation: Qt.Orientation, chart: "Chart") -> None:
        super().__init__(orientation, chart)
        self._chart = chart
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:
        """Called by Qt, which would else ask for hundreds of titles: the chart says how large it is."""
        return self.minimumSize()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Called by Qt."""
        grid, area = self._chart.grid, QRectF(rect)
        if self.orientation() == Qt.Orientation.Horizontal:
            named = self._chart.named
            chart_paint.paint_column(painter, area, grid.columns[section], grid, self._chart.ink, named=named)
        else:
            chart_paint.paint_title(painter, area, grid.rows[section], self._chart.ink)


class _Cells(QStyledItemDelegate):
    def __init__(self, chart: "Chart") -> None:
        super().__init__(chart)
        self._chart = chart

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Called by Qt."""
        place = index.row(), index.column()
        state: QStyle.StateFlag = option.state
        flags = QStyle.StateFlag
        shown = CellState(
            hover=bool(state & flags.State_MouseOver),
            focused=self._chart.hasFocus() and self._chart.currentIndex() == index,
            opened=self._chart.opened_place == place,
        )
        area = QRectF(option.rect)
        chart_paint.paint_cell(painter, area, self._chart.grid, place, self._chart.ink, shown)


class Chart(QTableView):
    """`opened` carries the Target of a cell that was pressed or entered."""

    opened = Signal(Target)
    menu_asked = Signal(object)
    """The place, global, where a menu is wanted."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ink = Ink(theme, LabelStyles((), theme))
        self.opened_place: tuple[int, int] | None = None
        self.named = True
        self._titles: list[float] = []  # widths, px
        self._model = ChartModel(self)
        self.setAccessibleName(name)
        self.setProperty("chart", True)
        self.setModel(self._model)
        self.setItemDelegate(_Cells(self))
        self.setHorizontalHeader(_Head(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Head(Qt.Orientation.Vertical, self))
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._open)

    @property
    def grid(self) -> Grid:
        """What is shown."""
        return self._model.grid

    def set_grid(self, grid: Grid) -> None:
        """Show another chart; the cell that the keyboard is in stays where it is possible."""
        current, rows = self.currentIndex(), self.grid.rows
        place = current.row(), current.column()
        if self._model.set_grid(grid):
            self.opened_place = None
            measured = [*grid.rows[:_MEASURED], *grid.rows[-1:]]  # of very many documents the first
            fonts_of = ((QFontMetricsF(chart_paint.title_font(row)), row.title) for row in measured)
            self._titles = [metrics.horizontalAdvance(title) for metrics, title in fonts_of]
            self._size_sections()
            if grid.rows == rows or self.hasFocus():
                self.setCurrentIndex(self._model.index(max(0, place[0]), max(0, place[1])))
            self.updateGeometry()
        self.viewport().update()

    def set_styles(self, styles: LabelStyles) -> None:
        """Paint the labels like this."""
        self.ink = Ink(self.ink.theme, styles)
        self._repaint()

    def set_theme(self, theme: Theme) -> None:
        self.ink = Ink(theme, self.ink.styles)
        self._repaint()

    def show_opened(self, target: Target | None) -> None:
        """Leave the cell that was opened marked where it stands for this; else none is."""
        place = self.opened_place
        if place is None or place[0] >= len(self.grid.rows) or self.grid.cells[place[0]][place[1]].target != target:
            self.opened_place = None
        self.viewport().update()

    # Sizes

    def sizeHint(self) -> QSize:
        """Called by Qt: a dozen rows at most, though it may grow to show them all."""
        return QSize(fonts.px(480), min(self._whole_height(), fonts.px(_MOST_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """Called by Qt: a few rows, the rest scrolls."""
        return QSize(fonts.px(240), min(self.sizeHint().height(), fonts.px(geometry.HEAD + 4 * geometry.BAR_ROW)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._size_sections()

    def _whole_height(self) -> int:
        heights = self.verticalHeader().length()
        bar = fonts.px(12) if self._needs_width() > self.width() else 0
        return heights + fonts.px(geometry.HEAD) + bar + 2

    def _needs_width(self) -> int:
        return self.verticalHeader().width() + self.horizontalHeader().length()

    def _size_sections(self) -> None:
        grid, room = self.grid, self.width() - 2
        titles = geometry.title_width(self._titles, room)
        self.verticalHeader().setFixedWidth(titles)
        self.horizontalHeader().setFixedHeight(fonts.px(geometry.HEAD))
        self._size_rows()
        bar = self.verticalScrollBar().sizeHint().width() if self.verticalScrollBar().maximum() else 0
        widths = geometry.column_widths(grid, room - titles - bar)
        self.named = chart_paint.names_fit(grid, widths)
        for section, width in enumerate(widths):
            self.horizontalHeader().resizeSection(section, width)
        self.setMaximumHeight(self._whole_height())

    def _size_rows(self) -> None:
        """Make rows as high as they are to be, one by one only where they differ."""
        plain, header = fonts.px(geometry.row_height(self.grid)), self.verticalHeader()
        if header.defaultSectionSize() != plain:
            header.setDefaultSectionSize(plain)
        if isinstance(self.grid.rows, Lazy):
            return
        for section, height in enumerate(geometry.row_heights(self.grid)):
            if header.sectionSize(section) != fonts.px(height):
                header.resizeSection(section, fonts.px(height))

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt. Enter opens; letters and figures are the window's keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """No search by typing."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt. What can be opened looks so."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        can_open = index.isValid() and self._model.cell(index).target is not None
        shape = Qt.CursorShape.PointingHandCursor if can_open else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def focusInEvent(self, event: QEvent) -> None:
        """Called by Qt. The keyboard is in a cell from the first."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid() and not self.grid.empty:
            self.setCurrentIndex(self._model.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Called by Qt."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_asked.emit(place)

    def _open(self, index: QModelIndex) -> None:
        target = self._model.cell(index).target if index.isValid() else None
        if target is not None:
            self.opened_place = index.row(), index.column()
            self.viewport().update()
            self.opened.emit(target)

    def _repaint(self) -> None:
        for widget in (self.viewport(), self.horizontalHeader().viewport(), self.verticalHeader().viewport()):
            widget.update()
