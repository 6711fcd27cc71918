"""Documents are found by what a person calls them, and a text is in a project once."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import annotator
from annotator.domain.document import State
from annotator.domain.span import text_order
from annotator.errors import NotFound
from annotator.project import Project


def test_the_sample_project_has_the_five_articles_in_order(tmp_path: Path) -> None:
    with annotator.new(tmp_path / "sample.annotator", sample=True, annotator="kim") as project:
        documents = list(project.documents)
        assert len(documents) == len(project.documents) == 5
        assert [document.id for document in documents] == sorted(document.id for document in documents)
        assert all(len(project.documents.text(document.id)) == document.length for document in documents)
        assert project.check() == []
        assert project.history() == []


def test_a_document_is_found_by_id_beginning_and_file_name(kim: Project) -> None:
    for name in ("one", "on", "o", "one.txt"):
        assert kim.documents.find(name).id == "one"


def test_an_id_is_found_also_where_another_begins_with_it(kim: Project, tmp_path: Path) -> None:
    (tmp_path / "one-more.txt").write_text("More")
    kim.import_file(tmp_path / "one-more.txt")
    assert kim.documents.find("one").id == "one"
    with pytest.raises(NotFound, match="“on” could be several documents: one, one-more"):
        kim.documents.find("on")


@pytest.mark.parametrize("name", ["", "three", "One", "one\0", "\udcff", "%", "_ne"])
def test_a_name_that_no_document_has_is_not_found(name: str, kim: Project) -> None:
    with pytest.raises(NotFound, match="There is no document"):
        kim.documents.find(name)


def test_importing_a_text_again_adds_nothing(kim: Project, tmp_path: Path) -> None:
    changes = kim.history()
    (tmp_path / "copy.txt").write_bytes((tmp_path / "one.txt").read_bytes().replace(b"\n", b"\r\n"))
    report = kim.import_files([tmp_path / "one.txt", tmp_path / "copy.txt"])
    assert report.added == ()
    assert [document.id for document in report.present] == ["one", "one"]
    assert kim.history() == changes


def test_two_files_of_one_name_get_ids_of_their_own(kim: Project, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "one.txt").write_text(f"Text {number}")
    report = kim.import_files([tmp_path / "1" / "one.txt", tmp_path / "2" / "one.txt", tmp_path / "1" / "one.txt"])
    assert [document.id for document in report.added] == ["one-2", "one-3"]
    assert [document.id for document in report.present] == ["one-2"]
    with pytest.raises(NotFound, match="several documents: one, one-2, one-3"):
        kim.documents.find("one.txt")


def test_trying_an_import_out_adds_nothing(kim: Project, tmp_path: Path) -> None:
    (tmp_path / "three.txt").write_text("Three")
    assert [document.id for document in kim.import_file(tmp_path / "three.txt", dry_run=True).added] == ["three"]
    assert len(kim.documents) == 2


def test_one_bad_file_among_several_keeps_all_out(kim: Project, tmp_path: Path) -> None:
    (tmp_path / "three.txt").write_text("Three")
    with pytest.raises(NotFound):
        kim.import_files([tmp_path / "three.txt", tmp_path / "missing.txt"])
    assert len(kim.documents) == 2


def test_a_document_with_spans_is_in_progress_until_somebody_says_otherwise(kim: Project, lee: Project) -> None:
    kim.tag("one", "claim", 0, 3)
    assert [(status.spans, status.state) for status in kim.statuses()] == [(1, State.IN_PROGRESS), (0, State.TODO)]
    kim.set_state("one", State.DONE)
    assert kim.status("one").state == State.DONE
    assert [status.state for status in lee.statuses()] == [State.TODO, State.TODO]


def test_a_document_that_another_program_added_can_be_tagged_at_once(
    kim: Project, lee: Project, tmp_path: Path
) -> None:
    assert len(lee.documents) == 2
    (tmp_path / "three.txt").write_text("Three")
    kim.import_file(tmp_path / "three.txt")
    assert lee.tag("three", "claim", 0, 5).text == "Three"
    assert [document.id for document in lee.import_file(tmp_path / "three.txt").present] == ["three"]


@pytest.mark.parametrize(("size", "first"), [(4, None), (4, 1), (1, None), (23, None), (100, 7)])
def test_spans_come_in_text_order_in_slices_that_miss_none(
    kim: Project, lee: Project, size: int, first: int | None
) -> None:
    kim.tag_all("claim", [("one", at % 5, at % 5 + 1 + at // 2) for at in range(23)])
    lee.tag_all("quote", [("one", at % 5, at % 5 + 1 + at) for at in range(23)])
    for names, count in ((None, 46), (["kim"], 23)):
        slices = list(kim.span_slices("one", size, first=first, annotators=names))
        found = [span for part in slices for span in part]
        assert len({span.id for span in found}) == len(found) == count
        assert found == sorted(found, key=text_order), "the longest first where some start together, also across slices"
    for part in slices:
        wanted = first or size if part is slices[0] else size
        begins = {span.start for span in part}
        assert 0 < len(part) <= wanted or len(begins) == 1, "only spans that begin together may be more than asked for"


def test_a_span_whose_fragments_lie_elsewhere_than_its_row_says_comes_once(kim: Project) -> None:
    kim.tag_all("claim", [("one", at, at + 3) for at in range(5)])
    with closing(sqlite3.connect(kim.path)) as damaged, damaged:
        damaged.execute("update span set fragments = '[[0, 1], [2, 4]]' where start = 3")
    assert len([span for part in kim.span_slices("one", 1) for span in part]) == 5


def test_what_the_spans_of_a_document_say_alike_is_in_memory_once(kim: Project) -> None:
    kim.tag_all("claim", [("one", at, at + 3) for at in range(5)])
    spans = kim.spans("one")
    for name in ("document", "label", "annotator", "created", "modified"):
        assert len({id(getattr(span, name)) for span in spans}) == 1


def test_spans_are_those_of_the_annotators_asked_for(kim: Project, lee: Project) -> None:
    kim.tag("one", "claim", 0, 3)
    lee.tag("one", "quote", 4, 8)
    assert [span.label for span in kim.spans("one")] == ["claim", "quote"]
    assert [span.label for span in kim.spans("one", annotators=["lee"])] == ["quote"]
    assert kim.spans("one", annotators=[]) == kim.spans("one", annotators=["nobody"]) == []


def test_a_documents_count_follows_every_change_by_everybody(kim: Project, lee: Project) -> None:
    def counted() -> int:
        assert {status.document.id: status.spans for status in kim.statuses()}["one"] == kim.status("one").spans
        return kim.status("one").spans

    assert counted() == 0
    span = kim.tag("one", "claim", 0, 3)
    kim.tag_all("quote", [("one", 0, 5), ("one", 1, 4)])
    theirs = lee.tag("one", "actor", 0, 3)
    assert counted() == 3
    kim.delete(span.id, theirs.id)
    assert counted() == 2
    kim.undo()
    assert counted() == 3
    kim.redo()
    assert counted() == 2
