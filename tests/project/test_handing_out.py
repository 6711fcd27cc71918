"""Documents are handed out in a file of their own: the whole codebook, one person's own work, nobody else's."""

import sqlite3
from pathlib import Path

import pytest

import annotator
from annotator.domain.codebook import AttributeKind, AttributeType, Label, LineForm
from annotator.domain.document import State
from annotator.errors import BadArgument, Busy, EnvironmentFailed, NotFound
from annotator.project import Project
from annotator.settings import Settings
from tests.project.conftest import Opening
from tests.project.snapshots import content


@pytest.fixture
def lead(as_annotator: Opening) -> Project:
    """The project, open for the lead."""
    return as_annotator("lead")


def test_a_file_has_the_chosen_documents_as_they_are_in_their_order(lead: Project, tmp_path: Path) -> None:
    lead.change_document("two", title="Second", fields={"desk": "news"})
    lead.hand_out(tmp_path / "all.annotator", None, "kim")
    handed = lead.hand_out(tmp_path / "kim.annotator", ["two"], "kim")
    assert [each.id for each in handed.documents] == ["two"]
    with annotator.open(tmp_path / "kim.annotator") as project:
        there, here = project.documents.get("two"), lead.documents.get("two")
        assert (there.title, there.fields, there.created) == ("Second", (("desk", "news"),), here.created)
        assert project.documents.text("two") == lead.documents.text("two")
        assert len(project.documents) == 1
        assert project.check() == []
    with annotator.open(tmp_path / "all.annotator") as project:
        assert [each.id for each in project.documents] == [each.id for each in lead.documents]


def test_the_codebook_goes_along_whole_with_the_same_ids(lead: Project, tmp_path: Path) -> None:
    lead.add_label(Label("frame", "F", "#B7271B", LineForm.SOLID, guideline="How it is put."))
    lead.add_attribute(AttributeType("frame", "who", AttributeKind.ENTITY))
    lead.add_entity("ICE", aliases=["Immigration and Customs Enforcement"], note="An agency.")
    lead.hand_out(tmp_path / "kim.annotator", ["one"], "kim")
    with annotator.open(tmp_path / "kim.annotator") as project:
        there, here = project.full_codebook(), lead.full_codebook()
        assert there == here
        for part in ("labels", "attributes", "relations", "entities"):
            assert [each.id for each in getattr(there, part)] == [each.id for each in getattr(here, part)]


def test_the_persons_own_work_goes_along_and_nobody_elses(
    lead: Project, kim: Project, lee: Project, tmp_path: Path
) -> None:
    mine = kim.tag("one", "quote", 14, 26, (30, 35), note="Mine.")
    who = kim.tag("one", "actor", 4, 8, attributes={"entity": "U.S."})
    arrow = kim.relate(mine.id, "said by", who.id)
    kim.tag("two", "claim", 0, 6)
    kim.set_state("one", State.DONE)
    theirs = lee.tag("one", "quote", 4, 8)
    lee.relate(theirs.id, "said by", who.id)
    lee.set_state("one", State.DONE)
    kim.set_document_note("one", "Kim’s.")
    lee.set_document_note("two", "Lee’s.")
    handed = lead.hand_out(tmp_path / "kim.annotator", ["one"], "kim")
    assert (handed.spans, handed.relations, handed.left_out) == (2, 1, 0)
    lead.hand_out(tmp_path / "both.annotator", None, "kim")
    with annotator.open(tmp_path / "kim.annotator") as project:
        assert {content(span) for span in project.spans("one")} == {content(mine), content(who)}
        assert [(each.id, each.source, each.target) for each in project.relations("one")] == [
            (arrow.id, mine.id, who.id)
        ]
        assert project.annotators() == ["kim"]
        assert [each.state for each in project.statuses()] == [State.DONE]
        assert project.documents.get("one").note == "Kim’s."
        assert (project.history(), project.check()) == ([], [])
    with annotator.open(tmp_path / "both.annotator") as project:
        assert project.documents.get("two").note is None
    assert "Lee’s.".encode() not in (tmp_path / "both.annotator").read_bytes()


