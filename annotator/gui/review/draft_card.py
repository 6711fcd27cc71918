"""The draft that is being edited, in the place of the candidates: its label, its words, and the keys that change it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.chip import NameChip
from annotator.gui.widgets.panes import SIDE, label
from annotator.gui.widgets.quote import Quote

_KEYS = "Alt+arrows move the end, with Shift the start; 1 to 9 choose another label."


class DraftCard(QWidget):
    """Hidden until there is a draft."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._codebook, self._label = theme, Codebook(()), ""
        self._chip = NameChip()
        self._words = Quote(theme, most=5)
        keys = label(_KEYS, 12, tone="third")
        keys.setWordWrap(True)
        self._frame = QWidget()
        inner = QVBoxLayout(self._frame)
        inner.setContentsMargins(11, 10, 11, 10)
        inner.setSpacing(6)
        row = QHBoxLayout()
        row.addWidget(self._chip)
        row.addStretch(1)
        inner.addLayout(row)
        inner.addWidget(self._words)
        inner.addWidget(keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 0, SIDE, 8)
        column.addWidget(self._frame)
        self.hide()

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels that a draft can have."""
        self._codebook = codebook
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._label:
            self._chip.set_style(LabelStyles(self._codebook, theme)[self._label])

    def set_sans(self, sans: bool) -> None:
        """Take the interface font for the words."""
        self._words.set_sans(sans)

    def show_draft(self, name: str, words: str) -> None:
        """Show a draft's label and words."""
        self._label = name
        self.set_theme(self._theme)
        self._words.set_text(words)
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self._frame.geometry())
        paint.box(painter, rect, 8, self._theme.colour("surface"), self._theme.colour("accent"), 2)
        painter.end()
