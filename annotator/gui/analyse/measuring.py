"""When agreement is measured, and how it comes into the charts: at once, but for gamma, which has to be asked for."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.review import GOLD
from annotator.gui.analyse.agreement import ALL, Key, caption, documents_grid, gold_grid, pairs_grid
from annotator.gui.analyse.board import Board
from annotator.gui.analyse.explained import BY_ID, GAMMA, USUAL
from annotator.gui.analyse.grid import NOTHING
from annotator.gui.analyse.looked_at import LookedAt
from annotator.gui.analyse.matched import matched_grid
from annotator.gui.analyse.measurer import Measurer
from annotator.project.measuring import Alignments, Matched, Measured, Question
from annotator.records import Figure

_SHOW_MS = 60
"""Figures that come one by one are shown together."""
_SHARE = 10
"""While they come, showing them takes this part of the window's time at most: of thousands of documents it takes long.
"""
_Where = tuple[str, int]  # the document looked at, and the version of what was read
_What = tuple[str, tuple[str, ...], _Where]
"""Measure, annotators, documents: what figures are of."""


class Measuring(QObject):
    """Keeps the figures of what was measured since the project last changed. All in the window's thread."""

    arrived = Signal()
    """The charts show more or other figures."""

    def __init__(self, board: Board, parent: QObject) -> None:
        super().__init__(parent)
        self._board = board
        self.measure = USUAL
        self._seen = LookedAt()
        self._kept: dict[_What, dict[Key, Figure]] = {}
        self._by_document: dict[_What, list[tuple[str, str | None]]] = {}  # what figures there are, as they came
        self._matched: dict[tuple[tuple[str, ...], _Where], list[Matched]] = {}
        self._asked: _What | None = None
        self._alignments = 0
        self._why = ""
        self.measurer = Measurer(self)
        self.measurer.answered.connect(self._take)
        self.measurer.finished.connect(self._finished)
        self.measurer.failed.connect(self._failed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOW_MS)
        self._soon.timeout.connect(self._show)
        board.measure.show_measure(self.measure)
        board.measure.chosen.connect(self.choose)
        board.slow.asked.connect(self._ask)
        board.slow.cancelled.connect(self.cancel_slow)

    def show(self, seen: LookedAt) -> None:
        """Show the agreement of what is looked at; measure it where it isn't known."""
        self._seen = seen
        if self.measurer.busy and self._asked != self._what():
            self.cancel()
        if (len(seen.sharing) > 1 or seen.reviewed) and self.measure != GAMMA and not self._complete():
            self._ask()
        self._show()

    def choose(self, measure: str) -> None:
        """Measure by another measure."""
        self.cancel()
        self.measure = measure
        self._board.measure.show_measure(measure)
        self.show(self._seen)

    def forget(self) -> None:
        """The project has changed: nothing that was measured holds."""
        self.cancel()
        self._kept.clear()
        self._by_document.clear()
        self._matched.clear()

    def cancel(self) -> None:
        """Give up what is being measured; what is there of it is not kept."""
        if self.measurer.busy and self._asked:
            self._kept.pop(self._asked, None)
        self.measurer.cancel()
        self._soon.stop()

    def cancel_slow(self) -> None:
        """Give up a gamma; the figures that are there stay."""
        self.measurer.cancel()
        self._show()

    def end(self) -> None:
        """Leave no process behind."""
        self.cancel()
        self.measurer.end()

    @property
    def busy(self) -> bool:
        """Whether something is still being measured, or isn't shown yet."""
        return self.measurer.busy or self._soon.isActive()

    # Measuring

    def _what(self) -> _What:
        seen = self._seen
        return self.measure, tuple(seen.sharing), (seen.document, seen.version)

    def _complete(self) -> bool:
        return self._what() in self._kept

    def _ask(self) -> None:
        if self.measurer.busy and self._asked == self._what():
            return
        self._asked, self._alignments, self._why = self._what(), 0, ""
        _, people, documents = self._asked
        self._kept[self._asked], self._by_document[self._asked] = {}, []
        matched = self.measure != GAMMA and (people, documents) not in self._matched
        if matched:
            self._matched[people, documents] = []
        worked = tuple(self._seen.finished)
        reviewed = tuple(self._seen.reviewed)
        self.measurer.ask(Question(self.measure, people, worked, self._seen.codebook, reviewed, matched))
        self._show()

    def _take(self, answer: object) -> None:
        if self._asked is None:
            return
        if isinstance(answer, Measured):
            figure = answer.figure
            self._kept[self._asked][answer.scope, figure.label, figure.annotators] = figure
            if answer.scope != ALL:
                self._by_document[self._asked].append((answer.scope, figure.label))
            self._alignments = 0
        elif isinstance(answer, Matched):
            self._matched[self._asked[1:]].append(answer)
        elif isinstance(answer, Alignments):
            self._alignments = answer.alignments
        if not self._soon.isActive():
            self._soon.start()

    def _finished(self) -> None:
        self._soon.stop()
        self._show()

    def _failed(self, why: str) -> None:
        if self._asked:
            self._kept.pop(self._asked, None)
            self._matched.pop(self._asked[1:], None)
        self._why = why
        self._show()

    # Showing

    def _show(self) -> None:
        began = time.monotonic()
        self._show_all()
        self._soon.setInterval(max(_SHOW_MS, round(1000 * _SHARE * (time.monotonic() - began))))

    def _show_all(self) -> None:
        board, seen = self._board, self._seen
        people = seen.sharing
        if len(people) < 2:
            board.slow.hide()
            board.measure.setEnabled(bool(seen.reviewed))
            board.pairs.set_nothing(*why_not(seen))
            for panel in (board.by_document, board.matched):
                panel.set_grid(NOTHING)
            self._show_gold()
        elif self._why:
            board.pairs.set_nothing(
                "Agreement couldn’t be measured", f"{self._why}. Choose the measure again to retry."
            )
        else:
            board.measure.setEnabled(True)
            self._show_slow(people)
            self._show_figures(people)
        self.arrived.emit()

    def _show_slow(self, people: list[str]) -> None:
        slow = self._board.slow
        figures = self._kept.get(self._what(), {})
        groups = 1 if len(people) == 2 else 1 + len(people) * (len(people) - 1) // 2
        of = groups * (len(self._seen.labels) + 1) + len(self._seen.shared)
        if self.measure != GAMMA:
            slow.hide()
            return
        running = self.measurer.busy and self._asked == self._what()
        if running:
            slow.show_running(len(figures), of, self._alignments)
        elif figures and len(figures) < of:
            slow.show_waiting(f"Cancelled: {len(figures):,} of {of:,} figures are there.")
        else:
            slow.show_waiting()
        slow.setVisible(running or len(figures) < of)

    def _show_figures(self, people: list[str]) -> None:
        board, seen, measure = self._board, self._seen, BY_ID[self.measure]
        figures = self._kept.get(self._what(), {})
        pairs = pairs_grid(figures, people, seen.labels, measure)
        said = caption(figures.get((ALL, None, tuple(people))), people, measure)
        board.pairs.set_grid(pairs, caption=said, scale=measure.short)
        labels = [] if self.measure == GAMMA else seen.labels  # which takes too long for each label of each document
        measured = self._by_document.get(self._what(), [])
        by_document = documents_grid(figures, seen.shared_headings, people, labels, measure, measured)
        board.by_document.set_grid(by_document, measure.name)
        self._show_gold()
        board.matched.set_grid(matched_grid(self._matched.get((tuple(people), self._what()[2]), [])))

    def _show_gold(self) -> None:
        figures, measure = self._kept.get(self._what(), {}), BY_ID[self.measure]
        against = gold_grid(figures, self._seen.reviewed, self._seen.labels, measure, GOLD)
        self._board.gold.set_grid(against, f"{measure.name}, in documents of which all is decided")


def why_not(seen: LookedAt) -> tuple[str, str]:
    """Say why there is no agreement to measure: heading and text."""
    if len(seen.known) < 2:
        heading = f"So far only {seen.known[0]} has worked here" if seen.known else "Nobody has worked here yet"
        return heading, "Agreement is between two annotators or more."
    if len(seen.people) < 2:
        return "Agreement is between two or more", "Check another annotator at the left."
    where = "This document was" if seen.document else "No document was"
    heading = f"{where}{' not' if seen.document else ''} finished by two annotators"
    return heading, "Agreement is measured where two or more marked a document done (Ctrl+Enter in Annotate)."
