"""The text's context menu: for a selection the labels to tag with, for the chosen span what can be done with it."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget, QWidgetAction

from annotator.domain.codebook import Codebook
from annotator.domain.span import Span
from annotator.gui.actions import Actions
from annotator.gui.annotate.label_menu import fill_with_labels
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.chip import NameChip


class TextMenu(QMenu):
    """`label_asked`: tag the selection, or else change the chosen span's label; `duplicate_asked`: one more span."""

    label_asked = Signal(str)
    duplicate_asked = Signal(str)

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._theme = theme
        self._codebook = Codebook(())
        self.change = QMenu("Change &label", self)
        self.duplicate = QMenu("D&uplicate as", self)

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels to offer."""
        self._codebook = codebook
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def open_at(self, place: QPoint, span: Span | None, *, selection: bool, writable: bool) -> None:
        """Open at `place` (global), about the selection where there is one, else about the chosen span."""
        self.clear()
        if selection:
            self._fill_for_selection(span, writable=writable)
        elif span is not None:
            self._fill_for_span(span, writable=writable)
        if selection or span is not None:
            self.addAction(self._actions["occurrences"])
        self.addAction(self._actions["copy"])
        self.popup(place)

    def _fill_for_selection(self, span: Span | None, *, writable: bool) -> None:
        if not writable:
            return
        fill_with_labels(self, self._codebook, self._theme, self.label_asked.emit)
        self.addSeparator()
        if span is not None:
            self.addAction(self._actions["add_fragment"])

    def _fill_for_span(self, span: Span, *, writable: bool) -> None:
        self.addAction(self._head(span))
        self.addSeparator()
        if writable:
            fill_with_labels(self.change, self._codebook, self._theme, self.label_asked.emit)
            fill_with_labels(self.duplicate, self._codebook, self._theme, self.duplicate_asked.emit)
            self.addMenu(self.change)
            self.addMenu(self.duplicate)
            if len(span.fragments) > 1:
                self.addAction(self._actions["remove_fragment"])
            self.addAction(self._actions["relate"])
            self.addAction(self._actions["delete"])
            self.addSeparator()

    def _head(self, span: Span) -> QWidgetAction:
        """Say whose menu this is: the span's label, as a chip; no choice."""
        chip, place = NameChip(), QWidget(self)
        chip.set_style(LabelStyles(self._codebook, self._theme)[span.label])
        row = QHBoxLayout(place)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(chip)
        row.addStretch(1)
        head = QWidgetAction(self)
        head.setDefaultWidget(place)
        head.setText(span.label.replace("&", "&&"))
        head.setEnabled(False)
        return head
