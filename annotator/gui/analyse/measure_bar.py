"""Choosing a measure, reading what it says, and having one that takes its time computed, with progress."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.analyse.explained import BY_ID, INTERVAL, MEASURES, Explained
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.popup import Popup

_GROUPS = {"precision-type", "recall-type", "cohen", "u-alpha", "gamma"}  # the first of each group but the first
_WIDE = 380


class MeasureChoice(QWidget):
    """`chosen` carries a measure's id."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setAccessibleName("Measure")
        self.box.setMaxVisibleItems(20)
        for measure in MEASURES:
            if measure.id in _GROUPS:
                self.box.insertSeparator(self.box.count())
            self.box.addItem(measure.name, measure.id)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(25)
        self.box.activated.connect(lambda at: self.chosen.emit(self.box.itemData(at)))
        self.about = IconButton("info", "What this measure says", theme)
        self.about.clicked.connect(self._explain)
        self._popup: Popup | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.box)
        row.addWidget(self.about)

    def show_measure(self, measure_id: str) -> None:
        self.box.setCurrentIndex(self.box.findData(measure_id))
        self.box.setToolTip(BY_ID[measure_id].name)

    def _explain(self) -> None:
        self._popup = explanation(BY_ID[self.box.currentData()], self)
        self._popup.open_at(self.about.mapToGlobal(self.about.rect().bottomLeft()), above=self.about.height())


def explanation(measure: Explained, parent: QWidget) -> Popup:
    """Return the popup that explains a measure."""
    made = Popup(parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setAccessibleName(f"About {measure.name}")
    column = QVBoxLayout()
    column.setContentsMargins(18, 14, 18, 16)
    column.setSpacing(3)
    column.addWidget(_words(measure.name, 15, QFont.Weight.DemiBold))
    parts = (
        ("How it is computed", measure.formula),
        ("Good for", measure.good),
        ("Mind", measure.bad),
        ("Source", f"{measure.source} {INTERVAL}"),
    )
    for title, text in parts:
        column.addSpacing(7)
        column.addWidget(_words(title, 11, QFont.Weight.DemiBold, "third"))
        column.addWidget(_words(text, 13 if title != "Source" else 12, tone="second" if title == "Source" else ""))
    made.column.addLayout(column)
    return made


def _words(text: str, size: float, weight: QFont.Weight = QFont.Weight.Normal, tone: str = "") -> QWidget:
    made = label(text, size, weight, tone)
    made.setWordWrap(True)
    made.setFixedWidth(fonts.px(_WIDE))
    made.setFixedHeight(made.heightForWidth(fonts.px(_WIDE)))
    return made


class SlowBar(QWidget):
    """For a measure that is computed only when it is asked for: a button, then progress and Cancel."""

    asked = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = label(size=12, tone="second")
        self.text.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Measuring")
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._pressed)
        self._running = False
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addLayout(column, 1)
        row.addWidget(self.button)
        self.show_waiting()

    def show_waiting(self, text: str = "Gamma takes its time: it is computed only when you ask for it.") -> None:
        self._show(text, "Compute gamma", running=False)

    def show_running(self, figures: int, of: int, alignments: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(figures)
        done = f", {alignments:,} alignments of the next" if alignments else ""
        self._show(f"{figures:,} of {of:,} figures{done}", "Cancel", running=True)

    def _show(self, text: str, button: str, *, running: bool) -> None:
        self._running = running
        self.text.setText(text)
        self.bar.setVisible(running)
        if self.button.text() != button:
            self.button.setText(button)
            self.button.setAccessibleName(button)

    def _pressed(self) -> None:
        (self.cancelled if self._running else self.asked).emit()
