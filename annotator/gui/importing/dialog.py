"""The import dialog: what would come in, what to look at first, and one button that takes it in."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from annotator.domain.incoming import ImportOptions, ImportPreview
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.importing.detail import Detail
from annotator.gui.importing.rows import ROW_HEIGHT, Row, RowsDelegate, RowsModel, rows_of
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.uniform_list import UniformList
from annotator.gui.widgets.wording import counted

_LIST = 268  # px


class ImportDialog(Dialog):
    """`options_changed` asks for the preview to be made anew. When accepted, `preview` is what to import.

    With `pasted` there is one text and a field for its title in place of the list.
    """

    options_changed = Signal(object)

    def __init__(
        self,
        options: ImportOptions,
        encodings: Mapping[str, str],
        theme: Theme,
        parent: QWidget,
        *,
        pasted: bool = False,
    ) -> None:
        super().__init__("New document" if pasted else "Import", parent, main="Import")
        self.options = options
        self.preview: ImportPreview | None = None
        self.repairs: set[str] = set()
        self.model = RowsModel(self)
        self.view = UniformList(fonts.px(ROW_HEIGHT))
        self.view.setAccessibleName("Documents to import")
        self.view.setModel(self.model)
        self.view.setItemDelegate(RowsDelegate(self.view, theme))
        self.view.selectionModel().currentChanged.connect(self._row_chosen)
        self.detail = Detail(theme, encodings, pasted=pasted)
        self.title = QLineEdit()
        self.title.setAccessibleName("Title")
        self.title.setPlaceholderText("without one, the first words stand for it")
        self.title.setMaxLength(500)
        self.skip = QCheckBox()
        self.skip.toggled.connect(lambda _: self._show_state())
        self.state = label(size=12, tone="second")
        self.state.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Reading")
        self._pasted = pasted
        self._connect()
        self._lay_out(parent)
        self.show_reading(0)

    @property
    def skip_bad(self) -> bool:
        """Whether what was refused is to be left out."""
        return self.skip.isChecked()

    def show_reading(self, count: int) -> None:
        """Say that files are being read, and how many documents so far."""
        self.progress.show()
        self.main.setEnabled(False)
        self.state.setText(f"Reading: {counted(count, 'document')} so far" if count else "Reading…")

    def show_problem(self, text: str) -> None:
        """Say why the preview could not be made as was asked."""
        self.progress.hide()
        self._show_state()
        self.state.setText(text)

    def show_preview(self, preview: ImportPreview) -> None:
        """Show what would come in; the chosen row stays chosen where it is still there."""
        before = self.current()
        self.preview = preview
        self.repairs &= {each.key for each in preview.new if each.mojibake}
        self.model.set_rows(rows_of(preview))
        self.progress.hide()
        self._choose(before)
        self._show_state()

    def current(self) -> Row | None:
        """The chosen row."""
        at = self.view.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt."""
        super().showEvent(event)
        (self.title if self._pasted else self.view).setFocus()

    def _choose(self, before: Row | None) -> None:
        """Choose the row that was chosen; once it needs nothing any more, the next that does."""
        at = self.model.place(before.key) if before else -1
        asked = before and before.look < 1 and at > 0
        place = 0 if at < 0 or asked else at
        if self.model.rows:
            self.view.setCurrentIndex(self.model.index(place))
        self._show_row()

    def _row_chosen(self) -> None:
        self._show_row()

    def _show_row(self) -> None:
        if self.preview is None:
            return
        asking = sum(source.needs == "encoding" for source in self.preview.sources)
        damaged = sum(each.mojibake is not None for each in self.preview.new)
        self.detail.show_row(self.current(), frozenset(self.repairs), asking, damaged)

    def _show_state(self) -> None:
        """Say what the button will do, or what keeps it from doing it."""
        preview = self.preview
        if preview is None:
            return
        new, refused, asking = len(preview.new), len(preview.refused), len(preview.uncertain)
        self.skip.setVisible(refused > 0)
        self.skip.setText(
            f"Leave out the {counted(refused, 'one', 'refused')}" if refused > 1 else "Leave out the refused one"
        )
        self.main.setText(f"Import {counted(new, 'document')}" if new else "Import")
        self.main.setEnabled(bool(new) and not asking and (not refused or self.skip_bad))
        self.state.setText(_said(preview, skipping=self.skip_bad))

    def _connect(self) -> None:
        detail = self.detail
        detail.encoding.chosen.connect(self._encoding_chosen)
        detail.encoding.chosen_for_all.connect(lambda name: self._ask(replace(self.options, encoding=name)))
        detail.columns.mapped.connect(self._columns_chosen)
        detail.repair_asked.connect(self._repair)
        detail.repair_all_asked.connect(self._repair_all)

    def _encoding_chosen(self, name: str) -> None:
        row = self.current()
        if row and row.source and name:
            self._ask(replace(self.options, encodings={**self.options.encodings, row.source.path: name}))

    def _columns_chosen(self, mapping: dict[str, str]) -> None:
        row = self.current()
        if row and row.source:
            self._ask(replace(self.options, columns_of={**self.options.columns_of, row.source.path: mapping}))

    def _ask(self, options: ImportOptions) -> None:
        self.options = options
        self.show_reading(0)
        self.options_changed.emit(options)

    def _repair(self, key: str, wanted: bool) -> None:
        (self.repairs.add if wanted else self.repairs.discard)(key)

    def _repair_all(self) -> None:
        if self.preview:
            self.repairs = {each.key for each in self.preview.new if each.mojibake}
            self._show_row()

    def _lay_out(self, parent: QWidget) -> None:
        self.view.setFixedWidth(fonts.px(_LIST))
        self.view.setProperty("framed", True)
        middle = QHBoxLayout()
        middle.setSpacing(fonts.px(20))
        middle.addWidget(self.view)
        middle.addWidget(self.detail, 1)
        self.view.setVisible(not self._pasted)
        self.title.setVisible(self._pasted)
        self.detail.heading.setMaximumHeight(fonts.px(44))
        below = QHBoxLayout()
        below.setSpacing(fonts.px(12))
        below.addWidget(self.state, 1)
        below.addWidget(self.skip)
        foot = QVBoxLayout()
        foot.setSpacing(fonts.px(6))
        foot.addWidget(self.progress)
        foot.addLayout(below)
        self.column.setSpacing(fonts.px(12))
        self._title_name = label("Title", tone="second")
        self._title_name.setVisible(self._pasted)
        titled = QHBoxLayout()
        titled.setSpacing(fonts.px(12))
        titled.addWidget(self._title_name)
        titled.addWidget(self.title, 1)
        self.column.addLayout(titled)
        self.column.addLayout(middle, 1)
        self.column.addLayout(foot)
        self.skip.hide()
        room = parent.size()
        wide, high = (680, 480) if self._pasted else (1000, 680)
        self.resize(min(fonts.px(wide), room.width() - fonts.px(40)), min(fonts.px(high), room.height() - fonts.px(60)))


def _said(preview: ImportPreview, *, skipping: bool) -> str:
    encodings = sum(source.needs == "encoding" for source in preview.sources)
    columns = len(preview.uncertain) - encodings
    asked = [f"{counted(encodings, 'file needs', 'files need')} an encoding"] if encodings else []
    asked += [f"{counted(columns, 'table needs', 'tables need')} the column of the text"] if columns else []
    if asked:
        return f"{' and '.join(asked)} first."
    present = len(preview.incoming) - len(preview.new)
    parts = [f"{present:,} in the project already or twice here"] if present else []
    if preview.refused:
        parts.append(f"{len(preview.refused):,} refused" + ("" if skipping else ": nothing comes in unless left out"))
    said = "; ".join(parts)
    lines = [f"{said[:1].upper()}{said[1:]}."] if said else []
    return " ".join([*lines, *preview.notes])
