"""The dialog of one attribute: name, kind, options, required or not, guideline."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, LineForm
from annotator.domain.codebook_rules import check
from annotator.errors import BadArgument
from annotator.gui import fonts
from annotator.gui.codebook import sheets
from annotator.gui.codebook.row_delegates import KINDS
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import label as text_label

_ORIGINAL = Qt.ItemDataRole.UserRole
_FLAGS = Qt.ItemFlag


class OptionsList(QListWidget):
    """The options in order; F2 or a double click renames one, Alt+Up and Alt+Down move it, Delete takes it away."""

    def __init__(self, options: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Options")
        self.setStyleSheet(sheets.framed_list(theme))
        self.setFixedHeight(fonts.px(148))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        for option in options:
            self._append(option, option)
        self.setCurrentRow(0 if options else -1)

    def add(self) -> None:
        """Add an empty option and let its name be typed."""
        item = self._append("", None)
        self.setCurrentItem(item)
        self.setFocus()
        self.editItem(item)

    def rename(self) -> None:
        if item := self.currentItem():
            self.setFocus()
            self.editItem(item)

    def take(self) -> None:
        if self.currentRow() >= 0:
            self.takeItem(self.currentRow())

    def shift(self, step: int) -> None:
        row = self.currentRow()
        if row >= 0 and 0 <= row + step < self.count():
            item = self.takeItem(row)
            self.insertItem(row + step, item)
            self.setCurrentItem(item)

    def options(self) -> tuple[str, ...]:
        """What the list says now; rows left empty don't count."""
        return tuple(text for row in range(self.count()) if (text := self.item(row).text().strip()))

    def renamed(self) -> dict[str, str]:
        """Which old option is which new one, where they differ."""
        rows = [(self.item(row).data(_ORIGINAL), self.item(row).text().strip()) for row in range(self.count())]
        return {old: new for old, new in rows if old and new and old != new}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.take()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is None:
            self.add()
        else:
            super().keyPressEvent(event)

    def _append(self, text: str, original: str | None) -> QListWidgetItem:
        item = QListWidgetItem(text)
        item.setData(_ORIGINAL, original)
        item.setFlags(_FLAGS.ItemIsEnabled | _FLAGS.ItemIsSelectable | _FLAGS.ItemIsEditable | _FLAGS.ItemIsDragEnabled)
        self.addItem(item)
        return item


class AttributeDialog(QDialog):
    """Asks; `attribute` or `changes` has the answer after it was accepted. What can't be is said and not accepted."""

    def __init__(self, attribute: AttributeType | None, label: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._old, self._label = attribute, label
        start = attribute or AttributeType(label, "", AttributeKind.CHOICE)
        self.setWindowTitle(f"Attribute {start.name} of {label}" if attribute else f"New attribute of {label}")
        self.name = QLineEdit(start.name)
        self.name.setAccessibleName("Name")
        self.name.setMinimumWidth(fonts.px(340))
        self.kind = QComboBox()
        self.kind.setAccessibleName("Kind")
        for text in KINDS.values():
            self.kind.addItem(text)
        self.kind.setCurrentIndex(list(KINDS).index(start.kind))
        self.options = OptionsList(start.options, theme)
        self.required = QCheckBox("Every span needs a value")
        self.required.setChecked(start.required)
        self.guideline = QPlainTextEdit(start.guideline)
        self.guideline.setAccessibleName("Guideline")
        self.guideline.setTabChangesFocus(True)
        self.guideline.setStyleSheet(sheets.text_edit(theme))
        self.guideline.setFixedHeight(fonts.px(72))
        self.problem = text_label("", 12, tone="danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._lay_out(new=attribute is None)
        self.kind.currentIndexChanged.connect(self._show_options)
        self._show_options()

    def attribute(self) -> AttributeType:
        """What the dialog says now."""
        kind = self._kind()
        options = self.options.options() if _chosen_among(kind) else ()
        guideline = self.guideline.document().toRawText().replace("\u2029", "\n").strip()
        return AttributeType(self._label, self.name.text().strip(), kind, options, self.required.isChecked(), guideline)

    def changes(self) -> tuple[dict[str, Any], dict[str, str]]:
        """The fields that differ from the attribute that was given, and the options that have a new name."""
        old, new = self._old, self.attribute()
        fields = ("name", "kind", "options", "required", "guideline")
        values = {field: getattr(new, field) for field in fields if getattr(new, field) != getattr(old, field)}
        return values, self.options.renamed() if _chosen_among(new.kind) else {}

    def accept(self) -> None:
        """Called by Qt. Stays open with the reason where the attribute can't be so."""
        label = Label(self._label, "A", "#000000", LineForm.SOLID)
        try:
            check(Codebook((label,), (self.attribute(),)))
        except BadArgument as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        super().accept()

    def _lay_out(self, *, new: bool) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.addRow("Name", self.name)
        form.addRow("Kind", self.kind)
        self._options_row = QWidget()
        row = QHBoxLayout(self._options_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.options, 1)
        buttons = QVBoxLayout()
        buttons.setSpacing(4)
        for text, call in (
            ("Add option", self.options.add),
            ("Rename", self.options.rename),
            ("Move up", lambda: self.options.shift(-1)),
            ("Move down", lambda: self.options.shift(1)),
            ("Remove", self.options.take),
        ):
            buttons.addWidget(_small(text, call))
        buttons.addStretch(1)
        row.addLayout(buttons)
        form.addRow("Options", self._options_row)
        form.addRow("Required", self.required)
        form.addRow("Guideline", self.guideline)
        self._form = form
        box = QDialogButtonBox()
        done = box.addButton("Add attribute" if new else "Change attribute", QDialogButtonBox.ButtonRole.AcceptRole)
        done.setProperty("main", True)
        done.setDefault(True)
        box.addButton(QDialogButtonBox.StandardButton.Cancel)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addWidget(box)

    def _kind(self) -> AttributeKind:
        return list(KINDS)[self.kind.currentIndex()]

    def _show_options(self) -> None:
        self._form.setRowVisible(self._options_row, _chosen_among(self._kind()))


def _chosen_among(kind: AttributeKind) -> bool:
    return kind in (AttributeKind.CHOICE, AttributeKind.CHOICES)


def _small(text: str, call: object) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("small", True)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: call())  # type: ignore[operator] # a call without arguments
    return button
