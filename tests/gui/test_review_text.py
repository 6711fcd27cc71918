"""What a reviewer does in the text: points at signs, clicks places, corrects a draft with mouse and keys, zooms."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.codebook import LineForm
from annotator.domain.review import Candidate, Kind, ReviewItem
from annotator.domain.shaping import End
from annotator.domain.span import Fragment, Span, span_text
from annotator.gui.review.lanes import GOLD_LANE, Lane
from annotator.gui.review.lanes_gutter import SignGutter
from annotator.gui.review.text import ReviewText
from annotator.gui.theme import LabelStyle

TEXT = "The task force said 🙂 the program distracts police.\n\nקול אחד אמר שלום\n" + "More words here. " * 900
LEFT, NONE, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
CLAIM = LabelStyle("claim", "C", LineForm.SOLID, *(QColor(c) for c in ("#ff0000", "#ffeeee", "#ffcccc", "#330000")))
ACTOR = LabelStyle("actor", "A", LineForm.THICK, *(QColor(c) for c in ("#00aa00", "#eeffee", "#ccffcc", "#003300")))


def fragments(*words: str) -> tuple[Fragment, ...]:
    starts = [TEXT.index(each) for each in words]
    return tuple(Fragment(at, at + len(each)) for at, each in zip(starts, words, strict=True))


def span(annotator: str, *words: str, label: str = "claim") -> Span:
    parts = fragments(*words)
    return Span(f"{annotator}:{words[0]}", "d", label, parts, span_text(TEXT, parts), annotator, "", "")


def lane(sign: str, name: str, *spans: Span) -> Lane:
    return Lane(sign, name, spans)


@pytest.fixture
def view(qtbot: QtBot) -> ReviewText:
    view = ReviewText()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.set_label_styles({"claim": CLAIM, "actor": ACTOR})
    view.set_text("d", TEXT)
    view.show()
    return view


def picture(view: ReviewText) -> QImage:
    QGuiApplication.processEvents()
    return view.viewport().grab().toImage()


def gutter(view: ReviewText) -> SignGutter:
    (found,) = view.findChildren(SignGutter)
    return found


def edges(view: ReviewText, words: str) -> tuple[QPoint, QPoint]:
    """Where the words' first and last letter are, on the baseline, left and right px."""
    start, end = (view._offsets.to_display(at) for at in (TEXT.index(words), TEXT.index(words) + len(words)))
    place = next(p for p in view.places() if p.position + p.row.start <= start < p.position + p.row.end)
    runs = place.runs(start - place.position, end - place.position)
    return QPoint(runs[0][0], place.baseline), QPoint(runs[-1][1], place.baseline)


def drag(view: ReviewText, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    port = view.viewport()
    QTest.mousePress(port, LEFT, keys, start)
    QTest.mouseMove(port, start + QPoint(8, 0))
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, LEFT, keys, end)


def told(view: ReviewText) -> list[str]:
    changes: list[str] = []
    view.draft_changed.connect(lambda: changes.append(words_of(view)))
    return changes


def words_of(view: ReviewText) -> str:
    draft = view.draft()
    assert draft is not None
    return span_text(TEXT, draft.fragments)


# Whose


def test_signs_stand_beside_the_lines_where_they_marked_something_and_name_them(view: ReviewText) -> None:
    view.set_lanes(
        [lane("J", "Jonas", span("J", "the program")), lane("N", "Noor"), lane("S", "Sofia", span("S", "said"))]
    )
    view.set_gold([span("gold", "police", label="actor")])
    picture(view)
    first = [sign for sign in gutter(view).signs() if sign.place.row.number == 0]
    assert sorted(sign.lane for sign in first) == [0, 2, GOLD_LANE]
    said = {sign.lane: gutter(view).said_at(sign.box.center()) for sign in first}
    assert said == {0: "Jonas", 2: "Sofia", GOLD_LANE: "Gold"}
    assert all(sign.place.row.number == 0 for sign in gutter(view).signs()), "no other line has any"
    view.verticalScrollBar().setValue(1)
    picture(view)
    assert list(gutter(view).signs()) == [], "the words are scrolled away, so are the signs of their lanes"
    view.verticalScrollBar().setValue(0)
    image = gutter(view).grab().toImage()
    for sign in first:
        across = range(sign.box.left(), sign.box.right())
        inked = {image.pixelColor(x, y).name() for x in across for y in range(sign.box.top(), sign.box.bottom())}
        assert len(inked) > 1, f"nothing is painted for lane {sign.lane}"


