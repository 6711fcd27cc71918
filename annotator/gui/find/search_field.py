"""A field for what is looked for, with the four choices beside it: case, accents, whole words, expression."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from annotator.domain.search import Query
from annotator.gui import fonts, icons
from annotator.gui.theme import Theme

_CHOICES = (  # of a Query, what the button shows, its name
    ("case", "Aa", "Match case"),
    ("accents", "é", "Match accents"),
    ("words", "ab", "Whole words"),
    ("regex", ".*", "Regular expression"),
)
_LONGEST = 10_000


class SearchField(QWidget):
    """`changed` when another query stands there; `entered` by Enter, true with Shift; `left` by Escape or Down."""

    changed = Signal()
    entered = Signal(bool)
    escaped = Signal()
    down = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(_LONGEST)
        self.field.setProperty("leading", True)
        self._icon = self.field.addAction(icons.icon("search", theme), QLineEdit.ActionPosition.LeadingPosition)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(lambda _: self.changed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.field, 1)
        row.addSpacing(4)
        self._buttons: dict[str, QToolButton] = {}
        for choice, shown, spoken in _CHOICES:
            self._buttons[choice] = button = _toggle(shown, spoken)
            button.toggled.connect(lambda _: self.changed.emit())
            row.addWidget(button)

    def query(self) -> Query:
        """Return what is looked for."""
        return Query(self.field.text(), **{name: button.isChecked() for name, button in self._buttons.items()})

    def set_query(self, query: Query) -> None:
        """Show another query; `changed` follows if it is another one, once."""
        if query == self.query():
            return
        self.blockSignals(True)
        self.field.setText(query.text)
        for name, button in self._buttons.items():
            button.setChecked(getattr(query, name))
        self.blockSignals(False)
        self.changed.emit()

    def take_focus(self) -> None:
        """Go into the field, all of it selected, so that one can type something else."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def set_theme(self, theme: Theme) -> None:
        self._icon.setIcon(icons.icon("search", theme))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Escape and Down do something; all other keys are the field's."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
            if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
                (self.escaped if event.key() == Qt.Key.Key_Escape else self.down).emit()
                return True
        return super().eventFilter(watched, event)


def _toggle(shown: str, spoken: str) -> QToolButton:
    button = QToolButton()
    button.setText(shown)
    button.setCheckable(True)
    button.setProperty("toggle", True)
    button.setAccessibleName(spoken)
    button.setToolTip(spoken)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setFixedSize(fonts.px(30), fonts.px(30))
    if shown == "ab":
        font = button.font()
        font.setUnderline(True)
        button.setFont(font)
    return button
