"""The attributes of one label: name, kind, values; added, edited, moved and removed here."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from annotator.domain.codebook import AttributeType
from annotator.gui import fonts, icons
from annotator.gui.codebook.chosen import same
from annotator.gui.codebook.links import LinkButton
from annotator.gui.codebook.row_delegates import KINDS, MENU, AttributeDelegate, column_lefts, values
from annotator.gui.codebook.rows_list import RowsList
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import label, rule


class _List(RowsList[AttributeType]):
    """A press on the three dots opens the row's menu."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() > self.viewport().width() - fonts.px(MENU):
            self._end_drag()
            self.menu_asked.emit(index.row(), event.globalPosition().toPoint())


class _Head(QWidget):
    """The names of the columns, where the columns are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = [label(text, 12, tone="third") for text in ("Name", "Kind", "Values")]
        for name in self._names:
            name.setParent(self)
        self.setFixedHeight(fonts.px(28))

    def resizeEvent(self, _event: object) -> None:
        for name, left in zip(self._names, column_lefts(self.width()), strict=True):
            name.setGeometry(round(left), 0, fonts.px(120), self.height() - 1)


class AttributesTable(QWidget):
    """Says what a person wants done with which attribute; `moved` carries the place counted from 0."""

    add_asked = Signal()
    edit_asked = Signal(object)  # AttributeType
    remove_asked = Signal(object)
    moved = Signal(object, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._read_only = theme, False
        self._attributes: tuple[AttributeType, ...] = ()
        self.head = _Head()
        self.list: RowsList[AttributeType] = _List("Attributes", _spoken, theme, movable=True)
        self.list.setItemDelegate(AttributeDelegate(self.list, theme))
        self.add_button = LinkButton(" Add attribute", theme, "plus")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rule = rule()
        for widget in (self.head, self._rule, self.list):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.add_button, 0)
        self.add_button.setSizePolicy(
            self.add_button.sizePolicy().Policy.Maximum, self.add_button.sizePolicy().Policy.Fixed
        )
        self.add_button.clicked.connect(lambda: self.add_asked.emit())
        self.list.row_opened.connect(lambda row: self._ask(self.edit_asked, row))
        self.list.delete_pressed.connect(lambda row: self._ask(self.remove_asked, row))
        self.list.row_moved.connect(lambda row, place: self.moved.emit(self._attributes[row], place))
        self.list.menu_asked.connect(self._show_menu)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def set_attributes(self, attributes: tuple[AttributeType, ...]) -> None:
        """Show these; the one that was chosen stays so."""
        row = self.list.chosen_row()
        chosen = self._attributes[row] if row is not None and row < len(self._attributes) else None
        known = [
            at for at, each in enumerate(attributes) if chosen and each.label == chosen.label and same(each, chosen)
        ]
        self._attributes = attributes
        self.list.set_rows(attributes, known[0] if known else None)
        for part in (self.head, self._rule, self.list):
            part.setVisible(bool(attributes))

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.list.set_movable(not read_only)
        delegate = self.list.itemDelegate()
        if isinstance(delegate, AttributeDelegate):
            delegate.grips = not read_only
        self.add_button.setVisible(not read_only)

    def _ask(self, signal: object, row: int) -> None:
        if not self._read_only and 0 <= row < len(self._attributes):
            signal.emit(self._attributes[row])  # type: ignore[attr-defined] # a bound signal

    def _show_menu(self, row: int, place: QPoint) -> None:
        if self._read_only:
            return
        attribute, last = self._attributes[row], len(self._attributes) - 1
        menu = QMenu(self)
        menu.setAccessibleName(f"Attribute {attribute.name}")
        edit = menu.addAction(icons.icon("edit", self._theme), "&Edit…")
        edit.triggered.connect(lambda: self.edit_asked.emit(attribute))
        for text, icon, to in (("Move &up", "chevron-up", row - 1), ("Move &down", "chevron-down", row + 1)):
            action = menu.addAction(icons.icon(icon, self._theme), text)
            action.setEnabled(0 <= to <= last)
            action.triggered.connect(lambda _checked=False, to=to: self.moved.emit(attribute, to))
        menu.addSeparator()
        remove = menu.addAction(icons.icon("trash", self._theme), "&Remove")
        remove.triggered.connect(lambda: self.remove_asked.emit(attribute))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)


def _spoken(attribute: AttributeType) -> str:
    parts = [attribute.name, KINDS[attribute.kind], values(attribute), "required" if attribute.required else ""]
    return ", ".join(part for part in parts if part)
