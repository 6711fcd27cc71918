"""The chosen span gets other ends, further fragments and duplicates: with the mouse, and with keys."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

import annotator
from annotator.domain.shaping import End
from annotator.gui.text.handles import handles
from annotator.settings import Settings
from tests.gui.conftest import Desk, Run

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
WORDS = "Latino activists"  # … task force hearings, where Latino activists denounced the program that has resulted …


def on_disk() -> list[tuple[str, str]]:
    with annotator.open(Path(Settings.load().last_project)) as project:
        return [(span.label, span.text) for document in project.documents for span in project.spans(document.id)]


def texts(desk: Desk) -> list[str]:
    return [span.text for span in desk.text.spans()]


def chosen_text(desk: Desk) -> str:
    span = desk.text.span(desk.text.chosen_span() or "")
    return span.text if span else ""


def handle(desk: Desk, end: End) -> QPoint:
    view = desk.text
    (found,) = (
        each.centre.toPoint()
        for place in view.places()
        for piece in place.row.pieces
        if piece.span.id == view.chosen_span()
        for each in handles(place, piece, view._metrics)
        if each.end is end
    )
    return found


def at(desk: Desk, words: str) -> QPoint:
    """Inside the first letter of the words."""
    return desk._point(desk.stored().index(words)) + QPoint(3, 0)


def held(desk: Desk, start: QPoint, to: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press and move; the button stays down."""
    QTest.mousePress(desk.text.viewport(), LEFT, modifiers, start)
    QTest.mouseMove(desk.text.viewport(), (start + to) / 2)
    QTest.mouseMove(desk.text.viewport(), to)


