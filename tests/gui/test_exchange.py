"""Bringing people together in the window: documents are handed out, work is taken back, reviewed work handed back."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import annotator
from annotator.domain.document import Document, Progress, State
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.dialogs.name import NameDialog
from annotator.gui.exchange.documents import choices, words
from annotator.gui.exchange.hand_back import HandBackDialog
from annotator.gui.exchange.hand_out import HandOutDialog
from annotator.gui.exchange.place import file_for
from tests.gui.conftest import Desk, Run

KEY = Qt.Key
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
        "Done by less than two": ["nobody", "one", "begun"],
    }


def test_a_file_is_named_after_the_person_whatever_the_name_has() -> None:
    project = Path("/data/study.annotator")
    assert file_for(project, "Ana Ruiz") == Path("/data/study for Ana Ruiz.annotator")
    assert file_for(project, "a/b: c?", "reviewed ") == Path("/data/study reviewed for a-b- c-.annotator")
    assert file_for(project, "") is None
