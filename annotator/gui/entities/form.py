"""The form of one entity: name, aliases, note, what texts call it, and its spans in their documents."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.entity import Entity
from annotator.domain.entity_use import EntityUse
from annotator.gui import fonts
from annotator.gui.codebook import sheets
from annotator.gui.codebook.fields import StoredLine, StoredText
from annotator.gui.codebook.form_grid import Form
from annotator.gui.entities.rows import Look, Rows
from annotator.gui.entities.survey import Place
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import counted

_MOST_FORMS, _MOST_PLACES = 8, 9  # rows in sight
_FORM_ROW, _PLACE_ROW = 26, 46


class EntityForm(Form):
    """Shows one entity. What a person wants changed is told by signals that carry no id: it is of the one shown."""

    name_changed = Signal(str)
    aliases_changed = Signal(tuple)
    note_changed = Signal(str)
    split_asked = Signal(str, tuple)
    """The new entity's name, and the forms that go to it."""
    place_opened = Signal(object)  # a Place

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entity = Entity("")
        self.name = StoredLine("Name")
        self.name.finished.connect(self.name_changed)
        self.aliases = AliasesField(theme)
        self.aliases.changed.connect(self.aliases_changed)
        self.aliases.name_asked.connect(self.name_changed)
        self.note = StoredText("Note", theme, least=2)
        self.note.finished.connect(self.note_changed)
        self.forms = FormsField(theme)
        self.forms.split_asked.connect(self.split_asked)
        self.places = PlacesField(theme)
        self.places.opened.connect(self.place_opened)
        self.add_row("Name", self.name)
        self.add_row("Aliases", self.aliases)
        self.add_row("Note", self.note)
        self.add_row("In the texts", self.forms)
        self.add_row("Spans", self.places)
        self.end_rows()

    def show_use(self, use: EntityUse) -> None:
        """Show an entity as it is stored. What is being typed stays, unless it is another one."""
        other = use.entity.id != self._entity.id
        self._entity = use.entity
        self.name.set_stored(use.entity.name, force=other)
        self.note.set_stored(use.entity.note or "", force=other)
        self.aliases.show_aliases(use.entity.aliases, anew=other)
        self.forms.show_forms(use, anew=other)
        if other:
            self.places.clear()

    def restore(self) -> None:
        """Show what is stored again, after a refusal."""
        self.name.set_stored(self._entity.name, force=True)
        self.aliases.show_aliases(self._entity.aliases, anew=True)
        self.restore_texts()

    def finish(self) -> None:
        """Tell what is being typed."""
        super().finish()
        self.aliases.finish()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.aliases.set_read_only(read_only)
        self.forms.set_read_only(read_only)


class AliasesField(QWidget):
    """A line for each alias, with what can be done to it, and one to add another."""

    changed = Signal(tuple)
    name_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._aliases: tuple[str, ...] = ()
        self._read_only = False
        self._rows: list[QWidget] = []
        self.add = QLineEdit()
        self.add.setAccessibleName("Add an alias")
        self.add.setPlaceholderText("Add an alias, then Enter")
        self.add.returnPressed.connect(self.finish)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.add)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def show_aliases(self, aliases: tuple[str, ...], *, anew: bool) -> None:
        if anew:
            self.add.clear()
        if aliases == self._aliases and not anew:
            return
        self._aliases = aliases
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(alias) for alias in aliases]
        for place, row in enumerate(self._rows):
            self._column.insertWidget(place, row)
            row.show()
        self.add.setVisible(not self._read_only)

    def finish(self) -> None:
        """Add what is typed, if anything."""
        typed = " ".join(self.add.text().split())
        self.add.clear()
        if typed and typed not in self._aliases:
            self.changed.emit((*self._aliases, typed))

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.add.setVisible(not read_only)

    def _row(self, alias: str) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        words = label(alias)
        words.setMinimumWidth(1)
        words.setWordWrap(True)
        across.addWidget(words, 1)
        if not self._read_only:
            use = QPushButton("Use as name")
            use.setProperty("flat", True)
            use.setProperty("small", True)
            use.setAutoDefault(False)
            use.setFont(fonts.ui(12))
            use.setAccessibleName(f"Use {alias} as name")
            use.clicked.connect(lambda: self.name_asked.emit(alias))
            gone = IconButton("close", f"Remove alias {alias}", self._theme)
            gone.clicked.connect(lambda: self.changed.emit(tuple(each for each in self._aliases if each != alias)))
            across.addWidget(use)
            across.addWidget(gone)
        return row


