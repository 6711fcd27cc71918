"""The filters of a search in all documents: outlet, dates, state, label."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from annotator.domain.codebook import Codebook
from annotator.domain.document import State
from annotator.domain.search import Scope
from annotator.errors import BadArgument
from annotator.gui import fonts
from annotator.gui.annotate.documents_model import STATE_WORDS
from annotator.gui.widgets.choice_box import choice_box, refill
from annotator.gui.widgets.panes import SIDE

_NO_OUTLET = "No outlet"


class Filters(QWidget):
    """One row of choices; `changed` when one of them is another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.outlet = _choice("Outlet")
        self.since, self.until = _date("From", "Published on or after"), _date("To", "Published on or before")
        self.state = _choice("State")
        refill(self.state, [("Any state", ""), *((STATE_WORDS[state].capitalize(), state.value) for state in State)])
        self.label = _choice("Label")
        self.clear = QPushButton("Clear")
        self.clear.setAccessibleName("Clear filters")
        self.clear.setProperty("flat", True)
        self.clear.clicked.connect(self.reset)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE, 8)
        row.setSpacing(6)
        for widget, share in ((self.outlet, 3), (self.since, 2), (self.until, 2), (self.state, 2), (self.label, 3)):
            row.addWidget(widget, share)
        row.addWidget(self.clear)
        self.set_outlets(())
        self.set_codebook(Codebook(()))
        for choice in (self.outlet, self.state, self.label):
            choice.currentIndexChanged.connect(lambda _: self._told())
        for field in (self.since, self.until):
            field.textChanged.connect(lambda _: self._told())
        self._told()

    def scope(self) -> Scope:
        """Return where to look. A date that is not finished yet leaves nothing out."""
        outlet, state, which = (choice.currentData() for choice in (self.outlet, self.state, self.label))
        return Scope(
            outlets=(outlet[1:],) if outlet else (),
            since=_finished(self.since.text()),
            until=_finished(self.until.text()),
            states=(State(state),) if state else (),
            inside=which[1:] if which.startswith("+") else "",
            outside=which[1:] if which.startswith("-") else "",
        )

    def on(self) -> bool:
        """Whether any filter leaves something out."""
        return self.scope() != Scope()

    def reset(self) -> None:
        """Leave nothing out."""
        self.blockSignals(True)
        for choice in (self.outlet, self.state, self.label):
            choice.setCurrentIndex(0)
        self.since.clear()
        self.until.clear()
        self.blockSignals(False)
        self._told()

    def set_outlets(self, outlets: Iterable[str]) -> None:
        """Offer these outlets; "" stands for documents without one."""
        entries = [("Any outlet", "")]
        entries += [(outlet or _NO_OUTLET, f"={outlet}") for outlet in sorted(set(outlets), key=str.casefold)]
        refill(self.outlet, entries)

    def set_codebook(self, codebook: Codebook) -> None:
        """Offer these labels."""
        entries = [("Tagged or not", "")]
        entries += [(f"Inside {label.name}", f"+{label.name}") for label in codebook]
        entries += [(f"Not in {label.name}", f"-{label.name}") for label in codebook]
        refill(self.label, entries)

    def _told(self) -> None:
        for field in (self.since, self.until):
            _mark(field, wrong=bool(field.text().strip()) and not _finished(field.text()))
        self.clear.setEnabled(self.on() or bool(self.since.text() or self.until.text()))
        self.changed.emit()


def _choice(name: str) -> QComboBox:
    made = choice_box(name)
    made.setMaximumWidth(fonts.px(200))
    return made


def _date(shown: str, name: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(shown)
    made.setAccessibleName(name)
    made.setToolTip(f"{name}: 2011-09-16, 2011-09 or 2011")
    made.setMinimumWidth(fonts.px(64))
    made.setMaximumWidth(fonts.px(120))
    return made


def _mark(field: QLineEdit, *, wrong: bool) -> None:
    """Show that what stands in a field is no date (yet), and so leaves nothing out."""
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        field.setAccessibleDescription("Not a date yet: 2011-09-16, 2011-09 or 2011" if wrong else "")
        field.style().polish(field)


def _finished(date: str) -> str:
    try:
        Scope(since=date.strip()).check()
    except BadArgument:
        return ""
    return date.strip()
