"""What is known of a document beside its text, in plain fields."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.domain import metadata
from annotator.domain.document import Document
from annotator.errors import BadArgument
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.widgets.panes import label

_NAMES = {
    "title": "Title",
    "outlet": "Outlet",
    "author": "Author",
    "published": "Published",
    "language": "Language",
    "url": "Address",
}
_HINTS = {"published": "2011-09-17, 2011-09 or 2011", "language": "en, de, pt-BR", "url": "https://…"}
_MOST_SEEN = 3  # further fields before the area scrolls


class DetailsDialog(Dialog):
    """Asks; `values` and `fields` have the answer after it was accepted. What can't be stored is not accepted."""

    def __init__(self, document: Document, known: Mapping[str, Sequence[str]], parent: QWidget, *, read_only: bool):
        """Show a document's details; `known` are values of other documents by field, to complete what is typed."""
        buttons = {"other": "Close"} if read_only else {"main": "Save details"}
        super().__init__("Document details", parent, **buttons)
        self._document = document
        self.lines = {name: self._line(name, known.get(name, ())) for name in metadata.FIELDS}
        self.further = FurtherFields(document.fields, read_only=read_only)
        self.problem = label(size=12, tone="danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        for name, line in self.lines.items():
            line.setText(getattr(document, name) or "")
            line.setCursorPosition(0)
            line.setReadOnly(read_only)
            line.textEdited.connect(self.problem.hide)
        self._lay_out()
        self.setFixedWidth(fonts.px(520))
        self.lines["title"].setFocus()

    @property
    def values(self) -> dict[str, str | None]:
        """The fields that every document has and that were changed."""
        said = {name: line.text().strip() or None for name, line in self.lines.items()}
        return {name: value for name, value in said.items() if value != getattr(self._document, name)}

    @property
    def fields(self) -> tuple[tuple[str, str], ...] | None:
        """All further fields, None where none was changed."""
        given = metadata.checked_pairs(self.further.pairs())
        return None if given == self._document.fields else given

    def accept(self) -> None:
        """Called by Qt. What can't be stored is told, and the cursor goes there."""
        for name, value in self.values.items():
            try:
                metadata.checked(name, value)
            except BadArgument as error:
                self._say(str(error), self.lines[name])
                return
        try:
            metadata.checked_pairs(self.further.pairs())
        except BadArgument as error:
            self._say(str(error), self.further.first())
            return
        super().accept()

    def _line(self, name: str, known: Iterable[str]) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(_NAMES[name])
        line.setPlaceholderText(_HINTS.get(name, ""))
        line.setMaxLength(metadata.LONGEST)
        if values := sorted(set(known), key=str.casefold):
            completer = QCompleter(values, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        return line

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(fonts.px(10))
        grid.setColumnStretch(1, 1)
        for row, (name, line) in enumerate(self.lines.items()):
            named = label(_NAMES[name], tone="second")
            named.setBuddy(line)
            grid.addWidget(named, row, 0)
            grid.addWidget(line, row, 1)
        further = label("Further", tone="second")
        further.setMinimumHeight(self.lines["title"].sizeHint().height())  # on one line with the first of them
        grid.addWidget(further, len(self.lines), 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.further, len(self.lines), 1)
        source = f" · file {self._document.source_file}" if self._document.source_file else ""
        about = label(f"Id {self._document.id}{source}", 12, tone="third")
        about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        about.setWordWrap(True)
        self.column.addLayout(grid)
        self.column.addWidget(about)
        self.column.addWidget(self.problem)

    def _say(self, problem: str, field: QWidget) -> None:
        self.problem.setText(problem)
        self.problem.setAccessibleName(problem)
        self.problem.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)


class FurtherFields(QScrollArea):
    """Rows of a name and a value; there is always one empty row for a further one."""

    def __init__(self, fields: Iterable[tuple[str, str]], *, read_only: bool) -> None:
        super().__init__()
        self._read_only = read_only
        self.rows: list[tuple[QLineEdit, QLineEdit]] = []
        place = QWidget()
        self._column = QVBoxLayout(place)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._grid)
        self._column.addStretch(1)
        self.setWidget(place)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name, value in fields:
            self._add(name, value)
        if not read_only:
            self._add("", "")
        self._fit()

    def pairs(self) -> list[tuple[str, str]]:
        """Return what stands in the rows."""
        return [(name.text(), value.text()) for name, value in self.rows]

    def first(self) -> QLineEdit:
        """Return the first field."""
        return self.rows[0][0]

    def _add(self, name: str, value: str) -> None:
        number = len(self.rows) + 1
        pair = QLineEdit(name), QLineEdit(value)
        for column, (line, spoken) in enumerate(zip(pair, ("Name", "Value"), strict=True)):
            line.setAccessibleName(f"{spoken} of further field {number}")
            line.setPlaceholderText(spoken)
            line.setMaxLength(metadata.LONGEST)
            line.setReadOnly(self._read_only)
            line.setCursorPosition(0)
            line.textEdited.connect(self._typed)
            self._grid.addWidget(line, number - 1, column)
        self.rows.append(pair)

    def _typed(self) -> None:
        if any(line.text() for line in self.rows[-1]):
            self._add("", "")
            self._fit()

    def _fit(self) -> None:
        rows = max(1, min(_MOST_SEEN, len(self.rows)))
        each = (self.rows[0][0] if self.rows else QLineEdit()).sizeHint().height() + 8
        self.setFixedHeight(rows * each)
        policy = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if len(self.rows) > _MOST_SEEN
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setVerticalScrollBarPolicy(policy)
