"""Backups are whole or not there, hold nobody up, and go back in the project's place by one call."""

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

import annotator
from annotator.domain.backup import backup_name
from annotator.errors import BadArgument, Busy, EnvironmentFailed, NotAProject, NotFound
from annotator.project import Project
from annotator.storage import copying
from tests.project.test_together import program
from tests.storage.test_damage import alter


@pytest.fixture
def project(file: Path) -> Iterator[Project]:
    with annotator.open(file, "kim") as opened:
        yield opened


def spans_in(path: Path) -> int:
    with annotator.open(path, "kim") as opened:
        assert opened.check() == []
        return len(opened.spans("one"))


def left_over(folder: Path) -> list[Path]:
    return [file for file in folder.rglob(".annotator-*") if not file.name.endswith(".annotator")]


def test_a_backup_holds_all_and_lies_in_the_folder_of_its_own(project: Project, file: Path) -> None:
    made = project.back_up()
    assert made.parent == file.parent / "study-backups"
    assert spans_in(made) == len(project.spans("one"))
    (listed,) = project.backups()
    assert (listed.path, listed.documents, listed.spans) == (made, 1, len(project.spans("one")))
    assert listed.size == made.stat().st_size
    assert abs(datetime.now(UTC) - listed.at) < timedelta(minutes=1)


def test_several_of_one_second_are_told_apart_and_listed_newest_first(project: Project) -> None:
    made = [project.back_up() for _ in range(3)]
    assert [each.path for each in project.backups()] == made[::-1]


def test_what_changed_since_the_last_backup_is_known(project: Project) -> None:
    assert project.changed_since_backup()
    project.back_up()
    assert not project.changed_since_backup()
    project.tag("one", "claim", 0, 3)
    assert project.changed_since_backup()
    project.undo()
    assert project.changed_since_backup(), "the undo is a change too"


def test_a_backup_goes_to_the_file_that_one_names(project: Project, tmp_path: Path) -> None:
    target = tmp_path / "a copy.annotator"
    assert project.back_up(target) == target
    assert spans_in(target) == len(project.spans("one"))
    with pytest.raises(BadArgument, match="exists"):
        project.back_up(target)
    project.tag("one", "claim", 0, 3)
    project.back_up(target, force=True)
    assert spans_in(target) == len(project.spans("one"))
    for wrong in (project.path, tmp_path, tmp_path / "none" / "x"):
        with pytest.raises(BadArgument):
            project.back_up(wrong, force=True)
    assert project.backups() == []


def test_changes_between_the_steps_are_in_the_backup(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "PAGES", 2)
    ids: list[str] = []
    for step in project.back_up_in_steps():
        if step is None:
            ids.append(project.tag("one", "claim", len(ids), len(ids) + 3).id)
    there = ids_in(project.backups()[0].path)
    copied = [each for each in ids if each in there]
    assert len(ids) > 10
    assert copied == ids[: len(copied)], "a backup is the project as it was at one moment"
    assert len(copied) > 5
    assert {*ids} <= {span.id for span in project.spans("one")}


def ids_in(path: Path) -> set[str]:
    with annotator.open(path, "kim") as opened:
        return {span.id for span in opened.spans("one")}


def test_a_backup_ends_though_another_program_writes_all_the_time(
    project: Project, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "PAGES", 1)
    with annotator.open(file, "lee") as lee:
        steps = 0
        for steps, _ in enumerate(project.back_up_in_steps()):
            if steps < 2_000:
                lee.tag("one", "claim", 0, 3)
    assert steps < 500
    assert spans_in(project.backups()[0].path) > 0


def test_a_large_backup_that_had_to_begin_again_is_whole(project: Project, file: Path) -> None:
    """More than SQLite keeps in memory was written already: nothing of that may stay."""
    (file.parent / "long.txt").write_text("".join(f"{number} words. " for number in range(500_000)))
    project.import_file(file.parent / "long.txt")
    with annotator.open(file, "lee") as lee:
        for step, _ in enumerate(project.back_up_in_steps()):
            if step < 12:
                lee.tag("one", "claim", step, step + 3)
    assert spans_in(project.backups()[0].path) > 0


