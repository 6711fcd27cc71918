"""The place of Analyse in the window: built when it is first entered, told of projects and changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from annotator.domain.change import ChangeSet
from annotator.domain.codebook import Codebook
from annotator.gui.theme import Theme
from annotator.gui.widgets.themed import spread_theme
from annotator.gui.worker import Worker

if TYPE_CHECKING:
    from annotator.gui.analyse.behind import Found
    from annotator.gui.analyse.mode import AnalyseMode
    from annotator.gui.analyse.wiring import AnalyseWiring
    from annotator.gui.window import Window


class AnalyseRoom(QObject):
    """Shows the mode in the window's stack."""

    def __init__(self, window: "Window", stack: QStackedWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._stack, self._theme = window, stack, theme
        self._wiring: AnalyseWiring | None = None
        self._project: Worker | None = None
        self._codebook = Codebook(())
        stack.currentChanged.connect(lambda _: self._left())

    @property
    def mode(self) -> "AnalyseMode":
        """The mode's widget, built now where it wasn't yet."""
        return self.wiring.mode

    @property
    def wiring(self) -> "AnalyseWiring":
        """What works behind it, built now where it wasn't yet."""
        return self._wiring or self._build()

    def shown(self) -> bool:
        """Whether the window shows Analyse."""
        return self._wiring is not None and self._stack.currentWidget() is self._wiring.mode

    def enter(self) -> None:
        """Show Analyse."""
        wiring = self.wiring
        self._stack.setCurrentWidget(wiring.mode)
        wiring.enter()
        wiring.mode.take_focus()

    def set_project(self, worker: Worker, codebook: Codebook) -> None:
        """Show this project's figures from now on."""
        self._project, self._codebook = worker, codebook
        if self._wiring:
            self._wiring.set_project(worker, codebook)

    def set_codebook(self, codebook: Codebook) -> None:
        """Count these labels."""
        self._codebook = codebook
        if self._wiring:
            self._wiring.set_codebook(codebook)

    def apply(self, change_set: ChangeSet) -> None:
        """Follow a commit."""
        if self._wiring:
            self._wiring.apply(change_set)

    def set_theme(self, theme: Theme) -> None:
        """Paint with this theme from now on."""
        self._theme = theme
        if self._wiring:
            spread_theme(self._wiring.mode, theme)
            self._wiring.set_theme(theme)

    def end(self) -> None:
        """The project is closed: nothing is measured any more."""
        if self._wiring:
            self._wiring.end()

    def _left(self) -> None:
        if self._wiring and not self.shown():
            self._wiring.leave()

    def _build(self) -> "AnalyseWiring":
        from annotator.gui.analyse.mode import AnalyseMode
        from annotator.gui.analyse.saving import Saving
        from annotator.gui.analyse.wiring import AnalyseWiring

        mode = AnalyseMode(self._theme)
        self._wiring = wiring = AnalyseWiring(mode, self._theme)
        self._stack.addWidget(mode)
        Saving(mode, self._window, wiring)
        wiring.failed.connect(lambda error: mode.banner.show_notice("danger", str(error)))
        mode.empty.pressed.connect(self._window.show_page)
        mode.board.behind.shown.connect(self._show_place)
        if self._project:
            wiring.set_project(self._project, self._codebook)
        return wiring

    def _show_place(self, found: "Found") -> None:
        """Lead to where a row of what is behind a figure stands."""
        self._window.show_page()
        self._window.mode.open_document(found.document, found.span)
