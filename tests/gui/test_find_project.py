"""Finding in all documents: hits in context, picked, shown in the text, tagged in one change."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

import annotator
from annotator.domain.search import Hit, Places
from annotator.gui.find.hits_model import BLOCK, HitsModel
from annotator.gui.find.hits_view import HitsView
from annotator.gui.find.in_project import FindInProject
from annotator.gui.streams import Stream
from annotator.gui.theme import Theme
from tests.gui.conftest import Desk, Run
from tests.gui.test_annotating import sample, spans_on_disk

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORDS = "Secure Communities"
ALL = "30 hits in 5 documents"


def finding(desk: Desk) -> FindInProject:
    return desk.window.mode.finding.pane()


def said(desk: Desk) -> str:
    return finding(desk).pane.count.text()


def search(desk: Desk, words: str, result: str = ALL) -> QLineEdit:
    desk.key(KEY.Key_F, CTRL | SHIFT)
    field = desk.named("Find in project")
    assert isinstance(field, QLineEdit)
    desk.wait(field.hasFocus, "the field to have the keyboard")
    QTest.keyClicks(field, words)
    desk.wait(lambda: said(desk) == result, f"{result}")
    return field


def press_row(desk: Desk, row: int, x: int = 400) -> None:
    view = finding(desk).pane.view
    index = view.model().index(row, 0)
    view.scrollTo(index)
    rect = view.visualRect(index)
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(x, rect.center().y()))


def name_of(desk: Desk, row: int) -> str:
    return str(finding(desk).model.index(row).data(Qt.ItemDataRole.AccessibleTextRole))


def tagged_as(desk: Desk, row: int, label: str) -> None:
    index = finding(desk).model.index(row)
    wanted = f"Tagged as {label}" if label else "Not tagged"
    desk.wait(lambda: index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == wanted, wanted)


def tick(desk: Desk, row: int) -> None:
    press_row(desk, row, x=20)


def test_every_hit_is_listed_in_context_under_its_document(run: Run) -> None:
    def script(desk: Desk) -> None:
        search(desk, "secure communities")
        model = finding(desk).model
        rows = range(model.rowCount())
        assert len([row for row in rows if model.heading_at(row)]) == 5
        desk.wait(lambda: "protests at Secure Communities task force" in name_of(desk, 1), "the words around")
        assert model.index(1).data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Not tagged"
        assert desk.named("Hits").isVisible()

    run(script)


def test_a_number_key_in_the_list_tags_all_hits_in_one_step_and_one_undo_takes_it_back(run: Run) -> None:
    def script(desk: Desk) -> None:
        field = search(desk, "secure communities")
        QTest.keyClick(field, KEY.Key_Return)
        assert finding(desk).pane.view.hasFocus()
        desk.key(KEY.Key_3)
        desk.wait(lambda: said(desk) == "30 tagged as actor", f"it to be told, now {said(desk)}")
        desk.settle()
        assert len(spans_on_disk(sample())) == 30
        assert len(desk.spans()) == 5
        tagged_as(desk, 1, "actor")
        desk.key(KEY.Key_3)
        desk.wait(lambda: said(desk) == "0 tagged as actor, 30 were tagged already", "what was there already")
        assert desk.window.actions_table["undo"].text() == "&Undo tag 30 actor"
        desk.key(KEY.Key_Z, CTRL)
        desk.wait(lambda: not desk.spans(), "the undo")
        desk.settle()
        assert spans_on_disk(sample()) == []
        tagged_as(desk, 1, "")

    run(script)


def test_picked_hits_alone_are_tagged_by_the_mouse(run: Run) -> None:
    def script(desk: Desk) -> None:
        search(desk, WORDS)
        tick(desk, 1)
        tick(desk, 3)
        button = finding(desk).pane.tag
        assert button.text() == "Tag 2 picked as…"
        QTest.mouseClick(button, LEFT)
        menu = finding(desk).pane.menu
        desk.wait(menu.isVisible, "the labels")
        action = next(action for action in menu.actions() if action.text().startswith("claim"))
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        desk.wait(lambda: said(desk) == "2 tagged as claim", f"it to be told, now {said(desk)}")

    run(script)
    assert spans_on_disk(sample()) == [("claim", WORDS)] * 2


def test_boxes_pick_one_hit_a_document_or_all_and_space_does_too(run: Run) -> None:
    def script(desk: Desk) -> None:
        field = search(desk, WORDS)
        tick(desk, 0)
        assert finding(desk).pane.tag.text() == "Tag 5 picked as…"
        tick(desk, 1)
        assert finding(desk).pane.tag.text() == "Tag 4 picked as…"
        QTest.keyClick(field, KEY.Key_Down)
        desk.key(KEY.Key_Space)
        assert finding(desk).pane.tag.text() == "Tag 5 picked as…"
        every = desk.named("Pick all hits")
        QTest.mouseClick(every, LEFT, pos=QPoint(10, every.height() // 2))
        assert finding(desk).model.picked_count() == 30
        QTest.mouseClick(every, LEFT, pos=QPoint(10, every.height() // 2))
        assert finding(desk).model.picked_count() == 0
        desk.named("Hits").setFocus()
        desk.key(KEY.Key_A, CTRL)
        assert finding(desk).model.picked_count() == 30

    run(script)


def test_a_click_or_enter_shows_the_hit_in_the_text_above(run: Run) -> None:
    def script(desk: Desk) -> None:
        search(desk, WORDS)
        model = finding(desk).model
        row = next(n for n in range(6, model.rowCount()) if model.heading_at(n)) + 1
        hit = model.first_hit_in(row)
        assert hit
        document, start, end = hit
        press_row(desk, row)
        desk.wait(lambda: desk.text.selection() == (start, end), "the hit to be selected in the text")
        assert desk.window.mode.loader.document_id == document
        assert finding(desk).pane.view.hasFocus()
        desk.key(KEY.Key_Up)
        desk.key(KEY.Key_Up)
        desk.key(KEY.Key_Return)
        desk.wait(lambda: desk.window.mode.loader.document_id != document, "the document before")

    run(script)


def test_filters_keep_outlets_dates_states_and_labels(run: Run) -> None:
    def script(desk: Desk) -> None:
        search(desk, WORDS)
        QTest.mouseClick(finding(desk).pane.show_filters, LEFT)
        filters = finding(desk).pane.filters
        choose(filters.outlet, "CNN")
        desk.wait(lambda: said(desk).endswith("in 1 document"), "the outlet")
        QTest.mouseClick(desk.named("Clear filters"), LEFT)
        desk.wait(lambda: said(desk) == ALL, "no filter")
        filters.since.setFocus()
        QTest.keyClicks(filters.since, "2011-09-17")
        desk.wait(lambda: said(desk).endswith("in 1 document"), "the date")
        filters.reset()
        choose(filters.state, "Done")
        heading = finding(desk).pane.empty.heading
        desk.wait(lambda: heading.isVisible() and heading.text() == "Nothing found", "nothing to be done yet")
        QTest.mouseClick(finding(desk).pane.empty.button, LEFT)
        desk.wait(lambda: said(desk) == ALL, "everything again")

    run(script)


def test_a_date_that_is_not_finished_leaves_nothing_out_and_is_marked(run: Run) -> None:
    def script(desk: Desk) -> None:
        search(desk, WORDS)
        QTest.mouseClick(finding(desk).pane.show_filters, LEFT)
        since = finding(desk).pane.filters.since
        since.setFocus()
        QTest.keyClicks(since, "2011-")
        assert since.accessibleDescription().startswith("Not a date yet")
        QTest.qWait(300)
        assert said(desk) == ALL
        QTest.keyClicks(since, "09-17")
        assert since.accessibleDescription() == ""
        desk.wait(lambda: said(desk).endswith("in 1 document"), "the date")

    run(script)


def test_a_figure_pressed_in_a_filter_tags_nothing(run: Run) -> None:
    def script(desk: Desk) -> None:
        search(desk, WORDS)
        QTest.mouseClick(finding(desk).pane.show_filters, LEFT)
        finding(desk).pane.filters.outlet.setFocus()
        desk.key(KEY.Key_3)
        assert "Go to the list of hits first" in desk.window.foot.hint.text()
        desk.settle()

    run(script)
    assert spans_on_disk(sample()) == []


def test_labels_are_offered_by_l_in_the_list_and_renaming_one_follows(run: Run) -> None:
    def script(desk: Desk) -> None:
        field = search(desk, WORDS)
        QTest.keyClick(field, KEY.Key_Return)
        desk.key(KEY.Key_L)
        menu = finding(desk).pane.menu
        desk.wait(menu.isVisible, "the labels")
        QTest.keyClick(menu, KEY.Key_Return)
        desk.wait(lambda: said(desk) == "30 tagged as claim", f"it to be told, now {said(desk)}")
        worker = desk.window.worker
        assert worker
        worker.write(lambda project: project.change_label("claim", name="assertion"))
        index = finding(desk).model.index
        role = Qt.ItemDataRole.AccessibleDescriptionRole
        desk.wait(lambda: said(desk) == ALL and index(1).data(role) == "Tagged as assertion", "the new name")

    run(script)


def choose(choice: QComboBox, text: str) -> None:
    choice.setFocus()
    QTest.keyClick(choice, KEY.Key_Home)
    while choice.currentText() != text:
        QTest.keyClick(choice, KEY.Key_Down)


def test_only_what_is_not_tagged_yet_is_listed_with_that_filter(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        search(desk, WORDS)
        QTest.mouseClick(finding(desk).pane.show_filters, LEFT)
        choose(finding(desk).pane.filters.label, "Not in actor")
        desk.wait(lambda: said(desk) == "29 hits in 5 documents", f"one hit less, now {said(desk)}")
        choose(finding(desk).pane.filters.label, "Inside actor")
        desk.wait(lambda: said(desk) == "1 hit in 1 document", "the one")

    run(script)


def test_every_occurrence_of_the_chosen_span_is_found_tagged_or_not(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.key(KEY.Key_O, SHIFT)
        desk.wait(lambda: said(desk).endswith("in 5 documents"), "the occurrences")
        model = finding(desk).model
        told: list[object] = []

        def all_read() -> bool:
            told[:] = (model.index(row).data(Qt.ItemDataRole.AccessibleDescriptionRole) for row in hits)
            return all(told)

        hits = [row for row in range(model.rowCount()) if not model.heading_at(row)]
        desk.wait(all_read, "the words around all")
        assert told.count("Tagged as actor") == 1
        assert told.count("Not tagged") > 20
        assert desk.named("Match case").property("checked") is True

    run(script)


def test_an_expression_that_is_wrong_is_told_where_the_hits_would_be(run: Run) -> None:
    def script(desk: Desk) -> None:
        field = search(desk, WORDS)
        QTest.mouseClick(desk.named("Regular expression"), LEFT)
        field.setFocus()
        QTest.keyClicks(field, "(")
        empty = finding(desk).pane.empty
        desk.wait(lambda: empty.isVisible() and "missing )" in empty.text.text(), "the message")

    run(script)


def test_escape_closes_and_leaves_the_keyboard_in_the_text(run: Run) -> None:
    def script(desk: Desk) -> None:
        field = search(desk, WORDS)
        QTest.keyClick(field, KEY.Key_Escape)
        assert not finding(desk).is_open()
        assert desk.text.hasFocus()
        desk.key(KEY.Key_F, CTRL | SHIFT)
        assert said(desk) == ALL, "what was found is still there"

    run(script)


def test_f6_leads_into_the_pane_and_out_of_it(run: Run) -> None:
    def script(desk: Desk) -> None:
        search(desk, WORDS)
        names = []
        for _ in range(3):
            desk.key(KEY.Key_F6)
            focused = QApplication.focusWidget()
            names.append(focused.accessibleName() if focused else "")
        assert names[0] == "Hits"

    run(script)


def test_what_another_program_tags_shows_in_the_list(run: Run) -> None:
    def script(desk: Desk) -> None:
        search(desk, WORDS)
        model = finding(desk).model
        hit = model.first_hit_in(1)
        assert hit
        with annotator.open(sample()) as other:
            other.tag(hit[0], "quote", *hit[1:])
        role = Qt.ItemDataRole.AccessibleDescriptionRole
        desk.wait(lambda: model.index(1).data(role) == "Tagged as quote", "the other program's span")

    run(script)


def test_a_search_that_is_not_seen_lets_others_go_first(run: Run) -> None:
    def script(desk: Desk) -> None:
        search(desk, WORDS)
        stream = Stream(lambda _: iter(()), print, print, print)
        finding(desk)._stream = stream
        patient = list[bool]()
        for mode in ("Review", "Annotate"):
            desk.window.modes.enter(mode)
            patient.append(stream.patient)
        assert patient == [True, False]
        finding(desk)._stream = None

    run(script)


def test_a_read_only_project_is_searched_but_not_tagged(run: Run, study: Path) -> None:
    study.chmod(0o444)

    def script(desk: Desk) -> None:
        search(desk, WORDS)
        assert not finding(desk).pane.tag.isEnabled()

    run(script, study)
    study.chmod(0o644)


def test_the_words_around_a_hit_are_read_for_the_rows_in_sight_alone(qtbot: QtBot) -> None:
    model = HitsModel(lambda _: None)
    asked: list[range] = []
    model.needed.connect(asked.append)
    model.add(Places((f"d{n // 3}", n % 3, n % 3 + 1) for n in range(30_000)))
    view = HitsView(model, Theme.load("light"))
    qtbot.addWidget(view)
    view.resize(400, 300)
    with qtbot.waitExposed(view):
        view.show()
    view.viewport().repaint()
    assert asked == [range(BLOCK)]
    asked.clear()
    view.scrollTo(model.index(20_000))
    view.viewport().repaint()
    seen = list(asked)
    assert model.rowCount() == 40_000
    assert 1 <= len(seen) <= 2
    for numbers in seen:
        model.put(numbers, [Hit(*place, "", "x", "") for place in model.places(numbers)])
    view.viewport().repaint()
    assert asked == seen, "what was asked for once is not asked for again"
    model.read_again()
    view.viewport().repaint()
    assert asked == [*seen, *seen], "after a change it is, where it is in sight"


@given(st.lists(st.integers(1, 4), min_size=1, max_size=8), st.data())
def test_rows_and_picks_of_hits_are_those_under_their_documents(counts: list[int], data: st.DataObject) -> None:
    model = HitsModel(lambda _: None)
    places = [(f"d{number}", at, at + 1) for number, count in enumerate(counts) for at in range(count)]
    cut = data.draw(st.integers(0, len(places)))
    model.add(Places(places[:cut]))
    model.add(Places(places[cut:]))
    rows: list[object] = []
    for number, count in enumerate(counts):
        rows += [f"d{number}", *(place for place in places if place[0] == f"d{number}")]
        assert list(model.places_in(f"d{number}")) == [(at, at + 1) for at in range(count)]
    headings = [model.heading_at(row) for row in range(model.rowCount())]
    assert [each.document if each else model.first_hit_in(row) for row, each in enumerate(headings)] == rows
    picked: set[object] = set()
    for row in data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=4)):
        under = {place for place in places if place[0] == rows[row]} if isinstance(rows[row], str) else {rows[row]}
        picked = picked - under if under <= picked else picked | under
        model.toggle(row)
    first, last = sorted(data.draw(st.tuples(st.integers(0, len(rows) - 1), st.integers(0, len(rows) - 1))))
    model.pick(first, last)
    picked |= {row for row in rows[first : last + 1] if isinstance(row, tuple)}
    chosen = model.chosen()
    assert list(chosen) == list(chosen) == [place for place in places if not picked or place in picked]
    assert (len(chosen), model.picked_count()) == (len(picked or places), len(picked))
