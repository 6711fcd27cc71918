"""Details, deletion and correction of documents in the window, by mouse and keys; each is one change."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton

import annotator
from annotator.gui.dialogs.correct_text import CorrectTextDialog
from annotator.gui.dialogs.delete_document import DeleteDocumentDialog
from annotator.gui.dialogs.document_details import DetailsDialog
from annotator.gui.dialogs.earlier_texts import EarlierTextsDialog
from tests.gui.conftest import Desk, Run

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # says the screenless platform

ODD = "The report\u00a0came late.\u2028Nobody 👩\u200d💻 read it.\nâ€œNever again,â€\x9d said Ann.\nThe end is near.\n"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A project with a document of odd characters, and one more."""
    path = tmp_path / "odd.annotator"
    with annotator.new(path) as project:
        for name, text in (("odd", ODD), ("two", "Nothing much.\n")):
            (tmp_path / f"{name}.txt").write_text(text, "utf-8")
            project.import_file(tmp_path / f"{name}.txt")
    return path


def dialog(desk: Desk, kind: type[QDialog]) -> QDialog:
    def found() -> list[QDialog]:
        return [each for each in desk.window.findChildren(kind) if each.isVisible()]

    desk.wait(found, f"the {kind.__name__}")
    return found()[0]


def press(where: QDialog, text: str) -> None:
    (button,) = [each for each in where.findChildren(QPushButton) if each.text() == text and each.isVisible()]
    assert button.isEnabled(), f"{text} is not enabled"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def history(path: Path) -> list[str]:
    with annotator.open(path) as project:
        return [change.title for change in project.history()]


