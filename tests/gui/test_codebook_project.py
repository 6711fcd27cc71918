"""The codebook editor on a real project: every edit lands on disk, and undo takes each back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox
from pytestqt.qtbot import QtBot

import annotator
from annotator.domain.change import ChangeSet
from annotator.domain.codebook import Codebook, LineForm
from annotator.errors import AnnotatorError
from annotator.gui import style
from annotator.gui.codebook.attribute_dialog import AttributeDialog
from annotator.gui.codebook.editor import CodebookEditor
from annotator.gui.codebook.questions import DeleteQuestion
from annotator.gui.codebook.wiring import CodebookWiring
from annotator.gui.theme import Theme
from annotator.gui.worker import Worker
from annotator.project import Project

LIGHT = Theme.load("light")
KEY = Qt.Key


class Desk:
    """A window with the editor alone, wired as the program's window wires it."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self.qtbot, self.path = qtbot, path
        self.window = QMainWindow()
        self.editor = CodebookEditor(LIGHT)
        self.form = self.editor.middle.label_form
        self.window.setCentralWidget(self.editor)
        self.window.resize(1440, 820)
        self.window.show()
        self.wiring = CodebookWiring(self.editor, LIGHT)
        self.worker = Worker(lambda: annotator.open(path, "Noor"), self._opened, _fail)
        self.worker.changed.connect(self._changed)
        self.worker.crashed.connect(_fail)
        self.until(lambda: bool(self.editor.codebook.labels) and self.editor.middle.count.text() != "")

    def _opened(self, project: Project) -> None:
        read_only = project.read_only
        self.worker.read(lambda opened: opened.codebook, lambda book: self._show(book, read_only))

    def _show(self, codebook: Codebook, read_only: bool) -> None:
        self.wiring.set_project(self.worker, read_only, codebook)

    def _changed(self, change_set: ChangeSet) -> None:
        if change_set.codebook:
            self.worker.read(lambda project: project.codebook, self.wiring.set_codebook)
        self.wiring.apply(change_set)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=8000)

    def until_labels(self, *names: str) -> None:
        self.until(lambda: [label.name for label in self.editor.codebook] == list(names))

    def until_count(self, words: str) -> None:
        self.until(lambda: self.editor.middle.count.text() == words)

    def undo(self) -> None:
        self.worker.write(lambda project: project.undo(), failed=_fail)

    def redo(self) -> None:
        self.worker.write(lambda project: project.redo(), failed=_fail)

    def on_disk(self) -> dict[str, int]:
        """How many spans of each label another program sees, labels in their order."""
        with annotator.open(self.path, "Other") as other:
            return {label.name: other.count_spans(label.name) for label in other.codebook}

    def close(self) -> None:
        with self.qtbot.waitSignal(self.worker.closed, timeout=8000):
            self.worker.close()
        for widget in QApplication.topLevelWidgets():
            widget.close()
            widget.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _fail(error: AnnotatorError) -> None:
    raise AssertionError(str(error))


LABELS = ("claim", "quote", "actor", "policy recommendation")
BEFORE = {"claim": 2, "quote": 1, "actor": 0, "policy recommendation": 0}


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    style.apply(qapp, LIGHT)
    path = tmp_path / "study.annotator"
    with annotator.new(path, sample=True, annotator="Noor") as project:
        first, second = [document.id for document in project.documents][:2]
        for document, label, at in ((first, "claim", 0), (second, "claim", 10), (first, "quote", 30)):
            project.tag(document, label, at, at + 6)
        project.set_attribute(project.spans(first)[0].id, "kind", "factual")
    made = Desk(qtbot, path)
    yield made
    made.close()


def test_renaming_a_label_keeps_its_spans_and_is_undone(desk: Desk) -> None:
    assert desk.editor.middle.count.text() == "2 spans in 2 documents"
    desk.form.name.setFocus()
    desk.form.name.selectAll()
    QTest.keyClicks(desk.form.name, "statement")
    QTest.keyClick(desk.form.name, KEY.Key_Return)
    desk.until_labels("statement", *LABELS[1:])
    assert desk.on_disk() == {"statement": 2, "quote": 1, "actor": 0, "policy recommendation": 0}
    desk.until_count("2 spans in 2 documents")
    desk.undo()
    desk.until_labels(*LABELS)
    assert desk.form.name.text() == "claim"
    assert desk.on_disk() == BEFORE


