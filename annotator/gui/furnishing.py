"""What the window is made of: its parts, where they stand, and how they speak with each other."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui import crash, remembered
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
from annotator.gui.theme import Theme
from annotator.gui.widgets.drop_veil import DropVeil
from annotator.gui.widgets.file_drops import FileDrops
from annotator.gui.widgets.foot import Foot
from annotator.gui.widgets.header import Header

if TYPE_CHECKING:
    from annotator.gui.start_page import StartPage
    from annotator.gui.window import Window


def steps(window: "Window") -> Iterator[None]:
    """Build the parts of `window`, put them in the frame's place and connect them; the loop comes round in between."""
    crash.start_log()
    theme = window.look.theme
    table = window.actions_table = Actions(window)
    yield
    window.mode = AnnotateMode(table, theme)
    yield from window.mode.build()
    yield
    window.foot = Foot(theme)
    window.stack = QStackedWidget()
    window.codebook = CodebookRoom(window, window.stack, theme)
    window.importing = Importing(window)
    window.exchange = Exchange(window)
    window.document_actions = DocumentActions(window)
    window.entities = EntitiesRoom(window, window.stack, theme)
    window.modes = Modes(window, window.stack, theme)
    window.handlers = MenuHandlers(window)
    window.news = ProjectNews(window)
    yield
    middle = _laid_out(window, theme)
    yield
    _connect(window)
    window.safekeeping = Safekeeping(window)
    remembered.restore(window)
    window.refresh_actions()
    yield
    window.show_look()
    yield
    window.setCentralWidget(middle)
    window.fit()
    window.look.dress()


def _laid_out(window: "Window", theme: Theme) -> QWidget:
    table, stack = window.actions_table, window.stack
    bar = QMenuBar()
    table.fill(bar)
    shown = [table[name] for name in ("undo", "redo", "find", "left_panel", "right_panel")]
    header = window.header = Header(bar, [*shown[:2], None, *shown[2:]], theme)
    stack.addWidget(window.mode)
    stack.currentChanged.connect(lambda: header.show_tools(not window.at_start()))
    middle = QWidget()
    column = QVBoxLayout(middle)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(header)
    column.addWidget(stack, 1)
    column.addWidget(window.foot)
    window.modes.serve(header.modes, table)
    return middle


def _connect(window: "Window") -> None:
    window.handlers.serve(window.actions_table)
    session, mode = window.session, window.mode
    session.crashed.connect(window.crash_guard.caught)
    session.leaving.connect(window.leaving)
    session.left.connect(lambda: window.setEnabled(True))
    window.codebook.left.connect(window.show_page)
    window.entities.left.connect(window.show_page)
    mode.labels.add_asked.connect(window.add_label)
    mode.hinted.connect(window.foot.show_hint)
    mode.relating.hinted.connect(window.foot.keep_hint)
    window.foot.keys_asked.connect(window.actions_table["keys"].trigger)
    window.long_work = LongWork(window)
    window.look.changed.connect(window.show_theme)
    mode.conditions_changed.connect(window.refresh_actions)
    mode.refused.connect(window.refused)
    mode.document_shown.connect(window.document_shown)
    mode.tagger.stale.connect(window.ask_stale)
    mode.page.text.zoom_changed.connect(window.show_zoom)
    _take_drops(window)


def _take_drops(window: "Window") -> None:
    """Take files dropped anywhere on the window; over the start page, its own place for them lights up."""
    veil = window.veil = DropVeil(window, window.look.theme)
    for place in (window.mode, window):
        drops = FileDrops(place)
        drops.dropped.connect(window.handlers.take_files)
        drops.held.connect(lambda held: veil.show_held(held and not window.at_start()))


def start_page(window: "Window") -> "StartPage":
    """Build what is shown where no project is open."""
    from annotator.gui.start_page import StartPage  # only now: most starts need none

    page = StartPage(window.actions_table, window.look.theme)
    page.drops.dropped.connect(window.handlers.take_files)
    window.stack.addWidget(page)
    return page
