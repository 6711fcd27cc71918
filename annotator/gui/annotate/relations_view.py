"""A list of relations that can be followed, changed and deleted, with mouse and keys."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from annotator.domain.codebook import Codebook
from annotator.gui import fonts
from annotator.gui.annotate.relation_delegate import REMOVE, ROW, TWO_LINES, RelationDelegate
from annotator.gui.annotate.relation_rows import RelationRow, RelationsModel
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.uniform_list import UniformList


class RelationsView(UniformList):
    """Rows with one span each, or with `both`. Signals carry a relation's id; `pointed` a span's id or None.

    Enter or a click follows, Delete or the cross deletes; the menu of a row (also by the menu key) has the other types
    that fit, `menu_asked` says for which relation to fill it. `left`: Escape, back to the text.
    """

    followed = Signal(str)
    pointed = Signal(object)
    removed = Signal(str)
    menu_asked = Signal(str, QMenu)
    left = Signal()

    def __init__(self, theme: Theme, *, both: bool = False, side: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(fonts.px(TWO_LINES if both else ROW), parent)
        self._side = side
        self._theme, self._codebook = theme, Codebook(())
        self._read_only = False
        self.relations = RelationsModel(self)
        self.setModel(self.relations)
        self._delegate = RelationDelegate(theme, LabelStyles((), theme), side=side, removable=True, parent=self)
        self.setItemDelegate(self._delegate)
        self.row_hovered.connect(self._row_pointed)

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        self._codebook = codebook
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._delegate.theme = theme
        self._delegate.styles = LabelStyles(self._codebook, theme)
        self.viewport().update()

    def set_read_only(self, read_only: bool) -> None:
        """Let relations be followed only."""
        self._read_only = read_only
        self._delegate.removable = not read_only
        self.viewport().update()

    def set_rows(self, rows: list[RelationRow]) -> None:
        """Show these rows; the current one stays current where it is still there."""
        current = self.current()
        if self.relations.set_rows(rows):
            place = self.relations.place_of(current.key if current else None)
            if place >= 0:
                self.setCurrentIndex(self.relations.index(place))

    def current(self) -> RelationRow | None:
        """Return the row that the keyboard is on."""
        place = self.currentIndex().row()
        return self.relations.rows[place] if 0 <= place < len(self.relations.rows) else None

    def cross(self, place: int) -> QRect:
        """Return where the cross of a row is, px of the viewport."""
        rect = self.visualRect(self.relations.index(place))
        return QRect(rect.right() + 1 - self._side - fonts.px(REMOVE), rect.top(), fonts.px(REMOVE), rect.height())

    def event(self, event: QEvent) -> bool:
        """Called by Qt. Delete here is about the relation, not about the span."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Delete and not event.modifiers())
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row:
            self.followed.emit(row.key)
        elif event.key() == Qt.Key.Key_Delete and row and not self._read_only:
            self.removed.emit(row.key)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        """Called by Qt. There is always a row that the keys are about."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if self.current() is None and self.relations.rows:
            self.setCurrentIndex(self.relations.index(0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        place = self.indexAt(point).row()
        if event.button() is not Qt.MouseButton.LeftButton or place < 0:
            return
        key = self.relations.rows[place].key
        if not self._read_only and self.cross(place).contains(point):
            self.removed.emit(key)
        else:
            self.followed.emit(key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Called by Qt."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        place = self.indexAt(event.pos()).row() if by_mouse else self.currentIndex().row()
        if place < 0:
            return
        self.setCurrentIndex(self.relations.index(place))
        row = self.relations.rows[place]
        menu = QMenu(self)
        menu.addAction("&Go to the other span" if row.span is None else "&Go to it").triggered.connect(
            lambda: self.followed.emit(row.key)
        )
        if not self._read_only:
            self.menu_asked.emit(row.key, menu)
            menu.addSeparator()
            menu.addAction("&Delete relation").triggered.connect(lambda: self.removed.emit(row.key))
        menu.aboutToHide.connect(menu.deleteLater)
        below = self.visualRect(self.relations.index(place)).bottomLeft() + QPoint(self._side, 0)
        menu.popup(event.globalPos() if by_mouse else self.viewport().mapToGlobal(below))

    def _row_pointed(self, place: int) -> None:
        self.pointed.emit(self.relations.rows[place].other.id if 0 <= place < len(self.relations.rows) else None)
