"""Notes on spans and on documents, and how far one is with them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

import annotator
from annotator.domain.document import State
from tests.gui.conftest import Desk, Run
from tests.gui.inspected import OTHERS, back, choose, focused, make_project, stored

KEY = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "study.annotator")


def document_note(path: Path, place: int = 0) -> str | None:
    with annotator.open(path) as project:
        return list(project.documents)[place].note


def test_m_goes_to_the_note_and_ctrl_enter_writes_it_and_goes_back(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        first = desk.stored()
        desk.key(KEY.Key_M)
        assert focused() == "Note"
        QTest.keyClicks(desk.named("Note"), "Who? 3 of them")
        desk.key(KEY.Key_Return)
        QTest.keyClicks(desk.named("Note"), "Wo\u00a0her?")
        desk.key(KEY.Key_Return, CTRL)
        assert desk.text.hasFocus()
        desk.settle()
        assert desk.stored() == first, "Ctrl+Enter in a note marks no document done"

    run(script, project)
    assert stored(project).note == "Who? 3 of them\nWo\u00a0her?"


def test_a_note_is_one_change_and_its_undo_shows_the_note_as_it_was(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        for words in ("First thought", ", second thought"):
            choose(desk)
            desk.key(KEY.Key_M)
            QTest.keyClicks(desk.named("Note"), words)
            desk.key(KEY.Key_Escape)
            desk.settle()
        assert desk.window.actions_table["undo"].text() == "&Undo note on claim"
        desk.key(KEY.Key_Z, CTRL)
        desk.wait(lambda: desk.window.mode.span.note.typed() == "First thought", "the undo")

    run(script, project)
    assert stored(project).note == "First thought"


def test_ctrl_z_takes_typing_back_first_then_the_project_s_last_change(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        desk.key(KEY.Key_M)
        note = desk.window.mode.span.note
        QTest.keyClicks(note, "Hm")
        desk.key(KEY.Key_Z, CTRL)
        desk.wait(lambda: note.typed() == "", "the typing to be gone")
        before = len(desk.text.spans())
        desk.key(KEY.Key_Z, CTRL)
        desk.wait(lambda: len(desk.text.spans()) == before - 1, "the project's undo")

    run(script, project)


def test_a_note_grows_with_its_lines_up_to_five(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        desk.key(KEY.Key_M)
        note, heights = desk.window.mode.span.note, []
        for line in range(7):
            QTest.keyClicks(note, str(line))
            QTest.qWait(5)
            heights.append(note.height())
            desk.key(KEY.Key_Return)
        assert heights[0] < heights[2] < heights[4] == heights[6]

    run(script, project)


def test_a_span_with_a_note_is_marked_in_the_list_and_says_it_on_hover(run: Run, project: Path) -> None:
    with annotator.open(project) as open_project:
        span = stored(project)
        open_project.set_attribute(span.id, "polarity", "for")
        open_project.set_note(span.id, "<b>Who</b> are they?")

    def script(desk: Desk) -> None:
        choose(desk, OTHERS)
        view = desk.window.mode.spans.view
        rows = {view.model().index(row, 0).data(): view.model().index(row, 0) for row in range(2)}
        noted, plain = rows["Latino activists"], rows[OTHERS]
        tip = noted.data(Qt.ItemDataRole.ToolTipRole)
        assert "polarity: for" in tip
        assert "<b>" not in tip
        assert noted.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "polarity: for, note: <b>Who</b> are they?"
        picture = view.viewport().grab().toImage()
        ends = []
        for index in (noted, plain):
            rect = view.visualRect(index)
            corner = picture.copy(rect.right() - 32, rect.top() + 4, 18, rect.height() - 8)
            inks = {corner.pixel(x, y) for x in range(corner.width()) for y in range(corner.height())}
            ends.append(len(inks) > 1)
        assert ends == [True, False]

    run(script, project)


def test_shift_m_writes_a_note_on_the_document_and_the_head_shows_it(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        mark = desk.window.mode.page.note
        assert not mark.isVisible()
        desk.key(KEY.Key_M, SHIFT)
        popup = desk.window.mode.inspecting.document_note
        desk.wait(popup.isVisible, "the note on the document")
        QTest.keyClicks(popup.note, "Outlet? 2 candidates")
        QTest.keyClick(popup.note, KEY.Key_Escape)
        assert not popup.isVisible()
        desk.settle()
        desk.wait(mark.isVisible, "the mark in the head")
        assert len(desk.text.spans()) == 2, "figures tag nothing"
        back(desk)
        desk.key(KEY.Key_Down, ALT)
        desk.wait(lambda: not mark.isVisible(), "the next document, without a note")

    run(script, project)
    assert (document_note(project), document_note(project, 1)) == ("Outlet? 2 candidates", None)


def test_the_mark_in_the_head_opens_the_note_and_an_emptied_one_is_gone(run: Run, project: Path) -> None:
    with annotator.open(project) as open_project:
        open_project.set_document_note(next(iter(open_project.documents)).id, "Outlet?")

    def script(desk: Desk) -> None:
        mark = desk.named("Document note")
        assert isinstance(mark, QToolButton)
        QTest.mouseClick(mark, Qt.MouseButton.LeftButton)
        popup = desk.window.mode.inspecting.document_note
        assert popup.note.typed() == "Outlet?"
        popup.note.selectAll()
        QTest.keyClick(popup.note, KEY.Key_Delete)
        QTest.keyClick(popup.note, KEY.Key_Return, CTRL)
        desk.settle()
        desk.wait(lambda: not mark.isVisible(), "the mark to go")

    run(script, project)
    assert document_note(project) is None


def test_a_document_s_note_that_is_being_typed_survives_the_closing_of_the_window(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        desk.key(KEY.Key_M, SHIFT)
        QTest.keyClicks(desk.window.mode.inspecting.document_note.note, "Late")
        desk.window.close()

    run(script, project)
    assert document_note(project) == "Late"


def test_states_are_set_from_the_menu_and_the_foot_counts_what_is_done(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        foot = desk.window.foot.document
        assert foot.text() == "Document 1 of 5"
        desk.key(KEY.Key_Return, CTRL)
        desk.wait(lambda: foot.text() == "Document 2 of 5 · 1 done", "the progress")
        desk.trigger("done")
        desk.wait(lambda: foot.text() == "Document 3 of 5 · 2 done", "a document done with no spans")
        desk.trigger("in_progress")
        desk.settle()

    with annotator.open(project) as open_project:  # else done would be asked about
        first = next(iter(open_project.documents)).id
        for span, _ in open_project.missing_values(first):
            open_project.set_attribute(span.id, "polarity", "for")
    run(script, project)
    with annotator.open(project) as open_project:
        states = [status.state for status in open_project.statuses()]
    assert states == [State.DONE, State.DONE, State.IN_PROGRESS, State.TODO, State.TODO]
