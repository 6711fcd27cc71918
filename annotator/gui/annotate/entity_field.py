"""The field of an attribute whose value is an entity: type a name, or take what is suggested for the span's words."""

import time

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.codebook import AttributeType
from annotator.domain.entity_match import EntityBook
from annotator.domain.entity_rules import find
from annotator.gui import fonts
from annotator.gui.annotate.fields import Field
from annotator.gui.annotate.line_field import RECENT_S
from annotator.gui.entities.choices import Choice, best, for_typed, for_words
from annotator.gui.entities.drop_list import DropList
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import KeyCapButton
from annotator.gui.widgets.note_edit import gives_way
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import plain_tooltip

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_OPENED_BY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.MouseFocusReason,
)
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_OFFERED = 124  # px of the name on the button that offers an entity
KEY = "⇧E"


class EntityField(Field):
    """A line with a list below it. Only what is taken from the list, or is a known name, is stored.

    Where the span's words are an entity's name, alias or known form, a button offers that one; nothing is stored until
    it is pressed.
    """

    def __init__(self, kind: AttributeType, theme: Theme) -> None:
        super().__init__(kind)
        self._book, self._words = EntityBook(), ""
        self._refused_at = 0.0
        self._read_only = False
        self.line = QLineEdit()
        self.line.setAccessibleName(kind.name)
        self.line.setFont(fonts.ui(12))
        self.line.setPlaceholderText("Name…")
        self.offer = KeyCapButton("", KEY, theme)
        self.offer.setProperty("small", True)
        self.offer.setFont(fonts.ui(12))
        self.offer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.offer.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.problem = label(size=12, tone="danger")
        self.problem.setWordWrap(True)
        self.drop = DropList(theme, self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.line, self.offer, self.problem):
            column.addWidget(widget)
        self.offer.hide()
        self.problem.hide()
        self.line.textEdited.connect(self._edited)
        self.drop.taken.connect(self._put)
        self.offer.clicked.connect(self.take_offer)
        self.watch(self.line, self.offer)

    # What the form tells

    def set_book(self, book: EntityBook) -> None:
        """Take the entities that there are."""
        self._book = book
        self._show_offer()
        if self.drop.is_open():
            self._open()

    def set_words(self, words: str) -> None:
        """Take the words of the span that is shown."""
        self._words = " ".join(words.split())
        self._show_offer()

    def stops(self) -> list[QWidget]:
        return [self.line, self.offer]

    def show_values(self, values: tuple[str, ...]) -> None:
        typing = self.line.hasFocus() and self._typed() != self._stored()
        self.values = values
        if not typing:
            self._show_stored()
        self._show_offer()

    def show_anew(self, values: tuple[str, ...]) -> None:
        self.values = values
        self._say("")
        self.drop.close_list()
        self._show_stored()
        self._show_offer()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.line.setReadOnly(read_only)
        self._show_offer()

    # What a person does

    def finish(self) -> None:
        """Store a name that is known, or none; what else was typed is no entity yet, and is said so."""
        self.drop.close_list()
        typed = self._typed()
        if typed == self._stored() or self._read_only:
            return
        known = find(self._book.entities, typed)
        if typed and known is None:
            self._say(f"No entity is called “{typed[:60]}”. Take one from the list, or “New entity”.")
            self._show_stored()
            return
        self.tell((known.name,) if known else ())
        self._show_stored()

    def edit(self) -> None:
        """Go into the field, the list open."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._open()

    def take_offer(self) -> bool:
        """Store the entity that is offered for the span's words, if one is."""
        offered = None if self.values or self._read_only else best(self._book, self._words)
        if offered:
            self._put(Choice(offered[0].name))
        return offered is not None

    def recent_refusal(self) -> str:
        recent = time.monotonic() - self._refused_at < RECENT_S
        return self.problem.text() if recent else ""

    def set_theme(self, theme: Theme) -> None:
        self.drop.set_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.line:
            return super().eventFilter(watched, event)
        kind = event.type()
        if kind is QEvent.Type.FocusIn and event.reason() in _OPENED_BY and not self.values:  # type: ignore[attr-defined]
            self._open()
        elif kind is QEvent.Type.FocusOut and event.reason() not in _STAYS:  # type: ignore[attr-defined]
            self.finish()
        elif kind is QEvent.Type.MouseButtonPress and self.line.hasFocus():
            self._open()
        elif kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if gives_way(event, undo=self.line.isUndoAvailable(), redo=self.line.isRedoAvailable()):
                return True
        elif kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _takes(self, _event: QKeyEvent) -> bool:
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """Arrows walk in the list, Enter takes its row, Escape gives up what was typed and goes back to the text."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain:
            return False
        if step := _STEPS.get(Qt.Key(event.key())):
            if self.drop.is_open():
                self.drop.step(step)
            else:
                self._open()
            return True
        if event.key() in _ENTER:
            choice = self.drop.current()
            if choice:
                self._put(choice)
            elif self._typed() != self._stored():
                self.finish()
            else:
                self._open()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.drop.close_list()
            self._show_stored()
            self.left.emit()
            return True
        return False

    # Inside

    def _edited(self) -> None:
        self._say("")
        self._open()

    def _open(self) -> None:
        if self._read_only:
            return
        typed = self._typed()
        if typed and typed != self._stored():
            self.drop.open_with(for_typed(self._book, typed), 0)
        else:
            rows = for_words(self._book, self._words, stored=self._stored())
            self.drop.open_with(rows, -1 if self.values else 0)

    def _put(self, choice: Choice) -> None:
        self._say("")
        self.drop.close_list()
        values = (choice.name,) if choice.name else ()
        self.line.clear()
        self.tell(values)
        self._show_stored()
        self._show_offer()
        self.left.emit()

    def _show_offer(self) -> None:
        offered = None if self.values or self._read_only else best(self._book, self._words)
        if offered:
            entity, certain = offered
            name = self.offer.fontMetrics().elidedText(entity.name, Qt.TextElideMode.ElideRight, fonts.px(_OFFERED))
            self.offer.set_text(f"“{name}”" if certain else f"“{name}”?")
            self.offer.setAccessibleName(f"Set entity to {entity.name}")
            self.offer.setToolTip(plain_tooltip(f"Set the entity to “{entity.name}” (Shift+E)"))
        self.offer.setVisible(offered is not None)

    def _stored(self) -> str:
        return self.values[0] if self.values else ""

    def _show_stored(self) -> None:
        if self.line.text() != self._stored():
            self.line.setText(self._stored())
            self.line.setCursorPosition(0)
        self.line.setToolTip(plain_tooltip(self._stored()))

    def _typed(self) -> str:
        return " ".join(self.line.text().split())

    def _say(self, problem: str) -> None:
        self._refused_at = time.monotonic() if problem else 0.0
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.line.setAccessibleDescription(problem or self.described())
