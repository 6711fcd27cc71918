"""The bar over the text in which one types what to find in the document."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.actions import Actions
from annotator.gui.find.search_field import SearchField
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import ground, label, rule
from annotator.gui.widgets.wording import plain_tooltip

_COUNT = 120  # px


class FindBar(QWidget):
    """Field, choices, `3 of 12`, next and previous. `closed` when one is done with it."""

    closed = Signal()

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        ground(self, "window")
        self.search = SearchField("Find in document", theme)
        self.search.setMaximumWidth(fonts.px(480))
        self.count = label(size=12, tone="third")
        self.count.setMinimumWidth(fonts.px(_COUNT))
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.problem = label(size=12, tone="danger")
        self.problem.setWordWrap(True)
        self.problem.setContentsMargins(24, 0, 16, 8)
        self.problem.hide()
        self._close = IconButton("close", "Close (Esc)", theme, self)
        self._close.setAccessibleName("Close the search in the document")
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.search, 2)
        row.addSpacing(4)
        for name in ("find_previous", "find_next"):
            row.addWidget(IconButton.of(actions[name], theme, self))
        row.addSpacing(4)
        row.addWidget(self.count, 1)
        row.addWidget(IconButton.of(actions["find_in_project"], theme, self))
        row.addWidget(self._close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        row.setContentsMargins(24, 7, 16, 7)
        whole.addLayout(row)
        whole.addWidget(self.problem)
        whole.addWidget(rule())
        self.search.escaped.connect(self.closed)

    def say(self, text: str, tone: str = "third") -> None:
        """Show how many were found, or that none is."""
        self.problem.hide()
        self.count.setText(text)
        self.count.setAccessibleName(text or "Nothing to find yet")
        self.count.setToolTip(plain_tooltip(text))
        if self.count.property("tone") != tone:
            self.count.setProperty("tone", tone)
            self.count.style().polish(self.count)

    def tell_problem(self, text: str) -> None:
        """Say why nothing could be looked for."""
        self.say("")
        self.problem.setText(text)
        self.problem.setAccessibleName(text)
        self.problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt: Escape closes from any of the bar's buttons."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
