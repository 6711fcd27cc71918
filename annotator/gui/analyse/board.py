"""The charts side by side, or one below the other where there is little room; which of them, the section says."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from annotator.gui import fonts
from annotator.gui.analyse.behind_pane import BehindPane
from annotator.gui.analyse.measure_bar import MeasureChoice, SlowBar
from annotator.gui.analyse.panel import ChartPanel
from annotator.gui.analyse.side import AGREEMENT, LABELS, OVERVIEW
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.panes import ground, rule

NARROW = 860  # px of the board under which nothing stands side by side
_SIDE, _TOP, _GAP = 28, 18, 40


class Board(QScrollArea):
    """All charts of Analyse, laid out for a section."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.labels = ChartPanel("labels", "Labels by document", theme)
        self.pairs = ChartPanel("agreement", "Agreement", theme)
        self.by_document = ChartPanel("agreement-by-document", "Agreement by document", theme)
        self.gold = ChartPanel("agreement-with-gold", "Annotators against gold", theme)
        self.matched = ChartPanel("agreement-on-attributes", "Attributes and relations of matched spans", theme)
        self.panels = (self.labels, self.pairs, self.by_document, self.gold, self.matched)
        self.behind = BehindPane(theme)
        self.measure = MeasureChoice(theme)
        self.slow = SlowBar()
        self.pairs.head.addWidget(self.measure)
        self.pairs.column.insertWidget(1, self.slow)
        self.slow.hide()
        self.section = OVERVIEW
        self._parts: list[QWidget] = [*self.panels, self.behind]
        self._rules: list[QWidget] = []
        self._shape: tuple[object, ...] = ()
        self._content = QWidget()
        ground(self._content, "surface")
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(fonts.px(_SIDE), fonts.px(_TOP), fonts.px(_SIDE), fonts.px(_TOP))
        self._grid.setHorizontalSpacing(fonts.px(_GAP))
        self._grid.setVerticalSpacing(fonts.px(18))
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.arrange()

    def set_styles(self, styles: LabelStyles) -> None:
        """Paint the labels like this."""
        for panel in self.panels:
            panel.set_styles(styles)
        self.behind.set_styles(styles)

    def show_section(self, section: str) -> None:
        self.section = section
        self.verticalScrollBar().setValue(0)
        self.arrange()

    def in_section(self) -> list[ChartPanel]:
        """Return the charts that are shown, in their order."""
        return [panel for panel in self._wanted() if isinstance(panel, ChartPanel)]

    def arrange(self) -> None:
        """Lay the charts out anew where section, room or what there is to show is another."""
        wide = self.viewport().width() >= fonts.px(NARROW)
        wanted = self._wanted()
        shape = (self.section, wide, *map(id, wanted))
        if shape == self._shape:
            return
        self._shape = shape
        self._clear()
        if not wide:
            for row, part in enumerate(wanted):
                self._place(part, row, 0, 1, stretch=int(part is self.behind))
            return
        beside = self.behind if self.section == AGREEMENT else None
        if beside:
            column = [part for part in wanted if part is not beside]
            for row, part in enumerate(column):
                self._grid.addWidget(part, row, 0)
            self._grid.setRowStretch(len(column), 1)
            self._grid.addWidget(beside, 0, 1, len(column) + 1, 1)
            self._share(3, 2)
        elif self.section == LABELS:
            self._place(self.labels, 0, 0, 1, stretch=3)
            self._place(self.behind, 1, 0, 1, stretch=2)
        else:
            self._overview(wanted)

    def _overview(self, wanted: list[QWidget]) -> None:
        upper, lower = wanted[:2], wanted[2:]
        for column, part in enumerate(upper):
            self._grid.addWidget(part, 0, column)
        line = rule()
        self._rules.append(line)
        self._grid.addWidget(line, 1, 0, 1, 2)
        for column, part in enumerate(lower):
            span = 2 if len(lower) == 1 else 1
            self._grid.addWidget(part, 2, column, 1, span)
        self._grid.setRowStretch(2, 1)
        self._share(6, 5)

    def _wanted(self) -> list[QWidget]:
        if self.section == LABELS:
            return [self.labels, self.behind]
        by_document = [] if self.by_document.grid.empty else [self.by_document]
        if self.section == OVERVIEW:
            return [self.labels, self.pairs, *by_document, self.behind]
        extra = [panel for panel in (*by_document, self.gold, self.matched) if not panel.grid.empty]
        return [self.pairs, *extra, self.behind]

    def _place(self, part: QWidget, row: int, column: int, columns: int, *, stretch: int) -> None:
        self._grid.addWidget(part, row, column, 1, columns)
        self._grid.setRowStretch(row, stretch)
        self._share(1, 0)

    def _share(self, left: int, right: int) -> None:
        self._grid.setColumnStretch(0, left)
        self._grid.setColumnStretch(1, right)
        self._grid.setHorizontalSpacing(fonts.px(_GAP) if right else 0)

    def _clear(self) -> None:
        shown = self._wanted()
        for part in self._parts:
            self._grid.removeWidget(part)
            part.setParent(self._content)
            part.setVisible(part in shown)
        for line in self._rules:
            self._grid.removeWidget(line)
            line.deleteLater()
        self._rules.clear()
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self.behind.setMinimumHeight(fonts.px(220))
        self.arrange()
