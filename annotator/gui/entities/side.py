"""The left side of the registry: a filter, what wants sorting out, and the entities."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.domain.entity_match import plain
from annotator.domain.entity_use import EntityUse
from annotator.gui import fonts, icons
from annotator.gui.entities.rows import ONE_LINE, TWO_LINES, Look, Rows
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import SIDE, PaneHeader, ground, label, rule
from annotator.gui.widgets.wording import counted

UNTIED, ALIKE = "Spans without an entity", "Look like one"


class Side(QWidget):
    """`entity_chosen` carries an entity's id, `group_chosen` the name of a group."""

    entity_chosen = Signal(str)
    group_chosen = Signal(str)
    delete_asked = Signal()
    form_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        ground(self, "panel")
        self._uses: tuple[EntityUse, ...] = ()
        self._chosen = ""
        self.header = PaneHeader("Entities", theme, spoken="0 entities")
        self.add = IconButton("plus", "Add entity", theme)
        self.header.add_button(self.add)
        self.filter = _Filter(theme)
        self.filter.textChanged.connect(lambda _: self._fill())
        self.groups: Rows[tuple[str, int]] = Rows("To sort out", _group_look, theme, ONE_LINE)
        self.list: Rows[EntityUse] = Rows("Entities", _look, theme, TWO_LINES)
        self.filter.down.connect(self._into_list)
        self.nothing = label("No entity of that name.", 12, tone="third")
        self.nothing.setContentsMargins(SIDE, 4, SIDE, 4)
        self._connect()
        self._lay_out()

    def show_all(self, uses: tuple[EntityUse, ...], groups: Sequence[tuple[str, int]], chosen: str) -> None:
        """Show the entities and groups; `chosen` is an entity's id or a group's name."""
        self._uses, self._chosen = uses, chosen
        self.header.set_count(f"{len(uses):,}")
        self.header.title.setAccessibleName(counted(len(uses), "entity", "entities"))
        names = [name for name, _ in groups]
        self.groups.set_rows(groups, names.index(chosen) if chosen in names else None)
        self.groups.setFixedHeight(len(groups) * fonts.px(ONE_LINE))
        self._fill()

    def set_read_only(self, read_only: bool) -> None:
        self.add.setEnabled(not read_only)

    def _fill(self) -> None:
        wanted = plain(self.filter.text())
        shown = [use for use in self._uses if _matches(use, wanted)]
        ids = [use.entity.id for use in shown]
        self.list.set_rows(shown, ids.index(self._chosen) if self._chosen in ids else None)
        self.nothing.setVisible(bool(wanted) and not shown)

    def _into_list(self) -> None:
        if self.list.rows:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.list.chosen_row() is None:
                self.list.setCurrentIndex(self.list.rows_model.index(0))

    def _connect(self) -> None:
        self.list.chosen.connect(lambda row: self.entity_chosen.emit(self.list.rows[row].entity.id))
        self.list.opened.connect(lambda _: self.form_asked.emit())
        self.list.removed.connect(lambda _: self.delete_asked.emit())
        self.groups.chosen.connect(lambda row: self.group_chosen.emit(self.groups.rows[row][0]))
        self.groups.opened.connect(lambda _: self.form_asked.emit())

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(SIDE, 0, SIDE, 8)
        above.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(above)
        column.addWidget(self.groups)
        column.addSpacing(4)
        column.addWidget(rule())
        column.addSpacing(4)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.setMinimumWidth(fonts.px(220))
        self.setMaximumWidth(fonts.px(400))


class _Filter(QLineEdit):
    """Down goes into the list."""

    down = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setPlaceholderText("Filter entities")
        self.setAccessibleName("Filter entities")
        self.setProperty("leading", True)
        self._icon = self.addAction(icons.icon("search", theme), QLineEdit.ActionPosition.LeadingPosition)

    def set_theme(self, theme: Theme) -> None:
        self._icon.setIcon(icons.icon("search", theme))

    def event(self, event: QEvent) -> bool:
        """Called by Qt. Escape is the field's while it has a text to clear."""
        overrides = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and event.key() == Qt.Key.Key_Escape and self.text():  # type: ignore[attr-defined] # a key event
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _matches(use: EntityUse, wanted: str) -> bool:
    return not wanted or any(wanted in plain(text) for text in (*use.entity.names, *use.forms))


def _look(use: EntityUse) -> Look:
    aliases = ", ".join(use.entity.aliases)
    spoken = f"{use.entity.name}, {counted(use.spans, 'span')}"
    return Look(use.entity.name, aliases, f"{use.spans:,}", spoken)


def _group_look(group: tuple[str, int]) -> Look:
    name, count = group
    return Look(name, "", f"{count:,}", f"{name}, {count:,}")
