"""What Analyse reads of the project, when it measures, and what the charts show of it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from annotator.domain.change import ChangeSet
from annotator.domain.codebook import Codebook
from annotator.domain.review import GOLD
from annotator.domain.time import now, parse
from annotator.errors import AnnotatorError
from annotator.gui.analyse.board import Board
from annotator.gui.analyse.counts import Totals, label_grid
from annotator.gui.analyse.explained import BY_ID
from annotator.gui.analyse.grid import Target
from annotator.gui.analyse.listing import Listing
from annotator.gui.analyse.looked_at import LookedAt, Works
from annotator.gui.analyse.measuring import Measuring
from annotator.gui.analyse.panel import ChartPanel
from annotator.gui.analyse.side import ANNOTATORS, Side
from annotator.gui.analyse.side import GOLD as FROM_GOLD
from annotator.gui.slices import Slices
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.wording import counted
from annotator.gui.worker import Stream, Worker
from annotator.project.measuring import Worked

_AT_ONCE = 500  # documents that are made choices of in a step: about half a millisecond
_SETTLE_MS = 250
"""So long after a commit what it touched is read again: a person who tags on doesn't have it read at every key."""


class AnalyseWiring(QObject):
    """All in the window's thread. Nothing is read or measured while the mode isn't shown."""

    shown = Signal()
    """The charts show what was read; figures may still come."""
    empty = Signal(str, str, str)
    """There is nothing to show: heading, text, button."""
    progress = Signal(int, int)
    """How many documents are read, of how many; 0 of 0 when reading is over."""
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
        self._works = Works()  # as far as they are read, where all of them are
        self._choices: tuple[object, list[tuple[str, object]]] = None, []  # of documents, and the listing they are of
        self._counting = Slices(self)
        self._stale: set[str] | None = None  # ids to read again; None for all
        self._of = 0  # documents to read, where all are
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
        self._worker, self.looked_at, self._stale, self.has_figures = worker, LookedAt(codebook), None, False
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
        touched = change_set.touched
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
        self._stop_reading()
        self._counting.give_up()
        self.measuring.cancel()
        self.listing.cancel()

    def end(self) -> None:
        """The program ends: leave no process behind."""
        self.leave()
        self.measuring.end()

    def settled(self) -> bool:
        """Whether everything is read, measured and listed."""
        reading = self._soon.isActive() or self._reading or self._counting.busy
        busy = reading or self.measuring.busy or self.listing.busy
        return self._active and not busy

    # Reading

    @property
    def stopped(self) -> bool:
        """Whether what there is was not read: it would be, if one asked for it."""
        return self._stale is None and self._reading is None

    def stop(self) -> bool:
        """Read no more, and say so; False where nothing is being read."""
        if self._reading is None:
            return False
        self._stop_reading()
        if not self.has_figures:
            self.empty.emit("Reading was stopped", "Figures are of all documents, or of none.", "Read again")
        self.progress.emit(0, 0)
        return True

    def read(self) -> None:
        """Read what isn't known, now."""
        self._read_stale()

    def _stop_reading(self) -> None:
        if self._reading:
            self._reading.cancel()
            self._reading, self._stale = None, None

    def _read_stale(self) -> None:
        if self._worker is None or not self._active:
            return
        self._stop_reading()
        wanted = None if self._stale is None else sorted(self._stale)
        self._stale, self._works, self._of = set(), Works(), 0
        if wanted is None:
            self._worker.read(lambda project: len(project.documents), self._count_to_read)
        self._reading = self._worker.stream(
            lambda project: project.work_steps(wanted),
            self._some_read,
            lambda _: self._all_read(wanted),
            self._not_read,
        )

    def _count_to_read(self, number: int) -> None:
        self._of = number

    def _some_read(self, read: list[Worked]) -> None:
        self._works.put(read)
        if self._of:
            self.progress.emit(len(self._works.by_id), self._of)

    def _all_read(self, wanted: list[str] | None) -> None:
        self._reading = None
        if wanted is None:
            works = self._works
        else:
            works = self.looked_at.works
            works.put(self._works, set(wanted) - self._works.by_id.keys())
        self._works = Works()
        document = self.looked_at.document if self.looked_at.document in works.by_id else ""
        self.looked_at = replace(self.looked_at, works=works, version=works.version, document=document)
        self.clock = f"{parse(now()).astimezone():%H:%M}"
        self.measuring.forget()
        self._forget_listed()
        self.progress.emit(0, 0)
        self.show()

    def _not_read(self, error: AnnotatorError) -> None:
        self._reading, self._stale = None, None
        self.progress.emit(0, 0)
        self.failed.emit(error)

    # Showing

    def show(self) -> None:
        """Show what is looked at now, at once, or for very many documents when they are counted."""
        seen = self.looked_at
        totals = Totals()
        self._counting.do(self._prepared(seen, totals), lambda: self._show(seen, totals))

    def _prepared(self, seen: LookedAt, totals: Totals) -> Iterator[None]:
        listing, documents = seen.works.listing, iter(seen.works)
        if self._choices[0] is not listing:
            choices: list[tuple[str, object]] = [(f"All {len(seen.works.by_id):,}", "")]
            while some := list(islice(documents, _AT_ONCE)):
                choices += [(each.document.heading, each.document.id) for each in some]
                yield None
            self._choices = listing, choices
        yield from seen.prepare()
        yield from totals.count(seen.documents, seen.counted)

    def _show(self, seen: LookedAt, totals: Totals) -> None:
        side = self._side
        side.show_people(seen.known, seen.left_out)
        side.show_source(FROM_GOLD if seen.gold and seen.has_gold else ANNOTATORS, has_gold=seen.has_gold)
        side.show_documents(self._choices[1], seen.document)
        self.has_figures = bool(seen.spans or seen.works.finished)
        if not self.has_figures:
            text = "Once documents are tagged, their labels are counted here, and agreement is measured."
            self.empty.emit("Nothing is tagged yet", text, "Go to Annotate")
            self.measuring.cancel()
        else:
            self._show_labels(totals)
            self.measuring.show(seen)
            self._board.arrange()
        self.shown.emit()

    def _show_labels(self, totals: Totals) -> None:
        seen, panel, who = self.looked_at, self._board.labels, self.looked_at.counted
        if not who:
            panel.set_nothing("Nobody’s work is looked at", "Check an annotator at the left.")
            return
        whose = "gold" if who == (GOLD,) else who[0] if len(who) == 1 else counted(len(who), "annotator")
        grid = label_grid(seen.documents, seen.labels, who, totals, (seen.works.listing, seen.document))
        panel.set_grid(grid, f"{counted(totals.number, 'span')}, {whose}")

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
