"""Review: the queue at the left, the text with a lane for each annotator, candidates and conversation at the right."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.change import ChangeSet
from annotator.domain.codebook import Codebook
from annotator.gui import fonts
from annotator.gui.actions import NUDGES, Actions
from annotator.gui.annotate.label_picker import LabelPicker
from annotator.gui.modes import Mode, OpenProject, ReadingText
from annotator.gui.review.asking import Asking
from annotator.gui.review.deciding import Deciding
from annotator.gui.review.head import ReviewHead
from annotator.gui.review.nothing import Nothing
from annotator.gui.review.of_item import gold_of
from annotator.gui.review.panes import ReviewPanes
from annotator.gui.review.parts import Part
from annotator.gui.review.queue_panel import QueuePanel
from annotator.gui.review.showing import Showing
from annotator.gui.review.side import ReviewSide
from annotator.gui.review.text import ReviewText
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.foot import Foot
from annotator.gui.widgets.over import Over
from annotator.gui.widgets.panes import ground, rule
from annotator.gui.widgets.side_panel import SidePanel
from annotator.gui.worker import Worker

LEFT, RIGHT = 292, 344


class ReviewMode(Mode):
    """Assembles the panes and lets them speak with the project; the panes don't know each other."""

    panel_names = "Que&ue panel", "Ca&ndidates panel"
    foot_keys = (("Next and previous", ("J", "K")), ("Gold on and off", ("G",)))

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._theme, self._codebook = actions, theme, Codebook(())
        self._project: OpenProject | None = None
        self._takes_focus = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def build(self) -> Iterator[None]:
        """Put the panes together, some of them a step."""
        actions, theme = self._actions, self._theme
        self.banner = Banner(theme)
        self.text = ReviewText()
        self.side = ReviewSide(theme)
        yield
        self.queue = QueuePanel(
            lambda document: self.showing.persons(document), lambda item: self.showing.queue.spot(item), theme
        )
        self.panes = ReviewPanes(self.queue, ReviewHead(actions, theme), self.text, self.side)
        yield
        self.right = SidePanel(RIGHT)
        self.nothing = Nothing(actions)
        self.picker = LabelPicker(theme, self)
        self.showing = Showing(self.panes)
        self.deciding = Deciding(self.panes, self.showing)
        self.asking = Asking(self)
        yield
        self._lay_out()
        yield
        self._connect()
        self.showing.refresh()

    # What the window tells

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What the rows of the menu Review do."""
        deciding, asking = self.deciding, self.asking
        return {
            "next_item": partial(self._step, 1),
            "previous_item": partial(self._step, -1),
            "accept_item": self._accept,
            "reject_item": self.side.reject,
            "edit_item": deciding.edit,
            "take_draft": deciding.take_draft,
            "leave_draft": deciding.leave_draft,
            "relabel_item": self._pick_label,
            "defer_item": self.side.defer,
            "clear_gold": deciding.clear_gold,
            "comment_item": lambda: self._comment(document=False),
            "comment_document": lambda: self._comment(document=True),
            "show_gold": self._show_gold,
            "reveal_names": asking.reveal_names,
            "merge_unanimous": asking.merge_unanimous,
            "merge_majority": asking.merge_majority,
            "review_alone": asking.whose_work,
            "my_reviewed_work": asking.own_work,
            "whole_queue": lambda: self.review(None),
            **{f"draft_{end.value}_{to}_{by}": partial(deciding.nudge, end, to, by) for end, to, by in NUDGES},
            **{f"figure_{number}": partial(deciding.digit, number) for number in range(1, 10)},
        }

    def set_project(self, project: OpenProject) -> None:
        """Review this project from now on."""
        self._project = project
        self.banner.clear()
        self.deciding.set_project(project.worker, project.codebook)
        self.side.set_annotator(project.annotator)
        self.showing.set_project(project.worker, project.annotator, read_only=project.read_only)
        self.queue.filters.reset()
        self.set_codebook(project.codebook)
        if self.isVisible():
            self.showing.catch_up()
        self._show_what_there_is()

    def set_codebook(self, codebook: Codebook) -> None:
        """Show the labels as they are now."""
        self._codebook = codebook
        self.deciding.set_codebook(codebook)
        for part in (self.queue, self.side, self.picker):
            part.set_codebook(codebook, self._theme)
        self.text.set_label_styles(LabelStyles(codebook, self._theme))

    def set_theme(self, theme: Theme) -> None:
        """Paint with this theme from now on; the panes are told apart (`spread_theme`)."""
        self._theme = theme
        self.side.set_codebook(self._codebook, theme)
        self.text.set_label_styles(LabelStyles(self._codebook, theme))

    def apply(self, change_set: ChangeSet) -> None:
        """Follow a commit; the mode may be hidden."""
        self.showing.apply(change_set, shown=self.isVisible())

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt. Nothing is read for a mode that isn't shown."""
        super().hideEvent(event)
        if self.complete and not event.spontaneous():
            self.showing.leave()

    def enter(self) -> None:
        """Take the keyboard: the mode is shown from now on."""
        self.showing.catch_up()
        self.side.set_sans(self._actions["sans"].isChecked())
        self._takes_focus = True
        self._focus()

    def finish(self) -> None:
        """Keep what stands half-typed."""
        self.side.finish_typing()

    def reading_text(self) -> ReadingText | None:
        """The text that zoom and face are for."""
        return self.text

    def show_item(self, item: str, document: str) -> bool:
        """Go to an item of the whole queue; it is entered after that."""
        return self.showing.ask_for(item, document)

    def show_foot(self, foot: Foot) -> None:
        """Say at the foot where one is."""
        showing = self.showing
        foot.set_annotator(showing.annotator, "Annotator" if showing.mine else "Reviewer")
        foot.set_spans(None)
        place = showing.queue.rank(showing.item.document) + 1 if showing.item else 0
        foot.set_document(place, len(showing.listing.order) if place else 0)

    def conditions(self) -> set[str]:
        """Which of the action table's conditions hold here."""
        showing, drafting = self.showing, self.deciding.drafting()
        item = showing.item
        found = {"reviewing", "text"} if showing.document or item else {"reviewing"}
        found |= {"alone"} if showing.alone is not None else set()
        found |= {"drafting"} if drafting else set()
        if item is not None:
            found.add("item")
            found |= {"blind"} if showing.persons(item.document).blind and not showing.read_only else set()
            found |= {"commenting"} if not showing.read_only else set()
        if self.deciding.may_decide():
            found |= {"digits", "relabelling"} | (set() if drafting else {"deciding"})
            found |= {"gold"} if item is not None and gold_of(item) and not drafting else set()
        elif self.text.selection() is not None and not showing.read_only and not showing.mine:
            found.add("digits")
        return found

    def next_pane(self, step: int) -> None:
        """Move the keyboard focus to the next pane."""
        every: list[QWidget] = [self.queue.view, self.text, *self.side.panes()]
        panes = [pane for pane in every if pane.isVisible()]
        if not panes:
            return
        at = next((n for n, pane in enumerate(panes) if pane.hasFocus() or pane.isAncestorOf(self.focusWidget())), None)
        pane = panes[0 if at is None else (at + step) % len(panes)]
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # so that lists show it, as after Tab

    def set_narrow(self, narrow: bool) -> None:
        """Lay the right panel over the text, or give it a place of its own again."""
        if narrow:
            self.right.float_over(self.middle)
        else:
            self.right.dock(self.middle)

    def panels(self) -> tuple[bool, bool]:
        """Whether the queue is shown, and the candidates."""
        return not self.queue.isHidden(), self.right.shown()

    def show_panel(self, side: str, shown: bool) -> None:
        """Show or hide the panel at the `left` or `right`."""
        if side == "left":
            self.queue.setVisible(shown)
            return
        had_focus = self.right.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.right.show_panel(shown)
        if had_focus and not shown:
            self.text.setFocus()

    @property
    def worker(self) -> Worker | None:
        """Where the project is asked and written."""
        return self._project.worker if self._project else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt with keys that nothing else took. Escape lets go of a panel that lies over the text, then stops
        reading."""
        escape = event.key() == Qt.Key.Key_Escape
        if escape and not self.right.beside() and self.right.shown():
            self._actions["right_panel"].trigger()
        elif escape and self.showing.stop():
            event.accept()
        else:
            super().keyPressEvent(event)

    # What the actions do

    def review(self, alone: str | None) -> None:
        """Show the whole queue, or one annotator's work alone."""
        self.deciding.leave_draft()
        self.showing.load(alone)
        self._say_whose()

    def _step(self, step: int) -> None:
        self.deciding.leave_draft()
        self.showing.step(step)

    def _accept(self) -> None:
        if not self.side.accept_suggested():
            self.hinted.emit("No candidate has more votes than the others: take one with 1–9, or X for nobody")

    def _pick_label(self) -> None:
        place = self.text.viewport().mapToGlobal(QPoint(self.text.viewport().width() // 3, fonts.px(80)))
        self.picker.open_at(place)

    def _comment(self, *, document: bool) -> None:
        if not self.right.shown():
            self._actions["right_panel"].trigger()
        self.deciding.comment(document=document)

    def _show_gold(self) -> None:
        shown = self._actions["show_gold"].isChecked()
        self.text.show_gold(shown)
        self.panes.head.show_gold(shown)

    def _clicked(self, span_ids: list[str]) -> None:
        item = self.showing.item_at(span_ids)
        if item is not None and not self.deciding.drafting():
            self.showing.show(item)

    # Inside

    def _connect(self) -> None:
        showing, deciding, queue = self.showing, self.deciding, self.queue
        snap = self._actions["snap"]
        deciding.snapping = snap.isChecked
        self.text.set_snapping(snap.isChecked())
        snap.toggled.connect(self.text.set_snapping)
        self._actions["show_gold"].setChecked(True)
        showing.changed.connect(self._show_what_there_is)
        showing.failed.connect(self.refused)
        for signal in (deciding.changed, self.text.selection_changed):
            signal.connect(self.conditions_changed)
        deciding.refused.connect(self.refused)
        deciding.hinted.connect(self.hinted)
        queue.item_asked.connect(self._item_asked)
        queue.part_asked.connect(showing.show_part)
        queue.filters_changed.connect(showing.filter_changed)
        queue.merge_asked.connect(self.asking.merge_all_listed)
        queue.reveal_asked.connect(self.asking.reveal_documents)
        queue.alone_left.connect(lambda: self.review(None))
        queue.stop_asked.connect(showing.stop)
        queue.going_on_asked.connect(showing.read_on)
        queue.view.left.connect(self.text.setFocus)
        self.side.candidate_pointed.connect(showing.point)
        self.side.relabel_asked.connect(self._pick_label)
        self.picker.label_picked.connect(deciding.relabel)
        self.text.place_clicked.connect(self._clicked)
        self.nothing.decided_asked.connect(lambda: showing.show_part(Part.DECIDED))
        self.nothing.whole_asked.connect(lambda: self.review(None))
        self.nothing.reveal_asked.connect(self.asking.reveal_documents)

    def _item_asked(self, item: object) -> None:
        self.deciding.leave_draft()
        self.showing.show(item)  # type: ignore[arg-type]

    def _show_what_there_is(self) -> None:
        """Show text and item, or why there is none."""
        showing = self.showing
        there, coming = showing.item is not None, showing.loader.loading
        focused = QApplication.focusWidget()
        if focused is not None and there != self.text.isVisible():  # what has the keyboard is about to be hidden
            self._takes_focus |= self.nothing.isAncestorOf(focused) or focused is self.text
        if not there and not coming:
            self.nothing.explain(showing)
        self.nothing.setVisible(not there and not coming)
        if there or not coming:  # else what was shown stays until it is known what there is now
            for part in (self.panes.head, self._rule, self.text, self.side):
                part.setVisible(there)
        self.queue.view.delegate.merging = showing.part is Part.OPEN and not showing.read_only and showing.alone is None
        self._say_whose()
        if self.isVisible():
            self._focus()
        self.conditions_changed.emit()

    def _say_whose(self) -> None:
        alone = self.showing.alone
        said = "" if alone is None else "My reviewed work" if self.showing.mine else f"{alone}’s work alone"
        self.queue.show_alone(said)

    def _focus(self) -> None:
        """Once entered, the keyboard goes to the text, as soon as it is there, or to the button of what is not."""
        if not self._takes_focus:
            return
        first = next(iter(self.nothing.buttons), None) if self.nothing.isVisible() else None
        place = first or (self.text if self.text.isVisible() else None)
        if place is None:
            self.setFocus()
        else:
            self._takes_focus = False
            place.setFocus()

    def _lay_out(self) -> None:
        self.middle = Over()
        ground(self.middle, "surface")
        self._rule = rule()
        for widget in (self.panes.head, self._rule, self.banner):
            self.middle.column.addWidget(widget)
        self.middle.column.addWidget(self.text, 1)
        self.middle.column.addWidget(self.nothing, 1)
        self.right.column.addWidget(self.side)
        for pane in (self.queue, self.middle, self.right.place):
            self.addWidget(pane)
        self.setStretchFactor(1, 1)
        self.setSizes([fonts.px(LEFT), 1440 - fonts.px(LEFT) - fonts.px(RIGHT), fonts.px(RIGHT)])
        bar = self.text.verticalScrollBar()  # always there: lines don't break anew; unseen where all is in sight
        bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))
