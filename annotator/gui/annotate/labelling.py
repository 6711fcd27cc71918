"""Giving a label to text: number keys, the labels at the right, the picker, an armed label; and changing a span's."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

if TYPE_CHECKING:
    from annotator.gui.annotate.mode import AnnotateMode

_BELOW = 6  # px from the line of the caret to the picker


class Labelling(QObject):
    """Brings what asks for a label to what takes it: hits that were found, the selection, or the chosen span."""

    def __init__(self, mode: "AnnotateMode") -> None:
        super().__init__(mode)
        self._mode = mode
        mode.labels.label_pressed.connect(self._label_pressed)
        mode.span.retag_asked.connect(self._retag_asked)

    def tag_with_key(self, key: int) -> None:
        """Tag the selection, or change the chosen span, with the label that has this key."""
        mode = self._mode
        label = mode.codebook.by_key(key)
        if label is None:
            mode.hinted.emit(f"No label has the key {key}.")
        elif not mode.finding.tag_with(label.name) and not mode.tagger.label_asked(label.name):
            mode.hinted.emit(f"Select text first, then {key} tags it as {label.name}.")

    def pick_label(self) -> None:
        """Open the label picker at the selection."""
        text = self._mode.page.text
        if not self._mode.finding.pick_label():
            anchor = text.viewport().mapToGlobal(text.cursorRect().bottomLeft())
            self._mode.picker.open_at(anchor + QPoint(0, _BELOW))

    def arm(self, name: str | None) -> None:
        """Let every selection be tagged with this label, or none."""
        self._mode.tagger.armed = name
        self._mode.labels.set_armed(name)
        self._mode.hinted.emit(f"Every selection is tagged as {name}; Esc lets go of it." if name else "")

    def _label_pressed(self, name: str) -> None:
        """A click on a label tags; with nothing to tag it arms the label, or lets go of it."""
        if self._mode.read_only:
            return  # the project is still being opened
        if self._mode.tagger.label_asked(name):
            self._mode.page.text.setFocus()
        else:
            self.arm(None if self._mode.tagger.armed == name else name)

    def label_picked(self, name: str) -> None:
        """Tag with the label that was taken in the picker."""
        self._mode.tagger.label_asked(name)
        self._mode.page.text.setFocus()

    def _retag_asked(self, label: str) -> None:
        if chosen := self._mode.page.text.chosen_span():
            self._mode.tagger.retag(chosen, label)
