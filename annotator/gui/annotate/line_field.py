"""The field of an attribute that is typed: text or a number."""

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from annotator.domain.attributes import checked
from annotator.domain.codebook import AttributeType
from annotator.errors import BadArgument
from annotator.gui import fonts
from annotator.gui.annotate.fields import Field
from annotator.gui.widgets.note_edit import gives_way
from annotator.gui.widgets.panes import label

RECENT_S = 1.0


class LineField(Field):
    """Text or a number. What can't be stored is said below, and the stored value comes back."""

    def __init__(self, kind: AttributeType) -> None:
        super().__init__(kind)
        self.line = QLineEdit()
        self.line.setAccessibleName(kind.name)
        self.line.setFont(fonts.ui(12))
        self.problem = label(size=12, tone="danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._refused_at = 0.0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.problem)
        self.line.editingFinished.connect(self.finish)
        self.line.textEdited.connect(lambda _: self._say(""))
        self.watch(self.line)

    def stops(self) -> list[QWidget]:
        return [self.line]

    def show_values(self, values: tuple[str, ...]) -> None:
        typing = self.line.hasFocus() and self._typed() != self.values
        self.values = values
        if not typing:
            self._show_stored()

    def show_anew(self, values: tuple[str, ...]) -> None:
        self.values = values
        self._say("")
        self._show_stored()

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def finish(self) -> None:
        if self._typed() == self.values or self.line.isReadOnly():
            return
        try:
            values = checked(self.kind, self._typed())
        except BadArgument as error:
            self._say(str(error))
            self._show_stored()
            return
        self.values = values
        self._show_stored()
        self.changed.emit(values)

    def recent_refusal(self) -> str:
        recent = time.monotonic() - self._refused_at < RECENT_S
        return self.problem.text() if recent else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and gives_way(event, undo=self.line.isUndoAvailable(), redo=self.line.isRedoAvailable())
        ):
            return True
        return super().eventFilter(watched, event)

    def _takes(self, _event: QKeyEvent) -> bool:
        return False

    def _show_stored(self) -> None:
        text = self.values[0] if self.values else ""
        if self.line.text() != text:
            self.line.setText(text)

    def _typed(self) -> tuple[str, ...]:
        text = " ".join(self.line.text().splitlines()).strip()
        return (text,) if text else ()

    def _say(self, problem: str) -> None:
        self._refused_at = time.monotonic() if problem else 0.0
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.line.setAccessibleDescription(problem or self.described())
