"""The list of documents as Qt's views want it: sorted, filtered, with what assistive technology reads."""

import enum
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from annotator.domain.document import DocumentStatus, State
from annotator.gui.annotate.documents_filter import DocumentsFilter
from annotator.gui.widgets.wording import counted, plain_tooltip, shown_date

STATUS_ROLE = Qt.ItemDataRole.UserRole
STATE_WORDS = {State.TODO: "to do", State.IN_PROGRESS: "in progress", State.DONE: "done"}

_STATE_ORDER = {State.IN_PROGRESS: "0", State.TODO: "1", State.DONE: "2"}
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SLICE_S = 0.006  # of the window's thread that a filter takes at a time


class SortOrder(enum.StrEnum):
    """In what order documents are listed."""

    PROJECT = "As in the project"
    TITLE = "Title"
    OUTLET = "Outlet"
    DATE = "Date"
    STATE = "State"


_NONE = "\U0010ffff"  # what a document has none of comes last
_SORT_KEYS: dict[SortOrder, Callable[[DocumentStatus], str]] = {
    SortOrder.TITLE: lambda s: s.document.heading.lstrip("“").casefold(),
    SortOrder.OUTLET: lambda s: _NONE if s.document.outlet is None else s.document.outlet.casefold(),
    SortOrder.DATE: lambda s: _NONE if s.document.published is None else s.document.published,
    SortOrder.STATE: lambda s: _STATE_ORDER[s.state],
}


def byline(status: DocumentStatus) -> str:
    """Word outlet and date: `WNYC News · 17 Sep 2011`, `no outlet · no date`."""
    return f"{status.document.outlet or 'no outlet'} · {shown_date(status.document.published)}"


class Shown(Sequence[DocumentStatus]):
    """Those of some documents that have certain places among them."""

    def __init__(self, documents: Sequence[DocumentStatus], places: Sequence[int]) -> None:
        self._documents, self.places = documents, places

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return [self._documents[place] for place in self.places[row]]
        return self._documents[self.places[row]]


