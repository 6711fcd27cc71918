"""Relations as rows of lists: seen from one of their spans, or with both; and how they are read out."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.span import Span
from annotator.gui.annotate.spans_model import spoken
from annotator.gui.widgets.wording import plain_tooltip

ROW_ROLE = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation seen from a span: `outwards` leads from there to `other`. With `span` it is seen from outside.

    `key` is the relation's id. `annotator` is empty for one's own; `problem` says why it doesn't fit, if it doesn't.
    """

    key: str
    type: str
    outwards: bool
    other: Span
    span: Span | None = None
    annotator: str = ""
    problem: str = ""

    def spoken(self) -> str:
        """Return what assistive technology reads: `said by → actor: “Janet Napolitano”`."""
        said = f"{self.type} {'→' if self.outwards else '←'} {spoken(self.other)}"
        said = f"{spoken(self.span)} {said}" if self.span else said
        by = f", by {self.annotator}" if self.annotator else ""
        return f"{said}{by}{', doesn’t fit' if self.problem else ''}"

    def tip(self) -> str:
        """Return all that there is to say, a line each."""
        around = [f"“{self.span.text}”"] if self.span else []
        lines = [*around, f"{self.type} {'→' if self.outwards else '←'} {self.other.label}", f"“{self.other.text}”"]
        lines += [f"Drawn by {self.annotator}."] if self.annotator else []
        lines += [f"It doesn’t fit: {self.problem}"] if self.problem else []
        return "\n".join(lines)


class RelationsModel(QAbstractListModel):
    """A list of rows, put anew as a whole where they differ; `relation_rows` of a document are few enough for that."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[RelationRow] = []

    def set_rows(self, rows: Sequence[RelationRow]) -> bool:
        """Show these rows; whether they are others than before."""
        if list(rows) == self.rows:
            return False
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()
        return True

    def place_of(self, key: str | None) -> int:
        """Return the row of a relation, -1 if it isn't here."""
        return next((number for number, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken()
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return row.problem
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(row.tip())
        return None
