"""The table of actions: all the window can do, once. Menus, shortcuts, header and key sheet are built of it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.domain.change import UndoState
from annotator.domain.shaping import End
from annotator.gui import fonts
from annotator.gui.widgets.buttons import name_icon


@dataclass(frozen=True)
class Row:
    """One action. `needs` are the conditions that must all hold; `choice` names a group of which one is on.

    `menu` is empty for what only has a key, `submenu` names a menu in it; `sheet` is what the key sheet says where the
    text alone would not do.
    """

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    icon: str = ""
    choice: str = ""
    checkable: bool = False
    sheet: str = ""
    submenu: str = ""


SEPARATOR = "-"
SHAPE = "&Ends and fragments"
NUDGES = tuple((end, to, by) for by in ("word", "character") for end in End for to in ("left", "right"))
MENU_GAP = 24  # px more than Qt leaves between the longest text and its key
MENUS = ("File", "Edit", "View", "Document", "Review", "Go", "Help")
ONLY_IN = {
    "Annotate": frozenset({"page", "document", "selection", "copyable", "taggable", "span", "fragments"}),
    "Review": frozenset(
        {"reviewing", "item", "deciding", "relabelling", "drafting", "digits", "gold", "commenting", "blind", "alone"}
    ),
    "Analyse": frozenset({"figures"}),
}
"""The conditions that hold in one mode alone: so a key can do one thing in one mode, and another in the next."""


def _nudge(end: End, to: str, by: str, *, draft: bool = False) -> Row:
    keys = f"{'Ctrl+' if by == 'character' else ''}Alt+{'Shift+' if end is End.START else ''}{to.title()}"
    text = f"Span’s {end.value} to the {to} by a {by}"
    sheet = f"its {end.value} {to} by a {by}"
    if draft:
        of_draft = f"Edited span’s {end.value} to the {to} by a {by}"
        name = f"draft_{end.value}_{to}_{by}"
        return Row(name, of_draft, "Review", (keys,), ("drafting",), submenu="Ends of the edi&ted span")
    return Row(f"nudge_{end.value}_{to}_{by}", text, "Edit", (keys,), ("span",), sheet=sheet, submenu=SHAPE)


ROWS: tuple[Row | str, ...] = (
    Row("new", "&New project…", "File", ("Ctrl+N",), icon="document-plus"),
    Row("open", "&Open project…", "File", ("Ctrl+O",), icon="folder-open"),
    Row("open_sample", "Open the &sample project", "File", icon="book-open"),
    SEPARATOR,
    Row("import", "&Import documents…", "File", ("Ctrl+I",), ("writable",), icon="import"),
    Row("paste_document", "New document from clip&board…", "File", ("Ctrl+Shift+V",), ("writable",)),
    Row("export", "&Export…", "File", ("Ctrl+E",), ("project",), icon="export"),
    Row("export_figures", "Export &figures…", "File", needs=("figures",)),
    SEPARATOR,
    Row("hand_out", "&Hand out documents…", "File", needs=("project",)),
    Row("take_work", "&Take work back…", "File", needs=("writable",)),
    Row("hand_back", "Hand &work back…", "File", needs=("project",)),
    SEPARATOR,
    Row("restore", "&Restore a backup…", "File", needs=("project",)),
    SEPARATOR,
    Row("quit", "&Quit", "File", ("Ctrl+Q",)),
    Row("undo", "&Undo", "Edit", ("Ctrl+Z",), ("undo",), icon="undo"),
    Row("redo", "&Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), ("redo",), icon="redo"),
    SEPARATOR,
    Row("copy", "&Copy", "Edit", ("Ctrl+C",), ("copyable",)),
    Row("pick_label", "&Label…", "Edit", ("L",), ("taggable",), sheet="the label picker: type to filter, Enter tags"),
    Row("attributes", "&Attributes", "Edit", ("Return", "Enter"), ("span",), sheet="the attributes of the chosen span"),
    Row("note", "N&ote…", "Edit", ("M",), ("span",), sheet="the note on the chosen span"),
    Row("entity", "Entit&y of the span…", "Edit", ("E",), ("span",), sheet="the entity of the chosen span"),
    Row("take_entity", "Ta&ke the suggested entity", "Edit", ("Shift+E",), ("span",)),
    Row("document_note", "Document no&te…", "Edit", ("Shift+M",), ("document",), icon="note"),
    Row("guideline", "&Guideline", "Edit", ("G",), ("document",), sheet="the guideline of the span’s label"),
    Row("delete", "&Delete span", "Edit", ("Del",), ("span",), icon="trash"),
    Row(
        "relate",
        "Relate wit&h…",
        "Edit",
        ("R",),
        ("span",),
        sheet="relate the chosen span: Tab to the other one, Enter",
    ),
    Row("duplicate", "Du&plicate as…", "Edit", ("Ctrl+D",), ("span",), sheet="tag the span’s words once more"),
    *(_nudge(*nudge) for nudge in NUDGES),
    Row("add_fragment", "Add selection as &fragment", "Edit", ("F",), ("span", "selection"), submenu=SHAPE),
    Row("remove_fragment", "&Remove fragment at the caret", "Edit", ("Shift+F",), ("fragments",), submenu=SHAPE),
    SEPARATOR,
    Row("find", "&Find…", "Edit", ("Ctrl+F",), ("document",), icon="search", sheet="find in the document"),
    Row("find_next", "Find ne&xt", "Edit", ("F3",), ("document",), icon="chevron-down"),
    Row("find_previous", "Find pre&vious", "Edit", ("Shift+F3",), ("document",), icon="chevron-up"),
    Row("find_in_project", "Find in all docu&ments…", "Edit", ("Ctrl+Shift+F",), ("page",), icon="search-all"),
    Row(
        "occurrences",
        "Every occurrence of the &words",
        "Edit",
        ("Shift+O",),
        ("copyable",),
        sheet="every occurrence of the span’s words",
    ),
    SEPARATOR,
    Row("snap", "&Snap to whole words", "Edit", ("W",), ("project",), checkable=True),
    SEPARATOR,
    Row("codebook", "Code&book…", "Edit", ("Ctrl+K",), ("project",), icon="book-open"),
    Row("entities", "Ent&ities…", "Edit", ("Ctrl+Shift+K",), ("project",)),
    Row("name", "Your &name…", "Edit"),
    Row("mode_annotate", "&Annotate", "View", ("Ctrl+1",), ("project",), choice="mode"),
    Row("mode_review", "Re&view", "View", ("Ctrl+2",), ("project", "review_there"), choice="mode"),
    Row("mode_analyse", "Anal&yse", "View", ("Ctrl+3",), ("project", "analyse_there"), choice="mode"),
    SEPARATOR,
    Row(
        "figure_tables",
        "Charts as ta&bles",
        "View",
        ("T",),
        ("figures",),
        sheet="a chart as its table",
    ),
    SEPARATOR,
    Row("zoom_in", "Zoom &in", "View", ("Ctrl++", "Ctrl+="), ("text",)),
    Row("zoom_out", "Zoom &out", "View", ("Ctrl+-",), ("text",)),
    Row("zoom_reset", "&Normal text size", "View", ("Ctrl+0",), ("text",)),
    SEPARATOR,
    Row("all_relations", "All r&elations", "View", needs=("page",), checkable=True),
    SEPARATOR,
    Row("serif", "Se&rif text", "View", choice="face"),
    Row("sans", "&Sans-serif text", "View", choice="face"),
    SEPARATOR,
    Row("theme_system", "&Theme of the system", "View", choice="theme"),
    Row("theme_light", "&Light theme", "View", choice="theme", icon="sun"),
    Row("theme_dark", "&Dark theme", "View", choice="theme", icon="moon"),
    SEPARATOR,
    Row("left_panel", "Doc&uments panel", "View", ("F9",), ("panels",), icon="panel-left", checkable=True),
    Row("right_panel", "Labels and s&pans panel", "View", ("F10",), ("panels",), icon="panel-right", checkable=True),
    Row("done", "Mark &done", "Document", ("Ctrl+Return", "Ctrl+Enter"), ("document", "writable"), icon="check"),
    Row("in_progress", "Mark in &progress", "Document", needs=("document", "writable")),
    Row("todo", "Mark &to do", "Document", needs=("document", "writable")),
    SEPARATOR,
    Row(
        "document_details", "D&etails…", "Document", ("F2",), ("document",), icon="edit", sheet="the document’s details"
    ),
    Row("correct_text", "&Correct text…", "Document", needs=("document", "writable")),
    Row("earlier_texts", "Earlier te&xts…", "Document", needs=("document",)),
    SEPARATOR,
    Row("delete_document", "De&lete document…", "Document", needs=("document", "writable"), icon="trash"),
    SEPARATOR,
    Row("next_item", "&Next item", "Review", ("J",), ("reviewing",)),
    Row("previous_item", "&Previous item", "Review", ("K",), ("reviewing",)),
    SEPARATOR,
    Row(
        "accept_item", "&Accept the candidate", "Review", ("A",), ("deciding",), sheet="accept the suggested candidate"
    ),
    Row("reject_item", "Nobody is r&ight", "Review", ("X",), ("deciding",)),
    Row("edit_item", "&Edit…", "Review", ("E",), ("deciding",), sheet="edit the candidate"),
    *(_nudge(*nudge, draft=True) for nudge in NUDGES),
    Row("take_draft", "Ta&ke what is edited", "Review", ("Return", "Enter"), ("drafting",)),
    Row("leave_draft", "Stop editin&g", "Review", ("Esc",), ("drafting",)),
    Row("relabel_item", "Change &label…", "Review", ("L",), ("relabelling",)),
    Row("defer_item", "&Defer", "Review", ("S",), ("deciding",)),
    Row("clear_gold", "Take &out of gold", "Review", ("Del",), ("gold",)),
    SEPARATOR,
    Row("comment_item", "&Comment…", "Review", ("C",), ("commenting",)),
    Row("comment_document", "Comment on the doc&ument…", "Review", ("Shift+C",), ("commenting",)),
    SEPARATOR,
    Row("show_gold", "S&how gold", "Review", ("G",), ("reviewing",), checkable=True),
    Row("reveal_names", "Reveal na&mes…", "Review", needs=("blind",)),
    SEPARATOR,
    Row("merge_unanimous", "Merge unanimou&s items…", "Review", needs=("reviewing", "writable")),
    Row("merge_majority", "Merge by ma&jority…", "Review", needs=("reviewing", "writable")),
    SEPARATOR,
    Row("review_alone", "Revie&w one annotator’s work…", "Review", needs=("project",)),
    Row("my_reviewed_work", "M&y reviewed work", "Review", needs=("project",)),
    Row("whole_queue", "The whole &queue", "Review", needs=("alone",)),
    Row("next_document", "&Next document", "Go", ("Alt+Down",), ("document",), icon="chevron-down"),
    Row("previous_document", "&Previous document", "Go", ("Alt+Up",), ("document",), icon="chevron-up"),
    Row("next_todo", "Next that is to d&o", "Go", ("Alt+Shift+Down",), ("document",)),
    SEPARATOR,
    Row("next_span", "Next &span", "Go", needs=("document",), sheet="Tab, inside the text"),
    Row("previous_span", "Prev&ious span", "Go", needs=("document",), sheet="Shift+Tab, inside the text"),
    SEPARATOR,
    Row("filter_documents", "&Filter documents", "Go", ("Ctrl+Shift+D",), ("page",), icon="filter"),
    Row("next_pane", "Next p&ane", "Go", ("F6",), ("project",)),
    Row("previous_pane", "Pre&vious pane", "Go", ("Shift+F6",), ("project",)),
    Row("keys", "&Keys", "Help", ("F1", "?"), icon="keyboard"),
    SEPARATOR,
    Row("load_example", "Load the &example annotations", "Help"),
    SEPARATOR,
    Row("about", "&About annotator", "Help", icon="info"),
    *(Row(f"figure_{n}", f"Take candidate {n}", "", (str(n),), ("digits",)) for n in range(1, 10)),
    *(Row(f"tag_{n}", f"Tag with label {n}", "", (str(n),), ("document", "writable")) for n in range(1, 10)),
)


class Actions:
    """The QActions of the table, with their shortcuts live on `window`."""

    def __init__(self, window: QWidget) -> None:
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._conditions: frozenset[str] | None = None
        for row in rows():
            action = QAction(row.text, window)
            action.setObjectName(row.id)
            action.setShortcuts([QKeySequence(key) for key in row.keys])
            action.setIconVisibleInMenu(False)  # only some have one, and it would take the place of the check mark
            action.setCheckable(row.checkable or bool(row.choice))
            if row.icon:
                name_icon(action, row.icon)
            if row.choice:
                self._group(row.choice, window).addAction(action)
            window.addAction(action)
            self._actions[row.id] = action

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __contains__(self, action_id: str) -> bool:
        return action_id in self._actions

    def connect(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Say what each action does. Raises KeyError for an id that the table hasn't got."""
        for action_id, handler in handlers.items():
            self._actions[action_id].triggered.connect(lambda _checked=False, call=handler: call())

    def enable(self, conditions: Collection[str]) -> None:
        """Enable the actions whose needs all hold."""
        before, now = self._conditions, frozenset(conditions)
        if before == now:
            return
        self._conditions = now
        changed = None if before is None else before ^ now
        for row in rows():
            if changed is None or not changed.isdisjoint(row.needs):
                self._actions[row.id].setEnabled(now.issuperset(row.needs))

    def name_undo(self, state: UndoState) -> None:
        """Say what undo and redo would take back or bring again, where they are enabled."""
        for name, what in (("undo", state.undo), ("redo", state.redo)):
            action = self._actions[name]
            action.setText(f"&{name.title()} {what}" if what and action.isEnabled() else f"&{name.title()}")

    def fill(self, bar: QMenuBar) -> None:
        """Build the menus."""
        menus: dict[str, QMenu] = {name: bar.addMenu(f"&{name}") for name in MENUS}
        divide = False
        for row in ROWS:
            if isinstance(row, str):
                divide = True
            elif row.menu:
                if divide and not menus[row.menu].isEmpty():
                    menus[row.menu].addSeparator()
                _menu(menus, row).addAction(self._actions[row.id])
                divide = False
        for menu in menus.values():
            menu.aboutToShow.connect(partial(_widen, menu))

    def _group(self, name: str, window: QObject) -> QActionGroup:
        if name not in self._groups:
            self._groups[name] = QActionGroup(window)
        return self._groups[name]


def _widen(menu: QMenu) -> None:
    """Leave room between the longest text and its key, of those that are shown now."""
    menu.setMinimumWidth(0)
    menu.setMinimumWidth(menu.sizeHint().width() + fonts.px(MENU_GAP))


def _menu(menus: dict[str, QMenu], row: Row) -> QMenu:
    """Return the menu that a row goes into; a submenu is made for the first of its rows."""
    if not row.submenu:
        return menus[row.menu]
    name = f"{row.menu}/{row.submenu}"
    if name not in menus:
        menus[name] = menus[row.menu].addMenu(row.submenu)
        menus[name].menuAction().setIconVisibleInMenu(False)
    return menus[name]


def rows() -> Iterable[Row]:
    """Return the rows of the table without the separators."""
    return (row for row in ROWS if isinstance(row, Row))
