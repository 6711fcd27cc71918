"""The modes of the window and the switch between them. Those beside Annotate are built when they are first entered.

How another mode comes in: a subclass of `Mode` in a package of its own; a maker in `_MAKERS`, which alone imports that
package; rows of the action table that need a condition which only this mode gives, named in the table's `ONLY_IN`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from annotator.domain.change import ChangeKind, ChangeSet
from annotator.domain.codebook import Codebook
from annotator.gui import fonts
from annotator.gui.actions import Actions
from annotator.gui.ahead import Ahead, modules_of
from annotator.gui.theme import Theme
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.foot import Foot
from annotator.gui.widgets.header import MODES, ModeSwitch
from annotator.gui.widgets.themed import spread_theme
from annotator.gui.worker import Worker

if TYPE_CHECKING:
    from annotator.gui.window import Window

ANNOTATE = "Annotate"
_PANEL_NAMES = "Doc&uments panel", "Labels and s&pans panel"


class ReadingText(Protocol):
    """A text whose size and face the window sets: px, and the signal that the size is another."""

    @property
    def zoom_changed(self) -> SignalInstance: ...
    def zoom_px(self) -> int: ...
    def set_zoom_px(self, size: int) -> None: ...
    def set_reading_font(self, font: QFont, size: int) -> None: ...


@dataclass(frozen=True)
class OpenProject:
    """What a mode needs to know of the project."""

    worker: Worker
    annotator: str
    read_only: bool
    codebook: Codebook


class Mode(QSplitter):
    """A mode beside Annotate: what the window tells it, and asks of it. `banner` is the place for its notices."""

    conditions_changed = Signal()
    """Other actions can be done now, or the foot has something else to say."""
    refused = Signal(str)
    hinted = Signal(str)
    place_wanted = Signal(str, str, str)
    """The ids of a document, of a span there and of an item of the review, or empty: to be shown in another mode."""
    banner: Banner
    panel_names = "Le&ft panel", "Ri&ght panel"
    """What the menu calls its panels."""
    foot_keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What the foot says is done with which keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """With its parent from the first: giving it another one goes through all that is inside. `build` follows."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.complete = False
        """Whether it is built; Qt may hide it before."""
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)

    def build(self) -> Iterator[None]:
        """Put it together, in steps between which the window's loop may come round; then it can be used."""
        yield

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What those rows of the action table do that are this mode's alone."""
        return {}

    def set_project(self, project: OpenProject) -> None:
        """Work on this project from now on; the mode may be hidden."""

    def set_codebook(self, codebook: Codebook) -> None:
        """Show the labels as they are now."""

    def apply(self, change_set: ChangeSet) -> None:
        """Follow a commit; the mode may be hidden."""

    def enter(self) -> None:
        """Take the keyboard: the mode is shown from now on."""

    def finish(self) -> None:
        """Write what stands half-typed in a field: the mode, or the window, is about to be left."""

    def conditions(self) -> set[str]:
        """Which of the action table's conditions hold here."""
        return set()

    def reading_text(self) -> ReadingText | None:
        """The text that zoom and face are for."""
        return None

    def show_item(self, item: str, document: str) -> bool:  # noqa: ARG002 - others need them
        """Go to an item of the review; False where this mode shows none, or not that one. It is entered after that."""
        return False

    def show_foot(self, foot: Foot) -> None:
        """Say at the foot where one is."""

    def next_pane(self, step: int) -> None:
        """Move the keyboard focus to the next pane, or the one before."""

    def set_narrow(self, narrow: bool) -> None:
        """Make do with a narrow window, or take the room of a wide one."""

    def panels(self) -> tuple[bool, bool]:
        """Whether the left panel is shown, and the right one."""
        return True, True

    def show_panel(self, side: str, shown: bool) -> None:
        """Show or hide the panel at the `left` or `right`."""


def _review(actions: Actions, theme: Theme, parent: QWidget) -> Mode:
    from annotator.gui.review.mode import ReviewMode

    return ReviewMode(actions, theme, parent)


def _analyse(actions: Actions, theme: Theme, parent: QWidget) -> Mode:
    from annotator.gui.analyse.mode import AnalyseMode

    return AnalyseMode(actions, theme, parent)


_MAKERS: dict[str, Callable[[Actions, Theme, QWidget], Mode]] = {"Review": _review, "Analyse": _analyse}
"""What builds the modes beside Annotate, by name. A mode that isn't here is greyed in the switch."""
_FIND, _PACKAGES = "annotator.gui.find", ("annotator.gui.review", "annotator.gui.analyse")
_QUEUE = "annotator.agreement.review_queue"  # which the project's thread would import for the first item


