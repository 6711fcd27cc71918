"""Handing documents out: to whom, which, and into which file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.document import Progress
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.exchange.documents import ROW, DocumentList, choices
from annotator.gui.exchange.people import PersonBox
from annotator.gui.exchange.place import PlaceField, file_for
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import counted

_ABOUT = (
    "The file has these documents, the codebook and what this person did on them before, and nobody else’s work. "
    "It opens under their name; what comes back is taken in with “Take work back”."
)
_MAIN = "Hand out"


class HandOutDialog(Dialog):
    """After it was accepted `person`, `documents` (ids) and `place` have the answer."""

    def __init__(
        self, project: Path, people: Sequence[str], rows: Sequence[Progress], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__("Hand out documents", parent, main=_MAIN)
        self._project = project
        self.person_box = PersonBox("For whom", people)
        self.list = DocumentList(rows, theme, self)
        self.several = QComboBox()
        self.several.setAccessibleName("Tick several")
        self.several.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.place = PlaceField("Hand out documents")
        self.state = label(size=12, tone="second")
        self.problem = label(size=12, tone="danger")
        self._lay_out(parent)
        self.person_box.editTextChanged.connect(lambda _: self._named())
        self.several.activated.connect(self._tick_several)
        self.list.ticks.ticked.connect(self._show_state)
        self.place.changed.connect(self._show_state)
        self._named()
        self.person_box.setFocus()

    @property
    def person(self) -> str:
        return self.person_box.name

    @property
    def documents(self) -> list[str]:
        return self.list.ticks.chosen

    def accept(self) -> None:
        """Called by Qt. A file that is there is replaced only by a second press."""
        if problem := self.place.problem(self._project):
            self._show_state()
            self.problem.setText(problem)
            self.problem.show()
            if self.place.replaces:
                self.main.setText("Replace it")
        else:
            super().accept()

    def _named(self) -> None:
        """Another name: the file follows it, and so does what can be ticked at once."""
        self.place.suggest(file_for(self._project, self.person))
        self.several.clear()
        self.several.addItem("Tick several…")
        self.several.addItems([text for text, _ in choices(self.person)])
        self._show_state()

    def _tick_several(self, place: int) -> None:
        if place > 0:
            self.list.ticks.choose(choices(self.person)[place - 1][1])
        self.several.setCurrentIndex(0)

    def _show_state(self) -> None:
        count, total = len(self.documents), len(self.list.ticks.rows)
        self.problem.hide()
        self.state.setText(f"{count:,} of {counted(total, 'document')}")
        self.main.setText(f"{_MAIN} {counted(count, 'document')}" if count else _MAIN)
        self.main.setEnabled(bool(count and self.person and self.place.given))

    def _lay_out(self, parent: QWidget) -> None:
        about = label(_ABOUT, tone="second")
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(_name("For"), self.person_box)
        form.addRow(_name("File"), self.place)
        self.person_box.setSizePolicy(self.place.sizePolicy())
        above = QHBoxLayout()
        above.addWidget(self.state)
        above.addStretch(1)
        above.addWidget(self.several)
        below = QVBoxLayout()
        below.setSpacing(6)
        below.addLayout(above)
        below.addWidget(self.list, 1)
        for words in (about, self.problem):
            words.setWordWrap(True)
        self.column.addWidget(about)
        self.column.addLayout(form)
        self.column.addLayout(below, 1)
        self.column.addWidget(self.problem)
        room, rows = parent.size(), max(3, len(self.list.ticks.rows))
        high = min(fonts.px(330) + rows * fonts.px(ROW), room.height() - fonts.px(60))
        self.resize(min(fonts.px(600), room.width() - fonts.px(40)), high)


def _name(text: str) -> QWidget:
    made = label(text, tone="second")
    made.setMinimumHeight(fonts.px(30))  # that of a field, so that both stand on one line
    return made
