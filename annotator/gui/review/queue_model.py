"""The queue as Qt's views want it: heads of groups, and below each its items, unless it is folded up."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.review import Kind, ReviewItem, Status
from annotator.domain.text import first_words
from annotator.gui.review.of_item import label_of, words_of
from annotator.gui.review.parts import Groups
from annotator.gui.review.persons import Persons
from annotator.gui.widgets.wording import counted, plain_tooltip, sentence

ROW_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MOST_SIGNS = 4


@dataclass(frozen=True, slots=True)
class Head:
    """The row above a group."""

    kind: Kind
    count: int
    folded: bool


@dataclass(frozen=True, slots=True)
class QueueRow:
    """What a row of an item is painted from. `agree` are the signs behind the first candidate."""

    label: str
    words: str
    agree: tuple[str, ...]
    others: tuple[str, ...]
    reopened: bool


class QueueModel(QAbstractListModel):
    """Rows are found when they are asked for: a queue of 100,000 items is listed at once.

    `persons` says what the annotators of a document are called, `spot` where an item stands in the queue.
    """

    def __init__(
        self,
        persons: Callable[[str], Persons],
        spot: Callable[[ReviewItem], tuple[int, int]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._persons, self._spot = persons, spot
        self._groups: Groups = []
        self._folded: set[Kind] = {Kind.UNANIMOUS}
        self._heads: list[int] = []  # the row of each group's head
        self._rows = 0
        self.alone = False
        """Whether one annotator's work is listed: there are no signs then."""

    def show_groups(self, groups: Groups) -> None:
        """Show these groups in place of all others."""
        self.beginResetModel()
        self._groups = groups
        self._lay_rows()
        self.endResetModel()

    def fold(self, kind: Kind, folded: bool) -> None:
        """Hide or show a group's items."""
        if (kind in self._folded) != folded:
            self.beginResetModel()
            self._folded ^= {kind}
            self._lay_rows()
            self.endResetModel()

    def row_at(self, row: int) -> Head | ReviewItem:
        group = bisect_right(self._heads, row) - 1
        kind, items = self._groups[group]
        inside = row - self._heads[group] - 1
        return Head(kind, len(items), kind in self._folded) if inside < 0 else items[inside]

    def row_of(self, item: ReviewItem | None) -> int:
        """Return an item's row, -1 where it isn't shown."""
        if item is None or item.kind in self._folded:
            return -1
        spot = self._spot(item)
        for (kind, items), head in zip(self._groups, self._heads, strict=True):
            if kind is item.kind:
                inside = items.before(*spot)
                there = items.has(*spot) and items[inside].id == item.id
                return head + 1 + inside if there else -1
        return -1

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._rows

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Called by Qt."""
        if not index.isValid():
            return None
        row = self.row_at(index.row())
        if role == ROW_ROLE:
            return row if isinstance(row, Head) else self._painted(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(row)
        if isinstance(row, Head):
            return None
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self._votes(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{label_of(row)}: {first_words(words_of(row), 400)}\n{self._votes(row)}")
        return None

    def _painted(self, item: ReviewItem) -> QueueRow:
        reopened = item.status is Status.REOPENED
        words = first_words(words_of(item), 80)
        if self.alone:
            return QueueRow(label_of(item), words, (), (), reopened)
        agree, others = _sides(item)
        signs = self._persons(item.document).signs
        return QueueRow(label_of(item), words, _shortened(signs, agree), _shortened(signs, others), reopened)

    def _votes(self, item: ReviewItem) -> str:
        said = "Decided before; the spans have changed since. " if item.status is Status.REOPENED else ""
        if self.alone:
            return said.strip()
        agree, others = _sides(item)
        names = self._persons(item.document).names
        sides = [", ".join(names.get(each, each) for each in side) for side in (agree, others) if side]
        return f"{said}{' against '.join(sides)}"

    def _lay_rows(self) -> None:
        self._heads, self._rows = [], 0
        for kind, items in self._groups:
            self._heads.append(self._rows)
            self._rows += 1 + (0 if kind in self._folded else len(items))


def _sides(item: ReviewItem) -> tuple[Collection[str], Collection[str]]:
    """Who is behind the first candidate, and who is not."""
    if not item.candidates:
        return (), item.absent
    first, *others = item.candidates
    return first.annotators, [*(name for each in others for name in each.annotators), *item.absent]


def _shortened(signs: Mapping[str, str], names: Collection[str]) -> tuple[str, ...]:
    if len(names) > _MOST_SIGNS:
        return (str(len(names)),)
    return tuple(signs.get(name, name[:1].upper()) for name in names)


def _spoken(row: Head | ReviewItem) -> str:
    if isinstance(row, Head):
        return f"{named(row.kind)}, {counted(row.count, 'item')}{', folded up' if row.folded else ''}"
    words = first_words(words_of(row), 80)
    kind = "Span" if row.kind is Kind.SINGLE else named(row.kind)
    return f"{kind}: {label_of(row) or 'nothing'} “{words}”"


def named(kind: Kind) -> str:
    """What a group of items is called."""
    return "Spans" if kind is Kind.SINGLE else sentence(kind.value)
