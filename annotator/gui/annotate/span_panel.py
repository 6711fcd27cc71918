"""The chosen span: its label, its words, who tagged it and when, its note."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook
from annotator.domain.span import Span
from annotator.gui import fonts
from annotator.gui.annotate.label_menu import fill_with_labels
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.buttons import KeyCapButton
from annotator.gui.widgets.chip import NameChip
from annotator.gui.widgets.panes import SIDE, ground, label
from annotator.gui.widgets.quote import Quote
from annotator.gui.widgets.wording import shown_time

NOTHING_CHOSEN = "Select text and press 1–9 to tag it."


class SpanPanel(QWidget):
    """Shows one span, or how to make one. Gives `retag_asked` with a label's name, and `delete_asked`."""

    retag_asked = Signal(str)
    delete_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "panel")
        self._theme = theme
        self._codebook = Codebook(())
        self._styles = LabelStyles((), theme)
        self._span: Span | None = None
        self.hint = label(NOTHING_CHOSEN, tone="third")
        self.hint.setWordWrap(True)
        self.chip = NameChip()
        self.place = label(size=12, tone="third")
        self.quote = Quote(theme)
        self.note = label(size=12, tone="second")
        self.note.setWordWrap(True)
        self.who = label(size=12, tone="third")
        self.retag = KeyCapButton("Change label", "L", theme)
        self.delete = KeyCapButton("Delete", "Del", theme)
        self.menu = QMenu(self.retag)
        self.retag.clicked.connect(self._open_menu)
        self.delete.clicked.connect(self.delete_asked)
        self._lay_out()
        self.show_none()

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels that the span can be given."""
        self._codebook = codebook
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._styles = LabelStyles(self._codebook, theme)
        fill_with_labels(self.menu, self._codebook, theme, self.retag_asked.emit)
        if self._span:
            self.chip.set_style(self._styles[self._span.label])

    def show_span(self, span: Span, place: int, of: int, *, own: bool, read_only: bool = False) -> None:
        """Show `span`, the `place`-th of `of` in the document; `own` says that the user tagged it."""
        self._span = span
        self.chip.set_style(self._styles[span.label])
        self.place.setText(f"{place:,} of {of:,}")
        self.quote.set_text(span.text)
        self.note.setText(span.note or "")
        self.note.setVisible(bool(span.note))
        who = "You" if own else span.annotator
        self.who.setText(f"{who} · {shown_time(span.modified)}")
        for button in (self.retag, self.delete):
            button.setEnabled(not read_only)
        self._body.show()
        self.hint.hide()

    def show_none(self, text: str = NOTHING_CHOSEN) -> None:
        """Show that no span is chosen, and what to do."""
        self._span = None
        self.hint.setText(text)
        self._body.hide()
        self.hint.show()

    def _open_menu(self) -> None:
        self.menu.exec(self.retag.mapToGlobal(QPoint(0, self.retag.height() + 2)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.chip)
        head.addStretch(1)
        head.addWidget(self.place)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.retag, self.delete):
            button.setProperty("small", True)
            button.setFont(fonts.ui(12))
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(head)
        body.addSpacing(12)
        body.addWidget(self.quote)
        body.addSpacing(8)
        body.addWidget(self.note)
        body.addSpacing(8)
        body.addWidget(self.who)
        body.addSpacing(12)
        body.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SIDE, 14, SIDE, 16)
        whole.setSpacing(0)
        whole.addWidget(self.hint)
        whole.addWidget(self._body)
        whole.setAlignment(Qt.AlignmentFlag.AlignTop)
