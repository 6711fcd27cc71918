"""The note on a document, in a small frame under the page's head."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QHideEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.document import Document
from annotator.gui import fonts
from annotator.gui.widgets.note_edit import NoteEdit
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.popup import Popup

_WIDTH = 380


class DocumentNotePopup(Popup):
    """`written` carries a document's id, its new and its old note, however the popup is left."""

    written = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = self._before = ""
        self.heading = label("Note on this document", weight=QFont.Weight.DemiBold)
        self.title = label(size=12, tone="third")
        self.note = NoteEdit("Note on this document", fewest=4, most=14)
        self.note.finished.connect(lambda note: self.written.emit(self._document, note, self._before))
        self.note.left.connect(self.close)
        self.column.setContentsMargins(16, 12, 16, 16)
        self.column.addWidget(self.heading)
        self.column.addSpacing(2)
        self.column.addWidget(self.title)
        self.column.addSpacing(10)
        self.column.addWidget(self.note)
        self.setFixedWidth(fonts.px(_WIDTH))
        self.setAccessibleName("Note on this document")

    def open_for(self, document: Document, place: QPoint, *, read_only: bool) -> None:
        """Open at `place` (global) with a document's note."""
        self._document, self._before = document.id, document.note or ""
        room = self.width() - 32
        self.title.setText(self.title.fontMetrics().elidedText(document.heading, Qt.TextElideMode.ElideRight, room))
        self.note.setReadOnly(read_only)
        self.note.show_text(document.note or "", force=True)
        self.note.moveCursor(self.note.textCursor().MoveOperation.End)
        self.open_at(place)
        self.note.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.note.finish()
