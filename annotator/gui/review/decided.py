"""What was decided on an item: now, and before it opened again; with the reason, and what gold has."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook
from annotator.domain.review import Action, Decision, ReviewItem
from annotator.gui import fonts
from annotator.gui.review.decision_words import decided, reopened
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.chip import NameChip
from annotator.gui.widgets.panes import SIDE, ground, label
from annotator.gui.widgets.quote import Quote
from annotator.gui.widgets.wording import counted, plain_tooltip

_REASON = 240  # code points of a reason that are shown; the tooltip has more
_TIP = 2_000
_FEWEST = 48  # px
_EARLIER = 20  # earlier decisions that are shown at most


class Decided(QScrollArea):
    """As high as what was decided, if there is room, else it scrolls. `says_something` is for who lays it out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._codebook = theme, Codebook(())
        self._item: ReviewItem | None = None
        self._names: Mapping[str, str] = {}
        self._all = False
        inner = QWidget()
        ground(inner, "panel")
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("What was decided")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(SIDE, 0, SIDE, 12)
        self._column.setSpacing(4)

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(fonts.px(280), self._column.totalHeightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(0, min(fonts.px(_FEWEST), self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels that gold is shown with."""
        self._codebook, self._theme = codebook, theme
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._fill()

    def show_item(self, item: ReviewItem | None, names: Mapping[str, str]) -> None:
        """Show what was decided on an item; `names` say what annotators are called."""
        if (item, names) != (self._item, self._names):
            self._all = self._all and item is not None and self._item is not None and item.id == self._item.id
            self._item, self._names = item, dict(names)
            self._fill()

    def says_something(self) -> bool:
        """Whether anything was decided."""
        return self._item is not None and bool(self._item.decision or self._item.earlier)

    def _fill(self) -> None:
        _empty(self._column)
        if self._item and self.says_something():
            self._fill_with(self._item)
        self.updateGeometry()

    def _fill_with(self, item: ReviewItem) -> None:
        earlier = list(item.earlier)
        if item.decision:
            self._add_decision(item.decision, now=True)
        else:
            self._add(label("Open again", weight=QFont.Weight.DemiBold, tone="warn"))
            for sentence in reopened(item, self._names):
                self._add(label(sentence, 12, tone="second"))
            self._add_decision(earlier.pop(0), now=False)
        if not earlier:
            return
        if self._all:
            for decision in earlier[:_EARLIER]:
                self._add_decision(decision, now=False)
            return
        more = QPushButton(f"{counted(len(earlier), 'earlier decision')}…")
        more.setProperty("small", True)
        more.clicked.connect(self._show_all)
        row = QHBoxLayout()
        row.addWidget(more)
        row.addStretch(1)
        self._column.addLayout(row)

    def _add_decision(self, decision: Decision, *, now: bool) -> None:
        said = decided(decision) if now else f"Before: {_small(decided(decision))}"
        self._add(label(said, 12, QFont.Weight.Medium if now else QFont.Weight.Normal, "" if now else "third"))
        if decision.result and (decision.action is Action.CORRECT or not now):
            self._add_result(decision)
        if decision.reason:
            cut = decision.reason[:_REASON]
            reason = label(f"“{cut}{'…' if cut != decision.reason else ''}”", 12, tone="second")
            reason.setAccessibleName(f"Reason: {decision.reason[:_TIP]}")
            reason.setToolTip(plain_tooltip(decision.reason[:_TIP]) if cut != decision.reason else "")
            self._add(reason)

    def _add_result(self, decision: Decision) -> None:
        if decision.result is None:
            return
        chip = NameChip()
        chip.set_style(LabelStyles(self._codebook, self._theme)[decision.result.label])
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(label("◆", 12, tone="second"))
        row.addWidget(chip)
        row.addStretch(1)
        self._column.addLayout(row)
        words = Quote(self._theme, most=3)
        words.set_text(decision.result.text)
        self._column.addWidget(words)

    def _add(self, made: QLabel) -> None:
        made.setWordWrap(True)
        made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(made)

    def _show_all(self) -> None:
        self._all = True
        self._fill()


def _small(said: str) -> str:
    return said[:1].lower() + said[1:]


def _empty(column: "QVBoxLayout | QHBoxLayout") -> None:
    """Take everything out of a layout, and away."""
    while (taken := column.takeAt(0)) is not None:
        if widget := taken.widget():
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := taken.layout(), QHBoxLayout):
            _empty(inner)
