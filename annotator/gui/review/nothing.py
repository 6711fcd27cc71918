"""What Review says where it has nothing to show: why, and what to do about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.gui.actions import Actions
from annotator.gui.review.parts import Part
from annotator.gui.review.showing import Showing
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import counted

_BEGIN = (
    ("take_work", "Take work back…"),
    ("hand_out", "Hand out documents…"),
    ("load_example", "Load the example annotations"),
)
"""Actions of the table that bring something to review; those that it hasn't got are not offered."""


class Nothing(QWidget):
    """A heading, a sentence and buttons in the middle; the first button is the main one."""

    decided_asked = Signal()
    whole_asked = Signal()
    reveal_asked = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self.heading = label("", 15, QFont.Weight.DemiBold)
        self.said = label(tone="third")
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 16, 32, 16)
        column.setSpacing(8)
        column.addStretch(2)
        for words in (self.heading, self.said):
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        column.addSpacing(8)
        column.addLayout(self._row)
        column.addStretch(3)

    def explain(self, showing: Showing) -> None:
        """Say why nothing is shown."""
        counts = {part: showing.queue.count_everywhere(part) for part in Part}
        filtered = showing.queue.filter.label or showing.queue.filter.pair
        if showing.mine:
            self._say(
                "Nothing of your work is reviewed yet",
                "Once somebody has decided on spans of yours, in documents that you marked done, they are listed here.",
                [("Back to the whole queue", self.whole_asked.emit)],
            )
        elif showing.alone is not None and not any(counts.values()):
            self._say(
                f"{showing.alone} has not marked a document done",
                "What is not done is not reviewed.",
                [("Back to the whole queue", self.whole_asked.emit)],
            )
        elif filtered:
            self._say("Nothing here matches", "The filter leaves out everything in this part of the queue.", [])
        elif showing.part is not Part.OPEN:
            self._say("Nothing here", "This part of the queue is empty.", [])
        elif any(counts.values()):
            self._say_decided(counts)
        else:
            self._say_begin(len(showing.listing.hidden))

    def _say_decided(self, counts: dict[Part, int]) -> None:
        said = f"{counted(counts[Part.DECIDED], 'item')} decided"
        if put_off := counts[Part.DEFERRED]:
            said += f", {put_off:,} put off for later"
        self._say("Everything is decided", f"{said}.", [("Go through what was decided", self.decided_asked.emit)])

    def _say_begin(self, hidden: int) -> None:
        said = "Two people must have marked a document done. What they differ in is then decided here."
        if hidden:
            waits = "waits" if hidden == 1 else "wait"
            said = f"{counted(hidden, 'document')} {waits} until your own work there is done."
        offered = [(text, self._actions[name].trigger) for name, text in _BEGIN if name in self._actions]
        first = [("Reveal…", self.reveal_asked.emit)] if hidden else []
        self._say("Nothing to review yet", said, [*first, *offered])

    def _say(self, heading: str, said: str, buttons: Sequence[tuple[str, Callable[[], object]]]) -> None:
        self.heading.setText(heading)
        self.said.setText(said)
        if [button.text() for button in self.buttons] == [text for text, _ in buttons]:
            return
        while (taken := self._row.takeAt(0)) is not None:
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        self._row.addStretch(1)
        for number, (text, call) in enumerate(buttons):
            button = QPushButton(text)
            button.setProperty("main", number == 0)
            button.clicked.connect(lambda _checked=False, call=call: call())
            self._row.addWidget(button)
            self.buttons.append(button)
        self._row.addStretch(1)
