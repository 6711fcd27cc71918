"""What the window looks like at any size: themes, the narrow window, menus, a long codebook, what is remembered."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMenuBar

import annotator
from annotator.domain.codebook import Codebook, Label, LineForm
from annotator.gui.dialogs.keys import KeySheet
from tests.gui.conftest import Desk, Run

KEY = Qt.Key
WORDS = "Latino activists"


def test_an_empty_project_says_what_to_do(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.annotator"
    annotator.new(path).close()

    def script(desk: Desk) -> None:
        assert desk.window.mode.page.empty.isVisible()
        assert not desk.text.isVisible()

    run(script, path)


def test_both_themes_keep_the_text(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        for theme in ("dark", "light", "system"):
            desk.trigger(f"theme_{theme}")
            assert desk.text.isVisible()

    run(script, study)


def test_in_a_narrow_window_the_right_panel_lies_over_the_text_and_escape_closes_it(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        right = desk.window.mode.right
        desk.window.resize(950, 640)
        QTest.qWait(20)
        assert not right.isVisible()
        width = desk.text.width()
        desk.trigger("right_panel")
        assert desk.named("claim").isVisible()
        assert desk.text.width() == width, "it takes no room from the text"
        assert right.mapTo(desk.window, right.rect().topRight()).x() == desk.window.width() - 1
        desk.key(KEY.Key_Escape)
        assert not right.isVisible()
        assert not desk.window.actions_table["right_panel"].isChecked()
        desk.window.resize(1400, 800)
        QTest.qWait(20)
        assert right.isVisible()
        assert desk.text.mapTo(desk.window, desk.text.rect().topRight()).x() < right.mapTo(desk.window, QPoint()).x()

    run(script, study)


def test_the_head_gives_up_the_outlet_before_it_cuts_the_title(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        head = desk.window.mode.page
        desk.open_document(3)
        desk.wait(lambda: desk.stored().startswith("Task Force"), "the document")
        assert head._source.isVisible()
        assert head._title.text() == "Task Force Critical of Secure Communities Program"
        desk.window.resize(1030, 640)
        QTest.qWait(20)
        assert not head._source.isVisible()
        assert head._title.geometry().right() <= head._buttons.geometry().left()

    run(script, study)


def test_no_menu_begins_or_ends_with_a_line(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        bar = desk.window.findChildren(QMenuBar)[0]
        for action in bar.actions():
            menu = action.menu()
            assert isinstance(menu, QMenu)
            entries = menu.actions()
            assert not entries[0].isSeparator(), action.text()
            assert not entries[-1].isSeparator(), action.text()
            assert not any(entry.isIconVisibleInMenu() for entry in entries if not entry.isSeparator())

    run(script, study)


def test_a_long_codebook_leaves_room_for_the_spans(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.annotator"
    labels = tuple(Label(f"label {n}", "L", "#B8730E", LineForm.SOLID) for n in range(30))
    annotator.new(path, codebook=Codebook(labels), sample=True).close()

    def script(desk: Desk) -> None:
        desk.window.resize(1100, 620)
        desk.select(WORDS)
        desk.key(KEY.Key_L)
        desk.wait(desk.window.mode.picker.isVisible, "the label picker")
        QTest.keyClick(desk.window.mode.picker.field, KEY.Key_Return)
        desk.settle()
        spans, button = desk.window.mode.spans.view, desk.named("label 29")
        assert spans.height() >= 60
        assert button.visibleRegion().isEmpty()
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(desk.named("label 28"), KEY.Key_Tab)
        assert not desk.named("label 29").visibleRegion().isEmpty(), "the focus brings a label into view"

    run(script, path)


def test_f1_shows_every_key_of_the_action_table(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.key(KEY.Key_F1)
        desk.wait(lambda: desk.window.findChildren(KeySheet), "the key sheet")

    run(script, study)


def test_settings_outlive_the_window(run: Run, study: Path) -> None:
    def first(desk: Desk) -> None:
        desk.trigger("zoom_in")
        desk.trigger("theme_dark")
        desk.trigger("snap")
        desk.window.resize(900, 700)

    def second(desk: Desk) -> None:
        assert desk.text.zoom_px() == 19
        assert desk.window.look.theme.dark
        assert not desk.window.mode.tagger.snapping
        assert desk.window.height() == 700

    run(first, study)
    run(second, study)
