"""The list of spans, with very many of them too, and the choice among spans over each other."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.default_codebook import DEFAULT
from annotator.domain.span import Fragment, Span, text_order
from annotator.gui import style
from annotator.gui.annotate.overlap_menu import OverlapMenu
from annotator.gui.annotate.spans_list import SpansList
from annotator.gui.annotate.spans_model import SpansModel
from annotator.gui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # says the screenless platform

LIGHT = Theme.load("light")
AT = "2026-01-02T03:04:05.000Z"


def span(key: str, start: int, end: int, label: str = "claim", text: str = "") -> Span:
    return Span(key, "d", label, (Fragment(start, end),), text or f"words {start} to {end}", "Noor", AT, AT)


SIX = [
    span("e", 60, 90, "quote", "“unintended negative impact”"),
    span("a", 0, 20, "actor"),
    span("b", 0, 5, "claim"),
    span("c", 30, 80, "claim"),
    span("d", 40, 50, "actor"),
    span("f", 95, 99, "policy recommendation"),
]


@pytest.fixture
def spans(qtbot: QtBot, qapp: QApplication) -> SpansList:
    style.apply(qapp, LIGHT)
    made = SpansList(LIGHT)
    qtbot.addWidget(made)
    made.set_codebook(DEFAULT, LIGHT)
    made.resize(312, 300)
    made.set_spans(SIX)
    made.show()
    return made


def listed(spans: SpansList) -> str:
    return "".join(spans.model.span_at(row).id for row in range(spans.model.rowCount()))


def told_by(spans: SpansList) -> list[str]:
    told: list[str] = []
    spans.span_chosen.connect(told.append)
    return told


def click_row(spans: SpansList, row: int) -> None:
    place = spans.view.visualRect(spans.model.index(row)).center()
    QTest.mouseClick(spans.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_a_screen_reader_reads_label_and_words(spans: SpansList) -> None:
    spoken = QAccessible.queryAccessibleInterface(spans.view)
    assert (spoken.text(QAccessible.Text.Name), spoken.role()) == ("Spans", QAccessible.Role.List)
    assert spoken.childCount() == 6
    assert spoken.child(1).text(QAccessible.Text.Name) == "claim: “words 0 to 5”"
    assert spoken.child(1).role() == QAccessible.Role.ListItem
    rows = [spoken.child(row).rect() for row in range(6)]
    assert all(rect.height() == 28 for rect in rows)
    assert len({rect.top() for rect in rows}) == 6


def test_spans_stand_in_text_order_under_their_number(spans: SpansList) -> None:
    assert listed(spans) == "abcdef"
    assert (spans.header.count.text(), spans.header.title.accessibleName()) == ("6", "6 spans")


def test_a_click_chooses_and_is_told_once(spans: SpansList) -> None:
    told = told_by(spans)
    click_row(spans, 3)
    click_row(spans, 3)
    assert told == ["d"]


def test_choosing_from_outside_is_not_told(spans: SpansList) -> None:
    told = told_by(spans)
    spans.choose("e")
    assert (told, spans.view.currentIndex().row()) == ([], 4)
    spans.choose(None)
    assert (told, spans.view.selectionModel().selectedRows()) == ([], [])


def test_keys_walk_the_list(spans: SpansList) -> None:
    told = told_by(spans)
    spans.choose("a")
    spans.view.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Home):
        QTest.keyClick(spans.view, key)
    assert told == ["b", "f", "e", "a"]


def test_pointing_at_a_row_is_told_and_leaving_too(qtbot: QtBot, spans: SpansList) -> None:
    told: list[str | None] = []
    spans.span_hovered.connect(told.append)
    viewport = spans.view.viewport()
    QTest.mouseMove(viewport, spans.view.visualRect(spans.model.index(1)).center())
    QTest.mouseMove(viewport, spans.view.visualRect(spans.model.index(2)).center())
    QTest.mouseMove(viewport, QPoint(100, 190))
    qtbot.waitUntil(lambda: told == ["b", "c", None])


def test_a_new_span_takes_its_place_and_the_choice_stays(spans: SpansList) -> None:
    told = told_by(spans)
    spans.choose("e")
    spans.put(span("x", 1, 3))
    assert (listed(spans), spans.view.currentIndex().row(), spans.header.count.text()) == ("abxcdef", 5, "7")
    assert told == []


def test_the_chosen_span_may_move_and_change_its_label(spans: SpansList) -> None:
    told = told_by(spans)
    spans.choose("b")
    spans.put(span("b", 96, 97, "quote"))
    assert (listed(spans), spans.view.currentIndex().row(), told) == ("acdefb", 5, [])
    assert [index.row() for index in spans.view.selectionModel().selectedRows()] == [5]


def test_the_chosen_span_removed_leaves_none_chosen(spans: SpansList) -> None:
    told = told_by(spans)
    spans.choose("c")
    spans.remove("c")
    spans.remove("never there")
    assert (listed(spans), told, spans.view.selectionModel().selectedRows()) == ("abdef", [], [])


def test_one_label_alone_can_be_listed(spans: SpansList) -> None:
    spans.choose("d")
    next(action for action in spans.menu.actions() if action.text() == "claim").trigger()
    assert (listed(spans), spans.header.count.text()) == ("bc", "2 of 6")
    spans.put(span("y", 70, 71, "claim"))
    spans.put(span("z", 70, 71, "actor"))
    assert listed(spans) == "bcy"
    spans.put(span("c", 30, 80, "actor"))
    assert listed(spans) == "by"
    next(action for action in spans.menu.actions() if action.text() == "All labels").trigger()
    assert listed(spans) == "abcdeyzf"
    assert spans.view.currentIndex().row() == 3


def test_an_empty_list_says_so(spans: SpansList) -> None:
    spans.show_only("quote")
    spans.remove("e")
    assert spans.empty.isVisible()
    assert spans.empty.text.text() == "No span here is a quote."
    spans.set_spans([])
    spans.show_only(None)
    assert spans.empty.text.text() == "Nothing is tagged in this document yet."


def test_slices_of_a_long_document_come_one_after_the_other(spans: SpansList) -> None:
    resets: list[bool] = []
    spans.model.modelReset.connect(lambda: resets.append(True))
    spans.add_spans([span("g", 200, 201), span("h", 210, 211)])
    assert (listed(spans), resets) == ("abcdefgh", [])
    spans.add_spans([span("i", 10, 11), span("a", 0, 20, "actor")])
    assert listed(spans) == "abicdefgh"


def test_the_scroll_bar_comes_and_goes(qtbot: QtBot, spans: SpansList) -> None:
    bar = spans.view.verticalScrollBar()
    spans.add_spans([span(f"n{i}", 200 + i, 300 + i) for i in range(50)])
    qtbot.waitUntil(bar.isVisible)
    spans.choose("n49")
    assert bar.value() == bar.maximum() > 0
    spans.set_spans(SIX)
    qtbot.waitUntil(lambda: not bar.isVisible())


SPANS = st.builds(
    lambda key, start, length, label: span(f"s{key}", start, start + length, label),
    st.integers(0, 12),
    st.integers(0, 30),
    st.integers(1, 30),
    st.sampled_from(["claim", "quote", "actor"]),
)
STEPS = st.lists(
    st.one_of(
        SPANS.map(lambda s: ("put", s)),
        st.integers(0, 12).map(lambda key: ("remove", f"s{key}")),
        st.sampled_from([None, "claim"]).map(lambda label: ("only", label)),
        st.lists(SPANS, max_size=4).map(lambda some: ("add", some)),
    ),
    max_size=12,
)


@given(STEPS)
def test_whatever_happens_the_model_lists_the_spans_in_text_order(qapp: QApplication, steps: list[tuple]) -> None:
    model = SpansModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    wanted: dict[str, Span] = {}
    only = None
    for step, what in steps:
        if step == "put":
            model.put(what)
            wanted[what.id] = what
        elif step == "remove":
            model.remove(what)
            wanted.pop(what, None)
        elif step == "only":
            model.show_only(what)
            only = what
        else:
            model.add_spans(what)
            wanted = {new.id: new for new in what} | wanted
        shown = sorted((s for s in wanted.values() if only in (None, s.label)), key=text_order)
        assert [model.span_at(row) for row in range(model.rowCount())] == shown
        assert [model.row_of(s.id) for s in shown] == list(range(len(shown)))
    tester.deleteLater()


def test_a_hundred_thousand_spans_cost_a_change_no_more_than_a_few(spans: SpansList) -> None:
    pick = random.Random(7)
    many = [span(f"m{i}", start := pick.randrange(10_000_000), start + 20) for i in range(100_000)]

    def cost_of_a_change() -> float:
        taken = []
        for i in range(9):
            begun = time.perf_counter()
            spans.put(span(f"new{i}", 5_000_000 + i, 5_000_020))
            QApplication.processEvents()
            spans.remove(f"new{i}")
            QApplication.processEvents()
            taken.append(time.perf_counter() - begun)
        return sorted(taken)[4]

    few = cost_of_a_change()
    spans.set_spans(many)
    QApplication.processEvents()
    assert cost_of_a_change() < 3 * few + 0.01


@pytest.fixture
def overlap(qtbot: QtBot, qapp: QApplication) -> OverlapMenu:
    style.apply(qapp, LIGHT)
    menu = OverlapMenu(LIGHT)
    qtbot.addWidget(menu)
    menu.set_codebook(DEFAULT, LIGHT)
    menu.offer([SIX[3], SIX[4], SIX[0]], QPoint(50, 50))
    return menu


def picks(overlap: OverlapMenu) -> list[str]:
    told: list[str] = []
    overlap.span_picked.connect(told.append)
    return told


def test_spans_over_each_other_are_offered_shortest_first(overlap: OverlapMenu) -> None:
    assert [s.id for s in overlap.spans()] == ["d", "e", "c"]
    assert overlap.view.currentIndex().row() == 0
    spoken = QAccessible.queryAccessibleInterface(overlap.view)
    assert spoken.child(0).text(QAccessible.Text.Name) == "actor: “words 40 to 50”"


@pytest.mark.parametrize(
    ("keys", "taken"),
    [
        ([Qt.Key.Key_Return], ["d"]),
        ([Qt.Key.Key_Down, Qt.Key.Key_Enter], ["e"]),
        ([Qt.Key.Key_3], ["c"]),
        ([Qt.Key.Key_4], []),
        ([Qt.Key.Key_Escape], []),
    ],
)
def test_keys_choose_among_them(overlap: OverlapMenu, keys: list[Qt.Key], taken: list[str]) -> None:
    told = picks(overlap)
    for key in keys:
        QTest.keyClick(overlap.view, key)
    assert told == taken
    assert overlap.isVisible() == (keys == [Qt.Key.Key_4])


def test_a_click_chooses_among_them(overlap: OverlapMenu) -> None:
    told = picks(overlap)
    place = overlap.view.visualRect(overlap.model.index(1)).center()
    QTest.mouseClick(overlap.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert told == ["e"]


def test_the_row_one_is_on_is_told_until_it_closes(overlap: OverlapMenu) -> None:
    told: list[str | None] = []
    overlap.span_pointed.connect(told.append)
    QTest.keyClick(overlap.view, Qt.Key.Key_Down)
    overlap.close()
    assert told == ["e", None]


def test_a_menu_is_offered_again_with_other_spans(overlap: OverlapMenu) -> None:
    told = picks(overlap)
    overlap.close()
    overlap.offer(SIX[:2], QPoint(50, 50))
    QTest.keyClick(overlap.view, Qt.Key.Key_2)
    assert told == ["e"]
    assert overlap.model.rowCount(QModelIndex()) == 2


def test_the_chosen_row_stays_in_sight_when_the_list_gets_lower(qtbot: QtBot, spans: SpansList) -> None:
    spans.resize(300, 400)
    spans.choose("f")
    row = spans.view.currentIndex()
    spans.resize(300, spans.minimumHeight())
    qtbot.waitUntil(lambda: spans.view.viewport().height() < 4 * 28)
    assert spans.view.viewport().rect().contains(spans.view.visualRect(row))
