"""Finding in the document on the page."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton

from annotator.gui.find.in_document import FindInDocument
from tests.gui.conftest import Desk, Run

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORDS = "Secure Communities"


def type_into(desk: Desk, words: str) -> QLineEdit:
    desk.key(KEY.Key_F, CTRL)
    field = desk.named("Find in document")
    assert isinstance(field, QLineEdit)
    desk.wait(field.hasFocus, "the field to have the keyboard")
    QTest.keyClicks(field, words)
    return field


def bar(desk: Desk) -> FindInDocument:
    return desk.window.mode.finding.bar()


def count(desk: Desk) -> str:
    return bar(desk).bar.count.text()


def selected(desk: Desk) -> str:
    selection = desk.text.selection()
    return desk.stored()[slice(*selection)] if selection else ""


def test_it_is_found_as_one_types_and_the_current_one_is_selected(run: Run) -> None:
    def script(desk: Desk) -> None:
        type_into(desk, "secure comm")
        desk.wait(lambda: count(desk) == "1 of 5", f"the count, now {count(desk)}")
        assert selected(desk) == "Secure Comm"
        assert desk.text.selection() == (start := desk.stored().index("Secure Comm"), start + 11)

    run(script)


def test_enter_and_f3_walk_round_and_shift_walks_back(run: Run) -> None:
    def script(desk: Desk) -> None:
        field = type_into(desk, WORDS)
        desk.wait(lambda: count(desk) == "1 of 5", "the count")
        for key, modifiers, shown in (
            (KEY.Key_Return, Qt.KeyboardModifier.NoModifier, "2 of 5"),
            (KEY.Key_F3, Qt.KeyboardModifier.NoModifier, "3 of 5"),
            (KEY.Key_F3, SHIFT, "2 of 5"),
            (KEY.Key_Return, SHIFT, "1 of 5"),
            (KEY.Key_Return, SHIFT, "5 of 5"),
        ):
            QTest.keyClick(field, key, modifiers)
            assert count(desk) == shown

    run(script)


def test_buttons_walk_and_close_too(run: Run) -> None:
    def script(desk: Desk) -> None:
        type_into(desk, WORDS)
        desk.wait(lambda: count(desk) == "1 of 5", "the count")
        click(desk, "Find next")
        assert count(desk) == "2 of 5"
        click(desk, "Find previous")
        assert count(desk) == "1 of 5"
        click(desk, "Close the search in the document")
        assert not bar(desk).is_open()
        assert desk.text.hasFocus()

    run(script)


def click(desk: Desk, name: str) -> None:
    QTest.mouseClick(desk.named(name), Qt.MouseButton.LeftButton)


def test_escape_leaves_the_current_hit_selected_so_that_a_key_tags_it(run: Run) -> None:
    def script(desk: Desk) -> None:
        field = type_into(desk, "task force hearings")
        desk.wait(lambda: count(desk) == "1 of 1", "the count")
        QTest.keyClick(field, KEY.Key_Escape)
        assert desk.text.hasFocus()
        desk.key(KEY.Key_1)
        desk.settle()
        assert desk.spans() == ["claim: “task force hearings”"]

    run(script)


def test_figures_and_letters_typed_into_the_field_tag_nothing(run: Run) -> None:
    def script(desk: Desk) -> None:
        field = type_into(desk, "the1LW")
        desk.settle()
        assert field.text() == "the1LW"
        assert desk.spans() == []
        desk.wait(lambda: count(desk) == "Not in this document", "what is said where nothing is found")
        assert selected(desk) == ""

    run(script)


def test_a_selection_fills_the_field_and_is_the_current_hit(run: Run) -> None:
    def script(desk: Desk) -> None:
        at = desk.stored().index(WORDS, desk.stored().index(WORDS) + 1)
        desk.text.select(at, at + len(WORDS))
        desk.key(KEY.Key_F, CTRL)
        desk.wait(lambda: count(desk) == "2 of 5", "the count")
        field = desk.named("Find in document")
        assert isinstance(field, QLineEdit)
        assert (field.text(), field.selectedText()) == (WORDS, WORDS)

    run(script)


def test_choices_change_what_is_found_at_once(run: Run) -> None:
    def script(desk: Desk) -> None:
        type_into(desk, "SECURE")
        desk.wait(lambda: count(desk).endswith("of 5"), "the count")
        case, regex = desk.named("Match case"), desk.named("Regular expression")
        assert isinstance(case, QToolButton)
        QTest.mouseClick(case, Qt.MouseButton.LeftButton)
        desk.wait(lambda: count(desk) == "Not in this document", "the case to matter")
        QTest.mouseClick(case, Qt.MouseButton.LeftButton)
        field = desk.named("Find in document")
        field.setFocus()
        QTest.mouseClick(regex, Qt.MouseButton.LeftButton)
        QTest.keyClicks(field, r"\s(")
        problem = bar(desk).bar.problem
        desk.wait(lambda: problem.isVisible() and "missing )" in problem.text(), "what is wrong with the expression")
        QTest.keyClicks(field, r"task|comm\w+)")
        desk.wait(lambda: count(desk).endswith("of 5"), f"the expression to be found, now {count(desk)}")

    run(script)


def test_f3_goes_on_with_a_closed_bar_and_in_the_next_document(run: Run) -> None:
    def script(desk: Desk) -> None:
        field = type_into(desk, WORDS)
        desk.wait(lambda: count(desk) == "1 of 5", "the count")
        QTest.keyClick(field, KEY.Key_Escape)
        desk.key(KEY.Key_F3)
        desk.wait(lambda: count(desk) == "2 of 5", f"the next one, now {count(desk)}")
        assert desk.text.hasFocus()
        desk.open_document(1)
        desk.wait(lambda: count(desk).endswith("found"), "the matches of the next document")
        assert selected(desk) == ""
        desk.text.setFocus()
        desk.key(KEY.Key_F3)
        desk.wait(lambda: count(desk).startswith("1 of"), "the first one there")
        assert selected(desk) == WORDS

    run(script)


def test_matches_are_painted_and_the_current_one_otherwise(run: Run) -> None:
    def script(desk: Desk) -> None:
        type_into(desk, WORDS)
        desk.wait(lambda: count(desk) == "1 of 5", "the count")
        QTest.qWait(20)
        image = desk.text.viewport().grab().toImage()
        theme = desk.window.look.theme
        first, second = starts(desk)
        for start, token in ((first, "match-now"), (second, "match")):
            point = desk._point(start + 1)
            assert image.pixelColor(point.x(), point.y() - 8).name() == theme.colour(token).name()

    run(script)


def starts(desk: Desk) -> tuple[int, int]:
    first = desk.stored().index(WORDS)
    return first, desk.stored().index(WORDS, first + 1)
