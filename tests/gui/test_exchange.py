"""Bringing people together in the window: documents are handed out, work is taken back, reviewed work handed back."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QFileDialog

import annotator
from annotator.domain.document import Document, Progress, State
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.dialogs.name import NameDialog
from annotator.gui.exchange.documents import choices, words
from annotator.gui.exchange.hand_back import HandBackDialog
from annotator.gui.exchange.hand_out import HandOutDialog
from annotator.gui.exchange.open_or_take import OpenOrTakeDialog
from annotator.gui.exchange.place import file_for
from annotator.gui.exchange.preview import TakeWorkDialog
from annotator.gui.opening import sample_path
from tests.gui.conftest import Desk, Run

KEY = Qt.Key
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
WORDS = "Latino activists"
FIRST, SECOND = "000_e6868b451969a881", "001_5ea2a2bbb514308d"


Kind = TypeVar("Kind", bound=Dialog)


def dialog_of(desk: Desk, kind: type[Kind]) -> Kind:
    """The dialog of a kind, once it is open."""

    def found() -> list[Kind]:
        return [each for each in desk.window.findChildren(kind) if each.isVisible()]

    desk.wait(found, kind.__name__)
    return found()[0]


def work_of(study: Path, name: str) -> None:
    """Somebody tags two spans of the first article and marks it done, and begins the second."""
    with annotator.open(study, name) as project:
        start = project.documents.text(FIRST).index(WORDS)
        project.tag(FIRST, "actor", start, start + len(WORDS))
        project.tag(FIRST, "claim", 0, 30)
        project.set_state(FIRST, State.DONE)
        project.tag(SECOND, "claim", 0, 30)


def test_documents_go_to_a_person_in_a_file_that_opens_under_their_name(run: Run, study: Path) -> None:
    work_of(study, "Ana Ruiz")
    target = study.with_name("study for Ana Ruiz.annotator")

    def script(desk: Desk) -> None:
        desk.tag("The activists", KEY.Key_3)
        desk.trigger("hand_out")
        dialog = dialog_of(desk, HandOutDialog)
        assert [dialog.person_box.itemText(at) for at in range(dialog.person_box.count())] == ["Ana Ruiz"]
        assert not dialog.main.isEnabled()
        QTest.keyClicks(dialog.person_box, "Ana Ruiz")
        assert dialog.place.field.text() == str(target)
        assert dialog.main.text() == "Hand out 5 documents"
        names = [dialog.several.itemText(at) for at in range(dialog.several.count())]
        dialog.several.activated.emit(names.index("Not done by Ana Ruiz"))
        assert dialog.main.text() == "Hand out 4 documents"
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, KEY.Key_Home)
        QTest.keyClick(dialog.list, KEY.Key_Space)
        QTest.keyClick(dialog.list, KEY.Key_Down)
        QTest.keyClick(dialog.list, KEY.Key_Space)
        row = dialog.list.visualRect(dialog.list.model().index(2, 0))
        QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
        assert dialog.main.text() == "Hand out 3 documents"
        dialog.accept()
        desk.wait(lambda: "3 documents for Ana Ruiz written to" in desk.notice(), "the report")
        assert "2 spans of theirs went along" in desk.notice()

    run(script, study)
    with annotator.open(target) as project:
        assert project.annotator == "Ana Ruiz"
        assert [each.id[:3] for each in project.documents] == ["000", "003", "004"]
        assert {span.annotator for span in project.spans(FIRST)} == {"Ana Ruiz"}
    shown: list[str] = []
    run(lambda desk: shown.append(desk.window.session.annotator), target)
    assert shown == ["Ana Ruiz"]


def test_a_file_that_is_there_is_replaced_only_by_a_second_press_and_kept_beside(run: Run, study: Path) -> None:
    target = study.with_name("study for kim.annotator")
    with annotator.new(target, annotator="kim") as other:
        other.import_text("Something else.")

    def script(desk: Desk) -> None:
        desk.trigger("hand_out")
        dialog = dialog_of(desk, HandOutDialog)
        QTest.keyClicks(dialog.person_box, "kim")
        dialog.main.click()
        assert (dialog.problem.text(), dialog.main.text()) == (f"{target.name} is there already.", "Replace it")
        dialog.place.field.setText(str(study))
        dialog.main.click()
        assert "this project itself" in dialog.problem.text()
        dialog.place.field.setText(str(target.parent / "nowhere" / "kim.annotator"))
        dialog.main.click()
        assert "There is no folder" in dialog.problem.text()
        dialog.place.field.setText(str(target))
        dialog.main.click()
        assert dialog.isVisible()
        dialog.main.click()
        desk.wait(lambda: "What was there before is" in desk.notice(), "the report")

    run(script, study)
    (kept,) = study.parent.glob("study for kim-replaced-*.annotator")
    with annotator.open(kept) as project:
        assert len(project.documents) == 1
    with annotator.open(target) as project:
        assert len(project.documents) == 5


def test_reviewed_work_goes_back_with_what_was_decided(run: Run, study: Path) -> None:
    work_of(study, "Ana Ruiz")
    with annotator.open(study, "lead") as project:
        project.decide(project.review_queue(alone="Ana Ruiz")[0], "accept", candidate=0)

    def script(desk: Desk) -> None:
        desk.trigger("hand_back")
        dialog = dialog_of(desk, HandBackDialog)
        assert dialog.person == "Ana Ruiz"
        assert dialog.place.path == study.with_name("study reviewed for Ana Ruiz.annotator")
        dialog.main.click()
        desk.wait(lambda: "The work of Ana Ruiz (3 spans, 1 decision, 0 comments) written to" in desk.notice(), "it")

    run(script, study)
    with annotator.open(study.with_name("study reviewed for Ana Ruiz.annotator")) as project:
        assert (project.annotator, len(project.decisions(FIRST)), len(project.gold(FIRST))) == ("Ana Ruiz", 1, 1)


def test_reviewed_work_that_is_opened_offers_to_be_walked_through(run: Run, study: Path) -> None:
    work_of(study, "Ana Ruiz")
    file = study.with_name("back.annotator")
    with annotator.open(study, "lead") as project:
        project.decide(project.review_queue(alone="Ana Ruiz")[0], "accept", candidate=0, reason="as it stands")
        project.hand_back(file, "Ana Ruiz")

    def script(desk: Desk) -> None:
        desk.wait(lambda: "Your work in this project was reviewed." in desk.notice(), "the notice")
        desk.press("Show what was decided")
        desk.wait(lambda: desk.window.modes.current == "Review", "the mode")

        def filled() -> bool:
            lists = desk.window.findChildren(QAbstractItemView)
            return any(each.accessibleName() == "Queue" and each.model().rowCount() > 0 for each in lists)

        desk.wait(filled, "her spans")

    run(script, file)


def test_where_nobody_else_has_worked_nothing_can_go_back(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.trigger("hand_back")
        dialog = dialog_of(desk, HandBackDialog)
        assert not dialog.main.isEnabled()
        dialog.reject()

    run(script, study)


def test_ones_name_is_typed_or_chosen_among_those_that_the_project_knows(run: Run, study: Path) -> None:
    work_of(study, "Ana Ruiz")
    work_of(study, "Ben Okafor")

    def script(desk: Desk) -> None:
        desk.trigger("name")
        dialog = dialog_of(desk, NameDialog)
        assert [dialog.list.item(at).text() for at in range(dialog.list.count())] == ["Ana Ruiz", "Ben Okafor"]
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, KEY.Key_Down)
        QTest.keyClick(dialog.list, KEY.Key_End)
        assert dialog.name == "Ben Okafor"
        dialog.field.clear()
        assert not dialog.main.isEnabled()
        QTest.keyClicks(dialog.field, "Ana Ruiz")
        assert dialog.list.currentItem().text() == "Ana Ruiz"
        dialog.main.click()
        desk.wait(lambda: desk.window.session.annotator == "Ana Ruiz" and desk.spans(), "her work")
        assert len(desk.spans()) == 2

    run(script, study)


def document(name: str) -> Document:
    return Document(name, name, None, None, None, None, None, None, None, "", 1, "", "")


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ({}, "nobody has begun"),
        ({"kim": State.TODO}, "nobody has begun"),
        ({"lee": State.DONE, "kim": State.DONE}, "done by kim, lee"),
        ({"lee": State.DONE, "kim": State.IN_PROGRESS}, "done by lee; in progress: kim"),
        (dict.fromkeys("abcde", State.DONE), "done by a, b, c and 2 more"),
    ],
)
def test_how_far_everybody_is_stands_below_a_document(states: dict[str, State], said: str) -> None:
    assert words(Progress(document("one"), states)) == said


def test_documents_are_ticked_by_how_far_people_are() -> None:
    rows = {
        "nobody": Progress(document("a"), {"kim": State.TODO}),
        "one": Progress(document("b"), {"kim": State.DONE}),
        "two": Progress(document("c"), {"kim": State.DONE, "lee": State.DONE}),
        "begun": Progress(document("d"), {"lee": State.IN_PROGRESS}),
    }
    found = {text: [name for name, row in rows.items() if wanted(row)] for text, wanted in choices("lee")}
    assert found == {
        "All": ["nobody", "one", "two", "begun"],
        "None": [],
        "Begun by nobody": ["nobody"],
        "Not done by lee": ["nobody", "one", "begun"],
        "Done by one annotator": ["one"],
        "Done by fewer than two": ["nobody", "one", "begun"],
    }


def test_a_file_is_named_after_the_person_whatever_the_name_has() -> None:
    project = Path("/data/study.annotator")
    assert file_for(project, "Ana Ruiz") == Path("/data/study for Ana Ruiz.annotator")
    assert file_for(project, "a/b: c?", "reviewed ") == Path("/data/study reviewed for a-b- c-.annotator")
    assert file_for(project, "") is None


def test_work_is_shown_and_then_taken_in_as_one_change(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = study.with_name("study for Ana Ruiz.annotator")
    with annotator.open(study, "lead") as project:
        project.hand_out(target, [FIRST, SECOND], "Ana Ruiz")
    work_of(target, "Ana Ruiz")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))

    def script(desk: Desk) -> None:
        desk.trigger("take_work")
        dialog = dialog_of(desk, TakeWorkDialog)
        desk.wait(lambda: dialog.preview, "the preview")
        assert dialog.said.text().startswith("Ana Ruiz, 2 documents: 3 new spans; 1 document done.")
        rows = [dialog.model.index(at, 0).data(ACCESSIBLE) for at in range(dialog.model.rowCount())]
        assert rows[0] == "Ana Ruiz, 2 documents"
        assert rows[1].endswith(": spans: 2 new; marked done")
        QTest.keyClick(dialog.main, KEY.Key_Return)
        desk.wait(lambda: desk.notice().startswith("Taken in from Ana Ruiz: 3 new spans"), "the report")
        desk.trigger("take_work")
        again = dialog_of(desk, TakeWorkDialog)
        desk.wait(lambda: again.preview, "the preview")
        assert (again.said.text(), again.main.isEnabled()) == (
            "All of it is here already: there is nothing to take in.",
            False,
        )
        again.reject()
        desk.trigger("undo")
        desk.settle()

    run(script, study)
    with annotator.open(study, "lead") as project:
        assert project.spans(FIRST) == []
        assert [change.kind for change in project.history()] == ["undo", "do"]


def test_a_dropped_project_is_opened_or_its_work_taken_in(run: Run, study: Path) -> None:
    other = study.with_name("other.annotator")
    annotator.new(other, sample=True).close()
    work_of(other, "Ana Ruiz")

    def script(desk: Desk) -> None:
        desk.window.handlers.take_files([str(other)])
        dialog = dialog_of(desk, OpenOrTakeDialog)
        dialog.done(dialog.EXTRA)
        taking = dialog_of(desk, TakeWorkDialog)
        desk.wait(lambda: taking.preview, "the preview")
        taking.accept()
        desk.wait(lambda: desk.notice().startswith("Taken in from Ana Ruiz"), "the report")
        desk.window.handlers.take_files([str(other)])
        dialog_of(desk, OpenOrTakeDialog).accept()
        desk.wait(lambda: desk.window.project_path == other, "the other project")

    run(script, study)
    with annotator.open(study, "lead") as project:
        assert len(project.spans(FIRST)) == 2


def test_an_export_that_is_dropped_or_imported_brings_its_spans(run: Run, study: Path, tmp_path: Path) -> None:
    other = study.with_name("other.annotator")
    annotator.new(other, sample=True).close()
    work_of(other, "Ana Ruiz")
    with annotator.open(other) as project:
        project.export(tmp_path / "work.jsonl")
    (tmp_path / "more.txt").write_text("One more text.")

    def script(desk: Desk) -> None:
        desk.window.handlers.take_files([str(tmp_path / "work.jsonl"), str(tmp_path / "more.txt")])
        dialog = dialog_of(desk, TakeWorkDialog)
        desk.wait(lambda: dialog.preview, "the preview")
        dialog.accept()
        desk.wait(lambda: len(desk.documents()) == 6, "the text")
        desk.settle()

    run(script, study)
    with annotator.open(study) as project:
        assert len(project.spans(FIRST, annotators=["Ana Ruiz"])) == 2


def test_what_is_no_work_is_told_and_nothing_is_taken(run: Run, study: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.annotator").write_text("not a project")

    def script(desk: Desk) -> None:
        desk.window.exchange.take(str(tmp_path / "broken.annotator"))
        desk.wait(lambda: "broken.annotator is not an annotator project" in desk.notice(), "the notice")
        assert desk.window.exchange.dialog is None
        desk.window.exchange.take(str(study))
        desk.wait(lambda: "this project itself" in desk.notice(), "the notice")

    run(script, study)


def test_the_example_annotations_come_into_the_sample_and_undo_takes_them_away(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.trigger("load_example")
        desk.wait(lambda: "273 spans by Ana Ruiz and Ben Okafor came in" in desk.notice(), "the report")
        assert desk.spans() == [f"actor: “{WORDS}”"]
        desk.trigger("load_example")
        desk.wait(lambda: "are here already" in desk.notice(), "the report")
        desk.trigger("undo")
        desk.settle()

    run(script, study)
    with annotator.open(study) as project:
        assert [span.text for span in project.spans(FIRST)] == [WORDS]


def test_the_example_annotations_open_the_sample_where_another_project_is_open(run: Run, tmp_path: Path) -> None:
    with annotator.new(tmp_path / "mine.annotator") as project:
        project.import_text("My own text.")

    def script(desk: Desk) -> None:
        desk.trigger("load_example")
        desk.wait(lambda: "273 spans by Ana Ruiz and Ben Okafor came in" in desk.notice(), "the report")
        assert desk.window.project_path == sample_path()

    run(script, tmp_path / "mine.annotator")
    with annotator.open(tmp_path / "mine.annotator") as project:
        assert len(project.documents) == 1


def test_work_on_another_text_is_refused_until_it_is_left_out(run: Run, study: Path) -> None:
    file = study.with_name("for Ana.annotator")
    with annotator.open(study, "lead") as project:
        project.hand_out(file, [FIRST, SECOND], "Ana Ruiz")
    work_of(file, "Ana Ruiz")
    with annotator.open(file) as project:
        project.revise(SECOND, "Corrected. " + project.documents.text(SECOND))

    def script(desk: Desk) -> None:
        desk.window.exchange.take(str(file))
        dialog = dialog_of(desk, TakeWorkDialog)
        desk.wait(lambda: dialog.preview, "the preview")
        assert dialog.refused.text()
        assert not dialog.main.isEnabled()
        dialog.skip.click()
        dialog.main.click()
        desk.wait(lambda: desk.notice().startswith("Taken in from Ana Ruiz: 2 new spans"), "the report")

    run(script, study)
    with annotator.open(study, "lead") as project:
        assert (len(project.spans(FIRST)), project.spans(SECOND)) == (2, [])
