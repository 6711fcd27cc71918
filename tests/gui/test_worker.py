"""The thread that owns the project, without a window: who has a turn, and that nobody runs ahead of the window."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from annotator.errors import BadArgument
from annotator.gui import streams
from annotator.gui.worker import Worker


class Project:
    """As much of a project as the worker asks for."""

    def subscribe(self, listener: Callable[[Any], None]) -> None: ...
    def poll(self) -> None: ...
    def give_way(self) -> None: ...

    def clear_cancelled(self) -> None: ...
    def close(self) -> None: ...


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    """A worker whose project is open."""
    opened: list[object] = []
    made = Worker(Project, opened.append, opened.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(opened))
    yield made
    assert made.end()


def test_a_stream_takes_no_step_before_the_window_has_taken_the_last(qtbot: QtBot, worker: Worker) -> None:
    begun = threading.Event()
    taken: list[int] = []
    heard: list[int] = []

    def steps(_: object) -> Iterator[int]:
        for number in range(5):
            taken.append(number)
            begun.set()
            yield number

    worker.stream(steps, heard.append, lambda _: heard.append(-1))
    assert begun.wait(5)
    time.sleep(0.05)  # the window is busy
    assert taken == [0]
    qtbot.waitUntil(lambda: heard == [0, 1, 2, 3, 4, -1])


def test_short_jobs_go_between_while_the_window_is_busy_with_a_step(qtbot: QtBot, worker: Worker) -> None:
    begun, read = threading.Event(), threading.Event()

    def steps(_: object) -> Iterator[None]:
        begun.set()
        yield

    worker.stream(steps, lambda _: None)
    assert begun.wait(5)
    worker.read(lambda _: read.set())
    assert read.wait(5)
    qtbot.wait(1)


def test_what_nobody_waits_for_lets_the_others_go_first(qtbot: QtBot, worker: Worker) -> None:
    order: list[str] = []
    ended: list[str] = []

    def steps(name: str, number: int) -> Callable[[object], Iterator[str]]:
        def run(_: object) -> Iterator[str]:
            for _ in range(number):
                order.append(name)
                yield name

        return run

    worker.stream(steps("backup", 20), lambda _: None, lambda _: ended.append("backup"), patient=True)
    worker.stream(steps("review", 20), lambda _: None, lambda _: ended.append("review"))
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert ended == ["review", "backup"]
    assert order.count("backup") == 20


def test_of_a_patient_stream_what_is_nothing_is_not_told(qtbot: QtBot, worker: Worker) -> None:
    heard: list[object] = []
    ended: list[bool] = []
    worker.stream(
        lambda _: iter([None] * 500 + ["damage"] + [None] * 500),
        heard.append,
        lambda _: ended.append(True),
        patient=True,
    )
    qtbot.waitUntil(lambda: bool(ended))
    assert heard == ["damage"]


def test_a_cancelled_stream_is_closed_in_its_thread_though_the_window_is_busy(qtbot: QtBot, worker: Worker) -> None:
    begun, closed = threading.Event(), threading.Event()

    def steps(_: object) -> Iterator[int]:
        try:
            begun.set()
            yield 1
            yield 2
        finally:
            closed.set()

    stream = worker.stream(steps, lambda _: None)
    assert begun.wait(5)
    stream.cancel()
    worker.read(lambda _: None)  # wakes it
    assert closed.wait(5)
    qtbot.wait(1)


def test_whether_a_write_is_on_disk_is_known_within_a_frame(qtbot: QtBot, worker: Worker) -> None:
    def refused(_: object) -> None:
        raise BadArgument("No.")

    told: list[object] = []
    worker.write(lambda _: None)
    assert worker.let_it_write()
    worker.write(refused, failed=told.append)
    assert not worker.let_it_write()
    held = threading.Event()
    worker.write(lambda _: held.wait(5))
    assert not worker.let_it_write()
    held.set()
    qtbot.waitUntil(lambda: bool(told) and not worker.pending_writes())


def test_no_write_is_taken_for_saved_because_the_one_before_it_was(
    qtbot: QtBot, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, held, told = threading.Event(), threading.Event(), list[object]()
    say = worker._written.set

    def say_late() -> None:
        ended.set()
        time.sleep(0.003)
        say()
        time.sleep(0.003)

    monkeypatch.setattr(worker._written, "set", say_late)
    worker.write(lambda _: None)
    assert ended.wait(5)  # it is on disk, and about to be said so
    worker.write(lambda _: held.wait(5), told.append)
    assert not worker.let_it_write()
    held.set()
    qtbot.waitUntil(lambda: bool(told))


def test_what_nobody_waits_for_rests_while_somebody_works(
    qtbot: QtBot, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "WORK_S", 0.2)
    steps: list[float] = []

    def backing_up(_: object) -> Iterator[None]:
        while True:
            steps.append(time.monotonic())
            yield

    stream = worker.stream(backing_up, lambda _: None, patient=True)
    qtbot.waitUntil(lambda: bool(steps))
    worker.write(lambda _: None)
    assert worker.let_it_write()
    written = time.monotonic()
    worker.read(lambda _: None)
    qtbot.wait(100)
    assert not [step for step in steps if written + 0.01 < step < written + 0.1]
    qtbot.waitUntil(lambda: steps[-1] > written + 0.2)
    stream.cancel()
    worker.read(lambda _: None)
