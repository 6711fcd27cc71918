"""Analyse: sections and choices at the left, the charts in the middle; or what to do where there is nothing to show."""

import time
from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.change import ChangeSet
from annotator.domain.codebook import Codebook
from annotator.errors import AnnotatorError
from annotator.gui import fonts
from annotator.gui.actions import Actions
from annotator.gui.analyse.behind import Found
from annotator.gui.analyse.board import Board
from annotator.gui.analyse.panel import ChartPanel
from annotator.gui.analyse.saving import Saving
from annotator.gui.analyse.side import Side
from annotator.gui.analyse.wiring import AnalyseWiring
from annotator.gui.modes import Mode, OpenProject
from annotator.gui.theme import Theme
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.foot import Foot
from annotator.gui.widgets.panes import EmptyState, ground

WIDTH = 224
_PATIENCE_S, _SAY_EACH_S = 0.4, 0.1
_STOP = "Stop"


class AnalyseMode(Mode):
    """Assembles the parts; `wiring` lets them speak with the project."""

    panel_names = "Fi&gures panel", "Ri&ght panel"
    foot_keys = (("Table view", ("T",)),)

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._annotator = actions, ""
        self._reading_since: float | None = None  # of time.monotonic
        self._said: float | None = None
        self._theme = theme

    def build(self) -> Iterator[None]:
        """Put the parts together, a chart or two a step."""
        theme = self._theme
        self.side = Side(theme)
        yield
        self._middle = QWidget(self)
        ground(self._middle, "surface")
        self.stack = QStackedWidget(self._middle)
        self.board = Board(theme, self.stack)
        yield from self.board.build()
        yield
        self.banner = Banner(theme)
        self.empty = EmptyState("", middle=True)
        self.wiring = AnalyseWiring(self.board, self.side, self)
        self.saving = Saving(self.board, self.wiring, self)
        yield
        self._lay_out()
        self._connect()
        self.wiring.set_theme(theme)

    # What the window tells

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What the actions do that are this mode's alone."""
        return {"figure_tables": self.toggle_table, "export_figures": self.saving.ask}

    def set_project(self, project: OpenProject) -> None:
        """Show this project's figures from now on."""
        self._annotator = project.annotator
        self.saving.set_worker(project.worker)
        self.wiring.set_project(project.worker, project.codebook)
        if self.isVisible():
            self.wiring.enter()

    def set_codebook(self, codebook: Codebook) -> None:
        """Count and paint these labels."""
        self.wiring.set_codebook(codebook)

    def apply(self, change_set: ChangeSet) -> None:
        """Read again what a commit touched, at once or when the mode is shown."""
        self.wiring.apply(change_set)

    def set_theme(self, theme: Theme) -> None:
        """Paint with this theme from now on; the parts are told apart (`spread_theme`)."""
        self.wiring.set_theme(theme)

    def enter(self) -> None:
        """Read what isn't known, and take the keyboard."""
        self.wiring.enter()
        self.take_focus()

    def conditions(self) -> set[str]:
        """Which of the action table's conditions hold here."""
        return {"figures"} if self.shows_figures() else set()

    def show_foot(self, foot: Foot) -> None:
        """Say of when the figures are."""
        foot.set_annotator(self._annotator)
        foot.show_place(f"Figures of {self.wiring.clock}" if self.wiring.clock else "")

    def panels(self) -> tuple[bool, bool]:
        """Whether the left panel is shown; there is no right one."""
        return not self.side.isHidden(), False

    def show_panel(self, side: str, shown: bool) -> None:
        """Show or hide the panel at the left."""
        if side == "left":
            self.side.setVisible(shown)

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt. Nothing is read or measured for a mode that isn't shown."""
        super().hideEvent(event)
        if self.complete and not event.spontaneous():
            self.wiring.leave()

    # What it shows

    def shows_figures(self) -> bool:
        """Whether there is anything to show as a table, or to save."""
        return self.stack.currentWidget() is self.board and any(not panel.grid.empty for panel in self.board.panels)

    def show_section(self, name: str) -> None:
        """Show one of the sections."""
        self.side.show_section(name)
        self.board.show_section(name)

    def show_empty(self, heading: str, text: str, button: str) -> None:
        """Say that there is nothing to show, and what to do."""
        self.empty.set_texts(heading, text, button)
        self.stack.setCurrentWidget(self.empty)

    def show_board(self) -> None:
        """Show the charts."""
        self.stack.setCurrentWidget(self.board)

    def toggle_table(self) -> None:
        """Show the charts as their tables, or as charts again: the one with the keyboard, or all that are shown."""
        focused = QApplication.focusWidget()
        panels = [panel for panel in self.board.in_section() if focused and panel.isAncestorOf(focused)]
        panels = panels or self.board.in_section()
        as_table = not all(panel.shows_table() for panel in panels if not panel.grid.empty)
        for panel in panels:
            panel.show_table(as_table)
        QTimer.singleShot(0, lambda: self.board.reveal(panels[0]))

    def take_focus(self) -> None:
        """Let the keyboard begin in the first chart."""
        if self.stack.currentWidget() is self.empty:
            self.empty.button.setFocus()
            return
        first = next((panel for panel in self.board.in_section() if not panel.grid.empty), None)
        (first.take_focus if first else self.side.sections[self.board.section].setFocus)()

    def next_pane(self, step: int) -> None:
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
        self.board.reveal(pane)

    def _back_to_chart(self) -> None:
        opened = (panel for panel in self.board.in_section() if panel.chart.opened_place is not None)
        panel = next(opened, None) or next(iter(self.board.in_section()))
        panel.take_focus()

    def _lay_out(self) -> None:
        self.stack.addWidget(self.board)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        self.addWidget(self.side)
        self.addWidget(self._middle)
        self.setSizes([fonts.px(WIDTH), fonts.px(1216)])
        self.setStretchFactor(1, 1)

    def _connect(self) -> None:
        self.side.section_chosen.connect(self.show_section)
        self.side.export.clicked.connect(self.saving.ask)
        self.empty.pressed.connect(self._empty_pressed)
        self.side.stop_asked.connect(self.wiring.stop)
        self.wiring.progress.connect(self._progress)
        for panel in self.board.panels:
            panel.table_asked.connect(self.toggle_table)
        self.board.behind.left.connect(self._back_to_chart)
        self.board.behind.shown.connect(self._lead_to)
        self.wiring.failed.connect(self._failed)
        self.wiring.empty.connect(self.show_empty)
        self.wiring.shown.connect(self._shown)
        self.wiring.measuring.arrived.connect(self._say_conditions)

    def _shown(self) -> None:
        if self.wiring.has_figures:
            self.show_board()
        self._say_conditions()

    def _say_conditions(self) -> None:
        self.side.export.setEnabled(self.shows_figures())
        self.conditions_changed.emit()

    def _progress(self, read: int, of: int) -> None:
        """Say how far reading is, where it takes its time."""
        now = time.monotonic()
        if not of:
            self._reading_since = self._said = None
            self.side.show_reading("")
            return
        self._reading_since = self._reading_since or now
        if now - self._reading_since < _PATIENCE_S or now - (self._said or 0) < _SAY_EACH_S:
            return
        self._said, said = now, f"{read:,} of {of:,} documents are read"
        if self.wiring.has_figures:
            self.side.show_reading(said)
        else:
            self.show_empty("Reading the project", f"{said}.", _STOP)
            self.side.export.setEnabled(False)

    def _empty_pressed(self) -> None:
        if self.empty.button.text() == _STOP:
            self.wiring.stop()
        elif self.wiring.stopped:
            self.wiring.read()
        else:
            self.place_wanted.emit("", "", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt with keys that nothing else took. Escape stops reading."""
        if event.key() == Qt.Key.Key_Escape and self.wiring.stop():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _failed(self, error: AnnotatorError) -> None:
        self.banner.show_notice("danger", str(error))

    def _lead_to(self, found: Found) -> None:
        self.place_wanted.emit(found.document, found.span, found.item)
