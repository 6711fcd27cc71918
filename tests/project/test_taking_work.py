"""Work that others did elsewhere comes back: the newer of both stays, the same twice is nothing, undo takes it back."""

import contextlib
import itertools
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import annotator
from annotator.domain import work_rules
from annotator.domain.codebook import AttributeKind, AttributeType, Label, LineForm, RelationType
from annotator.domain.document import State
from annotator.domain.span import Span
from annotator.domain.work import WorkPreview, WorkRow
from annotator.errors import AnnotatorError, BadArgument, BadContent, NotAProject, NotFound, ReadOnly
from annotator.project import Project
from tests.conftest import many
from tests.project.conftest import OTHER, Opening
from tests.project.snapshots import content, snapshot

Handing = Callable[..., Path]


@pytest.fixture
def lead(as_annotator: Opening) -> Project:
    """The project, open for the lead."""
    return as_annotator("lead")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock on which no two things happen at the same time."""
    numbers = itertools.count()

    def tick() -> str:
        at = next(numbers)
        return f"2026-01-01T{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.000Z"

    for module in ("storage.store", "project.spans", "project.relations", "project.deciding", "project.notes"):
        monkeypatch.setattr(f"annotator.{module}.now", tick)


@pytest.fixture
def handed(lead: Project, tmp_path: Path) -> Handing:
    """Hands the project out to somebody; returns the file."""
    numbers = itertools.count(1)

    def hand_out(name: str = "kim", *documents: str) -> Path:
        return lead.hand_out(tmp_path / f"{name}-{next(numbers)}.annotator", documents or None, name).path

    return hand_out


def the_row(work: WorkPreview) -> WorkRow:
    [row] = [row for row in work.rows if row.taken or row.kept]
    return row


def test_work_on_what_was_handed_out_comes_back_as_one_change(lead: Project, handed: Handing) -> None:
    file = handed()
    with annotator.open(file) as kim:
        said = kim.tag("one", "quote", 14, 26, (30, 35), note="Mine.")
        who = kim.tag("one", "actor", 4, 8, attributes={"entity": "The U.S."})
        arrow = kim.relate(said.id, "said by", who.id)
        kim.set_state("one", State.DONE)
        kim.set_document_note("one", "A note.")
        comment = kim.comment("one", "Look here.", spans=[said.id])
    before = snapshot(lead)
    preview = lead.preview_work(file)
    row = the_row(preview)
    assert (row.annotator, row.document, row.spans.new, row.relations.new, row.comments.new) == ("kim", "one", 2, 1, 1)
    assert (row.state, row.note, preview.kind, preview.annotators) == (State.DONE, True, "project", ("kim",))
    assert [str(each) for each in preview.codebook] == ["entity “The U.S.”"]
    assert snapshot(lead) == before
    lead.take_work(preview)
    assert [change.name for change in lead.history()][:1] == ["take work of kim"]
    assert {content(span) for span in lead.spans("one")} == {content(said), content(who)}
    assert [each.id for each in lead.relations("one")] == [arrow.id]
    assert lead.finished_by("one") == ("kim",)
    assert lead.documents.get("one").note == "A note."
    assert lead.comments("one") == [comment]
    assert lead.check() == []
    lead.undo()
    assert snapshot(lead) == before
    lead.redo()
    assert {content(span) for span in lead.spans("one")} == {content(said), content(who)}
    assert lead.preview_work(file).empty


def test_the_same_file_twice_changes_nothing_not_even_the_history(lead: Project, handed: Handing) -> None:
    file = handed()
    with annotator.open(file) as kim:
        kim.tag("one", "actor", 4, 8, attributes={"entity": "The U.S."})
        kim.set_state("two", State.DONE)
    lead.take_work(file)
    before, bytes_before = snapshot(lead), lead.path.read_bytes()
    again = lead.take_work(file)
    assert (again.empty, again.older, snapshot(lead)) == (True, 0, before)
    assert lead.path.read_bytes() == bytes_before
    assert len([change for change in lead.history() if change.name.startswith("take work")]) == 1


def test_newer_work_changes_spans_by_id_and_takes_away_what_was_deleted_there(
    lead: Project, kim: Project, handed: Handing
) -> None:
    spans = [kim.tag("one", "claim", start, start + 3) for start in (0, 4, 8, 14)]
    who = kim.tag("one", "actor", 20, 24)
    relation = kim.relate(kim.tag("one", "quote", 14, 26).id, "said by", who.id)
    file = handed()
    with annotator.open(file) as there:
        there.retag(spans[0].id, "quote")
        there.resize(spans[1].id, (4, 8))
        there.delete(spans[2].id)
        there.unrelate(relation.id)
        there.set_note(spans[3].id, "Hm.")
    row = the_row(lead.take_work(file))
    assert (row.spans.changed, row.spans.deleted, row.spans.same, row.relations.deleted) == (3, 1, 2, 1)
    assert [span.label for span in lead.spans("one")][:2] == ["quote", "claim"]
    assert (lead.span(spans[1].id).text, lead.span(spans[3].id).note) == ("U.S.", "Hm.")
    assert (lead.relations("one"), lead.check()) == ([], [])


def test_what_was_changed_here_later_stays(lead: Project, kim: Project, handed: Handing) -> None:
    first, second = kim.tag("one", "claim", 0, 3), kim.tag("one", "claim", 4, 8)
    gone = kim.tag("one", "claim", 14, 26)
    file = handed()
    with annotator.open(file) as there:
        there.retag(first.id, "quote")
        there.delete(second.id)
        there.set_note(gone.id, "Hm.")
        there.set_state("one", State.DONE)
    kim.retag(first.id, "actor")
    kim.set_note(second.id, "Changed here.")
    kim.delete(gone.id)
    kim.set_state("one", State.TODO)
    preview = lead.take_work(file)
    assert preview.older == 3
    assert preview.empty
    assert {(span.label, span.note) for span in lead.spans("one")} == {("actor", None), ("claim", "Changed here.")}
    assert kim.status("one").state == State.TODO


def test_an_older_file_never_takes_the_place_of_newer_work(lead: Project, handed: Handing, tmp_path: Path) -> None:
    file, older = handed(), tmp_path / "older.annotator"
    with annotator.open(file) as kim:
        span, gone = kim.tag("one", "claim", 0, 3), kim.tag("one", "claim", 4, 8)
        arrow = kim.relate(kim.tag("one", "claim", 14, 26).id, "supports", kim.tag("one", "claim", 30, 33).id)
        kim.set_state("one", State.DONE)
        kim.set_document_note("one", "First.")
    shutil.copy(file, older)
    with annotator.open(file) as kim:
        kim.retag(span.id, "quote")
        kim.delete(gone.id)
        kim.change_relation(arrow.id, "contradicts")
        kim.set_state("one", State.IN_PROGRESS)
        kim.set_document_note("one", "Second.")
    lead.take_work(older)
    lead.take_work(file)
    before = snapshot(lead)
    assert (lead.span(span.id).label, lead.relation(arrow.id).type) == ("quote", "contradicts")
    assert (lead.documents.get("one").note, lead.finished_by("one")) == ("Second.", ())
    again = lead.take_work(older)
    assert (again.empty, again.older, snapshot(lead)) == (True, 3, before)


def test_what_was_undone_there_after_it_was_sent_is_undone_here(lead: Project, handed: Handing) -> None:
    file = handed()
    with annotator.open(file) as kim:
        span = kim.tag("one", "claim", 0, 3)
        kim.retag(span.id, "quote")
        kim.tag("one", "claim", 4, 8)
    lead.take_work(file)
    with annotator.open(file) as kim:
        kim.undo()
        kim.undo()
    lead.take_work(file)
    assert [(each.id, each.label) for each in lead.spans("one")] == [(span.id, "claim")]
    with annotator.open(file) as kim:
        kim.redo()
    lead.take_work(file)
    assert lead.span(span.id).label == "quote"


def test_a_take_that_was_undone_can_be_done_again(lead: Project, handed: Handing) -> None:
    file = handed()
    with annotator.open(file) as kim:
        kim.add_label(Label("frame", "F", "#B7271B", LineForm.SOLID))
        kim.tag("one", "frame", 0, 3)
        kim.set_state("one", State.DONE)
        kim.set_document_note("one", "A note.")
    lead.take_work(file)
    after = snapshot(lead)
    lead.undo()
    assert not lead.codebook.has("frame")
    lead.take_work(file)
    assert (snapshot(lead), lead.check()) == (after, [])


def test_other_peoples_work_decisions_and_gold_stay_as_they_are(
    lead: Project, lee: Project, kim: Project, handed: Handing, tmp_path: Path
) -> None:
    for project in (kim, lee):
        project.tag("one", "claim", 0, 3)
        project.set_state("one", State.DONE)
    whole = tmp_path / "copy.annotator"
    shutil.copy(lead.path, whole)
    file = handed()
    lead.merge(lead.review_queue(), "unanimous")
    theirs = lee.retag(lee.spans("one", annotators=["lee"])[0].id, "quote")
    with annotator.open(file) as there:
        there.resize(there.spans("one")[0].id, (0, 8))
    gold, decisions = lead.gold("one"), lead.decisions("one")
    lead.take_work(file)
    lead.take_work(whole)
    assert lead.span(theirs.id).label == "quote"
    assert (lead.gold("one"), lead.decisions("one")) == (gold, decisions)
    assert [item.status for item in lead.review_queue()] == ["reopened"]
    assert lead.check() == []


def test_newer_work_opens_exactly_the_items_again_whose_spans_changed(
    lead: Project, lee: Project, handed: Handing
) -> None:
    file = handed()
    for place in ((0, 3), (4, 8), (9, 13)):
        lee.tag("one", "claim", *place)
        with annotator.open(file) as kim:
            kim.tag("one", "claim", *place)
    lee.set_state("one", State.DONE)
    with annotator.open(file) as kim:
        kim.set_state("one", State.DONE)
    lead.take_work(file)
    lead.merge(lead.review_queue(), "unanimous")
    decisions = lead.decisions("one")
    with annotator.open(file) as kim:
        kim.retag(kim.spans("one")[1].id, "quote")
        kim.set_note(kim.spans("one")[2].id, "A note changes nothing.")
    lead.take_work(file)
    assert [item.status for item in lead.review_queue()] == ["decided", "reopened", "decided"]
    assert lead.decisions("one") == decisions
    lead.take_work(file)
    assert [item.status for item in lead.review_queue()] == ["decided", "reopened", "decided"]


def test_gold_and_decisions_in_a_file_are_left_there(lead: Project, handed: Handing, tmp_path: Path) -> None:
    file = handed()
    for name in ("kim", "lee"):
        with annotator.open(file, name) as there:
            there.tag("one", "claim", 0, 3)
            there.set_state("one", State.DONE)
    with annotator.open(file, "boss") as there:
        there.merge(there.review_queue(), "unanimous")
        there.export(tmp_path / "gold.jsonl", gold=True)
        there.export(tmp_path / "all.jsonl")
    lead.take_work(file)
    assert (len(lead.spans("one")), lead.gold("one"), lead.decisions("one")) == (2, [], [])
    preview = lead.take_work(tmp_path / "gold.jsonl")
    assert preview.empty
    assert preview.notes == ("1 span of gold was left out: decisions stay where they were made.",)
    assert lead.take_work(tmp_path / "all.jsonl").empty


def test_a_span_stays_to_which_somebody_else_has_drawn_a_relation(
    lead: Project, kim: Project, lee: Project, handed: Handing
) -> None:
    who = kim.tag("one", "actor", 4, 8)
    arrow = lee.relate(lee.tag("one", "quote", 14, 26).id, "said by", who.id)
    file = handed()
    with annotator.open(file) as there:
        there.delete(who.id)
    preview = lead.take_work(file)
    assert (preview.empty, preview.older) == (True, 1)
    assert "somebody else has drawn a relation to it" in preview.notes[0]
    assert lead.relation(arrow.id).target == who.id


def test_a_document_with_another_text_is_refused(lead: Project, handed: Handing) -> None:
    file = handed()
    with annotator.open(file) as there:
        there.tag("one", "claim", 0, 3)
        there.tag("two", "claim", 0, 6)
    lead.revise("two", "Nobody knew.\n")
    before = snapshot(lead)
    preview = lead.preview_work(file)
    [refused] = preview.refused
    assert "was corrected here after it was handed out" in refused.reason
    with pytest.raises(BadContent, match="Nothing was taken in"):
        lead.take_work(file)
    assert snapshot(lead) == before
    lead.take_work(file, skip_bad=True)
    assert [len(lead.spans(each)) for each in ("one", "two")] == [1, 0]
    with annotator.open(file) as there:
        there.revise("one", "Another text.\n")
    assert [each.reason for each in lead.preview_work(file).refused] == [
        "“Another text.” has another text here under the same id.",
        refused.reason,
    ]


def test_another_project_can_be_merged_in_whole(lead: Project, tmp_path: Path) -> None:
    (tmp_path / "three.txt").write_text("A third text.\n")
    (tmp_path / "zwei.txt").write_text(OTHER)
    with annotator.new(tmp_path / "other.annotator", annotator="lee") as other:
        other.import_files([tmp_path / "three.txt", tmp_path / "zwei.txt"])
        other.change_document("three", title="Three", fields={"desk": "news"})
        other.change_label("claim", name="statement")
        other.change_label("quote", name="Quote", guideline="Theirs.")
        other.add_attribute(AttributeType("statement", "kinds", AttributeKind.CHOICES, ("a", "b")))
        other.tag("three", "statement", 2, 7, attributes={"kinds": ["b", "a"], "kind": "factual"})
        arrow = other.relate(other.tag("three", "Quote", 0, 7).id, "said by", other.tag("three", "actor", 8, 12).id)
        same_text = other.tag("zwei", "Quote", 0, 6)
        other.set_document_note("three", "Read it.")
    preview = lead.take_work(tmp_path / "other.annotator")
    assert [(each.id, each.title, each.fields) for each in preview.documents] == [
        ("three", "Three", (("desk", "news"),))
    ]
    assert lead.documents.text("three") == "A third text.\n"
    assert lead.documents.get("three").note == "Read it."
    assert [span.label for span in lead.spans("three")] == ["quote", "statement", "actor"]
    assert (lead.span(same_text.id).document, lead.relation(arrow.id).type) == ("two", "said by")
    values = {each.name: each.values for each in lead.spans("three")[1].attributes}
    assert values == {"kind": ("factual",), "kinds": ("a", "b")}
    assert lead.codebook.label("quote").guideline != "Theirs."
    assert "label “statement”" in map(str, preview.codebook)
    assert lead.check() == []
    assert lead.preview_work(tmp_path / "other.annotator").empty


def test_a_file_that_another_project_handed_out_says_so(lead: Project, handed: Handing, tmp_path: Path) -> None:
    assert lead.preview_work(handed()).notes == ()
    with annotator.new(tmp_path / "other.annotator", annotator="lead") as other:
        preview = other.preview_work(handed())
    assert preview.notes == ("It was handed out by another project than this one.",)
    assert len(preview.documents) == 2


def test_a_file_with_more_than_can_be_taken_is_refused(
    lead: Project, handed: Handing, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = handed()
    with annotator.open(file) as there:
        there.tag_all("claim", [("one", 0, 3)] * 3)
    for name, words in (("MOST_DOCUMENTS", "2 documents; 1"), ("MOST_SPANS", "over 1 spans"), ("MOST_NAMED", "labels")):
        with monkeypatch.context() as limited:
            limited.setattr(work_rules, name, 1)
            with pytest.raises(BadContent, match=words):
                lead.preview_work(file)


def test_a_document_that_was_deleted_here_comes_back_with_its_spans(
    lead: Project, kim: Project, handed: Handing
) -> None:
    span = kim.tag("two", "claim", 0, 6)
    file = handed()
    lead.delete_documents("two")
    assert [each.id for each in lead.take_work(file).documents] == ["two"]
    assert (lead.spans("two"), lead.check()) == ([span], [])


def test_what_the_codebook_lacks_is_added_or_refused(lead: Project, handed: Handing) -> None:
    file = handed()
    with annotator.open(file) as there:
        there.add_label(Label("frame", "F", "#B7271B", LineForm.SOLID, 1, parent="claim"))
        there.add_attribute(AttributeType("frame", "who", AttributeKind.ENTITY))
        there.change_attribute("claim", "stance", options=("supports", "opposes", "neutral", "unclear", "mixed"))
        there.add_relation_type(RelationType("answers", ("frame",), ("claim",)))
        there.add_label(Label("unused", "U", "#B7271B", LineForm.DASH))
        first = there.tag("one", "frame", 0, 3, attributes={"who": "ICE"})
        second = there.tag("one", "claim", 4, 8, attributes={"stance": "mixed"})
        there.relate(first.id, "answers", second.id)
        ids = {label.name: label.id for label in there.codebook}
    with pytest.raises(BadArgument, match="The codebook lacks the label “frame”, attribute “who” of “frame”"):
        lead.take_work(file, new_labels=False)
    preview = lead.take_work(file)
    assert [str(each) for each in preview.codebook] == [
        "label “frame”",
        "attribute “who” of “frame”",
        "entity “ICE”",
        "option “mixed” of “claim: stance”",
        "relation type “answers”",
    ]
    frame = lead.codebook.label("frame")
    assert (frame.id, frame.key, frame.parent) == (ids["frame"], None, "claim")
    assert not lead.codebook.has("unused")
    assert (lead.codebook.label("claim").key, lead.check()) == (1, [])


def test_labels_and_entities_are_known_by_their_ids_whatever_they_are_called_by_now(
    lead: Project, handed: Handing
) -> None:
    lead.add_entity("ICE")
    file = handed()
    lead.change_label("claim", name="statement")
    lead.change_attribute("statement", "kind", name="sort")
    lead.change_entity("ICE", name="Immigration and Customs Enforcement")
    lead.change_relation_type("said by", name="comes from")
    with annotator.open(file) as there:
        there.tag("one", "claim", 0, 3, attributes={"kind": "causal"})
        there.relate(
            there.tag("one", "quote", 14, 26).id,
            "said by",
            there.tag("one", "actor", 4, 8, attributes={"entity": "ICE"}).id,
        )
    preview = lead.take_work(file)
    assert preview.codebook == ()
    claim, actor, _ = lead.spans("one")
    assert (claim.label, [(each.name, each.values) for each in claim.attributes]) == (
        "statement",
        [("sort", ("causal",))],
    )
    assert actor.entity == "Immigration and Customs Enforcement"
    assert [each.type for each in lead.relations("one")] == ["comes from"]


def test_a_value_that_does_not_fit_here_is_left_out_and_said(lead: Project, handed: Handing) -> None:
    lead.add_attribute(AttributeType("claim", "size", AttributeKind.TEXT))
    file = handed()
    with annotator.open(file) as there:
        there.tag("one", "claim", 0, 3, attributes={"size": "large"})
    lead.change_attribute("claim", "size", kind=AttributeKind.NUMBER)
    preview = lead.take_work(file)
    assert preview.notes == ("Values were left out: “size” is a number, such as 12 or 0.5; “large” is none.",)
    assert lead.spans("one")[0].attributes == ()
    assert lead.preview_work(file).empty


def test_a_label_that_was_merged_into_another_here_does_not_come_back(
    lead: Project, kim: Project, handed: Handing
) -> None:
    span = kim.tag("one", "claim", 0, 3)
    file = handed()
    lead.merge_labels("claim", "quote")
    assert lead.take_work(file).empty
    assert (lead.span(span.id).label, lead.codebook.has("claim")) == ("quote", False)


def test_one_annotators_work_alone_can_be_taken(lead: Project, handed: Handing) -> None:
    file = handed()
    for name in ("kim", "lee"):
        with annotator.open(file, name) as there:
            there.tag("one", "claim", 0, 3)
            there.comment("one", name)
            there.set_state("one", State.DONE)
    lead.take_work(file, annotators=["lee"])
    assert [span.annotator for span in lead.spans("one")] == ["lee"]
    assert (lead.finished_by("one"), [each.author for each in lead.comments("one")]) == (("lee",), ["lee"])
    assert "kim" not in lead.annotators()


def test_a_note_of_somebody_else_is_not_written_over(lead: Project, lee: Project, handed: Handing) -> None:
    file = handed()
    with annotator.open(file) as there:
        there.set_document_note("one", "Kim’s.")
        there.set_document_note("two", "Kim’s.")
    lee.set_document_note("one", "Lee’s.")
    preview = lead.take_work(file)
    assert "1 note on a document stays as it is here" in preview.notes[0]
    assert [each.note for each in lead.documents] == ["Lee’s.", "Kim’s."]
    with annotator.open(handed()) as again:
        assert [each.note for each in again.documents] == [None, "Kim’s."]


def test_comments_that_were_deleted_stay_so(lead: Project, kim: Project, handed: Handing) -> None:
    file = handed()
    with annotator.open(file) as there:
        first, second = there.comment("one", "First."), there.comment("one", "Second.")
    lead.take_work(file)
    kim.delete_comment(first.id)
    with annotator.open(file) as there:
        there.delete_comment(second.id)
    row = the_row(lead.take_work(file))
    assert (row.comments.deleted, row.comments.kept, lead.comments("one")) == (1, 1, [])


def test_a_clock_that_is_ahead_does_not_win_for_ever(lead: Project, handed: Handing) -> None:
    file = handed()
    with annotator.open(file) as there:
        span = there.tag("one", "claim", 0, 3)
    write(file, "update span set modified = '9999-01-01T00:00:00.000Z'")
    lead.take_work(file)
    assert lead.span(span.id).modified <= work_rules.latest_time()


def test_our_own_jsonl_brings_spans_relations_states_and_notes(
    lead: Project, kim: Project, lee: Project, tmp_path: Path
) -> None:
    for project in (kim, lee):
        said = project.tag("one", "quote", 14, 26, (30, 35), note="“Mine.”", attributes={"type": "direct"})
        who = project.tag("one", "actor", 4, 8, attributes={"entity": "The U.S."})
        project.relate(said.id, "said by", who.id)
        project.set_state("one", State.DONE)
    lead.add_label(Label("frame", "F", "#B7271B", LineForm.SOLID, guideline="How it is put."))
    kim.tag("two", "frame", 0, 6)
    kim.export(tmp_path / "all.jsonl")
    with annotator.new(tmp_path / "new.annotator", annotator="lead") as new:
        new.take_work(tmp_path / "all.jsonl")
        assert new.codebook.label("frame").guideline == "How it is put."
        for document in ("one", "two"):
            assert {content(span) for span in new.spans(document)} == {content(span) for span in kim.spans(document)}
            assert {(each.id, each.source, each.target) for each in new.relations(document)} == {
                (each.id, each.source, each.target) for each in kim.relations(document)
            }
        assert (new.finished_by("one"), new.check()) == (("kim", "lee"), [])
        assert new.take_work(tmp_path / "all.jsonl").empty
        assert new.take_work(lead.path).empty
    assert lead.take_work(tmp_path / "all.jsonl").empty


def test_an_older_export_does_not_take_the_place_of_newer_work(lead: Project, kim: Project, tmp_path: Path) -> None:
    span, gone = kim.tag("one", "claim", 0, 3), kim.tag("one", "claim", 4, 8)
    kim.set_state("one", State.IN_PROGRESS)
    kim.export(tmp_path / "old.jsonl")
    kim.retag(span.id, "quote")
    kim.delete(gone.id)
    kim.set_state("one", State.DONE)
    preview = lead.take_work(tmp_path / "old.jsonl")
    assert (preview.empty, preview.older) == (True, 2)
    assert (lead.finished_by("one"), [each.label for each in lead.spans("one")]) == (("kim",), ["quote"])


def test_a_file_that_is_no_work_is_refused_in_words(lead: Project, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Only text.\n")
    with pytest.raises(NotFound):
        lead.preview_work(tmp_path / "nothing.annotator")
    with pytest.raises(NotAProject, match="is not an annotator project"):
        lead.preview_work(tmp_path / "text.txt")
    with pytest.raises(BadArgument, match="is this project itself"):
        lead.preview_work(lead.path)
    with pytest.raises(BadArgument, match="is a folder"):
        lead.preview_work(tmp_path)


def test_into_a_project_that_can_not_be_written_nothing_is_taken(lead: Project, handed: Handing) -> None:
    file = handed()
    with annotator.open(file) as there:
        there.tag("one", "claim", 0, 3)
    lead.path.chmod(0o444)
    try:
        with annotator.open(lead.path, "lead") as project:
            assert not project.preview_work(file).empty
            with pytest.raises(ReadOnly):
                project.take_work(file)
    finally:
        lead.path.chmod(0o644)


def test_what_changed_here_after_the_preview_is_looked_at_again(lead: Project, kim: Project, handed: Handing) -> None:
    span = kim.tag("one", "claim", 0, 3)
    file = handed()
    with annotator.open(file) as there:
        there.retag(span.id, "quote")
    preview = lead.preview_work(file)
    assert the_row(preview).spans.changed == 1
    kim.retag(span.id, "actor")
    assert the_row(lead.take_work(preview)).spans.kept == 1
    kim.delete_documents("one")
    with pytest.raises(BadArgument, match="was deleted or corrected meanwhile"):
        lead.take_work(preview)


@pytest.mark.parametrize("version", [1, 2])
def test_a_file_of_an_older_version_is_read_and_left_as_it_is(version: int, lead: Project, tmp_path: Path) -> None:
    file = tmp_path / "old" / "old.annotator"
    file.parent.mkdir()
    shutil.copy(Path(__file__).parents[1] / "storage" / "projects" / f"version-{version}.annotator", file)
    before = file.read_bytes()
    preview = lead.take_work(file)
    assert (preview.refused, len(preview.documents) > 0, preview.empty) == ((), True, False)
    assert (file.read_bytes(), list(file.parent.iterdir())) == (before, [file])
    assert (lead.check(), lead.preview_work(file).empty) == ([], True)


# Hostile files


def write(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma foreign_keys = off")
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("create trigger spy after insert on span begin delete from span; end", "parts that annotator did not make"),
        ("update label set name = 'a' || char(10) || 'b' where name = 'claim'", "codebook can’t be used"),
        ("update label set parent = id", "codebook can’t be used"),
        ("update label set line_form = 'solid', letter = 'TOOLONG'", "codebook can’t be used"),
        ("update annotator set name = 'a' || char(10)", "can’t be"),
        ("update annotator set name = ' '", "can’t be one"),
        ("update span set label = 'nobody'", "damaged"),
        ("update entity set aliases = '[1]'", "damaged"),
        ("pragma user_version = 99", "newer version"),
    ],
)
def test_a_file_that_was_tampered_with_is_refused_whole(
    statement: str, words: str, lead: Project, handed: Handing
) -> None:
    lead.add_entity("ICE")
    file = handed()
    with annotator.open(file) as there:
        there.tag("one", "claim", 0, 3)
    write(file, statement)
    before = snapshot(lead)
    with pytest.raises(BadContent, match=words) as error:
        lead.take_work(file)
    assert "\n" not in str(error.value).replace("a\\n", "")
    assert snapshot(lead) == before


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ('update span set start = 0, "end" = 99999', "behind the end of the text"),
        ("update span set text = 'another'", "the text has other words there"),
        ("update span set fragments = '[[3, 8], [0, 2]]'", "out of order"),
        ("update span set fragments = '[[0, 1], [2, true]]'", "can't be read"),
        ("update span set modified = 'yesterday'", "is no time such as"),
        ("update span set created = '2026-13-45T00:00:00.000Z'", "is no time such as"),
        ("update span set id = printf('%.*c', 300, 'x')", "has an id that can’t be one"),
        ("update span set note = printf('%.*c', 200000, 'x')", "a note can’t be stored"),
        ("update document set title = printf('%.*c', 5000, 'x') where id = 'one'", "what it says of itself"),
        ("update document set id = 'o' || char(10) where id = 'one'", "has an id that can’t be one"),
        ("update comment set content = '  '", "is empty"),
        ("update comment set at = ''", "is no time such as"),
    ],
)
def test_what_is_wrong_with_one_document_is_said_and_the_rest_can_come_in(
    statement: str, words: str, lead: Project, handed: Handing
) -> None:
    file = handed()
    with annotator.open(file) as there:
        first = there.tag("one", "claim", 0, 3)
        there.comment("one", "Look.", spans=[first.id])
    with annotator.open(file, "lee") as there:
        there.tag("two", "claim", 0, 6)
    write(file, statement + (" where document = 'one'" if "where" not in statement else ""))
    [refused] = lead.preview_work(file).refused
    assert words in refused.reason
    lead.take_work(file, skip_bad=True)
    assert ([len(lead.spans(each)) for each in ("one", "two")], lead.check()) == ([0, 1], [])


def test_ids_that_are_something_else_here_take_nothings_place(
    lead: Project, kim: Project, lee: Project, handed: Handing
) -> None:
    mine, theirs = kim.tag("one", "claim", 0, 3), lee.tag("one", "quote", 4, 8)
    elsewhere = kim.tag("two", "claim", 0, 6)
    gold_id = "gold-span"
    file = handed("new person")
    with annotator.open(file) as there:
        for key in (mine.id, theirs.id, elsewhere.id, gold_id):
            there.tag("one", "actor", 14, 26, id=key)
    before = [content(lead.span(each.id)) for each in (mine, theirs, elsewhere)]
    preview = lead.take_work(file)
    assert preview.notes == ("3 spans were left out: here their ids are those of others.",)
    assert [content(lead.span(each.id)) for each in (mine, theirs, elsewhere)] == before
    assert lead.check() == []


@pytest.fixture(scope="module")
def two_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A project, and a file that was handed out from it and worked on."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "one.txt").write_text("Some text for a project, and more.\n")
    with annotator.new(folder / "study.annotator", annotator="lead") as lead:
        lead.import_file(folder / "one.txt")
        file = lead.hand_out(folder / "kim.annotator", None, "kim").path
    with annotator.open(file) as kim:
        kim.relate(kim.tag("one", "quote", 0, 4).id, "said by", kim.tag("one", "actor", 5, 9).id)
        kim.comment("one", "Look.")
    return folder / "study.annotator", file.read_bytes()


@settings(max_examples=many(25, 1000))
@given(data=st.data())
def test_a_file_with_any_byte_changed_is_refused_or_does_no_harm(
    data: st.DataObject, two_files: tuple[Path, bytes], tmp_path: Path
) -> None:
    study, content = two_files
    shutil.copy(study, tmp_path / "study.annotator")
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "kim.annotator").write_bytes(changed)
    with annotator.open(tmp_path / "study.annotator", "lead") as lead:
        with contextlib.suppress(AnnotatorError):
            lead.take_work(tmp_path / "kim.annotator", skip_bad=True)
        assert lead.check() == []


# Any work

STRETCHES = st.tuples(st.integers(0, 20), st.integers(1, 10)).map(lambda drawn: (drawn[0], sum(drawn)))
LABELS = st.sampled_from(["claim", "quote", "actor", "policy recommendation"])
ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["tag", "tag", "tag", "retag", "resize", "delete", "relate", "note", "value", "state", "undo"]),
        st.integers(0, 99),
        LABELS,
        STRETCHES,
    ),
    max_size=14,
)


def act(project: Project, what: str, pick: int, label: str, place: tuple[int, int]) -> None:
    """Do one thing to one's own work, as far as that is possible."""
    document = ("one", "two")[pick % 2]
    spans = project.spans(document, annotators=[project.annotator])
    span = spans[pick % len(spans)] if spans else None
    try:
        if what == "tag":
            project.tag(document, label, *place)
        elif what == "state":
            project.set_state(document, list(State)[pick % 3])
        elif what == "undo":
            project.undo()
        elif span:
            _to_span(project, what, span, spans[pick // 2 % len(spans)], label, place)
    except BadArgument:
        pass


def _to_span(project: Project, what: str, span: Span, other: Span, label: str, place: tuple[int, int]) -> None:
    if what == "retag":
        project.retag(span.id, label)
    elif what == "resize":
        project.resize(span.id, place)
    elif what == "delete":
        project.delete(span.id)
    elif what == "relate":
        project.relate(span.id, "said by", other.id)
    elif what == "note":
        project.set_note(span.id, label)
    elif what == "value":
        project.set_attribute(span.id, "entity" if span.label == "actor" else "kind", "causal")


def essence(project: Project, name: str) -> tuple[object, ...]:
    """All of one person's work but when it was last touched, which an undo doesn't tell."""
    spans, relations, states = set(), set(), []
    for document in ("one", "two"):
        for span in project.spans(document, annotators=[name]):
            spans.add((span.id, document, span.label, span.fragments, span.text, span.note, span.attributes))
        for each in project.relations(document, annotators=[name]):
            relations.add((each.id, each.type, each.source, each.target))
        states.append((document, name in project.finished_by(document)))
    return spans, relations, tuple(states)


@settings(max_examples=many(8, 300))
@given(before=ACTIONS, kims=ACTIONS, lees=ACTIONS, later=ACTIONS)
def test_any_work_of_two_comes_back_as_it_was_done_and_again_is_nothing(
    before: list[tuple[str, int, str, tuple[int, int]]],
    kims: list[tuple[str, int, str, tuple[int, int]]],
    lees: list[tuple[str, int, str, tuple[int, int]]],
    later: list[tuple[str, int, str, tuple[int, int]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"Document {name} has so many words.\n")
    with annotator.new(folder / "study.annotator", annotator="lead") as lead:
        lead.import_files([folder / "one.txt", folder / "two.txt"])
        with annotator.open(lead.path, "kim") as kim:
            for each in before:
                act(kim, *each)
        files = {name: lead.hand_out(folder / f"{name}.annotator", None, name).path for name in ("kim", "lee")}
        for rounds in ({"kim": kims, "lee": lees}, {"kim": later}):
            for name, actions in rounds.items():
                with annotator.open(files[name]) as there:
                    for each in actions:
                        act(there, *each)
                    done = essence(there, name)
                start = snapshot(lead)
                taken = lead.take_work(files[name])
                assert essence(lead, name) == done
                assert taken.older == 0
                assert lead.preview_work(files[name]).empty
                changes = len(lead.history())
                lead.take_work(files[name])
                assert len(lead.history()) == changes
                if not taken.empty:
                    after = snapshot(lead)
                    lead.undo()
                    assert snapshot(lead) == start
                    lead.redo()
                    assert snapshot(lead) == after
        assert lead.check() == []
