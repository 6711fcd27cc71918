"""The left panel of Review: the queue in its parts, filters, what waits, and how far one is."""

import time
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook
from annotator.domain.review import ReviewItem
from annotator.gui import fonts
from annotator.gui.review.parts import Groups, Part
from annotator.gui.review.parts_bar import PartsBar
from annotator.gui.review.persons import Persons
from annotator.gui.review.queue_filters import QueueFilters
from annotator.gui.review.queue_model import Head, QueueModel
from annotator.gui.review.queue_view import QueueView
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import SIDE, EmptyState, PaneHeader, ground, label, rule
from annotator.gui.widgets.wording import counted

_PATIENCE_S = 0.4
_EMPTY = {
    Part.OPEN: "Nothing is open here.",
    Part.DECIDED: "Nothing is decided here yet.",
    Part.DEFERRED: "Nothing was put off.",
}


class QueuePanel(QWidget):
    """`item_asked` carries the ReviewItem that the user chose, `part_asked` a Part; the others what was pressed."""

    item_asked = Signal(object)
    part_asked = Signal(object)
    filters_changed = Signal()
    merge_asked = Signal()
    reveal_asked = Signal()
    alone_left = Signal()

    stop_asked = Signal()
    going_on_asked = Signal()

    def __init__(
        self, persons: Callable[[str], Persons], spot: Callable[[ReviewItem], tuple[int, int]], theme: Theme
    ) -> None:
        super().__init__()
        ground(self, "panel")
        self.setMinimumWidth(fonts.px(220))
        self.setMaximumWidth(fonts.px(400))
        self._theme, self._codebook = theme, Codebook(())
        self.model = QueueModel(persons, spot, self)
        self.header = PaneHeader("Queue", theme, spoken="0 items to decide")
        self.filter = IconButton("filter", "Filter the queue", theme, self)
        self.filter.setCheckable(True)
        self.header.add_button(self.filter)
        self.parts = PartsBar(theme)
        self.filters = QueueFilters()
        self.filters.hide()
        self.view = QueueView(self.model, theme)
        self.empty = EmptyState("")
        self.waiting, self.reveal = self._line("Reveal…", "Reveal the waiting documents")
        self.reading, self.stop = self._line("Stop", "Stop reading")
        self.whose, self.whole = self._line("Whole queue", "Back to the whole queue")
        self.scope = QPushButton()
        self.progress = self._progress()
        self._began: float | None = None  # when the documents began to be read, of time.monotonic
        self._stopped = False
        self._lay_out()
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.view.delegate.theme = theme
        self.view.delegate.styles = LabelStyles(self._codebook, theme)
        self.filter.set_token("accent" if self.filters.on() else "icon")
        self.view.viewport().update()

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels of the rows, which can be filtered by."""
        self._codebook = codebook
        self.filters.offer_labels([each.name for each in codebook])
        self.set_theme(theme)

    def show_queue(self, groups: Groups, part: Part, counts: dict[Part, int], chosen: ReviewItem | None) -> None:
        """List these groups, which are a part of the queue."""
        self.parts.show_part(part)
        self.parts.show_counts(counts)
        self.header.title.setAccessibleName(counted(counts[Part.OPEN], "item") + " to decide")
        self.model.show_groups(groups)
        self.view.setVisible(bool(groups))
        self.empty.setVisible(not groups)
        self.empty.set_texts("", _EMPTY[part])
        self.choose(chosen)

    def choose(self, item: ReviewItem | None) -> None:
        """Show an item as the one that is shown, its group unfolded."""
        if item and self.model.row_of(item) < 0:
            self.model.fold(item.kind, False)
        self.view.choose_row(self.model.row_of(item))

    def show_progress(self, decided: int, of: int, *, everywhere: bool) -> None:
        """Say how far one is, in the document that is shown or in all."""
        self.progress.setVisible(bool(of))
        self.decided.setText(f"{decided:,} of {of:,} decided")
        self.scope.setText("all documents" if everywhere else "this document")
        self.scope.setAccessibleName(f"Listed: {self.scope.text()}")
        self.bar.setUpdatesEnabled(False)  # else Qt would paint all that is to be painted now, and once more later
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(decided)
        self.bar.setUpdatesEnabled(True)

    def show_waiting(self, number: int) -> None:
        """Say how many documents are left out until one's own work on them is done."""
        self.waiting.setVisible(bool(number))
        waits = "waits" if number == 1 else "wait"
        self._say(self.waiting, f"{counted(number, 'document')} {waits} for your own work")

    def show_reading(self, read: int, of: int, *, stopped: bool) -> None:
        """Say how many documents are read, while there are more; without much ado where it's soon over."""
        if read == of:
            self._began = None
        elif self._began is None:
            self._began = time.monotonic()
        patient = self._began is None or time.monotonic() - self._began < _PATIENCE_S
        self.reading.setVisible(read < of and (stopped or not patient or not self.reading.isHidden()))
        self._say(self.reading, f"{'Stopped after' if stopped else 'Read:'} {read:,} of {of:,}")
        self.reading.setToolTip("Documents whose items are listed")
        self.stop.setText("Read on" if stopped else "Stop")
        self.stop.setAccessibleName("Read on" if stopped else "Stop reading")
        self._stopped = stopped

    def show_alone(self, text: str) -> None:
        """Say that one annotator's work alone is listed; empty for everybody's."""
        self.whose.setVisible(bool(text))
        self.model.alone = bool(text)
        self._say(self.whose, text)

    def show_filtered(self) -> None:
        """Show at the button whether anything is left out."""
        self.filter.set_token("accent" if self.filters.on() else "icon")

    def _connect(self) -> None:
        self.parts.chosen.connect(self.part_asked)
        self.filter.toggled.connect(self._show_filters)
        self.filters.changed.connect(self.filters_changed)
        self.view.row_asked.connect(self._row_asked)
        self.view.merge_asked.connect(self.merge_asked)
        self.reveal.clicked.connect(self.reveal_asked)
        self.stop.clicked.connect(lambda: (self.going_on_asked if self._stopped else self.stop_asked).emit())
        self.whole.clicked.connect(self.alone_left)
        self.scope.clicked.connect(lambda: self.filters.set_everywhere(not self.filters.everywhere()))

    def _row_asked(self, row: int) -> None:
        found = self.model.row_at(row)
        if not isinstance(found, Head):
            self.item_asked.emit(found)

    def _show_filters(self, shown: bool) -> None:
        self.filters.setVisible(shown)
        if shown:
            self.filters.where.setFocus()

    def _line(self, button: str, spoken: str) -> tuple[QWidget, QPushButton]:
        """A line of words with a small button, hidden until it has something to say."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(SIDE, 6, SIDE - 4, 6)
        row.setSpacing(8)
        words = label(size=12, tone="second")
        words.setObjectName("said")
        words.setWordWrap(True)
        pressed = QPushButton(button)
        pressed.setProperty("small", True)
        pressed.setAccessibleName(spoken)
        row.addWidget(words, 1)
        row.addWidget(pressed)
        line.hide()
        return line, pressed

    @staticmethod
    def _say(line: QWidget, text: str) -> None:
        words = line.findChild(QLabel, "said")
        if words is not None:
            words.setText(text)

    def _progress(self) -> QWidget:
        whole = QWidget()
        self.decided = label(size=12, tone="third")
        self.scope.setProperty("quiet", True)
        self.scope.setToolTip("List this document, or all")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Items decided")
        words = QHBoxLayout()
        words.addWidget(self.decided)
        words.addStretch(1)
        words.addWidget(self.scope)
        foot = QVBoxLayout(whole)
        foot.setContentsMargins(SIDE, 4, SIDE, 12)
        foot.setSpacing(4)
        foot.addLayout(words)
        foot.addWidget(self.bar)
        return whole

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.whose, self.parts, self.filters):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(rule())
        column.addWidget(self.reading)
        column.addWidget(self.waiting)
        column.addWidget(self.progress)
