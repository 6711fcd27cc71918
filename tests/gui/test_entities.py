"""The registry of entities in the window: by keys and by mouse, each edit one step of the project's history."""

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPushButton

import annotator
from annotator.domain.codebook import AttributeKind
from annotator.gui.entities.editor import EntitiesEditor
from annotator.gui.entities.side import ALIKE, UNTIED
from annotator.gui.worker import Worker
from tests.gui.conftest import Desk, Run
from tests.ready import ready

AGENCY = "Immigration and Customs Enforcement"
LEFT = Qt.MouseButton.LeftButton


def tag_all(project: Any, words: str, entity: str | None, most: int = 100) -> int:
    """Tag every occurrence of words as an actor, in all documents."""
    count = 0
    for document in project.documents:
        text = project.documents.text(document.id)
        for found in re.finditer(rf"\b{re.escape(words)}\b", text):
            if count < most:
                project.tag(document.id, "actor", *found.span(), attributes={"entity": entity} if entity else None)
                count += 1
    return count


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return ready(tmp_path / "study.annotator", _make_project)


def _make_project(path: Path) -> None:
    with annotator.new(path, sample=True) as made:
        tag_all(made, "ICE", "ICE")
        tag_all(made, AGENCY, AGENCY)
        tag_all(made, "Obama", None)


def registry(desk: Desk) -> EntitiesEditor:
    """Enter the registry by its key and wait until it is read."""
    desk.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    editor = desk.window.entities.editor
    desk.wait(lambda: editor.isVisible() and (editor.side.list.rows or editor.empty.isVisible()), "the registry")
    return editor


def settle(desk: Desk) -> None:
    worker = desk.window.worker
    assert isinstance(worker, Worker)
    desk.wait(lambda: not worker.pending_writes(), "the writes")
    QTest.qWait(20)
    wiring = desk.window.entities._wiring
    assert wiring is not None
    desk.wait(wiring.settled, "the registry as it is now")


def names(desk: Desk) -> list[str]:
    return desk._names(desk.window.entities.editor.side.list)


def click_row(view: QAbstractItemView, row: int) -> None:
    view.scrollTo(view.model().index(row, 0))
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(row, 0)).center())


def button(editor: EntitiesEditor, text: str) -> QPushButton:
    found = [b for b in editor.findChildren(QPushButton) if b.isVisible() and b.accessibleName() == text]
    assert found, [b.accessibleName() for b in editor.findChildren(QPushButton) if b.isVisible()]
    return found[0]


def stored(path: Path) -> dict[str, tuple[tuple[str, ...], int]]:
    with annotator.open(path) as project:
        assert project.check() == []
        return {use.entity.name: (use.entity.aliases, use.spans) for use in project.entities()}


def test_merging_by_keys_alone_and_undo(run: Run, project: Path) -> None:
    before = stored(project)

    def script(desk: Desk) -> None:
        editor = registry(desk)
        assert QApplication.focusWidget() is editor.side.list
        assert [name.split(",")[0] for name in names(desk)] == ["ICE", AGENCY]
        editor.merge.setFocus(Qt.FocusReason.TabFocusReason)
        desk.key(Qt.Key.Key_Space)
        assert editor.picker.isVisible()
        QTest.keyClicks(editor.picker.field, "customs")
        QTest.keyClick(editor.picker.field, Qt.Key.Key_Return)
        settle(desk)
        assert [name.split(",")[0] for name in names(desk)] == [AGENCY]
        assert editor.banner.text.text() == f"Merged into “{AGENCY}”. Undo takes it back."
        desk.trigger("undo")
        settle(desk)
        assert len(names(desk)) == 2
        desk.trigger("redo")
        settle(desk)

    run(script, project)
    assert stored(project) == {AGENCY: (("ICE",), before["ICE"][1] + before[AGENCY][1])}


