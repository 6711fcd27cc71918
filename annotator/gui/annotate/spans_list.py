"""The list of a document's spans, at the bottom of the right panel."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook
from annotator.domain.span import Span
from annotator.gui import fonts
from annotator.gui.annotate.label_menu import fill_with_labels
from annotator.gui.annotate.span_delegate import ROW, SpanDelegate
from annotator.gui.annotate.spans_model import SpansModel
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import EmptyState, PaneHeader, ground
from annotator.gui.widgets.uniform_list import UniformList
from annotator.gui.widgets.wording import counted

FEWEST = 3
"""Rows that there is always room for."""


class SpansList(QWidget):
    """`span_chosen` carries the id of the span the user chose, `span_hovered` that of the one pointed at, or None."""

    span_chosen = Signal(str)
    span_hovered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "panel")
        self._theme = theme
        self._codebook = Codebook(())
        self._chosen: str | None = None
        self._moving = False
        self.model = SpansModel(self)
        self.header = PaneHeader("Spans", theme, spoken="0 spans")
        self.filter = IconButton("filter", "Filter spans by label", theme, self)
        self.menu = QMenu(self.filter)
        self.filter.setMenu(self.menu)
        self.filter.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.header.add_button(self.filter)
        self.view = UniformList(fonts.px(ROW))
        self.view.setAccessibleName("Spans")
        self.view.setModel(self.model)
        self._delegate = SpanDelegate(theme, LabelStyles((), theme), parent=self)
        self.view.setItemDelegate(self._delegate)
        self.view.selectionModel().selectionChanged.connect(self._selection_changed)
        self.view.row_hovered.connect(self._row_hovered)
        self.empty = EmptyState("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        for widget in (self.header, self.view, self.empty):
            column.addWidget(widget, 0 if widget is self.header else 1)
        self.keep_rows(FEWEST)
        self._rows_changed()

    def keep_rows(self, rows: int) -> None:
        """Have room for so many rows at least, whatever stands above."""
        self.setMinimumHeight(self.header.height() + rows * fonts.px(ROW) + 8)

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels that rows show and that can be filtered by."""
        self._codebook = codebook
        self.model.set_codebook(codebook)
        if self.model.only is not None and self.model.only not in {label.name for label in codebook}:
            self.show_only(None)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._delegate.theme = theme
        self._delegate.styles = LabelStyles(self._codebook, theme)
        self._fill_menu()
        self.view.viewport().update()

    def set_spans(self, spans: Iterable[Span]) -> None:
        """Show these spans in place of all others, none of them chosen."""
        self._chosen = None
        self.model.set_spans(spans)
        self.view.scrollToTop()
        self._rows_changed()

    def add_spans(self, spans: Sequence[Span]) -> None:
        """Add a slice of a long document's spans."""
        self.model.add_spans(spans)
        self._rows_changed()

    def put(self, span: Span) -> None:
        """Add a span, or show its new state."""
        self._moving = True  # Qt selects a neighbour while the chosen row is on its way
        self.model.put(span)
        self._moving = False
        self._rows_changed()
        if span.id == self._chosen:
            self._restore_choice()

    def remove(self, span_id: str) -> None:
        """Take a span away; one that isn't there is no error."""
        if span_id == self._chosen:
            self.choose(None)
        self.model.remove(span_id)
        self._rows_changed()

    def choose(self, span_id: str | None) -> None:
        """Show a span as chosen and bring it into view; no signal is given."""
        self._chosen = span_id
        self._restore_choice()

    def point_at(self, span_id: str | None) -> None:
        """Light up the row of the span that is pointed at in the text."""
        self.view.light_up(self.model.row_of(span_id))

    def show_only(self, label: str | None) -> None:
        """Show one label's spans, or all with None."""
        self.model.show_only(label)
        self._fill_menu()
        self._rows_changed()

    def place(self, span_id: str) -> int:
        """Return the place of a span among those listed, counted from 1; 0 if it isn't listed."""
        return self.model.row_of(span_id) + 1

    def _restore_choice(self) -> None:
        row = self.model.row_of(self._chosen)
        if row < 0:
            self.view.setCurrentIndex(QModelIndex())
            self.view.clearSelection()
            return
        if self.view.currentIndex().row() != row or not self.view.selectionModel().hasSelection():
            self.view.setCurrentIndex(self.model.index(row))
        self.view.scrollTo(self.model.index(row))

    def _selection_changed(self) -> None:
        if self._moving:
            return
        rows = self.view.selectionModel().selectedRows()
        chosen = self.model.span_at(rows[0].row()).id if rows else None
        if chosen is None:
            if self.model.row_of(self._chosen) >= 0:
                self._restore_choice()
        elif chosen != self._chosen:
            self._chosen = chosen
            self.span_chosen.emit(chosen)

    def _row_hovered(self, row: int) -> None:
        self.span_hovered.emit(self.model.span_at(row).id if row >= 0 else None)

    def _rows_changed(self) -> None:
        shown, total = self.model.rowCount(), self.model.total()
        self.header.set_count(f"{total:,}" if self.model.only is None else f"{shown:,} of {total:,}")
        self.header.title.setAccessibleName(counted(total, "span"))
        if total:
            self.empty.set_texts("", f"No span here is a {self.model.only}.")
        else:
            self.empty.set_texts("", "Nothing is tagged in this document yet.")
        self.view.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        if shown and self._chosen is not None and not self.view.selectionModel().hasSelection():
            self._restore_choice()

    def _fill_menu(self) -> None:
        labels = fill_with_labels(self.menu, self._codebook, self._theme, self.show_only)
        every = QAction("All labels", self.menu)
        every.triggered.connect(lambda _checked=False: self.show_only(None))
        self.menu.insertAction(labels[0] if labels else None, every)  # type: ignore[arg-type]
        group = QActionGroup(self.menu)
        names = (None, *(label.name for label in self._codebook))
        for action, name in zip((every, *labels), names, strict=True):
            action.setCheckable(True)
            action.setChecked(name == self.model.only)
            group.addAction(action)
        self.filter.set_token("icon" if self.model.only is None else "accent")
