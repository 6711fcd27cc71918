"""Asking for the annotator's name: typed, or one that the project knows."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import fonts
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.panes import label

_LONGEST = 200
_ROW = 30
_SHOWN = 6  # known names, before one has to scroll


class NameDialog(Dialog):
    """`name` has the answer after it was accepted; an empty one can't be. `known` are offered to choose from."""

    def __init__(self, name: str, known: Sequence[str], theme: Theme, parent: QWidget) -> None:
        super().__init__("Your name", parent, main="Use this name")
        about = label(
            "New spans are kept under this name. Spans under another name stay as they are and are not shown."
        )
        about.setWordWrap(True)
        self.field = QLineEdit(name)
        self.field.setAccessibleName("Your name")
        self.field.setMaxLength(_LONGEST)
        self.field.selectAll()
        self.column.addWidget(about)
        self.column.addWidget(self.field)
        self.list = QListWidget()
        self.list.setAccessibleName("Known names")
        self.list.addItems(list(known))
        self.list.setItemDelegate(_Rows(theme, self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if known:
            self.column.addWidget(_framed(self.list, len(known)))
        self.field.textChanged.connect(lambda _: self._named())
        self.list.currentTextChanged.connect(self._chosen)
        self.list.itemDoubleClicked.connect(lambda _: self.main.click())
        self._named()
        wide = fonts.px(400)
        self.setFixedWidth(wide)
        self.resize(wide, self.heightForWidth(wide))
        self.field.setFocus()

    @property
    def name(self) -> str:
        """The name typed, without blanks around it."""
        return " ".join(self.field.text().split())

    def _named(self) -> None:
        """Another name in the field: the one that is known by it is chosen below."""
        self.main.setEnabled(bool(self.name))
        rows = self.list.findItems(self.name, Qt.MatchFlag.MatchExactly)
        self.list.blockSignals(True)
        if rows:
            self.list.setCurrentItem(rows[0])
        else:
            self.list.setCurrentRow(-1)
        self.list.blockSignals(False)

    def _chosen(self, name: str) -> None:
        if name:
            self.field.setText(name)


def _framed(inside: QListWidget, rows: int) -> QWidget:
    inside.setFixedHeight(fonts.px(_ROW) * min(rows, _SHOWN))
    frame = QFrame()
    frame.setObjectName("popup")
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 4, 1, 4)
    column.addWidget(inside)
    return frame


class _Rows(QStyledItemDelegate):
    """One name a row, as the window's other lists look."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, fonts.px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Called by Qt."""
        row, state = QRectF(option.rect).adjusted(4, 0, -4, 0), row_state(option)
        paint.row_ground(painter, row, self._theme, state)
        if state.chosen:
            paint.row_bar(painter, row, self._theme)
        words = row.adjusted(10, 0, -10, 0)
        paint.text_in(
            painter, words, str(index.data()), fonts.ui(13), self._theme.colour("text"), Qt.AlignmentFlag.AlignLeft
        )
