"""The window: header, the modes or the start page, foot. It opens and closes projects and remembers how it was left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from annotator.errors import CANCELLED
from annotator.gui import fonts, remembered
from annotator.gui.crash import CrashGuard
from annotator.gui.frame import NARROW, Frame
from annotator.gui.style import Look
from annotator.gui.theme import Theme
from annotator.settings import Settings

if TYPE_CHECKING:  # the rest comes with `furnish`, once there is a frame to be seen
    from annotator.domain.first_look import FirstLook
    from annotator.gui.actions import Actions
    from annotator.gui.annotate.mode import AnnotateMode
    from annotator.gui.codebook.room import CodebookRoom
    from annotator.gui.document_actions import DocumentActions
    from annotator.gui.entities.room import EntitiesRoom
    from annotator.gui.exchange.controller import Exchange
    from annotator.gui.importing.controller import Importing
    from annotator.gui.long_work import LongWork
    from annotator.gui.menu_handlers import MenuHandlers
    from annotator.gui.modes import Modes
    from annotator.gui.project_news import ProjectNews
    from annotator.gui.safekeeping import Safekeeping
    from annotator.gui.session import Session
    from annotator.gui.start_page import StartPage
    from annotator.gui.widgets.banner import Banner, Kind
    from annotator.gui.widgets.drop_veil import DropVeil
    from annotator.gui.widgets.foot import Foot
    from annotator.gui.widgets.header import Header
    from annotator.gui.worker import Worker
    from annotator.project import Project

_PAINTED_MS = 30  # more than a page takes to be painted once it is put together
_UNSEEN_MS = 2_000  # after that a window that nobody sees (minimised, on another desktop) is furnished all the same
_SMALLEST = 900, 600  # px of the design
_IMPORTED = (
    "text.arrows",
    "text.layout",
    "text.relations_shown",
    "text.selectable",
    "text.view",
    "actions",
    "annotate.page",
    "annotate.lists_pane",
    "annotate.inspector",
    "annotate.mode",
    "furnishing",
)


def _steps(window: Window) -> Iterator[None]:
    """Import what the window is made of, then make it: each step takes some 50 ms at most."""
    from annotator.gui.session import Session

    window.session = Session(window)
    window.session.looked.connect(window.looked)
    window.can_open.emit()
    for name in _IMPORTED:
        yield
        import_module(f"annotator.gui.{name}")
    from annotator.gui.furnishing import steps

    yield from steps(window)


class Window(QMainWindow):
    """One window on one project. Project calls run on the worker; nothing here waits."""

    can_open = Signal()
    """A project may be opened: what is seen of it by then is in the first picture of the furnished window."""
    furnished = Signal()
    """All of it is there, and can be used; until then there is a frame and nothing in it."""
    project_shown = Signal()
    """The first document of a project is readable, or its emptiness is."""

    session: Session
    actions_table: Actions
    mode: AnnotateMode
    header: Header
    foot: Foot
    stack: QStackedWidget
    veil: DropVeil
    codebook: CodebookRoom
    importing: Importing
    exchange: Exchange
    document_actions: DocumentActions
    entities: EntitiesRoom
    modes: Modes
    handlers: MenuHandlers
    long_work: LongWork
    safekeeping: Safekeeping
    news: ProjectNews

    def __init__(self, look: Look, settings: Settings) -> None:
        """Make the frame; `furnish` makes the rest."""
        super().__init__()
        self.settings = settings
        self.look = look
        self.complete = False
        self._furnishing: Iterator[None] | None = None
        self._next_step = QTimer(self, singleShot=True, interval=0)  # `QTimer.singleShot(0, …)` takes two in one go
        self._next_step.timeout.connect(self._furnish_on)
        self._closed = False
        self._look: FirstLook | None = None
        self._start: StartPage | None = None
        self._narrow = False
        self.crash_guard = CrashGuard(self)
        frame = Frame(look.theme, settings.panels)
        frame.painted.connect(self.furnish, Qt.ConnectionType.QueuedConnection)
        self._unseen = QTimer(self, singleShot=True, interval=_UNSEEN_MS)
        self._unseen.timeout.connect(self.furnish)
        self._unseen.start()
        self.setCentralWidget(frame)
        self.setMinimumSize(fonts.px(_SMALLEST[0]), fonts.px(_SMALLEST[1]))
        self.setWindowTitle("annotator")
        remembered.place(self)

    def furnish(self) -> None:
        """Build what the window is made of, in steps between which its loop comes round; `furnished` follows."""
        if self._furnishing is None and not self._closed:
            self._unseen.stop()
            self._furnishing = _steps(self)
            self._furnish_on()

    def _furnish_on(self) -> None:
        assert self._furnishing
        if self._closed:
            return
        for _ in self._furnishing:
            self._next_step.start()
            return
        self.complete = True
        self.show_look()
        QTimer.singleShot(_PAINTED_MS, self.session.seen)
        self.furnished.emit()

    # Projects

    @property
    def worker(self) -> Worker | None:
        """The open project's worker."""
        return self.session.worker if self.complete else None

    def open_project(
        self,
        open_it: Callable[[], Project],
        *,
        document: str = "",
        look: Callable[[], FirstLook | None] | None = None,
    ) -> None:
        """Close what is open and open a project; `open_it` runs on the worker's thread. Show `document` first.

        What `look` finds, on that thread too, is shown until the project is open.
        """
        self._finish_typing()
        self.session.open(open_it, document, look)

    @property
    def project_path(self) -> Path | None:
        """The file of the open project."""
        return self.session.project.path if self.session.project else None

    def looked(self, look: FirstLook | None) -> None:
        """Take what can be seen of the project before it is open."""
        self._look = look
        if self.complete:
            self.show_look()
            QTimer.singleShot(_PAINTED_MS, self.session.seen)

    def show_look(self) -> None:
        """Show what can be seen of the project that is being opened, if that came already."""
        look, self._look = self._look, None
        if look and self.session.worker and not self.session.project:
            self.mode.show_look(look)
            self.foot.set_opening()

    # What is told above what is shown

    def refused(self, text: str) -> None:
        """Tell, in one line, why something was not done."""
        self.notice("info" if text == CANCELLED else "danger", text)  # that was asked for

    def told(self, text: str) -> None:
        """Tell, in one line, that something was done."""
        self.notice("info", text)

    def notice(self, kind: Kind, text: str, buttons: Iterable[tuple[str, Callable[[], object]]] = ()) -> None:
        """Tell something above what is shown, with buttons that call what they are given."""
        if self.worker and self.worker.refused:
            self.foot.show_hint(text)  # what is not saved is worse news, and has the buttons that help
            return
        self._banner().show_notice(kind, text, buttons)

    def ask_stale(self, text: str, write_mine: Callable[[], None]) -> None:
        """Show both versions of what two have changed at once. What is shown, and stored, is the other's."""
        banner = self._banner()

        def mine() -> None:
            banner.clear()
            write_mine()

        banner.show_notice("warn", text, [("Keep mine", mine), ("Keep theirs", banner.clear)])

    def _banner(self) -> Banner:
        """The place for notices in what is shown now."""
        if self.codebook.shown():
            return self.codebook.editor.middle.banner
        if self.entities.shown():
            return self.entities.editor.banner
        return self.start.banner if self.at_start() else self.modes.page_of()[1]

    # The window itself

    @property
    def start(self) -> StartPage:
        """What is shown where no project is open, built now where it wasn't yet."""
        if self._start is None:
            from annotator.gui.furnishing import start_page

            self._start = start_page(self)
        return self._start

    def at_start(self) -> bool:
        """Whether the window shows the start page."""
        return self._start is not None and self.stack.currentWidget() is self._start

    def show_codebook(self) -> None:
        """Show the codebook editor in place of the page."""
        self.codebook.enter()
        self.refresh_actions()

    def show_entities(self) -> None:
        """Show the registry of entities in place of the page."""
        self.mode.inspecting.write_typed()
        self.entities.enter()
        self.refresh_actions()

    def add_label(self) -> None:
        self.show_codebook()
        self.codebook.editor.add_label()

    def show_page(self) -> None:
        """Show the mode again that one was in."""
        self.modes.show_current()

    def show_theme(self, theme: Theme) -> None:
        """Paint with another theme."""
        from annotator.gui.widgets.themed import spread_theme

        for part in (self.header, self.mode, self._start, self.foot, self.veil):
            if part:
                spread_theme(part, theme)
        self.modes.set_theme(theme)
        self.codebook.set_theme(theme)
        self.entities.set_theme(theme)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Called by Qt. What was accepted is written before the window goes."""
        if not self.complete:
            self._closed = True
            event.accept()
            return
        if self.worker is None:
            remembered.keep(self)
            event.accept()
            return
        event.ignore()
        self._finish_typing()
        if self.long_work.busy():  # it is finished, unless it is cancelled
            self.foot.keep_hint("The window closes once this is done.")
            self.long_work.rested.connect(self.close, Qt.ConnectionType.SingleShotConnection)
            return
        self.session.close(lambda: QTimer.singleShot(0, self.close))

    def end(self) -> None:
        """End what is still at work once the loop is left: the screen went away, or one closed before all was there."""
        if self._furnishing:
            self.session.end()
        if self.complete:
            self.long_work.end()

    def _finish_typing(self) -> None:
        """Write what stands half-typed in a field, before the project is closed."""
        if self.complete:
            self.modes.finish()

    def leaving(self) -> None:
        self.setEnabled(False)
        remembered.keep(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt. In a narrow window the right panel lies over the text."""
        super().resizeEvent(event)
        if self.complete:
            self.fit()

    def fit(self) -> None:
        """Make do with a narrow window, or take the room of a wide one."""
        narrow = self.width() < fonts.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.mode.set_narrow(narrow)
            self.modes.set_narrow(narrow)

    def show_right_panel(self, shown: bool) -> None:
        """Show or hide labels and spans; the keyboard goes along where they lie over the text."""
        right = self.mode.right
        self.actions_table["right_panel"].setChecked(shown)
        had_focus = right.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        right.show_panel(shown)
        if had_focus and not shown:
            self.mode.page.text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt with keys that nothing else took. Escape lets go of an armed label, then of a panel on top."""
        if not self.complete:
            super().keyPressEvent(event)
            return
        right, escape = self.mode.right, event.key() == Qt.Key.Key_Escape and self.modes.shown_mode() is None
        if escape and self.mode.tagger.armed:
            self.mode.labelling.arm(None)
        elif escape and not right.beside() and right.shown():
            self.show_right_panel(False)
        else:
            super().keyPressEvent(event)

    def document_shown(self, document_id: str) -> None:
        self.settings = self.settings.changed(last_document=document_id)
        self.refresh_actions()
        QTimer.singleShot(0, self.project_shown.emit)

    def show_zoom(self, size: int) -> None:
        """Show and remember the text's size, px."""
        self.settings = self.settings.changed(reading_px=size)
        self.foot.set_zoom(round(100 * size / 18))

    def refresh_actions(self) -> None:
        """Enable what can be done now, and say at the foot where one is."""
        conditions: set[str] = set()
        self.modes.ahead.put_off()
        if project := self.session.project:
            elsewhere = self.codebook.shown() or self.entities.shown()
            conditions = {"project"} if elsewhere else {"project"} | self.modes.conditions()
            if not project.read_only:
                conditions.add("writable")
                conditions |= {"undo"} if self.news.undo_state.undo else set()
                conditions |= {"redo"} if self.news.undo_state.redo else set()
            self.modes.show_foot(self.foot)
        if "taggable" in conditions:
            self.foot.show_hint("")
        self.actions_table.enable(conditions)
        self.actions_table.name_undo(self.news.undo_state)
