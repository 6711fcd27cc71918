"""Relations in Annotate: choosing the other span and the type, the lists, and what is shown on the page."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QMenu

from annotator.domain import relation as rules
from annotator.domain.change import ChangeKind, ChangeSet
from annotator.domain.codebook import Codebook
from annotator.domain.relation import Offer, Relation
from annotator.domain.span import Span, text_order
from annotator.domain.text import first_words
from annotator.gui.actions import Actions
from annotator.gui.annotate.overlap_menu import OverlapMenu
from annotator.gui.annotate.relater import Relater
from annotator.gui.annotate.relation_rows import RelationRow
from annotator.gui.annotate.relations_view import RelationsView
from annotator.gui.annotate.spans_model import spoken
from annotator.gui.theme import Theme
from annotator.gui.widgets.later import built
from annotator.gui.worker import Worker

if TYPE_CHECKING:
    from annotator.gui.annotate.mode import AnnotateMode
    from annotator.gui.annotate.relation_menu import RelationMenu

_WORDS = 32  # code points of the span aimed at
_BELOW = 6  # px between a line and what opens at it


class Relating(QObject):
    """Serves the text's mouse and keys, the section in the span panel and the list of all relations."""

    hinted = Signal(str)
    """What to do now, for as long as a span is being related; empty when that is over."""
    refused = Signal(str)
    changed = Signal()
    """Whether a span is being related."""

    def __init__(self, mode: "AnnotateMode", actions: Actions) -> None:
        super().__init__(mode)
        self._mode = mode
        self._text = mode.page.text
        self._show_all = actions["all_relations"]
        self._codebook = Codebook(())
        self._joinable: dict[tuple[str, str], bool] = {}  # for pairs of labels, as far as it was asked for
        self._by_mouse = False  # whether the list of types was opened with the mouse
        self._offers: tuple[tuple[str, str, Offer], ...] = ()
        self.store = self._text.relations.store
        self.relater = Relater(self.store, self)
        self._connect()

    @cached_property
    def menu(self) -> "RelationMenu":
        """The choice among types that two spans can be related by."""
        from annotator.gui.annotate.relation_menu import RelationMenu

        menu = RelationMenu(self._mode.theme, self._mode)
        menu.set_codebook(self._codebook, self._mode.theme)
        menu.picked.connect(self._picked)
        menu.left.connect(self._none_picked)
        return menu

    @cached_property
    def choice(self) -> OverlapMenu:
        """The choice among spans that lie over each other, for the other end."""
        choice, linking = OverlapMenu(self._mode.theme, self._mode), self._text.linking
        choice.set_codebook(self._codebook, self._mode.theme)
        choice.span_picked.connect(lambda span_id: linking.take(span_id, choice.pos()))
        choice.span_pointed.connect(linking.point_at)
        return choice

    # What the mode tells

    def set_project(self, worker: Worker, annotator: str, *, read_only: bool) -> None:
        """Work on this project from now on; `load` follows."""
        self.relater.set_worker(worker, annotator)
        self.load("")
        self._text.linking.linker = None if read_only else self
        self._mode.right.relations.view.set_read_only(read_only)

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the relation types; relations may have other names by now."""
        renamed = self._codebook.relations != codebook.relations
        self._codebook = codebook
        self._joinable = {}
        for part in (self._mode.right.relations, *built(self, "menu", "choice")):
            part.set_codebook(codebook, theme)
        if renamed and self.relater.document:
            self.load(self.relater.document)
        self.show()

    def load(self, document_id: str) -> None:
        """Read a document's relations and show them."""
        self._text.linking.end()
        self.relater.load(document_id)

    def apply(self, change_set: ChangeSet) -> None:
        """Show what a commit did to relations; what was taken back, where it happened."""
        here = self.relater.apply(change_set)
        if here and change_set.change.kind is not ChangeKind.DO and not change_set.foreign and not change_set.spans:
            self._text.choose(here[0].source)

    def show(self) -> None:
        """Show the relations as they are now, wherever they are to be seen."""
        self._text.relations.changed()
        self.show_rows()

    def show_rows(self) -> None:
        """Show them in the lists: the chosen span is another one, or spans are otherwise than they were."""
        chosen = self._text.chosen_span()
        self._mode.span.relations.set_rows(self._rows_at(chosen) if chosen else [])
        if self._mode.right.relations.isVisible():
            self.list_all()

    def list_all(self) -> None:
        """Fill the list of all relations."""
        pairs = [(each, self._text.span(each.source), self._text.span(each.target)) for each in self.store.all()]
        there = [(each, source, target) for each, source, target in pairs if source and target]
        there.sort(key=lambda found: (text_order(found[1]), text_order(found[2]), found[0].created))
        rows = [self._row(each, target, outwards=True, span=source) for each, source, target in there]
        self._mode.right.relations.set_rows(rows)

    @property
    def busy(self) -> bool:
        """Whether a span is being related, so that keys mean something else."""
        return self._text.linking.source is not None

    # What the actions do

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the rows of the action table do that concern relations."""
        return {"relate": self.begin, "all_relations": self.show_all}

    def begin(self) -> None:
        """Let the other end of a relation of the chosen span be chosen."""
        chosen = self._text.chosen_span()
        if chosen and not self._codebook.relations:
            self._mode.hinted.emit("The codebook has no relation types. Add one there (Ctrl+K).")
        elif chosen:
            self._text.setFocus()
            self._text.linking.begin(chosen)

    def show_all(self) -> None:
        """Show the arrows of all relations, or of the chosen span's alone."""
        self._text.relations.show_all(self._show_all.isChecked())

    # What choosing the other span asks

    def can_join(self, source: str, other: str) -> bool:
        """Whether any type goes between spans of two labels, one way or the other."""
        if (source, other) not in self._joinable:
            self._joinable[source, other] = bool(rules.offers(self._codebook, source, other))
        return self._joinable[source, other]

    def preview(self, source: Span, other: Span) -> tuple[str, bool]:
        """The name of the only type that would be drawn, else nothing, and whether it goes from `source`."""
        offers = self._open_offers(source, other)
        return (offers[0].type.name, offers[0].forward) if len(offers) == 1 else ("", True)

    def _open_offers(self, source: Span, other: Span) -> list[Offer]:
        """The types that fit and that the two spans aren't related by yet."""
        there = {
            (each.type, each.source) for each in self.store.at(source.id) if other.id in (each.source, each.target)
        }
        fitting = rules.offers(self._codebook, source.label, other.label)
        return [each for each in fitting if (each.type.name, (source if each.forward else other).id) not in there]

    def _began(self, _span_id: str) -> None:
        self._hint()
        self.changed.emit()

    def _ended(self) -> None:
        self.hinted.emit("")
        self.changed.emit()

    def _hint(self, aimed: str | None = None) -> None:
        source, other = self._text.span(self._text.linking.source or ""), self._text.span(aimed or "")
        if source and other:
            words = first_words(other.text, _WORDS)
            how = "Let go to relate" if self._text.linking.dragging else "Enter or a click relates"
            others = "" if self._text.linking.dragging else "Tab goes on, "
            self.hinted.emit(f"{how} it to the {other.label} “{words}”. {others}Esc ends.")
            self._text.announce(spoken(other))
        elif source:
            how = (
                "drop it on the other span"
                if self._text.linking.dragging
                else "choose the other span with Tab or a click"
            )
            self.hinted.emit(f"Relate the {source.label}: {how}. Esc ends.")

    def _not_joined(self, source_id: str, other_id: str) -> None:
        source, other = self._text.span(source_id), self._text.span(other_id)
        if source is None:
            return
        one = rules.with_article(source.label)
        between = f"between {one} and {rules.with_article(other.label)}" if other else f"from {one} to any span here"
        told = self.hinted if self.busy else self._mode.hinted
        told.emit(f"No relation type goes {between}. The codebook says which do (Ctrl+K).")

    def _several(self, span_ids: list[str], at: QPoint) -> None:
        found = [span for span in map(self._text.span, span_ids) if span]
        self.choice.offer(found, at)

    def _joined(self, source_id: str, other_id: str, at: QPoint) -> None:
        source, other = self._text.span(source_id), self._text.span(other_id)
        if source is None or other is None:
            return
        offers = self._open_offers(source, other)
        if not offers:
            known = next(each for each in self.store.at(source_id) if other_id in (each.source, each.target))
            self.hinted.emit(f"They are related already: “{known.type}”.")
        elif len(offers) == 1:
            self._text.linking.end()
            self._draw(source_id, other_id, offers[0])
        else:
            self._offers = tuple((source_id, other_id, offer) for offer in offers)
            rows = [RelationRow(str(n), offer.type.name, offer.forward, other) for n, offer in enumerate(offers)]
            self._by_mouse = not at.isNull()
            place, height = self._place_of(other_id, at)
            self.menu.offer(rows, place, line_height=height)

    def _place_of(self, span_id: str, at: QPoint) -> tuple[QPoint, int]:
        """Where a menu about a span opens, and the height of what it opens below: at the mouse, else at the span."""
        if not at.isNull():
            return at + QPoint(0, _BELOW), 2 * _BELOW
        found = (rect for span, rect in self._text.spans_in_sight() if span.id == span_id)
        rect = next(found, QRect(self._text.cursorRect()))
        return self._text.viewport().mapToGlobal(rect.bottomLeft() + QPoint(0, _BELOW)), rect.height() + 2 * _BELOW

    def _picked(self, place: int) -> None:
        source_id, other_id, offer = self._offers[place]
        self._text.linking.end()
        self._text.setFocus()
        self._draw(source_id, other_id, offer)

    def _none_picked(self) -> None:
        """With the keys one can go on to another span; with the mouse one begins anew."""
        self._text.setFocus()
        if self._by_mouse:
            self._text.linking.end()

    def _draw(self, source_id: str, other_id: str, offer: Offer) -> None:
        ends = (source_id, other_id) if offer.forward else (other_id, source_id)
        self.relater.draw(ends[0], offer.type.name, ends[1])

    # Rows

    def _rows_at(self, span_id: str) -> list[RelationRow]:
        rows = []
        for relation in self.store.at(span_id):
            outwards = relation.source == span_id
            if other := self._text.span(relation.target if outwards else relation.source):
                rows.append(self._row(relation, other, outwards=outwards))
        return rows

    def _row(self, relation: Relation, other: Span, *, outwards: bool, span: Span | None = None) -> RelationRow:
        who = "" if self.relater.is_own(relation) else relation.annotator
        key, kind = relation.id, relation.type
        return RelationRow(key, kind, outwards, other, span, who, self._problem(relation))

    def _problem(self, relation: Relation) -> str:
        kind = next((each for each in self._codebook.relations if each.name == relation.type), None)
        source, target = self._text.span(relation.source), self._text.span(relation.target)
        if kind is None or source is None or target is None:
            return ""
        return rules.misfit(self._codebook, kind, source.label, target.label) or ""

    def _fill_menu(self, relation_id: str, menu: QMenu) -> None:
        """Add the types that a relation can have instead, and its other direction."""
        relation = self.store.get(relation_id)
        source = self._text.span(relation.source) if relation else None
        target = self._text.span(relation.target) if relation else None
        if relation is None or source is None or target is None:
            return
        menu.addSeparator()
        for kind in rules.types_between(self._codebook, source.label, target.label):
            action = menu.addAction(kind.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(kind.name == relation.type)
            action.triggered.connect(lambda _checked=False, to=kind.name: self.relater.change(relation_id, to))
        back = [kind.name for kind in rules.types_between(self._codebook, target.label, source.label)]
        if relation.type in back:
            menu.addSeparator()
            menu.addAction("&Reverse").triggered.connect(lambda: self.relater.reverse(relation_id))

    def _follow(self, relation_id: str) -> None:
        """Go to the other span, seen from the chosen one."""
        if relation := self.store.get(relation_id):
            chosen = self._text.chosen_span()
            self._text.choose(relation.source if chosen == relation.target else relation.target)

    def _go_to(self, relation_id: str) -> None:
        """Go to the span that a relation goes out from, so that all of it is seen."""
        if relation := self.store.get(relation_id):
            self._text.choose(relation.source)

    def _connect(self) -> None:
        linking, section, every = self._text.linking, self._mode.span.relations, self._mode.right.relations
        self.relater.changed.connect(self.show)
        self.relater.refused.connect(self.refused)
        linking.began.connect(self._began)
        linking.aimed.connect(self._hint)
        linking.ended.connect(self._ended)
        linking.refused.connect(self._not_joined)
        linking.several.connect(self._several)
        linking.joined.connect(self._joined)
        self._text.span_chosen.connect(self._span_chosen)
        section.relate_asked.connect(self.begin)
        section.view.followed.connect(self._follow)
        every.view.followed.connect(self._go_to)
        every.wanted.connect(self.list_all)
        for view in (section.view, every.view):
            self._connect_view(view)

    def _connect_view(self, view: RelationsView) -> None:
        view.pointed.connect(self._text.set_hovered)
        view.removed.connect(self.relater.delete)
        view.menu_asked.connect(self._fill_menu)
        view.left.connect(self._text.setFocus)

    def _span_chosen(self, span_id: str | None) -> None:
        if span_id != self._text.linking.source:
            self._text.linking.end()
