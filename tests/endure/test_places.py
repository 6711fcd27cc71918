"""A full disk, a limit on files, a folder or file that goes away: told, nothing lost, and it goes on afterwards."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotator
from annotator.errors import EnvironmentFailed
from annotator.project import Project
from tests.conftest import many
from tests.endure.table import Tally
from tests.project.snapshots import snapshot
from tests.project.test_together import program

PLACES = "full disk, limits, folders that go away"
SMALL = "2m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here; the limit on the size of files stands in for it")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, leave: int = 0) -> Path:
    """Take all room but about `leave` bytes."""
    ballast = folder / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb") as taken:
        while True:
            taken.write(bytes(4096))
            taken.flush()
    if leave:
        os.truncate(ballast, max(0, ballast.stat().st_size - leave))
    return ballast


def tag_until_refused(project: Project) -> tuple[EnvironmentFailed, list[str]]:
    """Tag until the machine says no; return why, and the ids of what went in."""
    done = []
    for at in range(5_000):
        try:
            done += [
                span.id
                for span in project.tag_all("claim", [("one", at % 400 + n, at % 400 + n + 9) for n in range(40)])
            ]
        except EnvironmentFailed as error:
            return error, done
    raise AssertionError("the machine never said no")


def test_a_full_disk_is_told_and_the_change_goes_in_when_there_is_room(
    file: Path, small_disk: Path, tally: Tally
) -> None:
    for number in range(many(2, 20)):
        path = Path(shutil.copy(file, small_disk))
        with (
            tally(PLACES, "a real file system of 2 MB full: told, kept, nothing half done"),
            annotator.open(path, "kim") as project,
        ):
            ballast = fill(small_disk, leave=4096 * (number % 12))
            error, done = tag_until_refused(project)
            assert "disk is full" in str(error)
            before = snapshot(project)
            with pytest.raises(EnvironmentFailed, match=r"No backup of study\.annotator could be made"):
                project.back_up()
            assert snapshot(project) == before
            assert {*done} == {span.id for span in project.spans("one")}
            ballast.unlink()
            project.tag("one", "claim", 0, 3)
            assert project.check() == []


LIMITED = """
import resource, signal, sys, annotator
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with annotator.open(sys.argv[1], "kim") as project:
    size = project.path.stat().st_size + int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        for at in range(5000):
            project.tag_all("claim", [("one", at % 400 + n, at % 400 + n + 9) for n in range(40)])
            print("saved", flush=True)
    except annotator.errors.EnvironmentFailed as error:
        print("told", type(error).__name__, flush=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    project.tag("one", "claim", 0, 3)
    print("afterwards", len(project.check()), flush=True)
"""


def test_a_limit_on_the_size_of_files_is_told_and_nothing_is_half_done(file: Path, tally: Tally) -> None:
    for number in range(many(2, 20)):
        with tally(PLACES, "a limit on the size of files: told, nothing half done"):
            path = Path(shutil.copy(file, file.with_name("limited.annotator")))
            printed, error = program(LIMITED, str(path), str(1000 + number * 7000)).communicate()
            lines = printed.splitlines()
            assert error == ""
            assert lines[-2].startswith("told"), lines[-3:]
            assert lines[-1] == "afterwards 0"
            with annotator.open(path, "kim") as project:
                assert len(project.spans("one")) == 40 * lines.count("saved") + 1
                assert project.check() == []


def test_a_folder_or_file_that_goes_away_and_comes_back(file: Path, tmp_path: Path, tally: Tally) -> None:
    home = tmp_path / "folder"
    home.mkdir()
    path = Path(shutil.copy(file, home))
    for number in range(many(4, 40)):
        kind = ("the folder gone", "the file moved away")[number % 2]
        gone, away = (home, tmp_path / "elsewhere") if number % 2 == 0 else (path, home / "other.annotator")
        with tally(PLACES, f"{kind}: told, and the change goes in when it is back"):
            with annotator.open(path, "kim") as project:
                there = len(project.spans("one"))
                gone.rename(away)
                for _ in range(2):
                    with pytest.raises(EnvironmentFailed) as told:
                        project.tag("one", "claim", 0, 3)
                assert str(told.value)
                away.rename(gone)
                project.tag("one", "claim", 0, 3)
                assert len(project.spans("one")) == there + 1
            with annotator.open(path, "kim") as project:
                assert len(project.spans("one")) == there + 1
                assert project.check() == []
