"""The guideline, one key away while tagging."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

import annotator
from annotator.gui.annotate.guideline import NOT_WRITTEN
from tests.gui.conftest import Desk, Run
from tests.gui.inspected import CODEBOOK, choose, make_project

KEY = Qt.Key


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "study.annotator")


def opened(desk: Desk) -> list[str]:
    popup = desk.window.mode.inspecting.guideline
    desk.wait(popup.isVisible, "the guideline")
    return popup.texts()


def test_g_shows_what_the_chosen_span_s_label_and_its_attributes_mean(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        desk.key(KEY.Key_G)
        texts = opened(desk)
        assert texts[:2] == ["claim", CODEBOOK.label("claim").guideline]
        assert texts[2:4] == ["polarity (required)", "for · against"]
        assert texts[texts.index("strength") + 1 :][:2] == ["a number", "From 0 to 10."]
        assert "quote" not in texts
        assert desk.window.mode.inspecting.guideline.width() == 420

    run(script, project)


@pytest.mark.parametrize("key", [KEY.Key_G, KEY.Key_Escape])
def test_the_key_that_opened_it_closes_it_and_so_does_escape(run: Run, project: Path, key: KEY) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        desk.key(KEY.Key_G)
        opened(desk)
        popup = desk.window.mode.inspecting.guideline
        QTest.keyClick(popup, key)
        assert not popup.isVisible()
        assert desk.text.chosen_span() is not None

    run(script, project)


def test_a_click_closes_it(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        desk.key(KEY.Key_G)
        opened(desk)
        popup = desk.window.mode.inspecting.guideline
        QTest.mouseClick(popup.findChildren(QLabel)[1], Qt.MouseButton.LeftButton)
        assert not popup.isVisible()

    run(script, project)


def test_it_stands_beside_the_chosen_span_not_over_it(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        desk.key(KEY.Key_G)
        opened(desk)
        popup, port = desk.window.mode.inspecting.guideline, desk.text.viewport()
        where = next(rect for span, rect in desk.text.spans_in_sight() if span.id == desk.text.chosen_span())
        on_screen = where.translated(port.mapToGlobal(QPoint(0, 0)))
        assert not popup.geometry().intersects(on_screen)

    run(script, project)


def test_with_a_label_armed_it_is_that_one_s_and_else_all_of_them(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        desk.key(KEY.Key_Escape)
        desk.press("quote")
        desk.text.setFocus()
        desk.key(KEY.Key_G)
        assert opened(desk)[:2] == ["quote", CODEBOOK.label("quote").guideline]
        desk.window.mode.inspecting.guideline.close()
        desk.press("quote")
        desk.key(KEY.Key_G)
        assert [text for text in opened(desk) if CODEBOOK.has(text)] == [label.name for label in CODEBOOK]

    run(script, project)


def test_the_button_guidelines_shows_all_of_them(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        button = desk.named("Guidelines")
        assert isinstance(button, QToolButton)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert [text for text in opened(desk) if CODEBOOK.has(text)] == [label.name for label in CODEBOOK]

    run(script, project)


def test_a_long_guideline_scrolls_and_is_plain_text(run: Run, tmp_path: Path) -> None:
    wordy = "<b>Tag</b> the shortest stretch. " * 200
    first, *others = CODEBOOK.labels
    book = replace(CODEBOOK, labels=(replace(first, guideline=wordy.strip()), *others))
    path = tmp_path / "wordy.annotator"
    with annotator.new(path, codebook=book, sample=True):
        pass

    def script(desk: Desk) -> None:
        desk.press("claim")
        desk.text.setFocus()
        desk.key(KEY.Key_G)
        assert opened(desk)[1] == wordy.strip()
        popup = desk.window.mode.inspecting.guideline
        assert all(label.textFormat() is Qt.TextFormat.PlainText for label in popup.findChildren(QLabel))
        assert popup.height() < 500
        bar = popup.area.verticalScrollBar()
        QTest.keyClick(popup, KEY.Key_PageDown)
        assert 0 < bar.value() < bar.maximum()

    run(script, path)


def test_a_label_without_a_guideline_says_so(run: Run, tmp_path: Path) -> None:
    first, *others = CODEBOOK.labels
    path = tmp_path / "mute.annotator"
    with annotator.new(path, codebook=replace(CODEBOOK, labels=(replace(first, guideline=""), *others)), sample=True):
        pass

    def script(desk: Desk) -> None:
        desk.press("claim")
        desk.text.setFocus()
        desk.key(KEY.Key_G)
        assert opened(desk)[1] == NOT_WRITTEN
        assert QApplication.activePopupWidget() is desk.window.mode.inspecting.guideline

    run(script, path)
