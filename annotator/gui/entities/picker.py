"""A popup in which an entity is chosen: type some letters, Enter takes the row."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.domain.entity_match import EntityBook
from annotator.gui import fonts
from annotator.gui.entities.choices import ROW, Choice, ChoicesDelegate, ChoicesModel, for_typed, for_words
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.popup import Popup
from annotator.gui.widgets.uniform_list import UniformList

_WIDE = 340
_MOST_ROWS = 10


class EntityPicker(Popup):
    """Calls what it was opened with, with the name that was taken."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._book, self._words, self._may_add = EntityBook(), "", False
        self._then: Callable[[str], object] = lambda _: None
        self.setFixedWidth(fonts.px(_WIDE))
        self.field = QLineEdit()
        self.field.setPlaceholderText("Entity")
        self.field.setAccessibleName("Entity")
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.view = UniformList(fonts.px(ROW))
        self.view.setAccessibleName("Entities to choose from")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = ChoicesModel(self)
        self.view.setModel(self.model)
        self.delegate = ChoicesDelegate(theme, self)
        self.view.setItemDelegate(self.delegate)
        self.view.clicked.connect(self._take)
        self.nothing = label("No entity of that name", 12, tone="third")
        self.nothing.setContentsMargins(14, 8, 12, 8)
        above = QHBoxLayout()
        above.setContentsMargins(7, 7, 7, 7)
        above.addWidget(self.field)
        self.column.addLayout(above)
        self.column.addWidget(self.view)
        self.column.addWidget(self.nothing)
        self.column.addSpacing(4)

    def set_theme(self, theme: Theme) -> None:
        self.delegate.theme = theme

    def ask(self, button: QWidget, book: EntityBook, words: str, then: Callable[[str], object], *, add: bool) -> None:
        """Open below a button; what `words` may mean comes first, and with `add` a new name may be given."""
        self._book, self._words, self._then, self._may_add = book, words, then, add
        self.field.clear()
        self._filter("")
        corner = button.rect().bottomLeft()
        corner.setY(corner.y() + 3)
        self.open_at(button.mapToGlobal(corner), above=button.height() + 6)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while one types; Enter takes, Escape closes, and closes nothing below the popup."""
        overrides = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined] # a key event, as just seen
            event.accept()
            return True
        if watched is not self.field or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step:
            row = (self.view.currentIndex().row() + step) % max(1, len(self.model.choices))
            self.view.setCurrentIndex(self.model.index(row))
            self.view.scrollTo(self.model.index(row))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.view.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        typed = " ".join(text.split())
        found: list[Choice] = (
            for_typed(self._book, typed, may_add=self._may_add)
            if typed
            else for_words(self._book, self._words, may_add=self._may_add)
        )
        self.model.show_choices(found)
        self.view.setCurrentIndex(self.model.index(0) if found else QModelIndex())
        self.view.setVisible(bool(found))
        self.view.setFixedHeight(min(len(found), _MOST_ROWS) * fonts.px(ROW))
        self.nothing.setVisible(not found)
        self.adjustSize()

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            name = self.model.choices[index.row()].name
            self.close()
            self._then(name)
