"""One chart with its title, its table, what it stands on, and the menu to take it away."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import fonts
from annotator.gui.analyse import chart_paint
from annotator.gui.analyse.chart import Chart
from annotator.gui.analyse.chart_model import TableModel
from annotator.gui.analyse.chart_paint import Ink
from annotator.gui.analyse.grid import NOTHING, Grid, Target, shown
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.panes import EmptyState, label

PICTURES = (("png", "Save as picture (PNG)…"), ("svg", "Save as picture (SVG)…"), ("csv", "Save as table (CSV)…"))
_WIDEST = 320  # px of a table's column
_MEASURED = 50  # rows that say how wide a table's columns are


class ChartPanel(QWidget):
    """`opened` carries the Target of a cell; `save_asked` how to save it: png, svg or csv."""

    opened = Signal(Target)
    save_asked = Signal(str)
    table_asked = Signal()

    def __init__(self, slug: str, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        """`slug` is the chart's part of the names of files."""
        super().__init__(parent)
        self.slug, self.title = slug, title
        self.heading = label(title, 15, QFont.Weight.DemiBold)
        self.subtitle = label(size=12, tone="third")
        self.caption = label(size=12, tone="third")
        self.caption.setWordWrap(True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.scale = _Scale(theme)
        self.stack = _Stack(self)
        self.chart = Chart(title, theme, self.stack)
        self.table = _Table(f"{title}, as a table", self.stack)
        self._menu: QMenu | None = None
        head = QWidget(self)
        head.setFixedHeight(fonts.px(32))  # also without the fields that some have in it
        self.head = QHBoxLayout(head)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.head.setSpacing(8)
        self.head.addWidget(self.heading)
        self.head.addStretch(1)
        self.head.addWidget(self.subtitle)
        self.nothing = EmptyState("")
        if inside := self.nothing.layout():
            inside.setContentsMargins(0, 8, 0, 8)  # in line with the heading
        for page in (self.chart, self.table, self.nothing):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(6))
        column.addWidget(head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.scale)
        column.addWidget(self.caption)
        column.addStretch(0)
        self.column = column
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.chart.opened.connect(self.opened)
        self.chart.menu_asked.connect(self.ask_menu)
        self.table.customContextMenuRequested.connect(lambda at: self.ask_menu(self.table.viewport().mapToGlobal(at)))

    @property
    def grid(self) -> Grid:
        return self.chart.grid

    def set_grid(self, grid: Grid, subtitle: str = "", caption: str = "", scale: str = "") -> None:
        """Show this; `scale` names what the heat measures."""
        if self.stack.currentWidget() is self.nothing:
            self.stack.setCurrentWidget(self.chart)
        self.chart.set_grid(grid)
        self.table.set_grid(grid)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.caption.setText(caption)
        self.caption.setVisible(bool(caption))
        self.scale.set_name(scale)
        self.scale.setVisible(bool(scale) and not self.shows_table())
        self.updateGeometry()

    def set_nothing(self, heading: str, text: str = "") -> None:
        """Say why there is no chart."""
        self.set_grid(NOTHING)
        self.nothing.set_texts(heading, text)
        self.stack.setCurrentWidget(self.nothing)

    def set_styles(self, styles: LabelStyles) -> None:
        self.chart.set_styles(styles)

    def shows_table(self) -> bool:
        return self.stack.currentWidget() is self.table

    def show_table(self, as_table: bool) -> None:
        """Show the chart as its table, or the chart again; the keyboard stays in it."""
        if as_table == self.shows_table() or self.stack.currentWidget() is self.nothing:
            return
        had_focus = self.chart.hasFocus() or self.table.hasFocus()
        self.stack.setCurrentWidget(self.table if as_table else self.chart)
        self.scale.setVisible(bool(self.scale.name) and not as_table)
        if had_focus:
            self.take_focus()

    def take_focus(self) -> None:
        """Let the keyboard into the chart, or its table."""
        (self.table if self.shows_table() else self.chart).setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_menu(self, place: QPoint) -> None:
        """Offer to save or copy the chart."""
        self._menu = QMenu(self)
        self._menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries: list[tuple[str, Callable[[], object]]] = [
            ("Show as chart\tT" if self.shows_table() else "Show as table\tT", self.table_asked.emit),
            ("Copy table", self.copy_table),
        ]
        for text, call in entries:
            self._menu.addAction(text).triggered.connect(lambda _checked=False, call=call: call())
        self._menu.addSeparator()
        for kind, text in PICTURES:
            self._menu.addAction(text).triggered.connect(lambda _checked=False, kind=kind: self.save_asked.emit(kind))
        self._menu.setEnabled(not self.grid.empty)
        self._menu.popup(place)

    def copy_table(self) -> None:
        """Put the table on the clipboard, as spreadsheets take it."""
        rows = [self.grid.table.heads, *self.grid.table.rows]
        lines = ["\t".join(" ".join(shown(value).split()) for value in row) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))


class _Stack(QStackedWidget):
    """As large as the page that is shown, not as the largest."""

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        page = self.currentWidget()
        return page.sizeHint() if page else QSize()

    def minimumSizeHint(self) -> QSize:
        """Called by Qt."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page else QSize()


class _Table(QTableView):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._model = TableModel(self)
        self._sized: tuple[tuple[str, ...], bool] = (), False  # the heads that columns are sized for, and with rows
        self.setModel(self._model)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(fonts.px(28))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def set_grid(self, grid: Grid) -> None:
        self._model.set_grid(grid)
        if self.isVisible():
            self._size_columns()

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt."""
        super().showEvent(event)
        self._size_columns()

    def _size_columns(self) -> None:
        """Make columns as wide as what is in them, once they are seen: of thousands of rows that takes a while."""
        table = self._model.grid.table
        if self._sized == (table.heads, bool(table.rows)):
            return
        self._sized = table.heads, bool(table.rows)
        self.resizeColumnsToContents()
        for section in range(self._model.columnCount()):
            width = min(self.columnWidth(section) + 12, fonts.px(_WIDEST))
            self.setColumnWidth(section, width)

    def keyboardSearch(self, _text: str) -> None:
        """No search by typing: letters are the window's keys."""

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(fonts.px(480), fonts.px(28) * (min(len(self._model.grid.table.rows), 12) + 1) + 8)

    def minimumSizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(fonts.px(240), fonts.px(120))


class _Scale(QWidget):
    """The legend of the heat."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name = ""
        self._theme = theme
        self.setFixedHeight(fonts.px(22))

    def set_name(self, name: str) -> None:
        self.name = name
        self.setAccessibleName(f"Scale of {name}: 0 to 1 in fifths" if name else "")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        chart_paint.paint_scale(painter, QRectF(self.rect()), self.name, Ink(self._theme, LabelStyles((), self._theme)))
        painter.end()
