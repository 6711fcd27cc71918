"""The switch between modes: what each lets be done, and what is built when."""

import sys
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from annotator.gui import modes
from annotator.gui.actions import ONLY_IN, Row, rows
from tests.gui.conftest import Desk, Run

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_no_key_does_two_things_in_one_mode() -> None:
    def never_together(one: Row, other: Row) -> bool:
        modes = [{mode for mode, needs in ONLY_IN.items() if needs & set(row.needs)} for row in (one, other)]
        return bool(modes[0] and modes[1] and not modes[0] & modes[1])

    for one, other in combinations(rows(), 2):
        assert not set(one.keys) & set(other.keys) or never_together(one, other), (one.id, other.id)


def on(desk: Desk) -> list[str]:
    """The modes that the switch shows as on, and those of which the menu says so."""
    buttons = desk.window.header.modes.findChildren(QToolButton)
    switch = [b.text() for b in buttons if b.property("on")]
    return switch + [name for name in ("annotate", "review") if desk.window.actions_table[f"mode_{name}"].isChecked()]


def test_keys_and_clicks_go_from_mode_to_mode(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        assert on(desk) == ["Annotate", "annotate"]
        desk.key(Qt.Key.Key_2, CONTROL)
        assert on(desk) == ["Review", "review"]
        assert desk.window.modes.page_of()[0].isVisible()
        assert not desk.window.mode.isVisible()
        for action in ("tag_1", "done", "find"):  # what only a page can do
            assert not desk.window.actions_table[action].isEnabled(), action
        desk.key(Qt.Key.Key_1, CONTROL)
        assert on(desk) == ["Annotate", "annotate"]
        assert desk.text.hasFocus()
        desk.tag("Secure Communities", Qt.Key.Key_1)
        analyse = desk.window.header.modes.findChildren(QToolButton)[2]
        if not analyse.isEnabled():
            QTest.mouseClick(analyse, Qt.MouseButton.LeftButton)
            desk.key(Qt.Key.Key_3, CONTROL)
            assert on(desk) == ["Annotate", "annotate"]

    run(script, study)


def test_a_room_that_lies_over_the_modes_gives_back_the_one_that_was_shown(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.key(Qt.Key.Key_2, CONTROL)
        desk.trigger("codebook")
        assert desk.window.codebook.shown()
        desk.window.codebook.editor.closed.emit()
        assert on(desk) == ["Review", "review"]
        desk.trigger("codebook")
        desk.key(Qt.Key.Key_1, CONTROL)
        assert not desk.window.codebook.shown()
        assert desk.window.mode.isVisible()

    run(script, study)


def test_the_other_modes_are_not_imported_before_they_are_entered(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loaded() -> list[str]:
        return [name for name in sys.modules if name.startswith(("annotator.gui.review", "annotator.gui.analyse"))]

    for name in loaded():
        monkeypatch.delitem(sys.modules, name)

    def script(desk: Desk) -> None:
        assert not loaded()
        desk.key(Qt.Key.Key_2, CONTROL)
        assert loaded()

    run(script, study)


def test_no_two_entries_of_a_menu_are_reached_by_one_letter() -> None:
    """Two would only be walked to, and Enter be needed: a letter does what it says at once."""
    menus: dict[tuple[str, str], list[str]] = {}
    for row in rows():
        if row.menu:
            menus.setdefault((row.menu, row.submenu), []).append(row.text)
    for menu, submenu in {(row.menu, row.submenu) for row in rows() if row.submenu}:
        menus[menu, ""].append(submenu)
    for place, texts in menus.items():
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(set(letters)) == len(letters), place


def test_a_mode_of_which_only_the_beginning_is_built_can_be_hidden(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        window = desk.window
        for name, make in modes._MAKERS.items():
            mode = make(window.actions_table, window.look.theme, window.stack)
            building = mode.build()
            for _ in range(2):
                mode.winId()  # from now on Qt tells it that it is hidden, as it does where it made it a native window
                mode.hide()
                QCoreApplication.sendEvent(mode, QHideEvent())
                next(building, None)
            assert not mode.complete, name
            mode.deleteLater()

    run(script, study)
