"""What a reviewer sees in the text, asked of `ReviewText` from outside: gold, lanes, the tint of the item."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.codebook import LineForm
from annotator.domain.review import Candidate, Kind, ReviewItem
from annotator.domain.shaping import End
from annotator.domain.span import Fragment, Span
from annotator.gui.review.lanes import Lane
from annotator.gui.review.text import ReviewText
from annotator.gui.text.handles import handles
from annotator.gui.theme import LabelStyle

PARAGRAPHS = "The task force said the program distracts police.\n\nNobody tagged this.\nNor this one.\n"
TEXT = PARAGRAPHS + "More words. " * 2_000
WHITE = "#ffffff"
CLAIM = LabelStyle("claim", "C", LineForm.SOLID, *(QColor(c) for c in ("#ff0000", "#ffeeee", "#ffcccc", "#330000")))
ACTOR = LabelStyle("actor", "A", LineForm.SOLID, *(QColor(c) for c in ("#00aa00", "#eeffee", "#ccffcc", "#003300")))


def span(words: str, annotator: str, label: str = "claim", text: str = TEXT) -> Span:
    start = text.index(words)
    fragments = (Fragment(start, start + len(words)),)
    return Span(f"{annotator}:{words}", "d", label, fragments, words, annotator, "", "")


def item_of(*spans: Span) -> ReviewItem:
    return ReviewItem("i", "d", Kind.BOUNDARY, tuple(Candidate((each,)) for each in spans), (), ())


def lanes_of(*spans: Span, names: str = "JNS") -> list[Lane]:
    return [Lane(name, f"Person {name}", tuple(s for s in spans if s.annotator == name)) for name in names]


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


def middle_of(view: ReviewText, words: str, text: str = TEXT) -> QPoint:
    """The middle of the words, on their baseline. Places are in UTF-16 units, as Qt counts."""
    units = len(text[: text.index(words)].encode("utf-16-le")) // 2
    width = len(words.encode("utf-16-le")) // 2
    place = next(p for p in view.places() if p.position + p.row.start <= units < p.position + p.row.end)
    ((left, right),) = place.runs(units - place.position, units - place.position + width)
    return QPoint((left + right) // 2, place.baseline)


def column(view: ReviewText, words: str, first: int, last: int, text: str = TEXT) -> list[str]:
    """The colours in the middle of the words, from `first` to before `last` px below the baseline."""
    image, at = picture(view), middle_of(view, words, text)
    return [image.pixelColor(at.x(), at.y() + y).name() for y in range(first, last)]


def test_each_annotator_has_a_lane_of_their_own_eight_px_below_the_last(view: ReviewText) -> None:
    view.set_lanes(lanes_of(span("the program", "J"), span("the program", "S", "actor")))
    below = column(view, "the program", 6, 26)
    assert [k for k, colour in enumerate(below) if colour == "#ff0000"] == [0, 1], "the first lane"
    assert [k for k, colour in enumerate(below) if colour == "#00aa00"] == [16, 17], "the third; the second is empty"


def test_gold_stands_above_the_text_until_it_is_put_out(view: ReviewText) -> None:
    view.set_lanes(lanes_of(span("the program", "J")))
    view.set_gold([span("the program", "gold", "actor")])
    assert column(view, "the program", -24, -16).count("#00aa00") == 3
    view.show_gold(False)
    assert "#00aa00" not in column(view, "the program", -24, -16)


def test_only_a_paragraph_with_spans_opens(view: ReviewText) -> None:
    shut = middle_of(view, "Nor this one").y() - middle_of(view, "Nobody tagged").y()
    before = middle_of(view, "Nobody tagged").y()
    view.set_lanes(lanes_of(span("the program", "J")))
    assert middle_of(view, "Nor this one").y() - middle_of(view, "Nobody tagged").y() == shut == 29
    assert middle_of(view, "Nobody tagged").y() - before == 52 - 29


def test_only_the_item_is_tinted_and_the_candidate_pointed_at_strongly(view: ReviewText) -> None:
    one, other, apart = span("the program", "J"), span("distracts", "N"), span("task force", "S", "actor")
    view.set_lanes(lanes_of(one, other, apart))
    assert set(column(view, "task force", 2, 5)) == {WHITE}, "nothing is tinted without an item"
    view.show_item(item_of(one, other), 0)
    assert "#ffcccc" in column(view, "the program", 2, 6), "pointed at"
    assert "#ffeeee" in column(view, "distracts", 2, 6), "of the item"
    assert not {"#eeffee", "#ccffcc"} & set(column(view, "task force", 2, 6)), "of no item"
    view.show_item(item_of(one, other), 1)
    assert "#ffeeee" in column(view, "the program", 2, 6)
    assert "#ffcccc" in column(view, "distracts", 2, 6)


def test_an_item_far_below_comes_into_sight_and_stays_where_it_is_if_it_is_there(view: ReviewText) -> None:
    far = Span("far", "d", "claim", (Fragment(20_000, 20_010),), TEXT[20_000:20_010], "J", "", "")
    view.set_lanes(lanes_of(far))
    view.show_item(item_of(far), 0)
    scrolled = view.verticalScrollBar().value()
    assert scrolled > 0
    view.show_item(item_of(far), None)
    assert view.verticalScrollBar().value() == scrolled


def test_an_emoji_before_them_moves_no_line(qtbot: QtBot) -> None:
    text = "A 🙂 said the program distracts."
    view = ReviewText()
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.set_label_styles({"claim": CLAIM})
    view.set_text("d", text)
    view.set_lanes(lanes_of(span("program", "J", text=text)))
    view.show()
    assert "#ff0000" in column(view, "program", 6, 8, text)
    assert "#ff0000" not in column(view, "said", 6, 8, text)


def test_a_click_names_all_spans_of_the_place_shortest_first(view: ReviewText) -> None:
    clicked: list[list[str]] = []
    view.place_clicked.connect(clicked.append)
    view.set_lanes(lanes_of(span("the program distracts", "J"), span("program", "N")))
    view.set_gold([span("the program", "gold")])
    picture(view)
    at = middle_of(view, "program") - QPoint(0, 5)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert clicked == [["N:program", "gold:the program", "J:the program distracts"]]


def test_the_mouse_selects_what_nobody_tagged(view: ReviewText) -> None:
    picture(view)
    port, left, at = view.viewport(), Qt.MouseButton.LeftButton, middle_of(view, "Nobody tagged this") - QPoint(0, 5)
    QTest.mousePress(port, left, pos=at)
    QTest.mouseMove(port, at + QPoint(60, 0))
    QTest.mouseRelease(port, left, pos=at + QPoint(60, 0))
    selected = view.selection()
    assert selected is not None
    assert TEXT[slice(*selected)] in "Nobody tagged this."


def test_five_annotators_share_two_lanes(view: ReviewText) -> None:
    agreed = [span("the program", name) for name in "ABC"]
    view.set_lanes(lanes_of(*agreed, span("distracts", "D", "actor"), names="ABCDE"))
    agreeing = [k for k, colour in enumerate(column(view, "the program", 6, 40)) if colour == "#ff0000"]
    assert agreeing == [0, 1], "three who agree are one line, in the first lane"
    alone = [k for k, colour in enumerate(column(view, "distracts", 6, 40)) if colour == "#00aa00"]
    assert alone == [8, 9], "one of five is in the lane of those who don't agree"


def test_lanes_grow_with_the_text(view: ReviewText) -> None:
    view.set_lanes(lanes_of(span("the program", "S")))
    view.set_zoom_px(36)
    below = column(view, "the program", 40, 54)
    assert [k + 40 for k, colour in enumerate(below) if colour == "#ff0000"] == [44, 45, 46, 47]


def test_a_draft_follows_keys_and_mouse_and_tells_of_it(view: ReviewText) -> None:
    start = TEXT.index("the program")
    changed: list[bool] = []
    view.draft_changed.connect(lambda: changed.append(True))
    view.set_draft("claim", (Fragment(start, start + len("the program")),))
    view.nudge(End.END, "right", "word")
    view.nudge(End.START, "right", "character")
    assert drafted(view) == "he program distracts"
    assert len(changed) == 2
    picture(view)
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    handle = next(
        handle
        for place in view.places()
        for piece in place.row.pieces
        for handle in handles(place, piece, view.metrics())
        if piece.span.text == "he program distracts" and handle.end is End.END
    )
    at, to = handle.hit.center().toPoint(), middle_of(view, "police")
    QTest.mousePress(port, left, pos=at)
    QTest.mouseMove(port, (at + to) / 2)
    QTest.mouseMove(port, to)
    QTest.mouseRelease(port, left, pos=to)
    assert drafted(view) == "he program distracts police"
    assert len(changed) == 3
    view.clear_draft()
    assert view.draft() is None


def drafted(view: ReviewText) -> str:
    draft = view.draft()
    assert draft is not None
    return TEXT[draft.fragments[0].start : draft.fragments[-1].end]


def test_a_line_from_right_to_left_has_its_lanes_under_its_words(qtbot: QtBot) -> None:
    text = "שלום עולם טוב"
    view = ReviewText()
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.set_label_styles({"claim": CLAIM})
    view.set_text("d", text)
    view.set_lanes(lanes_of(span("שלום", "J", text=text)))
    view.show()
    assert "#ff0000" in column(view, "שלום", 6, 8, text)
    assert "#ff0000" not in column(view, "טוב", 6, 8, text)


def test_a_screen_reader_is_told_the_item_under_the_names_that_may_be_known(view: ReviewText) -> None:
    one = span("the program", "J")
    view.set_lanes([Lane("α", "α", (one,))])
    view.show_item(item_of(one), 0)
    assert view.accessibleName() == "Document text"
    said = view.accessibleDescription()
    assert "the program" in said
    assert "α" in said
    assert "J" not in said