_ENTERING = {"review_alone": "Review", "my_reviewed_work": "Review"}
"""Actions that can be asked for in any mode, and lead into that one."""


class Modes(QObject):
    """Which mode the window is in; what concerns them all goes through here."""

    def __init__(self, window: "Window", stack: QStackedWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._stack, self._theme = window, stack, theme
        self._built: dict[str, Mode] = {}
        self._building: dict[str, Iterator[None]] = {}
        self._project: OpenProject | None = None
        self._narrow = False
        self.current = ANNOTATE
        self.ahead = Ahead(self, self._ahead())
        window.mode.documents.filter.textChanged.connect(self.ahead.put_off)
        window.project_shown.connect(self.ahead.begin, Qt.ConnectionType.SingleShotConnection)

    def serve(self, switch: ModeSwitch, actions: Actions) -> None:
        """Follow the switch and the actions, which both show the mode that is on."""
        self._switch = switch
        switch.mode_chosen.connect(self.enter)
        actions.connect({f"mode_{name.lower()}": partial(self.enter, name) for name in MODES})
        actions.connect({action: partial(self._enter_for, name, action) for action, name in _ENTERING.items()})
        self._show_which()

    # Going from one to another

    def enter(self, name: str) -> None:
        """Show a mode, built now where it wasn't yet."""
        self.finish()
        self.current = name
        if name != ANNOTATE:
            self.built(name)
        self.show_current()

    def _enter_for(self, name: str, action: str) -> None:
        """Do in a mode what can be asked for in any of them."""
        self.enter(name)
        self.built(name).handlers()[action]()

    def show_current(self) -> None:
        """Show the mode that one is in: after a room that lies over all modes, or a new project."""
        mode = self.shown_mode()
        self._stack.setCurrentWidget(mode or self._window.mode)
        self._show_which()
        text, annotate = mode.reading_text() if mode else None, self._window.mode.page.text
        if text and text.zoom_px() != annotate.zoom_px():
            text.set_zoom_px(annotate.zoom_px())
        if mode:
            mode.enter()
        else:
            annotate.setFocus()
        self._window.refresh_actions()

    def show_place(self, document: str, span: str, item: str) -> None:
        """Go to an item in Review, or, where there is none, to a span in Annotate; the window needn't be in either."""
        if item and self.built("Review").show_item(item, document):
            self.enter("Review")
            return
        self.enter(ANNOTATE)
        if document:
            self._window.mode.open_document(document, span)

    def finish(self) -> None:
        """Write what stands half-typed anywhere."""
        self._window.mode.inspecting.write_typed()
        self._window.codebook.finish()
        self._window.entities.finish()
        for mode in self._built.values():
            mode.finish()

    def shown_mode(self) -> Mode | None:
        """The mode that one is in, None for Annotate."""
        return self._built.get(self.current)

    def built(self, name: str) -> Mode:
        """Return a mode beside Annotate, built now where it wasn't yet."""
        while name not in self._built:
            self._build_on(name)
        return self._built[name]

    def _build_on(self, name: str) -> None:
        """Take a step of building a mode, unless it was built meanwhile."""
        if name not in self._built:
            next(self._building.setdefault(name, self._steps_to(name)), None)

    def _steps_to(self, name: str) -> Iterator[None]:
        window, table, theme = self._window, self._window.actions_table, self._theme
        mode = _MAKERS[name](table, theme, self._stack)
        mode.hide()
        yield from mode.build()
        mode.complete = True
        yield
        self._stack.addWidget(mode)
        mode.set_narrow(self._narrow)
        table.connect({name: call for name, call in mode.handlers().items() if name not in _ENTERING})
        mode.conditions_changed.connect(window.refresh_actions)
        mode.refused.connect(window.refused)
        mode.hinted.connect(window.foot.show_hint)
        mode.place_wanted.connect(self.show_place)
        if text := mode.reading_text():
            self.show_face(text, sans=window.settings.reading_sans)
            text.zoom_changed.connect(self._zoomed)
        if theme is not self._theme:  # it is another one since the first step
            spread_theme(mode, self._theme)
        if self._project:
            mode.set_project(self._project)
        self._built[name] = mode

    def _ahead(self) -> Iterator[Callable[[], object]]:
        yield from modules_of(_FIND)
        yield self._window.mode.finding.pane  # the first that one may want
        for package in _PACKAGES:
            yield from modules_of(package)
        yield partial(import_module, _QUEUE)
        for name in _MAKERS:
            while name not in self._built:
                yield partial(self._build_on, name)

    # What the window tells

    def set_project(self, project: OpenProject) -> None:
        """Work on this project from now on."""
        self._project = project
        for mode in self._built.values():
            mode.set_project(project)

    def set_codebook(self, codebook: Codebook) -> None:
        """Show the labels as they are now."""
        if self._project:
            was = self._project
            self._project = OpenProject(was.worker, was.annotator, was.read_only, codebook)
        for mode in self._built.values():
            mode.set_codebook(codebook)

    def apply(self, change_set: ChangeSet) -> None:
        """Follow a commit."""
        for mode in self._built.values():
            mode.apply(change_set)
        where = "Review" if change_set.review else ANNOTATE
        if change_set.change.kind is not ChangeKind.DO and not change_set.foreign and where != self.current:
            done = "Undone" if change_set.change.kind is ChangeKind.UNDO else "Done again"
            self._window.foot.show_hint(f"{done} in {where}: {change_set.change.name}")

    def set_theme(self, theme: Theme) -> None:
        """Paint with this theme from now on."""
        self._theme = theme
        for mode in self._built.values():
            spread_theme(mode, theme)

    def set_narrow(self, narrow: bool) -> None:
        """Make do with a narrow window, or take the room of a wide one."""
        self._narrow = narrow
        for mode in self._built.values():
            mode.set_narrow(narrow)
        self._show_panels()

    def show_face(self, text: ReadingText, *, sans: bool) -> None:
        """Set a text in the serif or the sans-serif face."""
        text.set_reading_font(fonts.reading_font(text.zoom_px(), sans=sans), text.zoom_px())

    # What holds in the mode that one is in

    def conditions(self) -> set[str]:
        """Which of the action table's conditions hold in it."""
        mode, page = self.shown_mode(), self._window.mode
        modes = {f"{name.lower()}_there" for name in _MAKERS}
        if mode is None:
            found = page.conditions()
            return found | modes | {"page", "panels"} | ({"text"} if "document" in found else set())
        return mode.conditions() | modes | {"panels"}

    def show_foot(self, foot: Foot) -> None:
        """Say at the foot where one is."""
        mode = self.shown_mode()
        foot.set_mode_keys(mode.foot_keys if mode else ())
        if mode:
            mode.show_foot(foot)
        else:
            foot.set_annotator(self._window.session.annotator)
            foot.set_spans(self._window.mode.page.text.span_count())
            foot.set_document(*self._window.mode.place())

    def texts(self) -> list[ReadingText]:
        """The texts of all modes that are built, the one that is shown first."""
        shown = self.shown_mode()
        others = [text for mode in self._built.values() if mode is not shown and (text := mode.reading_text())]
        first = shown.reading_text() if shown else None
        return [*([first] if first else []), self._window.mode.page.text, *others]

    def show_panel(self, side: str, shown: bool) -> None:
        """Show or hide the panel at the `left` or `right`."""
        if mode := self.shown_mode():
            mode.show_panel(side, shown)
        elif side == "left":
            self._window.mode.documents.setVisible(shown)
        else:
            self._window.show_right_panel(shown)
        self._show_panels()

    def panes(self) -> Callable[[int], None]:
        """What goes to the next pane, or the one before."""
        mode = self.shown_mode()
        return mode.next_pane if mode else self._window.mode.next_pane

    def page_of(self) -> tuple[QWidget, Banner]:
        """The widget that is shown for the mode, and its place for notices."""
        mode = self.shown_mode()
        return (mode, mode.banner) if mode else (self._window.mode, self._window.mode.page.banner)

    def banners(self) -> list[Banner]:
        """The places for notices of all modes that are built."""
        return [self._window.mode.page.banner, *(mode.banner for mode in self._built.values())]

    def _zoomed(self, size: int) -> None:
        """The text has one size in all modes."""
        for text in self.texts():
            if text.zoom_px() != size:
                text.set_zoom_px(size)

    def _show_which(self) -> None:
        self._switch.set_mode(self.current)
        self._window.actions_table[f"mode_{self.current.lower()}"].setChecked(True)
        self._show_panels()

    def _show_panels(self) -> None:
        mode, page = self.shown_mode(), self._window.mode
        left, right = mode.panels() if mode else (not page.documents.isHidden(), page.right.shown())
        table = self._window.actions_table
        names = mode.panel_names if mode else _PANEL_NAMES
        for action, shown, name in zip(("left_panel", "right_panel"), (left, right), names, strict=True):
            table[action].setChecked(shown)
            table[action].setText(name)
