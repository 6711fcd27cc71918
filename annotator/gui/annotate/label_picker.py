"""The label picker: type some letters of a label's name, Enter takes the one at the top."""

from dataclasses import replace

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.codebook import Codebook, Label
from annotator.gui import fonts
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.panes import label as text_label
from annotator.gui.widgets.popup import Popup
from annotator.gui.widgets.uniform_list import UniformList

_ROW = 32
_MOST_ROWS = 10
_LABEL_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def matching(codebook: Codebook, typed: str) -> list[Label]:
    """Return the labels that `typed` may mean: by its key, then names that begin with it, then names that hold it."""
    wanted = typed.strip().casefold()
    if not wanted:
        return list(codebook)
    found = [label for label in codebook if wanted in label.name.casefold() or wanted == str(label.key)]
    return sorted(found, key=lambda label: (wanted != str(label.key), not label.name.casefold().startswith(wanted)))


class _Labels(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.labels: list[Label] = []

    def show_labels(self, labels: list[Label]) -> None:
        self.beginResetModel()
        self.labels = labels
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.labels)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == _LABEL_ROLE:
            return self.labels[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.labels[index.row()].name
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, fonts.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        label: Label = index.data(_LABEL_ROLE)
        style = self.theme.label_style(label)
        row = QRectF(option.rect)
        state = replace(row_state(option), active=True)  # the field has the focus, the row is the one Enter takes
        paint.row_ground(painter, row.adjusted(4, 0, -4, 0), self.theme, state)
        chip, cap_height = fonts.px(18), fonts.px(18)
        paint.letter_chip(painter, QRectF(row.left() + 12, row.top() + (row.height() - chip) // 2, chip, chip), style)
        left, right = row.left() + 12 + chip + 10, row.right() - 11
        if label.key is not None:
            cap = paint.key_cap_width(str(label.key))
            top = row.top() + (row.height() - cap_height) // 2
            paint.key_cap(painter, QRectF(right - cap, top, cap, cap_height), str(label.key), self.theme)
            right -= cap + 12
        name = QRectF(left, row.top(), right - left, row.height())
        ink = self.theme.colour("text")
        paint.text_in(painter, name, label.name, name_font(), ink, Qt.AlignmentFlag.AlignLeft)


def name_font() -> QFont:
    return fonts.ui(13, QFont.Weight.Medium)


class LabelPicker(Popup):
    """`label_picked` carries the name of the label taken, by Enter or a click."""

    label_picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codebook = Codebook(())
        self.field = QLineEdit()
        self.field.setPlaceholderText("Label")
        self.field.setAccessibleName("Label")
        self.field.textChanged.connect(self._filter_changed)
        self.field.installEventFilter(self)
        self.view = UniformList(fonts.px(_ROW))
        self.view.setAccessibleName("Labels to choose from")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = _Labels(self)
        self.view.setModel(self.model)
        self._delegate = _Delegate(theme, self)
        self.view.setItemDelegate(self._delegate)
        self.view.clicked.connect(self._take)
        self.nothing = text_label("No label of that name", 12, tone="third")
        self.nothing.setContentsMargins(12, 8, 12, 8)
        above = QHBoxLayout()
        above.setContentsMargins(7, 7, 7, 7)
        above.addWidget(self.field)
        self.column.addLayout(above)
        self.column.addWidget(self.view)
        self.column.addWidget(self.nothing)
        self.column.addSpacing(4)

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels to choose from."""
        self._codebook = codebook
        self.set_theme(theme)
        widest = max((self.fontMetrics().horizontalAdvance(label.name) for label in codebook), default=0)
        self.setFixedWidth(min(fonts.px(480), max(fonts.px(240), widest + fonts.px(110))))
        self._filter_changed(self.field.text())

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.view.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.clear()
        self._filter_changed("")
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while one types; Enter takes, Escape closes."""
        if watched is not self.field or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step:
            row = self.view.currentIndex().row() + step
            self.view.setCurrentIndex(self.model.index(row % max(1, len(self.model.labels))))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.view.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def _filter_changed(self, text: str) -> None:
        found = matching(self._codebook, text)
        self.model.show_labels(found)
        self.view.setCurrentIndex(self.model.index(0) if found else QModelIndex())
        self.view.setVisible(bool(found))
        self.view.setFixedHeight(min(len(found), _MOST_ROWS) * fonts.px(_ROW))
        self.nothing.setVisible(not found)
        self.adjustSize()

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            name = self.model.labels[index.row()].name
            self.close()
            self.label_picked.emit(name)
