"""The hits of a search in all documents as Qt's views want them: under their documents' titles, picked, tagged.

There may be a million. Kept are their places alone; the words around those that are asked for are read then.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from annotator.domain.document import Document
from annotator.domain.search import Hit, Place, Places
from annotator.gui.widgets.wording import counted, plain_tooltip, shown_date

ROW_ROLE = Qt.ItemDataRole.UserRole
BLOCK = 64  # hits that are read together
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LONGEST_TIP = 1_000
_KEPT = 8_192  # hits whose words are kept


class Heading(NamedTuple):
    """The row above the hits of one document; `hits` counts them."""

    document: str
    title: str
    source: str
    hits: int


class HitRow(NamedTuple):
    """What a row of a hit is painted from; the hit is None until it was read."""

    hit: Hit | None
    picked: bool
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    """Some places out of many: those where `picked` has a 1. They are looked up when one goes through them."""

    places: Places
    picked: bytes

    def __iter__(self) -> Iterator[Place]:
        return compress(self.places, self.picked)

    def __len__(self) -> int:
        return self.picked.count(1)


class HitsModel(QAbstractListModel):
    """Rows come at the end, as they are found. `needed` with the numbers of hits that are to be given to `put`."""

    needed = Signal(range)

    def __init__(self, describe: Callable[[str], Document | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._places = Places()
        self._documents: dict[str, int] = {}  # their numbers in `_places`
        self._picked = bytearray()  # 1 for each hit that is
        self._read: dict[int, Hit] = {}  # by number
        self._asked: set[int] = set()  # blocks that were asked for since the project's last change

    def clear(self) -> None:
        """Show nothing; nothing is picked."""
        self.beginResetModel()
        self._places = Places()
        for kept in (self._documents, self._picked, self._read, self._asked):
            kept.clear()
        self.endResetModel()

    def add(self, places: Places) -> None:
        """Add hits that follow those that are there."""
        if not len(places):
            return
        documents, rows = len(self._places.documents), self.rowCount()
        grows = documents > 0 and self._places.documents[-1] == places.documents[0]
        new = len(places) + len(places.documents) - grows
        self.beginInsertRows(QModelIndex(), rows, rows + new - 1)
        self._places.extend(places)
        self._documents.update(zip(places.documents[grows:], count(documents), strict=False))
        self._picked.extend(bytes(len(places)))
        self.endInsertRows()
        if grows:
            self._changed(self._row_of(documents - 1), rows - 1)

    def put(self, numbers: range, hits: Sequence[Hit]) -> None:
        """Take the hits of these numbers, as they were read."""
        if len(self._read) + len(hits) > _KEPT:
            self._read.clear()
            self._asked.clear()
        self._read.update(zip(numbers, hits, strict=True))
        self._changed(self._row_of_hit(numbers[0]), self._row_of_hit(numbers[-1]))

    def read_again(self) -> None:
        """Ask anew for what is in sight: a change may have tagged it."""
        self._asked.clear()
        self._changed(0, self.rowCount() - 1)

    # What is picked

    def toggle(self, row: int) -> None:
        """Pick a hit, or let go of it; on a document's row all of its hits."""
        numbers = self._hits_under(row)
        self._pick(numbers, self._picked.count(1, numbers.start, numbers.stop) < len(numbers))

    def pick(self, first: int, last: int) -> None:
        """Pick the hits from one row to another."""
        self._pick(range(self._hits_under(first).start, self._number_after(last)), True)

    def pick_all(self, picked: bool) -> None:
        """Pick every hit, or none."""
        self._pick(range(len(self._places)), picked)

    def picked_count(self) -> int:
        return self._picked.count(1)

    def chosen(self) -> "Chosen":
        """Return the places of the picked hits, or of all where none is picked, as they are now."""
        count = len(self._places)
        return Chosen(self._places.copy(), bytes(self._picked) if self.picked_count() else b"\1" * count)

    # What is shown

    def places(self, numbers: range) -> list[Place]:
        """Return the places of some hits."""
        return [self._places[number] for number in numbers]

    def places_in(self, document_id: str) -> Iterable[tuple[int, int]]:
        """Return where the hits of one document are."""
        number = self._documents.get(document_id)
        return () if number is None else self._places.pairs(self._places.within(number))

    def hit_count(self) -> int:
        return len(self._places)

    def document_count(self) -> int:
        return len(self._documents)

    def heading_at(self, row: int) -> Heading | None:
        """Return what a document's row says, None for a hit's."""
        document = self._document_at(row)
        return self._heading(document) if row == self._row_of(document) else None

    def first_hit_in(self, row: int) -> Place | None:
        """Return the place of the hit in a row; for a document's row of its first."""
        numbers = self._hits_under(row) if 0 <= row < self.rowCount() else ()
        return self._places[numbers[0]] if numbers else None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._places) + len(self._documents)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Called by Qt: every row can be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._check_state(index.row())
        heading = self.heading_at(index.row())
        return self._heading_data(heading, role) if heading else self._hit_data(index.row(), role)

    def _heading_data(self, row: Heading, role: int) -> object:
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}, {counted(row.hits, 'hit')}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{row.title}\n{row.source}")
        return None

    def _hit_data(self, row: int, role: int) -> object:
        number = self._hits_under(row).start
        hit = self._hit(number)
        labels = tuple(sorted({tag.label for tag in hit.tags})) if hit else ()
        if role == ROW_ROLE:
            return HitRow(hit, self._picked[number] == 1, labels)
        line = f"{hit.before}{' '.join(hit.text[:_LONGEST_TIP].split())}{hit.after}" if hit else "…"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line
        tagged = f"Tagged as {', '.join(labels)}" if labels else "Not tagged"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return tagged if hit else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{line}\n{tagged}") if hit else ""
        return None

    def _hit(self, number: int) -> Hit | None:
        """Return a hit as it was read, and have it read if it wasn't, or not since the last change."""
        block = number // BLOCK
        if block not in self._asked:
            self._asked.add(block)
            self.needed.emit(range(block * BLOCK, min((block + 1) * BLOCK, len(self._places))))
        return self._read.get(number)

    def _check_state(self, row: int) -> Qt.CheckState:
        numbers = self._hits_under(row)
        picked = self._picked.count(1, numbers.start, numbers.stop)
        if picked == len(numbers):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if picked else Qt.CheckState.Unchecked

    def _pick(self, numbers: range, picked: bool) -> None:
        if numbers:
            self._picked[numbers.start : numbers.stop] = bytes([picked]) * len(numbers)
            first = self._places.document_of(numbers.start)
            self._changed(self._row_of(first), self._row_of_hit(numbers[-1]))

    # Rows: a document's, then those of its hits

    def _row_of(self, document: int) -> int:
        return self._places.within(document).start + document

    def _row_of_hit(self, number: int) -> int:
        return number + self._places.document_of(number) + 1

    def _document_at(self, row: int) -> int:
        return bisect_right(range(len(self._documents)), row, key=self._row_of) - 1

    def _hits_under(self, row: int) -> range:
        """Return the numbers of the hits that a row stands for."""
        document = self._document_at(row)
        if row == self._row_of(document):
            return self._places.within(document)
        return range(row - document - 1, row - document)

    def _number_after(self, row: int) -> int:
        """Return the number of the first hit below a row."""
        return row - self._document_at(row)

    def _heading(self, number: int) -> Heading:
        key, hits = self._places.documents[number], len(self._places.within(number))
        document = self._describe(key)
        if document is None:
            return Heading(key, key, "", hits)
        source = f"{document.outlet or 'no outlet'} · {shown_date(document.published)}"
        return Heading(key, document.heading, source, hits)

    def _changed(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))
