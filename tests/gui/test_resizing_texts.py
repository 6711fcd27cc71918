"""Ends are moved in texts of other kinds: emoji, Arabic; and not at all in a project that is read-only."""

from pathlib import Path

from pytestqt.qtbot import QtBot

import annotator
from annotator.domain.shaping import End
from annotator.gui.text.view import TextView
from tests.gui.conftest import Desk, Run
from tests.gui.test_resizing import ALT, CTRL, KEY, SHIFT, drag, handle, texts
from tests.gui.test_text_menu import entries, open_menu


def project(folder: Path, text: str) -> Path:
    source, path = folder / "text.txt", folder / "study.annotator"
    source.write_text(text, "utf-8")
    with annotator.new(path) as made:
        made.import_file(source)
    return path


def test_a_character_is_what_a_reader_sees_as_one(run: Run, tmp_path: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("we", KEY.Key_1)
        for expected in ("we ", "we 👍🏽", "we 👍🏽🇫🇷", "we 👍🏽🇫🇷e\u0301"):
            desk.key(KEY.Key_Right, CTRL | ALT)
            assert texts(desk) == [expected]
        for expected in ("we 👍🏽🇫🇷", "we 👍🏽", "we "):
            desk.key(KEY.Key_Left, CTRL | ALT)
            assert texts(desk) == [expected]
        desk.settle()

    run(script, project(tmp_path, "So we 👍🏽🇫🇷e\u0301tat agree."))


def test_left_goes_on_where_the_text_runs_to_the_left(run: Run, tmp_path: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("بالعالم", KEY.Key_1)
        desk.key(KEY.Key_Left, ALT)
        assert texts(desk) == ["بالعالم كله"]
        desk.key(KEY.Key_Right, ALT | SHIFT)
        assert texts(desk) == ["مرحبا بالعالم كله"]
        desk.settle()

    run(script, project(tmp_path, "مرحبا بالعالم كله هنا"))


def test_an_end_in_arabic_is_dragged_to_the_left(run: Run, tmp_path: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("بالعالم", KEY.Key_1)
        first, last = (desk._point(desk.stored().index(word)) for word in ("كله", "هنا"))
        drag(desk, handle(desk, End.END), (first + last) / 2)
        desk.settle()
        assert texts(desk) == ["بالعالم كله"]

    run(script, project(tmp_path, "مرحبا بالعالم كله هنا"))


def test_nothing_can_be_reshaped_in_a_read_only_project(run: Run, tmp_path: Path) -> None:
    path = project(tmp_path, "The task force said so.")
    with annotator.open(path) as made:
        made.tag(next(iter(made.documents)).id, "claim", 4, 14)
    path.chmod(0o444)

    def script(desk: Desk) -> None:
        desk.text.choose(desk.text.spans()[0].id)
        assert not desk.text.ink().handles
        drag(desk, handle(desk, End.END), desk._point(20))
        drag(desk, desk._point(16), desk._point(19), CTRL)
        assert texts(desk) == ["task force"]
        assert not desk.window.actions_table["nudge_end_right_word"].isEnabled()
        desk.text.choose(desk.text.spans()[0].id)
        assert entries(open_menu(desk)) == ["claim", "Every occurrence of the words", "Copy"]
        desk.window.mode.span_actions.menu.close()

    run(script, path)


def test_a_view_without_a_shaper_has_no_handles(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    assert not view.ink().handles