def test_of_five_annotators_the_sign_says_who_marked_something_on_the_line(view: ReviewText) -> None:
    names = ("Ana", "Ben", "Cleo", "Dan", "Eva")
    view.set_lanes([lane(name[0], name, *([span(name, "said")] if name != "Dan" else [])) for name in names])
    picture(view)
    (sign,) = gutter(view).signs()
    assert gutter(view).said_at(sign.box.center()).endswith("Ana, Ben, Cleo, Eva")


def test_nothing_that_is_said_of_a_span_gives_away_a_name_that_is_not_revealed(view: ReviewText) -> None:
    view.set_lanes([lane("α", "α", span("Jonas Weber", "the program"))])
    view.show_item(ReviewItem("i", "d", Kind.MISSING, (Candidate((span("Jonas Weber", "the program"),)),), (), ()), 0)
    picture(view)
    at = edges(view, "the program")[0] + QPoint(10, -5)
    said = [view.tip_at(at), view.accessibleDescription(), view.said_of(view.spans()[0])]
    assert all("Weber" not in each and "α" in each for each in said), said
    assert view.accessibleName() == "Document text"
    assert "Missing: claim. Candidate 1 of 1" in view.accessibleDescription()
    view.show_item(None)
    assert view.accessibleDescription() == ""


