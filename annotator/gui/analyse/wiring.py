"""What Analyse reads of the project, when it measures, and what the charts show of it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from annotator.domain.change import ChangeSet
from annotator.domain.codebook import Codebook
from annotator.domain.review import GOLD
from annotator.domain.time import now, parse
from annotator.errors import AnnotatorError
from annotator.gui.analyse.board import Board
from annotator.gui.analyse.counts import label_grid, spans_in
from annotator.gui.analyse.explained import BY_ID
from annotator.gui.analyse.grid import Target
from annotator.gui.analyse.listing import Listing
from annotator.gui.analyse.looked_at import LookedAt
from annotator.gui.analyse.measuring import Measuring
from annotator.gui.analyse.panel import ChartPanel
from annotator.gui.analyse.side import ANNOTATORS, Side
from annotator.gui.analyse.side import GOLD as FROM_GOLD
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.wording import counted
from annotator.gui.worker import Stream, Worker
from annotator.project.measuring import Worked

_SETTLE_MS = 250
"""So long after a commit what it touched is read again: a person who tags on doesn't have it read at every key."""


class AnalyseWiring(QObject):
    """All in the window's thread. Nothing is read or measured while the mode isn't shown."""

    shown = Signal()
    """The charts show what was read; figures may still come."""
    empty = Signal(str, str, str)
    """There is nothing to show: heading, text, button."""
    failed = Signal(AnnotatorError)

    def __init__(self, board: Board, side: Side, parent: QObject) -> None:
        super().__init__(parent)
        self._board, self._side = board, side
        self._theme: Theme | None = None
        self.clock = ""
        self.has_figures = False
        self.looked_at = LookedAt()
        self._worker: Worker | None = None
        self._reading: Stream | None = None
        self._read: list[Worked] = []
        self._stale: set[str] | None = None  # ids to read again; None for all
        self._active = False
        self.measuring = Measuring(board, self)
        self.listing = Listing(board.behind, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLE_MS)
        self._soon.timeout.connect(self._read_stale)
        self._connect()
        if application := QCoreApplication.instance():
            application.aboutToQuit.connect(self.end)

    # What the window tells

    def set_project(self, worker: Worker, codebook: Codebook) -> None:
        """Show this project from now on."""
        self.leave()
        self._worker, self.looked_at, self._stale = worker, LookedAt(codebook), None
        self.listing.set_worker(worker)
        self.set_codebook(codebook)

    def set_codebook(self, codebook: Codebook) -> None:
        """Count and paint these labels."""
        if codebook != self.looked_at.codebook:
            self._stale = None  # labels may have other names in what was read
        self.looked_at = replace(self.looked_at, codebook=codebook)
        self._show_styles()
        if self._active:
            self._soon.start()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_styles()

    def _show_styles(self) -> None:
        if self._theme:
            self._board.set_styles(LabelStyles(self.looked_at.codebook, self._theme))

    def apply(self, change_set: ChangeSet) -> None:
        """Read again what a commit touched."""
        touched = change_set.documents | change_set.review | change_set.texts | change_set.gone
        if change_set.listing or change_set.codebook or change_set.entities:
            self._stale = None
        elif self._stale is not None:
            self._stale |= touched
        if self._active and (touched or self._stale is None):
            self._soon.start()

    def enter(self) -> None:
        """The mode is shown: read what isn't known."""
        self._active = True
        if self._stale is None or self._stale:
            self._read_stale()
        else:
            self.show()

    def leave(self) -> None:
        """The mode isn't shown any more, or the project goes: nothing is read or measured."""
        self._active = False
        self._soon.stop()
        if self._reading:
            self._reading.cancel()
            self._reading, self._stale = None, None
        self.measuring.cancel()
        self.listing.cancel()

    def end(self) -> None:
        """The program ends: leave no process behind."""
        self.leave()
        self.measuring.end()

    def settled(self) -> bool:
        """Whether everything is read, measured and listed."""
        busy = self._soon.isActive() or self._reading or self.measuring.busy or self.listing.busy
        return self._active and not busy

    # Reading

    def _read_stale(self) -> None:
        if self._worker is None or not self._active:
            return
        if self._reading:
            self._reading.cancel()
            self._stale = None
        wanted = None if self._stale is None else sorted(self._stale)
        self._stale, self._read = set(), []
        self._reading = self._worker.stream(
            lambda project: project.work_steps(wanted), self._one_read, lambda _: self._all_read(wanted), self._not_read
        )

    def _one_read(self, worked: Worked | None) -> None:
        if worked is not None:
            self._read.append(worked)

    def _all_read(self, wanted: list[str] | None) -> None:
        self._reading = None
        if wanted is None:
            self.looked_at = replace(self.looked_at, worked={})
        gone = set(wanted or ()) - {each.document.id for each in self._read}
        self.looked_at = self.looked_at.with_worked(self._read, gone)
        self._read = []
        self.clock = f"{parse(now()).astimezone():%H:%M}"
        self.measuring.forget()
        self._forget_listed()
        self.show()

    def _not_read(self, error: AnnotatorError) -> None:
        self._reading, self._stale = None, None
        self.failed.emit(error)

    # Showing

    def show(self) -> None:
        """Show what is looked at now."""
        seen, side = self.looked_at, self._side
        side.show_people(seen.known, seen.left_out)
        side.show_source(FROM_GOLD if seen.gold and seen.has_gold else ANNOTATORS, has_gold=seen.has_gold)
        side.show_documents([each.document for each in seen.worked.values()], seen.document)
        self.has_figures = bool(seen.spans) or any(each.done for each in seen.worked.values())
        if not self.has_figures:
            text = "Once documents are tagged, their labels are counted here, and agreement is measured."
            self.empty.emit("Nothing is tagged yet", text, "Go to Annotate")
            self.measuring.cancel()
        else:
            self._show_labels()
            self.measuring.show(seen)
            self._board.arrange()
        self.shown.emit()

    def _show_labels(self) -> None:
        seen, panel = self.looked_at, self._board.labels
        who, number = seen.counted, spans_in(seen.documents, seen.counted)
        if not who:
            panel.set_nothing("Nobody’s work is looked at", "Check an annotator at the left.")
            return
        whose = "gold" if who == (GOLD,) else who[0] if len(who) == 1 else counted(len(who), "annotator")
        grid = label_grid(seen.documents, seen.labels, who)
        panel.set_grid(grid, f"{counted(number, 'span')}, {whose}")

    def measure_name(self, panel: ChartPanel) -> str:
        """Return what the figures of a chart are measured by, for its picture."""
        return BY_ID[self.measuring.measure].name if panel is self._board.pairs else ""

    # What is chosen

    def _connect(self) -> None:
        side, board = self._side, self._board
        side.annotator_ticked.connect(self._tick)
        side.source_chosen.connect(lambda source: self._look(gold=source == FROM_GOLD))
        side.document_chosen.connect(lambda document: self._look(document=document))
        board.labels.opened.connect(partial(self._list, board.labels))
        for panel in (board.pairs, board.by_document, board.gold):
            panel.opened.connect(partial(self._list, panel))
        self.listing.failed.connect(self.failed)
        self.measuring.arrived.connect(board.arrange)

    def _tick(self, name: str, on: bool) -> None:
        left_out = self.looked_at.left_out - {name} if on else self.looked_at.left_out | {name}
        self._look(left_out=frozenset(left_out))

    def _look(
        self, *, left_out: frozenset[str] | None = None, gold: bool | None = None, document: str | None = None
    ) -> None:
        seen = self.looked_at
        self.looked_at = replace(
            seen,
            left_out=seen.left_out if left_out is None else left_out,
            gold=seen.gold if gold is None else gold and seen.has_gold,
            document=seen.document if document is None else document,
        )
        self._forget_listed()
        self.show()

    def _forget_listed(self) -> None:
        self.listing.forget()
        for panel in self._board.panels:
            panel.chart.show_opened(None)
        self._board.set_opened(None)

    def _list(self, opened: ChartPanel, target: Target) -> None:
        """List what stands behind a cell."""
        board = self._board
        if opened is board.labels:
            self.listing.list_spans(target, self.looked_at)
        else:
            self.listing.list_differences(target, self.looked_at)
        for panel in board.panels:
            panel.chart.show_opened(target if panel is opened else None)
        board.set_opened(opened)
        QTimer.singleShot(0, lambda: board.reveal(board.behind))  # once it has its place
