"""What is painted, where, and what assistive technology is told about it."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from annotator.domain.codebook import LineForm
from annotator.domain.relation import Relation
from annotator.domain.span import Fragment, Span
from annotator.gui.text.gutters import chips
from annotator.gui.text.layout import x_of
from annotator.gui.text.view import TextView
from annotator.gui.theme import LabelStyle

TEXT = "The task force said the program distracts police.\n\nשלום עולם\n" + "Word after word. " * 300
CLAIM = LabelStyle("claim", "C", LineForm.SOLID, *(QColor(c) for c in ("#ff0000", "#ffeeee", "#ffcccc", "#330000")))
ACTOR = LabelStyle("actor", "A", LineForm.THICK, *(QColor(c) for c in ("#00aa00", "#eeffee", "#ccffcc", "#003300")))


def span(words: str, label: str = "claim") -> Span:
    start = TEXT.index(words)
    return Span(words, "d", label, (Fragment(start, start + len(words)),), words, "Noor", "", "")


@pytest.fixture
def view(qtbot: QtBot) -> TextView:
    view = TextView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.set_label_styles({"claim": CLAIM, "actor": ACTOR})
    view.show_document(TEXT)
    view.show()
    return view


def picture(view: TextView) -> QImage:
    QGuiApplication.processEvents()
    return view.viewport().grab().toImage()


def colours(view: TextView, words: str, below: int) -> list[str]:
    """The colours in the middle of the words, so many px below the baseline."""
    image = picture(view)
    at = TEXT.index(words)
    place = next(p for p in view.places() if p.position + p.row.start <= at < p.position + p.row.end)
    ((left, right),) = place.runs(at - place.position, at - place.position + len(words))
    return [image.pixelColor((left + right) // 2, place.baseline + y).name() for y in range(below, below + 12)]


def test_the_shorter_span_lies_nearer_to_the_text(view: TextView) -> None:
    view.add_spans([span("the program distracts police"), span("program", "actor")])
    assert colours(view, "program", 6) == ["#00aa00"] * 3 + ["#ffeeee"] + ["#ff0000"] * 2 + ["#ffffff"] * 6


def test_a_third_lane_moves_the_next_line_down_by_four(view: TextView) -> None:
    def pitch() -> int:
        rows = [place for place in view.places() if not place.row.blank]
        return rows[1].baseline - rows[0].baseline

    view.add_spans([span("the program distracts police"), span("program", "actor")])
    before = pitch()
    view.put_span(span("program distracts"))
    assert (before, pitch()) == (29 + 14, 33 + 14)
    view.remove_span("program distracts")
    assert pitch() == 29 + 14


def test_a_span_that_stands_out_has_the_strong_tint(view: TextView) -> None:
    view.add_spans([span("program")])
    assert "#ffeeee" in colours(view, "program", 3)
    view.set_hovered("program")
    assert colours(view, "program", 6)[:3] == ["#ff0000"] * 3
    view.set_hovered(None)
    view.choose("program")
    assert "#ffcccc" in colours(view, "program", 3)


def test_an_arrow_touches_no_letters(view: TextView) -> None:
    view.add_spans([span("distracts police"), span("The task force", "actor"), span("said"), span("שלום", "actor")])
    last = TEXT.index("Word after word. ", 900)
    view.add_spans([Span("last", "d", "claim", (Fragment(last + 5, last + 10),), "after", "Noor", "", "")])
    for number, ends in enumerate([("distracts police", "last"), ("last", "שלום"), ("said", "The task force")]):
        view.relations.store.put(Relation(f"r{number}", "d", "said by", *ends, "Noor", ""))
    before = picture(view)
    view.relations.show_all(True)
    after = picture(view)
    drawn = [
        (x, y) for y in range(after.height()) for x in range(after.width()) if before.pixel(x, y) != after.pixel(x, y)
    ]
    assert len(drawn) > 500
    for place in view.places():
        if not place.row.blank:
            letters = range(place.baseline - 12, place.baseline + 5)
            over = [(x, y) for x, y in drawn if y in letters and x >= 8]
            assert over == [], f"an arrow runs over the letters of the line at {place.baseline}"


def test_a_margin_shows_as_many_letters_as_fit_and_counts_the_rest(view: TextView) -> None:
    words = ["The", "task", "force", "said", "the", "program", "distracts"]
    view.add_spans([span(word) for word in words])
    place = next(p for p in view.places() if p.row.begins)
    shown = [(len(boxes), more) for boxes, more in (chips(place, width, True) for width in (160, 64, 20))]
    assert shown == [(4, 3), (1, 6), (1, 6)]


def test_a_right_to_left_paragraph_begins_at_the_right(view: TextView) -> None:
    at = TEXT.index("שלום")
    place = next(p for p in view.places() if p.position + p.row.start <= at < p.position + p.row.end)
    ((_, right),) = place.runs(at - place.position, at - place.position + 1)
    assert abs(right - (view.viewport().width() - 8)) <= 2


def test_spans_are_list_items_that_can_be_pressed(view: TextView) -> None:
    view.add_spans([span("program"), span("The task force", "actor")])
    picture(view)
    listed = QAccessible.queryAccessibleInterface(view._accessible_spans)
    items = [listed.child(i) for i in range(listed.childCount())]
    names = [item.text(QAccessible.Text.Name) for item in items]
    assert names == ["actor: “The task force”", "claim: “program”"]
    items[1].actionInterface().doAction("Press")
    assert view.chosen_span() == "program"
    assert view.accessibleName() == "Document text"


def test_accessible_characters_are_where_they_are_painted_also_after_scrolling(view: TextView) -> None:
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    for scrolled in (0, 20):
        view.verticalScrollBar().setValue(scrolled)
        picture(view)
        place = view.places()[12]
        at = place.row.start + 3
        ((left, _),) = place.runs(at, at + 1)
        rect = text.characterRect(place.position + at)
        assert abs(rect.left() - view.viewport().mapToGlobal(QPoint(left, 0)).x()) <= 1
        assert rect.top() < view.viewport().mapToGlobal(QPoint(0, place.baseline)).y() < rect.bottom()
        assert text.offsetAtPoint(rect.center()) == place.position + at


@pytest.mark.parametrize(
    "text",
    [
        "Where Te and AV. kern, a line’s last letter keeps its width. " * 40,
        "tabs\tand\u00a0blanks \u3000 that no break ends\u00a0\n" * 20,
        "a 😀 and 👩‍👩‍👧 stand in words 𝒶𝒷𝒸 " * 40,
        "其实每一行都没有空格但是必须断开" * 40,
        "fi ffi ﬁ f̈i e\u0301e\u0301 \u200bzero\u200b-\u00adwidth\u00ad " * 40,
        "word " * 90 + "\n" + "\u202aword " * 90,
    ],
)
def test_a_line_begins_and_ends_where_its_first_and_last_letters_do(view: TextView, text: str) -> None:
    view.show_document(text)
    picture(view)
    known = [place for place in view.places() if place.row.edges]
    for place in known:
        line, row = place.layout.lineAt(place.row.number), place.row
        assert row.edges == pytest.approx((x_of(line, row.start), x_of(line, row.shown)), abs=1)
    assert known or "\u202a" in text or "\u3000" in text


def test_a_look_of_a_label_that_changes_changes_its_letters_in_the_margin(view: TextView) -> None:
    view.add_spans([span("the program")])

    def margin() -> set[str]:
        QGuiApplication.processEvents()
        image = view._chips.grab().toImage()
        (chip,), _ = chips(next(place for place in view.places() if place.row.begins), view._chips.width(), names=True)
        box = chip.box
        return {image.pixelColor(x, box.center().y()).name() for x in range(box.left(), box.right())}

    assert "#ffcccc" in margin()
    view.set_label_styles({"claim": LabelStyle("claim", "C", LineForm.SOLID, *([QColor("#0000ff")] * 4))})
    assert margin() == {"#0000ff"}
