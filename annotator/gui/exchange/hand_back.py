"""Handing reviewed work back to the annotator who did it: to whom, and into which file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.exchange.people import PersonBox
from annotator.gui.exchange.place import PlaceField, file_for
from annotator.gui.widgets.panes import label

_ABOUT = (
    "The file has what this person did, with the decisions, the gold and the comments on it. The others’ spans stay "
    "here, and where a decision shows one it names nobody. Opened, it leads through the work, span by span."
)
_NOBODY = "Nobody else has worked in this project yet. Take work back first."


class HandBackDialog(Dialog):
    """After it was accepted `person` and `place` have the answer."""

    def __init__(self, project: Path, people: Sequence[str], parent: QWidget) -> None:
        super().__init__("Hand work back", parent, main="Hand back")
        self._project = project
        self.person_box = PersonBox("To whom", people, free=False)
        self.place = PlaceField("Hand work back")
        self.problem = label(size=12, tone="danger")
        about = label(_ABOUT if people else _NOBODY, tone="second")
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for text, field in (("To", self.person_box), ("File", self.place)):
            name = label(text, tone="second")
            name.setMinimumHeight(fonts.px(30))
            form.addRow(name, field)
        self.person_box.setSizePolicy(self.place.sizePolicy())
        for words in (about, self.problem):
            words.setWordWrap(True)
        self.column.addWidget(about)
        self.column.addLayout(form)
        self.column.addWidget(self.problem)
        self.problem.hide()
        wide = fonts.px(560)
        self.setFixedWidth(wide)
        self.person_box.currentIndexChanged.connect(lambda _: self._named())
        self.place.changed.connect(self._show_state)
        self._named()
        self.resize(wide, self.heightForWidth(wide))
        self.person_box.setFocus()

    @property
    def person(self) -> str:
        return self.person_box.name

    def accept(self) -> None:
        """Called by Qt. A file that is there is replaced only by a second press."""
        if problem := self.place.problem(self._project):
            self.problem.setText(problem)
            self.problem.show()
            self.main.setText("Replace it" if self.place.replaces else "Hand back")
        else:
            super().accept()

    def _named(self) -> None:
        self.place.suggest(file_for(self._project, self.person, "reviewed "))
        self._show_state()

    def _show_state(self) -> None:
        self.problem.hide()
        self.main.setText("Hand back")
        self.main.setEnabled(bool(self.person and self.place.given))
