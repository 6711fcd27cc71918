"""The attributes of the chosen span as fields, in the codebook's order."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.domain.attributes import Attribute
from annotator.domain.codebook import AttributeKind, AttributeType
from annotator.domain.entity_match import EntityBook
from annotator.gui import fonts
from annotator.gui.annotate.entity_field import EntityField
from annotator.gui.annotate.fields import ChoiceField, ChoicesField, Field
from annotator.gui.annotate.line_field import LineField
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import plain_tooltip

GAP = 8
"""Between two rows, px."""
_NAMES = 74
_FIRST_LINE = 7  # px from a field's top to the top of the name beside it


class AttributesForm(QWidget):
    """`changed` carries an attribute's name and all its values; `left` says that Escape leads back to the text."""

    changed = Signal(str, tuple)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._types: tuple[AttributeType, ...] = ()
        self._book = EntityBook()
        self._rows: list[QWidget] = []
        self._names: list[QLabel] = []
        self.fields: list[Field] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def set_types(self, types: tuple[AttributeType, ...]) -> bool:
        """Have a field for each of these attributes; whether that made new fields, which are empty."""
        if types == self._types:
            return False
        self._types = types
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self._names, self.fields = [], [], []
        for kind in types:
            self._add(kind)
        self.setVisible(bool(types))
        return True

    def show_values(self, attributes: Iterable[Attribute], *, anew: bool) -> None:
        """Show what is stored. What is being typed stays, unless these are another span's (`anew`)."""
        values = {each.name: each.values for each in attributes}
        for field, name in zip(self.fields, self._names, strict=True):
            (field.show_anew if anew else field.show_values)(values.get(field.kind.name, ()))
            _mark(name, field.kind, missing=field.kind.required and not field.values)

    def set_book(self, book: EntityBook) -> None:
        """Take the entities that there are."""
        self._book = book
        for field in self.fields:
            if isinstance(field, EntityField):
                field.set_book(book)

    def set_words(self, words: str) -> None:
        """Take the words of the span whose values are shown next."""
        for field in self.fields:
            if isinstance(field, EntityField):
                field.set_words(words)

    def first_missing(self) -> Field | None:
        """Return the first field that needs a value and has none."""
        return next((field for field in self.fields if field.kind.required and not field.values), None)

    def set_read_only(self, read_only: bool) -> None:
        for field in self.fields:
            field.set_read_only(read_only)

    def finish(self) -> None:
        """Tell what has been typed and not told yet."""
        for field in list(self.fields):
            field.finish()

    def recent_refusal(self) -> str:
        """Return why a value typed a moment ago was refused, or nothing."""
        return next(filter(None, (field.recent_refusal() for field in self.fields)), "")

    def field(self, name: str) -> Field:
        """Return the field of the attribute of that name."""
        return next(field for field in self.fields if field.kind.name == name)

    def _add(self, kind: AttributeType) -> None:
        field = field_for(kind, self._theme)
        if isinstance(field, EntityField):
            field.set_book(self._book)
        field.changed.connect(lambda values: self.changed.emit(kind.name, values))
        field.left.connect(self.left)
        row, name = labelled(f"{kind.name} *" if kind.required else kind.name, field)
        name.setToolTip(plain_tooltip(kind.guideline))
        if kind.required:
            name.setAccessibleName(f"{kind.name}, required")
        self._column.addWidget(row)
        self._rows.append(row)
        self._names.append(name)
        self.fields.append(field)


def field_for(kind: AttributeType, theme: Theme) -> Field:
    """Return the field for an attribute of this kind."""
    if kind.kind is AttributeKind.CHOICES:
        return ChoicesField(kind)
    if kind.kind in (AttributeKind.TEXT, AttributeKind.NUMBER):
        return LineField(kind)
    if kind.kind is AttributeKind.ENTITY:
        return EntityField(kind, theme)
    return ChoiceField(kind, theme)


def labelled(text: str, field: QWidget) -> tuple[QWidget, QLabel]:
    """Return a row of a form, its name at the left of the field, and the name."""
    row = QWidget()
    name = label(text, 12, tone="third")
    name.setWordWrap(True)
    name.setFixedWidth(fonts.px(_NAMES))
    name.setContentsMargins(0, fonts.px(_FIRST_LINE), 4, 0)
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(2)
    across.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return row, name


def _mark(name: QLabel, kind: AttributeType, *, missing: bool) -> None:
    """Say at a field that it needs a value, in a word and in colour."""
    if kind.required:
        name.setText(f"{kind.name}\nrequired" if missing else f"{kind.name} *")
    tone = "warn" if missing else "third"
    if name.property("tone") != tone:
        name.setProperty("tone", tone)
        name.style().polish(name)
