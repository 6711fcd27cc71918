"""The list of documents as Qt's views want it: sorted, filtered, with what assistive technology reads."""

import enum
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.document import DocumentStatus, State
from annotator.gui.widgets.wording import counted, plain_tooltip, shown_date

STATUS_ROLE = Qt.ItemDataRole.UserRole
STATE_WORDS = {State.TODO: "to do", State.IN_PROGRESS: "in progress", State.DONE: "done"}

_STATE_ORDER = {State.IN_PROGRESS: 0, State.TODO: 1, State.DONE: 2}
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SortOrder(enum.StrEnum):
    """In what order documents are listed."""

    PROJECT = "As in the project"
    TITLE = "Title"
    OUTLET = "Outlet"
    DATE = "Date"
    STATE = "State"


# What a document has none of comes last.
_SORT_KEYS: dict[SortOrder, Callable[[DocumentStatus], object]] = {
    SortOrder.TITLE: lambda s: s.document.heading.lstrip("“").casefold(),
    SortOrder.OUTLET: lambda s: (s.document.outlet is None, (s.document.outlet or "").casefold()),
    SortOrder.DATE: lambda s: (s.document.published is None, s.document.published or ""),
    SortOrder.STATE: lambda s: _STATE_ORDER[s.state],
}


def byline(status: DocumentStatus) -> str:
    """Word outlet and date: `WNYC News · 17 Sep 2011`, `no outlet · no date`."""
    return f"{status.document.outlet or 'no outlet'} · {shown_date(status.document.published)}"


class DocumentsModel(QAbstractListModel):
    """Holds every document; shows those that the filter leaves, in the order chosen.

    A change of a few rows costs what those few do: 100,000 documents are walked through only when the list itself is
    another, and when a filter is typed.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given: list[DocumentStatus] = []
        self._numbers: dict[str, int] = {}  # by id, in the project's order
        self._sorted: list[DocumentStatus] = []
        self._places: dict[str, int] = self._numbers  # by id, in the chosen order
        self._shown: list[DocumentStatus] = []
        self._shown_places: Sequence[int] = range(0)  # of those that are shown, in the chosen order
        self._haystacks: dict[str, str] = {}
        self._looked_in: list[str] = []  # the haystacks in the chosen order; empty until a filter asks
        self._words: list[str] = []
        self.done = 0
        """How many documents are done, of all."""
        self.order = SortOrder.PROJECT

    def set_statuses(self, statuses: Sequence[DocumentStatus]) -> None:
        """Take new statuses; if only counts and states differ, and no row moves, the list stays where it is."""
        old, self._given = self._given, list(statuses)
        if self._haystacks:  # else none was asked for yet
            numbers, changed = self._numbers, self._haystacks.pop
            for status in self._given:
                key = status.document.id
                if (at := numbers.get(key)) is not None and old[at].document != status.document:
                    changed(key, None)
        self._numbers = {status.document.id: number for number, status in enumerate(self._given)}
        self.done = sum(status.state is State.DONE for status in self._given)
        self._sort()

    def update_statuses(self, statuses: Iterable[DocumentStatus]) -> None:
        """Take the statuses of some documents that are there, as they are now."""
        moved = False
        for status in statuses:
            key = status.document.id
            number = self._numbers[key]
            old, self._given[number] = self._given[number], status
            self.done += (status.state is State.DONE) - (old.state is State.DONE)
            if old.document != status.document:
                self._haystacks.pop(key, None)
                moved = True
            moved = moved or (self.order is SortOrder.STATE and old.state is not status.state)
            self._sorted[self._places[key]] = status
            row = self.row_of(key)
            if row >= 0 and old != status:
                self._shown[row] = status
                self.dataChanged.emit(self.index(row), self.index(row))
        if moved:
            self._sort()

    def set_filter(self, text: str) -> None:
        """Show documents that have every word of `text` in title, outlet, author, date, further fields or beginning."""
        self._words = text.casefold().split()
        self._refresh()

    def set_order(self, order: SortOrder) -> None:
        self.order = order
        self._sort()

    def all(self) -> Sequence[DocumentStatus]:
        """Every document, in the chosen order, filter or no filter."""
        return self._sorted

    def shown(self) -> Sequence[DocumentStatus]:
        return self._shown

    def row_of(self, document_id: str | None) -> int:
        """Return the row where a document is shown, -1 if it isn't."""
        place = self.place_of(document_id)
        row = bisect_left(self._shown_places, place)
        return row if place >= 0 and row < len(self._shown) and self._shown_places[row] == place else -1

    def place_of(self, document_id: str | None) -> int:
        """Return a document's place in `all`, -1 if it isn't there."""
        return -1 if document_id is None else self._places.get(document_id, -1)

    def number_of(self, document_id: str) -> int:
        """Return a document's place in the project's order, from 1; 0 if it isn't there."""
        return self._numbers.get(document_id, -1) + 1

    def shown_from(self, place: int) -> int:
        """Return the first row that is shown of what has this place in `all`, or a later one."""
        return bisect_left(self._shown_places, place)

    def describe_some(self, seconds: float) -> bool:
        """Make ready what a filter looks in, for about so long; False once that is done for every document."""
        until = time.perf_counter() + seconds
        for status in self._sorted[len(self._looked_in) :]:
            self._look_in(status)
            if len(self._looked_in) % 64 == 0 and time.perf_counter() > until:
                return True
        return False

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

    def _look_in(self, status: DocumentStatus) -> None:
        key = status.document.id
        if (found := self._haystacks.get(key)) is None:
            found = self._haystacks[key] = _haystack(status)
        self._looked_in.append(found)

    def _sort(self) -> None:
        key = _SORT_KEYS.get(self.order)
        self._sorted = sorted(self._given, key=key) if key else list(self._given)  # type: ignore[arg-type]
        self._places = {s.document.id: place for place, s in enumerate(self._sorted)} if key else self._numbers
        self._looked_in = []
        self._refresh()

    def _refresh(self) -> None:
        places: Sequence[int] = range(len(self._sorted))
        if self._words:
            for status in self._sorted[len(self._looked_in) :]:
                self._look_in(status)
            for word in self._words:
                places = [place for place in places if word in self._looked_in[place]]
        shown = [self._sorted[place] for place in places] if self._words else list(self._sorted)
        same = len(shown) == len(self._shown) and all(
            new is old or new.document.id == old.document.id for new, old in zip(shown, self._shown, strict=True)
        )
        if same:
            self._shown_places = places
            self._replace(shown)
            return
        self.beginResetModel()
        self._shown, self._shown_places = shown, places
        self.endResetModel()

    def _replace(self, shown: list[DocumentStatus]) -> None:
        changed = [
            row for row, (old, new) in enumerate(zip(self._shown, shown, strict=True)) if old is not new and old != new
        ]
        self._shown = shown
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))


def _haystack(status: DocumentStatus) -> str:
    document = status.document
    date = f"{document.published} {shown_date(document.published)}" if document.published else ""
    further = " ".join(value for _, value in document.fields)
    parts = (document.title, document.outlet, document.author, date, further, document.beginning)
    return "\n".join(part for part in parts if part).casefold()