def test_the_file_opens_as_the_person_it_was_made_for(lead: Project, tmp_path: Path) -> None:
    Settings(annotator="somebody").save()
    lead.hand_out(tmp_path / "kim.annotator", None, "  kim ")
    with annotator.open(tmp_path / "kim.annotator") as project:
        assert (project.annotator, project.made_for) == ("kim", "kim")
    with annotator.open(tmp_path / "kim.annotator", "lee") as project:
        assert (project.annotator, project.made_for) == ("lee", "kim")
    with annotator.open(lead.path) as project:
        assert (project.annotator, project.made_for) == ("somebody", None)


@pytest.mark.parametrize("name", ["", "a\nb", "◆ gold", "x\u2028y"])
def test_a_name_that_could_be_nobodys_is_not_believed(name: str, lead: Project, tmp_path: Path) -> None:
    Settings(annotator="somebody").save()
    lead.hand_out(tmp_path / "kim.annotator", None, "kim")
    with sqlite3.connect(tmp_path / "kim.annotator") as connection:
        connection.execute("update project set value = ? where key = 'annotator'", (name,))
    connection.close()
    with annotator.open(tmp_path / "kim.annotator") as project:
        assert project.annotator == "somebody"
    with pytest.raises(BadArgument):
        lead.hand_out(tmp_path / "other.annotator", None, name)


def test_spans_without_a_place_stay_and_are_counted(lead: Project, kim: Project, tmp_path: Path) -> None:
    lost = kim.tag("two", "claim", 0, 6)
    kept = kim.tag("two", "actor", 7, 12)
    kim.relate(lost.id, "said by", kept.id)
    lead.revise("two", "Everyone knows.\n" * 3)
    assert [span.id for span in lead.unplaced("two")] == [lost.id]
    handed = lead.hand_out(tmp_path / "kim.annotator", ["two"], "kim")
    assert (handed.spans, handed.relations, handed.left_out) == (1, 0, 1)
    with annotator.open(tmp_path / "kim.annotator") as project:
        assert [span.id for span in project.spans("two")] == [kept.id]
        assert project.check() == []


def test_what_is_there_is_never_lost(lead: Project, tmp_path: Path) -> None:
    target = tmp_path / "kim.annotator"
    lead.hand_out(target, None, "kim")
    with annotator.open(target) as project:
        worked = project.tag("one", "claim", 0, 3)
        with pytest.raises(Busy, match="is open in this program"):
            lead.hand_out(target, None, "kim", force=True)
    with pytest.raises(BadArgument, match="exists"):
        lead.hand_out(target, None, "kim")
    replaced = lead.hand_out(target, None, "kim", force=True).replaced
    assert replaced
    with annotator.open(replaced) as project:
        assert project.span(worked.id)
    with annotator.open(target) as project:
        assert project.spans("one") == []


def test_what_can_not_be_done_makes_no_file(lead: Project, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    for error, arguments in [
        (BadArgument, (lead.path, None, "kim")),
        (BadArgument, (tmp_path, None, "kim")),
        (BadArgument, (tmp_path / "nowhere" / "kim.annotator", None, "kim")),
        (BadArgument, (tmp_path / "kim.annotator", [], "kim")),
        (NotFound, (tmp_path / "kim.annotator", ["three"], "kim")),
        (EnvironmentFailed, (tmp_path / ("x" * 300), None, "kim")),
    ]:
        with pytest.raises(error):
            lead.hand_out(*arguments, force=True)
    assert sorted(tmp_path.iterdir()) == before


def test_a_correction_by_another_program_is_not_mixed_up(lead: Project, kim: Project, tmp_path: Path) -> None:
    kim.tag("two", "claim", 0, 6)
    assert len(lead.documents) == 2
    kim.revise("two", "But nobody knows.\n")
    lead.hand_out(tmp_path / "kim.annotator", None, "kim")
    with annotator.open(tmp_path / "kim.annotator") as project:
        assert (project.spans("two")[0].text, project.check()) == ("But nobody", [])
