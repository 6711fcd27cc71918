"""The frame of both forms: names at the left, fields at the right, and what a refusal does to them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QSizePolicy, QWidget

from annotator.gui import fonts
from annotator.gui.codebook.fields import StoredChoice, StoredLine, StoredText
from annotator.gui.widgets.panes import label

NAMES = 112  # px, the column of names
WIDEST = 568  # px, the column of fields


class Form(QWidget):
    """Rows of a name and a field. Fields tell by themselves; `finish` makes the focused one tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(32, 20, 32, 32)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnMinimumWidth(0, fonts.px(NAMES))
        self._grid.setColumnStretch(1, 1000)
        self._grid.setColumnStretch(2, 1)  # takes what the fields, at their widest, leave

    def add_row(self, name: str, content: QWidget | QLayout) -> None:
        """Add a field below the others."""
        row = self._grid.rowCount()
        named = label(name, tone="third")
        named.setContentsMargins(0, fonts.px(7), 0, 0)
        self._grid.addWidget(named, row, 0, Qt.AlignmentFlag.AlignTop)
        holder = content if isinstance(content, QWidget) else _held(content)
        holder.setMaximumWidth(fonts.px(WIDEST))
        self._grid.addWidget(holder, row, 1)

    def end_rows(self) -> None:
        """Let what room is left stay empty."""
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def finish(self) -> None:
        """Tell what is being typed, as if the field had been left."""
        for field in self._texts():
            if field.hasFocus():
                field.finish()

    def restore_texts(self) -> None:
        """Bring refused long texts back to what is stored; Ctrl+Z in the field finds what was typed."""
        for field in self.findChildren(StoredText):
            field.restore()

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed; texts can still be selected and copied."""
        for field in self._texts():
            field.setReadOnly(read_only)
        for choice in self.findChildren(StoredChoice):
            choice.setEnabled(not read_only)

    def _texts(self) -> list[StoredLine | StoredText]:
        return [*self.findChildren(StoredLine), *self.findChildren(StoredText)]


def _held(layout: QLayout) -> QWidget:
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    layout.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(layout)
    return holder
