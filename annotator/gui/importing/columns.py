"""Which column of a table is which field: a choice for each field, and the table's first rows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.incoming import FIELDS, Source
from annotator.gui import fonts
from annotator.gui.widgets.panes import label

_NAMES = {
    "text": "Text",
    "id": "Id",
    "title": "Title",
    "outlet": "Outlet",
    "author": "Author",
    "published": "Date",
    "language": "Language",
    "url": "Address",
}
_SHOWN_COLUMNS = 40
_WIDEST = 260  # px of a column of the preview


class ColumnsForm(QWidget):
    """`mapped` carries the whole mapping, a column (or nothing) by field, after each choice."""

    mapped = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.boxes = {field: self._box(field) for field in FIELDS}
        grid = QGridLayout()
        grid.setHorizontalSpacing(fonts.px(12))
        grid.setVerticalSpacing(fonts.px(6))
        half = len(FIELDS) // 2
        for place, (field, box) in enumerate(self.boxes.items()):
            column, row = 2 * (place // half), place % half
            grid.addWidget(label(_NAMES[field], tone="second"), row, column)
            grid.addWidget(box, row, column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.table = QTableWidget()
        self.table.setAccessibleName("First rows")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setHighlightSections(False)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.setSpacing(fonts.px(12))
        column_of_all.addLayout(grid)
        column_of_all.addWidget(self.table, 1)

    def show_source(self, source: Source) -> None:
        """Show the columns of a table, as they are mapped now."""
        table = source.table
        if table is None:
            return
        for field, box in self.boxes.items():
            box.blockSignals(True)
            box.clear()
            box.addItem("none" if field != "text" else "choose a column…", "")
            for name in table.columns:
                box.addItem(name, name)
            box.setCurrentIndex(max(0, box.findData(table.mapping.get(field, ""))))
            box.blockSignals(False)
        self._show_rows(table.columns[:_SHOWN_COLUMNS], table.rows, dict(table.mapping))

    def _show_rows(self, names: tuple[str, ...], rows: tuple[tuple[str, ...], ...], mapping: dict[str, str]) -> None:
        self.table.clear()
        self.table.setRowCount(len(rows))
        self.table.setColumnCount(len(names))
        fields = {column: _NAMES[field] for field, column in mapping.items()}
        heads = [f"{name} → {fields[name]}" if name in fields else name for name in names]
        self.table.setHorizontalHeaderLabels(heads)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row[: len(names)]):
                self.table.setItem(at, place, QTableWidgetItem(" ".join(cell.split())))
        self.table.resizeColumnsToContents()
        for place in range(len(names)):
            self.table.setColumnWidth(place, min(self.table.columnWidth(place) + 8, fonts.px(_WIDEST)))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def _box(self, field: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"Column of the {_NAMES[field].lower()}")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.currentIndexChanged.connect(lambda _: self.mapped.emit(self._mapping()))
        return box

    def _mapping(self) -> dict[str, str]:
        return {field: box.currentData() or "" for field, box in self.boxes.items()}
