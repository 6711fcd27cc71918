"""Starting: an empty frame is to be seen at once, the window is built behind it, and nothing that comes early hurts."""

import base64
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

import annotator
from annotator.gui import app, crash, furnishing
from annotator.gui import window as gui_window
from annotator.gui.frame import Frame
from annotator.gui.window import Window
from annotator.settings import Settings
from tests.gui.conftest import Desk, Run, next_event, windows

_WINDOW_AT_THE_FIRST_FRAME = """
import os, sys
from annotator.gui import app, frame

def seen(self, event, paint=frame.Frame.paintEvent):
    paint(self, event)
    print(*sorted(sys.modules), flush=True)
    os._exit(0)

frame.Frame.paintEvent = seen
app.main()
"""


def early(script: Callable[[Window], None]) -> None:
    """Run the program; the script meets the window before it is furnished, and sees to its being closed."""
    failed: list[BaseException] = []

    def use() -> None:
        window = next(window for window in windows() if window.isVisible())
        assert not window.complete
        try:
            script(window)
        except BaseException as error:  # noqa: BLE001 - raised again below, outside Qt's loop
            failed.append(error)
            window.close()

    QTimer.singleShot(0, use)
    code = app.main()
    for error in failed:
        raise error
    assert code == 0


def colours(image: QImage, places: list[QPoint]) -> list[str]:
    return [QColor(image.pixelColor(place)).name() for place in places]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_frame_has_the_grounds_of_the_window_that_comes(run: Run, study: Path, theme: str) -> None:
    Settings(theme=theme).save()

    def script(desk: Desk) -> None:
        window, mode = desk.window, desk.window.mode
        for width, left, right in ((1440, 256, 312), (1440, 301, 333), (1200, 220, 400), (950, 220, 0)):
            window.resize(width, 700)
            next_event()
            if right:
                mode.setSizes([left, width - left - right - 2, right])
                next_event()
                panels = base64.b64encode(mode.saveState().data()).decode()
            frame = Frame(window.look.theme, panels)
            frame.resize(window.size())
            before, after = frame.grab().toImage(), window.grab().toImage()
            edges = [left - 1, left, left + 1] + [width - right - 1, width - right] * bool(right)
            places = [QPoint(x, 350) for x in (*edges, left + 3)]
            places += [QPoint(width // 3, y) for y in (1, 44, 700 - 28, 700 - 26)]
            assert colours(before, places) == colours(after, places), width

    run(script, study)


def test_a_window_that_is_closed_before_it_is_furnished_just_goes(run: Run) -> None:
    def at_once(window: Window) -> None:
        window.close()

    def soon(window: Window) -> None:
        QTimer.singleShot(0, window.close)

    for close in (at_once, soon):
        early(close)
    assert all(not window.complete and window.worker is None for window in windows())


def test_keys_and_another_size_that_come_early_do_no_harm(run: Run) -> None:
    def script(window: Window) -> None:
        QTest.keyClick(window, Qt.Key.Key_1)
        QTest.keyClick(window, Qt.Key.Key_Escape)
        window.resize(950, 640)
        window.furnished.connect(shown)

    def shown() -> None:
        window = next(window for window in windows() if window.isVisible())
        seen.append((window.size().toTuple(), window.mode.right.beside()))
        window.project_shown.connect(window.close)

    seen: list[object] = []
    early(script)
    assert seen == [((950, 640), False)]


def test_a_window_that_nobody_sees_is_furnished_all_the_same(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Frame, "paintEvent", lambda *_: None)
    monkeypatch.setattr(gui_window, "_UNSEEN_MS", 50)
    shown: list[str] = []

    def script(window: Window) -> None:
        window.project_shown.connect(lambda: shown.append(window.windowTitle()))
        window.project_shown.connect(window.close)

    early(script)
    assert shown == ["sample — annotator"]


def test_a_bug_while_the_window_is_built_is_told_and_the_window_can_be_closed(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(crash.CrashGuard, "caught", lambda _, error: told.append(error))

    def broken(_: Window) -> Iterator[None]:
        yield
        raise ValueError("a bug")

    monkeypatch.setattr(furnishing, "steps", broken)

    def script(window: Window) -> None:
        while not told:
            next_event()
        window.close()

    early(script)
    assert [str(error) for error in told] == ["a bug"]


@pytest.fixture
def opening(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Projects are opened once this is set."""
    go_on, real = threading.Event(), annotator.open

    def slowly(*arguments: Any) -> Any:
        assert go_on.wait(25)
        return real(*arguments)

    monkeypatch.setattr(annotator, "open", slowly)
    return go_on


def test_an_article_is_read_while_its_project_is_opened_and_nothing_is_lost_by_it(
    run: Run, study: Path, opening: threading.Event
) -> None:
    with annotator.new(study, sample=True, force=True) as project:
        shown = [document.id for document in project.documents][2]
        project.tag(shown, "quote", 0, 12)
    Settings(last_project=str(study), last_document=shown).save()

    def script(window: Window) -> None:
        window.resize(1440, 900)
        while not window.complete or not window.mode.page.text.isVisible():
            next_event()
        desk, text = Desk(window), window.mode.page.text
        assert window.session.project is None
        assert len(desk.documents()) == 5
        assert [item[:6] for item in desk.spans()] == ["quote:"]
        assert desk.foot() == "Opening…"
        start = len(text._text) // 2
        text.reveal(start)
        text.select(start, start + 9)
        scrolled = text.verticalScrollBar().value()
        QTest.keyClick(text, Qt.Key.Key_1)
        desk.press("claim")
        assert len(text.spans()) == 1
        opening.set()
        desk.wait(lambda: desk.foot() == "All changes saved" and window.actions_table["tag_1"].isEnabled(), "opening")
        desk.wait(lambda: not window.mode.loader.loading, "the document")
        assert text.selection() == (start, start + 9)
        assert text.verticalScrollBar().value() == scrolled > 0
        QTest.keyClick(text, Qt.Key.Key_1)
        desk.settle()
        assert len(text.spans()) == 2
        window.close()

    early(script)
    with annotator.open(study) as project:
        assert [span.label for span in project.spans(shown)] == ["quote", "claim"]


def test_where_the_project_cannot_be_opened_after_all_the_start_page_says_why(
    run: Run, study: Path, opening: threading.Event
) -> None:
    Settings(last_project=str(study)).save()

    def script(window: Window) -> None:
        while not window.complete or not window.mode.page.text.isVisible():
            next_event()
        study.write_bytes(study.read_bytes()[:5000])
        opening.set()
        while not window.at_start():
            next_event()
        assert "damaged" in Desk(window).notice()
        window.close()

    early(script)


def test_the_first_frame_waits_for_no_part_of_the_window_nor_the_project(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WINDOW_AT_THE_FIRST_FRAME], capture_output=True, text=True, check=True
    )
    imported = set(done.stdout.split())
    assert "annotator.gui.frame" in imported
    assert not imported & {"sqlalchemy", "sqlite3", "annotator.project", "annotator.gui.actions", "PySide6.QtSvg"}
    assert len([name for name in imported if name.startswith("annotator.")]) < 25