def test_a_backup_that_is_given_up_leaves_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "PAGES", 2)
    for wanted in range(0, 40, 3):
        steps = project.back_up_in_steps()
        for _ in zip(range(wanted), steps, strict=False):
            pass
        steps.close()
        if project.backups():
            break
        assert left_over(project.path.parent) == []
        project.tag("one", "claim", wanted, wanted + 3)
    assert not [thread for thread in threading.enumerate() if thread.name == "backup"]
    assert project.check() == []


def test_what_interrupted_backups_left_is_swept_away_after_an_hour(project: Project) -> None:
    folder = project.path.parent / "study-backups"
    folder.mkdir()
    old, new = folder / ".annotator-1234abcd", folder / ".annotator-5678abcd"
    for file in (old, new):
        file.write_bytes(b"half a backup")
    os.utime(old, (time.time() - 7200,) * 2)
    project.back_up()
    assert (old.exists(), new.exists()) == (False, True)


def test_old_backups_rotate_out_and_the_new_one_stays_even_where_the_clock_was_wrong(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project.path.parent / "study-backups"
    folder.mkdir()
    future = datetime(2099, 12, 31, 12, tzinfo=UTC)
    for minutes in range(60):
        (folder / backup_name("study", future + timedelta(minutes=minutes))).write_bytes(b"x")
    (folder / "notes.txt").write_text("mine")
    (folder / backup_name("other", future)).write_bytes(b"x")
    made = project.back_up()
    assert made.exists()
    assert len(list(folder.glob("study-*"))) == 11
    assert {file.name for file in folder.iterdir()} >= {"notes.txt", backup_name("other", future)}


@pytest.mark.parametrize(
    "statement",
    ["update text set content = 'x' || substr(content, 2)", "update text set content = content || ' '"],
)
def test_of_a_project_with_a_changed_text_no_backup_is_made_and_the_earlier_ones_stay(
    statement: str, file: Path
) -> None:
    with annotator.open(file, "kim") as project:
        good = project.back_up()
        before = good.read_bytes()
    alter(file, statement)
    with annotator.open(file, "kim") as project:
        with pytest.raises(NotAProject, match=r"no backup of it was made\. Earlier backups are as they were"):
            project.back_up()
        assert [each.path for each in project.backups()] == [good]
        assert [each for each in project.damage_in_steps() if each]
    assert good.read_bytes() == before
    assert left_over(file.parent) == []


def test_a_sound_project_shows_no_damage(project: Project) -> None:
    assert {*project.damage_in_steps()} == {None}


def test_a_folder_that_cannot_be_made_is_told_and_the_work_goes_on(project: Project) -> None:
    (project.path.parent / "study-backups").write_text("a file in the way")
    with pytest.raises(EnvironmentFailed, match=r"No backup of study\.annotator could be made"):
        project.back_up()
    project.tag("one", "claim", 0, 3)


def test_a_disk_that_is_nearly_full_is_left_to_the_work(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(EnvironmentFailed, match="the disk is nearly full"):
        project.back_up()
    assert project.backups() == []
    project.tag("one", "claim", 0, 3)


def test_before_a_large_change_there_is_a_backup(project: Project, tmp_path: Path) -> None:
    spans = project.tag_all("claim", [("one", at % 500, at % 500 + 9) for at in range(600)])
    project.delete(spans[0].id)
    assert project.backups() == []
    project.delete(*(span.id for span in spans[1:]))
    (made,) = project.backups()
    assert made.spans == len(project.spans("one")) + 599
    (tmp_path / "long.txt").write_text("word " * 250_000)
    project.import_file(tmp_path / "long.txt")
    assert len(project.backups()) == 2
    project.tag_all("claim", [("long", at, at + 9) for at in range(600)])
    project.delete_documents("long")
    assert project.backups()[0].spans == len(project.spans("one")) + 600


def test_a_large_change_goes_in_also_where_no_backup_can_be_made(project: Project) -> None:
    (project.path.parent / "study-backups").write_text("a file in the way")
    spans = project.tag_all("claim", [("one", at % 500, at % 500 + 9) for at in range(600)])
    project.delete(*(span.id for span in spans))
    assert "could be made" in str(project.backup_problem)


# Restoring

STAYS_OPEN = """
import sys, annotator
with annotator.open(sys.argv[1], "lee"):
    print("open", flush=True)
    input()
"""


def test_a_restored_project_is_the_backup_and_what_it_replaced_is_kept(file: Path) -> None:
    with annotator.open(file, "kim") as project:
        before = len(project.spans("one"))
        backup = project.back_up()
        project.tag("one", "claim", 0, 3)
    now = file.read_bytes()
    replaced = annotator.restore(backup, file)
    assert replaced is not None
    assert replaced.read_bytes() == now
    assert spans_in(file) == before
    assert spans_in(replaced) == before + 1
    assert backup.exists()
    assert left_over(file.parent) == []


def test_a_project_that_is_gone_comes_back(file: Path) -> None:
    with annotator.open(file, "kim") as project:
        backup = project.back_up()
    file.unlink()
    assert [each.path for each in annotator.backups(file)] == [backup]
    assert annotator.restore(backup, file) is None
    assert spans_in(file) > 0


def test_a_journal_that_a_crash_left_goes_with_the_file_it_belongs_to(file: Path) -> None:
    with annotator.open(file, "kim") as project:
        backup = project.back_up()
    journal = file.with_name("study.annotator-journal")
    journal.write_bytes(b"what would repair the damaged project")
    replaced = annotator.restore(backup, file)
    assert replaced is not None
    assert not journal.exists()
    assert replaced.with_name(f"{replaced.name}-journal").read_bytes() == b"what would repair the damaged project"
    assert spans_in(file) > 0


def test_a_damaged_project_is_replaced_and_kept(file: Path) -> None:
    with annotator.open(file, "kim") as project:
        backup = project.back_up()
    file.write_bytes(b"rubbish")
    replaced = annotator.restore(backup, file)
    assert replaced is not None
    assert replaced.read_bytes() == b"rubbish"
    assert spans_in(file) > 0


def test_a_backup_that_is_not_whole_is_not_restored(file: Path, tmp_path: Path) -> None:
    with annotator.open(file, "kim") as project:
        good = project.back_up()
    content = good.read_bytes()
    bad = tmp_path / "bad.annotator-backup"
    before = file.read_bytes()
    for damaged in (b"", content[: len(content) // 2], content.replace(b"nobody", b"nowhat"), b"x" * 8192):
        bad.write_bytes(damaged)
        with pytest.raises(NotAProject):
            annotator.restore(bad, file)
    with pytest.raises(NotFound):
        annotator.restore(tmp_path / "none", file)
    for target in (tmp_path / "none" / "study.annotator", tmp_path):
        with pytest.raises(BadArgument):
            annotator.restore(good, target)
    with pytest.raises(BadArgument, match="is the project itself"):
        annotator.restore(file, file)
    assert file.read_bytes() == before
    assert left_over(tmp_path) == []


def test_a_project_that_somebody_has_open_is_not_replaced(file: Path) -> None:
    with annotator.open(file, "kim") as project:
        backup = project.back_up()
        with pytest.raises(Busy, match="open in this program"):
            annotator.restore(backup, file)
    other = program(STAYS_OPEN, str(file))
    assert other.stdout
    assert other.stdout.readline() == "open\n"
    before = file.read_bytes()
    with pytest.raises(Busy, match="open in another program"):
        annotator.restore(backup, file)
    assert file.read_bytes() == before
    other.communicate("\n")
    annotator.restore(backup, file)


def test_the_list_shows_a_damaged_backup_as_one(project: Project) -> None:
    made = project.back_up()
    made.write_bytes(b"rubbish")
    (listed,) = project.backups()
    assert not listed.readable
    with sqlite3.connect(made.with_name("study-20200101T000000Z.annotator-backup")) as foreign:
        foreign.execute("create table span (x)")
        foreign.execute("create table document (x)")
    foreign.close()
    assert [each.readable for each in project.backups()] == [False, False]
