"""Fields that hold a stored value: they tell when an edit is finished, and give way to Undo when they have none."""

import math

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from annotator.gui import fonts
from annotator.gui.codebook import sheets
from annotator.gui.codebook.in_sight import show_in_area
from annotator.gui.theme import Theme

_OPENS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4)


class StoredLine(QLineEdit):
    """One line. `finished` carries a text that differs from the stored one, once it has been left or Enter pressed.

    Escape brings the stored text back; an Escape more is for the window, and so is Ctrl+Z without typing to take back.
    """

    finished = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._stored = ""
        self._sent: str | None = None
        self.editingFinished.connect(self.finish)

    def set_stored(self, text: str, *, force: bool = False) -> None:
        """Show what is stored. What is being typed stays, unless `force`d away."""
        typing = self.hasFocus() and self._is_changed() and self._sent is None
        self._stored, self._sent = text, None
        if force or not typing:
            caret = self.cursorPosition()
            self.setText(text)  # even if it is the same: what can be undone is the project's now
            self.setCursorPosition(min(caret, len(text)) if self.hasFocus() else 0)

    def finish(self) -> None:
        """Tell what has been typed, if anything."""
        text = self.text().strip()
        if text == self._stored:
            self.setText(text)
        elif text != self._sent:
            self._sent = text
            self.finished.emit(text)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            decided = _override(event, self._is_changed(), self.isUndoAvailable(), self.isRedoAvailable())
            if decided is not None:
                event.setAccepted(decided)
                return decided
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_changed():
            self.set_stored(self._stored, force=True)
            self.selectAll()
            return
        super().keyPressEvent(event)

    def _is_changed(self) -> bool:
        return self.text().strip() != self._stored


class StoredText(QPlainTextEdit):
    """Several lines of plain text, as high as they need. Tab goes on; otherwise as `StoredLine`."""

    finished = Signal(str)

    def __init__(self, name: str, theme: Theme, least: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._least = least
        self._taken_back = False
        self._stored = ""
        self._sent: str | None = None
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.cursorPositionChanged.connect(self._keep_caret_in_sight)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(sheets.text_edit(theme))
        self._grow()

    def set_stored(self, text: str, *, force: bool = False) -> None:
        """Show what is stored. What is being typed stays, unless `force`d away."""
        typing = self.hasFocus() and self.document().isModified() and self._sent is None
        self._stored, self._sent = text, None
        if force or not typing:
            if self.text() != text:
                self.setPlainText(text)
            elif not self._taken_back:
                self.document().clearUndoRedoStacks()  # what can be undone is the project's now
            self._taken_back = False
            self.document().setModified(False)

    def take_back(self) -> None:
        """Go back to the stored text after a refusal; Ctrl+Z in the field brings back what was typed."""
        self._sent = None
        if self.text() != self._stored:
            self._taken_back = True
            cursor = self.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(self._stored)
        self.document().setModified(False)

    def restore(self) -> None:
        """Take back what was told, if it was refused."""
        if self._sent is not None:
            self.take_back()

    def text(self) -> str:
        """The text as typed: `toPlainText` would turn no-break spaces into spaces."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def finish(self) -> None:
        """Tell what has been typed, if anything."""
        text = self.text().strip()
        if self.document().isModified() and text not in (self._stored, self._sent):
            self._sent = text
            self.finished.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finish()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            decided = _override(event, document.isModified(), document.isUndoAvailable(), document.isRedoAvailable())
            if decided is not None:
                event.setAccepted(decided)
                return decided
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.document().isModified():
            self.take_back()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def _grow(self) -> None:
        layout, block, high = self.document().documentLayout(), self.document().firstBlock(), 0.0
        while block.isValid():
            high += layout.blockBoundingRect(block).height()
            block = block.next()
        margin = round(self.document().documentMargin())
        least = self._least * self.fontMetrics().lineSpacing() + margin  # as the last block's rectangle has it
        margins = 2 * (margin + 5)
        self.setFixedHeight(max(least, math.ceil(high)) + margins)

    def _keep_caret_in_sight(self) -> None:
        if self.hasFocus():
            show_in_area(self.viewport(), self.cursorRect(), fonts.px(24))


class StoredChoice(QComboBox):
    """One of several. Keys open the list first, so that walking through it changes nothing; the wheel is the form's."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(name)  # on Unix Qt reads out the value in the name's place
        self._stored: object = None
        self.values: list[object] = []  # here, not as item data: Qt would make plain text of an enumeration
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._picked)

    def set_items(self, items: list[tuple[object, str]], stored: object) -> None:
        """Offer values with their texts; `stored` is shown."""
        self._stored = stored
        self.values = [value for value, _ in items]
        texts = [text for _, text in items]
        if texts != [self.itemText(row) for row in range(self.count())]:
            self.clear()
            self.addItems(texts)
        self.setCurrentIndex(self.values.index(stored) if stored in self.values else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENS:
            self.showPopup()
        else:
            event.ignore()

    def _picked(self, row: int) -> None:
        if self.values[row] != self._stored:
            self.chosen.emit(self.values[row])


def _override(event: QKeyEvent, changed: bool, undo: bool, redo: bool) -> bool | None:
    """Say whether a field keeps a key that the window has a shortcut for; None where the field decides as ever."""
    if event.key() == Qt.Key.Key_Escape:
        return changed
    if event.matches(QKeySequence.StandardKey.Undo) and not undo:
        return False
    if event.matches(QKeySequence.StandardKey.Redo) and not redo:
        return False
    return None
