"""What the annotator says about a span or a document besides tagging it: attributes, notes; and what the book says.

Keeps the panes in touch with each other for that: the fields at the right, the two popups, the tagger.
"""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt

from annotator.domain.codebook import Label
from annotator.gui import fonts
from annotator.gui.actions import Actions
from annotator.gui.annotate.spans_list import FEWEST
from annotator.gui.widgets.later import built

if TYPE_CHECKING:
    from annotator.gui.annotate.document_note import DocumentNotePopup
    from annotator.gui.annotate.guideline import GuidelinePopup
    from annotator.gui.annotate.mode import AnnotateMode

_LOW, _ROW_EACH = 600, 70  # px of the right panel: up to here the fewest rows, one more for each of these
_APART = 8  # px between the text and what explains it


class Inspecting(QObject):
    """The actions behind Enter, M, Shift+M and G."""

    def __init__(self, mode: "AnnotateMode", actions: Actions) -> None:
        super().__init__(mode)
        self._mode = mode
        panel, tagger = mode.span, mode.tagger
        panel.attribute_changed.connect(tagger.set_attribute)
        panel.note_changed.connect(tagger.set_note)
        panel.text_asked.connect(mode.page.text.setFocus)
        panel.refused.connect(mode.refused)
        mode.labels.guidelines_asked.connect(self.show_guidelines)
        tagger.document_noted.connect(self._document_noted)
        # Enter is a key of many widgets: it leads to the attributes from the text alone.
        actions["attributes"].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        mode.page.text.addAction(actions["attributes"])
        mode.right.installEventFilter(self)

    @cached_property
    def guideline(self) -> "GuidelinePopup":
        """What guidelines are shown in."""
        from annotator.gui.annotate.guideline import GuidelinePopup

        return GuidelinePopup(self._mode.theme, self._mode)

    @cached_property
    def document_note(self) -> "DocumentNotePopup":
        """What the note on a document is written in."""
        from annotator.gui.annotate.document_note import DocumentNotePopup

        popup = DocumentNotePopup(self._mode)
        popup.written.connect(self._mode.tagger.set_document_note)
        return popup

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The higher the panel, the more rows of the list of spans stay in sight, whatever the chosen span needs."""
        if watched is self._mode.right and event.type() is QEvent.Type.Resize:
            more = (self._mode.right.height() - fonts.px(_LOW)) / fonts.px(_ROW_EACH)
            self._mode.spans.keep_rows(FEWEST + max(0, min(3, round(more))))
        return super().eventFilter(watched, event)

    def write_typed(self) -> None:
        """Write what has been typed into a field and not written yet: the project or the document is about to go."""
        for popup in built(self, "document_note"):
            popup.close()
        self._mode.span.write_typed()

    def edit_attributes(self) -> None:
        """Go to the chosen span's first attribute."""
        self._mode.span.edit_attributes()

    def edit_note(self) -> None:
        """Go to the chosen span's note."""
        self._mode.span.edit_note()

    def edit_document_note(self) -> None:
        """Open the note on the document."""
        mode = self._mode
        if status := mode.status():
            corner = mode.page.text.mapToGlobal(QPoint(_APART, _APART))
            self.document_note.open_for(status.document, corner, read_only=mode.read_only)

    def show_guideline(self) -> None:
        """Show the guideline of the chosen span's label, else of the label that is armed, else of all."""
        text, codebook = self._mode.page.text, self._mode.codebook
        chosen = text.chosen_span()
        span = text.span(chosen) if chosen else None
        name = span.label if span else self._mode.tagger.armed
        labels = (codebook.label(name),) if name and codebook.has(name) else codebook.labels
        rect = next((where for each, where in text.spans_in_sight() if span and each.id == span.id), text.cursorRect())
        port = text.viewport()
        self._open(labels, port.mapToGlobal(rect.bottomLeft() + QPoint(0, _APART)), rect.height() + 2 * _APART)

    def show_guidelines(self) -> None:
        """Show all guidelines, beside the button that was pressed."""
        button = self._mode.labels.guidelines
        place = button.mapToGlobal(QPoint(button.width() - self.guideline.width(), button.height() + 2))
        self._open(self._mode.codebook.labels, place, 0)

    def _open(self, labels: tuple[Label, ...], place: QPoint, above: int) -> None:
        if labels:
            self.guideline.open_with(self._mode.codebook, labels, place, above=above)

    def _document_noted(self, document_id: str, note: str) -> None:
        status = self._mode.status()
        if status and status.document.id == document_id:
            self._mode.show_statuses([replace(status, document=replace(status.document, note=note or None))])