def drag(desk: Desk, start: QPoint, to: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    held(desk, start, to, modifiers)
    QTest.mouseRelease(desk.text.viewport(), LEFT, modifiers, to)


def drag_end(desk: Desk, end: End, words: str) -> None:
    """Drag a handle to where its end stands before the words' second letter."""
    drag(desk, handle(desk, end), at(desk, words) + QPoint(3, 0))


def test_an_end_is_dragged_by_whole_words_and_is_on_disk_afterwards(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        drag_end(desk, End.END, "program that")
        assert texts(desk) == ["Latino activists denounced the program"]
        desk.settle()
        drag_end(desk, End.START, "hearings")
        desk.settle()
        assert desk.spans() == ["actor: “hearings, where Latino activists denounced the program”"]
        assert desk.window.actions_table["undo"].text() == "&Undo resize actor"

    run(script)
    assert on_disk() == [("actor", "hearings, where Latino activists denounced the program")]


def test_an_end_is_dragged_by_characters_while_snapping_is_off(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.key(KEY.Key_W)
        drag_end(desk, End.END, "denounced")
        desk.settle()

    run(script)
    assert on_disk() == [("actor", WORDS + " d")]


def test_the_page_shows_the_drag_and_escape_puts_it_back(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        held(desk, handle(desk, End.END), at(desk, "program that") + QPoint(3, 0))
        assert texts(desk) == ["Latino activists denounced the program"]
        desk.key(KEY.Key_Escape)
        assert texts(desk) == [WORDS]
        QTest.mouseMove(desk.text.viewport(), at(desk, "resulted"))
        QTest.mouseRelease(desk.text.viewport(), LEFT, NONE, at(desk, "resulted"))
        assert chosen_text(desk) == WORDS
        assert desk.window.actions_table["undo"].text() == "&Undo tag actor"

    run(script)
    assert on_disk() == [("actor", WORDS)]


def test_a_drag_past_the_other_end_leaves_one_word(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        drag_end(desk, End.END, "Before the")
        desk.settle()

    run(script)
    assert on_disk() == [("actor", "Latino")]


def test_the_mouse_shows_where_a_handle_is_and_a_click_on_it_changes_nothing(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        port, place = desk.text.viewport(), handle(desk, End.START)
        QTest.mouseMove(port, place + QPoint(-15, -14))
        assert port.cursor().shape() is Qt.CursorShape.SizeHorCursor
        QTest.mouseMove(port, place + QPoint(4, 12))
        assert port.cursor().shape() is Qt.CursorShape.IBeamCursor
        QTest.mouseClick(port, LEFT, NONE, handle(desk, End.END) - QPoint(4, 4))
        assert chosen_text(desk) == WORDS

    run(script)
    assert on_disk() == [("actor", WORDS)]


def test_the_page_scrolls_along_with_an_end_held_at_its_edge(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        port = desk.text.viewport()
        held(desk, handle(desk, End.END), QPoint(200, port.height() - 2))
        bar = desk.text.verticalScrollBar()
        desk.wait(lambda: bar.value() == bar.maximum(), "the end of the document")
        QTest.mouseRelease(port, LEFT, NONE, QPoint(200, port.height() - 2))
        desk.settle()
        (span,) = desk.text.spans()
        assert span.text.startswith(WORDS)
        assert span.end > len(desk.stored()) - 400

    run(script)


def test_an_undo_during_a_drag_wins(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.key(KEY.Key_Right, ALT)
        desk.settle()
        held(desk, handle(desk, End.END), at(desk, "resulted"))
        desk.key(KEY.Key_Z, CTRL)
        desk.wait(lambda: texts(desk) == [WORDS], "the undo")
        QTest.mouseMove(desk.text.viewport(), at(desk, "program that"))
        QTest.mouseRelease(desk.text.viewport(), LEFT, NONE, at(desk, "program that"))
        desk.settle()

    run(script)
    assert on_disk() == [("actor", WORDS)]


def test_keys_move_both_ends_by_words_and_characters_in_one_undoable_step(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        for key, modifiers, expected in (
            (KEY.Key_Right, ALT, "Latino activists denounced"),
            (KEY.Key_Left, ALT | SHIFT, "where Latino activists denounced"),
            (KEY.Key_Right, ALT | SHIFT, "Latino activists denounced"),
            (KEY.Key_Left, ALT, WORDS),
            (KEY.Key_Left, ALT | CTRL, "Latino activist"),
            (KEY.Key_Right, ALT | CTRL | SHIFT, "atino activist"),
        ):
            desk.key(key, modifiers)
            assert texts(desk) == [expected]
        desk.settle()
        assert chosen_text(desk) == "atino activist"
        desk.key(KEY.Key_Z, CTRL)
        desk.wait(lambda: texts(desk) == [WORDS], "the undo of all nudges")

    run(script)
    assert on_disk() == [("actor", WORDS)]


def test_many_nudges_at_once_and_a_retag_end_as_last_asked(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.select(WORDS)
        desk.key(KEY.Key_3)
        for _ in range(4):
            desk.key(KEY.Key_Right, ALT)
        desk.key(KEY.Key_1)
        desk.key(KEY.Key_Left, ALT)
        desk.settle()
        assert desk.spans() == ["claim: “Latino activists denounced the program”"]

    run(script)
    assert on_disk() == [("claim", "Latino activists denounced the program")]


def test_what_is_refused_twice_in_a_row_shows_what_is_on_disk(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        worker, (span,) = desk.window.worker, desk.text.spans()
        assert worker is not None
        worker.write(lambda project: project.delete(span.id))
        desk.key(KEY.Key_Right, ALT)
        desk.key(KEY.Key_Right, ALT)
        desk.wait(desk.notice, "the notice")
        desk.settle()
        desk.key(KEY.Key_Z, CTRL)
        desk.wait(lambda: texts(desk) == [WORDS], "the undo of the deletion")

    run(script)
    assert on_disk() == [("actor", WORDS)]


def test_control_and_a_drag_add_a_fragment_and_a_click_takes_it_away(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        held(desk, at(desk, "assurances"), at(desk, "that only") + QPoint(4, 0), CTRL)
        assert texts(desk) == [f"{WORDS} assurances that"]
        QTest.mouseRelease(desk.text.viewport(), LEFT, CTRL, at(desk, "that only"))
        desk.settle()
        assert desk.spans() == [f"actor: “{WORDS} assurances that”"]
        QTest.qWait(500)  # no double click
        QTest.mouseClick(desk.text.viewport(), LEFT, CTRL, at(desk, "assurances"))
        desk.settle()
        assert texts(desk) == [WORDS]

    run(script)
    assert on_disk() == [("actor", WORDS)]


def test_keys_alone_add_and_remove_a_fragment(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        assert not desk.window.actions_table["remove_fragment"].isEnabled()
        for _ in range(4):
            desk.key(KEY.Key_Right, CTRL)
        desk.key(KEY.Key_Right, CTRL | SHIFT)
        desk.key(KEY.Key_F)
        desk.settle()
        (span,) = desk.text.spans()
        assert len(span.fragments) == 2
        assert desk.text.selection() is None
        desk.key(KEY.Key_F, SHIFT)
        desk.settle()
        assert texts(desk) == [WORDS]

    run(script)
    assert on_disk() == [("actor", WORDS)]


def test_a_handle_moves_the_outermost_fragment_and_one_that_is_passed_goes(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        drag(desk, at(desk, "assurances"), at(desk, "that only") + QPoint(4, 0), CTRL)
        desk.settle()
        drag_end(desk, End.END, "violent")
        desk.settle()
        assert texts(desk) == [f"{WORDS} assurances that only violent"]
        drag_end(desk, End.END, "program that")
        desk.settle()

    run(script)
    assert on_disk() == [("actor", WORDS)]


def test_a_duplicate_under_another_label_and_one_under_the_same(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        for typed in ("claim", "actor"):
            desk.key(KEY.Key_D, CTRL)
            picker = desk.window.mode.span_actions.picker
            desk.wait(picker.isVisible, "the label picker")
            QTest.qWait(50)  # offscreen, a popup that is closed at once stays the active window
            QTest.keyClicks(picker.field, typed)
            QTest.keyClick(picker.field, KEY.Key_Return)
            desk.settle()
        assert sorted(desk.spans()) == [f"actor: “{WORDS}”", f"actor: “{WORDS}”", f"claim: “{WORDS}”"]

    run(script)
    assert sorted(on_disk()) == [("actor", WORDS), ("actor", WORDS), ("claim", WORDS)]


def test_each_of_two_identical_spans_can_be_chosen(run: Run) -> None:
    def script(desk: Desk) -> None:
        for _ in range(2):
            desk.tag(WORDS, KEY.Key_3)
        desk.key(KEY.Key_Escape)
        taken = set()
        for figure in (KEY.Key_1, KEY.Key_2):
            QTest.qWait(500)
            QTest.mouseClick(desk.text.viewport(), LEFT, NONE, at(desk, "activists"))
            offer = desk.window.mode.overlap
            desk.wait(offer.isVisible, "the choice")
            QTest.keyClick(offer.view, figure)
            taken.add(desk.text.chosen_span())
        assert taken == {span.id for span in desk.text.spans()}

    run(script)
