"""The codebook editor: adding, merging and deleting, attributes and relation types, and what is asked before."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, LineForm
from annotator.gui.codebook.attribute_dialog import AttributeDialog
from annotator.gui.codebook.questions import DeleteQuestion
from tests.gui.codebook_desk import ALT, KEY, STORED, Desk, modal, opened


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    yield from opened(qapp)


# Adding, merging, deleting


def test_a_new_label_is_chosen_with_its_name_to_be_typed(desk: Desk) -> None:
    desk.click(desk.editor.side.add_label)
    made = Label("new label", "N", "#B7271B", LineForm.SOLID, 5)
    assert desk.told == [("label_added", made)]
    desk.show(replace(STORED, labels=(*STORED.labels, replace(made, id="l9"))))
    assert desk.editor.side.labels.chosen_row() == 4
    assert desk.form.name.selectedText() == "new label"
    QTest.keyClicks(desk.form.name, "event")
    desk.press(KEY.Key_Return)
    assert desk.told[1:] == [("label_changed", "new label", {"name": "event", "letter": "E"})]


def test_merging_says_how_many_spans_move(desk: Desk) -> None:
    desk.editor._ask_merge("quote")
    box = modal(QMessageBox)
    assert "13 spans in 4 documents get the label “quote”." in box.informativeText()
    QTest.keyClick(box, KEY.Key_Return)
    assert desk.told == [("labels_merged", "claim", "quote")]


def test_the_merge_menu_offers_the_other_labels(desk: Desk) -> None:
    desk.editor.middle.merge.setFocus()
    desk.press(KEY.Key_Space)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["quote", "actor", "policy recommendation"]
    QTest.keyClick(menu, KEY.Key_Down)
    QTest.keyClick(menu, KEY.Key_Return)
    assert modal(QMessageBox).text() == "Merge “claim” into “quote”?"


def test_deleting_a_label_in_use_asks_and_cancel_keeps_it(desk: Desk) -> None:
    desk.editor.side.labels.setFocus()
    desk.press(KEY.Key_Delete)
    QTest.keyClick(modal(DeleteQuestion), KEY.Key_Escape)
    assert desk.told == []


def test_spans_of_a_deleted_label_get_another_or_go(desk: Desk) -> None:
    desk.click(desk.editor.middle.delete)
    question = modal(DeleteQuestion)
    assert question.give.isChecked()
    question.other.setCurrentText("actor")
    question.accept()
    desk.click(desk.editor.middle.delete)
    question = modal(DeleteQuestion)
    assert question.drop.text() == "Delete its 13 spans too, of every annotator"
    question.drop.click()
    question.accept()
    assert desk.told == [("label_removed", "claim", "actor", False), ("label_removed", "claim", None, True)]


def test_a_label_without_spans_goes_without_a_question(desk: Desk) -> None:
    desk.editor.choose_label("quote")
    desk.click(desk.editor.middle.delete)
    assert desk.told == [("label_removed", "quote", None, False)]


def test_while_counts_are_unknown_deleting_asks(desk: Desk) -> None:
    desk.editor.set_counts(None)
    desk.editor.choose_label("quote")
    desk.click(desk.editor.middle.delete)
    assert modal(DeleteQuestion).give.text() == "Give its spans another label:"
    assert desk.told == []


def test_what_stood_below_a_removed_label_is_shown_next(desk: Desk) -> None:
    desk.editor.choose_label("quote")
    without = tuple(label for label in STORED.labels if label.name != "quote")
    desk.show(Codebook(without))
    assert desk.form.name.text() == "actor"


# Attributes


def test_an_attribute_is_added_in_a_dialog(desk: Desk) -> None:
    desk.click(desk.form.attributes.add_button)
    dialog: AttributeDialog = modal(AttributeDialog)
    QTest.keyClicks(dialog.name, "source")
    dialog.accept()
    assert dialog.problem.text() == "The attribute “source” is a choice: give it at least one option."
    dialog.options.add()
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "document")
    QTest.keyClick(editor, KEY.Key_Return)
    QApplication.processEvents()  # the list takes a name over once Enter has been handled
    dialog.required.click()
    dialog.accept()
    wanted = AttributeType("claim", "source", AttributeKind.CHOICE, ("document",), required=True)
    assert desk.told == [("attribute_added", wanted)]


def test_renaming_an_option_says_which_it_was(desk: Desk) -> None:
    desk.form.attributes.list.setFocus()
    desk.press(KEY.Key_Return)
    dialog: AttributeDialog = modal(AttributeDialog)
    options = dialog.options
    options.setFocus()
    QTest.keyClick(options, KEY.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "of fact")
    QTest.keyClick(editor, KEY.Key_Return)
    QApplication.processEvents()  # the list takes a name over once Enter has been handled
    QTest.keyClick(options, KEY.Key_Down, ALT)
    dialog.accept()
    row = options.currentRow()
    assert row == 1
    values = {"options": ("causal", "of fact", "evaluation", "prediction")}
    assert desk.told == [("attribute_changed", "claim", "kind", values, {"factual": "of fact"})]


def test_an_attribute_dialog_left_as_it_was_asks_for_nothing(desk: Desk) -> None:
    desk.form.attributes.list.row_opened.emit(0)
    modal(AttributeDialog).accept()
    assert desk.told == []


def test_a_kind_without_options_hides_them_and_drops_them(desk: Desk) -> None:
    desk.form.attributes.list.row_opened.emit(0)
    dialog: AttributeDialog = modal(AttributeDialog)
    dialog.kind.setCurrentText("text")
    assert not dialog.options.isVisible()
    dialog.accept()
    assert desk.told == [("attribute_changed", "claim", "kind", {"kind": AttributeKind.TEXT, "options": ()}, {})]


def test_attributes_move_and_go_by_keys(desk: Desk) -> None:
    view = desk.form.attributes.list
    view.setFocus()
    view.setCurrentIndex(view.rows_model.index(0, 0))
    desk.press(KEY.Key_Down, ALT)
    desk.press(KEY.Key_Delete)
    assert desk.told == [("attribute_moved", "claim", "kind", 1), ("attribute_removed", "claim", "kind")]


def test_the_three_dots_open_a_menu(desk: Desk) -> None:
    view = desk.form.attributes.list
    rect = view.visualRect(view.rows_model.index(1, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.right() - 12, rect.center().y()))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [(each.text(), each.isEnabled()) for each in menu.actions() if each.text()] == [
        ("&Edit…", True),
        ("Move &up", True),
        ("Move &down", False),
        ("&Remove", True),
    ]


# Relation types


def test_a_relation_type_has_a_form_of_its_own(desk: Desk) -> None:
    desk.editor.side.relations.setFocus()
    desk.editor.choose_relation("supports")
    form = desk.editor.middle.relation_form
    desk.editor.set_relation_counts({})
    assert desk.editor.side.labels.chosen_row() is None
    desk.click(form.sources.boxes["quote"])
    desk.type(form.name, "backs")
    desk.press(KEY.Key_Return)
    desk.click(desk.editor.middle.delete)
    assert desk.told == [
        ("relation_changed", "supports", {"sources": ("claim", "quote")}),
        ("relation_changed", "supports", {"name": "backs"}),
        ("relation_removed", "supports", None, False),
    ]


def test_deleting_a_relation_type_in_use_asks_what_becomes_of_its_relations(desk: Desk) -> None:
    desk.editor.choose_relation("said by")
    desk.editor.set_relation_counts({"said by": 3})
    assert desk.editor.middle.count.text() == "claim, quote, policy recommendation to actor · 3 relations"
    desk.click(desk.editor.middle.delete)
    question = modal(DeleteQuestion)
    assert question.give.text() == "Give its 3 relations another type:"
    assert question.drop.text() == "Delete its 3 relations too, of every annotator"
    question.other.setCurrentText("supports")
    question.accept()
    desk.click(desk.editor.middle.delete)
    question = modal(DeleteQuestion)
    question.drop.click()
    question.accept()
    desk.click(desk.editor.middle.delete)
    QTest.keyClick(modal(DeleteQuestion), KEY.Key_Escape)
    assert desk.told == [
        ("relation_removed", "said by", "supports", False),
        ("relation_removed", "said by", None, True),
    ]


def test_while_relations_are_not_counted_deleting_a_type_asks(desk: Desk) -> None:
    desk.editor.set_relation_counts(None)
    desk.editor.choose_relation("said by")
    desk.click(desk.editor.middle.delete)
    assert modal(DeleteQuestion).give.text() == "Give its relations another type:"


def test_a_relation_between_any_labels_says_so(desk: Desk) -> None:
    desk.click(desk.editor.side.add_relation)
    relation = desk.told[0][1]
    desk.show(replace(STORED, relations=(*STORED.relations, replace(relation, id="r9"))))
    form = desk.editor.middle.relation_form
    assert form.name.selectedText() == "new relation type"
    assert form.sources._any.text() == "None checked: any label."
