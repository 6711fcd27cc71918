"""The right side of Review, used by mouse and keys: candidates, decisions with a reason, drafts, the conversation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.default_codebook import DEFAULT
from annotator.domain.review import Action, Comment, Kind, ReviewItem
from annotator.gui.review.side import ReviewSide
from annotator.gui.theme import Theme
from tests.gui.review_made import LONG, SHORT, TEXT, boundary, decision, item, said, source, span

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
NAMES = {"Jonas": "Jonas Weber", "Noor": "Noor Haddad", "Sofia": "Sofia Lund"}
SIGNS = {name: name[0] for name in NAMES}
TIED = item(Kind.BOUNDARY, span("Jonas", SHORT), span("Noor", LONG), key="tied")


@dataclass
class Seat:
    """The panel, what a reviewer does with it, and what it told."""

    side: ReviewSide
    told: list[tuple[object, ...]] = field(default_factory=list)

    def show(
        self,
        shown: ReviewItem | None,
        comments: Sequence[Comment] = (),
        *,
        read_only: bool = False,
        deciding: bool = True,
    ) -> None:
        self.side.show_item(shown, 5, 23, SIGNS, NAMES, TEXT, [], comments, read_only, deciding)
        QTest.qWait(1)

    def button(self, text: str) -> QPushButton:
        found = [each for each in self.side.findChildren(QPushButton) if each.text() == text and each.isVisible()]
        assert found, f"there is no button {text!r}"
        return found[0]

    def click(self, text: str) -> None:
        QTest.mouseClick(self.button(text), Qt.MouseButton.LeftButton)

    def names(self) -> list[str]:
        model = self.side.candidates.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]

    def words(self) -> list[str]:
        return [each.text() for each in self.side.findChildren(QLabel) if each.isVisible() and each.text()]

    def type(self, into: QWidget, text: str, then: Qt.Key | None = None) -> None:
        into.setFocus()
        QTest.keyClicks(into, text)
        if then is not None:
            QTest.keyClick(into, then)


Make = Callable[..., Seat]


@pytest.fixture
def seat(qtbot: QtBot) -> Seat:
    theme = Theme.load("light")
    side = ReviewSide(theme)
    qtbot.addWidget(side)
    side.set_codebook(DEFAULT, theme)
    side.set_annotator("Ruth Feldman")
    side.resize(344, 780)
    made = Seat(side)
    for name in (
        "candidate_pointed",
        "accepted",
        "rejected",
        "deferred",
        "edit_asked",
        "relabel_asked",
        "edit_taken",
        "edit_left",
        "comment_sent",
        "comment_deleted",
    ):
        getattr(side, name).connect(lambda *values, name=name: made.told.append((name, *values)))
    side.show()
    side.activateWindow()
    qtbot.waitExposed(side)
    return made


def test_the_suggested_candidate_is_accepted_with_the_reason(seat: Seat) -> None:
    seat.show(boundary())
    assert [name.split(",")[0] for name in seat.names()] == ["1: Jonas Weber", "2: Noor Haddad"]
    assert {"Boundary", "5 of 23"} <= set(seat.words())
    seat.type(seat.side.bar.reason, "one action, one span", KEY.Key_Return)
    assert seat.side.candidates.hasFocus()
    assert seat.told == []
    seat.click("Accept 1")
    assert seat.told == [("accepted", 0, "one action, one span")]


def test_arrows_point_at_another_candidate_which_the_button_then_names(seat: Seat) -> None:
    seat.show(boundary())
    seat.side.focus_candidates()
    QTest.keyClick(seat.side.candidates, KEY.Key_Down)
    assert seat.told == [("candidate_pointed", 1)]
    assert seat.button("Accept 2").isEnabled()
    QTest.keyClick(seat.side.candidates, KEY.Key_Return)
    assert seat.told[1:] == [("accepted", 1, "")]


def test_the_pointer_shows_a_candidate_and_leaves_the_chosen_one_as_it_was(seat: Seat) -> None:
    seat.show(boundary())
    cards = seat.side.candidates
    QTest.mouseMove(cards.viewport(), cards.visualRect(cards.model().index(1, 0)).center())
    assert seat.told == [("candidate_pointed", 1)]
    assert seat.side.pointed() == 0
    QTest.mouseMove(cards.viewport(), cards.visualRect(cards.model().index(0, 0)).center())
    assert seat.told[1:] == [("candidate_pointed", 0)]


def test_a_pointer_that_rests_points_at_nothing_when_cards_come_to_lie_under_it(seat: Seat) -> None:
    seat.show(boundary())
    cards = seat.side.candidates
    under = cards.visualRect(cards.model().index(1, 0)).center()

    def move(dx: int) -> None:
        at, none = QPointF(under + QPoint(dx, 0)), Qt.MouseButton.NoButton
        whole = QPointF(QCursor.pos() + QPoint(dx, 0))
        made = QMouseEvent(QEvent.Type.MouseMove, at, whole, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(cards.viewport(), made)

    QCursor.setPos(QCursor.pos() + QPoint(40, 0))  # somewhere else since it last pointed
    seat.show(TIED)
    move(0)  # as Qt tells a widget that appears under the pointer
    assert seat.told == []
    move(3)
    assert seat.told == [("candidate_pointed", 1)]


def test_where_nothing_is_suggested_a_candidate_must_be_named(seat: Seat) -> None:
    seat.show(TIED)
    assert not seat.button("Accept").isEnabled()
    assert not seat.side.accept_suggested()
    assert not seat.side.accept(2)
    assert seat.side.accept(1)
    assert seat.told[-1] == ("accepted", 1, "")


def test_nobody_is_right_and_later_say_so_with_their_reason(seat: Seat) -> None:
    seat.show(boundary())
    seat.click("Nobody is right")
    seat.type(seat.side.bar.reason, "ask Noor")
    seat.click("Defer")
    seat.click("Edit")
    assert seat.told == [("rejected", ""), ("deferred", "ask Noor"), ("edit_asked",)]


def test_the_work_of_one_annotator_is_rejected_only_with_a_reason(seat: Seat) -> None:
    seat.show(item(Kind.SINGLE, span("Noor", SHORT)))
    seat.click("Reject")
    assert seat.told == []
    assert seat.side.bar.reason.hasFocus()
    assert any("Say why" in words for words in seat.words())
    seat.type(seat.side.bar.reason, "too long", KEY.Key_Return)
    assert seat.told == [("rejected", "too long")]
    seat.show(boundary())
    assert not any("Say why" in words for words in seat.words())


def test_thinking_better_of_a_rejection_rejects_nothing(seat: Seat) -> None:
    seat.show(item(Kind.SINGLE, span("Noor", SHORT)))
    seat.side.reject()
    QTest.keyClick(seat.side.bar.reason, KEY.Key_Escape)
    seat.type(seat.side.bar.reason, "fine after all", KEY.Key_Return)
    assert seat.told == []


def test_a_reason_that_was_begun_waits_with_its_item_and_comes_back_after_an_undo(seat: Seat) -> None:
    first = boundary()
    seat.show(first)
    seat.type(seat.side.bar.reason, "half a rea")
    seat.show(TIED)
    assert seat.side.bar.reason.typed() == ""
    seat.show(first)
    assert seat.side.bar.reason.typed() == "half a rea"
    seat.side.accept_suggested()
    seat.show(item(Kind.BOUNDARY, *first.spans, decision=decision(Action.ACCEPT, *first.sources)))
    assert seat.side.bar.reason.typed() == ""
    seat.show(first)
    assert seat.side.bar.reason.typed() == "half a rea"


def test_what_was_decided_is_shown_and_can_be_decided_again(seat: Seat) -> None:
    made = boundary()
    taken = decision(Action.ACCEPT, *made.sources, reason="It has both.", chosen=made.candidates[1].span.id)
    seat.show(item(Kind.BOUNDARY, *made.spans, decision=taken))
    assert any(words.startswith("Accepted by Ruth Feldman") for words in seat.words())
    assert "“It has both.”" in seat.words()
    seat.click("Accept 2")
    assert seat.told == [("accepted", 1, "")]


def test_an_item_that_is_open_again_says_why_and_what_was_decided_before(seat: Seat) -> None:
    old = decision(
        Action.ACCEPT, source(span("Jonas", SHORT)), result=span("g", SHORT), reason="As the guideline says."
    )
    older = decision(Action.DEFER, id="older", reason="Too early.")
    seat.show(item(Kind.BOUNDARY, span("Jonas", SHORT), span("Noor", LONG), earlier=[old, older]))
    assert {"Open again", "Noor Haddad has a span here now.", "“As the guideline says.”"} <= set(seat.words())
    assert "“Too early.”" not in seat.words()
    seat.click("1 earlier decision…")
    QTest.qWait(1)
    assert "“Too early.”" in seat.words()


def test_who_looks_at_reviewed_work_decides_nothing_and_can_comment(seat: Seat) -> None:
    made = boundary()
    seat.show(item(Kind.BOUNDARY, *made.spans, decision=decision(Action.REJECT, *made.sources)), deciding=False)
    assert not seat.side.bar.isVisible()
    assert [seat.side.accept(0), seat.side.reject(), seat.side.defer()] == [False] * 3
    seat.type(seat.side.conversation.field, "Why?", KEY.Key_Return)
    assert seat.told == [("comment_sent", "Why?")]
    seat.show(made, read_only=True)
    assert not seat.side.bar.isVisible()
    assert not seat.side.conversation.field.isVisible()


def test_a_draft_takes_the_place_of_the_candidates_until_it_is_taken_or_left(seat: Seat) -> None:
    seat.show(boundary())
    seat.side.set_editing("claim", "pursue individuals")
    assert not seat.side.candidates.isVisible()
    assert seat.side.draft.isVisible()
    assert not seat.side.accept(0)
    seat.type(seat.side.bar.reason, "shorter")
    for text in ("Another label", "Take it", "Cancel"):
        seat.click(text)
    assert seat.told == [("relabel_asked",), ("edit_taken", "shorter"), ("edit_left",)]
    seat.side.set_editing("", None)
    assert seat.side.candidates.isVisible()
    assert seat.button("Accept 1").isVisible()


def test_a_comment_is_sent_with_enter_and_grows_with_shift_and_enter(seat: Seat) -> None:
    seat.show(boundary())
    seat.side.focus_comment()
    box = seat.side.conversation.field
    high = box.height()
    QTest.keyClick(box, KEY.Key_Return)
    seat.type(box, "first")
    for _ in range(9):
        QTest.keyClick(box, KEY.Key_Return, SHIFT)
    assert high * 2 < box.height() < high * 4
    seat.type(box, "last")
    QTest.keyClick(box, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert seat.told == [("comment_sent", "first" + "\n" * 9 + "last")]
    assert box.typed() == ""
    seat.side.give_back("first")
    assert box.typed() == "first"


def test_a_comment_that_was_begun_waits_with_its_item(seat: Seat) -> None:
    seat.show(boundary())
    seat.type(seat.side.conversation.field, "I thi")
    seat.side.finish_typing()
    seat.show(TIED)
    assert seat.side.conversation.field.typed() == ""
    seat.show(boundary())
    assert seat.side.conversation.field.typed() == "I thi"
    assert seat.told == []


def test_the_conversation_is_the_items_and_the_documents_and_ones_own_can_be_deleted(seat: Seat) -> None:
    made = boundary()
    about = made.spans[0].id
    comments = [
        said("Noor", "Two <b>halves</b>.", about),
        said("Jonas", "elsewhere", "another span"),
        said("Ruth Feldman", "Is it whole?"),
    ]
    seat.show(made, comments)
    rows = seat.side.conversation.rows()
    assert [row.comment.text for row in rows] == ["Two <b>halves</b>.", "Is it whole?"]
    assert rows[0].accessibleName().startswith("Noor Haddad, ")
    assert "document" in rows[1].accessibleName()
    assert "Two <b>halves</b>." in seat.words()
    assert seat.side.conversation.count.text() == "2"
    bins = [
        each for row in rows for each in row.findChildren(QWidget) if each.accessibleName() == "Delete your comment"
    ]
    assert len(bins) == 1
    QTest.mouseClick(bins[0], Qt.MouseButton.LeftButton)
    assert seat.told == [("comment_deleted", comments[2].id)]


def test_of_a_long_conversation_the_newest_is_in_sight(seat: Seat) -> None:
    made = boundary()
    seat.show(made, [said("Noor", f"comment {n}", made.spans[0].id) for n in range(80)])
    QTest.qWait(20)
    last = seat.side.conversation.rows()[-1]
    assert not last.visibleRegion().isEmpty()
    assert len(seat.side.conversation.rows()) == 20
    seat.click("Show 60 earlier comments")
    assert len(seat.side.conversation.rows()) == 80


def test_without_an_item_there_is_the_documents_conversation(seat: Seat) -> None:
    seat.show(boundary())
    seat.show(None, [said("Noor", "about the text")])
    assert not seat.side.candidates.isVisible()
    assert not seat.side.bar.isVisible()
    assert [row.comment.text for row in seat.side.conversation.rows()] == ["about the text"]


def test_what_is_its_own_has_the_labels_tint_and_a_theme_changes_it(seat: Seat) -> None:
    def colours() -> set[str]:
        image = seat.side.candidates.grab().toImage()
        return {QColor(image.pixel(x, y)).name() for x in range(0, image.width(), 2) for y in range(image.height())}

    seat.show(boundary())
    policy = DEFAULT.label("policy recommendation")
    light, dark = (Theme.load(name).label_style(policy).strong.name() for name in ("light", "dark"))
    assert light in colours()
    seat.side.candidates.set_theme(Theme.load("dark"))
    assert dark in colours()
    assert light not in colours()


def test_all_fits_into_the_smallest_window(seat: Seat) -> None:
    many = item(Kind.BOUNDARY_AND_LABEL, *[span(f"P{n}", TEXT[n : n + 60 + n]) for n in range(12)], absent=["Noor"])
    seat.show(many)
    seat.side.resize(280, 527)
    QTest.qWait(5)
    for part in (seat.side.conversation.field, seat.button("Defer"), seat.side.bar.reason):
        low = part.mapTo(seat.side, part.rect().bottomRight())
        assert low.y() < 527 - 8
        assert low.x() <= 280 - 16
    assert seat.side.candidates.height() >= 110