class DocumentsModel(QAbstractListModel):
    """Holds every document; shows those that the filter leaves, in the order chosen.

    A change of a few rows costs what those few do: 100,000 documents are walked through only when the list itself is
    another. A filter gives its first rows at once, and the others while nothing else happens; `more_shown` then.
    """

    more_shown = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given: list[DocumentStatus] = []
        self._numbers: dict[str, int] = {}  # by id, in the project's order
        self._sorted: list[DocumentStatus] = []
        self._places: dict[str, int] = self._numbers  # by id, in the chosen order
        self._shown = Shown((), ())
        self._filter = DocumentsFilter()
        self._words: list[str] = []
        self._unsettled = (
            False,
            False,
        )  # whether rows moved, and whether a filter may find others, since more is to come
        self._describing: Iterator[None] = iter(())
        self._finding: Iterator[list[int]] | None = None
        self._rest = QTimer(self, interval=0)
        self._rest.timeout.connect(self._go_on)
        self.done = 0
        """How many documents are done, of all."""
        self.order = SortOrder.PROJECT

    def set_statuses(self, statuses: Sequence[DocumentStatus], numbers: dict[str, int] | None = None) -> None:
        """Take new statuses; if only counts and states differ, and no row moves, the list stays where it is.

        `numbers` are their places by id, where these are known.
        """
        self._given = list(statuses)
        self._numbers = _numbered(self._given) if numbers is None else numbers
        self.done = [status.state for status in self._given].count(State.DONE)
        self._sort()

    def update_statuses(self, statuses: Iterable[DocumentStatus], *, more: bool = False) -> None:
        """Take the statuses of some documents that are there, as they are now; rows move when no `more` are to come."""
        moved, anew = self._unsettled
        rows: list[int] = []
        for status in statuses:
            key = status.document.id
            number, place = self._numbers[key], self._places[key]
            old, self._given[number] = self._given[number], status
            self.done += (status.state is State.DONE) - (old.state is State.DONE)
            self._sorted[place] = status
            if old.document is not status.document and old.document != status.document:
                self._filter.changed(place)
                anew = True
            moved = moved or _moves(self.order, old, status)
            row = self.row_of(key)
            if row >= 0 and old != status:
                rows.append(row)
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))
        self._unsettled = (moved, anew) if more else (False, False)
        if more:
            return
        if moved:
            self._sort()
        elif anew and self._words:
            self._refresh()

    def set_filter(self, text: str) -> None:
        """Show documents that have every word of `text` in title, outlet, author, date, further fields or beginning."""
        words = text.casefold().split()
        if words != self._words:
            self._words = words
            self._refresh()

    def finish(self) -> None:
        """Find now what the filter has not found yet."""
        while self._finding:
            self._go_on()

    def set_order(self, order: SortOrder) -> None:
        self.order = order
        self._sort()

    def all(self) -> Sequence[DocumentStatus]:
        """Every document, in the chosen order, filter or no filter."""
        return self._sorted

    def shown(self) -> Sequence[DocumentStatus]:
        """Those that are shown, in the chosen order; of a filter just typed as many as were found yet."""
        return self._shown

    @property
    def complete(self) -> bool:
        """Whether the filter has looked in every document."""
        return self._finding is None

    def row_of(self, document_id: str | None) -> int:
        """Return the row where a document is shown, -1 if it isn't."""
        place, places = self.place_of(document_id), self._shown.places
        row = bisect_left(places, place)
        return row if place >= 0 and row < len(places) and places[row] == place else -1

    def place_of(self, document_id: str | None) -> int:
        """Return a document's place in `all`, -1 if it isn't there."""
        return -1 if document_id is None else self._places.get(document_id, -1)

    def number_of(self, document_id: str) -> int:
        """Return a document's place in the project's order, from 1; 0 if it isn't there."""
        return self._numbers.get(document_id, -1) + 1

    def shown_from(self, place: int) -> int:
        """Return the first row that is shown of what has this place in `all`, or a later one."""
        return bisect_left(self._shown.places, place)

    def describe_some(self, seconds: float) -> bool:
        """Make ready what a filter looks in, for about so long; False once that is done for every document."""
        until = time.perf_counter() + seconds
        return any(time.perf_counter() > until for _ in self._describing)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        status = self._shown[index.row()]
        if role == STATUS_ROLE:
            return status
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return status.document.heading
        described = f"{byline(status)} · {counted(status.spans, 'span')} · {STATE_WORDS[status.state]}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return described
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{status.document.heading}\n{described}")
        return None

    def _sort(self) -> None:
        key, ids = _SORT_KEYS.get(self.order), list(self._places)
        self._sorted = sorted(self._given, key=key) if key else list(self._given)
        self._places = _numbered(self._sorted) if key else self._numbers
        self._filter.set_documents(self._sorted)
        self._describing = self._filter.describe()
        self._refresh(same=list(self._places) == ids)

    def _refresh(self, *, same: bool = False) -> None:
        """Show what the filter leaves; where the documents are the `same` and no row moves, the list stays."""
        self._finding = self._filter.find(self._words) if self._words else None
        places: Sequence[int] = self._found_soon() if self._words else range(len(self._sorted))
        if same and self._finding is None and len(places) == len(self._shown) and places == self._shown.places:
            self._shown = Shown(self._sorted, places)
            if places:
                self.dataChanged.emit(self.index(0), self.index(len(places) - 1))
        else:
            self.beginResetModel()
            self._shown = Shown(self._sorted, places)
            self.endResetModel()
        self._rest.start() if self._finding else self._rest.stop()

    def _found_soon(self) -> "array[int]":
        """Go on finding for a few milliseconds; return the places that were found."""
        found, until = array("i"), time.perf_counter() + _SLICE_S
        for places in self._finding or ():
            found.extend(places)
            if time.perf_counter() > until:
                return found
        self._finding = None
        return found

    def _go_on(self) -> None:
        found, shown = self._found_soon(), self._shown.places
        if found and isinstance(shown, array):
            self.beginInsertRows(QModelIndex(), len(shown), len(shown) + len(found) - 1)
            shown.extend(found)
            self.endInsertRows()
        if self._finding is None:
            self._rest.stop()
        self.more_shown.emit()


def _numbered(statuses: Iterable[DocumentStatus]) -> dict[str, int]:
    """Number documents, by id, as they come."""
    return {status.document.id: number for number, status in enumerate(statuses)}


def _moves(order: SortOrder, old: DocumentStatus, new: DocumentStatus) -> bool:
    """Whether a document stands elsewhere in the list now."""
    key = _SORT_KEYS.get(order)
    return key is not None and key(old) != key(new)
