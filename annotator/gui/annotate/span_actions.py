"""What is done with the chosen span beyond its label: its ends and fragments, a duplicate, its menu."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from annotator.domain import shaping
from annotator.domain.codebook import Codebook
from annotator.domain.shaping import End, Fragments
from annotator.domain.span import Span
from annotator.gui.actions import NUDGES, Actions
from annotator.gui.theme import Theme
from annotator.gui.widgets.later import built

if TYPE_CHECKING:
    from annotator.gui.annotate.label_picker import LabelPicker
    from annotator.gui.annotate.mode import AnnotateMode
    from annotator.gui.annotate.text_menu import TextMenu


class SpanActions(QObject):
    """Serves the action table and the text's mouse; the tagger writes. With snapping on, the mouse goes by words."""

    def __init__(self, mode: "AnnotateMode", actions: Actions) -> None:
        super().__init__(mode)
        self._mode = mode
        self._actions = actions
        self._view = mode.page.text
        self._tagger = mode.tagger
        self._enabled = False
        self._view.resized.connect(self._tagger.resize)
        self._view.menu_asked.connect(self._open_menu)

    @cached_property
    def picker(self) -> "LabelPicker":
        """What the label of a duplicate is picked in."""
        from annotator.gui.annotate.label_picker import LabelPicker

        picker = LabelPicker(self._mode.theme, self._mode)
        picker.set_codebook(self._mode.codebook, self._mode.theme)
        picker.field.setPlaceholderText("Label of the duplicate")
        picker.label_picked.connect(self._duplicate_as)
        return picker

    @cached_property
    def menu(self) -> "TextMenu":
        """The text's context menu."""
        from annotator.gui.annotate.text_menu import TextMenu

        menu = TextMenu(self._actions, self._mode.theme, self._mode)
        menu.set_codebook(self._mode.codebook, self._mode.theme)
        menu.label_asked.connect(self._tag)
        menu.duplicate_asked.connect(self._duplicate_as)
        return menu

    def set_enabled(self, enabled: bool) -> None:
        """Let spans be changed, or not."""
        self._enabled = enabled
        self._view.set_shaper(self if enabled else None)

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels to choose from."""
        for part in built(self, "picker", "menu"):
            part.set_codebook(codebook, theme)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the rows of the action table do that concern the chosen span."""
        nudges = {f"nudge_{end.value}_{to}_{by}": partial(self.nudge, end, to, by) for end, to, by in NUDGES}
        return nudges | {
            "copy": self._view.copy_text,
            "add_fragment": self.add_fragment,
            "remove_fragment": self.remove_fragment,
            "duplicate": self.ask_duplicate,
        }

    # What the text's mouse asks

    def dragged(self, span: Span, end: End, position: int) -> Fragments:
        """Return the fragments that a span gets when an end of it is dragged to a position."""
        return shaping.dragged(self._tagger.text, span.fragments, end, position, words=self._tagger.snapping)

    def with_stretch(self, span: Span, start: int, end: int) -> Fragments:
        """Return the fragments that a span gets when a stretch is added to it."""
        return shaping.with_stretch(self._tagger.text, span.fragments, start, end, words=self._tagger.snapping)

    # What the actions do

    def nudge(self, end: End, to: str, by: str) -> None:
        """Move an end of the chosen span a word or a character to the left or right, as one sees it."""
        if span := self._chosen():
            at = span.start if end is End.START else span.end
            step = self._view.step_towards(to, at)
            fragments = shaping.nudged(self._tagger.text, span.fragments, end, step, words=by == "word")
            self._resize(span, fragments)
            self._view.reveal(fragments[0].start if end is End.START else fragments[-1].end - 1)

    def add_fragment(self) -> None:
        """Add the selection to the chosen span."""
        span, selection = self._chosen(), self._view.selection()
        if span and selection:
            fragments = self.with_stretch(span, *selection)
            ends = [f.end for f in fragments if f.start < selection[1]]
            self._view.set_caret(min(ends[-1] if ends else span.end, selection[1]))  # Shift+F takes it away again
            self._resize(span, fragments)

    def remove_fragment(self) -> None:
        """Take the fragment at the caret out of the chosen span."""
        if span := self._chosen():
            left = shaping.without_fragment_at(span.fragments, self._view.caret())
            if left == span.fragments:
                self._tagger.refused.emit("Put the caret into the fragment that is to be removed.")
            self._resize(span, left)

    def ask_duplicate(self) -> None:
        """Let a label be picked for a duplicate of the chosen span."""
        if self._chosen():
            anchor = self._view.viewport().mapToGlobal(self._view.cursorRect().bottomLeft())
            self.picker.open_at(anchor + QPoint(0, 6))

    def _duplicate_as(self, label: str) -> None:
        if span := self._chosen():
            self._tagger.duplicate(span.id, label)
        self._view.setFocus()

    def _tag(self, label: str) -> None:
        self._tagger.label_asked(label)
        self._view.setFocus()

    def _resize(self, span: Span, fragments: Fragments) -> None:
        self._tagger.resize(span.id, [(fragment.start, fragment.end) for fragment in fragments])

    def _open_menu(self, place: QPoint) -> None:
        self.menu.open_at(place, self._chosen(), selection=self._view.selection() is not None, writable=self._enabled)

    def _chosen(self) -> Span | None:
        chosen = self._view.chosen_span()
        return self._view.span(chosen) if chosen else None
