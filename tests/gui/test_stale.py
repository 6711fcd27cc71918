"""Two windows change one span at once: the later one sees both versions and chooses."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

import annotator
from annotator.domain.span import Span
from annotator.gui import worker
from annotator.project import Project
from tests.gui.conftest import Desk, Run

KEY = Qt.Key
WORDS = "Latino activists"
ARTICLE = "000_e6868b451969a881"


@pytest.fixture(autouse=True)
def late_news(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window looks for other programs' changes so seldom that it is late each time."""
    monkeypatch.setattr(worker, "POLL_S", 600.0)


def span_of(project: Project) -> Span:
    return project.spans(ARTICLE)[0]


def press(desk: Desk, text: str) -> None:
    def found() -> list[QPushButton]:
        return [each for each in desk.window.findChildren(QPushButton) if each.text() == text and each.isVisible()]

    desk.wait(found, text)
    QTest.mouseClick(found()[0], Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("button", "left"), [("Keep mine", "quote"), ("Keep theirs", "claim")])
def test_a_label_changed_by_both_is_shown_in_both_versions(run: Run, study: Path, button: str, left: str) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        with annotator.open(study, "lee") as lee:
            lee.retag(span_of(lee).id, "claim")
        desk.key(KEY.Key_2)
        desk.wait(lambda: "lee has changed the label of this span meanwhile" in desk.notice(), "both versions")
        assert "it is “claim” now, and yours is “quote”" in desk.notice()
        assert desk.spans() == [f"claim: “{WORDS}”"]
        press(desk, button)
        desk.settle()
        desk.wait(lambda: desk.spans() == [f"{left}: “{WORDS}”"], left)
        assert desk.notice() == ""

    run(script, study)
    with annotator.open(study) as project:
        assert span_of(project).label == left
        assert project.check() == []


def test_a_note_that_another_wrote_while_one_typed_is_not_overwritten_unseen(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "POLL_S", 0.05)  # the news comes while one types

    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.key(KEY.Key_M)
        note = desk.window.mode.span.note
        QTest.keyClicks(note, "mine")
        with annotator.open(study, "lee") as lee:
            lee.set_note(span_of(lee).id, "theirs")
        desk.wait(lambda: desk.text.spans()[0].note == "theirs", "the news")
        assert note.typed() == "mine"
        desk.key(KEY.Key_Escape)
        desk.wait(lambda: "it is “theirs” now, and yours is “mine”" in desk.notice(), "both versions")
        press(desk, "Keep mine")
        desk.settle()

    run(script, study)
    with annotator.open(study) as project:
        assert span_of(project).note == "mine"


def test_ones_own_changes_in_a_row_are_never_called_stale(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        for key in (KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4):
            desk.key(key)
        for _ in range(4):
            desk.key(KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
        desk.trigger("undo")
        desk.settle()
        desk.key(KEY.Key_1)
        desk.settle()
        assert desk.notice() == ""

    run(script, study)
    with annotator.open(study) as project:
        assert span_of(project).label == "claim"
