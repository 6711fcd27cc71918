"""The window as a person meets it: started by the real `main()`, used by mouse and key events, closed at the end."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QWidget

import annotator
from annotator.gui import app, crash
from annotator.gui.window import Window
from tests.ready import ready


def next_event() -> None:
    """Handle what there is, else what comes within 5 ms, as soon as it comes: `qWait(5)` sleeps on, whatever comes."""
    over = QTimer()
    over.setSingleShot(True)
    over.start(5)
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Desk:
    """One open window, and what a person does with it."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.text = window.mode.page.text

    def wait(self, condition: Callable[[], object], what: str, seconds: float = 25) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"waited {seconds} s for {what}"
            next_event()

    def named(self, name: str) -> QWidget:
        found = [w for w in self.window.findChildren(QWidget) if w.accessibleName() == name and w.isVisible()]
        assert found, f"nothing on the window is named {name!r}"
        return found[0]

    def press(self, name: str) -> None:
        button = self.named(name)
        assert isinstance(button, QPushButton)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def trigger(self, action: str) -> None:
        """Choose an action in the menu."""
        chosen = self.window.actions_table[action]
        assert chosen.isEnabled(), f"{action} is not enabled"
        chosen.trigger()

    def select(self, words: str) -> tuple[int, int]:
        """Select words with the mouse, from the first to the last character."""
        start = self.stored().index(words)
        end = start + len(words)
        self.text.setFocus()
        self.text.reveal(start)
        QTest.qWait(1)
        port, left = self.text.viewport(), Qt.MouseButton.LeftButton
        first, last = self._point(start), self._point(end)
        QTest.mousePress(port, left, pos=first)
        QTest.mouseMove(port, QPoint((first.x() + last.x()) // 2, last.y()))
        QTest.mouseMove(port, last)
        QTest.mouseRelease(port, left, pos=last)
        return start, end

    def _point(self, position: int) -> QPoint:
        cursor = self.text.textCursor()
        cursor.setPosition(self.text._offsets.to_display(position))
        rect = self.text.caret_rect(cursor, self.text.places())
        assert rect is not None, f"character {position} is not in sight"
        return rect.center() + QPoint(1, 0)

    def stored(self) -> str:
        return self.window.mode.tagger._text

    def tag(self, words: str, key: Qt.Key) -> None:
        """Select and press, and wait until it is on disk."""
        before = len(self.text.spans())
        self.select(words)
        self.key(key)
        self.wait(lambda: len(self.text.spans()) == before + 1, f"{words!r} to be tagged")
        self.settle()

    def settle(self) -> None:
        """Wait until every write is on disk and told."""
        worker = self.window.worker
        assert worker is not None
        self.wait(lambda: not worker.pending_writes() and not self.window.mode.tagger._pending, "the writes")
        QTest.qWait(20)

    def spans(self) -> list[str]:
        """What the list of spans reads out."""
        return self._names(self.window.mode.spans.view)

    def documents(self) -> list[str]:
        return self._names(self.window.mode.documents.view)

    def open_document(self, place: int) -> None:
        view = self.window.mode.documents.view
        index = view.model().index(place, 0)
        view.scrollTo(index)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
        wanted = self.window.mode.documents.current()
        self.wait(lambda: self.window.settings.last_document == wanted, "the document")

    @staticmethod
    def _names(view: QListView) -> list[str]:
        model = view.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        rows = range(model.rowCount(QModelIndex()))
        return [str(model.index(row, 0).data(role) or model.index(row, 0).data()) for row in rows]

    def notice(self) -> str:
        for banner in (self.window.mode.page.banner, self.window.start.banner):
            if banner.isVisible():
                return banner.text.text()
        return ""

    def foot(self) -> str:
        return self.window.foot.saved.text()


Script = Callable[[Desk], None]
Run = Callable[..., int]


def windows() -> list[Window]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window)]


@pytest.fixture(autouse=True)
def _delete_widgets(qapp: QApplication) -> Iterator[None]:
    """Have Qt delete what was to be deleted now, parents before children.

    Outside a loop of its own it leaves that for later, and until then Python's garbage collector may come upon the
    widgets, in no order: it has been seen to destroy a view in the middle of its own destruction.
    """
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()


@pytest.fixture
def run(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run the program's `main()`; the script uses the window when the first document is readable, then it is closed."""
    told: list[BaseException] = []
    monkeypatch.setattr(crash.CrashGuard, "caught", lambda _, error: told.append(error))

    def started(script: Script, project: Path | None = None) -> int:
        failed: list[BaseException] = []

        def use() -> None:
            window = next(window for window in windows() if window.isVisible())
            while not window.complete:
                next_event()
            desk = Desk(window)
            if not window.settings.geometry:
                window.resize(1440, 900)  # the offscreen screen is smaller than any desktop's
            try:
                shown: list[bool] = []
                window.project_shown.connect(lambda: shown.append(True))
                desk.wait(lambda: shown, "the project to be shown")
                script(desk)
            except BaseException as error:  # noqa: BLE001 - raised again below, outside Qt's loop
                failed.append(error)
            finally:
                for widget in QApplication.topLevelWidgets():
                    if widget is not window:
                        widget.close()
                window.close()

        QTimer.singleShot(0, use)
        code = app.main(str(project) if project else None)
        for error in [*failed, *told]:
            raise error
        return code

    yield started
    for window in windows():
        window.deleteLater()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return ready(tmp_path / "study.annotator", _make_sample)


def _make_sample(path: Path) -> None:
    annotator.new(path, sample=True).close()
