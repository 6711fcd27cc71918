"""The documents of a project as a list to tick, with how far everybody is with each."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.document import Progress, State
from annotator.gui import fonts, icons
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.uniform_list import UniformList
from annotator.gui.widgets.wording import plain_tooltip

ROW = 46
_ROW_ROLE = Qt.ItemDataRole.UserRole
_LEFT, _SIDE, _BOX = 42, 14, 16
_NAMED = 3  # people of one state whose names are said
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def words(progress: Progress) -> str:
    """Word how far everybody is: `done by Ana Ruiz; in progress: Ben Okafor`."""
    parts = []
    for state, before in ((State.DONE, "done by"), (State.IN_PROGRESS, "in progress:")):
        if names := sorted(name for name, given in progress.states.items() if given is state):
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            parts.append(f"{before} {', '.join(names[:_NAMED])}{more}")
    return "; ".join(parts) or "nobody has begun"


def choices(person: str) -> list[tuple[str, Callable[[Progress], bool]]]:
    """Return what can be ticked at once, for the person who is to get the documents."""
    return [
        ("All", lambda _: True),
        ("None", lambda _: False),
        ("Begun by nobody", lambda each: not set(each.states.values()) - {State.TODO}),
        (f"Not done by {person or 'this person'}", lambda each: each.states.get(person) is not State.DONE),
        ("Done by one annotator", lambda each: each.done_by == 1),
        ("Done by fewer than two", lambda each: each.done_by < 2),
    ]


class DocumentTicks(QAbstractListModel):
    """Every document, each ticked or not. `ticked` when that changed."""

    ticked = Signal()

    def __init__(self, rows: Sequence[Progress], parent: QObject) -> None:
        super().__init__(parent)
        self.rows = tuple(rows)
        self._on = {row.document.id for row in rows}

    @property
    def chosen(self) -> list[str]:
        """The ids of the documents that are ticked, in the project's order."""
        return [row.document.id for row in self.rows if row.document.id in self._on]

    def choose(self, wanted: Callable[[Progress], bool]) -> None:
        """Tick those that are wanted, and no others."""
        self._on = {row.document.id for row in self.rows if wanted(row)}
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
        self.ticked.emit()

    def toggle(self, row: int) -> None:
        """Tick a row, or take its tick away."""
        self._on ^= {self.rows[row].document.id}
        self.dataChanged.emit(self.index(row), self.index(row))
        self.ticked.emit()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Called by Qt: every row can be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Called by Qt."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.document.id in self._on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return row.document.heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.document.heading}: {words(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{row.document.heading}\n{words(row)}"[:1000])
        return None


class DocumentList(UniformList):
    """A click or Space ticks a row."""

    def __init__(self, rows: Sequence[Progress], theme: Theme, parent: QWidget) -> None:
        super().__init__(fonts.px(ROW), parent)
        self.ticks = DocumentTicks(rows, self)
        self.setModel(self.ticks)
        self.setItemDelegate(_Rows(theme, self))
        self.setAccessibleName("Documents to hand out")
        self.setProperty("framed", True)
        if rows:
            self.setCurrentIndex(self.ticks.index(0))
            self.clearSelection()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index == self.currentIndex() and event.button() == Qt.MouseButton.LeftButton:
            self.ticks.toggle(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.ticks.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class _Rows(QStyledItemDelegate):
    """A box with a tick; the title; below, who is how far."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, fonts.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Called by Qt."""
        row: Progress = index.data(_ROW_ROLE)
        theme, whole, state = self._theme, QRectF(option.rect), row_state(option)
        ground = whole.adjusted(4, 1, -4, -1)
        paint.row_ground(painter, ground, theme, paint.RowState(hover=state.hover, pressed=state.pressed))
        if state.focused:
            paint.focus_ring(painter, ground, theme)
        size, line = fonts.px(_BOX), fonts.px(18)
        box = QRectF(whole.left() + _SIDE, whole.top() + fonts.px(6), size, size)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
        accent = theme.colour("accent")
        fill, edge = (accent, accent) if ticked else (theme.colour("surface"), theme.colour("control"))
        paint.box(painter, box, 4, fill, edge)
        if ticked:
            icons.paint(painter, box.adjusted(2, 2, -2, -2), "check", theme.colour("on-accent"))
        left = fonts.px(_LEFT)
        text = QRectF(whole.left() + left, whole.top() + fonts.px(5), whole.width() - left - _SIDE, line)
        align = Qt.AlignmentFlag.AlignLeft
        title = fonts.ui(13, QFont.Weight.Medium)
        paint.text_in(painter, text, row.document.heading, title, theme.colour("text"), align)
        paint.text_in(painter, text.translated(0, line), words(row), fonts.ui(12), theme.colour("text3"), align)
