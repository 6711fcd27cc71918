"""What is no project of ours is refused in a plain sentence, and never written to."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import annotator
from annotator.errors import AnnotatorError, BadArgument, BadContent, EnvironmentFailed, NotAProject, NotFound, ReadOnly


def said(path: Path | str, kind: type[AnnotatorError]) -> str:
    with pytest.raises(kind) as error:
        annotator.open(path, "kim")
    assert "\n" not in str(error.value)
    assert type(error.value) is kind
    return str(error.value)


def test_a_missing_file_is_not_found_and_not_made(tmp_path: Path) -> None:
    assert "There is no file" in said(tmp_path / "missing.annotator", NotFound)
    assert list(tmp_path.iterdir()) == []


def test_a_path_through_a_file_or_with_a_nul_is_not_found(file: Path) -> None:
    said(file / "study.annotator", NotFound)
    said("study\0.annotator", NotFound)


def test_a_link_to_nothing_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    said(tmp_path / "link", NotFound)


def test_a_folder_is_no_project(tmp_path: Path) -> None:
    assert "is a folder" in said(tmp_path, BadArgument)


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    assert "too long" in said(tmp_path / ("x" * 300), EnvironmentFailed)


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table notes (words)")
    connection.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Before the vote, nobody knew.\n" * 10, "To add a text to a project"),
        (b"SQLite format 3\0", "is not an annotator project"),
        (os.urandom(5000), "is not an annotator project"),
    ],
)
def test_a_file_of_another_kind_is_no_project(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "other.annotator"
    path.write_bytes(content)
    assert words in said(path, NotAProject)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_no_project(tmp_path: Path) -> None:
    foreign(tmp_path / "notes.db")
    before = (tmp_path / "notes.db").read_bytes()
    assert "another program" in said(tmp_path / "notes.db", NotAProject)
    assert (tmp_path / "notes.db").read_bytes() == before


def test_a_project_of_a_newer_version_is_left_alone(file: Path) -> None:
    alter(file, "pragma user_version = 99")
    before = file.read_bytes()
    assert "newer version of annotator (its format is 99" in said(file, BadContent)
    assert file.read_bytes() == before


def alter(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("create trigger spy after insert on span begin delete from span; end", "trigger spy"),
        ("create view peek as select * from span", "view peek"),
        ("create table more (x)", "table more"),
        ("create index extra on span (note)", "index extra"),
        ("drop index ix_span_label", "lacks ix_span_label"),
        ("drop table document_state", "lacks document_state"),
        ("alter table span rename column note to remark", "span is defined otherwise"),
        ("alter table span add column extra text", "span is defined otherwise"),
    ],
)
def test_a_project_with_parts_that_are_not_ours_is_not_opened(statement: str, words: str, file: Path) -> None:
    alter(file, statement)
    before = file.read_bytes()
    assert words in said(file, NotAProject)
    assert file.read_bytes() == before


def test_statistics_that_a_database_tool_left_are_no_reason_to_refuse(file: Path) -> None:
    alter(file, "analyze")
    with annotator.open(file, "kim") as project:
        assert project.check() == []


# Names and places


@pytest.mark.parametrize(
    "name", ["a#b?c%20d.annotator", "été 👩‍💻 שָׁלוֹם.annotator", " .annotator", "caf\udce9", "x;y&z='q"]
)
def test_a_project_may_have_any_name(name: str, tmp_path: Path) -> None:
    annotator.new(tmp_path / name, sample=True, annotator="kim").close()
    with annotator.open(tmp_path / name, "kim") as project:
        project.tag(next(iter(project.documents)).id, "claim", 0, 3)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_project_opened_by_a_relative_path_stays_it_when_the_folder_changes(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    with annotator.open("study.annotator", "kim") as project:
        (file.parent / "elsewhere").mkdir()
        monkeypatch.chdir(file.parent / "elsewhere")
        project.tag("one", "claim", 0, 3)
        assert project.path == file
    assert list(Path.cwd().iterdir()) == []


def test_a_link_to_a_project_opens_the_project(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "link").symlink_to(file)
    with annotator.open(folder / "link", "kim") as project, annotator.open(file, "lee") as other:
        span = project.tag("one", "claim", 0, 3)
        assert other.span(span.id) == span
    assert [path.name for path in folder.iterdir()] == ["link"]


# Without permission


@pytest.fixture
def guest() -> Iterator[Callable[[], None]]:
    """Becomes a user whom permissions bind, as root they do not, until the end of the test."""
    if os.getuid() != 0:
        yield lambda: None
        return
    yield lambda: os.setresuid(65534, 65534, 0)
    os.setresuid(0, 0, 0)


@pytest.fixture
def shared(made: bytes) -> Iterator[Path]:
    """A project in a folder that every user can reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        if os.getuid() == 0:
            os.chown(folder, 65534, -1)  # the guest's
        (folder / "study.annotator").write_bytes(made)
        (folder / "study.annotator").chmod(0o666)
        yield folder / "study.annotator"
        folder.chmod(0o777)


def only_reads(path: Path) -> None:
    before = path.read_bytes()
    with annotator.open(path, "kim") as project:
        assert project.read_only
        assert len(project.spans("one")) == 58
        assert project.check() == []
        for act in (lambda: project.tag("one", "claim", 0, 3), project.undo):
            with pytest.raises(ReadOnly, match="is open read-only"):
                act()
    assert path.read_bytes() == before


def test_a_read_only_file_is_opened_for_reading(file: Path) -> None:
    file.chmod(0o444)
    only_reads(file)


def test_a_project_in_a_read_only_folder_is_opened_for_reading(shared: Path, guest: Callable[[], None]) -> None:
    shared.parent.chmod(0o555)
    guest()
    only_reads(shared)


def test_a_link_in_a_folder_of_ones_own_to_a_read_only_folder_is_opened_for_reading(
    shared: Path, guest: Callable[[], None]
) -> None:
    shared.parent.chmod(0o555)
    guest()
    with tempfile.TemporaryDirectory() as own:
        (Path(own) / "link").symlink_to(shared)
        only_reads(Path(own) / "link")


def test_a_file_that_may_not_be_read_is_said(shared: Path, guest: Callable[[], None]) -> None:
    shared.chmod(0o000)
    guest()
    assert "Permission denied" in said(shared, EnvironmentFailed)


def test_a_folder_that_may_not_be_entered_is_said(shared: Path, guest: Callable[[], None]) -> None:
    shared.parent.chmod(0o000)
    guest()
    assert "Permission denied" in said(shared, EnvironmentFailed)
    with pytest.raises(EnvironmentFailed):
        annotator.new(shared.parent / "new.annotator", annotator="kim")


def test_a_file_that_becomes_read_only_while_open_refuses_changes(shared: Path, guest: Callable[[], None]) -> None:
    guest()
    with annotator.open(shared, "kim") as project:
        shared.parent.chmod(0o555)
        with pytest.raises(EnvironmentFailed):
            project.tag("one", "claim", 0, 3)
        assert len(project.spans("one")) == 58


def test_a_file_that_is_moved_away_while_open_refuses_changes(file: Path) -> None:
    with annotator.open(file, "kim") as project:
        file.rename(file.with_name("elsewhere.annotator"))
        with pytest.raises(EnvironmentFailed, match="was moved or deleted while it was open"):
            project.tag("one", "claim", 0, 3)
    assert not file.exists()
