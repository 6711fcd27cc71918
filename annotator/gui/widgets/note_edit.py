"""A field for a note: several lines of plain text, as high as they need, told when it comes to rest."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from annotator.gui import fonts

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EDGE = 12  # px: borders and padding, above and below together


class NoteEdit(QPlainTextEdit):
    """`finished` carries a changed text once the field is left, or with Ctrl+Enter; `left` says: back to the text.

    Escape leaves too. Tab goes to the next field. Ctrl+Z is the project's where there is no typing to take back.
    """

    finished = Signal(str)
    left = Signal()

    def __init__(self, name: str, *, fewest: int = 1, most: int = 5, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fewest, self._most = fewest, most
        self._stored = ""
        self.before = ""
        """The stored text that was shown when what stands in the field was begun."""
        self.setProperty("field", True)
        self.setAccessibleName(name)
        self.setFont(fonts.ui(12))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def show_text(self, text: str, *, force: bool = False) -> None:
        """Show the stored text. What is being typed stays, unless `force`d away."""
        typing = self.hasFocus() and self.typed() != self._stored
        self._stored = text
        if force or not typing:
            self.before = text
            if self._text() != text:
                self.setPlainText(text)
            elif not self.hasFocus():
                self.document().clearUndoRedoStacks()

    def typed(self) -> str:
        """Return what stands in the field, as it would be stored."""
        return self._text().strip()

    def finish(self) -> None:
        """Tell what has been typed, if that is not stored already."""
        text = self.typed()
        if text != self._stored and not self.isReadOnly():
            self._stored = text
            self.finished.emit(text)
            self.before = text

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(200), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finish()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.accept()
                return True
            if gives_way(event, undo=self.document().isUndoAvailable(), redo=self.document().isRedoAvailable()):
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        controlled = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape or (event.key() in _ENTER and controlled):
            self.finish()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        lines = max(self._fewest, min(self._most, round(self.document().size().height())))
        height = max(fonts.px(30), lines * self.fontMetrics().lineSpacing() + _EDGE)
        if height != self.height():
            self.setFixedHeight(height)
        scrolls = self.document().size().height() > self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)

    def _text(self) -> str:
        """The text as typed: `toPlainText` would turn no-break spaces into spaces."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


def gives_way(event: QKeyEvent, *, undo: bool, redo: bool) -> bool:
    """Whether a field leaves Ctrl+Z or its opposite to the window, having nothing of its own to take back."""
    undoes = event.matches(QKeySequence.StandardKey.Undo)
    redoes = event.matches(QKeySequence.StandardKey.Redo)
    return (undoes and not undo) or (redoes and not redo)
