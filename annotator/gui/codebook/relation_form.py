"""The form of one relation type."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook, RelationType
from annotator.gui.annotate.label_menu import chip_icon
from annotator.gui.codebook.chosen import same
from annotator.gui.codebook.fields import StoredLine, StoredText
from annotator.gui.codebook.form_grid import Form
from annotator.gui.codebook.requests import CodebookRequests
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import label as text_label


class LabelChoice(QWidget):
    """A check box a label; none checked means any. `picked` carries the names that are checked now."""

    picked = Signal(object)

    def __init__(self, heading: str, spoken: str, theme: Theme) -> None:
        super().__init__()
        self._spoken, self._theme, self._read_only = spoken, theme, False
        self.setAccessibleName(heading)
        self.boxes: dict[str, QCheckBox] = {}
        self._codebook = Codebook(())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(text_label(heading, 12, tone="third"))
        self._any = text_label("any label", 12, tone="third")
        self._column.addWidget(self._any)
        self._column.addStretch(1)

    def set_stored(self, codebook: Codebook, names: Sequence[str]) -> None:
        """Offer the codebook's labels and check those named."""
        if tuple(self.boxes) != tuple(label.name for label in codebook):
            self._make(codebook)
        self._codebook = codebook
        for name, box in self.boxes.items():
            box.setChecked(name in names)
        self._show_any()
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for label in self._codebook:
            if label.name in self.boxes:
                self.boxes[label.name].setIcon(chip_icon(theme.label_style(label)))

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for box in self.boxes.values():
            box.setEnabled(not read_only)

    def _make(self, codebook: Codebook) -> None:
        for old in self.boxes.values():
            self._column.removeWidget(old)
            old.deleteLater()
        self.boxes = {}
        for row, label in enumerate(codebook):
            box = QCheckBox(label.name.replace("&", "&&"))
            box.setAccessibleName(f"{self._spoken} {label.name}")
            box.clicked.connect(self._clicked)
            box.setEnabled(not self._read_only)
            self._column.insertWidget(1 + row, box, 0, Qt.AlignmentFlag.AlignLeft)
            self.boxes[label.name] = box

    def _clicked(self) -> None:
        self._show_any()
        self.picked.emit(tuple(name for name, box in self.boxes.items() if box.isChecked()))

    def _show_any(self) -> None:
        nothing = not any(box.isChecked() for box in self.boxes.values())
        self._any.setText("None checked: any label." if nothing else " ")


class RelationForm(Form):
    """Shows a relation type and asks for its changes."""

    edited = Signal()

    def __init__(self, requests: CodebookRequests, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self.shown: RelationType | None = None
        self.name = StoredLine("Name of the relation type")
        self.sources = LabelChoice("From", "from", theme)
        self.targets = LabelChoice("To", "to", theme)
        self.guideline = StoredText("Guideline of the relation type", theme, least=2)
        self.add_row("Name", self.name)
        ends = QHBoxLayout()
        ends.setSpacing(32)
        ends.addWidget(self.sources)
        ends.addWidget(self.targets)
        ends.addStretch(1)
        self.add_row("Spans it joins", ends)
        self.add_row("Guideline", self.guideline)
        self.end_rows()
        self.name.finished.connect(lambda text: self._ask(name=text))
        self.guideline.finished.connect(lambda text: self._ask(guideline=text))
        self.sources.picked.connect(lambda names: self._ask(sources=names))
        self.targets.picked.connect(lambda names: self._ask(targets=names))

    def show_relation(self, relation: RelationType, codebook: Codebook, *, force: bool = False) -> None:
        """Show a relation type; what is being typed stays where it is the same one, unless `force`d away."""
        force = force or self.shown is None or not same(self.shown, relation)
        self.shown = relation
        self.name.set_stored(relation.name, force=force)
        self.guideline.set_stored(relation.guideline, force=force)
        self.sources.set_stored(codebook, relation.sources)
        self.targets.set_stored(codebook, relation.targets)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.sources.set_read_only(read_only)
        self.targets.set_read_only(read_only)

    def _ask(self, **values: object) -> None:
        if self.shown:
            self.edited.emit()
            self._requests.relation_changed.emit(self.shown.name, values)
