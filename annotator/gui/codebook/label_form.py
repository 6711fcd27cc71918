"""The form of one label."""

from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.codebook import AttributeType, Codebook, Label, LineForm
from annotator.gui import fonts
from annotator.gui.codebook.attribute_dialog import AttributeDialog
from annotator.gui.codebook.attributes_table import AttributesTable
from annotator.gui.codebook.choices import possible_parents, renamed
from annotator.gui.codebook.chosen import same
from annotator.gui.codebook.fields import StoredChoice, StoredLine, StoredText
from annotator.gui.codebook.form_grid import Form
from annotator.gui.codebook.links import LinkButton
from annotator.gui.codebook.requests import CodebookRequests
from annotator.gui.codebook.swatches import LINE_ICON, SwatchRow, line_icon
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import label as text_label

_HINT = "Ten pairs of colour and line that stay apart for colour-blind readers."


class LabelForm(Form):
    """Shows a label and asks for its changes; `shown` is the label as it is stored."""

    edited = Signal()
    """Something was asked for: an old notice is out of date."""

    def __init__(self, requests: CodebookRequests, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._requests, self._theme = requests, theme
        self._codebook = Codebook(())
        self.shown: Label | None = None
        self.name = StoredLine("Name")
        self.letter = StoredLine("Letter")
        self.key = StoredChoice("Key")
        self.swatches = SwatchRow(theme)
        self.own_colour = LinkButton("Own colour…", theme)
        self.form = StoredChoice("Line")
        self.guideline = StoredText("Guideline", theme, least=2)
        self.parent_label = StoredChoice("Kind of")
        self.attributes = AttributesTable(theme)
        self._lay_out()
        self._connect()

    def show_label(self, label: Label, codebook: Codebook, *, force: bool = False) -> None:
        """Show a label; what is being typed stays where it is the same label, unless `force`d away."""
        force = force or self.shown is None or not same(self.shown, label)
        self.shown, self._codebook = label, codebook
        self.name.set_stored(label.name, force=force)
        self.letter.set_stored(label.letter, force=force)
        self.guideline.set_stored(label.guideline, force=force)
        self.key.set_items(_keys(codebook, label), label.key)
        self.form.set_items([(form, str(form)) for form in LineForm], label.line_form)
        self._show_forms()
        parents: list[tuple[object, str]] = [(None, "none")]
        self.parent_label.set_items(
            parents + [(name, name) for name in possible_parents(codebook, label.name)], label.parent
        )
        self.swatches.set_stored(label)
        self.attributes.set_attributes(codebook.attributes_of(label.name))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_forms()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.swatches.setEnabled(not read_only)
        self.own_colour.setEnabled(not read_only)
        self.attributes.set_read_only(read_only)

    def _lay_out(self) -> None:
        self.letter.setMaxLength(3)
        self.form.setMinimumWidth(fonts.px(148))
        self.form.setIconSize(QSize(fonts.px(LINE_ICON[0]), fonts.px(LINE_ICON[1])))
        self.letter.setFixedWidth(fonts.px(48))
        self.form.view().setIconSize(self.form.iconSize())
        self.key.setFixedWidth(fonts.px(84))
        self.key.view().setMinimumWidth(fonts.px(190))
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.name, 1)
        for text, field in (("Letter", self.letter), ("Key", self.key)):
            first.addWidget(text_label(text, tone="third"))
            first.addWidget(field)
        self.add_row("Name", first)
        hint = text_label(_HINT, 12, tone="third")
        hint.setWordWrap(True)
        other = QHBoxLayout()
        other.setSpacing(12)
        other.addWidget(text_label("Line", tone="third"))
        other.addWidget(self.form)
        other.addWidget(self.own_colour)
        other.addStretch(1)
        look = QVBoxLayout()
        look.setSpacing(6)
        for part in (self.swatches, hint):
            look.addWidget(part)
        look.addLayout(other)
        self.add_row("Colour and line", look)
        self.add_row("Guideline", self.guideline)
        self.parent_label.setMinimumWidth(fonts.px(200))
        kind = QHBoxLayout()
        kind.addWidget(self.parent_label)
        kind.addStretch(1)
        self.add_row("Kind of", kind)
        self.add_row("Attributes", self.attributes)
        self.end_rows()

    def _connect(self) -> None:
        self.name.finished.connect(self._rename)
        self.letter.finished.connect(lambda text: self._ask(letter=text))
        self.guideline.finished.connect(lambda text: self._ask(guideline=text))
        self.key.chosen.connect(lambda key: self._ask(key=key))
        self.form.chosen.connect(lambda form: self._ask(line_form=form))
        self.parent_label.chosen.connect(lambda name: self._ask(parent=name))
        self.swatches.picked.connect(lambda colour, form: self._ask(colour=colour, line_form=form))
        self.own_colour.clicked.connect(self._pick_colour)
        self.attributes.add_asked.connect(self._add_attribute)
        self.attributes.edit_asked.connect(self._edit_attribute)
        self.attributes.remove_asked.connect(self._remove_attribute)
        self.attributes.moved.connect(self._move_attribute)

    def _show_forms(self) -> None:
        """Draw each form of line before its name, in the label's colour."""
        if self.shown is None:
            return
        for row, form in enumerate(LineForm):
            style = self._theme.label_style(replace(self.shown, line_form=form))
            self.form.setItemIcon(row, line_icon(style))

    def _ask(self, **values: object) -> None:
        if self.shown:
            self.edited.emit()
            self._requests.label_changed.emit(self.shown.name, values)

    def _rename(self, name: str) -> None:
        if self.shown:
            self._ask(**renamed(self._codebook, self.shown, name))

    def _pick_colour(self) -> None:
        if self.shown is None:
            return
        dialog = QColorDialog(QColor(self.shown.colour), self.window())
        dialog.setWindowTitle(f"Colour of {self.shown.name}")
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(lambda colour: self._ask(colour=colour.name().upper()))
        _open(dialog)

    def _add_attribute(self) -> None:
        if self.shown is None:
            return
        dialog = AttributeDialog(None, self.shown.name, self._theme, self.window())
        dialog.accepted.connect(lambda: self._attribute_added(dialog.attribute()))
        _open(dialog)

    def _attribute_added(self, attribute: AttributeType) -> None:
        self.edited.emit()
        self._requests.attribute_added.emit(attribute)

    def _edit_attribute(self, attribute: AttributeType) -> None:
        dialog = AttributeDialog(attribute, attribute.label, self._theme, self.window())

        def accepted() -> None:
            values, renamed = dialog.changes()
            if values:
                self.edited.emit()
                self._requests.attribute_changed.emit(attribute.label, attribute.name, values, renamed)

        dialog.accepted.connect(accepted)
        _open(dialog)

    def _remove_attribute(self, attribute: AttributeType) -> None:
        self.edited.emit()
        self._requests.attribute_removed.emit(attribute.label, attribute.name)

    def _move_attribute(self, attribute: AttributeType, place: int) -> None:
        self.edited.emit()
        self._requests.attribute_moved.emit(attribute.label, attribute.name, place)


def _open(dialog: QColorDialog | AttributeDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _keys(codebook: Codebook, label: Label) -> list[tuple[object, str]]:
    """The keys, each with the label that would lose it."""
    items: list[tuple[object, str]] = [(None, "none")]
    for key in range(1, 10):
        other = codebook.by_key(key)
        items.append((key, f"{key}  (from {other.name})" if other and other.name != label.name else str(key)))
    return items
