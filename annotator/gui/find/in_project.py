"""Finding in all documents: hits come as they are found, are shown in the text, picked, and tagged in one change."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.change import ChangeSet
from annotator.domain.document import Document
from annotator.domain.search import Found, Hit, Query, Scope, TaggedHits
from annotator.errors import AnnotatorError
from annotator.gui.find.hits_model import HitsModel
from annotator.gui.find.pane import FindPane
from annotator.gui.theme import Theme
from annotator.gui.widgets.wording import counted
from annotator.gui.worker import Stream, Worker

MOST = 1_000_000  # hits that are listed
_PAUSE_MS = 200  # after the last key, before all documents are searched


class FindInProject(QObject):
    """Serves the pane. `hit_asked` with the place of a hit that is to be shown in the text.

    `hits_changed` where there are others, or any at last; `hits_added` with the ids of documents that have more.
    """

    hit_asked = Signal(tuple)
    hits_changed = Signal()
    hits_added = Signal(list)
    closed = Signal()

    def __init__(self, describe: Callable[[str], Document | None], theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.model = HitsModel(describe, self)
        self.pane = FindPane(self.model, theme)
        self._worker: Worker | None = None
        self._read_only = False
        self._stream: Stream | None = None
        self._sought: tuple[Query, Scope] | None = None
        self._progress, self._said = "", ""
        self._failed_with = ""
        self._tagging = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.find)
        pane = self.pane
        pane.search.changed.connect(self._pause.start)
        pane.search.entered.connect(lambda _: self._entered())
        pane.filters.changed.connect(self._pause.start)
        pane.stopped.connect(self.stop)
        pane.seen.connect(self._seen)
        pane.closed.connect(self.close)
        pane.label_picked.connect(self.tag)
        pane.all_asked.connect(self._all_asked)
        pane.view.row_asked.connect(self._row_asked)
        pane.view.picks_changed.connect(self._picks_changed)
        pane.empty.pressed.connect(self._widen)
        self.model.needed.connect(self._read)
        self._show()

    def set_project(self, worker: Worker, read_only: bool) -> None:
        """Search this project from now on."""
        self._cancel()
        self._worker, self._read_only = worker, read_only
        self._sought, self._tagging = None, 0
        self.model.clear()
        self._show()
        if self.is_open():
            self.find()

    def is_open(self) -> bool:
        """Whether the pane is shown."""
        return not self.pane.isHidden()

    def open(self, query: Query | None = None) -> None:
        """Show the pane and look for `query`, or what was looked for last."""
        self.pane.show()
        if query is not None and not query.empty:
            self.pane.search.set_query(query)
            self.find()
        else:
            self._pause.start()
        self.pane.search.take_focus()

    def close(self) -> None:
        """Stop searching, and hide the pane; what was found is kept."""
        self.stop()
        self.pane.hide()
        self.closed.emit()

    def find(self) -> None:
        """Search, unless this is what was searched last."""
        self._pause.stop()
        sought = self.pane.search.query(), self.pane.filters.scope()
        if sought == self._sought or self._worker is None:
            return
        self._cancel()
        self.model.clear()
        self._sought, self._failed_with, self._said = sought, "", ""
        self._progress = ""
        query, scope = sought
        if not query.empty:
            self._stream = stream = self._worker.stream(
                lambda project: project.search(query, scope),
                lambda found: self._arrived(found) if self._stream is stream else None,
                lambda _: self._all_arrived() if self._stream is stream else None,
                lambda error: self._failed(error) if self._stream is stream else None,
            )
        self._show()
        self.hits_changed.emit()

    def find_again(self) -> None:
        """Search anew: labels or documents are others now."""
        self._sought = None
        if self.is_open():
            self.find()

    def stop(self) -> None:
        """Search no further; what was found so far stays."""
        if self._stream:
            self._cancel()
            self._said = f"Stopped: {self._found()}"
            self._show()

    def apply(self, change_set: ChangeSet) -> None:
        """Follow a commit."""
        if change_set.codebook or change_set.listing:
            self.find_again()
        else:
            if change_set.spans or change_set.removed:
                self.model.read_again()
            if not self._tagging and self._said and not self._stream:
                self._said = ""
                self._show()

    def tag(self, label: str) -> None:
        """Tag the picked hits, or all where none is picked, in one change."""
        places = self.model.chosen()
        worker = self._worker
        if worker is None or not self._can_tag():
            return

        def done(tagged: TaggedHits) -> None:
            self._tagging -= 1
            new, already = len(tagged.spans), tagged.already
            self._said = f"{new:,} tagged as {label}"
            if already:
                self._said += f", {already:,} {'was' if already == 1 else 'were'} tagged already"
            self._show()

        def failed(error: AnnotatorError) -> None:
            self._tagging -= 1
            self._said = str(error)
            self._show()

        self._tagging += 1
        self._said = f"Tagging {counted(len(places), 'hit')}…"
        self._show()
        worker.write(lambda project: project.tag_hits(label, places), done, failed)

    def _seen(self, seen: bool) -> None:
        """Nobody waits for hits that nobody sees: while one is in another mode, that comes first."""
        if self._stream:
            self._stream.patient = not seen

    def _read(self, numbers: range) -> None:
        """Read the hits of these numbers, with the words around them."""
        worker, sought, places = self._worker, self._sought, self.model.places(numbers)

        def done(hits: list[Hit]) -> None:
            if worker is self._worker and sought is self._sought:
                self.model.put(numbers, hits)

        if worker:
            worker.read(lambda project: project.in_context(places), done)

    def _arrived(self, found: Found) -> None:
        first = not self.model.hit_count()
        self.model.add(found.places)
        self._progress = f" · {found.searched:,} of {counted(found.of, 'document')} searched"
        if self.model.hit_count() >= MOST:
            self._cancel()
            self._said = f"The first {self._found()}. Look for more words, or filter, to see them all."
        self._show()
        if len(found.places) and first:
            self.hits_changed.emit()
        elif len(found.places):
            self.hits_added.emit(found.places.documents)

    def _all_arrived(self) -> None:
        self._stream = None
        self._show()

    def _failed(self, error: AnnotatorError) -> None:
        self._stream = None
        self._failed_with = str(error)
        self._show()

    def _entered(self) -> None:
        self.find()
        self.pane.take_hits_focus()

    def _row_asked(self, row: int) -> None:
        if hit := self.model.first_hit_in(row):
            self.hit_asked.emit(hit)

    def _all_asked(self, picked: bool) -> None:
        self.model.pick_all(picked)
        self._picks_changed()

    def _picks_changed(self) -> None:
        self._said = ""
        self._show()

    def _widen(self) -> None:
        """Look everywhere, for parts of words too."""
        query = self.pane.search.query()
        self.pane.filters.reset()
        self.pane.search.set_query(Query(query.text, regex=query.regex))
        self.find()
        self.pane.search.take_focus()

    def _found(self) -> str:
        return f"{counted(self.model.hit_count(), 'hit')} in {counted(self.model.document_count(), 'document')}"

    def _can_tag(self) -> bool:
        ready = self.model.picked_count() > 0 or (self.model.hit_count() > 0 and self._stream is None)
        return ready and not self._read_only and not self._tagging

    def _show(self) -> None:
        hits, picked = self.model.hit_count(), self.model.picked_count()
        pane, searching = self.pane, self._stream is not None
        pane.show_state(hits=hits, picked=picked, searching=searching, can_tag=self._can_tag())
        pane.show_filters.set_token("accent" if pane.filters.on() else "icon")
        said = self._said or (self._found() if hits else "")
        pane.say(f"{said}{self._progress}" if searching else said)
        if not hits:
            self._explain(searching=searching)

    def _explain(self, *, searching: bool) -> None:
        query, empty = self.pane.search.query(), self.pane.empty
        if self._failed_with:
            empty.set_texts("Nothing was searched", self._failed_with)
        elif searching:
            empty.set_texts("Searching…", self._progress.removeprefix(" · "))
        elif query.empty or self._sought is None:
            empty.set_texts(
                "Find in all documents",
                "Type what to look for. Every place is listed with the words around it: "
                "tag all of them in one step, or pick some.",
            )
        else:
            narrow = self.pane.filters.on() or query.case or query.accents or query.words
            button = "Search everything" if narrow else ""
            why = (
                "Filters, or what must match exactly, leave places out."
                if narrow
                else "Look for fewer words, or a part."
            )
            empty.set_texts("Nothing found", why, button)

    def _cancel(self) -> None:
        self._pause.stop()
        if self._stream:
            self._stream.cancel()
            self._stream = None
