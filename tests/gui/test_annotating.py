"""Tagging in the window: mouse, keys, undo, documents."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import annotator
from annotator.settings import Settings
from tests.gui.conftest import Desk, Run

KEY = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
WORDS = "Latino activists"


def spans_on_disk(path: Path) -> list[tuple[str, str]]:
    with annotator.open(path) as project:
        return [(span.label, span.text) for document in project.documents for span in project.spans(document.id)]


def sample() -> Path:
    return Path(Settings.load().last_project)


def test_a_first_start_makes_the_sample_project_and_shows_its_five_articles(run: Run) -> None:
    def script(desk: Desk) -> None:
        assert len(desk.documents()) == 5
        assert desk.stored().startswith("Before the Administration")

    assert run(script) == 0
    assert sample().name == "sample.annotator"


def test_a_drag_and_a_key_tag_a_span_that_is_on_disk_afterwards(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        assert desk.spans() == [f"actor: “{WORDS}”"]
        assert desk.foot().startswith("Saved ")

    run(script)
    assert spans_on_disk(sample()) == [("actor", WORDS)]


def test_a_selection_snaps_to_whole_words_until_w_is_pressed(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag("atino activis", KEY.Key_3)
        desk.key(KEY.Key_W)
        desk.tag("atino activis", KEY.Key_3)
        assert sorted(span.text for span in desk.text.spans()) == [WORDS, "atino activis"]

    run(script)


def test_a_click_on_a_label_tags_the_selection_and_a_second_label_changes_the_span(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.select(WORDS)
        desk.press("actor")
        desk.press("claim")
        desk.settle()
        assert desk.spans() == [f"claim: “{WORDS}”"]

    run(script)
    assert spans_on_disk(sample()) == [("claim", WORDS)]


def test_the_caret_goes_on_from_where_the_new_span_ends(run: Run) -> None:
    def script(desk: Desk) -> None:
        start = desk.text._text.index(WORDS)
        desk.text.select(start + 1, start + len(WORDS) - 2)  # snaps to whole words
        desk.key(KEY.Key_1)
        desk.settle()
        (span,) = desk.text.spans()
        assert span.text == WORDS
        assert desk.text._offsets.to_stored(desk.text.textCursor().position()) == span.end

    run(script)


def test_an_armed_label_tags_every_selection_until_it_is_let_go(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.press("quote")
        desk.select(WORDS)
        desk.settle()
        desk.select("task force hearings")
        desk.settle()
        desk.key(KEY.Key_Escape)
        assert desk.text.chosen_span() is None
        desk.key(KEY.Key_Escape)
        assert desk.named("quote").accessibleDescription().startswith("2 in this document"), "no longer armed"
        desk.select("violent criminals")
        desk.settle()
        assert [span.text for span in desk.text.spans()] == ["task force hearings", WORDS]

    run(script)


def test_the_page_is_painted_before_the_lists_beside_it_hear_of_a_change(run: Run) -> None:
    waiting: dict[str, list[bool]] = {"put": [], "removed": [], "chosen": []}

    def script(desk: Desk) -> None:
        text, tagger = desk.text, desk.window.mode.tagger
        tagger.put.connect(lambda _: waiting["put"].append(text._waits))
        tagger.removed.connect(lambda _: waiting["removed"].append(text._waits))
        text.span_chosen.connect(lambda _: waiting["chosen"].append(text._waits))
        desk.tag(WORDS, KEY.Key_1)
        desk.key(KEY.Key_2)
        desk.settle()
        desk.key(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
        desk.settle()
        desk.key(KEY.Key_Delete)
        desk.settle()

    run(script)
    assert waiting == {"put": [False] * 2, "removed": [False], "chosen": [False] * 2}


def test_undo_and_redo_have_names_and_reach_other_documents(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        first = desk.stored()
        desk.key(KEY.Key_Down, ALT)
        desk.wait(lambda: desk.stored() != first, "the second document")
        assert desk.window.actions_table["undo"].text() == "&Undo tag actor"
        desk.key(KEY.Key_Z, CTRL)
        desk.wait(lambda: desk.stored() == first and not desk.spans(), "the undo to be shown where it happened")
        assert desk.window.actions_table["redo"].text() == "&Redo tag actor"
        desk.key(KEY.Key_Z, CTRL | SHIFT)
        desk.wait(lambda: desk.spans() == [f"actor: “{WORDS}”"], "the redo")

    run(script)


def test_keys_alone_select_tag_walk_and_delete(run: Run) -> None:
    def script(desk: Desk) -> None:
        for _ in range(2):
            desk.key(KEY.Key_Right, CTRL | SHIFT)
        desk.key(KEY.Key_1)
        desk.settle()
        desk.key(KEY.Key_Escape)
        for _ in range(3):
            desk.key(KEY.Key_Right, CTRL)
        desk.key(KEY.Key_Right, CTRL | SHIFT)
        desk.key(KEY.Key_2)
        desk.settle()
        assert [span.label for span in desk.text.spans()] == ["claim", "quote"]
        first, second = (span.id for span in desk.text.spans())
        desk.key(KEY.Key_Tab)
        assert desk.text.chosen_span() in (first, second)
        desk.key(KEY.Key_Backtab, SHIFT)
        desk.text.choose(first)
        desk.key(KEY.Key_Delete)
        desk.settle()
        assert [span.label for span in desk.text.spans()] == ["quote"]

    run(script)


def test_the_label_picker_tags_by_name(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.select(WORDS)
        desk.key(KEY.Key_L)
        picker = desk.window.mode.picker
        desk.wait(picker.isVisible, "the label picker")
        QTest.keyClicks(picker.field, "pol")
        QTest.keyClick(picker.field, KEY.Key_Return)
        desk.settle()
        assert desk.spans() == [f"policy recommendation: “{WORDS}”"]

    run(script)


def test_a_span_that_is_tagged_and_changed_at_once_ends_as_it_was_last_asked(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.select(WORDS)
        for key in (KEY.Key_3, KEY.Key_1, KEY.Key_2, KEY.Key_4, KEY.Key_2):
            desk.key(key)
        desk.settle()
        assert desk.spans() == [f"quote: “{WORDS}”"]

    run(script)
    assert spans_on_disk(sample()) == [("quote", WORDS)]


def test_marking_done_counts_and_goes_on_to_the_next(run: Run) -> None:
    def script(desk: Desk) -> None:
        first = desk.stored()
        desk.key(KEY.Key_Return, CTRL)
        desk.wait(lambda: desk.stored() != first, "the next document")
        desk.wait(lambda: desk.window.mode.documents.done.text() == "1 of 5 done", "the count")

    run(script)


def test_the_filter_finds_documents_by_their_words(run: Run) -> None:
    def script(desk: Desk) -> None:
        field = desk.named("Filter documents")
        field.setFocus()
        QTest.keyClicks(field, "wnyc")
        desk.wait(lambda: desk.documents() == ["Task Force Critical of Secure Communities Program"], "the filter")
        assert not desk.text.spans(), "a figure typed into a field tags nothing"

    run(script)


def test_the_last_document_is_open_again_after_a_restart(run: Run) -> None:
    opened: list[str] = []

    def script(desk: Desk) -> None:
        if opened:
            assert desk.stored() == opened[0]
        else:
            desk.open_document(3)
            opened.append(desk.stored())

    run(script)
    run(script)


def test_a_label_key_with_nothing_selected_says_quietly_what_to_do(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.key(KEY.Key_3)
        assert desk.window.foot.hint.text() == "Select text first, then 3 tags it as actor."
        desk.key(KEY.Key_7)
        assert desk.window.foot.hint.text() == "No label has the key 7."
        desk.select(WORDS)
        assert desk.window.foot.hint.text() == ""
        assert desk.notice() == ""

    run(script)


def test_f6_goes_round_the_panes_and_enter_leads_from_a_list_into_the_text(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.tag("task force hearings", KEY.Key_1)
        names = []
        for _ in range(5):
            desk.key(KEY.Key_F6)
            focused = QApplication.focusWidget()
            names.append(focused.accessibleName() if focused else "")
            assert desk.window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange), "lists show the focus"
        assert names == ["claim", "kind", "Spans", "Documents", "Document text"]
        desk.key(KEY.Key_F6, SHIFT)
        desk.key(KEY.Key_F6, SHIFT)
        desk.key(KEY.Key_Home)
        desk.key(KEY.Key_Return)
        assert desk.text.hasFocus()
        chosen = desk.text.span(desk.text.chosen_span() or "")
        assert chosen is not None
        assert chosen.text == "task force hearings"

    run(script)


def test_undo_from_the_menu_leaves_the_focus_in_the_text(run: Run) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.trigger("undo")
        desk.settle()
        desk.wait(lambda: not desk.spans(), "the undo")
        assert desk.text.hasFocus()

    run(script)
