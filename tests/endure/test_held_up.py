"""A large project is backed up while one tags in it: how long a tag, a read and the window's own thread are held up."""

import random
import time
from collections.abc import Callable
from functools import partial
from operator import methodcaller
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import annotator
from annotator.gui.safekeeping import _steps
from annotator.gui.worker import Worker
from annotator.project import Project
from tests.conftest import many
from tests.endure.table import Tally
from tests.endure.test_window import Heart

LONGEST_S = 0.5  # more than without a backup; the figures themselves stand in the table


def large(path: Path, megabytes: int) -> None:
    """Make a project of this size, in documents of 100 KB."""
    chance = random.Random(3)
    words = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(5_000)]
    folder = path.parent / "texts"
    folder.mkdir()
    files = []
    for number in range(10 * megabytes):
        files.append(folder / f"{number:05}.txt")
        files[-1].write_text(f"{number} {' '.join(chance.choices(words, k=15_000))}")
    with annotator.new(path, annotator="kim") as project:
        for at in range(0, len(files), 500):
            project.import_files(files[at : at + 500])


def test_a_large_project_is_backed_up_while_one_tags(
    qapp: QApplication, tmp_path: Path, tally: Tally, switching_as_in_the_program: None
) -> None:
    megabytes = many(3, 130)
    path = tmp_path / "study.annotator"
    large(path, megabytes)
    opened: list[Project] = []
    worker = Worker(lambda: annotator.open(path, "kim"), opened.append, lambda error: None)
    wait(lambda: opened)
    ended: list[object] = []
    tags_take(worker, lambda tagged: tagged >= 20)  # the first commit waits until all of the import is on the disk
    heart, begin = Heart(worker), time.monotonic()
    worker.stream(lambda project: _steps(project, True), lambda _: None, lambda _: ended.append(True), ended.append)
    beside = tags_take(worker, lambda _: bool(ended))
    pause, until = heart.restart(), 2 * time.monotonic() - begin
    assert ended == [True]
    alone = tags_take(worker, lambda _: time.monotonic() > until)  # for as long as the backup took
    usual = heart.longest
    worker.end()
    backup = annotator.backups(path)[0]
    assert backup.size > megabytes * 1_000_000
    worst = f"a tag is on disk after {max(beside) * 1000:.0f} ms at worst ({max(alone) * 1000:.0f} without)"
    with tally("backups", f"of {backup.size >> 20} MB while one tags: {worst}"):
        assert max(beside) < LONGEST_S + max(alone)
    paused = f"and the window’s thread paused for {pause * 1000:.0f} ms at most ({usual * 1000:.0f} without)"
    with tally("backups", paused):
        assert pause < many(500, 100) / 1000 + usual


def tags_take(worker: Worker, enough: Callable[[int], bool]) -> list[float]:
    """Tag one after the other until it is enough; return how long each took to be on disk, in seconds."""
    took: list[float] = []
    while not enough(len(took)):
        done: list[float] = []
        at, begin = len(took) % 900, time.perf_counter()
        worker.write(methodcaller("tag", "00000", "claim", at, at + 9), partial(_now, done))
        wait(done.__len__)
        took.append(done[0] - begin)
    return took


def _now(done: list[float], _: object) -> None:
    done.append(time.perf_counter())


def wait(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        QTest.qWait(1)
