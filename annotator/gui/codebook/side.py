"""The left side of the codebook editor: labels, relation types, import and export."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook, Label, RelationType
from annotator.gui import fonts
from annotator.gui.codebook.choices import ends
from annotator.gui.codebook.chosen import row_of
from annotator.gui.codebook.row_delegates import LabelDelegate, RelationDelegate
from annotator.gui.codebook.rows_list import RowsList
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import SIDE, PaneHeader, ground, rule


class Side(QWidget):
    """Two lists of which one has a chosen row. Signals carry names; `label_moved` the place too."""

    label_chosen = Signal(str)
    relation_chosen = Signal(str)
    label_moved = Signal(str, int)
    delete_asked = Signal()
    form_asked = Signal()  # Enter on a row: go and edit it

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "panel")
        self.labels: RowsList[Label] = RowsList("Labels", _spoken_label, theme, movable=True)
        self.relations: RowsList[RelationType] = RowsList("Relation types", _spoken_relation, theme, movable=False)
        self.labels.setItemDelegate(LabelDelegate(self.labels, theme))
        self.relations.setItemDelegate(RelationDelegate(self.relations, theme))
        self.add_label = IconButton("plus", "Add label", theme)
        self.add_relation = IconButton("plus", "Add relation type", theme)
        self.import_button = QPushButton("Import…")
        self.export_button = QPushButton("Export…")
        self.import_button.setAccessibleName("Import codebook")
        self.export_button.setAccessibleName("Export codebook")
        self._lay_out(theme)
        self._connect()

    def set_codebook(self, codebook: Codebook, label: str | None, relation: str | None) -> None:
        """Show a codebook with that label or that relation type chosen."""
        self.labels.set_rows(codebook.labels, row_of(codebook.labels, label))
        self.relations.set_rows(codebook.relations, row_of(codebook.relations, relation))

    def set_read_only(self, read_only: bool) -> None:
        for button in (self.add_label, self.add_relation, self.import_button):
            button.setEnabled(not read_only)
        self.labels.set_movable(not read_only)
        delegate = self.labels.itemDelegate()
        if isinstance(delegate, LabelDelegate):
            delegate.grips = not read_only

    def _lay_out(self, theme: Theme) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        heads = (("Labels", self.labels, self.add_label), ("Relation types", self.relations, self.add_relation))
        for title, view, add in heads:
            head = PaneHeader(title, theme, spoken=f"Section {title}")
            head.add_button(add)
            column.addWidget(head)
            column.addWidget(view)
            column.addSpacing(8)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground(content, "panel")
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, 12, SIDE, 12)
        foot.setSpacing(8)
        for button in (self.import_button, self.export_button):
            button.setAutoDefault(False)
            foot.addWidget(button, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(rule())
        whole.addLayout(foot)
        self.setMinimumWidth(fonts.px(220))
        self.setMaximumWidth(fonts.px(400))

    def _connect(self) -> None:
        self.labels.row_chosen.connect(lambda row: self.label_chosen.emit(self.labels.rows_model.rows[row].name))
        self.relations.row_chosen.connect(
            lambda row: self.relation_chosen.emit(self.relations.rows_model.rows[row].name)
        )
        self.labels.row_moved.connect(
            lambda row, place: self.label_moved.emit(self.labels.rows_model.rows[row].name, place)
        )
        for view in (self.labels, self.relations):
            view.delete_pressed.connect(lambda _row: self.delete_asked.emit())
            view.row_opened.connect(lambda _row: self.form_asked.emit())


def _spoken_label(label: Label) -> str:
    return f"{label.name}, letter {label.letter}" + (f", key {label.key}" if label.key else "")


def _spoken_relation(relation: RelationType) -> str:
    return f"{relation.name}: {ends(relation)}"
