"""The codebook editor: what is being typed, while others change the codebook, and after a refusal."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.default_codebook import DEFAULT
from tests.gui.codebook_desk import CTRL, KEY, STORED, Desk, changed, opened


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    yield from opened(qapp)


# Typing and foreign changes


def test_what_is_typed_stays_while_others_change_the_codebook(desk: Desk) -> None:
    desk.type(desk.form.name, "stat")
    desk.show(changed("claim", letter="S", guideline="Another one."))
    assert desk.form.name.text() == "stat"
    assert desk.form.letter.text() == "S"
    assert desk.form.guideline.text() == "Another one."
    QTest.keyClicks(desk.form.name, "ement")
    desk.press(KEY.Key_Tab)
    assert desk.told == [("label_changed", "claim", {"name": "statement"})]


def test_a_guideline_being_written_stays_and_is_told_when_left(desk: Desk) -> None:
    desk.type(desk.form.guideline, "Tag it")
    desk.press(KEY.Key_Return)
    QTest.keyClicks(desk.form.guideline, "whole.")
    desk.show(changed("claim", name="statement"))
    assert desk.form.guideline.text() == "Tag it\nwhole."
    desk.press(KEY.Key_Tab)
    assert desk.told == [("label_changed", "statement", {"guideline": "Tag it\nwhole."})]


def test_what_is_typed_goes_with_its_label(desk: Desk) -> None:
    desk.type(desk.form.name, "stat")
    desk.show(replace(STORED, labels=STORED.labels[1:], attributes=(), relations=()))
    assert desk.form.name.text() == "quote"
    desk.press(KEY.Key_Tab)
    assert desk.told == []


def test_a_label_stays_chosen_through_a_foreign_name(desk: Desk) -> None:
    desk.editor.choose_label("actor")
    desk.show(changed("actor", name="speaker"))
    assert desk.form.name.text() == "speaker"
    assert desk.editor.side.labels.chosen_row() == 2


def test_a_guideline_with_no_break_spaces_is_left_alone(desk: Desk) -> None:
    desk.show(changed("claim", guideline="10\u00a0km"))
    desk.form.guideline.setFocus()
    desk.press(KEY.Key_Tab)
    assert desk.told == []
    desk.form.guideline.setFocus()
    QTest.keyClick(desk.form.guideline, KEY.Key_End)
    QTest.keyClicks(desk.form.guideline, "!")
    desk.press(KEY.Key_Tab)
    assert desk.told == [("label_changed", "claim", {"guideline": "10\u00a0km!"})]


def test_a_guideline_grows_with_its_text(desk: Desk) -> None:
    before = desk.form.guideline.height()
    desk.show(changed("claim", guideline="word " * 400))
    QApplication.processEvents()
    text = desk.form.guideline
    assert text.height() > 5 * before
    assert text.verticalScrollBar().maximum() == 0


# Refusals, undo, Escape


def test_a_refusal_is_said_and_the_stored_name_comes_back(desk: Desk) -> None:
    desk.type(desk.form.name, "quote")
    desk.press(KEY.Key_Return)
    desk.editor.refused("Two labels have the name “quote”.")
    assert desk.editor.middle.banner.text.text() == "Two labels have the name “quote”."
    assert desk.form.name.text() == "claim"
    desk.type(desk.form.name, "statement")
    desk.press(KEY.Key_Return)
    assert not desk.editor.middle.banner.isVisible()


def test_a_guideline_that_was_refused_can_be_had_back(desk: Desk) -> None:
    desk.type(desk.form.guideline, "Far too long")
    desk.press(KEY.Key_Tab)
    desk.editor.refused("It is too long.")
    assert desk.form.guideline.text() == DEFAULT.label("claim").guideline
    desk.form.guideline.setFocus()
    QTest.keyClick(desk.form.guideline, KEY.Key_Z, CTRL)
    assert desk.form.guideline.text() == "Far too long"


def test_undo_is_the_fields_while_something_is_typed_then_the_windows(desk: Desk) -> None:
    undone: list[bool] = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), desk.editor)
    shortcut.activated.connect(lambda: undone.append(True))
    for field in (desk.form.name, desk.form.guideline):
        before = field.text()
        field.setFocus()
        QTest.keyClick(field, KEY.Key_Z, CTRL)
        assert len(undone) == 1
        QTest.keyClicks(field, "x")
        QTest.keyClick(field, KEY.Key_Z, CTRL)
        assert (len(undone), field.text()) == (1, before)
        undone.clear()


def test_escape_takes_typing_back_then_closes(desk: Desk) -> None:
    for field in (desk.form.name, desk.form.guideline):
        before = field.text()
        desk.type(field, "something else")
        desk.press(KEY.Key_Escape)
        assert field.text() == before
        assert desk.told == []
    desk.press(KEY.Key_Escape)
    assert desk.told == [("closed",)]


def test_closing_tells_what_is_typed_first(desk: Desk) -> None:
    desk.type(desk.form.letter, "S")
    desk.editor.close_editor()
    assert desk.told == [("label_changed", "claim", {"letter": "S"}), ("closed",)]
