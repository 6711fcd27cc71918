"""Annotate: the documents at the left, the page in the middle, labels, chosen span and spans at the right."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.domain.change import ChangeKind, ChangeSet
from annotator.domain.codebook import Codebook
from annotator.domain.document import DocumentStatus, State
from annotator.domain.first_look import FirstLook
from annotator.domain.span import Span
from annotator.errors import AnnotatorError
from annotator.gui.actions import Actions
from annotator.gui.annotate.documents_panel import DocumentsPanel
from annotator.gui.annotate.finishing import Finishing
from annotator.gui.annotate.inspecting import Inspecting
from annotator.gui.annotate.inspector import NARROWEST, WIDTH, Inspector
from annotator.gui.annotate.labelling import Labelling
from annotator.gui.annotate.loader import Loader
from annotator.gui.annotate.overlap_menu import OverlapMenu
from annotator.gui.annotate.page import Page
from annotator.gui.annotate.relating import Relating
from annotator.gui.annotate.shown_spans import ShownSpans
from annotator.gui.annotate.span_actions import SpanActions
from annotator.gui.annotate.statuses import Statuses
from annotator.gui.annotate.tagger import Tagger
from annotator.gui.find.finding import Finding
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.later import built
from annotator.gui.worker import Worker

if TYPE_CHECKING:
    from annotator.gui.annotate.entities import Entities
    from annotator.gui.annotate.label_picker import LabelPicker

_FEW = 20  # documents whose counts and states are read in one go


class AnnotateMode(QSplitter):
    """Assembles the panes and lets them speak with the project; the panes don't know each other."""

    conditions_changed = Signal()
    document_shown = Signal(str)
    refused = Signal(str)
    hinted = Signal(str)
    """What to do so that a key does something; not worth a notice."""

    def __init__(self, actions: Actions, theme: Theme) -> None:
        """`build` puts it together."""
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self._actions, self._theme, self._codebook = actions, theme, Codebook(())
        self._statuses: dict[str, DocumentStatus] = {}
        self._worker: Worker | None = None
        self._read_only = False
        self._look: FirstLook | None = None  # what is shown of a project that is being opened
        self._annotator = ""
        self._anew = "", 0  # the document whose text is read again, and how far it was scrolled

    def build(self) -> Iterator[None]:
        """Put the panes together, one a step: all of them at once took 50 ms."""
        actions, theme = self._actions, self._theme
        self.documents = DocumentsPanel(theme)
        yield
        self.page = Page(actions, theme)
        yield
        self.right = Inspector(theme)
        yield
        self.labels, self.span, self.spans = self.right.labels, self.right.span, self.right.spans
        self.tagger = Tagger(self.page.text)
        self.span_actions = SpanActions(self, actions)
        self.loader = Loader(self)
        self._lay_out()
        self._connect()
        self.shown_spans = ShownSpans(self)
        self.labelling = Labelling(self)
        self.inspecting = Inspecting(self, actions)
        self.relating = Relating(self, actions)
        self.relating.changed.connect(self.conditions_changed)
        self.relating.refused.connect(self.refused)
        self.finding = Finding(self, actions)
        self.finishing = Finishing(self)
        self.page.text.set_theme(theme)  # all others were made with theirs

    # What the window tells

    def show_look(self, look: FirstLook) -> None:
        """Show a first look at a project; what is read once it is open takes its place."""
        self._read_only, self._look = True, look
        self.set_codebook(look.codebook)
        self._statuses = {status.document.id: status for status in look.statuses}
        if look.statuses:
            self.documents.set_statuses(look.statuses)
            self.documents.choose(look.status.document.id)
        self.page.show_status(look.status)
        self.page.text.show_document(look.text, look.spans)
        self.spans.set_spans(list(look.spans))
        self.shown_spans.count()

    def set_project(self, worker: Worker, annotator: str, read_only: bool, codebook: Codebook) -> None:
        """Work on this project from now on; `set_statuses` follows."""
        self._worker, self._annotator, self._read_only = worker, annotator, read_only
        self.tagger.set_worker(worker, annotator)
        self.loader.set_worker(worker, annotator)
        self.relating.set_project(worker, annotator, read_only=read_only)
        self.finding.set_project(worker, read_only)
        self.entities.set_worker(worker)
        self.finishing.set_worker(worker)
        self.set_codebook(codebook)
        self.labels.set_enabled(not read_only)
        self.page.done.setEnabled(not read_only)
        self.span_actions.set_enabled(not read_only)

    def set_codebook(self, codebook: Codebook) -> None:
        """Show these labels."""
        self._codebook = codebook
        there = self.labels, self.span, self.spans, self.right.unplaced, self.span_actions
        for part in (*there, *built(self, "picker", "overlap")):
            part.set_codebook(codebook, self._theme)
        self.finding.set_codebook(codebook, self._theme)
        self.page.text.set_label_styles(LabelStyles(codebook, self._theme))
        self.relating.set_codebook(codebook, self._theme)
        self.shown_spans.count()

    def set_statuses(self, statuses: Statuses, wanted: str = "") -> None:
        """Show these documents, and open the `wanted` one, else the one that is open, else the first.

        The statuses are this mode's own from now on.
        """
        nearest = self.documents.nearest()  # where the open one is gone
        self._statuses = statuses
        self.documents.set_statuses(list(statuses.values()), statuses.numbers)
        self.finding.set_outlets()
        looked_at = self._look.status.document.id if self._look else ""
        known = (
            name for name in chain((wanted, looked_at, self.loader.document_id), nearest) if name in self._statuses
        )
        chosen = next(known, "") or next(iter(self._statuses), "")
        if chosen and chosen != self.loader.document_id:
            self.open_document(chosen)
        elif not chosen:
            self._show_nothing()
        else:
            self._show_status()

    def set_theme(self, theme: Theme) -> None:
        """Paint with this theme from now on; the panes are told apart (`spread_theme`)."""
        self._theme = theme
        self.page.text.set_label_styles(LabelStyles(self._codebook, theme))

    def open_document(self, document_id: str, reveal: str | None = None) -> None:
        """Show a document and, once its spans are there, choose the span `reveal`."""
        if document_id not in self._statuses:
            return
        self.inspecting.write_typed()
        self.documents.choose(document_id)
        if document_id == self.loader.document_id:
            if reveal:
                self.page.text.choose(reveal)
            return
        self.page.show_status(self._statuses[document_id])
        self.loader.open(document_id, reveal)

    def apply(self, change_set: ChangeSet) -> None:
        """Repaint what a commit names."""
        shown = self.loader.document_id
        taken_back = change_set.change.kind is not ChangeKind.DO and not change_set.foreign
        if taken_back and shown not in change_set.documents and (there := change_set.documents - change_set.gone):
            first = next((span for span in change_set.spans if span.annotator == self._annotator), None)
            self.open_document(first.document if first else min(there), first.id if first else None)
        elif shown in change_set.texts:
            self._read_text_anew()
        else:
            own = [span for span in change_set.spans_in(shown) if span.annotator == self._annotator]
            choose = own[0].id if taken_back and own else None
            self.shown_spans.apply(own, change_set.removed_in(shown), choose)
        self.relating.apply(change_set)
        self.finding.apply(change_set)
        self.entities.apply(change_set)
        if change_set.codebook:
            self.loader.reread()
        if not change_set.listing:  # else the whole list is read anew
            self._refresh_statuses(change_set.documents)

    def came_back(self, change_set: ChangeSet) -> str:
        """Return the document that an undo or redo brought back into the list, which is to be opened; else nothing."""
        if change_set.change.kind is ChangeKind.DO or change_set.foreign:
            return ""
        return min(change_set.documents - change_set.gone - self._statuses.keys(), default="")

    def conditions(self) -> set[str]:
        """Which of the action table's conditions hold here."""
        text = self.page.text
        found = {"document"} if self.loader.document_id else set()
        selection, chosen = text.selection() is not None, text.span(text.chosen_span() or "")
        found |= {"selection"} if selection else set()
        found |= {"copyable"} if selection or chosen else set()
        if not self._read_only and not self.relating.busy:
            found |= {"taggable"} if selection or chosen or self.finding.has_hits() else set()
            found |= {"span"} if chosen else set()
            found |= {"fragments"} if chosen and len(chosen.fragments) > 1 else set()
        return found

    @property
    def codebook(self) -> Codebook:
        """The labels that are shown."""
        return self._codebook

    @property
    def theme(self) -> Theme:
        """What is painted with."""
        return self._theme

    @cached_property
    def entities(self) -> "Entities":
        """What is known of entities."""
        from annotator.gui.annotate.entities import Entities

        return Entities(self)

    @cached_property
    def picker(self) -> "LabelPicker":
        """What a label is picked in by its name."""
        from annotator.gui.annotate.label_picker import LabelPicker

        picker = LabelPicker(self._theme, self)
        picker.set_codebook(self._codebook, self._theme)
        picker.label_picked.connect(self.labelling.label_picked)
        return picker

    @cached_property
    def overlap(self) -> OverlapMenu:
        """The choice among spans that lie over each other."""
        menu = OverlapMenu(self._theme, self)
        menu.set_codebook(self._codebook, self._theme)
        menu.span_picked.connect(self.page.text.choose)
        menu.span_pointed.connect(self.page.text.set_hovered)
        return menu

    @property
    def annotator(self) -> str:
        """Whose spans these are."""
        return self._annotator

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written to the project."""
        return self._read_only

    def status(self) -> DocumentStatus | None:
        """Return the open document as the list has it."""
        return self._statuses.get(self.loader.document_id)

    def statuses(self) -> Mapping[str, DocumentStatus]:
        """Return the documents as the list has them, by id."""
        return self._statuses

    def place(self) -> tuple[int, int, int]:
        """The open document's place in the project's order, from 1 (0 if none is open); of how many; how many done."""
        listed = self.documents.model
        return listed.number_of(self.loader.document_id), len(self._statuses), listed.done

    # What the actions do

    def delete_span(self) -> None:
        """Delete the chosen span."""
        if chosen := self.page.text.chosen_span():
            self.tagger.delete(chosen)

    def step_document(self, document_id: str | None) -> None:
        """Go to a document that the panel named, if any, and into its text."""
        if document_id:
            self.open_document(document_id)
            self.page.text.setFocus()

    def mark(self, state: State, *, go_on: bool) -> None:
        """Say how far one is with the open document, and go on to the next that is to do."""
        self.finishing.mark(state, go_on=go_on)

    def next_pane(self, step: int = 1) -> None:
        """Move the keyboard focus to the next pane."""
        middle = (*self.finding.panes_above(), self.page.text, *self.finding.panes_below())
        panes = [pane for pane in (self.documents.view, *middle, *self._right_panes()) if pane.isVisible()]
        if not panes:
            return
        at = next((n for n, pane in enumerate(panes) if pane.hasFocus() or pane.isAncestorOf(self.focusWidget())), None)
        pane = panes[0 if at is None else (at + step) % len(panes)]
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # so that lists show it, as after Tab

    # How the panes speak with each other

    def _connect(self) -> None:
        text = self.page.text
        self.documents.document_chosen.connect(self._document_chosen)
        self.loader.text_loaded.connect(self._text_loaded)
        self.loader.failed.connect(self.refused)
        self.span.delete_asked.connect(self.delete_span)
        self.spans.span_chosen.connect(text.choose)
        for view in (self.documents.view, self.spans.view):
            view.activated.connect(lambda _: text.setFocus())
        self.spans.span_hovered.connect(text.set_hovered)
        text.selection_made.connect(self.tagger.selection_made)
        text.selection_changed.connect(self.conditions_changed)
        text.span_hovered.connect(self.spans.point_at)
        self.tagger.refused.connect(self.refused)

    def _document_chosen(self, document_id: str) -> None:
        self.open_document(document_id)

    def _text_loaded(self, document_id: str, text: str, spans: list[Span]) -> None:
        look, self._look = self._look, None
        self.tagger.set_document(document_id, text)
        if look and (look.status.document.id, look.text) == (document_id, text):
            self.shown_spans.reread(spans)  # one may have scrolled or selected meanwhile
        else:
            self.page.text.show_document(text, spans)
        if document_id == self._anew[0]:
            self.page.text.verticalScrollBar().setValue(self._anew[1])
        self._anew = "", 0
        self.labels.set_enabled(not self._read_only)
        self.spans.set_spans(spans)
        self.relating.load(document_id)
        self._show_status()
        self.shown_spans.count()
        self.document_shown.emit(document_id)
        self.conditions_changed.emit()

    def _read_text_anew(self) -> None:
        """The open document's text was corrected: it is shown from about the same place on."""
        text, document_id = self.page.text, self.loader.document_id
        self._anew = document_id, text.verticalScrollBar().value()
        self.loader.open(document_id, text.chosen_span())

    def _refresh_statuses(self, document_ids: Collection[str]) -> None:
        if self._worker and len(document_ids) > _FEW:
            show = partial(self.show_statuses, more=True)
            self._worker.stream(
                lambda p: p.status_slices(document_ids), show, lambda _: self.show_statuses(()), self._tell
            )
        elif self._worker and (known := [key for key in document_ids if key in self._statuses]):
            self._worker.read(lambda project: [project.status(i) for i in known], self.show_statuses, self._tell)

    def show_statuses(self, statuses: Iterable[DocumentStatus], *, more: bool = False) -> None:
        """Show these rows of the list of documents as they are now; they move when no `more` are to come."""
        known = [status for status in statuses if status.document.id in self._statuses]
        self._statuses.update((status.document.id, status) for status in known)
        self.documents.update_statuses(known, more=more)
        if not more or any(status.document.id == self.loader.document_id for status in known):
            self._show_status()
            self.conditions_changed.emit()

    def _tell(self, error: AnnotatorError) -> None:
        self.refused.emit(str(error))

    def _show_status(self) -> None:
        self.page.show_status(self._statuses.get(self.loader.document_id))

    def _show_nothing(self) -> None:
        self.loader.forget()
        self.page.text.clear()
        self.relating.load("")
        self.labels.set_enabled(False)
        self.spans.set_spans([])
        self.page.show_status(None)
        self.shown_spans.changed()

    # Layout

    def _right_panes(self) -> tuple[QWidget, ...]:
        return self.labels, self.span.body, self.right.lists.view(), self.right.unplaced.view

    def _lay_out(self) -> None:
        self.middle = QSplitter(Qt.Orientation.Vertical)
        self.middle.setChildrenCollapsible(False)
        self.middle.setHandleWidth(1)
        self.middle.addWidget(self.page)
        for pane in (self.documents, self.middle, self.right.place):
            self.addWidget(pane)
        self.documents.setMaximumWidth(400)
        self.setStretchFactor(1, 1)
        self.setSizes([256, 872, WIDTH])

    def make_panels_narrow(self, width: int) -> None:
        """Leave as much of `width` px to the text as the panels at its sides can spare."""
        left, right = self.documents.minimumWidth(), NARROWEST + 20  # so much that the longest label shows its line
        self.setSizes([left, width - left - right, right])

    def set_narrow(self, narrow: bool) -> None:
        """Lay the right panel over the text, hidden, or give it a place of its own again."""
        if narrow:
            self.right.float_over(self.page.body)
        else:
            self.right.dock(self.page.body)
