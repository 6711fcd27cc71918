"""The key sheet, built of the table of actions."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.actions import Row, rows
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.theme import Theme
from annotator.gui.widgets.key import Key
from annotator.gui.widgets.panes import label

_TEXT_KEYS = (
    ("1–9", "tag the selection; with a span chosen and nothing selected, change its label"),
    ("Tab", "next span"),
    ("Shift+Tab", "previous span"),
    ("Esc", "let go of the selection, then of the span"),
    ("Shift+arrows", "select text; with Ctrl by words"),
)


_REVIEW_KEYS = (
    ("1–9", "take that candidate; label what is selected or edited"),
    ("Alt+arrows", "the end of what is edited; with Shift its start, with Ctrl by a character"),
)
_SPAN = "The chosen span"
_OF_SPAN = {"span", "fragments"}  # an action that needs one of these is about the chosen span
_THREE = ("In the text", _SPAN, "Help"), ("File", "Edit", "View", "Document"), ("Review", "Go")
_TWO = ("In the text", _SPAN, "Help", "Review"), ("File", "Edit", "View", "Document", "Go")
_WIDE = 1150  # px of the window from which on three columns have room
_KEYS_WIDE = 148  # px that the longest keys take, kept in every section


class KeySheet(Dialog):
    """Every key, by menu, in two or three columns of about one height."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("Keys", parent, other="Close")
        body = QWidget()
        columns = QHBoxLayout(body)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(fonts.px(32))
        chosen = _THREE if parent.width() >= fonts.px(_WIDE) else _TWO
        for sections in chosen:
            column = QVBoxLayout()
            for name in sections:
                column.addLayout(_section(name, _keys(name), theme))
            column.setSpacing(fonts.px(20))
            column.addStretch(1)
            columns.addLayout(column, 1)
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(area)
        width = min(fonts.px(400 * len(chosen)), parent.width() - fonts.px(40))
        wanted = body.heightForWidth(width) if body.hasHeightForWidth() else body.sizeHint().height()
        self.resize(width, min(wanted + fonts.px(96), parent.height() - fonts.px(40)))


def _keys(section: str) -> list[tuple[str, str]]:
    """The keys of a section, each with what it does."""
    if section == "In the text":
        return list(_TEXT_KEYS)
    if section == "Review":
        shown = [(_shown(row), _plain(row)) for row in rows() if row.keys and row.menu == section and not row.submenu]
        return [*shown, *_REVIEW_KEYS]
    found = (row for row in rows() if row.keys and section == (_SPAN if _OF_SPAN & set(row.needs) else row.menu))
    return [(_shown(row), _plain(row)) for row in found]


def _section(title: str, found: list[tuple[str, str]], theme: Theme) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.addWidget(label(title, weight=QFont.Weight.DemiBold), 0, 0, 1, 2)
    for at, (key, what) in enumerate(found, 1):
        words = label(what, tone="second")
        words.setWordWrap(True)
        grid.addWidget(Key(key, theme), at, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, at, 1)
    grid.setColumnMinimumWidth(0, fonts.px(_KEYS_WIDE))
    grid.setColumnStretch(1, 1)
    return grid


def _shown(row: Row) -> str:
    return QKeySequence(row.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


def _plain(row: Row) -> str:
    return row.sheet or row.text.replace("&", "").removesuffix("…")
