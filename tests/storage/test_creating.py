"""A project is made whole or not at all, and overwrites nothing unasked."""

from pathlib import Path

import pytest

import annotator
from annotator.domain.codebook import Codebook, Label, LineForm
from annotator.errors import AnnotatorError, BadArgument, EnvironmentFailed


def test_a_new_project_is_one_file_with_the_codebook_and_an_empty_history(tmp_path: Path) -> None:
    codebook = Codebook((Label("frame", "F", "#112233", LineForm.DASH_DOT, None, "A way of seeing."),))
    with annotator.new(tmp_path / "new.annotator", codebook=codebook, annotator="kim") as project:
        assert project.codebook == codebook
        assert (len(project.documents), project.history(), project.check()) == (0, [], [])
    assert [path.name for path in tmp_path.iterdir()] == ["new.annotator"]


def refused(path: Path, kind: type[AnnotatorError]) -> str:
    before = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    with pytest.raises(kind) as error:
        annotator.new(path, annotator="kim")
    assert (sorted(path.parent.iterdir()) if path.parent.is_dir() else []) == before
    return str(error.value)


def test_a_file_that_exists_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("An article")
    assert "exists" in refused(path, BadArgument)
    assert path.read_text() == "An article"
    with annotator.new(path, annotator="kim", force=True) as project:
        assert project.check() == []


def test_what_cannot_be_made_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path, BadArgument)
    assert "does not exist" in refused(tmp_path / "no" / "new.annotator", BadArgument)
    assert "too long" in refused(tmp_path / ("x" * 300), EnvironmentFailed)
    assert "can't be the name" in refused(tmp_path / "a\0b", BadArgument)


def test_a_link_to_nothing_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    assert "exists" in refused(tmp_path / "link", BadArgument)


def test_a_journal_left_by_another_project_never_gets_into_a_new_one(tmp_path: Path) -> None:
    """SQLite would play it back into the new file and damage it."""
    left = tmp_path / "new.annotator-journal"
    left.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 600)
    assert "new.annotator-journal is there, left by a program that was interrupted" in refused(
        tmp_path / "new.annotator", BadArgument
    )
    assert left.exists()
    with annotator.new(tmp_path / "new.annotator", annotator="kim", force=True) as project:
        assert not left.exists()
        assert project.check() == []


def test_a_project_that_replaces_an_open_one_leaves_the_open_one_unwritable(file: Path) -> None:
    with annotator.open(file, "kim") as project:
        annotator.new(file, annotator="lee", force=True).close()
        with pytest.raises(EnvironmentFailed, match="was moved or deleted"):
            project.tag("one", "claim", 0, 3)
    with annotator.open(file, "kim") as project:
        assert len(project.documents) == 0
