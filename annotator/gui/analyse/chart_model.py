"""A chart's cells for Qt's table view, which brings the keyboard and assistive technology along."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.gui.analyse.grid import NOTHING, Cell, Grid, shown
from annotator.gui.widgets.wording import plain_tooltip

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROLE = Qt.ItemDataRole


class _Model(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = NOTHING

    def set_grid(self, grid: Grid) -> bool:
        """Show another chart; whether it has other rows or columns than the one before."""
        old, same = self.grid, self._shape(grid) == self._shape(self.grid)
        if grid == old:
            return False
        if not same:
            self.beginResetModel()
        self.grid = grid
        if not same:
            self.endResetModel()
        elif self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        return not same

    def _shape(self, grid: Grid) -> object:
        return grid.kind, grid.rows, grid.columns


class ChartModel(_Model):
    """Cells as the chart has them."""

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.grid.columns)

    def cell(self, index: _Index) -> Cell:
        return self.grid.cells[index.row()][index.column()]

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == _ROLE.DisplayRole:
            return cell.text
        if role == _ROLE.AccessibleTextRole:
            return cell.spoken
        if role == _ROLE.ToolTipRole:
            return plain_tooltip(cell.reason or cell.tip) or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        across = orientation == Qt.Orientation.Horizontal
        if not 0 <= section < (len(self.grid.columns) if across else len(self.grid.rows)):
            return None
        title = self.grid.columns[section].title if across else self.grid.rows[section].title
        if not across and role != _ROLE.DisplayRole:
            title = self.grid.rows[section].spoken or title
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return title
        return plain_tooltip(title) if role == _ROLE.ToolTipRole else None


class TableModel(_Model):
    """The same chart as its table of plain numbers."""

    def _shape(self, grid: Grid) -> object:
        return grid.table.heads, len(grid.table.rows)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.grid.table.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.grid.table.heads)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        if not index.isValid():
            return None
        value = self.grid.table.rows[index.row()][index.column()]
        if role == _ROLE.DisplayRole:
            return shown(value)
        if role == _ROLE.AccessibleTextRole:
            return f"{self.grid.table.heads[index.column()]}: {shown(value) or 'nothing'}"
        if role == _ROLE.ToolTipRole and isinstance(value, str) and value:
            return plain_tooltip(value)
        if role == _ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if isinstance(value, str) else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.grid.table.heads):
            if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
                return self.grid.table.heads[section]
            first = self.grid.table.rows[0][section] if self.grid.table.rows else ""
            if role == _ROLE.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignLeft if isinstance(first, str | None) else Qt.AlignmentFlag.AlignRight
                return side | Qt.AlignmentFlag.AlignVCenter
        return None
