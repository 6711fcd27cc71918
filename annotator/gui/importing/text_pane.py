"""A text as it would come in, to be read and judged: plain, with stretches marked; a long one from its beginning."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from annotator.gui import fonts
from annotator.gui.text.offsets import Offsets

_SHOWN = 20_000  # code points
_BEFORE = 2_000  # of them, before the first marked stretch


class TextPane(QPlainTextEdit):
    """Read-only. Positions given are code points of the whole text."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setProperty("field", True)
        self.setProperty("preview", True)
        self.setFont(fonts.reading_font(fonts.px(15)))
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setMinimumHeight(fonts.px(80))

    def show_text(self, text: str, marked: Sequence[tuple[int, int]] = (), ground: QColor | None = None) -> None:
        """Show a text, stretches on a ground of their own; the first of them is brought into sight."""
        start = max(0, marked[0][0] - _BEFORE) if marked else 0
        shown = text[start : start + _SHOWN]
        before, after = ("…" if start else ""), ("…" if start + _SHOWN < len(text) else "")
        self.setPlainText(f"{before}{shown}{after}")
        offsets = Offsets(f"{before}{shown}{after}")
        shift = len(before) - start
        places = [(a + shift, b + shift) for a, b in marked if start <= a and b <= start + _SHOWN]
        self.setExtraSelections([self._mark(offsets, *place, ground) for place in places] if ground else [])
        cursor = QTextCursor(self.document())
        cursor.setPosition(offsets.to_display(places[0][0]) if places else 0)
        self.setTextCursor(cursor)
        QTimer.singleShot(0, self.centerCursor)  # once the pane has the room that it will have

    def _mark(self, offsets: Offsets, start: int, end: int, ground: QColor) -> QTextEdit.ExtraSelection:
        """Mark a stretch; of an empty one, where nothing is any more, the characters at its sides."""
        if start == end:
            start, end = max(0, start - 1), min(offsets.length, end + 1)
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(offsets.to_display(start))
        cursor.setPosition(offsets.to_display(end), QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setBackground(ground)
        made.cursor, made.format = cursor, style
        return made
