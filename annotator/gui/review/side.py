"""The right side of Review: the item, its candidates, the buttons that decide, what was decided, the conversation."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook
from annotator.domain.relation import Relation
from annotator.domain.review import Comment, Kind, ReviewItem
from annotator.domain.span import Span
from annotator.gui import fonts
from annotator.gui.review.absent import Absent
from annotator.gui.review.candidates import CandidatesList
from annotator.gui.review.cards import Around, cards_of
from annotator.gui.review.conversation import Conversation
from annotator.gui.review.decided import Decided
from annotator.gui.review.deciding_bar import DecidingBar
from annotator.gui.review.draft_card import DraftCard
from annotator.gui.review.message_edit import MessageEdit
from annotator.gui.review.of_item import comments_of, first_choice, kind_of, labels_of
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.chip import NameChip
from annotator.gui.widgets.panes import SIDE, ground, label, rule

_FEWEST = 420  # px


class ReviewSide(QWidget):
    """Shows one item at a time; whoever shows it writes what the signals say.

    `accepted` carries the candidate's place and the reason, the other decisions the reason ("" for none).
    """

    candidate_pointed = Signal(object)
    """The place of the candidate under the pointer, else of the one that would be accepted; None for none."""
    accepted = Signal(int, str)
    rejected = Signal(str)
    deferred = Signal(str)
    edit_asked = Signal()
    relabel_asked = Signal()
    edit_taken = Signal(str)
    edit_left = Signal()
    comment_sent = Signal(str)
    comment_deleted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        ground(self, "panel")
        self._theme, self._codebook = theme, Codebook(())
        self._item: ReviewItem | None = None
        self._deciding = self._read_only = self._editing = False
        self._reasons: dict[str, str] = {}  # by item and the decisions that are there, as they were typed
        self._said: dict[str, str] = {}  # comments that were begun, by item
        self.kind = label(weight=QFont.Weight.DemiBold)
        self.chip, self.place = NameChip(), label(tone="third")
        self.decided = Decided(theme)
        self.candidates = CandidatesList(theme)
        self.draft = DraftCard(theme)
        self.absent = Absent(theme)
        self.bar = DecidingBar(theme)
        self.conversation = Conversation(theme)
        self._lay_out()
        self._connect()
        self._show_parts()

    # What is shown

    def show_item(
        self,
        item: ReviewItem | None,
        place: int,
        of: int,
        signs: Mapping[str, str],
        names: Mapping[str, str],
        text: str,
        relations: Sequence[Relation],
        comments: Sequence[Comment],
        read_only: bool,
        deciding: bool,
        spans: Mapping[str, Span] | None = None,
    ) -> None:
        """Show an item, the `place`th `of` so many (from 1), or none; `comments` are its document's.

        `signs` and `names` say what annotators are called, `text` is the document's, `spans` are those at the ends of
        `relations`, by id. Without `deciding` one looks at what was decided. What is half-typed stays with its item.
        """
        other = self._id() != (item.id if item else "")
        self._keep_typed()
        self._item, self._read_only, self._deciding = item, read_only, deciding and not read_only
        cards = cards_of(item, Around(signs, names, text, relations, spans)) if item else []
        kept = self.candidates.chosen()
        self.candidates.show_cards(cards, kept if not other and 0 <= kept < len(cards) else first_choice(item))
        self.absent.show_absent(item, signs, names)
        self.decided.show_item(item, names)
        self._show_head(place, of)
        self.conversation.show_comments(comments_of(comments, item), signs, names, read_only=read_only)
        if other:
            self.bar.stop_asking()
        self._show_typed()
        self._show_parts()

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels that items have."""
        self._codebook, self._theme = codebook, theme
        for part in (self.decided, self.candidates, self.draft):
            part.set_codebook(codebook, theme)
        self._show_chip()

    def set_theme(self, theme: Theme) -> None:
        """Paint with another theme; the parts are told by themselves."""
        self._theme = theme
        self._show_chip()

    def set_annotator(self, name: str) -> None:
        """Say who works here: their own comments can be deleted."""
        self.conversation.set_annotator(name)

    def set_sans(self, sans: bool) -> None:
        """Show words in the interface font, for readers who chose it for the text."""
        self.candidates.set_sans(sans)
        self.draft.set_sans(sans)

    def set_editing(self, label_name: str, words: str | None) -> None:
        """Show the draft that is being edited; `words` None when it is over."""
        self._editing = words is not None
        if words is not None:
            self.draft.show_draft(label_name, words)
        self.bar.show_editing(editing=self._editing)
        self._show_parts()

    def minimumSizeHint(self) -> QSize:
        """Called by Qt. What is typed in its fields makes no window higher."""
        return QSize(fonts.px(240), fonts.px(_FEWEST))

    # What is done

    def accept_suggested(self) -> bool:
        """Accept the candidate that the button names: the suggested one, or the one that was chosen since."""
        return self.accept(self.candidates.chosen())

    def accept(self, place: int) -> bool:
        """Accept the candidate at a place; whether there is one, and it may be decided here."""
        if not self._may() or self._item is None or not 0 <= place < len(self._item.candidates):
            return False
        self.candidates.choose(place)
        self.accepted.emit(place, self.reason())
        return True

    def reject(self) -> bool:
        """Say that nobody is right; of one annotator's work only with a reason, which is asked for."""
        if not self._may() or self._item is None:
            return False
        if self._item.kind is Kind.SINGLE and not self.bar.reason.typed():
            self.bar.ask_reason()
            return False
        self.bar.stop_asking()
        self.rejected.emit(self.reason())
        return True

    def defer(self) -> bool:
        """Leave it for later."""
        if self._may():
            self.deferred.emit(self.reason())
        return self._may()

    def take_edit(self) -> None:
        """Take the draft."""
        if self._editing:
            self.edit_taken.emit(self.reason())

    def reason(self) -> str:
        """Return the reason that stands in its field; it comes back where the decision is refused, or undone."""
        self._keep_typed()
        return self.bar.reason.typed()

    def pointed(self) -> int | None:
        """Return the place of the candidate that would be accepted, None for none."""
        chosen = self.candidates.chosen()
        return chosen if chosen >= 0 else None

    def focus_comment(self) -> None:
        """Go to the field for a comment."""
        self.conversation.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_candidates(self) -> None:
        """Go to the list of candidates."""
        self.candidates.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def give_back(self, comment: str) -> None:
        """Put a comment that could not be written into its field again."""
        if not self.conversation.field.typed():
            self.conversation.field.put(comment)

    def finish_typing(self) -> None:
        """Keep what is half-typed with its item: neither a comment nor a reason goes out before it is sent."""
        self._keep_typed()

    def panes(self) -> list[QWidget]:
        """Return what F6 goes through, those that can be seen."""
        every = (self.candidates, self.bar.reason, self.conversation.field)
        return [pane for pane in every if pane.isVisible()]

    # Inside

    def _may(self) -> bool:
        return self._item is not None and self._deciding and not self._editing

    def _id(self) -> str:
        return self._item.id if self._item else ""

    def _typed(self) -> tuple[tuple[dict[str, str], str, MessageEdit], ...]:
        """The fields, with what was typed into them: a reason is for one decision, a comment for the item."""
        known = (self._item.decision, *self._item.earlier) if self._item else ()
        reason_of = " ".join([self._id(), *(each.id for each in known[:2] if each)])
        return (self._reasons, reason_of, self.bar.reason), (self._said, self._id(), self.conversation.field)

    def _keep_typed(self) -> None:
        for kept, key, field in self._typed():
            if typed := field.typed():
                kept[key] = typed
            else:
                kept.pop(key, None)

    def _show_typed(self) -> None:
        for kept, key, field in self._typed():
            field.put(kept.get(key, ""))

    def show_place(self, place: int, of: int) -> None:
        """Say which of the list the item is, from 1."""
        self.place.setText(f"{place:,} of {of:,}" if self._item and of else "")

    def _show_head(self, place: int, of: int) -> None:
        self.kind.setText(kind_of(self._item) if self._item else "")
        self.show_place(place, of)
        self._show_chip()

    def _show_chip(self) -> None:
        labels = labels_of(self._item)
        self.chip.setVisible(len(labels) == 1)
        if len(labels) == 1:
            self.chip.set_style(LabelStyles(self._codebook, self._theme)[labels[0]])

    def _show_parts(self) -> None:
        item = self._item
        self._head.setVisible(item is not None)
        self.draft.setVisible(self._editing)
        self.candidates.setVisible(item is not None and bool(item.candidates) and not self._editing)
        self.absent.setVisible(self.absent.says_something() and not self._editing)
        self.decided.setVisible(self.decided.says_something() and not self._editing)
        self.bar.setVisible(item is not None and self._deciding)
        single = item is not None and item.kind is Kind.SINGLE
        self.bar.show_choice(self.candidates.chosen() if item and item.candidates else -1, single=single)

    def _pointed(self, place: int) -> None:
        self.candidate_pointed.emit(None if place < 0 else place)

    def _chosen_changed(self) -> None:
        single = self._item is not None and self._item.kind is Kind.SINGLE
        self.bar.show_choice(self.candidates.chosen(), single=single)

    def _connect(self) -> None:
        bar = self.bar
        self.candidates.pointed.connect(self._pointed)
        self.candidates.selectionModel().selectionChanged.connect(self._chosen_changed)
        self.candidates.taken.connect(self.accept)
        bar.accept_asked.connect(self.accept_suggested)
        bar.reject_asked.connect(self.reject)
        bar.defer_asked.connect(self.defer)
        bar.edit_asked.connect(self.edit_asked)
        bar.relabel_asked.connect(self.relabel_asked)
        bar.take_asked.connect(self.take_edit)
        bar.cancel_asked.connect(self.edit_left)
        for part in (bar, self.conversation):
            part.left.connect(self.focus_candidates)
        self.conversation.sent.connect(self._comment_sent)
        self.conversation.deleted.connect(self.comment_deleted)

    def _comment_sent(self, text: str) -> None:
        self._said.pop(self._id(), None)
        self.comment_sent.emit(text)

    def _lay_out(self) -> None:
        self._head = QWidget()
        self._head.setFixedHeight(fonts.px(48))
        row = QHBoxLayout(self._head)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(10)
        for widget in (self.kind, self.chip):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        for part in (self.decided, self.candidates, self.draft, self.absent):
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(self.bar)
        column.addWidget(rule())
        column.addWidget(self.conversation, 1)
