"""Documents get other metadata and are deleted, each as one change that undo takes back whole."""

from pathlib import Path

import pytest

import annotator
from annotator.domain.change import ChangeSet
from annotator.domain.document import State
from annotator.errors import BadArgument, CannotUndo, NotFound
from annotator.project import Project
from tests.project.snapshots import snapshot


def told(project: Project) -> list[ChangeSet]:
    sets: list[ChangeSet] = []
    project.subscribe(sets.append)
    return sets


def test_metadata_is_written_as_one_change_and_undo_brings_the_old_back(kim: Project) -> None:
    before = kim.documents.get("one")
    changed = kim.change_document(
        "one", title=" A  title ", outlet="WNYC", published="2011-9-7", language="en", fields={"page": "A 3"}
    )
    assert (changed.title, changed.outlet, changed.published) == ("A title", "WNYC", "2011-09-07")
    assert (changed.fields, changed.text_sha256) == ((("page", "A 3"),), before.text_sha256)
    assert kim.undo().name == "details of document"
    assert kim.documents.get("one") == kim.documents.find("one.txt")
    assert (kim.documents.get("one").title, kim.documents.get("one").fields) == (None, ())
    kim.redo()
    assert kim.documents.get("one").title == "A title"
    assert kim.check() == []


def test_a_title_alone_is_a_renaming_and_the_id_stays(kim: Project) -> None:
    kim.change_document("one", title="Vote delayed")
    assert kim.history()[0].name == "rename document"
    assert kim.documents.get("one").heading == "Vote delayed"


def test_the_same_again_is_no_change(kim: Project) -> None:
    kim.change_document("one", title="T", fields=[("a", "1")])
    number = len(kim.history())
    kim.change_document("one", title=" T ", fields={"a": "1"})
    assert len(kim.history()) == number


def test_what_an_import_brought_may_stay_though_it_would_be_refused_now(kim: Project, tmp_path: Path) -> None:
    with kim._store.change("setup", "an import") as step:
        step.update("document", "one", {"published": "17th of September"})
    kim.documents.forget()
    assert kim.change_document("one", title="T", published="17th of September").published == "17th of September"
    with pytest.raises(BadArgument, match="year first"):
        kim.change_document("one", published="18th of September")


def test_two_people_change_different_fields_and_both_stay(kim: Project, lee: Project) -> None:
    assert [each.id for each in lee.documents] == ["one", "two"]
    kim.change_document("one", title="T")
    lee.change_document("one", outlet="CNN")
    kim.poll()
    assert (kim.documents.get("one").title, kim.documents.get("one").outlet) == ("T", "CNN")


def test_changing_a_document_is_told_as_a_new_list(kim: Project) -> None:
    sets = told(kim)
    kim.change_document("two", author="Ann")
    assert [(each.listing, each.documents, each.texts) for each in sets] == [(True, frozenset({"two"}), frozenset())]


def test_a_note_is_told_without_a_new_list_also_to_other_programs(kim: Project, lee: Project) -> None:
    listed, sets, theirs = list(lee.documents), told(kim), told(lee)
    kim.set_document_note("two", "Outlet?")
    kim.undo()
    kim.redo()
    lee.poll()
    assert [(each.listing, each.noted) for each in sets] == [
        (False, (("two", "Outlet?"),)),
        (False, (("two", None),)),
        (False, (("two", "Outlet?"),)),
    ]
    assert not any(each.listing for each in theirs)
    for project in (kim, lee):
        assert [(each.id, each.note) for each in project.documents] == [("one", None), ("two", "Outlet?")]
        assert project.status("two").document.note == "Outlet?"
    assert next(iter(lee.documents)) is listed[0], "the list was read anew"


def test_a_note_that_comes_with_a_title_is_told_as_a_new_list(kim: Project, lee: Project) -> None:
    theirs = told(lee)
    with kim._store.change("kim", "both") as step:
        step.update("document", "one", {"note": "n", "title": "T"})
    lee.poll()
    assert [(each.listing, each.noted) for each in theirs] == [(True, ())]
    assert lee.status("one").document.title == "T"


