"""The pane that lists what stands behind a cell, and leads to it."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import fonts
from annotator.gui.analyse.behind import Found
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.uniform_list import UniformList
from annotator.gui.widgets.wording import counted, plain_tooltip

ROW = 50
_CHIP = 17
_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft
HINT = "Press a cell of a chart, or Enter in it, to list what stands behind its figure."


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Found] = []

    def set_rows(self, rows: Sequence[Found]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def add(self, rows: Sequence[Found]) -> None:
        if rows:
            self.beginInsertRows(_ROOT, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{row.words}\n{row.said}\n{row.heading}")
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.styles = LabelStyles((), theme)
        self.headings = True

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, fonts.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Called by Qt."""
        row: Found = index.data(_ROLE)
        whole, state = QRectF(option.rect), row_state(option)
        paint.row_ground(painter, whole.adjusted(0, 1, 0, -1), self.theme, state)
        if state.chosen:
            paint.row_bar(painter, whole.adjusted(0, 1, 0, -1), self.theme)
        chip, left = fonts.px(_CHIP), whole.left() + 10
        top = whole.top() + fonts.px(7)
        for name in row.labels[:3]:
            paint.letter_chip(painter, QRectF(round(left), round(top + 1), chip, chip), self.styles[name])
            left += chip + 3
        words = QRectF(left + 5, top - 1, whole.right() - left - 13, fonts.px(20))
        text = " ".join(row.words.split())
        paint.text_in(painter, words, text, fonts.reading_font(fonts.px(15)), self.theme.colour("text"), _LEFT)
        below = QRectF(whole.left() + 10, top + fonts.px(20), whole.width() - 18, fonts.px(18))
        small = " · ".join(filter(None, (row.said, row.heading if self.headings or not row.said else "")))
        paint.text_in(painter, below, small, fonts.ui(12), self.theme.colour("text3"), _LEFT)


class _List(UniformList):
    opened = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt. Enter leads there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class BehindPane(QWidget):
    """`shown` carries the Found whose place is wanted."""

    shown = Signal(object)
    left = Signal()
    """Escape: back to the chart."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.heading = label("Behind the figure", 15, QFont.Weight.DemiBold)
        self.count = label(size=12, tone="third")
        self.title = label(size=12, tone="second")
        self.title.setWordWrap(True)
        self.hint = label(HINT, 12, tone="third")
        self.hint.setWordWrap(True)
        self.list = _List(fonts.px(ROW))
        self.list.setAccessibleName("Behind the figure")
        self.heading.setAccessibleName("Section Behind the figure")
        self._rows = _Rows(self)
        self._delegate = _Delegate(theme, self)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(self._delegate)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_state())
        self.list.opened.connect(self._open)
        self.list.doubleClicked.connect(lambda index: self._open(index.row()))
        self.button = QPushButton("Show in the text")
        self.button.setAccessibleName("Show in the text")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda: self._open(self.list.currentIndex().row()))
        self._noun, self._done, self._more = "span", True, 0
        self._lay_out()
        self.clear()

    @property
    def rows(self) -> list[Found]:
        return self._rows.rows

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.list.viewport().update()

    def set_styles(self, styles: LabelStyles) -> None:
        self._delegate.styles = styles
        self.list.viewport().update()

    def name_button(self, text: str) -> None:
        """Say where the button leads to."""
        self.button.setText(text)
        self.button.setAccessibleName(text)

    def take_focus(self) -> None:
        """Let the keyboard into the list."""
        if self.rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._rows.index(0))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """List nothing, and say how to list something."""
        self._rows.set_rows(())
        self._done, self._more = True, 0
        self.title.clear()
        self.hint.setText(HINT)
        self._show_state()

    def begin(self, title: str, noun: str, *, headings: bool) -> None:
        """Say what is going to be listed; `noun` is what one row is, with the `headings` of documents or without."""
        self._delegate.headings = headings
        self.name_button("Show in the text" if noun == "span" else "Show in Review")
        self._rows.set_rows(())
        self._noun, self._done, self._more = noun, False, 0
        self.title.setText(title)
        self._show_state()

    def add(self, rows: Sequence[Found], more: int = 0) -> None:
        """List more; `more` are only counted."""
        self._rows.add(rows)
        self._more += more
        self._show_state()

    def finish(self, nothing: str) -> None:
        """All is listed; `nothing` is said where that is nothing."""
        self._done = True
        self.hint.setText(nothing)
        self._show_state()

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.rows):
            self.shown.emit(self.rows[row])

    def _show_state(self) -> None:
        some = bool(self.rows)
        self.list.setVisible(some)
        self.hint.setVisible(not some and self._done)
        self.title.setVisible(bool(self.title.text()))
        self.button.setVisible(some)
        self.button.setEnabled(self.list.currentIndex().isValid())
        count = counted(len(self.rows) + self._more, self._noun) if some else ""
        self.count.setText(f"{count}, the first {len(self.rows):,} listed" if self._more else count)

    def _lay_out(self) -> None:
        top = QWidget()
        top.setFixedHeight(fonts.px(32))
        head = QHBoxLayout(top)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.count)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(6))
        column.addWidget(top)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        column.addStretch(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
