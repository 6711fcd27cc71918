"""What of the queue is listed: of one document or all, of one label, what two annotators have a part in."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QPushButton, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.widgets.choice_box import choice_box, refill
from annotator.gui.widgets.panes import SIDE

_FIRST = ("This document", "this"), ("All documents", "all")
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_BLIND = "Who is who is not known yet: reveal the names first"


class _Documents(QAbstractListModel):
    """This document, all documents, and each that has something to decide: many thousands, perhaps."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._documents: list[str] = []
        self._headings: Mapping[str, str] = {}

    def offer(self, documents: Sequence[str], headings: Mapping[str, str]) -> bool:
        """Take these documents; False where a row that was there may have another place now."""
        old, self._headings = self._documents, headings
        if old == documents:
            return True
        grown = documents[: len(old)] == old
        if grown:
            self.beginInsertRows(QModelIndex(), len(_FIRST) + len(old), len(_FIRST) + len(documents) - 1)
            self._documents = list(documents)
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._documents = list(documents)
            self.endResetModel()
        return grown

    def row_of(self, data: object) -> int:
        """Return the row of what stands for a choice; of what isn't there the first."""
        row = next((row for row, (_, each) in enumerate(_FIRST) if each == data), None)
        if row is None and str(data)[1:] in self._documents:
            row = len(_FIRST) + self._documents.index(str(data)[1:])
        return row or 0

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Called by Qt."""
        return 0 if parent.isValid() else len(_FIRST) + len(self._documents)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Called by Qt."""
        row = index.row() - len(_FIRST)
        if role == Qt.ItemDataRole.DisplayRole:
            return _FIRST[index.row()][0] if row < 0 else self._headings.get(self._documents[row], "")
        if role == Qt.ItemDataRole.UserRole:
            return _FIRST[index.row()][1] if row < 0 else f"={self._documents[row]}"
        return None


class QueueFilters(QWidget):
    """Three choices below each other. `changed` when one of them is another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.where, self.label, self.pair = choice_box("Documents"), choice_box("Label"), choice_box("Annotators")
        self.clear = QPushButton("List everything of this document")
        self.clear.setAccessibleName("Clear filters")
        self.clear.setProperty("flat", True)
        self.clear.clicked.connect(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 0, SIDE, 8)
        column.setSpacing(fonts.px(6))
        for widget in (self.where, self.label, self.pair, self.clear):
            column.addWidget(widget)
        self._documents = _Documents(self)
        self.where.setModel(self._documents)
        if isinstance(view := self.where.view(), QListView):
            view.setUniformItemSizes(True)  # else it asks for each of many thousands
        self.offer_labels([])
        self.offer_pairs([], blind=False)
        for choice in (self.where, self.label, self.pair):
            choice.currentIndexChanged.connect(lambda _: self._told())
        self._told()

    def everywhere(self) -> bool:
        """Whether all documents are listed, not one."""
        return bool(self.where.currentData() == "all")

    def chosen_label(self) -> str | None:
        return self.label.currentData() or None

    def chosen_pair(self) -> tuple[str, ...]:
        return tuple(self.pair.currentData() or ())

    def chosen_document(self) -> str | None:
        """The document that was asked for by name, which is to be shown then."""
        chosen = self.where.currentData()
        return chosen[1:] if chosen and chosen.startswith("=") else None

    def on(self) -> bool:
        """Whether label or annotators leave something out."""
        return bool(self.chosen_label() or self.chosen_pair())

    def set_everywhere(self, everywhere: bool) -> None:
        """List all documents, or the one that is shown."""
        self.where.setCurrentIndex(1 if everywhere else 0)

    def reset(self) -> None:
        """Leave nothing out of the document that is shown."""
        self.blockSignals(True)
        for choice in (self.where, self.label, self.pair):
            choice.setCurrentIndex(0)
        self.blockSignals(False)
        self._told()

    def offer_documents(self, documents: Sequence[str], headings: Mapping[str, str]) -> None:
        """Offer documents, each by id, beside the one that is shown, and all."""
        chosen = self.where.currentData()
        self.where.blockSignals(True)
        if not self._documents.offer(documents, headings):
            self.where.setCurrentIndex(self._documents.row_of(chosen))
        self.where.blockSignals(False)

    def offer_labels(self, labels: Iterable[str]) -> None:
        """Offer these labels."""
        refill(self.label, [("Any label", ""), *((name, name) for name in labels)])

    def offer_pairs(self, annotators: Sequence[str], *, blind: bool) -> None:
        """Offer every two of these, unless it would say who is who."""
        pairs = [] if blind else [(f"{one} and {other}", (one, other)) for one, other in combinations(annotators, 2)]
        refill(self.pair, [("All annotators", ()), *pairs])
        self.pair.setEnabled(bool(pairs))
        self.pair.setToolTip(_BLIND if blind else "Annotators")

    def _told(self) -> None:
        self.clear.setEnabled(self.on() or self.where.currentIndex() > 0)
        self.changed.emit()