def test_the_lane_shows_the_item_s_span_in_place_of_a_shorter_one_as_long_as_it_is_decided_on(view: ReviewText) -> None:
    long, short = span("J", "the program distracts"), span("J", "program", label="actor")
    view.set_lanes([lane("J", "Jonas", long, short)])
    item = ReviewItem("i", "d", Kind.MISSING, (Candidate((long,)),), (), ())

    def line() -> str:
        left, right = edges(view, "program")
        return picture(view).pixelColor((left.x() + right.x()) // 2, left.y() + 6).name()

    seen = [line()]
    for shown in (item, None):
        view.show_item(shown)
        seen.append(line())
    assert seen == ["#00aa00", "#ff0000", "#00aa00"]


# What is clicked


def test_a_click_on_a_lane_s_line_names_that_annotator_s_spans_alone(view: ReviewText) -> None:
    clicked: list[list[str]] = []
    view.place_clicked.connect(clicked.append)
    view.set_lanes([lane("J", "Jonas", span("J", "the program")), lane("N", "Noor", span("N", "program"))])
    view.set_gold([span("gold", "the program distracts")])
    picture(view)
    at = edges(view, "program")[0] + QPoint(12, 0)
    for below in (7, 15, -21, 23):
        QTest.mouseClick(view.viewport(), LEFT, pos=at + QPoint(0, below))
    assert clicked == [["J:the program"], ["N:program"], ["gold:the program distracts"]], "the last lane is nobody's"
    view.show_gold(False)
    picture(view)
    QTest.mouseClick(view.viewport(), LEFT, pos=at + QPoint(0, -5))
    assert clicked[-1] == ["N:program", "J:the program"], "gold that is out can't be clicked"


def test_gold_out_and_in_again_moves_no_line_and_a_new_span_of_gold_opens_its_paragraph(view: ReviewText) -> None:
    view.set_gold([span("gold", "said")])
    before = [place.baseline for place in view.places()]
    view.show_gold(False)
    assert [place.baseline for place in view.places()] == before
    view.show_gold(True)
    view.set_gold([])
    assert view.places()[1].bottom < before[1]
    assert [place.row.pieces for place in view.places()] == [()] * len(view.places())


def test_the_right_to_left_words_have_the_line_under_them(view: ReviewText) -> None:
    view.set_lanes([lane("J", "Jonas", span("J", "אמר"))])
    image = picture(view)
    first, last = edges(view, "אמר")
    reds = [x for x in range(image.width()) if image.pixelColor(x, first.y() + 6).name() == "#ff0000"]
    assert (reds[0], reds[-1]) == (first.x() - 1, last.x())
    assert first.x() > view.viewport().width() // 2


# The draft


def test_keys_move_the_draft_s_ends_by_words_and_characters(view: ReviewText) -> None:
    changes = told(view)
    view.set_draft("claim", fragments("the program"))
    view.nudge(End.END, "right", "word")
    view.nudge(End.START, "left", "word")
    view.nudge(End.END, "left", "character")
    assert changes == ["the program distracts", "said 🙂 the program distracts", "said 🙂 the program distract"]
    view.clear_draft()
    assert view.draft() is None
    view.nudge(End.END, "right", "word")
    assert len(changes) == 3


def test_left_is_later_where_the_text_runs_from_right_to_left(view: ReviewText) -> None:
    view.set_draft("claim", fragments("אחד"))
    view.nudge(End.END, "left", "word")
    assert words_of(view) == "אחד אמר"


def test_the_mouse_drags_the_draft_s_end_and_adds_and_takes_a_fragment(view: ReviewText) -> None:
    changes = told(view)
    view.set_draft("claim", fragments("the program"))
    picture(view)
    end = edges(view, "the program")[1]
    drag(view, end + QPoint(4, 6), edges(view, "distracts")[1] + QPoint(0, -5))
    assert changes == ["the program distracts"], "told once, at the end"
    first, last = edges(view, "task force")
    drag(view, first + QPoint(2, -5), last + QPoint(-2, -5), CTRL)
    assert changes[1:] == ["task force the program distracts"]
    QTest.mouseClick(view.viewport(), LEFT, CTRL, edges(view, "task force")[0] + QPoint(6, -5))
    assert changes[2:] == ["the program distracts"]
    assert view.selection() is None


def test_a_draft_is_painted_as_the_gold_that_it_is_to_be_over_the_item(view: ReviewText) -> None:
    mine = span("J", "the program", label="actor")
    view.set_lanes([lane("J", "Jonas", mine)])
    view.show_item(ReviewItem("i", "d", Kind.BOUNDARY, (Candidate((mine,)),), (), ()), 0)
    view.set_draft("claim", fragments("program distracts"))
    image = picture(view)

    def seen(words: str, below: int) -> str:
        left, right = edges(view, words)
        return image.pixelColor((left.x() + right.x()) // 2, left.y() + below).name()

    assert [seen("distracts", y) for y in (-22, -20, 2)] == ["#ff0000", "#ff0000", "#ffcccc"]
    assert seen("the ", 2) == "#eeffee", "the candidate steps back while something is corrected"
    view.set_lanes([])
    assert words_of(view) == "program distracts", "new lanes don't take what is being corrected"
    image = picture(view)
    assert seen("distracts", -20) == "#ff0000"
    view.set_text("other", TEXT)
    assert view.draft() is None


# Reading


def test_the_wheel_zooms_keys_select_and_what_is_copied_is_the_stored_text(view: ReviewText) -> None:
    at = QPointF(200, 200)
    for _ in range(2):
        wheel = QWheelEvent(
            at, view.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase(0), False
        )
        QGuiApplication.sendEvent(view.viewport(), wheel)
    assert view.zoom_px() == 22
    view.setFocus()
    for _ in range(21):
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection() == (0, 21)
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "The task force said 🙂"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection() is None


def test_an_item_comes_a_third_down_the_page_and_its_other_candidate_does_not_move_it(view: ReviewText) -> None:
    words = [Fragment(at, at + 10) for at in (9_000, 9_040)]
    one, other = (
        Span(f"{name}:far", "d", "claim", (part,), TEXT[part.start : part.end], name, "", "")
        for name, part in zip("JN", words, strict=True)
    )
    view.set_lanes([lane("J", "Jonas", one), lane("N", "Noor", other)])
    item = ReviewItem("i", "d", Kind.BOUNDARY, (Candidate((one,)), Candidate((other,))), (), ())
    view.show_item(item, 0)
    picture(view)
    place = next(p for p in view.places() if any(piece.span is one for piece in p.row.pieces))
    third = view.viewport().height() / 3
    assert abs(place.top - third) < 52, "a row's height: the page begins with a whole one"
    scrolled = view.verticalScrollBar().value()
    view.show_item(item, 1)
    assert view.verticalScrollBar().value() == scrolled
