"""Spans that lost their place when the text was corrected, under the list of spans: each with its old words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook
from annotator.domain.span import Span
from annotator.gui import fonts
from annotator.gui.annotate.span_delegate import ROW, SpanDelegate
from annotator.gui.annotate.spans_model import FewSpans
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.panes import SIDE, PaneHeader, ground, label, rule
from annotator.gui.widgets.uniform_list import UniformList
from annotator.gui.widgets.wording import counted

_MOST_ROWS = 3


class UnplacedList(QWidget):
    """Hidden while there are none. `place_asked` and `delete_asked` carry the id of the chosen one."""

    place_asked = Signal(str)
    delete_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        ground(self, "panel")
        self._theme, self._codebook = theme, Codebook(())
        self._writable = self._selection = False
        self.header = PaneHeader("No place in the text", theme, spoken="No place in the text")
        self.view = UniformList(fonts.px(ROW))
        self.view.setAccessibleName("Spans without a place")
        self.model = FewSpans([], self)
        self.view.setModel(self.model)
        self._delegate = SpanDelegate(theme, LabelStyles((), theme), parent=self)
        self.view.setItemDelegate(self._delegate)
        self.hint = label("Select the words in the text, then press Place here.", 12, tone="third")
        self.hint.setWordWrap(True)
        self.place, self.delete = QPushButton("Place here"), QPushButton("Delete")
        self.delete.setProperty("danger", True)
        self.delete.setAccessibleName("Delete the span without a place")
        for button, signal in ((self.place, self.place_asked), (self.delete, self.delete_asked)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(self.chosen()) if self.chosen() else None)
        self._lay_out()
        self.hide()

    def set_spans(self, spans: Sequence[Span]) -> None:
        """List these spans; the chosen one stays chosen, else it is the first."""
        chosen = self.chosen()
        if [span.id for span in spans] != [span.id for span in self.model.spans] or list(spans) != self.model.spans:
            self.model = FewSpans(spans, self)
            self.view.setModel(self.model)
            self.view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        ids = [span.id for span in spans]
        if ids:
            self.view.setCurrentIndex(self.model.index(ids.index(chosen) if chosen in ids else 0))
        self.header.set_count(f"{len(ids):,}")
        self.header.title.setAccessibleName(f"{counted(len(ids), 'span')} without a place in the text")
        self.view.setFixedHeight(min(_MOST_ROWS, max(1, len(ids))) * fonts.px(ROW))
        self.setVisible(bool(ids))
        self._enable()

    def chosen(self) -> str:
        """Return the id of the chosen span, empty if there is none."""
        index = self.view.currentIndex()
        return self.model.spans[index.row()].id if index.isValid() else ""

    def set_conditions(self, *, writable: bool, selection: bool) -> None:
        """Say whether the project can be written and whether words are selected in the text."""
        self._writable, self._selection = writable, selection
        self._enable()

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels that rows show."""
        self._codebook = codebook
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._delegate.theme = theme
        self._delegate.styles = LabelStyles(self._codebook, theme)
        self.view.viewport().update()

    def _enable(self) -> None:
        chosen = bool(self.chosen()) and self._writable
        self.place.setEnabled(chosen and self._selection)
        self.delete.setEnabled(chosen)
        self.hint.setVisible(self._writable and not self._selection)

    def _lay_out(self) -> None:
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(SIDE, 0, SIDE, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.place)
        buttons.addWidget(self.delete)
        buttons.addStretch(1)
        said = QHBoxLayout()
        said.setContentsMargins(SIDE, 0, SIDE, 0)
        said.addWidget(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        column.addWidget(rule())
        column.addWidget(self.header)
        column.addWidget(self.view)
        column.addSpacing(8)
        column.addLayout(said)
        column.addSpacing(4)
        column.addLayout(buttons)
