"""The chosen span's relations, a section of the span panel: a list, and a button that begins a new one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook
from annotator.gui import fonts
from annotator.gui.annotate.relation_delegate import ROW
from annotator.gui.annotate.relation_rows import RelationRow
from annotator.gui.annotate.relations_view import RelationsView
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import KeyCapButton
from annotator.gui.widgets.panes import label

_MOST_ROWS = 5


class RelationsSection(QWidget):
    """`relate_asked`: the button was pressed. The list is `view`."""

    relate_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = RelationsView(theme, side=6)
        self.view.setAccessibleName("Relations")
        self.title = label("Relations", 12, tone="third")
        self.title.setAccessibleName("0 relations")
        self.relate = KeyCapButton("Relate", "R", theme)
        self.relate.setProperty("small", True)
        self.relate.setFont(fonts.ui(12))
        self.relate.setToolTip("Draw a relation: then choose the other span (R)")
        self.relate.clicked.connect(self.relate_asked)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.relate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.view)
        self.set_rows([])

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        self.view.set_codebook(codebook, theme)
        self.setVisible(bool(codebook.relations) or bool(self.view.relations.rows))

    def set_rows(self, rows: list[RelationRow]) -> None:
        """Show these relations; with none, the list takes no room."""
        self.view.set_rows(rows)
        self.view.setFixedHeight(min(len(rows), _MOST_ROWS) * fonts.px(ROW))
        self.view.setVisible(bool(rows))
        self.title.setText(f"Relations  {len(rows)}" if rows else "Relations")
        self.title.setAccessibleName(f"{len(rows)} relation{'' if len(rows) == 1 else 's'}")

    def set_read_only(self, read_only: bool) -> None:
        self.relate.setEnabled(not read_only)
        self.view.set_read_only(read_only)
