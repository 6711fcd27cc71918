"""The text's context menu and its tooltips."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from annotator.domain.attributes import Attribute
from annotator.domain.span import Fragment, Span
from annotator.gui.text.tips import tip
from tests.gui.conftest import Desk, Run
from tests.gui.test_resizing import CTRL, KEY, SHIFT, WORDS, at, on_disk, texts

OCCURRENCES = "Every occurrence of the words"
LABELS = ["claim", "quote", "actor", "policy recommendation"]


def open_menu(desk: Desk, place: QPoint | None = None) -> QMenu:
    """Press the right button at a place of the text, or without one the menu key."""
    port = desk.text.viewport()
    reason = QContextMenuEvent.Reason.Keyboard if place is None else QContextMenuEvent.Reason.Mouse
    if place is not None:
        QTest.mouseClick(port, Qt.MouseButton.RightButton, pos=place)
    place = place or QPoint()
    QApplication.sendEvent(port, QContextMenuEvent(reason, place, port.mapToGlobal(place)))
    menu = desk.window.mode.span_actions.menu
    desk.wait(menu.isVisible, "the menu")
    return menu


def entries(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]


def take(menu: QMenu, *path: str) -> None:
    for name in path:
        action = next(action for action in menu.actions() if action.text().replace("&", "") == name)
        assert action.isEnabled(), f"{name} is not enabled"
        inner = action.menu()
        if isinstance(inner, QMenu):
            menu = inner
    action.trigger()
    menu.close()


def using(run: Run, script: Callable[[Desk], None]) -> list[tuple[str, str]]:
    run(script)
    return on_disk()


def test_on_a_span_it_changes_the_label_and_makes_a_duplicate(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.key(KEY.Key_Escape)
        menu = open_menu(desk, at(desk, "activists"))
        change = ["Change label", "Duplicate as", "Relate with…", "Delete span"]
        assert entries(menu) == ["actor", *change, OCCURRENCES, "Copy"]
        assert not menu.actions()[0].isEnabled(), "the head is no choice"
        assert entries(desk.window.mode.span_actions.menu.change) == LABELS
        take(menu, "Change label", "claim")
        take(menu, "Duplicate as", "quote")
        menu.close()
        desk.settle()

    assert sorted(using(run, script)) == [("claim", WORDS), ("quote", WORDS)]


def test_on_a_selection_it_tags(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.select(WORDS)
        menu = open_menu(desk, at(desk, "activists"))
        assert entries(menu) == [*LABELS, OCCURRENCES, "Copy"]
        take(menu, "policy recommendation")
        desk.settle()

    assert using(run, script) == [("policy recommendation", WORDS)]


def test_the_menu_key_opens_it_for_the_chosen_span_and_it_copies_and_deletes(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        take(open_menu(desk), "Copy")
        assert QGuiApplication.clipboard().text() == WORDS
        take(open_menu(desk), "Delete span")
        desk.settle()

    assert using(run, script) == []


def test_with_a_span_chosen_and_words_selected_it_adds_a_fragment(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.key(KEY.Key_Right, CTRL)
        desk.key(KEY.Key_Right, CTRL)
        desk.key(KEY.Key_Right, CTRL | SHIFT)
        take(open_menu(desk), "Add selection as fragment")
        assert texts(desk) == [f"{WORDS} the"]
        take(open_menu(desk), "Remove fragment at the caret")
        desk.settle()

    assert using(run, script) == [("actor", WORDS)]


def test_where_nothing_is_it_only_copies(run: Run) -> None:
    def script(desk: Desk) -> None:
        menu = open_menu(desk, at(desk, "activists"))
        assert entries(menu) == ["Copy"]
        assert not menu.actions()[0].isEnabled()
        menu.close()

    assert using(run, script) == []


SPAN = Span("s", "d", "claim", (Fragment(0, 5), Fragment(9, 12)), "words and", "Noor", "", "")


def test_a_tooltip_says_label_annotator_attributes_and_the_notes_first_line() -> None:
    attributes = (Attribute("kind", ("causal",)), Attribute("aims", ("end it", "mend it")))
    said = tip([replace(SPAN, attributes=attributes, note="Is it?\nPerhaps.")], 10)
    assert said.replace("<br>", "\n") == (
        "<p>claim · Noor · fragment 2 of 2\nkind: causal\naims: end it, mend it\nIs it?</p>"
    )


def test_a_tooltip_shows_what_looks_like_html_as_it_is() -> None:
    assert "&lt;b&gt;" in tip([replace(SPAN, note="<b>bold</b>")], 0)
    assert tip([replace(SPAN, note="1 &lt; 2")], 0).startswith("<p>")
    assert "&amp;lt;" in tip([replace(SPAN, note="1 &lt; 2")], 0)


def test_nothing_is_said_where_no_span_is() -> None:
    assert tip([], 0) == ""
