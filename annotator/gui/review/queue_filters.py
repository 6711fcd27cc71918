"""What of the queue is listed: of one document or all, of one label, what two annotators have a part in."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.widgets.choice_box import choice_box, refill
from annotator.gui.widgets.choice_model import ChoiceModel, offer_many
from annotator.gui.widgets.panes import SIDE

_FIRST = ("This document", "this"), ("All documents", "all")
_BLIND = "Who is who is not known yet: reveal the names first"


class QueueFilters(QWidget):
    """Three choices below each other. `changed` when one of them is another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.where, self.label, self.pair = choice_box("Documents"), choice_box("Label"), choice_box("Annotators")
        self.clear = QPushButton("List everything of this document")
        self.clear.setAccessibleName("Clear filters")
        self.clear.setProperty("flat", True)
        self.clear.clicked.connect(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 0, SIDE, 8)
        column.setSpacing(fonts.px(6))
        for widget in (self.where, self.label, self.pair, self.clear):
            column.addWidget(widget)
        self._places = ChoiceModel(self)
        offer_many(self.where, self._places)
        self.offer_documents([], {})
        self.offer_labels([])
        self.offer_pairs([], blind=False)
        for choice in (self.where, self.label, self.pair):
            choice.currentIndexChanged.connect(lambda _: self._told())
        self._told()

    def everywhere(self) -> bool:
        """Whether all documents are listed, not one."""
        return bool(self.where.currentData() == "all")

    def chosen_label(self) -> str | None:
        return self.label.currentData() or None

    def chosen_pair(self) -> tuple[str, ...]:
        return tuple(self.pair.currentData() or ())

    def chosen_document(self) -> str | None:
        """The document that was asked for by name, which is to be shown then."""
        chosen = self.where.currentData()
        return chosen[1:] if chosen and chosen.startswith("=") else None

    def on(self) -> bool:
        """Whether label or annotators leave something out."""
        return bool(self.chosen_label() or self.chosen_pair())

    def set_everywhere(self, everywhere: bool) -> None:
        """List all documents, or the one that is shown."""
        self.where.setCurrentIndex(1 if everywhere else 0)

    def reset(self) -> None:
        """Leave nothing out of the document that is shown."""
        self.blockSignals(True)
        for choice in (self.where, self.label, self.pair):
            choice.setCurrentIndex(0)
        self.blockSignals(False)
        self._told()

    def offer_documents(self, documents: Sequence[str], headings: Mapping[str, str]) -> None:
        """Offer documents, each by id, beside the one that is shown, and all."""
        chosen = self.where.currentData()
        self.where.blockSignals(True)
        entries = [*_FIRST, *((headings.get(document, document), f"={document}") for document in documents)]
        if not self._places.offer(entries):
            self.where.setCurrentIndex(self._places.row_of(chosen))
        self.where.blockSignals(False)

    def offer_labels(self, labels: Iterable[str]) -> None:
        """Offer these labels."""
        refill(self.label, [("Any label", ""), *((name, name) for name in labels)])

    def offer_pairs(self, annotators: Sequence[str], *, blind: bool) -> None:
        """Offer every two of these, unless it would say who is who."""
        pairs = [] if blind else [(f"{one} and {other}", (one, other)) for one, other in combinations(annotators, 2)]
        refill(self.pair, [("All annotators", ()), *pairs])
        self.pair.setEnabled(bool(pairs))
        self.pair.setToolTip(_BLIND if blind else "Annotators")

    def _told(self) -> None:
        self.clear.setEnabled(self.on() or self.where.currentIndex() > 0)
        self.changed.emit()