def test_edits_that_follow_a_new_name_at_once_reach_the_same_label(desk: Desk) -> None:
    desk.form._ask(name="statement")
    desk.form._ask(letter="S")
    desk.editor.requests.label_moved.emit("claim", 3)
    desk.form._ask(name="assertion")
    desk.until_labels("quote", "actor", "policy recommendation", "assertion")
    assert desk.editor.codebook.label("assertion").letter == "S"
    assert not desk.editor.middle.banner.isVisible()


def test_merging_moves_the_spans_and_is_undone(desk: Desk) -> None:
    desk.editor._ask_merge("quote")
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "2 spans in 2 documents" in box.informativeText()
    QTest.keyClick(box, KEY.Key_Return)
    desk.until_labels(*LABELS[1:])
    assert desk.form.name.text() == "quote"
    desk.until_count("3 spans in 2 documents")
    assert desk.on_disk()["quote"] == 3
    desk.undo()
    desk.until_labels(*LABELS)
    assert desk.on_disk() == BEFORE


@pytest.mark.parametrize(("keep", "quotes"), [(True, 3), (False, 1)])
def test_deleting_a_label_asks_what_becomes_of_its_spans_and_is_undone(desk: Desk, keep: bool, quotes: int) -> None:
    QTest.mouseClick(desk.editor.middle.delete, Qt.MouseButton.LeftButton)
    question = QApplication.activeModalWidget()
    assert isinstance(question, DeleteQuestion)
    (question.give if keep else question.drop).click()
    question.accept()
    desk.until_labels(*LABELS[1:])
    assert desk.on_disk() == {"quote": quotes, "actor": 0, "policy recommendation": 0}
    desk.undo()
    desk.until_labels(*LABELS)
    assert desk.on_disk() == BEFORE
    desk.redo()
    desk.until_labels(*LABELS[1:])


def test_an_attribute_is_added_and_undone(desk: Desk) -> None:
    QTest.mouseClick(desk.form.attributes.add_button, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AttributeDialog)
    QTest.keyClicks(dialog.name, "sure")
    dialog.kind.setCurrentText("yes/no")
    dialog.accept()
    shown = desk.form.attributes.list.rows_model
    desk.until(lambda: [row.name for row in shown.rows] == ["kind", "stance", "sure"])
    desk.undo()
    desk.until(lambda: [row.name for row in shown.rows] == ["kind", "stance"])


def test_a_line_form_a_key_and_a_colour_reach_the_disk(desk: Desk) -> None:
    picked = (desk.form.form, KEY.Key_End), (desk.form.key, KEY.Key_End)
    for field, key in picked:
        field.setFocus()
        QTest.keyClick(field, KEY.Key_Down)
        QTest.keyClick(field.view(), key)
        QTest.keyClick(field.view(), KEY.Key_Return)
    desk.until(lambda: desk.editor.codebook.label("claim").key == 9)
    QTest.mouseClick(desk.form.swatches._swatches[5], Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.editor.codebook.label("claim").colour == "#80874E")
    assert desk.editor.codebook.label("claim").line_form is LineForm.DASH_DOT
    with annotator.open(desk.path) as other:
        assert other.codebook.label("claim") == desk.editor.codebook.label("claim")


def test_a_renamed_option_goes_along_on_spans_and_a_lost_one_is_refused(desk: Desk) -> None:
    requests = desk.editor.requests
    options = ("of fact", "causal", "evaluation", "prediction")
    requests.attribute_changed.emit("claim", "kind", {"options": options}, {"factual": "of fact"})
    desk.until(lambda: desk.editor.codebook.attribute("claim", "kind").options == options)
    with annotator.open(desk.path, "Noor") as other:
        first = other.spans(next(iter(other.documents)).id)[0]
        assert [(each.name, each.values) for each in first.attributes] == [("kind", ("of fact",))]
    requests.attribute_changed.emit("claim", "kind", {"options": options[1:]}, {})
    desk.until(lambda: desk.editor.middle.banner.isVisible())
    assert "would no longer fit" in desk.editor.middle.banner.text.text()
    assert desk.editor.codebook.attribute("claim", "kind").options == options


