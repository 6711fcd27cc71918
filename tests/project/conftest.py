"""A project with two documents of odd text, and the people who work in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import annotator
from annotator.project import Project
from tests.ready import ready

TEXT = "The U.S. said “we must act,” e\u0301tat 👩\u200d💻 said.\nשָׁלוֹם\u00a0and\u2028more words follow here.\n"
OTHER = "Nobody knows.\n"

Opening = Callable[[str], Project]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A project file with the documents `one` and `two`, which nobody has open."""
    (tmp_path / "one.txt").write_text(TEXT, "utf-8")
    (tmp_path / "two.txt").write_text(OTHER, "utf-8")
    return ready(tmp_path / "study.annotator", _make_file)


def _make_file(path: Path) -> None:
    with annotator.new(path, annotator="setup") as made:
        made.import_files([path.with_name("one.txt"), path.with_name("two.txt")])


@pytest.fixture
def as_annotator(file: Path) -> Iterator[Opening]:
    """Opens the project for an annotator; closed at the end."""
    opened: list[Project] = []

    def open_as(name: str) -> Project:
        opened.append(annotator.open(file, name))
        return opened[-1]

    yield open_as
    for project in opened:
        project.close()


@pytest.fixture
def kim(as_annotator: Opening) -> Project:
    """The project, open for Kim."""
    return as_annotator("kim")


@pytest.fixture
def lee(as_annotator: Opening) -> Project:
    """The same file, open for Lee."""
    return as_annotator("lee")
