"""Project files that another program made, or somebody with a grudge: refused or flagged, their bytes unchanged."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import annotator
from annotator.domain.attributes import Attribute
from annotator.domain.document import State
from annotator.domain.review import Rule
from annotator.errors import AnnotatorError
from tests.cli.conftest import Outcome
from tests.cli.conftest import call as call
from tests.endure.table import Tally
from tests.hostile import corpus
from tests.hostile.test_readers import PROMISE, refused

Call = Callable[..., Outcome]
TEXT = "The task force said that it must end."


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a row in every table."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "doc.txt").write_text(TEXT, "utf-8")
    path = folder / "study.annotator"
    with annotator.new(path, annotator="kim") as kim:
        kim.import_file(folder / "doc.txt")
    for name in ("kim", "lee"):
        with annotator.open(path, name) as project:
            quote = project.tag("doc", "quote", 25, 36, (0, 3), note="n")
            actor = project.tag("doc", "actor", 4, 14, attributes={"entity": "Task force", "kind": "group"})
            project.relate(quote.id, "said by", actor.id)
            project.set_state("doc", State.DONE)
    with annotator.open(path, "ruth") as ruth:
        ruth.revise("doc", TEXT + " Now.")
        ruth.merge(ruth.review_queue(), Rule.UNANIMOUS)
        ruth.comment("doc", "Fine.")
        ruth.reveal("doc")
        assert ruth.check() == []
        assert Attribute("kind", ("group",)) in ruth.gold("doc")[1].attributes
    return path


@pytest.fixture
def project(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "study.annotator"))


def everything_asked(call: Call, path: Path) -> list[Outcome]:
    """What a person might do with a project that they were given."""
    out = path.parent / "out.jsonl"
    asked = [
        ("check", path),
        ("documents", path),
        ("export", path, "-o", out, "--force"),
        ("export", path, "--gold", "-o", out, "--force"),
        ("codebook", path),
        ("entities", path),
        ("history", path),
        ("search", path, "task"),
        ("agreement", path),
        ("review", path, "queue"),
        ("undo", path, "--annotator", "kim"),
        ("backups", path),
        ("backup", path, "-o", path.parent / "copy.annotator-backup", "--force"),
    ]
    return [call(*each) for each in asked]


@pytest.mark.parametrize("what", corpus.projects())
def test_a_project_file_that_is_not_ours_is_refused(what: str, call: Call, project: Path, tally: Tally) -> None:
    try:
        corpus.projects()[what](project)
    except sqlite3.OperationalError as error:
        pytest.skip(f"this SQLite can't make it: {error}")
    before = project.read_bytes() if project.is_file() else b""
    with tally(PROMISE, "project files with foreign parts: refused or flagged, bytes unchanged"):
        outcome = call("check", project)
        assert outcome.code in (1, 2, 3)
        assert "Traceback" not in outcome.error + outcome.out
        if outcome.error:
            refused(outcome)
        assert before == (project.read_bytes() if project.is_file() else b"")


def test_nothing_of_a_hostile_project_is_run(project: Path, call: Call) -> None:
    """A trigger that would delete spans: no command that refuses the file, and no look at it, sets it off."""
    corpus.projects()["a trigger"](project)
    for outcome in everything_asked(call, project):
        assert outcome.code != 0 or "backup" in outcome.out
    with sqlite3.connect(project) as connection:
        assert connection.execute("select count(*) from span").fetchone()[0] == 6
    connection.close()


@pytest.mark.parametrize("what", corpus.ROW)
def test_a_row_that_no_program_of_ours_wrote_is_told(what: str, call: Call, project: Path, tally: Tally) -> None:
    """`check` lists it, and everything else works or refuses in words; nothing ends in a traceback."""
    with tally(PROMISE, "rows that only another program writes: `check` names them, no traceback"):
        corpus.write_rows(project, *corpus.ROW[what])
        checked, *others = everything_asked(call, project)
        assert checked.code == 1
        assert checked.out + checked.error
        for outcome in (checked, *others):
            assert outcome.code in (0, 1, 2, 3)
            assert "Traceback" not in outcome.error + outcome.out


def test_a_project_of_other_rows_is_sound_before_they_are_written(project: Path, call: Call) -> None:
    """Else the test above could not fail."""
    outcomes = everything_asked(call, project)
    assert [outcome.code for outcome in outcomes] == [0] * len(outcomes)
    with pytest.raises(AnnotatorError):
        annotator.open(project.parent / "none.annotator")
