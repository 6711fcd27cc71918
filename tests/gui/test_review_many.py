"""Review of many items at once, of one person's work, of what is hidden; and what is said where there is nothing."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

import annotator
from annotator.domain.document import State
from annotator.domain.review import NAMES, SPANS, Action, Kind, Rule
from annotator.errors import EnvironmentFailed
from annotator.gui.review.dialogs import MergeDialog, WhoseWorkDialog
from annotator.gui.review.parts import Part
from annotator.settings import default_annotator
from tests.gui import review_desk
from tests.gui.conftest import Run
from tests.gui.review_desk import HURTS, ONE, ReviewDesk, review, tag

texts, worked = review_desk.texts, review_desk.worked
K = Qt.Key


def said(dialog: object) -> str:
    assert hasattr(dialog, "findChildren")
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_what_is_unanimous_is_merged_by_one_press_and_one_undo(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        view = desk.mode.queue.view
        row = next(n for n, text in enumerate(desk.rows()) if text.startswith("Unanimous"))
        rect = view.visualRect(view.model().index(row, 0))
        button = view.delegate.button_rect(rect.toRectF()).center().toPoint()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=button)
        desk.rest()
        assert desk.gold() == [("actor", "Arturo Venegas")]
        assert [each.rule for each in desk.decisions()] == [Rule.UNANIMOUS]
        assert desk.counts() == [2, 1, 0]
        assert desk.chosen().startswith("Missing")  # what one was at stays
        desk.trigger("undo")
        assert desk.gold() == []
        assert desk.counts() == [3, 0, 0]

    review(run, worked, script)


def test_a_majority_merge_says_what_it_will_do_and_leaves_ties(run: Run, worked: Path) -> None:
    with annotator.open(worked, "kim") as project:
        tag(project, "one", "claim", "It must end")  # beside the quote at the same place: nobody else has either

    def script(desk: ReviewDesk) -> None:
        desk.mode.queue.filters.set_everywhere(True)
        desk.rest()
        total = desk.counts()[0]
        desk.trigger("merge_majority")
        dialog = desk.dialog()
        assert isinstance(dialog, MergeDialog)
        dialog.where.setCurrentIndex(1)
        assert "in this document?" in said(dialog)
        assert {each.document for each in dialog.items} == {"one"}
        dialog.where.setCurrentIndex(0)
        words = said(dialog)
        assert f"Merge {len(dialog.items)} items by majority in all documents?" in words
        assert "3 spans go into gold" in words
        assert "dropped: more than half have nothing there" in words
        assert "marked as automatic" in words
        desk.answer(accept=False)
        assert desk.decisions() == []
        desk.trigger("merge_majority")
        desk.answer()
        assert len(desk.gold()) + len(desk.gold("two")) == 3
        assert {each.rule for each in desk.decisions()} == {Rule.MAJORITY}
        desk.trigger("undo")
        assert desk.counts() == [total, 0, 0]

    review(run, worked, script)


def test_names_are_revealed_after_a_question_and_that_is_kept(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        assert not desk.mode.queue.filters.pair.isEnabled()  # it would say who is who
        desk.trigger("reveal_names")
        desk.answer(accept=False)
        assert desk.enabled("reveal_names")
        desk.mode.panes.head.reveal.click()
        desk.answer()
        reveals = desk.ask(lambda project: project.reveals("one"))
        assert [(each.annotator, each.what) for each in reveals] == [(default_annotator(), NAMES)]
        assert [person.name.text() for person in desk.mode.panes.head._persons] == ["kim", "lee", "max"]
        assert "kim" in desk.rows("Candidates")[0]
        assert not desk.enabled("reveal_names")
        assert not desk.mode.panes.head.reveal.isVisible()
        desk.keys(K.Key_J, K.Key_J, K.Key_J)
        assert desk.shown_document() == "two"
        assert desk.enabled("reveal_names")  # each document on its own

    review(run, worked, script)


def test_documents_wait_for_ones_own_work_unless_they_are_revealed(run: Run, worked: Path) -> None:
    with annotator.open(worked) as project:
        tag(project, "one", "claim", "It must end")

    def script(desk: ReviewDesk) -> None:
        assert desk.shown_document() == "two"
        line = desk.mode.queue.waiting
        assert line.isVisible()
        assert "1 document waits for your own work" in said(line)
        desk.mode.queue.reveal.click()
        assert "no longer your work alone" in said(desk.dialog())
        desk.answer()
        assert not line.isVisible()
        assert [each.what for each in desk.ask(lambda project: project.reveals("one"))] == [SPANS]
        assert desk.mode.showing.queue.documents() == ["one", "two"]

    review(run, worked, script)


def test_one_persons_work_is_rejected_only_with_a_reason(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.trigger("review_alone")
        dialog = desk.dialog()
        assert isinstance(dialog, WhoseWorkDialog)
        dialog.choice.setCurrentText("lee")
        desk.answer()
        assert "lee’s work alone" in said(desk.mode.queue)
        assert desk.counts() == [2, 0, 0]
        assert desk.rows()[1] == f"Span: claim “{HURTS}”"
        desk.key(K.Key_X)
        assert desk.decisions() == []
        assert desk.mode.side.bar.reason.hasFocus()
        desk.type("too short")
        desk.key(K.Key_Return)
        decided = desk.decisions()[0]
        assert (decided.action, decided.kind, decided.reason) == (Action.REJECT, Kind.SINGLE, "too short")
        desk.key(K.Key_A)
        assert desk.gold() == [("actor", "Arturo Venegas")]
        assert desk.shown_document() == "two"
        desk.trigger("whole_queue")
        assert desk.mode.showing.alone is None

    review(run, worked, script)


def test_ones_own_reviewed_work_is_read_and_commented_not_decided(run: Run, worked: Path) -> None:
    with annotator.open(worked) as project:
        me = project.annotator
        mine = tag(project, "one", "claim", "The task force said")
        tag(project, "one", "claim", "hurts trust")
        project.set_state("one", State.DONE)
    with annotator.open(worked, "ruth") as project:
        for item in project.review_queue(alone=me):
            project.decide(item, "reject", reason="too short")
        project.comment("one", "See the guideline.", spans=[mine])

    def script(desk: ReviewDesk) -> None:
        desk.trigger("my_reviewed_work")
        assert desk.mode.showing.part is Part.DECIDED
        assert "The task force said" in desk.chosen()
        assert len(desk.mode.side.conversation.rows()) == 1
        assert "too short" in said(desk.mode.side.decided)
        assert not any(desk.enabled(name) for name in ("accept_item", "reject_item", "edit_item", "clear_gold"))
        desk.key(K.Key_J)
        assert "hurts trust" in desk.chosen()
        desk.key(K.Key_C)
        desk.type("Agreed.")
        desk.key(K.Key_Return)
        assert [each.author for each in desk.ask(lambda project: project.comments("one"))] == ["ruth", me]
        assert desk.window.foot.annotator.text().startswith("Annotator: ")

    review(run, worked, script)


def test_where_nobody_is_done_it_is_said_what_is_needed(run: Run, texts: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        nothing = desk.mode.nothing
        assert nothing.isVisible()
        assert nothing.heading.text() == "Nothing to review yet"
        assert "Two people must have marked a document done" in nothing.said.text()
        assert not desk.mode.text.isVisible()
        for action in ("accept_item", "comment_item", "figure_1", "reveal_names"):
            assert not desk.enabled(action), action
        desk.trigger("merge_majority")
        assert "Merge 0 items" in said(desk.dialog())
        assert not desk.dialog().main.isEnabled()
        desk.answer(accept=False)
        desk.trigger("my_reviewed_work")
        assert nothing.heading.text() == "Nothing of your work is reviewed yet"
        nothing.buttons[0].click()
        desk.rest()
        assert nothing.heading.text() == "Nothing to review yet"

    review(run, texts, script)


def test_what_another_program_writes_opens_an_item_again(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.keys(K.Key_X, K.Key_A)
        reads: list[str] = []
        loader = desk.mode.showing.loader
        loader.parts_reread.connect(lambda parts, _: reads.extend(part.document for part in parts))
        with annotator.open(worked, "max") as project:
            span = next(each for each in project.spans("one") if each.annotator == "max" and each.label == "claim")
            project.resize(span.id, (ONE.index("the program"), ONE.index(" trust.")))
        desk.desk.wait(lambda: desk.counts() == [2, 1, 0], "the item to open again")
        desk.rest()
        assert set(reads) == {"one"}
        desk.key(K.Key_K)
        assert desk.chosen().startswith("Boundary")
        index = desk.mode.queue.view.currentIndex()
        assert "Decided before" in str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole))
        assert desk.mode.side.decided.isVisible()

    review(run, worked, script)


def test_a_refused_decision_comes_back_into_the_queue(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        worker = desk.window.worker
        assert worker is not None
        item = desk.mode.showing.item
        assert item is not None
        worker.write(lambda project: project.decide(item, "defer"))  # first, so that what is shown is stale
        desk.key(K.Key_X)
        assert desk.notice()
        assert [each.action for each in desk.decisions()] == [Action.DEFER]
        assert sum(desk.counts()) == 3

    review(run, worked, script)


def test_filters_leave_out_labels_and_pairs(run: Run, worked: Path) -> None:
    with annotator.open(worked) as project:
        for document in ("one", "two"):
            project.reveal(document)

    def script(desk: ReviewDesk) -> None:
        filters = desk.mode.queue.filters
        desk.mode.queue.filter.click()
        assert filters.isVisible()
        filters.label.setCurrentText("claim")
        desk.rest()
        assert desk.rows() == ["Boundary, 1 item", f"Boundary: claim “{HURTS}”"]
        assert desk.counts() == [1, 0, 0]
        filters.clear.click()
        desk.rest()
        assert desk.counts() == [3, 0, 0]
        filters.where.setCurrentText("All documents")
        desk.rest()
        assert desk.counts() == [4, 0, 0]
        assert desk.mode.queue.decided.text() == "0 of 4 decided"
        assert desk.mode.queue.scope.text() == "all documents"
        filters.pair.setCurrentText("lee and max")
        desk.rest()
        assert [row for row in desk.rows() if row.startswith("Missing")] == []
        desk.mode.queue.scope.click()
        desk.rest()
        assert desk.mode.queue.scope.text() == "this document"

    review(run, worked, script)


def test_a_read_only_project_can_be_looked_through(run: Run, worked: Path) -> None:
    worked.chmod(0o444)

    def script(desk: ReviewDesk) -> None:
        if not desk.mode.showing.read_only:
            return  # root may write everything
        desk.key(K.Key_A)
        assert desk.decisions() == []
        desk.key(K.Key_J)
        assert desk.chosen().startswith("Boundary")

    review(run, worked, script)


def test_a_decision_that_the_machine_refuses_is_told_here_and_kept(run: Run, worked: Path) -> None:
    def full(_: object) -> None:
        raise EnvironmentFailed("The disk is full.")

    def script(desk: ReviewDesk) -> None:
        worker = desk.window.worker
        assert worker is not None
        worker.write(full)
        desk.desk.wait(lambda: "Your change is kept" in desk.notice(), "the notice")
        desk.desk.key(K.Key_X)
        assert desk.counts() == [2, 1, 0]  # it goes on: what was decided waits behind
        worker.give_up()
        desk.rest()
        assert desk.notice() == ""
        assert [each.action for each in desk.decisions()] == [Action.REJECT]

    review(run, worked, script)


def test_undo_of_what_was_done_in_another_mode_is_said_at_the_foot(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.key(K.Key_X)
        desk.key(K.Key_1, Qt.KeyboardModifier.ControlModifier)
        desk.key(K.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert desk.window.foot.hint.text() == "Undone in Review: reject quote"
        assert desk.decisions() == []
        desk.key(K.Key_2, Qt.KeyboardModifier.ControlModifier)
        assert desk.counts() == [3, 0, 0]  # read again when it is entered

    review(run, worked, script)


def test_a_codebook_change_and_a_new_theme_leave_one_where_one_was(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.key(K.Key_J)
        worker = desk.window.worker
        assert worker is not None
        worker.write(lambda project: project.change_label("claim", name="assertion"))
        desk.desk.wait(lambda: "assertion" in desk.chosen(), "the new name")
        desk.rest()
        assert desk.chosen() == f"Boundary: assertion “{HURTS}”"
        desk.trigger("theme_dark")
        assert desk.mode.queue.view.delegate.theme.dark
        desk.trigger("zoom_in")
        assert desk.mode.text.zoom_px() == desk.window.mode.page.text.zoom_px() == 19
        desk.trigger("theme_light")

    review(run, worked, script)
