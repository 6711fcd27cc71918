"""The attributes of the chosen span as fields, in the codebook's order."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.domain.attributes import Attribute
from annotator.domain.codebook import AttributeKind, AttributeType
from annotator.gui import fonts
from annotator.gui.annotate.fields import ChoiceField, ChoicesField, Field
from annotator.gui.annotate.line_field import LineField
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import plain_tooltip

if TYPE_CHECKING:
    from annotator.domain.entity_match import EntityBook

GAP = 8
"""Between two rows, px."""
_NAMES = 74
_FIRST_LINE = 7  # px from a field's top to the top of the name beside it
_KEPT = 16  # sets of fields; making one takes 10 ms, and who retags goes back and forth


class AttributesForm(QWidget):
    """`changed` carries an attribute's name and all its values; `left` says that Escape leads back to the text."""

    changed = Signal(str, tuple)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._types: tuple[AttributeType, ...] = ()
        self._book: EntityBook | None = None
        self._shown = _Fields(self)
        self._kept: dict[tuple[AttributeType, ...], _Fields] = {(): self._shown}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._shown)
        self.hide()

    @property
    def fields(self) -> list[Field]:
        """The fields that are shown."""
        return self._shown.fields

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def set_types(self, types: tuple[AttributeType, ...]) -> bool:
        """Have a field for each of these attributes; whether others were shown, which come back as they were left."""
        if types == self._types:
            return False
        self._types = types
        self._shown.hide()
        if types not in self._kept:
            self._make(types)
        self._shown = self._kept[types]
        if self._book:
            self.set_book(self._book)
        self._shown.show()
        self.setVisible(bool(types))
        return True

    def show_values(self, attributes: Iterable[Attribute], *, anew: bool) -> None:
        """Show what is stored. What is being typed stays, unless these are another span's (`anew`)."""
        values = {each.name: each.values for each in attributes}
        for field, name in zip(self.fields, self._shown.names, strict=True):
            (field.show_anew if anew else field.show_values)(values.get(field.kind.name, ()))
            _mark(name, field.kind, missing=field.kind.required and not field.values)

    def set_book(self, book: "EntityBook") -> None:
        """Take the entities that there are."""
        self._book = book
        for field in self.fields:
            field.set_book(book)

    def set_words(self, words: str) -> None:
        """Take the words of the span whose values are shown next."""
        for field in self.fields:
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

    def _make(self, types: tuple[AttributeType, ...]) -> None:
        made = self._kept[types] = _Fields(self)
        for kind in types:
            field = made.add(kind, self._theme)
            field.changed.connect(lambda values, name=kind.name: self.changed.emit(name, values))
            field.left.connect(self.left)
        self._column.addWidget(made)
        if len(self._kept) > _KEPT:
            oldest = next(iter(self._kept))
            self._kept.pop(oldest).deleteLater()


class _Fields(QWidget):
    """The fields of one label's attributes, one below the other, with their names."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fields: list[Field] = []
        self.names: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)

    def add(self, kind: AttributeType, theme: Theme) -> Field:
        """Add a field at the end and return it."""
        field = field_for(kind, theme)
        row, name = labelled(f"{kind.name} *" if kind.required else kind.name, field)
        name.setToolTip(plain_tooltip(kind.guideline))
        if kind.required:
            name.setAccessibleName(f"{kind.name}, required")
        self._column.addWidget(row)
        self.fields.append(field)
        self.names.append(name)
        return field


def field_for(kind: AttributeType, theme: Theme) -> Field:
    """Return the field for an attribute of this kind."""
    if kind.kind is AttributeKind.CHOICES:
        return ChoicesField(kind)
    if kind.kind in (AttributeKind.TEXT, AttributeKind.NUMBER):
        return LineField(kind)
    if kind.kind is AttributeKind.ENTITY:
        from annotator.gui.annotate.entity_field import EntityField  # only now: few labels have one

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
