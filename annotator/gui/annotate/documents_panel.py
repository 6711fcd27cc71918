"""The left panel: the project's documents, with a filter, an order, and how many are done."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QMenu, QProgressBar, QVBoxLayout, QWidget

from annotator.domain.document import DocumentStatus, State
from annotator.gui import icons
from annotator.gui.annotate.documents_delegate import DocumentsDelegate, tallest
from annotator.gui.annotate.documents_list import DocumentsList
from annotator.gui.annotate.documents_model import DocumentsModel, SortOrder
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import SIDE, EmptyState, PaneHeader, ground, label
from annotator.gui.widgets.wording import counted

_SLICE_S = 0.005  # of the window's thread at a time, while it has nothing else to do
_MANY = 2_000  # from here on all rows are of one height, so that the list is laid out at once


class DocumentsPanel(QWidget):
    """`document_chosen` carries the id of the document that the user chose; `choose` itself gives no signal."""

    document_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "panel")
        self.setMinimumWidth(220)
        self._chosen: str | None = None
        self._theme = theme
        self.model = DocumentsModel(self)
        self.model.more_shown.connect(self._more_shown)
        self._describing = QTimer(self, interval=20)
        self._describing.timeout.connect(self._describe)
        self.header = PaneHeader("Documents", theme, spoken="0 documents")
        self.header.add_button(self._sort_button(theme))
        self.filter = self._filter_field()
        self.view = self._list(theme)
        self.empty = EmptyState("No documents yet")
        self.empty.hide()
        self.done, self.left = label(size=12, tone="third"), label(size=12, tone="third")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Documents done")
        self._lay_out()
        self.set_theme(theme)
        self.set_statuses([])

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._delegate.theme = theme
        self._search_icon.setIcon(icons.icon("search", theme))
        self.view.viewport().update()

    def set_statuses(self, statuses: Sequence[DocumentStatus], numbers: dict[str, int] | None = None) -> None:
        """Show these documents; the chosen one stays chosen. `numbers` are their places by id, where known."""
        self.view.set_many(len(statuses) > _MANY, tallest())
        self.model.set_statuses(statuses, numbers)
        self.header.title.setAccessibleName(counted(len(statuses), "document"))
        self._progress.setVisible(bool(statuses))
        self._show_done()
        self._rows_changed()
        self._describing.start()

    def update_statuses(self, statuses: Iterable[DocumentStatus], *, more: bool = False) -> None:
        """Show some of the documents that are there as they are now; rows move when no `more` are to come."""
        self.model.update_statuses(statuses, more=more)
        if not more:
            self._show_done()
            self._rows_changed()

    def _show_done(self) -> None:
        done, every = self.model.done, len(self.model.all())
        self.done.setText(f"{done:,} of {every:,} done")
        self.left.setText(f"{every - done:,} left" if done < every else "")
        self.bar.setUpdatesEnabled(False)  # else Qt would paint all that is to be painted now, and once more later
        self.bar.setRange(0, max(1, every))
        self.bar.setValue(done)
        self.bar.setUpdatesEnabled(True)

    def _describe(self) -> None:
        """Make the filter's words ready while nothing else happens, so that the first letter typed need not wait."""
        if not self.model.describe_some(_SLICE_S):
            self._describing.stop()

    def choose(self, document_id: str | None) -> None:
        """Show `document_id` as the chosen row and bring it into view; no signal is given."""
        self._chosen = document_id
        self._restore_choice()

    def current(self) -> str | None:
        """Return the id of the chosen document, shown or filtered away."""
        return self._chosen

    def next_id(self) -> str | None:
        """Return the id of the next document shown after the chosen one, None at the end."""
        return self._neighbour(1)

    def previous_id(self) -> str | None:
        """Return the id of the document shown before the chosen one, None at the beginning."""
        return self._neighbour(-1)

    def nearest(self) -> Iterator[str]:
        """Return the ids of the other documents, those after the chosen one first, then those before it, the nearest
        first: which is open next where it is deleted. They are those of now, also where they are asked for later."""
        every, place = self.model.all(), self.model.place_of(self._chosen)
        places = chain(range(place + 1, len(every)), range(place - 1, -1, -1))
        return (every[at].document.id for at in places)

    def next_to_do(self) -> str | None:
        """Return the id of the next shown document that is not done, going round; the chosen one doesn't count."""
        shown, first = self.model.shown(), self.model.shown_from(self.model.place_of(self._chosen) + 1)
        rows = chain(range(first, len(shown)), range(first))
        return next((s.document.id for s in map(shown.__getitem__, rows) if self._open_to_do(s)), None)

    def _open_to_do(self, status: DocumentStatus) -> bool:
        return status.state is not State.DONE and status.document.id != self._chosen

    def _neighbour(self, step: int) -> str | None:
        shown, place = self.model.shown(), self.model.place_of(self._chosen)
        row = self.model.shown_from(place + 1) if step > 0 else self.model.shown_from(max(0, place)) - 1
        return shown[row].document.id if 0 <= row < len(shown) else None

    def _sort_button(self, theme: Theme) -> IconButton:
        button = IconButton("sort", "Sort documents", theme, self)
        self.sort_menu = menu = QMenu(button)
        group = QActionGroup(menu)
        for order in SortOrder:
            action = QAction(order.value, group, checkable=True)
            action.setChecked(order is SortOrder.PROJECT)
            action.triggered.connect(lambda _checked=False, order=order: self._order_chosen(order))
            menu.addAction(action)
        button.setMenu(menu)
        button.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _filter_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText("Filter documents")
        field.setAccessibleName("Filter documents")
        field.setClearButtonEnabled(True)
        field.setProperty("leading", True)
        self._search_icon = field.addAction(icons.icon("search", self._theme), QLineEdit.ActionPosition.LeadingPosition)
        field.textChanged.connect(self._filter_changed)
        field.returnPressed.connect(self._first_taken)
        field.installEventFilter(self)
        return field

    def _list(self, theme: Theme) -> DocumentsList:
        view = DocumentsList(tallest())
        view.setAccessibleName("Documents")
        view.setModel(self.model)
        self._delegate = DocumentsDelegate(view, theme, self)
        view.setItemDelegate(self._delegate)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalScrollBar().setSingleStep(24)
        view.selectionModel().selectionChanged.connect(self._selection_changed)
        self.model.modelReset.connect(self._restore_choice)
        return view

    def _lay_out(self) -> None:
        field = QHBoxLayout()
        field.setContentsMargins(SIDE, 0, SIDE, 8)
        field.addWidget(self.filter)
        self._progress = QWidget()
        words = QHBoxLayout()
        words.addWidget(self.done)
        words.addStretch(1)
        words.addWidget(self.left)
        foot = QVBoxLayout(self._progress)
        foot.setContentsMargins(SIDE, 8, SIDE, 12)
        foot.setSpacing(6)
        foot.addLayout(words)
        foot.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(field)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self._progress)

    def _rows_changed(self) -> None:
        every, shown = len(self.model.all()), len(self.model.shown())
        self.header.set_count(f"{shown:,} of {every:,}" if shown != every else f"{every:,}")
        if every:
            self.empty.set_texts(
                "Nothing matches", "Words are looked for in title, outlet, author, date and beginning."
            )
        else:
            self.empty.set_texts("No documents yet")
        nothing = not shown and self.model.complete
        self.view.setVisible(not nothing)
        self.empty.setVisible(nothing)

    def _more_shown(self) -> None:
        self._rows_changed()
        row = self.model.row_of(self._chosen)
        if row >= 0 and not self.view.selectionModel().hasSelection():
            self.view.setAutoScroll(False)  # one looks at the first rows already
            self.view.setCurrentIndex(self.model.index(row))
            self.view.setAutoScroll(True)

    def _restore_choice(self) -> None:
        row = self.model.row_of(self._chosen)
        index = self.model.index(row) if row >= 0 else QModelIndex()
        self.view.setCurrentIndex(index)
        if row >= 0:
            self.view.scrollTo(index)

    def _selection_changed(self) -> None:
        """The selection, not Qt's current row, is the choice: Qt moves that one when the list merely gets the focus."""
        rows = self.view.selectionModel().selectedRows()
        if not rows:
            self._restore_choice()  # a click beside the rows lets nothing go
            return
        chosen = self.model.shown()[rows[0].row()].document.id
        if chosen != self._chosen:
            self._chosen = chosen
            self.document_chosen.emit(chosen)

    def _filter_changed(self, text: str) -> None:
        self.model.set_filter(text)
        self._rows_changed()
        if self.model.row_of(self._chosen) < 0:
            self.view.scrollToTop()

    def _order_chosen(self, order: SortOrder) -> None:
        self.model.set_order(order)
        self._rows_changed()

    def _first_taken(self) -> None:
        self.model.finish()
        if self.model.shown():
            self.view.setCurrentIndex(self.model.index(max(0, self.model.row_of(self._chosen))))
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter: Down goes to the list, Escape clears."""
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.model.finish()
            if event.key() == Qt.Key.Key_Down and self.model.shown():
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)