def retype(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_f2_opens_the_details_and_enter_saves_them_as_one_change(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        QTest.keyClick(desk.text, Qt.Key.Key_F2)
        details = dialog(desk, DetailsDialog)
        assert isinstance(details, DetailsDialog)
        assert details.focusWidget() is details.lines["title"]
        retype(details.lines["title"], "A new name")
        retype(details.lines["published"], "2011-9-17")
        name, value = details.further.rows[0]
        retype(name, "page")
        retype(value, "A 3")
        assert len(details.further.rows) == 2
        QTest.keyClick(value, Qt.Key.Key_Return)
        desk.wait(lambda: desk.documents()[0] == "A new name", "the new name in the list")
        desk.settle()
        assert desk.window.mode.page._title.accessibleName() == "A new name"

    run(script, study)
    assert history(study) == ["details of document"]
    with annotator.open(study) as project:
        document = next(iter(project.documents))
        assert (document.published, document.fields) == ("2011-09-17", (("page", "A 3"),))


def test_what_can_not_be_stored_is_told_beside_the_fields(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.trigger("document_details")
        details = dialog(desk, DetailsDialog)
        assert isinstance(details, DetailsDialog)
        retype(details.lines["published"], "17.9.2011")
        press(details, "Save details")
        assert details.isVisible()
        assert "the year first" in details.problem.text()
        assert details.focusWidget() is details.lines["published"]
        QTest.keyClick(details, Qt.Key.Key_Escape)

    run(script, study)
    assert history(study) == []


def test_outlets_of_other_documents_complete_what_is_typed(run: Run, study: Path) -> None:
    with annotator.open(study) as project:
        project.change_document(list(project.documents)[1].id, outlet="The Daily Planet")

    def script(desk: Desk) -> None:
        desk.trigger("document_details")
        details = dialog(desk, DetailsDialog)
        assert isinstance(details, DetailsDialog)
        completer = details.lines["outlet"].completer()
        completer.setCompletionPrefix("planet")
        assert completer.currentCompletion() == "The Daily Planet"
        details.reject()

    run(script, study)


def test_a_right_click_on_a_document_offers_what_can_be_done_with_it(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        view = desk.window.mode.documents.view
        place = view.visualRect(view.model().index(2, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=place)
        view.customContextMenuRequested.emit(place)  # the screenless platform sends no context menu event
        menu = desk.window.document_actions.menu
        desk.wait(menu.isVisible, "the menu")
        said = [action.text().replace("&", "") for action in menu.actions() if action.text()]
        assert said == [
            *("Mark done", "Mark in progress", "Mark to do"),
            *("Details…", "Document note…", "Correct text…", "Earlier texts…", "Delete document…"),
        ]
        menu.close()

    run(script, study)


def test_a_document_without_work_goes_without_a_question_and_the_next_one_opens(run: Run, study: Path) -> None:
    with annotator.open(study) as project:
        ids = [document.id for document in project.documents]

    def script(desk: Desk) -> None:
        desk.open_document(1)
        desk.trigger("delete_document")
        desk.wait(lambda: len(desk.documents()) == 4, "the document to go")
        desk.wait(lambda: desk.window.mode.loader.document_id == ids[2], "the next document")
        assert not desk.window.findChildren(DeleteDocumentDialog)
        desk.trigger("undo")
        desk.wait(lambda: len(desk.documents()) == 5, "the document to come back")
        desk.wait(lambda: desk.window.mode.tagger._document == ids[1], "it to be open again")
        desk.settle()
        desk.trigger("redo")
        desk.wait(lambda: len(desk.documents()) == 4, "the document to go again")
        desk.settle()
        assert desk.notice() == ""

    run(script, study)


def test_the_last_document_leaves_an_empty_page(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.annotator"
    (tmp_path / "a.txt").write_text("Only this.\n")
    with annotator.new(path) as project:
        project.import_file(tmp_path / "a.txt")

    def script(desk: Desk) -> None:
        desk.trigger("delete_document")
        desk.wait(lambda: desk.window.mode.page.empty.isVisible(), "the empty page")
        assert not desk.window.actions_table["delete_document"].isEnabled()

    run(script, path)


@pytest.mark.parametrize("sure", [True, False])
def test_a_question_says_what_goes_with_a_document(run: Run, study: Path, sure: bool) -> None:
    with annotator.open(study, "lee") as project:
        first = next(iter(project.documents)).id
        project.tag(first, "claim", 0, 10)

    def script(desk: Desk) -> None:
        desk.tag("Administration", Qt.Key.Key_3)
        desk.trigger("delete_document")
        question = dialog(desk, DeleteDocumentDialog)
        said = " ".join(each.text() for each in question.findChildren(type(desk.window.foot.saved)))
        assert "2 spans by 2 annotators go with it. Undo brings all of it back." in said
        if sure:
            press(question, "Delete document")
            desk.wait(lambda: len(desk.documents()) == 4, "the document to go")
        else:
            QTest.keyClick(question, Qt.Key.Key_Return)  # the main button keeps it
            desk.settle()
            assert len(desk.documents()) == 5

    run(script, study)


# Correcting the text


def correct(desk: Desk, edit: Callable[[CorrectTextDialog], None]) -> CorrectTextDialog:
    """Open the editor, edit, and go on to the preview."""
    desk.trigger("correct_text")
    editing = dialog(desk, CorrectTextDialog)
    assert isinstance(editing, CorrectTextDialog)
    edit(editing)
    press(editing, "Preview changes")
    desk.wait(lambda: editing.changes.isVisible(), "the preview")
    return editing


def replaced(old: str, new: str) -> Callable[[CorrectTextDialog], None]:
    """Find words as a person does, select them and type."""

    def edit(editing: CorrectTextDialog) -> None:
        assert editing.editor.find(old)
        if new:
            QTest.keyClicks(editing.editor, new)
        else:
            QTest.keyClick(editing.editor, Qt.Key.Key_Delete)

    return edit


def test_a_correction_touches_nothing_but_what_was_typed(run: Run, odd: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("end is near", Qt.Key.Key_1)
        editing = correct(desk, replaced("late", "on time"))
        assert "1 span stays." in editing.summary.text()
        assert "late" in editing.changes.toPlainText()
        press(editing, "Make revision 2")
        desk.wait(lambda: "on time" in desk.stored(), "the corrected text")
        desk.settle()
        assert desk.spans() == ["claim: “end is near”"]
        assert "Revision 2 is made. 1 span stays." in desk.notice()

    run(script, odd)
    with annotator.open(odd) as project:
        assert project.documents.text("odd") == ODD.replace("late", "on time")
        assert history(odd)[0] == "correct text"
        assert project.check() == []


def test_mojibake_is_repaired_with_one_button(run: Run, odd: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("Never again", Qt.Key.Key_2)
        editing = correct(desk, lambda each: press(each, "Repair mojibake"))
        press(editing, "Make revision 2")
        desk.wait(lambda: "“Never again,” said" in desk.stored(), "the repaired text")

    run(script, odd)
    with annotator.open(odd) as project:
        text = project.documents.text("odd")
        assert text == ODD.replace("â€œ", "“").replace("â€\x9d", "”")
        assert [span.text for span in project.spans("odd")] == ["Never again"]


def test_a_text_without_mojibake_offers_no_repair(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.trigger("correct_text")
        editing = dialog(desk, CorrectTextDialog)
        assert isinstance(editing, CorrectTextDialog)
        assert not editing.repair.isVisible()
        assert not editing.main.isEnabled()
        editing.reject()

    run(script, study)


def test_typing_is_given_up_only_at_the_second_escape(run: Run, odd: Path) -> None:
    def script(desk: Desk) -> None:
        desk.trigger("correct_text")
        editing = dialog(desk, CorrectTextDialog)
        assert isinstance(editing, CorrectTextDialog)
        QTest.keyClicks(editing.editor, "x")
        QTest.keyClick(editing, Qt.Key.Key_Escape)
        assert editing.isVisible()
        assert "once more to give it up" in editing.problem.text()
        QTest.keyClick(editing, Qt.Key.Key_Escape)
        desk.wait(lambda: not desk.window.findChildren(CorrectTextDialog), "the editor to go")

    run(script, odd)
    assert history(odd)[0] == "import two.txt"


def test_a_span_without_a_place_waits_with_its_words_and_gets_one(run: Run, odd: Path) -> None:
    def script(desk: Desk) -> None:
        waiting = desk.window.mode.right.unplaced
        desk.tag("end is near", Qt.Key.Key_1)
        assert not waiting.isVisible()
        editing = correct(desk, replaced("The end is near.", "Go home."))
        assert "1 can’t be placed" in editing.summary.text()
        assert editing.spans.toPlainText() == "claim: “end is near” can’t be placed"
        press(editing, "Make revision 2")
        desk.wait(waiting.isVisible, "the list of spans without a place")
        assert desk._names(waiting.view) == ["claim: “end is near”"]
        desk.wait(lambda: desk.spans() == [], "the text to be read anew")
        assert not waiting.place.isEnabled()
        desk.select("Go home")
        QTest.mouseClick(waiting.place, Qt.MouseButton.LeftButton)
        desk.wait(lambda: desk.spans() == ["claim: “Go home”"], "the span in its place")
        desk.wait(lambda: not waiting.isVisible(), "the list to go")
        desk.trigger("undo")
        desk.wait(waiting.isVisible, "the list to come back")
        desk.wait(lambda: desk.spans() == [], "the span to go")

    run(script, odd)
    assert history(odd)[:2] == ["undo place claim", "place claim"]


def test_a_span_without_a_place_is_deleted(run: Run, odd: Path) -> None:
    with annotator.open(odd) as project:
        project.tag("odd", "claim", ODD.index("end is"), ODD.index("end is") + 6)
        project.revise("odd", ODD.replace("The end is near.", "Go home."))

    def script(desk: Desk) -> None:
        waiting = desk.window.mode.right.unplaced
        desk.wait(waiting.isVisible, "the list of spans without a place")
        QTest.mouseClick(waiting.delete, Qt.MouseButton.LeftButton)
        desk.wait(lambda: not waiting.isVisible(), "the list to go")
        desk.settle()

    run(script, odd)
    assert history(odd)[0] == "delete claim"


def test_earlier_texts_are_listed_and_read(run: Run, odd: Path) -> None:
    with annotator.open(odd, "lee") as project:
        project.revise("odd", "Another text.\n")

    def script(desk: Desk) -> None:
        desk.trigger("earlier_texts")
        earlier = dialog(desk, EarlierTextsDialog)
        assert isinstance(earlier, EarlierTextsDialog)
        desk.wait(lambda: "came late" in earlier.text.toPlainText(), "the earlier text")
        assert earlier.list.item(0).text().startswith("Revision 1\nuntil today")
        assert earlier.list.item(0).text().endswith("lee")
        earlier.reject()

    run(script, odd)


def test_a_text_that_was_never_corrected_says_so(run: Run, odd: Path) -> None:
    def script(desk: Desk) -> None:
        desk.trigger("earlier_texts")
        desk.wait(lambda: "never corrected" in desk.notice(), "the notice")

    run(script, odd)


def test_another_programs_correction_is_followed_and_undo_of_ones_own_too(run: Run, odd: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("end is near", Qt.Key.Key_1)
        with annotator.open(odd, "lee") as lee:
            lee.revise("odd", "Much more comes first now. " + ODD)
        desk.wait(lambda: desk.stored().startswith("Much more"), "the corrected text")
        desk.wait(lambda: desk.spans() == ["claim: “end is near”"], "the span")
        (span,) = desk.text.spans()
        assert desk.stored()[span.start : span.end] == "end is near"
        with annotator.open(odd, "lee") as lee:
            lee.undo()
        desk.wait(lambda: desk.stored() == ODD, "the old text")
        desk.wait(lambda: desk.text.spans() and desk.text.spans()[0].start == ODD.index("end is near"), "the span")

    run(script, odd)


def test_a_correction_that_came_too_late_is_refused_in_the_editor(run: Run, odd: Path) -> None:
    def script(desk: Desk) -> None:
        editing = correct(desk, replaced("late", "on time"))
        with annotator.open(odd, "lee") as lee:
            lee.revise("odd", "Other. " + ODD)
        press(editing, "Make revision 2")
        desk.wait(lambda: "was corrected meanwhile" in editing.problem.text(), "the refusal")
        QTest.keyClick(editing, Qt.Key.Key_Escape)
        editing.done(0)

    run(script, odd)
    with annotator.open(odd) as project:
        assert project.documents.text("odd") == "Other. " + ODD


def test_in_a_read_only_project_details_can_be_looked_at(run: Run, odd: Path) -> None:
    odd.chmod(0o444)

    def script(desk: Desk) -> None:
        for name in ("correct_text", "delete_document"):
            assert not desk.window.actions_table[name].isEnabled()
        desk.trigger("document_details")
        details = dialog(desk, DetailsDialog)
        assert isinstance(details, DetailsDialog)
        assert all(line.isReadOnly() for line in details.lines.values())
        press(details, "Close")

    run(script, odd)


def test_the_window_of_the_smallest_size_shows_all_of_the_editor(run: Run, odd: Path) -> None:
    def script(desk: Desk) -> None:
        desk.window.resize(900, 600)
        desk.trigger("correct_text")
        editing = dialog(desk, CorrectTextDialog)
        assert editing.width() <= 900
        assert editing.height() <= 600
        assert editing.mapToGlobal(QPoint(0, 0)).y() >= 0
        editing.reject()

    run(script, odd)
