"""Analyse: sections and choices at the left, the charts in the middle; or what to do where there is nothing to show."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.analyse.board import Board
from annotator.gui.analyse.panel import ChartPanel
from annotator.gui.analyse.side import Side
from annotator.gui.theme import Theme
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.panes import EmptyState, ground

WIDTH = 224


class AnalyseMode(QSplitter):
    """The widgets of the mode; `AnalyseWiring` lets them speak with the project."""

    section_shown = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.side = Side(theme)
        self.board = Board(theme)
        self.banner = Banner(theme)
        self.empty = EmptyState("", middle=True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.board)
        self.stack.addWidget(self.empty)
        middle = QWidget()
        ground(middle, "surface")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        self.addWidget(self.side)
        self.addWidget(middle)
        self.setSizes([fonts.px(WIDTH), fonts.px(1216)])
        self.setStretchFactor(1, 1)
        self.side.section_chosen.connect(self.show_section)
        for panel in self.board.panels:
            panel.table_asked.connect(self.toggle_table)
        self.board.behind.left.connect(self._back_to_chart)

    def show_section(self, name: str) -> None:
        """Show one of the sections."""
        self.side.show_section(name)
        self.board.show_section(name)
        self.section_shown.emit(name)

    def show_empty(self, heading: str, text: str, button: str) -> None:
        """Say that there is nothing to show, and what to do."""
        self.empty.set_texts(heading, text, button)
        self.stack.setCurrentWidget(self.empty)
        self.side.export.setEnabled(False)

    def show_board(self) -> None:
        """Show the charts."""
        self.stack.setCurrentWidget(self.board)
        self.side.export.setEnabled(True)

    def toggle_table(self) -> None:
        """Show the charts as their tables, or as charts again: the one with the keyboard, or all that are shown."""
        focused = QApplication.focusWidget()
        panels = [panel for panel in self.board.in_section() if focused and panel.isAncestorOf(focused)]
        panels = panels or self.board.in_section()
        as_table = not all(panel.shows_table() for panel in panels if not panel.grid.empty)
        for panel in panels:
            panel.show_table(as_table)

    def take_focus(self) -> None:
        """Let the keyboard begin in the first chart."""
        if self.stack.currentWidget() is self.empty:
            self.empty.button.setFocus()
            return
        first = next((panel for panel in self.board.in_section() if not panel.grid.empty), None)
        (first.take_focus if first else self.side.sections[self.board.section].setFocus)()

    def go_to_pane(self, step: int) -> None:
        """F6: from the left side to each chart and to what is behind it, and round again."""
        panes: list[QWidget] = [self.side, *self.board.in_section(), self.board.behind]
        panes = [pane for pane in panes if pane.isVisible()]
        focused = QApplication.focusWidget()
        place = next((at for at, pane in enumerate(panes) if focused and pane.isAncestorOf(focused)), -1)
        pane = panes[(place + step) % len(panes)]
        if isinstance(pane, ChartPanel):
            pane.take_focus()
        elif pane is self.side:
            self.side.sections[self.board.section].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.board.behind.take_focus()
        self.board.ensureWidgetVisible(pane)

    def _back_to_chart(self) -> None:
        opened = (panel for panel in self.board.in_section() if panel.chart.opened_place is not None)
        panel = next(opened, None) or next(iter(self.board.in_section()))
        panel.take_focus()
