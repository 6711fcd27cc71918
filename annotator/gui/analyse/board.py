"""The charts side by side, or one below the other where there is little room; which of them, the section says."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.analyse.behind_pane import BehindPane
from annotator.gui.analyse.measure_bar import MeasureChoice, SlowBar
from annotator.gui.analyse.panel import ChartPanel
from annotator.gui.analyse.side import AGREEMENT, LABELS, OVERVIEW
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.panes import ground, rule

NARROW = 860  # px of the board under which nothing stands side by side
_MATCHED = "Attributes and relations of matched spans"
_SIDE, _TOP, _GAP = 28, 14, 40
_BEHIND_WIDTH, _BEHIND_LEAST = 400, 240


class Board(QWidget):
    """All charts of Analyse, laid out for a section; what stands behind a figure keeps its place while they scroll."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """`build` puts it together."""
        super().__init__(parent)
        self._theme = theme
        self.section = OVERVIEW
        self._opened: ChartPanel | None = None
        self._shape: tuple[object, ...] = ()

    def build(self) -> Iterator[None]:
        """Put the charts together, two a step at most."""
        theme = self._theme
        self._area = QScrollArea(self)
        self._content = content = QWidget()
        ground(content, "surface")
        self._area.setWidget(content)  # before anything is in it
        self.labels = ChartPanel("labels", "Labels by document", theme, content)
        self.pairs = ChartPanel("agreement", "Agreement", theme, content)
        yield
        self.by_document = ChartPanel("agreement-by-document", "Agreement by document", theme, content)
        self.gold = ChartPanel("agreement-with-gold", "Annotators against gold", theme, content)
        yield
        self.matched = ChartPanel("agreement-on-attributes", _MATCHED, theme, content)
        self.panels = (self.labels, self.pairs, self.by_document, self.gold, self.matched)
        self.behind = BehindPane(theme)
        self.behind.setMinimumHeight(fonts.px(_BEHIND_LEAST))
        self.measure = MeasureChoice(theme)
        self.slow = SlowBar()
        self.pairs.head.addWidget(self.measure)
        self.pairs.column.insertWidget(1, self.slow)
        self.slow.hide()
        self._rule = rule()
        self._lay_out()

    def set_styles(self, styles: LabelStyles) -> None:
        """Paint the labels like this."""
        for panel in self.panels:
            panel.set_styles(styles)
        self.behind.set_styles(styles)

    def show_section(self, section: str) -> None:
        """Show the charts of a section."""
        self.section = section
        self._area.verticalScrollBar().setValue(0)
        self.arrange()

    def in_section(self) -> list[ChartPanel]:
        """Return the charts that are shown, in their order."""
        return [part for part in self._wanted() if isinstance(part, ChartPanel)]

    def set_opened(self, panel: ChartPanel | None) -> None:
        """Say of which chart something is listed: where there is little room, the list stands below it, or nowhere."""
        self._opened = panel
        self.arrange()

    def reveal(self, part: QWidget) -> None:
        """Scroll so that a part is seen, where it isn't."""
        if self._content.isAncestorOf(part):
            self._area.ensureWidgetVisible(part, 0, fonts.px(_TOP))

    def arrange(self) -> None:
        """Lay the charts out anew where section, room or what there is to show is another."""
        wide = self._wide()
        wanted = self._wanted()
        shape = (self.section, wide, *map(id, wanted))
        if shape == self._shape:
            return
        self._shape = shape
        self._take_away(wanted)
        self._beside.setVisible(wide and self.section == AGREEMENT)
        if not wide or self.section == LABELS:
            self._below_each_other(wanted)
        elif self.section == AGREEMENT:
            self._below_each_other([part for part in wanted if part is not self.behind])
            self._beside_column.addWidget(self.behind)
        else:
            self._side_by_side(wanted)

    def _below_each_other(self, parts: list[QWidget]) -> None:
        for row, part in enumerate(parts):
            self._grid.addWidget(part, row, 0)
        stretched = parts.index(self.behind) if self.behind in parts else len(parts)
        self._grid.setRowStretch(stretched, 1)
        self._share(1, 0)

    def _side_by_side(self, parts: list[QWidget]) -> None:
        upper, lower = parts[:2], parts[2:]
        for column, part in enumerate(upper):
            self._grid.addWidget(part, 0, column)
        self._rule.show()
        self._grid.addWidget(self._rule, 1, 0, 1, 2)
        for column, part in enumerate(lower):
            self._grid.addWidget(part, 2, column, 1, 2 if len(lower) == 1 else 1)
        self._grid.setRowStretch(2, 1)
        self._share(6, 5)

    def _wide(self) -> bool:
        return self.width() >= fonts.px(NARROW)

    def _wanted(self) -> list[QWidget]:
        parts = self._parts()
        if not self._wide():
            parts.remove(self.behind)
            if self._opened in parts:
                parts.insert(parts.index(self._opened) + 1, self.behind)
        return parts

    def _parts(self) -> list[QWidget]:
        if self.section == LABELS:
            return [self.labels, self.behind]
        by_document = [] if self.by_document.grid.empty else [self.by_document]
        if self.section == OVERVIEW:
            return [self.labels, self.pairs, *by_document, self.behind]
        extra = [panel for panel in (*by_document, self.gold, self.matched) if not panel.grid.empty]
        return [self.pairs, *extra, self.behind]

    def _share(self, left: int, right: int) -> None:
        self._grid.setColumnStretch(0, left)
        self._grid.setColumnStretch(1, right)
        self._grid.setHorizontalSpacing(fonts.px(_GAP) if right else 0)

    def _take_away(self, wanted: list[QWidget]) -> None:
        for part in (*self.panels, self.behind, self._rule):
            self._grid.removeWidget(part)
            self._beside_column.removeWidget(part)
            if part.parent() is not self._content:
                part.setParent(self._content)
            part.setVisible(part in wanted)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)

    def _lay_out(self) -> None:
        margins = fonts.px(_SIDE), fonts.px(_TOP), fonts.px(_SIDE), fonts.px(_TOP)
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(*margins)
        self._grid.setVerticalSpacing(fonts.px(18))
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._beside = QWidget()
        self._beside.setFixedWidth(fonts.px(_BEHIND_WIDTH))
        line = QFrame()
        line.setProperty("rule", True)
        line.setFixedWidth(1)
        self._beside_column = QVBoxLayout()
        self._beside_column.setContentsMargins(fonts.px(20), margins[1], fonts.px(20), margins[3])
        beside = QHBoxLayout(self._beside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(line)
        beside.addLayout(self._beside_column, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._area, 1)
        row.addWidget(self._beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self.arrange()
