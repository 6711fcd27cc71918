"""A required value that lacks is seen in the panel and the list, and asked about before a document is done."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

import annotator
from annotator.domain.document import State
from annotator.gui.annotate.spans_model import LACKS_ROLE
from tests.gui.conftest import Desk, Run
from tests.ready import ready

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return ready(tmp_path / "study.annotator", _make_project)


def _make_project(path: Path) -> None:
    with annotator.new(path, sample=True) as made:
        made.change_attribute("claim", "stance", required=True)


def states(path: Path) -> list[State]:
    with annotator.open(path) as project:
        return [status.state for status in project.statuses()]


def lacks(desk: Desk) -> list[tuple[str, ...]]:
    model = desk.window.mode.spans.model
    return [model.index(row).data(LACKS_ROLE) for row in range(model.rowCount())]


def press(desk: Desk, text: str) -> None:
    banner = desk.window.mode.page.banner
    QTest.mouseClick(next(b for b in banner.findChildren(QPushButton) if b.text() == text and b.isVisible()), LEFT)


def test_a_span_that_lacks_a_value_says_so_until_it_has_one(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("Latino activists", Qt.Key.Key_1)
        form = desk.window.mode.span.form
        name = next(each for each in form.findChildren(QLabel) if each.text().startswith("stance"))
        assert name.text() == "stance\nrequired"
        assert lacks(desk) == [("stance",)]
        row = desk.window.mode.spans.model.index(0)
        assert "lacks a value: stance" in row.data(Qt.ItemDataRole.ToolTipRole)
        assert row.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "lacks a value: stance"
        form.field("stance").tell(("supports",))
        desk.settle()
        assert name.text() == "stance *"
        assert lacks(desk) == [()]

    run(script, project)


def test_done_is_asked_about_and_the_first_span_is_shown(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("violent criminals", Qt.Key.Key_1)
        desk.tag("Latino activists", Qt.Key.Key_1)
        desk.text.choose(None)
        desk.text.setFocus()
        desk.key(Qt.Key.Key_Return, CTRL)
        assert desk.notice() == "2 spans lack a required value."
        desk.settle()
        press(desk, "Show the first")
        chosen = desk.text.span(desk.text.chosen_span() or "")
        assert chosen is not None
        assert chosen.text == "Latino activists"
        assert desk.window.mode.span.form.field("stance").isAncestorOf(desk.window.focusWidget())

    run(script, project)
    assert states(project)[0] is State.IN_PROGRESS


def test_done_anyway_marks_it_and_goes_on(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("Latino activists", Qt.Key.Key_1)
        first = desk.window.mode.documents.current()
        desk.text.setFocus()
        desk.key(Qt.Key.Key_Return, CTRL)
        press(desk, "Mark done anyway")
        desk.wait(lambda: desk.window.mode.documents.current() != first, "the next document")
        assert desk.notice() == ""
        desk.settle()

    run(script, project)
    assert states(project)[0] is State.DONE


def test_the_notice_goes_when_nothing_lacks_any_more(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("Latino activists", Qt.Key.Key_1)
        desk.text.setFocus()
        desk.key(Qt.Key.Key_Return, CTRL)
        assert desk.notice() == "1 span lacks a required value."
        desk.window.mode.span.form.field("stance").tell(("supports",))
        assert desk.notice() == ""
        desk.text.setFocus()
        desk.key(Qt.Key.Key_Return, CTRL)
        desk.settle()

    run(script, project)
    assert states(project)[0] is State.DONE


def test_a_document_whose_spans_have_all_values_is_done_at_once(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("Latino activists", Qt.Key.Key_2)
        desk.text.setFocus()
        desk.key(Qt.Key.Key_Return, CTRL)
        assert desk.notice() == ""
        desk.settle()

    run(script, project)
    assert states(project)[0] is State.DONE
