"""Find in the document and in the project: what the actions do, and how bar, pane and text go together.

Bar and pane are made when they are first asked for.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.change import ChangeSet
from annotator.domain.codebook import Codebook
from annotator.domain.document import Document
from annotator.gui.actions import Actions
from annotator.gui.text.matches import Matches
from annotator.gui.theme import Theme

if TYPE_CHECKING:
    from annotator.domain.search import Place, Query
    from annotator.gui.annotate.mode import AnnotateMode
    from annotator.gui.find.in_document import FindInDocument
    from annotator.gui.find.in_project import FindInProject
    from annotator.gui.worker import Worker

_SHARE = 0.45  # of the page's height, for the pane
_LONGEST = 200  # code points of a selection that are taken for what to look for


class Finding(QObject):
    """The actions behind Ctrl+F, F3, Ctrl+Shift+F and Shift+O."""

    def __init__(self, mode: "AnnotateMode", actions: Actions) -> None:
        super().__init__(mode)
        self._mode, self._actions = mode, actions
        self._theme: Theme | None = None
        self._codebook = Codebook(())
        self._project: tuple[Worker, bool] | None = None
        self._in_document: FindInDocument | None = None
        self._in_project: FindInProject | None = None
        self._opened_before = False
        self._wanted: Place | None = None  # to be shown once its document is
        mode.document_shown.connect(self._document_shown)

    # What the mode tells

    def set_project(self, worker: "Worker", read_only: bool) -> None:
        """Search this project from now on."""
        self._project, self._wanted = (worker, read_only), None
        if self._in_project:
            self._in_project.set_project(*self._project)

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels to tag with."""
        self._codebook, self._theme = codebook, theme
        if self._in_project:
            self._in_project.pane.set_codebook(codebook, theme)

    def set_outlets(self) -> None:
        """Offer the outlets of the documents that there are now, while the filters are shown."""
        if self._in_project and self._in_project.pane.show_filters.isChecked():
            outlets = {status.document.outlet or "" for status in self._mode.statuses().values()}
            self._in_project.pane.filters.set_outlets(outlets)

    def apply(self, change_set: ChangeSet) -> None:
        """Follow a commit."""
        if self._in_project:
            self._in_project.apply(change_set)

    # What the actions do

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the rows of the action table do that concern finding."""
        return {
            "find": self.find,
            "find_next": lambda: self.walk(1),
            "find_previous": lambda: self.walk(-1),
            "find_in_project": self.find_in_project,
            "occurrences": self.find_occurrences,
        }

    def find(self) -> None:
        """Open the bar over the text, with the selected words in it."""
        self.bar().open(self._selected_words())

    def walk(self, step: int) -> None:
        """Go to the next or previous place in the document, with the bar or, the first time, by opening it."""
        found = self.bar()
        if found.bar.search.query().empty:
            self.find()
            return
        if not found.is_open():
            found.open(focus=False)
        found.walk(step)

    def find_in_project(self) -> None:
        """Open the pane below the text, with the selected words in it, else those of the bar."""
        from annotator.domain.search import Query  # only now: starting needs none

        words = self._selected_words()
        query = Query(words) if words else None
        bar = self._in_document
        if bar and bar.is_open() and not bar.bar.search.query().empty:
            query = bar.bar.search.query()
        if bar and bar.is_open():
            bar.close()
        self._open_pane(query)
        self._hits_changed()

    def find_occurrences(self) -> None:
        """Find every occurrence of the selected words, else of the chosen span's, as they are written."""
        from annotator.domain.search import every_occurrence

        text, stored = self._mode.page.text, self._mode.tagger.text
        chosen = text.span(text.chosen_span() or "")
        place = text.selection() or ((chosen.fragments[0].start, chosen.fragments[0].end) if chosen else None)
        if place:
            self._open_pane(every_occurrence(stored, *place))
            self.pane().pane.take_hits_focus()

    def tag_with(self, label: str) -> bool:
        """Tag the hits, where the keyboard is in their pane; False where it isn't."""
        if not self._has_keyboard() or self._in_project is None:
            return False
        if self._in_project.pane.is_at_hits():
            self._in_project.tag(label)
        else:
            self._mode.hinted.emit("Go to the list of hits first, then a label’s key tags them.")
        return True

    def has_hits(self) -> bool:
        """Whether there are hits to be seen that can be tagged."""
        hits = self._in_project
        return hits is not None and hits.is_open() and hits.model.hit_count() > 0

    def pick_label(self) -> bool:
        """Offer the labels for the hits, where the keyboard is in their pane; False where it isn't."""
        if not self._has_keyboard() or self._in_project is None:
            return False
        self._in_project.pane.open_labels()
        return True

    def panes_above(self) -> list[QWidget]:
        """What F6 leads to before the text."""
        bar = self._in_document
        return [bar.bar.search.field] if bar and bar.is_open() else []

    def panes_below(self) -> list[QWidget]:
        """What F6 leads to after the text."""
        hits = self._in_project
        return [hits.pane.search.field, hits.pane.view] if hits and hits.is_open() else []

    # Bar and pane

    def bar(self) -> "FindInDocument":
        """The bar over the text."""
        if self._in_document is None:
            from annotator.gui.find.bar import FindBar
            from annotator.gui.find.in_document import FindInDocument

            mode = self._mode
            bar = FindBar(self._actions, self._shown_theme())
            bar.hide()
            mode.page.put_above_text(bar)
            self._in_document = FindInDocument(bar, mode.page.text)
            self._in_document.closed.connect(self._paint_hits)
            if self._project:
                self._in_document.set_document(self._project[0], mode.loader.document_id)
        return self._in_document

    def pane(self) -> "FindInProject":
        """The pane below the text."""
        if self._in_project is None:
            from annotator.gui.find.in_project import FindInProject

            self._in_project = made = FindInProject(self._document, self._shown_theme(), self)
            made.pane.hide()
            made.pane.set_codebook(self._codebook, self._shown_theme())
            made.hit_asked.connect(self._show_hit)
            made.hits_changed.connect(self._hits_changed)
            made.hits_added.connect(self._hits_added)
            made.closed.connect(self._pane_closed)
            self._mode.middle.addWidget(made.pane)
            made.pane.show_filters.toggled.connect(self.set_outlets)
            if self._project:
                made.set_project(*self._project)
        return self._in_project

    def _open_pane(self, query: "Query | None") -> None:
        """Look for `query`, or what was looked for last; the first time the pane takes its share of the page."""
        pane = self.pane()
        if not self._opened_before:
            self._opened_before = True
            high = self._mode.middle.height()
            self._mode.middle.setSizes([round(high * (1 - _SHARE)), round(high * _SHARE)])
        pane.open(query)

    def _shown_theme(self) -> Theme:
        return self._theme or Theme.load("light")

    def _document(self, document_id: str) -> Document | None:
        status = self._mode.statuses().get(document_id)
        return status.document if status else None

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return bool(self._in_project and focused and self._in_project.pane.isAncestorOf(focused))

    def _selected_words(self) -> str:
        selection = self._mode.page.text.selection()
        words = self._mode.tagger.text[slice(*selection)] if selection else ""
        return " ".join(words.split()) if len(words) <= _LONGEST else ""

    # Hits in the text

    def _show_hit(self, hit: "Place") -> None:
        if self._in_document and self._in_document.is_open():
            self._in_document.close()
            if self._in_project:
                self._in_project.pane.view.setFocus()
        self._wanted = hit
        document, _, _ = hit
        if document == self._mode.loader.document_id:
            self._show_wanted()
        else:
            self._mode.open_document(document)

    def _document_shown(self, document_id: str) -> None:
        if self._in_document and self._project:
            self._in_document.set_document(self._project[0], document_id)
        if self._wanted and self._wanted[0] == document_id:
            self._show_wanted()
        else:
            self._paint_hits()

    def _show_wanted(self) -> None:
        hit, self._wanted = self._wanted, None
        if hit:
            text, (_, start, end) = self._mode.page.text, hit
            text.reveal(start)
            text.select(start, end)
            self._paint_hits((start, end))

    def _hits_changed(self) -> None:
        self._paint_hits()
        self._mode.conditions_changed.emit()

    def _hits_added(self, documents: list[str]) -> None:
        if self._mode.loader.document_id in documents:
            self._paint_hits()

    def _paint_hits(self, now: tuple[int, int] | None = None) -> None:
        """Paint the hits of the open document, unless the bar paints what it found."""
        if self._in_document and self._in_document.is_open():
            return
        hits = self._in_project
        matches = Matches(hits.model.places_in(self._mode.loader.document_id) if hits and hits.is_open() else ())
        if now:
            matches.now = next((n for n in matches.numbers(*now) if matches[n] == now), None)
        self._mode.page.text.show_matches(matches)

    def _pane_closed(self) -> None:
        self._hits_changed()
        self._mode.page.text.setFocus()
