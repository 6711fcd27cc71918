"""A first look: what a page shows of a project that is not open yet, or nothing where anything is unusual."""

import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import annotator
from annotator.domain.codebook import Codebook
from annotator.domain.document import State
from annotator.domain.first_look import FirstLook
from annotator.project import Project
from annotator.storage import first_look
from tests.conftest import many
from tests.storage.conftest import TEXT
from tests.storage.test_damage import flipped

OLD = Path(__file__).parent / "projects"


def looked(path: Path, document: str = "", name: str | None = None) -> FirstLook:
    found = annotator.first_look(path, document, name)
    assert found is not None
    return found


def check(found: FirstLook, project: Project) -> None:
    """It is what the project says of this document once it is open."""
    document = found.status.document.id
    assert found.annotator == project.annotator
    assert found.status == project.status(document)
    assert found.text == project.documents.text(document)
    spans = project.spans(document, annotators=[project.annotator])
    assert list(found.spans) == [replace(span, note=None, attributes=()) for span in spans]
    assert found.codebook == Codebook(project.codebook.labels)


def test_it_is_what_the_project_says_once_it_is_open(file: Path) -> None:
    with annotator.open(file, "kim") as project:
        label = project.codebook.labels[0]
        assert label
        project.set_note(project.spans("one")[0].id, "a note")
        check(looked(file, name="kim"), project)
        assert list(looked(file, name="kim").statuses) == project.statuses()
        assert looked(file, name="kim").status.state is State.IN_PROGRESS
        project.set_state("one", State.DONE)
        check(looked(file, name="kim"), project)
    with annotator.open(file, "somebody else") as project:
        check(looked(file, name="somebody else"), project)
        assert not looked(file, name="somebody else").spans


def test_the_wanted_document_is_shown_else_the_first(tmp_path: Path) -> None:
    path = tmp_path / "sample.annotator"
    with annotator.new(path, sample=True) as project:
        ids = [document.id for document in project.documents]
        for wanted, shown in ((ids[3], ids[3]), ("gone", ids[0]), ("", ids[0])):
            found = looked(path, wanted)
            assert found.status.document.id == shown
            check(found, project)
            assert list(found.statuses) == project.statuses()


def test_of_many_documents_only_the_one_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_look, "FEW", 4)
    path = tmp_path / "sample.annotator"
    with annotator.new(path, sample=True) as project:
        ids = [document.id for document in project.documents]
        for wanted, shown in ((ids[3], ids[3]), ("gone", ids[0])):
            found = looked(path, wanted)
            assert found.statuses == ()
            assert found.status.document.id == shown
            check(found, project)


def test_it_sees_whose_work_the_file_is_for(file: Path, tmp_path: Path) -> None:
    with annotator.open(file, "kim") as project:
        project.hand_out(tmp_path / "for-lee.annotator", None, "lee")
    assert looked(tmp_path / "for-lee.annotator").annotator == "lee"


def test_a_correction_leaves_spans_without_a_place_out_of_it(file: Path) -> None:
    with annotator.open(file, "kim") as project:
        text = project.documents.text("one")
        project.revise("one", "Something else altogether. " * 3 + text[700:])
        assert 0 < len(looked(file, name="kim").spans) < 59
        check(looked(file, name="kim"), project)


@pytest.mark.parametrize(
    "harm",
    [
        "update text set content = content || ' '",
        "update span set text = 'other words'",
        "update span set fragments = '[[1'",
        "update label set line_form = 'wavy'",
        "pragma user_version = 2",
        "delete from document",
        "drop table label",
    ],
)
def test_where_something_is_wrong_there_is_no_look(file: Path, harm: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("pragma ignore_check_constraints = 1")
        connection.execute(harm)
    connection.close()
    assert annotator.first_look(file, "", "kim") is None


def test_what_has_no_end_is_left_after_half_a_second(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_look, "_LONGEST_S", 0.05)
    with sqlite3.connect(file) as connection:
        connection.execute("pragma foreign_keys = 0")
        connection.execute("alter table label rename to other")
        numbers = "with recursive n(x) as (select 1 union all select x + 1 from n) select x as id"
        connection.execute(
            f"create view label as {numbers}, x as position, 'a' as name, 'a' as letter, '#000000' as colour, "
            "'solid' as line_form, 1 as key, '' as guideline from n where x < 0"
        )
    connection.close()
    assert annotator.first_look(file, "", "kim") is None


@pytest.mark.parametrize("seed", range(many(40, 4_000)))
def test_no_damage_comes_as_a_traceback(made: bytes, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "study.annotator"
    path.write_bytes(flipped(made, seed))
    found = annotator.first_look(path, "", "kim")
    assert found is None or found.text == TEXT


def test_no_look_where_there_is_no_project_or_an_older_one(tmp_path: Path) -> None:
    (tmp_path / "text.annotator").write_text("just a text")
    assert annotator.first_look(tmp_path / "text.annotator") is None
    assert annotator.first_look(tmp_path / "gone.annotator") is None
    assert annotator.first_look(tmp_path) is None
    for old in OLD.glob("*.annotator"):
        copy = shutil.copy(old, tmp_path)
        assert annotator.first_look(copy) is None, old.name


def test_a_file_that_another_program_is_writing_is_not_waited_for(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("begin exclusive")
    assert annotator.first_look(file) is None
    other.execute("rollback")
    assert annotator.first_look(file) is not None
    other.close()


def test_it_changes_nothing_and_needs_no_sqlalchemy(file: Path) -> None:
    before = file.read_bytes()
    code = "import annotator, sys; assert annotator.first_look(sys.argv[1]); print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir()] == [file.name]
