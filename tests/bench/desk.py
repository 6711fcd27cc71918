"""A window of the program in this process, used by key and mouse events, with a clock beside it."""

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.change import ChangeSet
from annotator.gui import app
from annotator.gui.window import Window

_PATIENCE_S = 30
_SIZE = 1440, 900


class Frames(QObject):
    """Notes when each frame of the window that painted the page anew was done."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.times: list[float] = []  # of time.perf_counter
        self._window, self._page = window, window.mode.page.text.viewport()
        self._page_painted = False
        window.installEventFilter(self)
        self._page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() is QEvent.Type.Paint:
            self._page_painted = True
        elif watched is self._window and event.type() is QEvent.Type.UpdateRequest:
            self._page_painted = False
            self._window.event(event)  # paints
            if self._page_painted:
                self.times.append(time.perf_counter())
            return True
        return False


class Desk:
    """The open window; what is waited for is waited for in Qt's own loop, as in the running program."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.text = window.mode.page.text
        self.frames = Frames(window)
        self.commits: list[ChangeSet] = []
        assert window.worker is not None
        window.worker.changed.connect(self.commits.append)

    def wait(self, condition: Callable[[], object], seconds: float = _PATIENCE_S) -> None:
        """Handle events until something holds."""
        patience = QTimer(singleShot=True)
        patience.start(round(1000 * seconds))
        while not condition():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if not patience.isActive():
                raise TimeoutError("The window did not do what was waited for.")

    def rest(self) -> None:
        """Let everything that was started come to its end."""
        QTest.qWait(20)
        worker = self.window.worker
        self.wait(lambda: worker is None or not worker.pending_writes())

    def committed(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> tuple[float, float]:
        """Press a key; return the ms until its change is on disk and on the page, and until all beside it is painted.

        The page counts as painted with the last frame that touched it, in which nothing waits to be saved.
        """
        known, painted = len(self.commits), len(self.frames.times)
        start = time.perf_counter()
        QTest.keyClick(self.text, key, modifiers)
        self.wait(lambda: len(self.commits) > known)
        QApplication.processEvents()  # the paintings that the change asked for
        took = (time.perf_counter() - start) * 1000
        if len(self.frames.times) == painted or self.text._pending:
            sys.exit(f"{key} was committed but not painted.")
        return (self.frames.times[-1] - start) * 1000, took


def use(project: Path, script: Callable[[Desk], None]) -> None:
    """Open the program's window on a project through its own `main`, run the script, close the window."""

    def go_on() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))
        window.resize(*_SIZE)  # the offscreen screen is smaller than any desktop's
        while not window.complete:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        shown: list[bool] = []
        window.project_shown.connect(lambda: shown.append(True))
        while not shown:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        try:
            desk = Desk(window)
            desk.rest()
            script(desk)
        except BaseException as error:  # noqa: BLE001 - else Qt's loop would go on, with a dialog that nobody closes
            traceback.print_exception(error)
            sys.stderr.flush()
            os._exit(1)
        window.close()

    QTimer.singleShot(0, go_on)
    if app.main(str(project)):
        sys.exit("The window did not open.")


class Gaps:
    """How long the window's loop did not come round, from a timer of 1 ms. A context manager."""

    def __init__(self) -> None:
        self.longest = 0.0  # ms
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._came_round)

    def __enter__(self) -> "Gaps":
        self._last = time.perf_counter()
        self._timer.start(1)
        return self

    def __exit__(self, *_: object) -> None:
        self._came_round()
        self._timer.stop()

    def _came_round(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000 - 1)
        self._last = now


def words_in_sight(desk: Desk) -> Iterator[tuple[int, int]]:
    """Yield stretches of the text that is in sight, each some words long, all different."""
    places: list[Any] = [place for place in desk.text.places() if not place.row.blank]
    first, last = places[2], places[-3]
    start, end = first.position + first.row.start, last.position + last.row.end
    for at in range(start, end - 60, 7):
        yield at, at + 20
