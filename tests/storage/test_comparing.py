"""What a fault altered so that every rule holds is found by a look at the newest backup; honest work never is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import annotator
from annotator.domain.time import now
from annotator.project import Project
from tests.storage.test_damage import alter


@pytest.fixture
def project(file: Path) -> Iterator[Project]:
    with annotator.open(file, "kim") as opened:
        opened.set_note(opened.spans("one")[0].id, "why")
        opened.back_up()
        yield opened


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("update span set note = 'whz' where note is not null", "The span "),
        ("update span set created = '2001-01-01T00:00:00.000Z' where start = 30", "The span "),
        ("update document set title = 'Title'", "The document one"),
        ("update label set guideline = 'x' where name = 'claim'", "The label "),
        ("update annotator set name = 'kin' where name = 'kim'", "The annotator kin"),
        ("update change set name = 'tag clajm' where number = 3", "The change 3"),
        (
            'update change_row set before = replace(before, \'"text":"\', \'"text":"x\') where change = 3',
            "The change row 3",
        ),
    ],
)
def test_a_silent_fault_is_found(statement: str, what: str, project: Project) -> None:
    assert project.check() == []
    alter(project.path, statement)
    found = " ".join(project.check())
    assert what in found
    assert "though no change was made to it: one of the two files is damaged" in found


def test_work_since_the_backup_is_no_fault(project: Project, tmp_path: Path) -> None:
    spans = project.spans("one")
    for end in (5, 6, 7):
        project.resize(spans[5].id, (0, end))
    project.retag(spans[6].id, "quote")
    project.delete(spans[7].id)
    project.set_note(spans[8].id, "new")
    project.undo()
    project.undo()
    project.redo()
    (tmp_path / "two.txt").write_text("Two.")
    project.import_file(tmp_path / "two.txt")
    assert project.check() == []


def test_a_nudge_that_joins_the_newest_change_of_the_backup_is_no_fault(project: Project) -> None:
    span = project.spans("one")[5]
    project.resize(span.id, (0, 5))
    project.back_up()
    project.resize(span.id, (0, 6))
    assert project.check() == []


def test_a_forgotten_history_is_no_fault(project: Project) -> None:
    project.tag("one", "claim", 0, 3)
    project.compact(now())
    assert project.check() == []


def test_another_course_of_events_after_a_restore_is_no_fault(project: Project, file: Path) -> None:
    old = project.backups()[0].path
    span = project.spans("one")[5]
    project.retag(span.id, "quote")
    project.tag("one", "claim", 0, 3)
    project.back_up()
    project.close()
    annotator.restore(old, file)
    with annotator.open(file, "kim") as again:
        again.retag(span.id, "actor")
        again.tag("one", "claim", 5, 9)
        assert again.check() == []


def test_a_backup_that_is_damaged_itself_says_nothing_of_the_project(project: Project) -> None:
    backup = project.backups()[0].path
    content = bytearray(backup.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    backup.write_bytes(bytes(content))
    assert project.check() == []
