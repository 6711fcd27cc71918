"""The hits of a search in all documents as Qt's views want them: under their documents' titles, picked, tagged."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.change import ChangeSet
from annotator.domain.document import Document
from annotator.domain.search import Hit
from annotator.gui.widgets.wording import counted, plain_tooltip, shown_date

ROW_ROLE = Qt.ItemDataRole.UserRole
Place = tuple[str, int, int]
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LONGEST_TIP = 1_000


@dataclass(slots=True)
class Heading:
    """The row above the hits of one document; `hits` counts them."""

    document: str
    title: str
    source: str
    hits: int = 0


class HitRow(NamedTuple):
    """What a row of a hit is painted from."""

    hit: Hit
    picked: bool
    labels: tuple[str, ...]


class HitsModel(QAbstractListModel):
    """Rows come at the end, as they are found. Which hits are tagged follows the project's changes."""

    def __init__(self, describe: Callable[[str], Document | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._rows: list[Heading | Hit] = []
        self._row_of: dict[Place, int] = {}
        self._headings: dict[str, int] = {}
        self._picked: set[Place] = set()
        self._tags: dict[Place, dict[str, str]] = {}  # labels by the span's id
        self._place_of: dict[str, Place] = {}  # of the spans that cover a hit

    def clear(self) -> None:
        """Show nothing; nothing is picked."""
        self.beginResetModel()
        for kept in (self._rows, self._row_of, self._headings, self._picked, self._tags, self._place_of):
            kept.clear()
        self.endResetModel()

    def add(self, hits: Iterable[Hit]) -> None:
        """Add hits that follow those that are there."""
        new: list[Heading | Hit] = []
        grown = set()
        for hit in hits:
            if hit.document not in self._headings:
                self._headings[hit.document] = len(self._rows) + len(new)
                new.append(self._heading(hit.document))
            at = self._headings[hit.document]
            heading = self._rows[at] if at < len(self._rows) else new[at - len(self._rows)]
            if isinstance(heading, Heading):
                heading.hits += 1
            grown.add(at)
            self._row_of[hit.place] = len(self._rows) + len(new)
            new.append(hit)
            for tag in hit.tags:
                self._note(hit.place, tag.span, tag.label)
        if new:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(new) - 1)
            before = len(self._rows)
            self._rows += new
            self.endInsertRows()
            self._changed(at for at in grown if at < before)

    def apply(self, change_set: ChangeSet, annotator: str) -> None:
        """Follow what a commit did to this annotator's spans."""
        touched: set[Place] = set()
        for span_id in (*(span.id for span in change_set.spans), *(span_id for span_id, _ in change_set.removed)):
            place = self._place_of.pop(span_id, None)
            if place is not None:
                self._tags[place].pop(span_id, None)
                touched.add(place)
        for span in change_set.spans:
            place = span.document, span.start, span.end
            if place in self._row_of and span.annotator == annotator and len(span.fragments) == 1:
                self._note(place, span.id, span.label)
                touched.add(place)
        self._changed(self._row_of[place] for place in touched)

    # What is picked

    def toggle(self, row: int) -> None:
        """Pick a hit, or let go of it; on a document's row all of its hits."""
        rows = self._hits_under(row)
        self.pick(rows, not all(self._is_picked(each) for each in rows))

    def pick(self, rows: Iterable[int], picked: bool) -> None:
        """Pick the hits of some rows, or let go of them."""
        hits = [(row, hit) for row in rows if isinstance(hit := self._rows[row], Hit)]
        places = {hit.place for _, hit in hits}
        self._picked = self._picked | places if picked else self._picked - places
        self._changed([*(row for row, _ in hits), *(self._headings[hit.document] for _, hit in hits)])

    def pick_all(self, picked: bool) -> None:
        """Pick every hit, or none."""
        self._picked = set(self._row_of) if picked else set()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def picked(self) -> list[Place]:
        """Return the picked hits' places, in order."""
        return [place for place in self._row_of if place in self._picked]

    def picked_count(self) -> int:
        return len(self._picked)

    # What is shown

    def places(self) -> list[Place]:
        """Return the places of all hits, in order."""
        return list(self._row_of)

    def places_in(self, document_id: str) -> list[tuple[int, int]]:
        """Return where the hits of one document are."""
        row = self._headings.get(document_id)
        heading = self._rows[row] if row is not None else None
        if row is None or not isinstance(heading, Heading):
            return []
        hits = self._rows[row + 1 : row + 1 + heading.hits]
        return [(hit.start, hit.end) for hit in hits if isinstance(hit, Hit)]

    def hit_count(self) -> int:
        return len(self._row_of)

    def document_count(self) -> int:
        return len(self._headings)

    def row_at(self, row: int) -> Heading | Hit:
        return self._rows[row]

    def first_hit_in(self, row: int) -> Hit | None:
        """Return the hit of a row; for a document's row its first."""
        rows = self._hits_under(row)
        hit = self._rows[rows[0]] if rows else None
        return hit if isinstance(hit, Hit) else None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Called by Qt: every row can be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._check_state(index.row())
        return self._heading_data(row, role) if isinstance(row, Heading) else self._hit_data(row, role)

    def _heading_data(self, row: Heading, role: int) -> object:
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}, {counted(row.hits, 'hit')}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{row.title}\n{row.source}")
        return None

    def _hit_data(self, hit: Hit, role: int) -> object:
        labels = tuple(sorted(set(self._tags.get(hit.place, {}).values())))
        if role == ROW_ROLE:
            return HitRow(hit, hit.place in self._picked, labels)
        line = f"{hit.before}{' '.join(hit.text[:_LONGEST_TIP].split())}{hit.after}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line
        tagged = f"Tagged as {', '.join(labels)}" if labels else "Not tagged"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return tagged
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{line}\n{tagged}")
        return None

    def _check_state(self, row: int) -> Qt.CheckState:
        picked = [self._is_picked(each) for each in self._hits_under(row)]
        if all(picked):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if any(picked) else Qt.CheckState.Unchecked

    def _hits_under(self, row: int) -> range:
        entry = self._rows[row]
        return range(row + 1, row + 1 + entry.hits) if isinstance(entry, Heading) else range(row, row + 1)

    def _is_picked(self, row: int) -> bool:
        entry = self._rows[row]
        return isinstance(entry, Hit) and entry.place in self._picked

    def _heading(self, document_id: str) -> Heading:
        document = self._describe(document_id)
        if document is None:
            return Heading(document_id, document_id, "")
        return Heading(
            document_id, document.heading, f"{document.outlet or 'no outlet'} · {shown_date(document.published)}"
        )

    def _note(self, place: Place, span_id: str, label: str) -> None:
        self._tags.setdefault(place, {})[span_id] = label
        self._place_of[span_id] = place

    def _changed(self, rows: Iterable[int]) -> None:
        known = list(rows)
        if known:
            self.dataChanged.emit(self.index(min(known)), self.index(max(known)))
