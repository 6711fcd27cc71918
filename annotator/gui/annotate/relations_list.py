"""The list of all relations of a document, at the bottom of the right panel in the place of the spans."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook
from annotator.gui.annotate.relation_rows import RelationRow
from annotator.gui.annotate.relations_view import RelationsView
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import EmptyState, PaneHeader, ground
from annotator.gui.widgets.wording import counted


class RelationsList(QWidget):
    """Asks for its rows by `wanted` when it comes into sight; while it is hidden it holds none."""

    wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # it has the room that spans have
        self.header = PaneHeader("Relations", theme, spoken="0 relations")
        self.view = RelationsView(theme, both=True)
        self.view.setAccessibleName("All relations")
        self.empty = EmptyState("", "Nothing is related in this document yet. Choose a span and press R.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        for widget in (self.header, self.view, self.empty):
            column.addWidget(widget, 0 if widget is self.header else 1)
        self.set_rows([])

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        self.view.set_codebook(codebook, theme)

    def set_rows(self, rows: list[RelationRow]) -> None:
        """Show these relations, in the order of their first spans."""
        self.view.set_rows(rows)
        self.header.set_count(f"{len(rows):,}")
        self.header.title.setAccessibleName(counted(len(rows), "relation"))
        self.view.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt."""
        super().showEvent(event)
        self.wanted.emit()
