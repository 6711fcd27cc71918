"""A project that three people have annotated, and what a reviewer does with it at the window."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

import annotator
from annotator.domain.document import State
from annotator.domain.review import Decision
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.review.mode import ReviewMode
from annotator.project import Project
from tests.gui.conftest import Desk, Run
from tests.ready import ready

T = TypeVar("T")
ONE = "The task force said that the program hurts trust. It must end, said Arturo Venegas of the task force.\n"
TWO = "Police say trust is gone. The report is clear.\n"
CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
HURTS, THAT_HURTS = "the program hurts trust", "that the program hurts trust"
KIM = (("one", "claim", HURTS), ("one", "actor", "Arturo Venegas"), ("one", "quote", "It must end"))
LEE = (("one", "claim", HURTS), ("one", "actor", "Arturo Venegas"), ("two", "quote", "trust is gone"))
MAX = (("one", "claim", THAT_HURTS), ("one", "actor", "Arturo Venegas"), ("two", "claim", "trust is gone"))
WORK = {"kim": (*KIM, ("two", "claim", "trust is gone")), "lee": LEE, "max": MAX}
"""In the first document one missing quote, a boundary, an actor that all have; in the second another label."""


def tag(project: Project, document: str, label: str, words: str) -> str:
    start = project.documents.text(document).index(words)
    return project.tag(document, label, start, start + len(words)).id


def _texts(path: Path) -> None:
    for name, text in (("one", ONE), ("two", TWO)):
        (path.parent / f"{name}.txt").write_text(text, "utf-8")
    with annotator.new(path, annotator="setup") as made:
        for name in ("one", "two"):
            made.import_file(path.parent / f"{name}.txt")


def _worked(path: Path) -> None:
    _texts(path)
    for name, spans in WORK.items():
        with annotator.open(path, name) as project:
            for document, label, words in spans:
                tag(project, document, label, words)
            for document in ("one", "two"):
                project.set_state(document, State.DONE)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Two documents on which nobody has worked."""
    return ready(tmp_path / "study.annotator", _texts)


@pytest.fixture
def worked(tmp_path: Path) -> Path:
    """Two documents that three people have done."""
    return ready(tmp_path / "study.annotator", _worked)


class ReviewDesk:
    """The Review mode of one window."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.window = desk.window
        desk.key(Qt.Key.Key_2, CONTROL)
        mode = desk.window.modes.shown_mode()
        assert isinstance(mode, ReviewMode)
        self.mode: ReviewMode = mode
        self.rest()

    def rest(self) -> None:
        """Wait until everything that was asked for is written, read and shown."""
        loader, worker, answered = self.mode.showing.loader, self.window.worker, [False]
        assert worker is not None
        self.desk.wait(lambda: not loader.loading and not worker.pending_writes(), "the queue")
        for _ in range(3):  # a write leads to a change, that to a read of the queue, that to one of a document
            answered[0] = False
            worker.read(lambda _: None, lambda _: answered.__setitem__(0, True))
            self.desk.wait(lambda: answered[0], "the worker")
            QTest.qWait(1)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.desk.key(key, modifiers)
        self.rest()

    def keys(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.key(key)

    def type(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, words)

    def trigger(self, action: str) -> None:
        self.desk.trigger(action)
        self.rest()

    def enabled(self, action: str) -> bool:
        return self.window.actions_table[action].isEnabled()

    def rows(self, name: str = "Queue") -> list[str]:
        """What a list reads out."""
        view = self.desk.named(name)
        assert isinstance(view, QListView)
        model = view.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount(QModelIndex()))]

    def chosen(self) -> str:
        """The row of the queue that is shown."""
        index = self.mode.queue.view.currentIndex()
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole)) if index.isValid() else ""

    def counts(self) -> list[int]:
        return [button.count for button in self.mode.queue.parts.buttons.values()]

    def shown_document(self) -> str:
        return self.mode.text._document

    def dialog(self) -> Dialog:
        found = QApplication.activeModalWidget()
        assert isinstance(found, Dialog), "no dialog is open"
        return found

    def answer(self, *, accept: bool = True) -> None:
        """Answer the dialog that is open; the window has the keyboard again then."""
        dialog = self.dialog()
        dialog.accept() if accept else dialog.reject()
        self.window.activateWindow()
        self.desk.wait(lambda: QApplication.activeModalWidget() is None and self.window.isActiveWindow(), "the window")
        self.rest()

    def ask(self, question: Callable[[Project], T]) -> T:
        """What the project has on disk."""
        found: list[T] = []
        worker = self.window.worker
        assert worker is not None
        worker.read(question, found.append)
        self.desk.wait(lambda: found, "an answer")
        return found[0]

    def gold(self, document: str = "one") -> list[tuple[str, str]]:
        return self.ask(lambda project: [(span.label, span.text) for span in project.gold(document)])

    def decisions(self, document: str = "one") -> list[Decision]:
        return self.ask(lambda project: project.decisions(document))

    def notice(self) -> str:
        banner = self.mode.banner
        return banner.text.text() if banner.isVisible() else ""


ReviewScript = Callable[[ReviewDesk], None]


def review(run: Run, project: Path, script: ReviewScript) -> None:
    """Open the project, enter Review, use it."""
    assert run(lambda desk: script(ReviewDesk(desk)), project) == 0
