"""The list of documents as Qt's views want it: sorted, filtered, with what assistive technology reads."""

import enum
from collections.abc import Callable, Sequence

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
    """Holds every document; shows those that the filter leaves, in the order chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given: list[DocumentStatus] = []
        self._sorted: list[DocumentStatus] = []
        self._shown: list[DocumentStatus] = []
        self._rows: dict[str, int] = {}
        self._haystacks: dict[str, str] = {}
        self._words: list[str] = []
        self.order = SortOrder.PROJECT

    def set_statuses(self, statuses: Sequence[DocumentStatus]) -> None:
        """Take new statuses; if only counts and states differ, and no row moves, the list stays where it is."""
        old_given, self._given = self._given, list(statuses)
        known, said = self._haystacks, {old.document.id: old.document for old in old_given}
        self._haystacks = {
            s.document.id: known[s.document.id] if said.get(s.document.id) == s.document else _haystack(s)
            for s in self._given
        }
        self._refresh()

    def set_filter(self, text: str) -> None:
        """Show documents that have every word of `text` in title, outlet, author, date, further fields or beginning."""
        self._words = text.casefold().split()
        self._refresh()

    def set_order(self, order: SortOrder) -> None:
        self.order = order
        self._refresh()

    def all(self) -> Sequence[DocumentStatus]:
        """Every document, in the chosen order, filter or no filter."""
        return self._sorted

    def shown(self) -> Sequence[DocumentStatus]:
        return self._shown

    def row_of(self, document_id: str | None) -> int:
        """Return the row where a document is shown, -1 if it isn't."""
        return self._rows.get(document_id, -1) if document_id is not None else -1

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

    def _refresh(self) -> None:
        key = _SORT_KEYS.get(self.order)
        self._sorted = sorted(self._given, key=key) if key else list(self._given)  # type: ignore[arg-type]
        shown = [s for s in self._sorted if all(word in self._haystacks[s.document.id] for word in self._words)]
        if [s.document.id for s in shown] == [s.document.id for s in self._shown]:
            self._replace(shown)
            return
        self.beginResetModel()
        self._shown = shown
        self._rows = {status.document.id: row for row, status in enumerate(shown)}
        self.endResetModel()

    def _replace(self, shown: list[DocumentStatus]) -> None:
        changed = [row for row, (old, new) in enumerate(zip(self._shown, shown, strict=True)) if old != new]
        self._shown = shown
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))


def _haystack(status: DocumentStatus) -> str:
    document = status.document
    date = f"{document.published} {shown_date(document.published)}" if document.published else ""
    further = " ".join(value for _, value in document.fields)
    parts = (document.title, document.outlet, document.author, date, further, document.beginning)
    return "\n".join(part for part in parts if part).casefold()
