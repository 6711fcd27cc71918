"""The pane below the text in which one finds in all documents: what is looked for, filters, hits, and tagging them."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook
from annotator.gui import fonts
from annotator.gui.annotate.label_menu import fill_with_labels
from annotator.gui.find.filters import Filters
from annotator.gui.find.hits_model import HitsModel
from annotator.gui.find.hits_view import HitsView
from annotator.gui.find.search_field import SearchField
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import SIDE, EmptyState, ground, label, rule
from annotator.gui.widgets.wording import plain_tooltip

LOWEST = 200
"""px that the pane is high at least."""


class FindPane(QWidget):
    """Widgets alone. `label_picked` with the label to tag with; `closed` when one is done with it."""

    closed = Signal()
    stopped = Signal()
    label_picked = Signal(str)
    all_asked = Signal(bool)
    seen = Signal(bool)
    """Whether the pane came in sight, or went, with the mode that it is in or by itself."""

    def __init__(self, model: HitsModel, theme: Theme) -> None:
        super().__init__()
        ground(self, "panel")
        self.setMinimumHeight(fonts.px(LOWEST))
        self._theme, self._codebook = theme, Codebook(())
        self.search = SearchField("Find in project", theme)
        self.search.setMaximumWidth(fonts.px(560))
        self.filters = Filters()
        self.filters.hide()
        self.show_filters = IconButton("filter", "Filters", theme, self)
        self.show_filters.setCheckable(True)
        self.show_filters.toggled.connect(self._filters_toggled)
        self.all = QCheckBox()
        self.all.setTristate(True)
        self.all.setAccessibleName("Pick all hits")
        self.all.setToolTip("Pick all hits, or none")
        self.all.clicked.connect(self._all_clicked)
        self.count = label(size=12, tone="third")
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.stop = QPushButton("Stop")
        self.stop.setAccessibleName("Stop the search")
        self.stop.setProperty("small", True)
        self.stop.clicked.connect(self.stopped)
        self.tag = QPushButton("Tag as…")
        self.tag.setProperty("small", True)
        self.tag.clicked.connect(self.open_labels)
        self.menu = QMenu(self.tag)
        self.view = HitsView(model, theme)
        self.empty = EmptyState("")
        self._close = IconButton("close", "Close (Esc)", theme, self)
        self._close.setAccessibleName("Close the search in the project")
        self._close.clicked.connect(self.closed)
        self.search.escaped.connect(self.closed)
        self.search.down.connect(self.take_hits_focus)
        self._lay_out()

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels to tag with and to filter by."""
        self._codebook = codebook
        self.filters.set_codebook(codebook)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.view.delegate.theme = theme
        self.view.delegate.styles = LabelStyles(self._codebook, theme)
        self.view.viewport().update()

    def open_labels(self) -> None:
        """Offer the labels to tag with."""
        actions = fill_with_labels(self.menu, self._codebook, self._theme, self.label_picked.emit)
        for action, each in zip(actions, self._codebook, strict=True):
            if each.key is not None:
                action.setText(f"{action.text()}\t{each.key}")
        below = QPoint(self.tag.width() - self.menu.sizeHint().width(), self.tag.height() + 2)
        self.menu.popup(self.tag.mapToGlobal(below))
        if actions:
            self.menu.setActiveAction(actions[0])

    def is_at_hits(self) -> bool:
        """Whether the keyboard is where keys are about the hits: not in a field or a filter."""
        return any(part.hasFocus() for part in (self.view, self.all, self.tag))

    def take_hits_focus(self) -> None:
        """Go into the list of hits, to its first one."""
        if self.view.model().rowCount():
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self.view.model().index(min(1, self.view.model().rowCount() - 1), 0))
            self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def say(self, text: str, tone: str = "third") -> None:
        """Say how many there are, or what became of them."""
        self.count.setText(text)
        self.count.setToolTip(plain_tooltip(text))
        self.count.setAccessibleName(text or "Nothing to find yet")
        if self.count.property("tone") != tone:
            self.count.setProperty("tone", tone)
            self.count.style().polish(self.count)

    def show_state(self, *, hits: int, picked: int, searching: bool, can_tag: bool) -> None:
        """Follow what there is: the boxes, the button, the list or what is said in its place."""
        state = Qt.CheckState.Unchecked if not picked else Qt.CheckState.PartiallyChecked
        self.all.setCheckState(Qt.CheckState.Checked if picked and picked == hits else state)
        self.all.setEnabled(hits > 0)
        self._head.setVisible(hits > 0 or searching)
        self.stop.setVisible(searching)
        self.tag.setEnabled(can_tag)
        many = f"{picked:,} picked" if picked else f"all {hits:,}" if hits > 1 else "it" if hits else ""
        self.tag.setText(f"Tag {many} as…" if many else "Tag as…")
        self.tag.setAccessibleName(self.tag.text().removesuffix("…"))
        self.view.setVisible(hits > 0)
        self.empty.setVisible(hits == 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt: Escape closes from any part of the pane."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt."""
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.seen.emit(False)

    def _filters_toggled(self, shown: bool) -> None:
        self.filters.setVisible(shown)

    def _all_clicked(self) -> None:
        self.all_asked.emit(self.all.checkState() is not Qt.CheckState.Unchecked)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(SIDE, 8, SIDE - 7, 8)
        above.setSpacing(4)
        above.addWidget(self.search, 4)
        above.addWidget(self.show_filters)
        above.addStretch(1)
        above.addWidget(self._close)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(SIDE - 5, 4, SIDE, 4)
        head.setSpacing(8)
        head.addWidget(self.all)
        head.addWidget(self.count, 1)
        head.addWidget(self.stop)
        head.addWidget(self.tag)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.filters)
        column.addWidget(rule())
        column.addWidget(self._head)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