def test_two_that_look_like_one_are_offered_and_merged_by_mouse(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        editor = registry(desk)
        assert desk._names(editor.side.groups)[1] == f"{ALIKE}, 1"
        click_row(editor.side.groups, 1)
        assert desk._names(editor.alike.list) == [f"ICE and {AGENCY}"]
        QTest.mouseClick(button(editor, f"Merge into “{AGENCY}”"), LEFT)
        settle(desk)
        assert desk._names(editor.side.groups)[1] == f"{ALIKE}, 0"
        assert editor.alike.empty.isVisible()

    run(script, project)
    assert list(stored(project)) == [AGENCY]


def test_they_are_two_takes_the_suggestion_away(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        editor = registry(desk)
        click_row(editor.side.groups, 1)
        QTest.mouseClick(button(editor, "They are two"), LEFT)
        assert desk._names(editor.side.groups)[1] == f"{ALIKE}, 0"

    run(script, project)
    assert len(stored(project)) == 2


def test_a_new_name_an_alias_and_a_note(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        editor = registry(desk)
        click_row(editor.side.list, 0)
        desk.key(Qt.Key.Key_Return)
        assert QApplication.focusWidget() is editor.form.name
        editor.form.name.selectAll()
        QTest.keyClicks(editor.form.name, "The agency")
        desk.key(Qt.Key.Key_Return)
        settle(desk)
        editor.form.aliases.add.setFocus()
        QTest.keyClicks(editor.form.aliases.add, "ICE")
        desk.key(Qt.Key.Key_Return)
        settle(desk)
        editor.form.note.setFocus()
        QTest.keyClicks(editor.form.note, "Founded 2003.")
        editor.side.list.setFocus()
        settle(desk)
        assert editor.title.text() == "The agency"

    run(script, project)
    assert stored(project)["The agency"][0] == ("ICE",)
    with annotator.open(project) as opened:
        assert [change.name for change in opened.history(3)] == [
            "change entity The agency",
            "change entity The agency",
            "rename entity ICE to The agency",
        ]


def test_an_alias_becomes_the_name_and_goes_with_a_click(run: Run, project: Path) -> None:
    with annotator.open(project) as made:
        made.change_entity("ICE", aliases=["Agency", "Office"])

    def script(desk: Desk) -> None:
        editor = registry(desk)
        click_row(editor.side.list, 0)
        QTest.mouseClick(button(editor, "Use Agency as name"), LEFT)
        settle(desk)
        QTest.mouseClick(desk.named("Remove alias Office"), LEFT)
        settle(desk)

    run(script, project)
    assert stored(project)["Agency"][0] == ("ICE",)


def test_a_name_that_another_has_is_refused_with_both(run: Run, project: Path) -> None:
    before = stored(project)

    def script(desk: Desk) -> None:
        editor = registry(desk)
        click_row(editor.side.list, 0)
        editor.form.aliases.add.setFocus()
        QTest.keyClicks(editor.form.aliases.add, AGENCY)
        desk.key(Qt.Key.Key_Return)
        settle(desk)
        assert "a name or an alias belongs to one entity" in editor.banner.text.text()

    run(script, project)
    assert stored(project) == before


def test_forms_are_split_off(run: Run, project: Path) -> None:
    with annotator.open(project) as made:
        made.merge_entities("ICE", AGENCY)
        wanted = made.entities()[0].forms["ICE"]

    def script(desk: Desk) -> None:
        editor = registry(desk)
        forms = editor.form.forms
        item = forms.list.item(0)
        assert item.text().startswith("ICE")
        rect = forms.list.visualItemRect(item)
        QTest.mouseClick(forms.list.viewport(), LEFT, pos=QPoint(rect.left() + 12, rect.center().y()))
        assert forms.button.text() == f"Split off {wanted} spans"
        assert forms.new_name.text() == "ICE"
        QTest.mouseClick(forms.button, LEFT)
        settle(desk)
        assert editor.title.text() == "ICE"

    run(script, project)
    assert stored(project)["ICE"] == ((), wanted)
    assert stored(project)[AGENCY][0] == ()


def test_spans_without_an_entity_get_one_in_one_step(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        editor = registry(desk)
        click_row(editor.side.groups, 0)
        (row,) = desk._names(editor.untied.list)
        assert row.startswith("“Obama”, actor")
        editor.untied.list.setFocus()
        desk.key(Qt.Key.Key_Return)
        settle(desk)
        assert desk._names(editor.side.groups)[0] == f"{UNTIED}, 0"
        desk.trigger("undo")
        settle(desk)
        assert desk._names(editor.untied.list) == [row]
        desk.trigger("redo")
        settle(desk)

    run(script, project)
    assert stored(project)["Obama"][1] > 2
    with annotator.open(project) as opened:
        assert opened.untied() == []


def test_a_click_on_a_span_goes_to_it_in_its_document(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        editor = registry(desk)
        click_row(editor.side.list, 1)
        desk.wait(lambda: editor.form.places.list.rows, "the spans")
        place = editor.form.places.list.rows[-1]
        assert place.words == AGENCY
        click_row(editor.form.places.list, len(editor.form.places.list.rows) - 1)
        desk.wait(lambda: desk.text.chosen_span() == place.span, "the span")
        assert desk.window.mode.documents.current() == place.document
        assert desk.text.isVisible()

    run(script, project)


def test_an_entity_with_spans_is_deleted_only_when_that_is_said(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        editor = registry(desk)
        desk.key(Qt.Key.Key_Delete)
        assert "have this entity" in editor.banner.text.text()
        settle(desk)
        assert len(names(desk)) == 2
        QTest.mouseClick(
            next(b for b in editor.banner.findChildren(QPushButton) if b.text() == "Delete, spans have none"), LEFT
        )
        settle(desk)
        assert len(names(desk)) == 1

    run(script, project)
    assert list(stored(project)) == [AGENCY]


def test_the_filter_finds_by_alias_and_by_form(run: Run, project: Path) -> None:
    with annotator.open(project) as made:
        made.change_entity("ICE", name="Agency")

    def script(desk: Desk) -> None:
        editor = registry(desk)
        QTest.keyClicks(editor.side.filter, "ice")
        assert [name.split(",")[0] for name in names(desk)] == ["Agency"]
        QTest.keyClick(editor.side.filter, Qt.Key.Key_Down)
        assert QApplication.focusWidget() is editor.side.list
        QTest.keyClicks(editor.side.filter, "zz")
        assert editor.side.nothing.isVisible()
        QTest.keyClick(editor.side.filter, Qt.Key.Key_Escape)
        assert len(names(desk)) == 2
        desk.key(Qt.Key.Key_Escape)
        assert desk.text.isVisible()

    run(script, project)


def test_an_entity_is_added_and_named(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        editor = registry(desk)
        QTest.mouseClick(editor.side.add, LEFT)
        settle(desk)
        assert editor.title.text() == "New entity"
        editor.form.name.setFocus()
        editor.form.name.selectAll()
        QTest.keyClicks(editor.form.name, "Janet Napolitano")
        desk.key(Qt.Key.Key_Return)
        settle(desk)

    run(script, project)
    assert "Janet Napolitano" in stored(project)


def test_an_empty_registry_says_what_to_do(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        editor = registry(desk)
        assert editor.empty.heading.text() == "No entities yet"
        assert "press E" in editor.empty.text.text()
        QTest.mouseClick(editor.empty.button, LEFT)
        assert desk.text.isVisible()

    run(script, study)


def test_without_an_attribute_for_it_the_codebook_is_a_click_away(run: Run, study: Path) -> None:
    with annotator.open(study) as made:
        made.change_attribute("actor", "entity", kind=AttributeKind.TEXT)

    def script(desk: Desk) -> None:
        editor = registry(desk)
        desk.wait(lambda: editor.empty.heading.text() == "No label asks for an entity", "the hint")
        QTest.mouseClick(editor.empty.button, LEFT)
        assert desk.window.codebook.shown()

    run(script, study)


def test_a_read_only_registry_can_be_looked_at(run: Run, project: Path) -> None:
    project.chmod(0o444)

    def script(desk: Desk) -> None:
        editor = registry(desk)
        assert not editor.merge.isVisible()
        assert not editor.delete.isVisible()
        assert not editor.side.add.isEnabled()
        assert editor.form.name.isReadOnly()
        click_row(editor.side.groups, 0)
        assert not editor.untied._buttons

    run(script, project)


def test_spans_of_others_are_counted_but_not_shown(run: Run, project: Path) -> None:
    with annotator.open(project, "lee") as lee:
        document = next(iter(lee.documents)).id
        lee.tag(document, "actor", 0, 6, attributes={"entity": "ICE"})

    def script(desk: Desk) -> None:
        editor = registry(desk)
        click_row(editor.side.list, 0)
        desk.wait(lambda: editor.form.places.list.rows, "the spans")
        assert {place.words for place in editor.form.places.list.rows} == {"ICE"}
        assert "1 of other annotators" in editor.form.places.said.text()
        assert editor.form.forms.list.count() == 2

    run(script, project)
