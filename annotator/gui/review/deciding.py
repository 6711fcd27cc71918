"""What a reviewer does with the item that is shown: decisions, drafts, comments, gold added by hand."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.domain.codebook import Codebook
from annotator.domain.review import Action, ReviewItem, Rule
from annotator.domain.shaping import End, Fragments
from annotator.domain.span import span_text
from annotator.domain.text import first_words
from annotator.domain.words import snap
from annotator.errors import AnnotatorError
from annotator.gui.review.of_item import gold_of, keys_of
from annotator.gui.review.panes import ReviewPanes
from annotator.gui.review.parts import Part
from annotator.gui.review.showing import Showing
from annotator.gui.worker import Worker

if TYPE_CHECKING:
    from annotator.project import Project

_MANY = 1_000
Pairs = list[tuple[int, int]]


class Deciding(QObject):
    """Writes through the worker. The next item is shown at once, before the decision is on disk."""

    refused = Signal(str)
    hinted = Signal(str)
    changed = Signal()

    def __init__(self, panes: ReviewPanes, showing: Showing) -> None:
        super().__init__(panes.text)
        self._panes, self._showing = panes, showing
        self._worker: Worker | None = None
        self._codebook = Codebook(())
        self._about_document = False
        self._from: int | None = None  # the candidate that the draft began with
        self.snapping: Callable[[], bool] = lambda: True
        """Whether a selection that goes into gold snaps to whole words."""
        side = panes.side
        side.accepted.connect(lambda place, reason: self.decide(Action.ACCEPT, candidate=place, reason=reason))
        side.rejected.connect(lambda reason: self.decide(Action.REJECT, reason=reason))
        side.deferred.connect(lambda reason: self.decide(Action.DEFER, reason=reason))
        side.edit_asked.connect(self.edit)
        side.edit_taken.connect(self._take)
        side.edit_left.connect(self.leave_draft)
        side.comment_sent.connect(self._comment)
        side.comment_deleted.connect(self._delete_comment)
        panes.text.draft_changed.connect(self._show_draft)
        side.conversation.field.left.connect(lambda: self._about(document=False))

    def set_project(self, worker: Worker, codebook: Codebook) -> None:
        """Write to this project."""
        self._worker = worker
        self.set_codebook(codebook)
        self.leave_draft()

    def set_codebook(self, codebook: Codebook) -> None:
        self._codebook = codebook

    # What can be done

    def may_decide(self) -> bool:
        """Whether there is an item here that one may decide on, with its text and its candidates to be seen."""
        showing = self._showing
        return showing.item_is_read() and not showing.mine and not showing.read_only

    def drafting(self) -> bool:
        """Whether a draft is edited."""
        return self._panes.text.draft() is not None

    # Decisions

    def decide(
        self,
        action: Action,
        *,
        candidate: int | None = None,
        label: str | None = None,
        fragments: Pairs | None = None,
        reason: str = "",
    ) -> None:
        """Decide on the item, and show the next one of those that are to be decided."""
        item, showing = self._showing.item, self._showing
        if item is None or self._worker is None or not self.may_decide():
            return
        self.leave_draft()
        following = showing.queue.beside(item, showing.part, 1) if showing.part is not Part.DECIDED else item
        showing.queue.take([item], Part.DEFERRED if action is Action.DEFER else Part.DECIDED)

        def run(project: "Project") -> object:
            return project.decide(
                item, action, candidate=candidate, label=label, fragments=fragments, reason=reason or None
            )

        self._worker.write(run, lambda _: showing.queue.settle([item]), lambda error: self._not_decided([item], error))
        showing.show(following)
        if self._panes.side.bar.reason.hasFocus():  # it was asked for there; what comes next is a letter again
            self._panes.text.setFocus()

    def merge(self, items: Sequence[ReviewItem], rule: Rule) -> None:
        """Let a rule decide what it can of these items, in one change."""
        showing = self._showing
        if self._worker is None or not items:
            return
        self.leave_draft()
        if len(items) > _MANY:  # they are read again once that is done: counting them now would take as long
            self.hinted.emit(f"Merging {len(items):,} items…")
        else:
            showing.queue.take(items, Part.DECIDED)

        self._worker.write(
            lambda project: project.merge(items, rule),
            lambda _: showing.queue.settle(items),
            lambda error: self._not_decided(items, error),
        )
        gone = {item.id for item in items} if len(items) <= _MANY else set()
        if showing.item is None or showing.item.id in gone:
            showing.show(showing.queue.beside(showing.item, showing.part, 1))
        else:
            showing.refresh()

    def _not_decided(self, items: Sequence[ReviewItem], error: AnnotatorError) -> None:
        self._showing.queue.give_back(items)
        self._showing.show(self._showing.queue.item(items[0].id))
        self.refused.emit(str(error))

    # Gold

    def clear_gold(self) -> None:
        """Say that nobody is right after all: what the item has in gold goes out of it."""
        self._panes.side.reject()

    def add_gold(self, label: str) -> bool:
        """Put the selected words into gold; whether any are selected."""
        selection, document = self._panes.text.selection(), self._showing.document
        if selection is None or document is None or self._worker is None or self._showing.read_only:
            return False
        pair = snap(document.text, *selection) if self.snapping() else selection
        if pair[0] >= pair[1]:
            return False
        self._panes.text.clear_selection()
        reason = self._panes.side.reason() or None

        def run(project: "Project") -> object:
            return project.add_gold(document.id, label, pair, reason=reason)

        words = first_words(document.text[pair[0] : pair[1]], 60)
        self._worker.write(run, lambda _: self.hinted.emit(f"In gold now: {label} “{words}”"), self._tell)
        return True

    # A draft

    def edit(self, label: str | None = None) -> None:
        """Begin a draft: of gold, where that is decided, else of the candidate that is chosen."""
        if not self.may_decide() or self.drafting():
            return
        found = self._base()
        if found is None:
            self.hinted.emit("Nothing is left of this item to edit")
            return
        name, fragments, self._from = found
        self._panes.text.set_draft(label or name, fragments)
        self._panes.text.setFocus()
        self._show_draft()

    def nudge(self, end: End, to: str, by: str) -> None:
        """Move an end of the draft."""
        self._panes.text.nudge(end, to, by)

    def take_draft(self) -> None:
        """Decide that the draft is right."""
        self._panes.side.take_edit()

    def leave_draft(self) -> None:
        """Edit no more."""
        if self.drafting():
            self._panes.text.clear_draft()
            self._panes.side.set_editing("", None)
            self.changed.emit()

    def relabel(self, label: str) -> None:
        """Give the draft another label; without one, decide for the chosen candidate under that label."""
        draft = self._panes.text.draft()
        if draft is not None:
            self._panes.text.set_draft(label, draft.fragments)
            self._show_draft()
            return
        found = self._base()
        if found is not None:
            _, fragments, candidate = found
            self.decide(
                Action.CORRECT,
                candidate=candidate,
                label=label,
                fragments=_pairs(fragments),
                reason=self._panes.side.reason(),
            )

    def digit(self, number: int) -> None:
        """A figure was pressed: it labels the draft or the selection, else it takes that candidate."""
        if self.drafting() or self._panes.text.selection() is not None:
            label = next((each.name for each in self._codebook if each.key == number), None)
            if label is None:
                self.hinted.emit(f"No label has the key {number}")
            elif self.drafting():
                self.relabel(label)
            else:
                self.add_gold(label)
        elif not self._panes.side.accept(number - 1):
            self.hinted.emit(f"This item has no candidate {number}")

    def _base(self) -> tuple[str, Fragments, int | None] | None:
        """What a draft begins with: label, fragments, and the place of the candidate, None where it is gold."""
        item = self._showing.item
        if item is None:
            return None
        if item.decision and item.decision.result and gold_of(item):
            return item.decision.result.label, item.decision.result.fragments, None
        if item.candidates:
            place = max(0, self._panes.side.candidates.chosen())
            return item.candidates[place].span.label, item.candidates[place].span.fragments, place
        past = next((each.result for each in item.earlier if each.result), None)
        return (past.label, past.fragments, None) if past else None

    def _show_draft(self) -> None:
        draft, document = self._panes.text.draft(), self._showing.document
        if draft is not None and document is not None:
            self._panes.side.set_editing(draft.label, span_text(document.text, draft.fragments))
        self.changed.emit()

    def _take(self, reason: str) -> None:
        draft = self._panes.text.draft()
        if draft is not None:
            self.decide(
                Action.CORRECT,
                candidate=self._from,
                label=draft.label,
                fragments=_pairs(draft.fragments),
                reason=reason,
            )

    # Comments

    def comment(self, *, document: bool = False) -> None:
        """Go to the field for a comment, about the item or its document."""
        self._about(document=document)
        self._panes.side.focus_comment()

    def _about(self, *, document: bool) -> None:
        self._about_document = document
        self._panes.side.conversation.field.setPlaceholderText("Comment on the document" if document else "Comment")

    def _comment(self, text: str) -> None:
        item = self._showing.item
        if item is None or self._worker is None:
            return
        spans = () if self._about_document else keys_of(item)
        self._about(document=False)

        def failed(error: AnnotatorError) -> None:
            self._panes.side.give_back(text)
            self._tell(error)

        self._worker.write(lambda project: project.comment(item.document, text, spans=spans), failed=failed)

    def _delete_comment(self, comment_id: str) -> None:
        if self._worker:
            self._worker.write(lambda project: project.delete_comment(comment_id), failed=self._tell)

    def _tell(self, error: AnnotatorError) -> None:
        self.refused.emit(str(error))


def _pairs(fragments: Fragments) -> Pairs:
    return [(fragment.start, fragment.end) for fragment in fragments]
