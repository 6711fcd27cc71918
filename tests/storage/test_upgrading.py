"""A project of any older version opens, whole and with its history; what it was lies beside it."""

import shutil
import sqlite3
from pathlib import Path

import pytest

import annotator
from annotator.domain.document import State
from annotator.errors import NotAProject, ReadOnly
from annotator.storage.version import SCHEMA_VERSION

PROJECTS = Path(__file__).parent / "projects"
VERSION_1 = PROJECTS / "version-1.annotator"
VERSION_2 = PROJECTS / "version-2.annotator"
ARTICLE = "000_e6868b451969a881"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A project that version 1 made, in a file of its own."""
    return Path(shutil.copy(VERSION_1, tmp_path / "study.annotator"))


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A project that version 2 made, in a file of its own."""
    return Path(shutil.copy(VERSION_2, tmp_path / "study.annotator"))


def test_there_is_a_project_of_every_earlier_version() -> None:
    assert sorted(path.name for path in PROJECTS.iterdir()) == [
        f"version-{number}.annotator" for number in range(1, SCHEMA_VERSION)
    ]


def test_a_project_of_version_2_opens_with_all_that_is_in_it(newer: Path) -> None:
    with annotator.open(newer, "kim") as project:
        assert project.check() == []
        spans = project.spans(ARTICLE, annotators=["kim"])
        assert [span.label for span in spans] == ["quote", "actor"]
        assert (spans[1].note, spans[1].entity) == ("made by version 2", "Task force")
        assert [relation.type for relation in project.relations(ARTICLE)] == ["said by"]
        assert len(project.revisions("note")) == 1
        assert len(project.history()) == 16


def test_the_history_of_version_2_can_be_walked_back_to_its_beginning_and_forth(newer: Path) -> None:
    with annotator.open(newer, "kim") as project:
        steps = 0
        while project.undo_state().undo:
            project.undo()
            steps += 1
        assert project.spans(ARTICLE, annotators=["kim"]) == []
        for _ in range(steps):
            project.redo()
        assert len(project.spans(ARTICLE, annotators=["kim"])) == 2
        assert project.check() == []


def test_a_project_of_version_2_can_be_reviewed(newer: Path) -> None:
    with annotator.open(newer, "ruth") as project:
        queue = project.review_queue()
        assert {item.document for item in queue} == {ARTICLE}
        for item in queue:
            project.decide(item, "accept", candidate=0)
        assert project.reviewed_documents() == [ARTICLE]
        assert project.check() == []


def test_a_project_of_version_1_opens_with_all_that_is_in_it(old: Path) -> None:
    with annotator.open(old, "kim") as project:
        assert project.check() == []
        assert len(project.documents) == 6
        assert [span.label for span in project.spans(ARTICLE)] == ["quote", "policy recommendation", "actor"]
        actor = project.spans(ARTICLE)[2]
        assert (actor.note, actor.attributes[0].values) == ("the one of 2011", ("organisation",))
        assert project.status(ARTICLE).state is State.DONE
        assert project.documents.get("note").note == "made by version 1"
        assert len(project.history()) == 21


def test_the_history_of_version_1_can_be_walked_back_to_its_beginning_and_forth(old: Path) -> None:
    with annotator.open(old, "kim") as project:
        steps = 0
        while project.undo_state().undo and project.undo_state().undo != "import note.txt":
            project.undo()
            steps += 1
        assert steps == 10
        assert project.spans(ARTICLE) == []
        assert project.check() == []
        for _ in range(steps):
            project.redo()
        assert len(project.spans(ARTICLE)) == 3
        assert project.check() == []


def test_what_it_was_lies_beside_it(old: Path) -> None:
    with annotator.open(old, "kim") as project:
        backup = project.backup
    assert backup is not None
    assert backup.parent == old.parent / "study-backups"
    assert {*old.parent.rglob("*")} == {old, backup.parent, backup}
    with sqlite3.connect(backup) as copy, sqlite3.connect(VERSION_1) as original:
        assert list(copy.iterdump()) == list(original.iterdump())
    copy.close()
    original.close()


def test_a_project_that_is_up_to_date_gets_no_backup(old: Path) -> None:
    annotator.open(old, "kim").close()
    with annotator.open(old, "kim") as again:
        assert again.backup is None


def test_two_programs_open_an_old_project_one_after_the_other(old: Path) -> None:
    with annotator.open(old, "kim") as one, annotator.open(old, "lee") as two:
        one.tag("note", "claim", 0, 7)
        assert two.check() == []
        assert len(two.backups()) == 1


def test_an_old_project_that_cannot_be_written_is_left_alone(old: Path) -> None:
    old.chmod(0o444)
    before = old.read_bytes()
    with pytest.raises(ReadOnly, match="Copy it to a folder that you may write to"):
        annotator.open(old, "kim")
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize(
    "statement",
    [
        "create trigger spy after insert on change begin delete from span; end",
        "create table relation (x text)",
        "drop index ix_span_label",
    ],
)
def test_an_old_project_with_parts_that_are_not_ours_is_left_alone(statement: str, old: Path) -> None:
    with sqlite3.connect(old) as connection:
        connection.execute(statement)
    connection.close()
    before = old.read_bytes()
    with pytest.raises(NotAProject):
        annotator.open(old, "kim")
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


def test_an_old_project_with_broken_references_is_left_as_it_was(old: Path) -> None:
    with sqlite3.connect(old) as connection:
        connection.execute("update span set label = 'nowhere'")
    connection.close()
    before = old.read_bytes()
    with pytest.raises(NotAProject, match="Nothing was changed"):
        annotator.open(old, "kim")
    assert old.read_bytes() == before


def test_a_project_that_does_not_say_its_version_is_left_alone(old: Path) -> None:
    with sqlite3.connect(old) as connection:
        connection.execute("pragma user_version = 0")
    connection.close()
    with pytest.raises(NotAProject, match="which version made it"):
        annotator.open(old, "kim")