def test_a_field_that_no_document_has_is_refused(kim: Project) -> None:
    with pytest.raises(BadArgument, match="no field “text_sha256”"):
        kim.change_document("one", text_sha256="0")
    with pytest.raises(NotFound):
        kim.change_document("three", title="x")


# Deleting


def worked_on(kim: Project, lee: Project) -> None:
    quote = kim.tag("one", "quote", 0, 3)
    kim.relate(quote.id, "said by", kim.tag("one", "actor", 4, 8, note="n").id)
    lee.tag("one", "claim", 4, 8)
    kim.set_state("one", State.DONE)
    kim.set_document_note("one", "a note")
    kim.revise("one", "New: " + kim.documents.text("one"))


def test_what_goes_with_a_document_is_counted_for_everybody(kim: Project, lee: Project) -> None:
    assert not kim.work_on("one", "two")
    worked_on(kim, lee)
    work = kim.work_on("one", "two", "one")
    assert (work.documents, work.spans, work.annotators) == (2, 3, ("kim", "lee"))
    assert (work.relations, work.done, work.notes, work.revisions) == (1, 1, 1, 1)
    assert work


def test_deleting_takes_everything_and_undo_brings_everything_back_at_its_place(kim: Project, lee: Project) -> None:
    worked_on(kim, lee)
    before, spans = snapshot(kim), kim.spans("one")
    kim.delete_documents("one")
    assert [document.id for document in kim.documents] == ["two"]
    assert kim.check() == []
    with pytest.raises(NotFound):
        kim.spans("one")
    assert kim.undo().name.startswith("delete document “New: The U.S. said “we must act,”")
    assert snapshot(kim) == before
    assert [span.id for span in kim.spans("one")] == [span.id for span in spans]
    assert (kim.status("one").state, len(kim.revisions("one"))) == (State.DONE, 1)
    assert [relation.type for relation in kim.relations("one")] == ["said by"]
    kim.redo()
    assert [document.id for document in kim.documents] == ["two"]
    assert kim.check() == []


def test_several_documents_go_in_one_change(kim: Project) -> None:
    kim.delete_documents("one", "two", "one")
    assert len(kim.documents) == 0
    assert kim.history()[0].name == "delete 2 documents"
    kim.undo()
    assert [document.id for document in kim.documents] == ["one", "two"]


def test_deleting_is_undone_in_a_new_session(file: Path, kim: Project, lee: Project) -> None:
    worked_on(kim, lee)
    before = snapshot(kim)
    kim.delete_documents("one")
    kim.close()
    with annotator.open(file, "kim") as again:
        again.undo()
        assert snapshot(again) == before


def test_a_document_that_is_gone_takes_no_spans_and_no_states(kim: Project, lee: Project) -> None:
    assert len(kim.documents) == 2
    lee.delete_documents("one")
    number = len(kim.history())
    for act in (
        lambda: kim.tag("one", "claim", 0, 3),
        lambda: kim.set_state("one", State.DONE),
        lambda: kim.change_document("one", title="x"),
        lambda: kim.delete_documents("one"),
        lambda: kim.revise("one", "x"),
    ):
        with pytest.raises(BadArgument, match=r"gone|There is no document|changed study"):
            act()
    assert len(kim.history()) == number
    assert kim.check() == []


def test_the_import_of_a_deleted_document_can_not_be_taken_back_and_says_why(
    kim: Project, lee: Project, tmp_path: Path
) -> None:
    (tmp_path / "three.txt").write_text("Three")
    kim.import_file(tmp_path / "three.txt")
    lee.delete_documents("three")
    with pytest.raises(CannotUndo, match="lee changed the same later"):
        kim.undo()


def test_a_deleted_text_can_be_imported_anew(kim: Project, tmp_path: Path) -> None:
    kim.delete_documents("two")
    assert [each.id for each in kim.import_file(tmp_path / "two.txt").added] == ["two"]
    kim.undo()
    kim.undo()
    assert [each.id for each in kim.documents] == ["one", "two"]
