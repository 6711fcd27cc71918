"""The rows of the import dialog: documents, tables and what is refused; those that want to be looked at come first."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.incoming import Alike, ImportPreview, Incoming, Refused, Source
from annotator.gui import fonts, icons
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.wording import counted, plain_tooltip

ROW_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 46
NEARLY = {Alike.SAME: "nearly the same as", Alike.PART: "part of", Alike.WHOLE: "contains"}
"""How a document is nearly another, before that one's name."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LEFT, _SIDE = 40, 14


class Look(enum.IntEnum):
    """How much a row wants to be looked at, the most first."""

    ASKED = 0
    REFUSED = 1
    WARNED = 2
    TABLE = 3
    CLEAN = 4
    PRESENT = 5


_ICONS = {
    Look.ASKED: ("warning", "warn"),
    Look.REFUSED: ("close", "danger"),
    Look.WARNED: ("warning", "warn"),
    Look.TABLE: ("document", "icon"),
    Look.CLEAN: ("document-plus", "ok"),
    Look.PRESENT: ("check", "icon"),
}
_TONES = {Look.ASKED: "warn", Look.REFUSED: "danger", Look.WARNED: "warn"}


@dataclass(frozen=True)
class Row:
    """One row: a document (`incoming`), a file that is refused or of which something must be said, or a table."""

    key: str
    title: str
    about: str
    look: Look
    source: Source | None = None
    incoming: Incoming | None = None
    refused: Refused | None = None


def rows_of(preview: ImportPreview) -> list[Row]:
    """Return the rows of a preview, as it orders them but for how much they want to be looked at."""
    sources = {source.path: source for source in preview.sources}
    found = [row for source in preview.sources if (row := _of_source(source))]
    found += [_of_refused(each, sources.get(each.path)) for each in preview.refused]
    found += [_of_incoming(each, sources.get(each.path)) for each in preview.incoming]
    return sorted(found, key=lambda row: row.look)


def _of_source(source: Source) -> Row | None:
    """A table is a row of its own beside its documents: there its columns are chosen."""
    if source.table is None:
        return None
    asked = source.needs == "columns"
    about = "Which column is the text?" if asked else f"table, {counted(source.table.total, 'row')}"
    return Row(source.path, source.name, about, Look.ASKED if asked else Look.TABLE, source)


def _of_refused(refused: Refused, source: Source | None) -> Row:
    name = Path(refused.path).name
    title = name if refused.line is None else f"{name}, line {refused.line:,}"
    reason = refused.reason.removeprefix(f"{refused.path}: ")
    return Row(f"{refused.path}:{refused.line}:refused", title, reason, Look.REFUSED, source, refused=refused)


def _of_incoming(each: Incoming, source: Source | None) -> Row:
    heading = each.document.heading
    if source and source.needs == "encoding":
        return Row(each.key, heading, "Which encoding is right?", Look.ASKED, source, each)
    if each.same:
        about = "twice in this import" if each.same_in_batch else "in the project already"
        return Row(each.key, heading, about, Look.PRESENT, source, each)
    warnings = []
    if each.mojibake:
        warnings.append(f"mojibake in {counted(len(each.mojibake.stretches), 'place')}")
    if each.near:
        warnings.append(f"{NEARLY[each.near[0].how]} “{each.near[0].heading.strip('“”')}”")
    about = "; ".join(warnings) or _place(each, source)
    return Row(each.key, heading, about, Look.WARNED if warnings else Look.CLEAN, source, each)


def _place(each: Incoming, source: Source | None) -> str:
    if not source or not source.name:
        return f"pasted, {counted(each.document.length, 'character')}"
    return f"{source.name}, line {each.line:,}" if each.line is not None else source.name


class RowsModel(QAbstractListModel):
    """Holds the rows; assistive technology reads title and what is to be said of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def place(self, key: str) -> int:
        """Return the row with this key, or -1."""
        return next((at for at, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}: {row.about}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{row.title}\n{row.about}"[:1000])
        return None


class RowsDelegate(QStyledItemDelegate):
    """Icon, title, and below it what is to be said."""

    def __init__(self, view: QWidget, theme: Theme) -> None:
        super().__init__(view)
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, fonts.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(ROW_ROLE)
        theme, whole = self.theme, QRectF(option.rect)
        state = row_state(option)
        ground = whole.adjusted(4, 1, -4, -1)
        paint.row_ground(painter, ground, theme, state)
        if state.chosen:
            paint.row_bar(painter, ground, theme)
        name, token = _ICONS[row.look]
        size = fonts.px(16)
        icon = QRectF(whole.left() + _SIDE, whole.top() + fonts.px(7), size, size)
        icons.paint(painter, icon, name, theme.colour(token))
        left, line = fonts.px(_LEFT), fonts.px(18)
        text = QRectF(whole.left() + left, whole.top() + fonts.px(5), whole.width() - left - _SIDE, line)
        faint = "text3" if row.look is Look.PRESENT else "text"
        align = Qt.AlignmentFlag.AlignLeft
        paint.text_in(painter, text, row.title, fonts.ui(13, QFont.Weight.Medium), theme.colour(faint), align)
        tone = theme.colour(_TONES.get(row.look, "text3"))
        paint.text_in(painter, text.translated(0, line), row.about, fonts.ui(12), tone, align)
