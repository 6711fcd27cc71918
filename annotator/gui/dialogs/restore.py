"""Choosing a backup to restore: when it was made, what it holds, how large it is."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QListView,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.backup import Backup, file_size
from annotator.domain.time import stored
from annotator.gui import fonts
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.codebook.rows_list import ROW_ROLE, RowsModel
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import counted, shown_time

_BACKUPS = "Backups and projects (*.annotator-backup *.annotator);;All files (*)"
_ROW, _SIDE, _LINE = 50, 14, 18
_WIDE = 520
_SHOWN = 6  # rows, about, before one has to scroll


class RestoreDialog(Dialog):
    """`chosen` has the file after it was accepted: one of the `backups` of the project at `path`, or any other."""

    def __init__(self, path: Path, backups: Sequence[Backup], theme: Theme, parent: QWidget) -> None:
        super().__init__("Restore a backup", parent, main="Restore")
        self._other: Path | None = None
        self._folder = backups[0].path.parent if backups else path.parent
        heading = label(f"Put a backup in the place of {path.name}", 15, QFont.Weight.DemiBold)
        about = label(
            "The project becomes what it was then. What it is now is kept beside it, in a file whose name begins with "
            f"{path.stem}-replaced.",
            tone="second",
        )
        for words in (heading, about):
            words.setWordWrap(True)
            self.column.addWidget(words)
        self.column.setSpacing(8)
        self.list = _list(backups, theme)
        self.list.selectionModel().selectionChanged.connect(self._row_chosen)
        self.list.doubleClicked.connect(lambda _: self.main.click())
        self.column.addSpacing(4)
        self.column.addWidget(_framed(self.list) if backups else label(f"There are no backups of {path.name} yet."))
        self.other = label("", 12)
        self.other.setWordWrap(True)
        self.other.hide()
        browse = QPushButton("Another file…")
        browse.setProperty("small", True)
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self.column.addWidget(self.other)
        self.column.addWidget(browse, 0, Qt.AlignmentFlag.AlignLeft)
        wide = fonts.px(_WIDE)
        self.setFixedWidth(wide)
        self.resize(wide, self.heightForWidth(wide))  # Qt reckons with unbroken lines
        first = next((row for row, each in enumerate(backups) if each.readable), None)
        if first is not None:
            self.list.setCurrentIndex(self.list.model().index(first, 0))
        self.list.setFocus()
        self._row_chosen()

    @property
    def chosen(self) -> Path | None:
        """The file to restore."""
        backup = self._backup()
        return self._other or (backup.path if backup else None)

    def _backup(self) -> Backup | None:
        rows = self.list.selectionModel().selectedIndexes()
        found = rows[0].data(ROW_ROLE) if rows else None
        return found if isinstance(found, Backup) and found.readable else None

    def _row_chosen(self) -> None:
        if self._backup():
            self._other = None
            self.other.hide()
        self.main.setEnabled(self.chosen is not None)

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Restore from", str(self._folder), _BACKUPS)
        if chosen:
            self._other = Path(chosen)
            self.other.setText(f"To be restored: {chosen}")
            self.other.show()
            self.list.clearSelection()
            self.main.setEnabled(True)
            self.main.setFocus()


def _list(backups: Sequence[Backup], theme: Theme) -> QListView:
    made = QListView()
    made.setAccessibleName("Backups")
    made.setMouseTracking(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    model: RowsModel[Backup] = RowsModel(_spoken, made)
    model.set_rows(backups)
    made.setModel(model)
    made.setItemDelegate(_Rows(theme, made))
    made.setFixedHeight(fonts.px(_ROW) * max(1, min(len(backups), _SHOWN)))
    return made


def _framed(inside: QWidget) -> QFrame:
    frame = QFrame()
    frame.setObjectName("popup")
    frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 4, 1, 4)
    column.addWidget(inside)
    return frame


def _when(backup: Backup) -> str:
    words = shown_time(stored(backup.at))
    return words[:1].upper() + words[1:]


def _holds(backup: Backup) -> str:
    if backup.documents is None or backup.spans is None:
        return "damaged: it can’t be restored"
    return f"{counted(backup.documents, 'document')} · {counted(backup.spans, 'span')}"


def _spoken(backup: Backup) -> str:
    return f"{_when(backup)}: {_holds(backup)}, {file_size(backup.size)}"


class _Rows(QStyledItemDelegate):
    """When it was made; below, what it holds; at the right, its size."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, fonts.px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Called by Qt."""
        backup: Backup = index.data(ROW_ROLE)
        whole, state, theme = QRectF(option.rect), row_state(option), self._theme
        paint.row_ground(painter, whole.adjusted(4, 0, -4, 0), theme, state)
        if state.chosen:
            paint.row_bar(painter, whole.adjusted(4, 0, -4, 0), theme)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        line = fonts.px(_LINE)
        top = QRectF(whole.left() + _SIDE, whole.center().y() - line, whole.width() - 2 * _SIDE, line)
        below = top.translated(0, line)
        small = fonts.tabular(fonts.ui(12))
        usual, tone = ("text", "text3") if backup.readable else ("text3", "danger")
        paint.text_in(painter, top, _when(backup), fonts.ui(13, QFont.Weight.Medium), theme.colour(usual), left)
        paint.text_in(painter, top, file_size(backup.size), small, theme.colour("text3"), right)
        paint.text_in(painter, below, _holds(backup), small, theme.colour(tone), left)
