"""The field of an entity in the span panel: by keys alone, by mouse alone, and nothing is stored that nobody took."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import annotator
from annotator.gui.annotate.entity_field import EntityField
from tests.gui.conftest import Desk, Run
from tests.ready import ready

AGENCY = "Immigration and Customs Enforcement"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return ready(tmp_path / "study.annotator", _make_project)


def _make_project(path: Path) -> None:
    with annotator.new(path, sample=True) as made:
        made.add_entity(AGENCY, aliases=["ICE"])
        made.add_entity("Janet Napolitano")


def field(desk: Desk) -> EntityField:
    found = desk.window.mode.span.form.field("entity")
    assert isinstance(found, EntityField)
    return found


def actor(desk: Desk, words: str) -> None:
    """Tag words as an actor; the entities are known by then."""
    desk.wait(lambda: desk.window.mode.entities.known.book.entities, "the entities")
    desk.tag(words, Qt.Key.Key_3)


def rows(desk: Desk) -> list[str]:
    assert field(desk).drop.isVisible(), "the list is not open"
    return desk._names(field(desk).drop.view)


def stored(path: Path) -> list[str | None]:
    with annotator.open(path) as project:
        return [span.entity for document in project.documents for span in project.spans(document.id)]


def entities(path: Path) -> list[str]:
    with annotator.open(path) as project:
        return [each.name for each in project.entity_list()]


def test_a_new_entity_by_keys_alone(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        actor(desk, "Latino activists")
        desk.text.setFocus()
        desk.key(Qt.Key.Key_E)
        assert rows(desk)[0] == "New entity “Latino activists”"
        desk.key(Qt.Key.Key_Return)
        desk.settle()
        assert QApplication.focusWidget() is desk.text
        assert field(desk).line.text() == "Latino activists"

    run(script, project)
    assert stored(project) == ["Latino activists"]
    assert entities(project) == [AGENCY, "Janet Napolitano", "Latino activists"]


def test_typing_filters_and_enter_takes_the_first(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        actor(desk, "Latino activists")
        desk.text.setFocus()
        desk.key(Qt.Key.Key_E)
        QTest.keyClicks(field(desk).line, "ice")
        assert rows(desk) == [AGENCY]
        desk.key(Qt.Key.Key_Return)
        desk.settle()

    run(script, project)
    assert stored(project) == [AGENCY]


def test_arrows_walk_to_the_row_for_a_new_name(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        actor(desk, "Latino activists")
        desk.text.setFocus()
        desk.key(Qt.Key.Key_E)
        QTest.keyClicks(field(desk).line, "Janet")
        assert rows(desk) == ["Janet Napolitano", "New entity “Janet”"]
        desk.key(Qt.Key.Key_Down)
        desk.key(Qt.Key.Key_Return)
        desk.settle()

    run(script, project)
    assert stored(project) == ["Janet"]


def test_the_mouse_alone_takes_a_row(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        actor(desk, "Latino activists")
        QTest.mouseClick(field(desk).line, LEFT)
        view = field(desk).drop.view
        assert "Janet Napolitano" in rows(desk)
        place = view.visualRect(view.model().index(rows(desk).index("Janet Napolitano"), 0)).center()
        QTest.mouseClick(view.viewport(), LEFT, pos=place)
        desk.settle()
        assert not field(desk).drop.isVisible()

    run(script, project)
    assert stored(project) == ["Janet Napolitano"]


def test_a_half_typed_name_is_no_entity_and_is_said_so(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        actor(desk, "Latino activists")
        desk.text.setFocus()
        desk.key(Qt.Key.Key_E)
        QTest.keyClicks(field(desk).line, "Jane")
        desk.text.setFocus()
        assert field(desk).line.text() == ""
        assert field(desk).problem.text().startswith("No entity is called “Jane”.")
        desk.settle()

    run(script, project)
    assert stored(project) == [None]
    assert entities(project) == [AGENCY, "Janet Napolitano"]


def test_escape_gives_up_what_was_typed_and_goes_back_to_the_text(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        actor(desk, "Latino activists")
        desk.text.setFocus()
        desk.key(Qt.Key.Key_E)
        QTest.keyClicks(field(desk).line, "ice")
        desk.key(Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is desk.text
        assert field(desk).problem.text() == ""

    run(script, project)
    assert stored(project) == [None]


def test_an_emptied_field_has_no_entity(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        actor(desk, "Latino activists")
        desk.text.setFocus()
        desk.key(Qt.Key.Key_E)
        desk.key(Qt.Key.Key_Return)
        desk.settle()
        desk.key(Qt.Key.Key_E)
        desk.key(Qt.Key.Key_Delete)
        desk.key(Qt.Key.Key_Return)
        desk.settle()

    run(script, project)
    assert stored(project) == [None]


def test_words_that_are_known_are_offered_and_stored_only_when_taken(run: Run, project: Path) -> None:
    with annotator.open(project) as made:
        made.change_entity("Janet Napolitano", aliases=["Latino activists"])

    def script(desk: Desk) -> None:
        actor(desk, "Latino activists")
        assert field(desk).offer.accessibleName() == "Set entity to Janet Napolitano"
        desk.settle()
        assert field(desk).values == ()
        desk.text.setFocus()
        desk.key(Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
        desk.settle()
        assert not field(desk).offer.isVisible()

    run(script, project)
    assert stored(project) == ["Janet Napolitano"]


def test_what_was_taken_once_is_offered_for_the_same_words(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        actor(desk, "Latino activists")
        desk.text.setFocus()
        desk.key(Qt.Key.Key_E)
        QTest.keyClicks(field(desk).line, "janet")
        desk.key(Qt.Key.Key_Return)
        desk.settle()
        span = desk.text.spans()[0]
        worker = desk.window.worker
        assert worker is not None
        worker.write(lambda project: project.tag(span.document, "actor", span.start, span.end))
        desk.settle()
        desk.wait(lambda: len(desk.text.spans()) == 2, "the second span")
        desk.text.choose(next(each.id for each in desk.text.spans() if each.id != span.id))
        QTest.mouseClick(field(desk).offer, LEFT)
        desk.settle()

    run(script, project)
    assert stored(project) == ["Janet Napolitano", "Janet Napolitano"]


def test_a_new_name_is_seen_at_once_on_every_span(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        actor(desk, "Latino activists")
        desk.text.setFocus()
        desk.key(Qt.Key.Key_E)
        desk.key(Qt.Key.Key_Return)
        desk.settle()
        worker = desk.window.worker
        assert worker is not None
        worker.write(lambda project: project.change_entity("Latino activists", name="Activists"))
        desk.wait(lambda: field(desk).line.text() == "Activists", "the new name")
        desk.trigger("undo")
        desk.wait(lambda: field(desk).line.text() == "Latino activists", "the old name")

    run(script, project)


def test_a_label_without_an_entity_says_so(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("Latino activists", Qt.Key.Key_1)
        desk.text.setFocus()
        desk.key(Qt.Key.Key_E)
        assert "no attribute for an entity" in desk.window.foot.hint.text()

    run(script, project)
