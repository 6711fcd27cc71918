"""Review by keys: walking the queue, deciding, taking back; what the panes show on the way."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import annotator
from annotator.domain.review import Action
from annotator.domain.shaping import End
from annotator.gui.review.lanes_draft import DRAFT
from annotator.gui.text.handles import handles
from tests.gui import review_desk
from tests.gui.conftest import Desk, Run
from tests.gui.review_desk import ALT, CONTROL, HURTS, ONE, SHIFT, THAT_HURTS, ReviewDesk, review, tag

texts, worked = review_desk.texts, review_desk.worked
K = Qt.Key
MISSING, BOUNDARY = "Missing: quote “It must end”", f"Boundary: claim “{HURTS}”"


def test_the_queue_is_listed_by_kind_and_its_first_item_is_shown(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        assert desk.rows() == ["Missing, 1 item", MISSING, "Boundary, 1 item", BOUNDARY, "Unanimous, 1 item, folded up"]
        assert desk.counts() == [3, 0, 0]
        assert desk.chosen() == MISSING
        assert desk.shown_document() == "one"
        assert [person.name.text() for person in desk.mode.panes.head._persons] == [
            "Annotator α",
            "Annotator β",
            "Annotator γ",
        ]
        assert len(desk.rows("Candidates")) == 1
        assert desk.mode.queue.decided.text() == "0 of 3 decided"
        assert desk.window.foot.annotator.text().startswith("Reviewer: ")
        assert desk.window.foot.document.text() == "Document 1 of 2"

    review(run, worked, script)


def test_keys_walk_through_the_open_items_and_into_the_next_document(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        seen = []
        for _ in range(4):
            seen.append(desk.chosen().partition(":")[0])
            desk.key(K.Key_J)
        assert seen == ["Missing", "Boundary", "Unanimous", "Label"]
        assert desk.chosen() == MISSING  # around
        desk.key(K.Key_K)
        assert desk.chosen().startswith("Label")
        assert desk.shown_document() == "two"
        desk.key(K.Key_K)
        assert desk.chosen().startswith("Unanimous")

    review(run, worked, script)


def test_after_a_decision_the_next_open_item_comes_by_itself(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.key(K.Key_X)
        assert desk.chosen() == BOUNDARY
        desk.key(K.Key_A)
        assert desk.gold() == [("claim", HURTS)]
        assert desk.chosen().startswith("Unanimous")
        desk.key(K.Key_1)
        assert desk.chosen().startswith("Label")
        assert desk.shown_document() == "two"
        desk.key(K.Key_2)  # the candidate with fewer votes
        assert desk.gold("two") == [("quote", "trust is gone")]
        assert desk.mode.nothing.heading.text() == "Everything is decided"
        assert [each.action for each in desk.decisions()] == [Action.ACCEPT, Action.ACCEPT, Action.REJECT]
        assert desk.mode.nothing.buttons[0].hasFocus()
        desk.key(K.Key_Space)
        assert desk.counts() == [0, 1, 0]
        assert desk.mode.text.hasFocus()

    review(run, worked, script)


def test_undo_and_redo_show_the_item_that_they_concern(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.keys(K.Key_X, K.Key_A, K.Key_A)
        assert desk.shown_document() == "two"
        desk.key(K.Key_Z, CONTROL)
        assert desk.shown_document() == "one"
        assert desk.chosen().startswith("Unanimous")
        desk.key(K.Key_Z, CONTROL)
        assert desk.chosen() == BOUNDARY
        assert desk.gold() == []
        assert desk.counts() == [2, 1, 0]
        desk.key(K.Key_Z, CONTROL | SHIFT)
        assert desk.chosen() == BOUNDARY
        assert desk.counts() == [1, 2, 0]
        assert desk.mode.queue.parts.buttons[desk.mode.showing.part].text() == "Decided"

    review(run, worked, script)


def test_a_tie_is_not_accepted_by_the_key_but_by_a_figure(run: Run, worked: Path) -> None:
    with annotator.open(worked, "lee") as project:
        tag(project, "one", "quote", "It must end, said Arturo")

    def script(desk: ReviewDesk) -> None:
        desk.key(K.Key_J) if desk.chosen() == BOUNDARY else None
        assert "It must end" in desk.chosen()
        desk.key(K.Key_A)
        assert desk.decisions() == []
        assert "1–9" in desk.window.foot.hint.text()
        desk.key(K.Key_9)
        assert "no candidate 9" in desk.window.foot.hint.text()
        desk.key(K.Key_2)
        assert len(desk.decisions()) == 1

    review(run, worked, script)


def test_what_is_deferred_waits_with_its_reason_in_a_part_of_its_own(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.mode.side.bar.reason.setFocus()
        desk.type("ask Kim")
        desk.key(K.Key_Escape)
        desk.key(K.Key_S)
        assert desk.counts() == [2, 0, 1]
        assert desk.decisions()[0].reason == "ask Kim"
        desk.mode.queue.parts.buttons[list(desk.mode.queue.parts.buttons)[2]].click()
        desk.rest()
        assert desk.chosen() == MISSING
        desk.key(K.Key_X)
        assert desk.counts() == [2, 1, 0]

    review(run, worked, script)


@pytest.mark.parametrize(("snapping", "words"), [(True, "the program hurts"), (False, "the program hu")])
def test_the_mouse_moves_an_edited_end_by_words_or_by_characters(
    run: Run, worked: Path, snapping: bool, words: str
) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.key(K.Key_J)
        desk.key(K.Key_E)
        text = desk.mode.text
        if not snapping:
            desk.trigger("snap")
        text.viewport().repaint()
        handle = next(
            handle
            for place in text.places()
            for piece in place.row.pieces
            for handle in handles(place, piece, text.metrics())
            if handle.end is End.END and piece.span.id == DRAFT
        )
        cursor = text.textCursor()
        cursor.setPosition(ONE.index("hurts") + 2)
        caret = text.caret_rect(cursor, text.places())
        assert caret is not None
        at, to = handle.hit.center().toPoint(), caret.center()
        port, left = text.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(port, left, pos=at)
        QTest.mouseMove(port, at - QPoint(9, 0))
        QTest.mouseMove(port, to)
        QTest.mouseRelease(port, left, pos=to)
        desk.key(K.Key_Return)
        assert desk.gold() == [("claim", words)]

    review(run, worked, script)


def test_a_candidate_is_edited_by_keys_and_then_taken(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.key(K.Key_J)
        desk.key(K.Key_E)
        assert not desk.enabled("accept_item")
        desk.key(K.Key_Left, ALT)
        desk.key(K.Key_Left, ALT | SHIFT)
        draft = desk.mode.text.draft()
        assert draft is not None
        desk.key(K.Key_2)
        draft = desk.mode.text.draft()
        assert draft is not None
        assert draft.label == "quote"
        desk.key(K.Key_Escape)
        assert desk.mode.text.draft() is None
        assert desk.decisions() == []
        assert desk.chosen() == BOUNDARY
        desk.key(K.Key_E)
        desk.key(K.Key_Left, ALT)
        desk.key(K.Key_2)
        desk.key(K.Key_Return)
        assert desk.gold() == [("quote", "the program hurts")]
        assert desk.decisions()[0].action is Action.CORRECT
        assert desk.chosen().startswith("Unanimous")

    review(run, worked, script)


def test_another_label_is_picked_for_a_candidate(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.key(K.Key_J)
        desk.key(K.Key_L)
        assert desk.mode.picker.isVisible()
        QTest.keyClicks(desk.mode.picker.field, "pol")
        QTest.keyClick(desk.mode.picker.field, K.Key_Return)
        desk.rest()
        assert desk.gold() == [("policy recommendation", HURTS)]

    review(run, worked, script)


def test_gold_is_edited_taken_out_and_added(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.key(K.Key_J)
        desk.key(K.Key_A)
        gold = desk.ask(lambda project: project.gold("one"))[0]
        desk.mode.text.place_clicked.emit([gold.id])
        desk.rest()
        assert desk.chosen() == BOUNDARY
        desk.key(K.Key_E)
        desk.key(K.Key_Left, ALT)
        desk.key(K.Key_Return)
        assert desk.gold() == [("claim", "the program hurts")]
        assert desk.chosen() == BOUNDARY  # one looks at what is decided, and stays there
        desk.key(K.Key_Delete)
        assert desk.gold() == []
        start = review_desk.ONE.index("said that")
        desk.mode.text.select(start, start + 9)
        desk.key(K.Key_1)
        assert desk.gold() == [("claim", "said that")]
        assert desk.counts()[1] == 2
        desk.key(K.Key_G)
        assert not desk.mode.text.is_gold_shown()
        desk.key(K.Key_G)
        assert desk.mode.text.is_gold_shown()

    review(run, worked, script)


def test_comments_are_written_by_key_and_taken_back(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.key(K.Key_J)
        desk.key(K.Key_C)
        desk.type("<b>one</b> span")
        desk.key(K.Key_Return)
        comments = desk.ask(lambda project: project.comments("one"))
        assert [each.text for each in comments] == ["<b>one</b> span"]
        assert len(comments[0].spans) == 3
        assert len(desk.mode.side.conversation.rows()) == 1
        desk.mode.text.setFocus()
        desk.key(K.Key_K)
        assert len(desk.mode.side.conversation.rows()) == 0
        desk.key(K.Key_C, SHIFT)
        desk.type("of the document")
        desk.key(K.Key_Return)
        assert [each.spans for each in desk.ask(lambda project: project.comments("one"))][1] == ()
        desk.mode.text.setFocus()
        desk.key(K.Key_Z, CONTROL)
        desk.key(K.Key_Z, CONTROL)
        assert desk.ask(lambda project: project.comments("one")) == []
        assert desk.chosen() == BOUNDARY

    review(run, worked, script)


def test_letters_typed_in_a_field_decide_nothing(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.key(K.Key_C)
        for letter in (K.Key_A, K.Key_X, K.Key_S, K.Key_J, K.Key_1, K.Key_G):
            desk.key(letter)
        assert QApplication.focusWidget() is desk.mode.side.conversation.field
        assert desk.mode.side.conversation.field.typed() == "axsj1g"
        assert desk.decisions() == []
        assert desk.chosen() == MISSING

    review(run, worked, script)


def test_keys_of_one_mode_do_nothing_in_the_other(run: Run, worked: Path) -> None:
    def script(desk: Desk) -> None:
        at = ReviewDesk(desk)
        before = at.ask(lambda project: len(project.history()))
        desk.key(K.Key_1, CONTROL)
        desk.select("The task force")
        for letter in (K.Key_A, K.Key_X, K.Key_S, K.Key_J, K.Key_C, K.Key_Delete):
            at.key(letter)
        assert at.ask(lambda project: len(project.history())) == before
        at.key(K.Key_1)
        assert [span.label for span in desk.text.spans()] == ["claim"]
        assert at.decisions() == []

    assert run(script, worked) == 0


def test_f6_goes_from_pane_to_pane_and_the_arrows_through_the_queue(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        side = desk.mode.side
        assert desk.mode.text.hasFocus()
        stops = []
        for _ in range(5):
            desk.key(K.Key_F6)
            stops.append(QApplication.focusWidget())
        wanted = [side.candidates, side.bar.reason, side.conversation.field, desk.mode.queue.view, desk.mode.text]
        assert stops == wanted
        desk.key(K.Key_F6, SHIFT)
        desk.keys(K.Key_Down, K.Key_Down)
        assert desk.chosen() == BOUNDARY
        desk.key(K.Key_Down)
        assert desk.chosen().startswith("Unanimous, 1 item")
        desk.key(K.Key_Right)
        desk.key(K.Key_Down)
        assert desk.chosen().startswith("Unanimous: actor")
        desk.key(K.Key_Return)
        assert desk.mode.text.hasFocus()

    review(run, worked, script)


@pytest.mark.parametrize("size", [(1440, 900), (900, 600)])
def test_the_panels_come_and_go(run: Run, worked: Path, size: tuple[int, int]) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.window.resize(*size)
        QTest.qWait(20)
        narrow = size[0] < 1024
        assert desk.mode.side.isVisible() is not narrow
        desk.key(K.Key_F10)
        assert desk.mode.side.isVisible() is narrow
        desk.key(K.Key_F9)
        assert not desk.mode.queue.isVisible()
        assert desk.window.actions_table["left_panel"].text() == "Que&ue panel"
        desk.key(K.Key_1, CONTROL)
        assert desk.window.mode.documents.isVisible()

    review(run, worked, script)


def test_a_candidate_that_is_longer_is_taken_as_it_is(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        desk.key(K.Key_J)
        desk.key(K.Key_2)
        assert desk.gold() == [("claim", THAT_HURTS)]

    review(run, worked, script)
