"""The choice among spans that lie over each other: a popup list, the shortest first."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.codebook import Codebook
from annotator.domain.span import Span
from annotator.gui import fonts
from annotator.gui.annotate.span_delegate import ROW, SpanDelegate
from annotator.gui.annotate.spans_model import FewSpans
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.popup import Popup
from annotator.gui.widgets.uniform_list import UniformList

_MOST_ROWS = 12
_WIDTH = 320


class ChoosingList(UniformList):
    """Figures and Enter choose; Escape is left to the popup."""

    taken = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        figure = event.key() - Qt.Key.Key_1
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(self.currentIndex().row())
        elif 0 <= figure < min(9, self.model().rowCount()):
            self.taken.emit(figure)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class OverlapMenu(Popup):
    """`span_picked` carries the id of the span taken; `span_pointed` that of the row one is on, None when it closes."""

    span_picked = Signal(str)
    span_pointed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._codebook = Codebook(())
        self.view = ChoosingList(fonts.px(ROW))
        self.view.setAccessibleName("Spans here")
        self.model = FewSpans((), self)
        self._delegate = SpanDelegate(theme, LabelStyles((), theme), side=12, numbered=True, parent=self)
        self.view.setItemDelegate(self._delegate)
        self.view.clicked.connect(lambda index: self._take(index.row()))
        self.view.taken.connect(self._take)
        self.view.row_hovered.connect(self._pointed)
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

    def offer(self, spans: Sequence[Span], place: QPoint, *, line_height: int = 0) -> None:
        """Open at `place` (global) with these spans, shortest first; over the line where there's no room below."""
        old = self.model
        self.model = FewSpans(sorted(spans, key=lambda span: (span.length, span.start, span.created, span.id)), self)
        self.view.setModel(self.model)
        old.deleteLater()
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.setFixedHeight(min(len(spans), _MOST_ROWS) * fonts.px(ROW))
        self.open_at(place, above=line_height)
        self.view.setCurrentIndex(self.model.index(0))
        self.view.setFocus(Qt.FocusReason.PopupFocusReason)

    def spans(self) -> list[Span]:
        """The spans offered, in the order shown."""
        return self.model.spans

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.span_pointed.emit(None)

    def _current_changed(self, current: QModelIndex) -> None:
        self._pointed(current.row())

    def _pointed(self, row: int) -> None:
        if row >= 0:
            self.span_pointed.emit(self.model.spans[row].id)

    def _take(self, row: int) -> None:
        if 0 <= row < len(self.model.spans):
            picked = self.model.spans[row].id
            self.close()
            self.span_picked.emit(picked)
