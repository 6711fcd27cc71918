"""The key sheet, built of the table of actions."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.actions import MENUS, Row, rows
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


class KeySheet(QDialog):
    """Every key, by menu."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        columns = QHBoxLayout()
        columns.setSpacing(fonts.px(40))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addLayout(_section("In the text", [(key, what) for key, what in _TEXT_KEYS], theme))
        for number, menu in enumerate(MENUS):
            found = [(_shown(row), _plain(row)) for row in rows() if row.menu == menu and row.keys]
            if found:
                (left if number in (0, 5) else right).addLayout(_section(menu, found, theme))
        for column in (left, right):
            column.setSpacing(fonts.px(20))
            column.addStretch(1)
            columns.addLayout(column)
        body = QWidget()
        body.setLayout(columns)
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.addWidget(area)
        whole.addWidget(buttons)
        self.resize(fonts.px(820), min(fonts.px(620), parent.height() - 40))


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
    grid.setColumnMinimumWidth(0, fonts.px(110))
    grid.setColumnStretch(1, 1)
    return grid


def _shown(row: Row) -> str:
    return QKeySequence(row.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


def _plain(row: Row) -> str:
    return row.sheet or row.text.replace("&", "").removesuffix("…")
