"""Promises put to the test, many times in `make endure`: projects to be hurt, programs to be killed, and the count."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotator
from tests.endure.table import Tally, counted
from tests.project.test_together import program

TEXT = "Before the vote, nobody knew.\nThen “everybody” did: 👩\u200d💻.\n" * 40


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    yield from counted(request)


@pytest.fixture
def switching_as_in_the_program() -> Iterator[None]:
    """The window's thread gets its turn as soon as in the program, which `gui.app.main` sees to."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def chance() -> random.Random:
    """The same draws every time."""
    return random.Random(7)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A project with the documents `one` and `two`, which nobody has open."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"{name} {TEXT}", "utf-8")
    with annotator.new(tmp_path / "study.annotator", annotator="setup") as made:
        made.import_files([tmp_path / "one.txt", tmp_path / "two.txt"])
    return tmp_path / "study.annotator"


def killed_while_printing(code: str, *arguments: str, lines: int, wait_s: float) -> list[str]:
    """Run `code` in another process, kill it a while after it has printed `lines` lines; return all it printed.

    A line counts as printed when it came out whole.
    """
    other = program(code, *arguments)
    assert other.stdout
    printed = []
    for _ in range(lines):
        line = other.stdout.readline()
        if not line:
            break
        printed.append(line.rstrip("\n"))
    try:
        other.wait(wait_s)
    except subprocess.TimeoutExpired:
        other.send_signal(signal.SIGKILL)
    rest = other.stdout.read()  # `communicate` would leave out what was read ahead
    _, error = other.communicate()
    assert error == "", error
    return [*printed, *(line for line in rest.split("\n")[:-1] if line)]


assert sys.platform != "win32", "these tests send signals"
