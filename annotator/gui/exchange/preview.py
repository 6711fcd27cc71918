"""What taking work back will do, before it does: by annotator and document, and in plain words."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QFrame, QProgressBar, QVBoxLayout, QWidget

from annotator.domain.text import first_words
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.exchange.preview_rows import ROW, TableHead, WorkDelegate, WorkModel
from annotator.gui.exchange.words import what_happens
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import label, rule
from annotator.gui.widgets.uniform_list import UniformList
from annotator.gui.widgets.wording import counted

if TYPE_CHECKING:
    from annotator.domain.work import WorkPreview

_REFUSED = 5  # that are said one by one
_MAIN = "Take in"
_WIDE = 860  # px
_AROUND = 210  # px that heading, head of the table, buttons and what lies between need


class TakeWorkDialog(Dialog):
    """`show_preview` fills it. When accepted, `preview` is what to take in.

    `skip_bad` says whether what is refused is left out.
    """

    def __init__(self, name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__("Take work back", parent, main=_MAIN)
        self.preview: WorkPreview | None = None
        heading = label(f"From {first_words(name, 80)}", 15, QFont.Weight.DemiBold)
        self.said = label(tone="second")
        self.refused = label(size=12, tone="danger")
        self.notes = label(size=12, tone="third")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Reading")
        self.skip = QCheckBox("Leave out what is refused")
        self.skip.toggled.connect(lambda _: self._show_state())
        self.model = WorkModel(self)
        self.view = UniformList(fonts.px(ROW))
        self.view.setAccessibleName("Work to take in")
        self.view.setModel(self.model)
        self.view.setItemDelegate(WorkDelegate(theme, self.view))
        self.column.setSpacing(fonts.px(10))
        for words in (heading, self.said, self.refused, self.notes):
            words.setWordWrap(True)
        self.column.addWidget(heading)
        self.column.addWidget(self.said)
        self.column.addWidget(self.progress)
        self.table = _framed(TableHead(), self.view)
        self.column.addWidget(self.table, 1)
        self.table.hide()
        for widget in (self.refused, self.skip, self.notes):
            self.column.addWidget(widget)
            widget.hide()
        self._room = parent.size()
        self.show_reading(0)
        self._fit(0)

    @property
    def skip_bad(self) -> bool:
        """Whether what was refused is to be left out."""
        return self.skip.isChecked()

    def show_reading(self, count: int) -> None:
        """Say that the file is being read, and how many documents so far."""
        self.main.setEnabled(False)
        self.said.setText(f"Reading: {counted(count, 'document')} so far" if count else "Reading…")

    def show_preview(self, preview: "WorkPreview") -> None:
        """Show what would be taken in."""
        self.preview = preview
        self.progress.hide()
        self.model.set_rows(preview.rows)
        self.table.setVisible(bool(preview.rows))
        self.said.setText("\n".join(what_happens(preview)))
        reasons = [each.reason for each in preview.refused[:_REFUSED]]
        more = len(preview.refused) - len(reasons)
        self.refused.setText("\n".join([*reasons, *([f"And {more:,} more."] if more > 0 else [])]))
        self.notes.setText("\n".join(preview.notes))
        for widget, shown in (
            (self.refused, preview.refused),
            (self.skip, preview.refused),
            (self.notes, preview.notes),
        ):
            widget.setVisible(bool(shown))
        self._show_state()
        self._fit(len(self.model.rows))
        (self.main if self.main.isEnabled() else self.view).setFocus()

    def _fit(self, rows: int) -> None:
        """Be as high as the rows and the words need, within the window."""
        wide = min(fonts.px(_WIDE), self._room.width() - fonts.px(40))
        shown = [words for words in (self.said, self.refused, self.notes) if not words.isHidden()]
        high = sum(words.heightForWidth(wide - 48) for words in shown) + rows * fonts.px(ROW) + fonts.px(_AROUND)
        high += fonts.px(40) if not self.skip.isHidden() else 0
        self.resize(wide, min(high, self._room.height() - fonts.px(60)))

    def _show_state(self) -> None:
        preview = self.preview
        if preview:
            self.main.setEnabled(not preview.empty and (not preview.refused or self.skip_bad))


def _framed(*inside: QWidget) -> QFrame:
    frame = QFrame()
    frame.setObjectName("popup")
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 4)
    column.setSpacing(0)
    head, view = inside
    column.addWidget(head)
    column.addWidget(rule())
    column.addWidget(view, 1)
    return frame
