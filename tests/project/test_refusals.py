"""What is not there or not allowed is refused in a plain sentence, and nothing changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

import annotator
from annotator.domain.document import State
from annotator.errors import AnnotatorError, BadArgument, CannotUndo, NotFound
from annotator.project import Project

Act = Callable[[Project], object]

WRONG: dict[str, tuple[Act, type[AnnotatorError], str]] = {
    "unknown label": (lambda p: p.tag("one", "clam", 0, 3), NotFound, "no label “clam”. Did you mean “claim”?"),
    "unknown label for many": (lambda p: p.tag_all("clam", [("one", 0, 3)]), NotFound, "Did you mean “claim”"),
    "unknown label for a span": (lambda p: p.retag(p.spans("one")[0].id, "x"), NotFound, "no label “x”"),
    "unknown document": (lambda p: p.tag("three", "claim", 0, 3), NotFound, "There is no document “three”"),
    "unknown document's spans": (lambda p: p.spans("three"), NotFound, "There is no document “three”"),
    "unknown document's text": (lambda p: p.documents.text("three"), NotFound, "There is no document “three”"),
    "unknown document's state": (lambda p: p.set_state("three", State.DONE), NotFound, "There is no document"),
    "unknown state": (lambda p: p.set_state("one", "finished"), BadArgument, "It can be: todo, in-progress, done"),  # type: ignore[arg-type]
    "an end behind the text": (lambda p: p.tag("two", "claim", 0, 99), BadArgument, "0 to 99 lies outside"),
    "a start before the text": (lambda p: p.tag("two", "claim", -1, 3), BadArgument, "-1 to 3 lies outside"),
    "backwards": (lambda p: p.tag("two", "claim", 5, 3), BadArgument, "the end must come after the start"),
    "empty": (lambda p: p.tag("two", "claim", 5, 5), BadArgument, "the end must come after the start"),
    "a bad second fragment": (lambda p: p.tag("two", "claim", 0, 3, (5, 99)), BadArgument, "5 to 99 lies outside"),
    "one bad place of many": (lambda p: p.tag_all("claim", [("one", 0, 3), ("two", 0, 99)]), BadArgument, "outside"),
    "resized to nothing": (lambda p: p.resize(p.spans("one")[0].id), BadArgument, "at least one stretch"),
    "resized too far": (lambda p: p.resize(p.spans("one")[0].id, (0, 999)), BadArgument, "lies outside"),
    "unknown span": (lambda p: p.delete("nope"), NotFound, "There is no span “nope”"),
    "one unknown span of many": (lambda p: p.delete(p.spans("one")[0].id, "nope"), NotFound, "no span “nope”"),
    "no span at all": (lambda p: p.span(""), NotFound, "There is no span “”"),
    "a span's id that is no text": (lambda p: p.span("\udcff"), NotFound, "There is no span"),
    "ambiguous beginning": (lambda p: p.delete("5"), NotFound, "More than one span's id begins with “5”"),
    "nothing to redo": (lambda p: p.redo(), CannotUndo, "nothing to redo for kim"),
    "missing file": (lambda p: p.import_file("missing.txt"), NotFound, "no file missing.txt"),
    "unknown format": (lambda p: p.import_file("missing.txt", format="pdf"), BadArgument, "pdf"),
    "unknown annotator's spans": (lambda p: p.export(Path("x"), annotators=["bo"]), NotFound, "It knows: kim, setup"),
    "unknown label's spans": (lambda p: p.export(Path("x"), labels=["clam"]), NotFound, "Did you mean “claim”"),
    "nowhere to export": (lambda p: p.export(), BadArgument, "Name a file"),
}


@pytest.fixture
def tagged(kim: Project) -> Project:
    """Two spans whose ids begin with 5."""
    for number in (1, 2):
        kim.tag("one", "claim", number, 5, id=f"5{number}000000-0000-4000-8000-000000000000")
    return kim


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_and_the_file_stays_as_it_was(name: str, tagged: Project) -> None:
    act, kind, said = WRONG[name]
    before = tagged.path.read_bytes()
    with pytest.raises(kind) as error:
        act(tagged)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert tagged.path.read_bytes() == before


def test_a_span_is_found_by_its_id_or_a_unique_beginning(tagged: Project) -> None:
    assert tagged.span("51").id == tagged.span("51000000-0000-4000-8000-000000000000").id
    assert tagged.span("52").start == 2


def test_deleting_one_span_twice_in_one_go_deletes_it_once(tagged: Project) -> None:
    tagged.delete("51", "51")
    assert tagged.history(1)[0].name == "delete claim"
    assert len(tagged.spans("one")) == 1


@pytest.mark.parametrize("name", ["", " ", "\t\u00a0", "a\nb", "a\0b", "\udcff"])
def test_an_annotator_needs_a_name_that_can_be_read(name: str, file: Path, tmp_path: Path) -> None:
    with pytest.raises(BadArgument, match="name"):
        annotator.open(file, name)
    with pytest.raises(BadArgument, match="name"):
        annotator.new(tmp_path / "new.annotator", annotator=name)
    assert not (tmp_path / "new.annotator").exists()


def test_blanks_around_a_name_make_nobody_new(file: Path) -> None:
    with annotator.open(file, " kim ") as project:
        project.tag("one", "claim", 0, 3)
    with annotator.open(file, "kim") as project:
        assert project.undo().annotator == "kim"


def test_closing_twice_is_closing_once(file: Path) -> None:
    project = annotator.open(file, "kim")
    project.close()
    project.close()
    with annotator.open(file, "kim") as again:
        assert again.check() == []
