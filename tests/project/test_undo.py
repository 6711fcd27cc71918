"""Every change can be taken back and done again, also after a restart, by whoever made it, or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

import annotator
from annotator.domain.document import State
from annotator.domain.span import Span
from annotator.errors import AnnotatorError, CannotUndo
from annotator.project import Project
from tests.project.conftest import Opening
from tests.project.snapshots import snapshot

Operation = Callable[[Project, Span, Path], object]


def nudge(project: Project, span: Span, _: Path) -> None:
    for end in (span.end + 1, span.end + 2, span.end + 3):
        project.resize(span.id, (span.start, end))


def import_two(project: Project, _: Span, folder: Path) -> None:
    for name in ("three.txt", "four.txt"):
        (folder / name).write_text(f"The text of {name}\r\n", "utf-8", newline="")
    project.import_files([folder / "three.txt", folder / "four.txt"])


def delete_several(project: Project, span: Span, _: Path) -> None:
    project.delete(span.id, *(each.id for each in project.spans("one") if each.id != span.id))


OPERATIONS: dict[str, tuple[Operation, str]] = {
    "tag": (lambda project, span, _: project.tag("one", "claim", 4, 8, (10, 12), note="why"), "tag claim"),
    "tag all": (lambda project, *_: project.tag_all("quote", [("one", 0, 3), ("two", 0, 6)]), "tag 2 quote"),
    "tag hits": (lambda project, span, _: project.tag_hits("quote", [("one", 0, 3), ("one", 4, 8)]), "tag 2 quote"),
    "retag": (lambda project, span, _: project.retag(span.id, "quote"), "change actor to quote"),
    "resize": (lambda project, span, _: project.resize(span.id, (0, 3), (9, 14)), "resize actor"),
    "nudge": (nudge, "resize actor"),
    "delete": (lambda project, span, _: project.delete(span.id), "delete actor"),
    "delete several": (delete_several, "delete 3 spans"),
    "attribute": (lambda project, span, _: project.set_attribute(span.id, "kind", "group"), "kind of actor"),
    "note": (lambda project, span, _: project.set_note(span.id, " why\r\nnot "), "note on actor"),
    "document note": (lambda project, *_: project.set_document_note("one", "see two"), "note on document"),
    "duplicate": (lambda project, span, _: project.duplicate(span.id, "actor"), "tag actor"),
    "first state": (lambda project, *_: project.set_state("two", State.DONE), "mark done"),
    "another state": (lambda project, *_: project.set_state("one", State.IN_PROGRESS), "mark in progress"),
    "import": (import_two, "import 2 documents"),
}


@pytest.fixture
def span(kim: Project) -> Span:
    """One of three spans in a document that Kim marked done."""
    kim.tag("one", "claim", 20, 30)
    kim.tag("one", "quote", 14, 28)
    kim.set_state("one", State.DONE)
    return kim.tag("one", "actor", 4, 8)


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_one_change_and_can_be_taken_back_and_done_again(
    name: str, kim: Project, span: Span, tmp_path: Path
) -> None:
    operate, title = OPERATIONS[name]
    before, changes = snapshot(kim), len(kim.history())
    operate(kim, span, tmp_path)
    after = snapshot(kim)
    assert len(kim.history()) == changes + 1
    assert (kim.undo_state().undo, kim.undo_state().redo) == (title, None)
    for _ in range(2):
        assert kim.undo().title == f"undo {title}"
        assert snapshot(kim) == before
        assert kim.undo_state().redo == title
        assert kim.redo().title == f"redo {title}"
        assert snapshot(kim) == after
    assert after != before
    assert kim.check() == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_can_be_taken_back_and_done_again_after_a_restart(
    name: str, kim: Project, span: Span, tmp_path: Path
) -> None:
    before = snapshot(kim)
    OPERATIONS[name][0](kim, span, tmp_path)
    after = snapshot(kim)
    kim.close()
    with annotator.open(kim.path, "kim") as again:
        again.undo()
        assert snapshot(again) == before
    with annotator.open(kim.path, "kim") as again:
        again.redo()
        assert snapshot(again) == after


def test_everything_can_be_taken_back_to_the_beginning_and_done_again(kim: Project, span: Span, tmp_path: Path) -> None:
    for operate in (nudge, OPERATIONS["retag"][0], import_two, delete_several):
        operate(kim, span, tmp_path)
    after, done = snapshot(kim), 0
    while kim.undo_state().undo:
        kim.undo()
        done += 1
    assert kim.spans("one") == []
    assert done == 8
    while kim.undo_state().redo:
        kim.redo()
    assert snapshot(kim) == after


def test_something_new_ends_what_can_be_done_again(kim: Project) -> None:
    kim.tag("one", "claim", 0, 3)
    kim.undo()
    kim.tag("one", "claim", 4, 8)
    with pytest.raises(CannotUndo, match="nothing to redo for kim"):
        kim.redo()
    assert kim.undo_state().redo is None


def test_undo_takes_back_what_this_annotator_did_and_leaves_the_others_work(kim: Project, lee: Project) -> None:
    kim.tag("one", "claim", 0, 3)
    hers = lee.tag("one", "quote", 4, 8)
    assert kim.undo().name == "tag claim"
    assert [each.id for each in kim.spans("one")] == [hers.id]
    with pytest.raises(CannotUndo, match="nothing to undo for kim"):
        kim.undo()
    assert lee.undo_state().redo is None


def refused(project: Project, act: Callable[[], object]) -> str:
    """The message with which an act is refused; nothing must have changed."""
    before, changes = snapshot(project), project.history()
    with pytest.raises(AnnotatorError) as error:
        act()
    assert (snapshot(project), project.history()) == (before, changes)
    return str(error.value)


LATER: dict[str, tuple[Callable[[Project, Span], object], str]] = {
    "retag": (lambda lee, span: lee.retag(span.id, "quote"), "change claim to quote"),
    "resize": (lambda lee, span: lee.resize(span.id, (0, 8)), "resize claim"),
    "delete": (lambda lee, span: lee.delete(span.id), "delete claim"),
}


@pytest.mark.parametrize("later", LATER)
def test_what_somebody_changed_later_is_not_taken_back_and_the_message_names_them(
    later: str, kim: Project, lee: Project
) -> None:
    span = kim.tag("one", "claim", 0, 3)
    change, title = LATER[later]
    change(lee, span)
    message = refused(kim, kim.undo)
    assert "“tag claim” can't be taken back: lee changed the same later" in message
    assert f"“{title}”" in message
    lee.undo()
    kim.undo()
    assert kim.spans("one") == []
    assert refused(lee, lee.redo).startswith(
        f"“{title}” can't be taken back: kim changed the same later (“undo tag claim”"
    )


def test_a_bulk_change_is_taken_back_whole_or_not_at_all(kim: Project, lee: Project) -> None:
    spans = kim.tag_all("claim", [("one", at, at + 1) for at in range(10)])
    lee.retag(spans[7].id, "quote")
    assert "lee changed the same later (“change claim to quote”" in refused(kim, kim.undo)
    assert len(kim.spans("one")) == 10


def test_an_import_that_others_tagged_in_is_not_taken_back_and_the_message_names_them(
    kim: Project, lee: Project, tmp_path: Path
) -> None:
    (tmp_path / "three.txt").write_text("Three")
    kim.import_file(tmp_path / "three.txt")
    lee.tag("three", "claim", 0, 5)
    assert "lee changed the same later (“tag claim”" in refused(kim, kim.undo)
    lee.undo()
    lee.set_state("three", State.DONE)
    assert "lee changed the same later (“mark done”" in refused(kim, kim.undo)
    lee.undo()
    kim.undo()
    assert len(kim.documents) == 2
    kim.redo()
    assert kim.documents.text("three") == "Three"


def test_what_was_deleted_comes_back_with_its_text_note_and_time(kim: Project) -> None:
    span = kim.tag("one", "claim", 4, 8, (29, 34), note="a “note”\nof two lines 👩\u200d💻")
    kim.delete(span.id)
    kim.undo()
    (back,) = kim.spans("one")
    assert (back.text, back.note, back.created, back.fragments) == (span.text, span.note, span.created, span.fragments)
    assert back.version > span.version


def test_nudges_of_another_span_or_after_another_change_do_not_join(kim: Project, lee: Project) -> None:
    one, two = kim.tag("one", "claim", 0, 3), kim.tag("one", "claim", 4, 8)
    kim.resize(one.id, (0, 4))
    kim.resize(two.id, (4, 9))
    lee.tag("one", "quote", 0, 1)
    kim.resize(two.id, (4, 10))
    assert [change.name for change in kim.history(4)] == ["resize claim", "tag quote", "resize claim", "resize claim"]
    kim.undo()
    assert kim.span(two.id).end == 9


def test_a_nudge_after_a_pause_is_a_change_of_its_own(kim: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    span = kim.tag("one", "claim", 0, 3)
    kim.resize(span.id, (0, 4))
    monkeypatch.setattr("annotator.storage.store.now", lambda: "2999-01-01T00:00:00.000Z")
    kim.resize(span.id, (0, 5))
    kim.undo()
    assert kim.span(span.id).end == 4


def test_a_nudge_joins_no_change_that_somebody_wrote_on(kim: Project, lee: Project) -> None:
    span = kim.tag("one", "claim", 0, 3)
    kim.resize(span.id, (0, 4))
    lee.retag(span.id, "quote")
    kim.resize(span.id, (0, 5))
    kim.undo()
    assert (kim.span(span.id).end, kim.span(span.id).label) == (4, "quote")


def test_nothing_to_do_writes_no_change(kim: Project) -> None:
    span = kim.tag("one", "claim", 0, 3)
    changes = kim.history()
    kim.retag(span.id, "claim")
    kim.resize(span.id, (0, 2), (2, 3))
    kim.set_state("one", State.IN_PROGRESS)
    kim.set_attribute(span.id, "kind")
    kim.set_note(span.id, " ")
    kim.set_document_note("one", None)
    kim.delete()
    assert kim.tag_all("claim", []) == []
    assert kim.import_files([]).added == ()
    assert kim.history() == changes


def test_the_names_of_what_can_be_undone_come_with_every_change(kim: Project) -> None:
    told: list[tuple[str | None, str | None]] = []
    kim.subscribe(lambda change_set: told.append((change_set.undo_state.undo, change_set.undo_state.redo)))
    span = kim.tag("one", "claim", 0, 3)
    kim.retag(span.id, "quote")
    kim.undo()
    kim.undo()
    kim.redo()
    retag = "change claim to quote"
    assert told == [("tag claim", None), (retag, None), ("tag claim", retag), (None, "tag claim"), ("tag claim", retag)]


def test_two_windows_of_one_annotator_undo_each_others_work_once(as_annotator: Opening) -> None:
    one, two = as_annotator("kim"), as_annotator("kim")
    one.tag("one", "claim", 0, 3)
    two.undo()
    with pytest.raises(CannotUndo, match="nothing to undo"):
        one.undo()
    assert one.redo().title == "redo tag claim"
    assert len(two.spans("one")) == 1
