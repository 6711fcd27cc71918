"""The beginning of the history is forgotten for good; what stays can be walked back and forth as before."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotator
from annotator.domain.time import now
from annotator.errors import CannotUndo
from annotator.project import Project
from tests.project.snapshots import snapshot

SECRET = "a name that must go"


@pytest.fixture
def project(file: Path) -> Iterator[Project]:
    with annotator.open(file, "kim") as opened:
        yield opened


def moment() -> str:
    """A time between the changes before and those after."""
    time.sleep(0.003)
    at = now()
    time.sleep(0.003)
    return at


def test_what_was_forgotten_is_nowhere_in_the_file_but_in_the_backup(project: Project) -> None:
    span = project.tag("one", "claim", 0, 3, note=SECRET)
    project.delete(span.id)
    project.tag("one", "claim", 0, 3)
    assert SECRET.encode() in project.path.read_bytes()
    done, backup = project.compact(moment())
    assert done.forgotten == 9
    assert project.check() == []
    assert SECRET.encode() in backup.read_bytes()
    project.close()
    assert SECRET.encode() not in project.path.read_bytes()


def test_nothing_that_is_seen_changes(project: Project) -> None:
    before = snapshot(project)
    project.compact(moment())
    assert snapshot(project) == before


def test_undo_reaches_back_to_the_date_and_then_says_why_no_further(project: Project) -> None:
    old = project.tag("one", "claim", 0, 3)
    date = moment()
    project.retag(old.id, "quote")
    new = project.tag("one", "actor", 5, 9)
    states = [snapshot(project)]
    project.compact(date)
    project.undo()
    states.append(snapshot(project))
    project.undo()
    assert project.span(old.id).label == "claim"
    with pytest.raises(CannotUndo, match=r"nothing to undo for kim\. The history from before .* was forgotten"):
        project.undo()
    assert project.check() == []
    project.redo()
    assert snapshot(project) == states[1]
    project.redo()
    assert snapshot(project) == states[0]
    assert project.span(new.id).label == "actor"
    assert project.check() == []


def test_an_undo_keeps_what_it_took_back(project: Project) -> None:
    span = project.tag("one", "claim", 0, 3)
    project.retag(span.id, "quote")
    date = moment()
    project.undo()
    done, _ = project.compact(date)
    assert done.stayed == 1
    project.redo()
    assert project.span(span.id).label == "quote"
    assert project.check() == []


def test_a_date_before_everything_forgets_nothing_and_one_after_everything_leaves_the_newest(project: Project) -> None:
    changes = len(project.history())
    done, _ = project.compact("2000-01-01T00:00:00.000Z")
    assert (done.forgotten, len(project.history())) == (0, changes)
    project.tag("one", "claim", 0, 3)
    project.compact("2999-01-01T00:00:00.000Z")
    assert [change.title for change in project.history()] == ["tag claim"]
    numbers = [change.number for change in project.history()]
    project.tag("one", "claim", 4, 9)
    assert [change.number for change in project.history()][1:] == numbers
    assert project.check() == []


def test_the_text_of_a_document_that_was_taken_out_is_forgotten_with_its_import(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "two.txt").write_text(SECRET)
    project.import_file(tmp_path / "two.txt")
    project.undo()
    project.tag("one", "claim", 0, 3)
    project.tag("one", "claim", 0, 4)
    done, _ = project.compact(moment())
    assert done.texts == 1
    assert project.check() == []


def test_another_program_that_has_it_open_goes_on(project: Project) -> None:
    with annotator.open(project.path, "lee") as lee:
        span = lee.tag("one", "claim", 0, 3)
        project.compact(moment())
        lee.poll()
        project.poll()
        lee.retag(span.id, "quote")
        assert [change_set.change.title for change_set in project.poll()] == ["change claim to quote"]
        lee.undo()
        assert lee.span(span.id).label == "claim"
        assert lee.check() == []


def test_relations_go_on_and_are_undone_as_before(project: Project) -> None:
    quote, actor = project.tag("one", "quote", 0, 9), project.tag("one", "actor", 12, 20)
    date = moment()
    relation = project.relate(quote.id, "said by", actor.id)
    project.delete(actor.id)
    project.compact(date)
    assert project.check() == []
    project.undo()
    assert [each.id for each in project.relations("one")] == [relation.id]
    project.undo()
    assert project.relations("one") == []
    assert project.check() == []


def test_an_earlier_text_stays_as_long_as_a_revision_or_an_undo_needs_it(project: Project) -> None:
    text = project.documents.text("one")
    date = moment()
    project.revise("one", text.replace("nobody", "no one"))
    project.compact(date)
    assert project.check() == []
    project.undo()
    assert project.documents.text("one") == text
    project.redo()
    project.tag("one", "claim", 0, 3)
    project.compact(moment())
    assert [revision.number for revision in project.revisions("one")]
    assert project.check() == []