class FormsField(QWidget):
    """What texts call the entity, with counts; those that are checked can be split off."""

    split_asked = Signal(str, tuple)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._use = EntityUse(Entity(""))
        self._read_only = False
        self.list = QListWidget()
        self.list.setAccessibleName("In the texts")
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(lambda _: self._show_split())
        self.nothing = label("No span has this entity yet.", tone="third")
        self.nothing.setContentsMargins(0, fonts.px(7), 0, 0)
        self.new_name = QLineEdit()
        self.new_name.setAccessibleName("Name of the new entity")
        self.button = QPushButton("Split off")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._split)
        self.new_name.returnPressed.connect(self._split)
        self._below = QWidget()
        across = QHBoxLayout(self._below)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self.new_name, 1)
        across.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.list, self.nothing, self._below):
            column.addWidget(widget)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.list.setStyleSheet(sheets.framed_list(theme))

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._fill(set())

    def show_forms(self, use: EntityUse, *, anew: bool) -> None:
        if use != self._use:
            checked = set() if anew else set(self.checked())
            self._use = use
            self._fill(checked)

    def checked(self) -> tuple[str, ...]:
        """The forms that are checked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in items if _is_checked(item))

    def _fill(self, checked: set[str]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for form, count in self._use.forms.items():
            item = QListWidgetItem(f"{form}   ·   {count:,}")
            item.setData(Qt.ItemDataRole.UserRole, form)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{form}, {counted(count, 'span')}")
            flags = Qt.ItemFlag.ItemIsEnabled
            if not self._read_only and len(self._use.forms) > 1:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
                item.setCheckState(Qt.CheckState.Checked if form in checked else Qt.CheckState.Unchecked)
            item.setFlags(flags)
            self.list.addItem(item)
        self.list.blockSignals(False)
        rows = min(self.list.count(), _MOST_FORMS)
        self.list.setFixedHeight(rows * fonts.px(_FORM_ROW) + 10)
        self.list.setVisible(rows > 0)
        self.nothing.setVisible(rows == 0)
        self._show_split()

    def _show_split(self) -> None:
        checked = self.checked()
        some = 0 < len(checked) < len(self._use.forms)
        self._below.setVisible(some)
        if some:
            spans = sum(self._use.forms[form] for form in checked)
            self.button.setText(f"Split off {counted(spans, 'span')}")
            if self.new_name.text() not in self._use.forms or self.new_name.text() not in checked:
                self.new_name.setText(checked[0])
        else:
            self.new_name.clear()

    def _split(self) -> None:
        name, checked = " ".join(self.new_name.text().split()), self.checked()
        if name and checked:
            self.split_asked.emit(name, checked)


def _is_checked(item: QListWidgetItem) -> bool:
    return bool(item.flags() & Qt.ItemFlag.ItemIsUserCheckable) and item.checkState() is Qt.CheckState.Checked


class PlacesField(QWidget):
    """The annotator's own spans of the entity, each with the words around it; a click goes there."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.said = label(tone="third")
        self.said.setWordWrap(True)
        self.said.setContentsMargins(0, fonts.px(7), 0, 4)
        self.list: Rows[Place] = Rows("Spans of this entity", _look, theme, _PLACE_ROW, side=10)
        self.list.setProperty("framed", True)
        self.list.clicked.connect(lambda index: self.opened.emit(self.list.rows[index.row()]))
        self.list.opened.connect(lambda row: self.opened.emit(self.list.rows[row]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.said)
        column.addWidget(self.list)
        self.show_places([], 0, 0)

    def clear(self) -> None:
        """Show nothing until places come."""
        self.list.hide()
        self.said.setText("")

    def show_places(self, places: Sequence[Place], own: int, spans: int) -> None:
        """Show places; `own` of the `spans` that have the entity are this annotator's."""
        self.list.set_rows(list(places))
        self.list.setFixedHeight(min(len(places), _MOST_PLACES) * fonts.px(_PLACE_ROW))
        self.list.setVisible(bool(places))
        others = spans - own
        said = counted(own, "span of yours", "spans of yours") if own else ""
        if others > 0:
            said += f"{', ' if said else ''}{others:,} of other annotators"
        self.said.setText(f"{said}. A click shows it in its document." if own else said or "None yet.")


def _look(place: Place) -> Look:
    said = f"{place.before}{place.words}{place.after}"
    return Look(place.words, place.heading, spoken=said, around=(f"…{place.before}", f"{place.after}…"))
