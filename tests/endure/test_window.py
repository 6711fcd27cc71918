"""The window itself: no stall while another program holds the file, all in at the end, and bugs that stop nobody."""

import sqlite3
import time
from operator import methodcaller
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

import annotator
from tests.conftest import many
from tests.endure.table import Tally
from tests.gui.conftest import Desk, Run, run, study  # noqa: F401
from tests.project.test_together import program

KEY = Qt.Key
WORDS = "Latino activists"
ARTICLE = "000_e6868b451969a881"


class Heart(QObject):
    """Beats in the window's thread; `longest` is the longest pause between two beats, in seconds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def restart(self) -> float:
        """Begin anew; return the longest pause until now."""
        longest, self.longest, self._last = self.longest, 0.0, time.perf_counter()
        return longest

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


def test_a_lock_held_by_another_program_never_stops_the_window(run: Run, study: Path, tally: Tally) -> None:  # noqa: F811
    held_s, limit_s = many(1, 10), many(500, 100) / 1000  # a machine at work on much else stops everybody now and then
    pauses: list[float] = []

    def script(desk: Desk) -> None:
        heart = Heart(desk.window)

        def work(words: str) -> None:
            """Tag, and move about in the text; the longest pause of the window's thread is noted."""
            desk.select(words)
            heart.restart()
            desk.key(KEY.Key_3)
            end = time.monotonic() + held_s
            while time.monotonic() < end:
                QTest.qWait(50)
                desk.key(KEY.Key_Right)
            pauses.append(heart.longest)

        work("task force hearings")  # the first span brings parts of the window that were not there before
        desk.settle()
        work("task force members")
        desk.settle()
        other = sqlite3.connect(study, isolation_level=None)
        other.execute("begin exclusive")
        work(WORDS)
        assert f"actor: “{WORDS}”" in desk.spans(), "it is shown as pending"
        other.execute("rollback")
        other.close()
        desk.settle()
        desk.wait(lambda: desk.foot().startswith("Saved"), "the foot")

    with tally("two programs, one file", f"a lock held for {held_s} s: the change goes in after it"):
        run(script, study)
        with annotator.open(study) as project:
            assert WORDS in [span.text for span in project.spans(ARTICLE)]
            assert len(project.spans(ARTICLE)) == 3
    _, usual, held = pauses
    with tally(
        "two programs, one file", f"and the window paused for {held * 1000:.0f} ms at most ({usual * 1000:.0f} without)"
    ):
        assert held < limit_s + usual


def test_closing_with_many_changes_queued_writes_them_all(run: Run, study: Path, tally: Tally) -> None:  # noqa: F811
    queued = many(50, 1000)

    def script(desk: Desk) -> None:
        worker = desk.window.worker
        assert worker is not None
        for at in range(queued):
            worker.write(methodcaller("tag", ARTICLE, "claim", at, at + 9))
        assert worker.pending_writes() > queued // 2

    run(script, study)
    count = tally("closing", "changes queued when the window is closed: all in")
    with annotator.open(study) as project:
        count.tried += queued
        count.held += len(project.spans(ARTICLE))
        assert len(project.spans(ARTICLE)) == queued
        assert project.check() == []


BUGS = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from annotator.gui import app
from annotator.gui.dialogs.crashed import CrashDialog
from annotator.gui.window import Window

file, wanted = sys.argv[1], int(sys.argv[2])
once = Qt.ConnectionType.SingleShotConnection
state = {"number": 0, "waits": False}

def broken(*_):
    raise ValueError(f"<b>bug {state['number']}</b>")

def saved(span):
    print("saved", state["number"], flush=True)
    state["number"] += 1
    state["waits"] = False

def beat():
    windows = [each for each in QApplication.topLevelWidgets() if isinstance(each, Window)]
    if not windows or windows[0].worker is None or not windows[0].project_path:
        return
    window = windows[0]
    if state["number"] == wanted:
        clock.stop()
        window.close()
    elif dialogs := window.findChildren(CrashDialog):
        if not dialogs[0].property("seen"):
            dialogs[0].setProperty("seen", True)
            assert f"<b>bug {state['number']}</b>" in dialogs[0].details.toPlainText()
            print("told", state["number"], flush=True)
            dialogs[0].close()
            at = state["number"]
            window.worker.write(
                lambda project: project.tag("000_e6868b451969a881", "claim", at, at + 9), saved, broken
            )
    elif not state["waits"]:
        state["waits"] = True
        way = state["number"] % 3
        if way == 0:
            QTimer.singleShot(0, broken)
        elif way == 1:
            window.mode.hinted.connect(broken, once)
            QTimer.singleShot(0, lambda: window.mode.hinted.emit("a hint"))
        else:
            window.actions_table["snap"].triggered.connect(broken, once)
            QTimer.singleShot(0, window.actions_table["snap"].trigger)

clock = QTimer()
clock.timeout.connect(beat)
application = QApplication([])
clock.start(5)
print("ended", app.main(file), flush=True)
"""


def test_an_exception_in_a_slot_is_logged_told_and_stops_nobody(study: Path, tally: Tally, home: Path) -> None:  # noqa: F811
    wanted = many(6, 60)
    printed, error = program(BUGS, str(study), str(wanted)).communicate(timeout=30 + 2 * wanted)
    lines = printed.splitlines()
    log = "".join(file.read_text() for file in home.rglob("annotator.log*"))
    for number in range(wanted):
        with tally("a bug", "an exception in a slot: logged, told as plain text, the next span is saved"):
            assert f"told {number}" in lines, error
            assert f"saved {number}" in lines
            assert f"<b>bug {number}</b>" in log
    assert lines[-1] == "ended 0"
    with annotator.open(study) as project:
        assert len(project.spans(ARTICLE)) == wanted
