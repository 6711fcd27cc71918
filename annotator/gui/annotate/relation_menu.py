"""The choice among the relation types that fit between two spans: a popup list, keys 1 to 9, Enter, or a click."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.codebook import Codebook
from annotator.gui import fonts
from annotator.gui.annotate.overlap_menu import ChoosingList
from annotator.gui.annotate.relation_delegate import ROW, RelationDelegate
from annotator.gui.annotate.relation_rows import RelationRow, RelationsModel
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.popup import Popup

_MOST_ROWS = 12
_WIDTH = 340


class RelationMenu(Popup):
    """`picked` carries the place of the row taken; `left` that none was."""

    picked = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._codebook = Codebook(())
        self._taken = False
        self.model = RelationsModel(self)
        self.view = ChoosingList(fonts.px(ROW))
        self.view.setAccessibleName("Relation types")
        self.view.setModel(self.model)
        self._delegate = RelationDelegate(theme, LabelStyles((), theme), side=12, numbered=True, parent=self)
        self.view.setItemDelegate(self._delegate)
        self.view.clicked.connect(lambda index: self._take(index.row()))
        self.view.taken.connect(self._take)
        self.column.addSpacing(4)
        self.column.addWidget(self.view)
        self.column.addSpacing(4)
        self.setFixedWidth(fonts.px(_WIDTH))

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        self._codebook = codebook
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._delegate.theme = theme
        self._delegate.styles = LabelStyles(self._codebook, theme)
        self.view.viewport().update()

    def offer(self, rows: Sequence[RelationRow], place: QPoint, *, line_height: int = 0) -> None:
        """Open at `place` (global) with these rows; over the line where there's no room below."""
        self._taken = False
        self.model.set_rows(rows)
        self.view.setFixedHeight(min(len(rows), _MOST_ROWS) * fonts.px(ROW))
        self.open_at(place, above=line_height)
        self.view.setCurrentIndex(self.model.index(0))
        self.view.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt."""
        super().hideEvent(event)
        if not self._taken:
            self.left.emit()

    def _take(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            self._taken = True
            self.close()
            self.picked.emit(row)
