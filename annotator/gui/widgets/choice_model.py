"""What a box offers where that may be very many entries: documents."""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QListView

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ChoiceModel(QAbstractListModel):
    """Entries, each (words, what they stand for): asked for when they are seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[tuple[str, object]] = []

    def offer(self, entries: Iterable[tuple[str, object]]) -> bool:
        """Offer these (a list is kept, not copied); False where a row that was there may have another place now."""
        old, new = self._entries, entries if isinstance(entries, list) else list(entries)
        if old == new:
            return True
        if grown := bool(old) and new[: len(old)] == old:
            self.beginInsertRows(QModelIndex(), len(old), len(new) - 1)
            self._entries = new
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._entries = new
            self.endResetModel()
        return grown

    def row_of(self, data: object) -> int:
        """Return the row of what an entry stands for; of what isn't there the first."""
        return next((row for row, (_, each) in enumerate(self._entries) if each == data), 0)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Called by Qt."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Called by Qt."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._entries[index.row()][0]
        return self._entries[index.row()][1] if role == Qt.ItemDataRole.UserRole else None


def offer_many(box: QComboBox, model: ChoiceModel) -> None:
    """Let a box offer what the model has, a few entries at a time: else Qt asks for the width of each."""
    box.setModel(model)
    box.setStyleSheet("QComboBox { combobox-popup: 0; }")
    if isinstance(view := box.view(), QListView):
        view.setUniformItemSizes(True)