def test_a_name_that_is_taken_is_refused_in_plain_words(desk: Desk) -> None:
    desk.form.name.setFocus()
    desk.form.name.selectAll()
    QTest.keyClicks(desk.form.name, "Quote")
    QTest.keyClick(desk.form.name, KEY.Key_Return)
    desk.until(lambda: desk.editor.middle.banner.isVisible())
    assert desk.editor.middle.banner.text.text() == "Two labels have the name “quote”."
    assert desk.form.name.text() == "claim"
    assert desk.on_disk() == BEFORE


def test_a_new_label_and_a_new_relation_type_are_there_to_be_named(desk: Desk) -> None:
    desk.editor.add_label()
    desk.until_labels(*LABELS, "new label")
    desk.until(lambda: desk.form.name.selectedText() == "new label")
    QTest.keyClicks(desk.form.name, "event")
    QTest.keyClick(desk.form.name, KEY.Key_Return)
    desk.until_labels(*LABELS, "event")
    assert desk.editor.codebook.label("event").letter == "E"
    desk.editor.add_relation()
    field = desk.editor.middle.relation_form.name
    desk.until(lambda: field.selectedText() == "new relation type")
    QTest.keyClicks(field, "about")
    QTest.keyClick(field, KEY.Key_Return)
    desk.until(lambda: desk.editor.codebook.relations[-1].name == "about")
    for _ in range(4):
        desk.undo()
    desk.until_labels(*LABELS)
    assert len(desk.editor.codebook.relations) == 4


def test_spans_are_counted_once_the_editor_is_seen(desk: Desk) -> None:
    desk.editor.hide()
    with annotator.open(desk.path, "Other") as other:
        other.tag(next(iter(other.documents)).id, "claim", 60, 66)
    desk.until(lambda: len(desk.wiring._by_document) < 5)  # the news has come
    assert desk.editor.middle.count.text() == "2 spans in 2 documents"
    desk.editor.show()
    desk.until_count("3 spans in 2 documents")


def test_another_programs_changes_arrive_while_a_name_is_typed(desk: Desk) -> None:
    desk.form.name.setFocus()
    QTest.keyClick(desk.form.name, KEY.Key_End)
    QTest.keyClicks(desk.form.name, "s")
    with annotator.open(desk.path, "Other") as other:
        other.change_label("claim", letter="X")
        other.tag(next(iter(other.documents)).id, "claim", 60, 66)
    desk.until(lambda: desk.form.letter.text() == "X")
    desk.until_count("3 spans in 2 documents")
    assert desk.form.name.text() == "claims"
    QTest.keyClick(desk.form.name, KEY.Key_Return)
    desk.until_labels("claims", *LABELS[1:])


def test_a_relation_type_in_use_goes_once_it_is_said_what_becomes_of_its_relations(desk: Desk) -> None:
    with annotator.open(desk.path, "Noor") as project:
        first = next(iter(project.documents)).id
        actor = project.tag(first, "actor", 40, 50)
        source = next(span for span in project.spans(first) if span.label == "quote")
        made = project.relate(source.id, "said by", actor.id)
    desk.editor.choose_relation("said by")
    desk.until_count("claim, quote, policy recommendation to actor · 1 relation")
    QTest.mouseClick(desk.editor.middle.delete, Qt.MouseButton.LeftButton)
    question = QApplication.activeModalWidget()
    assert isinstance(question, DeleteQuestion)
    question.other.setCurrentText("addressed to")
    question.accept()
    desk.until(lambda: "said by" not in [each.name for each in desk.editor.codebook.relations])
    with annotator.open(desk.path, "Other") as other:
        assert other.relation(made.id).type == "addressed to"
    desk.undo()
    desk.until(lambda: "said by" in [each.name for each in desk.editor.codebook.relations])
