"""A field for words that go out when Enter is pressed: a reason, a comment. It shows the key that leads to it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

from annotator.gui import fonts
from annotator.gui.theme import Theme
from annotator.gui.widgets.key import Key
from annotator.gui.widgets.note_edit import NoteEdit

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MessageEdit(NoteEdit):
    """`sent` carries what was typed, with Enter or Ctrl+Enter; Shift+Enter begins a line. Leaving sends nothing."""

    sent = Signal(str)

    def __init__(self, name: str, hint: str, key: str, theme: Theme) -> None:
        super().__init__(name)
        self.setPlaceholderText(hint)
        self._cap = Key(key, theme, self) if key else None
        self.textChanged.connect(self._show_cap)

    def finish(self) -> None:
        """Nothing goes out before it is sent."""

    def put(self, text: str) -> None:
        """Let this stand in the field, as if it had been typed."""
        if self.typed() != text:
            self.setPlainText(text)
            self.document().clearUndoRedoStacks()

    def event(self, event: QEvent) -> bool:
        """Called by Qt. Escape and Enter are the field's own, whatever they do elsewhere in the window."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            own = event.key() in (*_ENTER, Qt.Key.Key_Escape)
            if own:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit(self.typed())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_cap()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_cap()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cap:
            self._cap.move(self.width() - self._cap.width() - 6, (fonts.px(30) - self._cap.height()) // 2)

    def _show_cap(self) -> None:
        if self._cap:
            self._cap.setVisible(not self.hasFocus() and not self.typed() and not self.isReadOnly())
