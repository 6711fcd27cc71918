"""The registry's place in the window: built when it is first entered, told of projects and changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from annotator.domain.change import ChangeSet
from annotator.gui.theme import Theme
from annotator.gui.widgets.themed import spread_theme
from annotator.gui.worker import Worker

if TYPE_CHECKING:
    from annotator.gui.entities.editor import EntitiesEditor
    from annotator.gui.entities.survey import Place
    from annotator.gui.entities.wiring import EntitiesWiring
    from annotator.gui.window import Window


class EntitiesRoom(QObject):
    """Shows the registry in the window's stack instead of the page, and brings the page back."""

    left = Signal()
    """The registry was closed: the page is to be shown again."""

    def __init__(self, window: "Window", stack: QStackedWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._stack, self._theme = window, stack, theme
        self._wiring: EntitiesWiring | None = None
        self._project: tuple[Worker, bool] | None = None

    @property
    def editor(self) -> "EntitiesEditor":
        """The registry's widget, built now where it wasn't yet."""
        return (self._wiring or self._build()).editor

    def shown(self) -> bool:
        """Whether the window shows the registry."""
        return self._wiring is not None and self._stack.currentWidget() is self.editor

    def enter(self) -> None:
        """Show the registry."""
        self._stack.setCurrentWidget(self.editor)
        self.editor.take_focus()

    def finish(self) -> None:
        """Write what stands half-typed in a field."""
        if self._wiring:
            self.editor.finish()

    def set_project(self, worker: Worker, read_only: bool) -> None:
        """Work on this project from now on."""
        self._project = worker, read_only
        if self._wiring:
            self._wiring.set_project(worker, read_only)

    def apply(self, change_set: ChangeSet) -> None:
        """Follow a commit."""
        if self._wiring:
            self._wiring.apply(change_set)

    def set_theme(self, theme: Theme) -> None:
        """Paint with this theme from now on."""
        self._theme = theme
        if self._wiring:
            spread_theme(self.editor, theme)

    def _build(self) -> "EntitiesWiring":
        from annotator.gui.entities.editor import EntitiesEditor
        from annotator.gui.entities.wiring import EntitiesWiring

        editor = EntitiesEditor(self._theme)
        self._wiring = EntitiesWiring(editor)
        self._stack.addWidget(editor)
        editor.closed.connect(self.left)
        editor.requests.codebook_asked.connect(self._window.show_codebook)
        editor.requests.place_opened.connect(self._open_place)
        if self._project:
            self._wiring.set_project(*self._project)
        return self._wiring

    def _open_place(self, place: "Place") -> None:
        self.editor.finish()
        self.left.emit()
        self._window.mode.open_document(place.document, place.span)
