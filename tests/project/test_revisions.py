"""A corrected text is a new revision: the old one is kept, spans are placed again, and nothing is moved in silence."""

import io
import json
from pathlib import Path

import pytest

import annotator
from annotator.domain.anchoring import How
from annotator.errors import BadArgument, BadContent, CannotUndo, NotFound
from annotator.project import Project
from tests.project.conftest import TEXT
from tests.project.snapshots import snapshot

SAID = TEXT.index("said “we")
ACT = TEXT.index("we must act"), TEXT.index("we must act") + len("we must act")
MORE = TEXT.index("more words"), TEXT.index("more words") + len("more words")
LAPTOP = TEXT.index("👩"), TEXT.index("👩") + 3
CORRECTED = (
    TEXT.replace("The U.S.", "👍 The United States")
    .replace("must act", "must all act")
    .replace("more words follow here", "the end")
)


@pytest.fixture
def tagged(kim: Project, lee: Project) -> Project:
    kim.tag("one", "quote", *ACT, id="quote")
    kim.tag("one", "claim", *MORE, id="gone", note="keep me")
    lee.tag("one", "actor", *LAPTOP, id="laptop")
    return kim


def words(project: Project) -> dict[str, str]:
    return {span.id: span.text for span in project.spans("one")}


def test_a_correction_says_what_it_would_do_and_changes_nothing(tagged: Project) -> None:
    before = snapshot(tagged)
    report = tagged.preview_revision("one", CORRECTED)
    assert [(fate.id, fate.how, fate.old, fate.new) for fate in report.spans] == [
        ("quote", How.CHANGED, "we must act", "we must all act"),
        ("laptop", How.MOVED, "👩\u200d💻", "👩\u200d💻"),
        ("gone", How.UNPLACED, "more words", None),
    ]
    assert [fate.annotator for fate in report.spans] == ["kim", "lee", "kim"]
    assert report.number == 2
    assert snapshot(tagged) == before
    assert tagged.history()[0].name == "tag actor"


def test_a_correction_places_everybodys_spans_and_keeps_the_old_text(tagged: Project, lee: Project) -> None:
    report = tagged.revise("one", CORRECTED)
    assert report.number == 2
    assert tagged.documents.text("one") == CORRECTED
    assert words(tagged) == {"quote": "we must all act", "laptop": "👩\u200d💻"}
    for span in tagged.spans("one"):
        assert CORRECTED[span.start : span.end] == span.text
    (first,) = tagged.revisions("one")
    assert (first.number, first.annotator, first.length) == (1, "kim", len(TEXT))
    assert tagged.earlier_text("one", 1) == TEXT
    assert tagged.check() == []
    lee.poll()
    assert lee.documents.text("one") == CORRECTED


def test_undo_brings_text_and_spans_back_and_redo_the_correction(tagged: Project) -> None:
    before = snapshot(tagged)
    tagged.revise("one", CORRECTED)
    after = snapshot(tagged)
    assert tagged.undo().name == "correct text"
    assert snapshot(tagged) == before
    assert (tagged.revisions("one"), tagged.unplaced("one")) == ([], [])
    tagged.redo()
    assert snapshot(tagged) == after
    assert tagged.check() == []


def test_a_span_without_a_place_is_left_out_everywhere_but_waits_with_its_words(tagged: Project) -> None:
    tagged.revise("one", CORRECTED)
    (waiting,) = tagged.unplaced("one")
    assert (waiting.id, waiting.text, waiting.note) == ("gone", "more words", "keep me")
    assert tagged.unplaced("one", annotators=["lee"]) == []
    assert (tagged.status("one").spans, tagged.statuses()[0].spans) == (1, 1)
    stream = io.StringIO()
    report = tagged.export(stream=stream)
    assert [span["id"] for span in json.loads(stream.getvalue().split("\n")[0])["spans"]] == ["quote", "laptop"]
    assert "1 span is left out: it has no place in the text since that was corrected." in report.losses.sentences
    with pytest.raises(BadArgument, match=r"“more words”.* has no place in the text"):
        tagged.retag("gone", "quote")


def test_a_relation_at_a_span_without_a_place_is_kept_and_its_absence_from_an_export_is_said(kim: Project) -> None:
    quote, actor = kim.tag("one", "quote", *ACT), kim.tag("one", "actor", *MORE)
    relation = kim.relate(quote.id, "said by", actor.id)
    kim.revise("one", CORRECTED)
    assert [each.id for each in kim.unplaced("one")] == [actor.id]
    assert [each.id for each in kim.relations("one")] == [relation.id]
    report = kim.export(stream=io.StringIO())
    assert "1 relation is left out." in report.losses.sentences
    start = CORRECTED.index("the end")
    kim.place(actor.id, (start, start + 7))
    assert "1 relation is left out." not in kim.export(stream=io.StringIO()).losses.sentences
    assert kim.check() == []


def test_a_person_gives_it_a_place(tagged: Project) -> None:
    tagged.revise("one", CORRECTED)
    start = CORRECTED.index("the end")
    span = tagged.place("gone", (start, start + 7))
    assert (span.text, span.note, span.label) == ("the end", "keep me", "claim")
    assert tagged.unplaced("one") == []
    assert tagged.status("one").spans == 2
    with pytest.raises(BadArgument, match="has its place"):
        tagged.place("gone", (0, 1))
    assert tagged.undo().name == "place claim"
    assert [each.id for each in tagged.unplaced("one")] == ["gone"]
    assert tagged.check() == []


def test_it_can_be_deleted_and_comes_back_without_a_place(tagged: Project) -> None:
    tagged.revise("one", CORRECTED)
    tagged.delete("gone")
    assert (tagged.unplaced("one"), tagged.status("one").spans) == ([], 1)
    tagged.undo()
    assert [each.id for each in tagged.unplaced("one")] == ["gone"]
    tagged.delete("quote", "gone")
    assert tagged.status("one").spans == 0
    assert tagged.check() == []


def test_the_next_correction_finds_it_again_where_its_words_are_back(tagged: Project) -> None:
    tagged.revise("one", CORRECTED)
    report = tagged.revise("one", CORRECTED.replace("the end", "more words follow here"))
    assert [(fate.id, fate.again) for fate in report.moved if fate.again] == [("gone", True)]
    assert words(tagged)["gone"] == "more words"
    assert [each.number for each in tagged.revisions("one")] == [1, 2]
    assert tagged.earlier_text("one", 2) == CORRECTED
    assert tagged.check() == []


def test_a_document_without_spans_is_corrected_too(kim: Project) -> None:
    report = kim.revise("two", "Somebody knows.\r\nAt last.")
    assert (report.spans, report.number) == ((), 2)
    assert kim.documents.text("two") == "Somebody knows.\nAt last."


def test_the_same_text_again_is_no_revision(kim: Project) -> None:
    assert kim.revise("one", TEXT).number == 1
    assert (kim.revisions("one"), kim.history()) == ([], annotated_only(kim))


def annotated_only(project: Project) -> list[object]:
    return [change for change in project.history() if change.name != "correct text"]


@pytest.mark.parametrize(
    ("text", "message"), [(" \n", "needs a text"), ("a\0b", "NUL"), ("\ud83d", "half a character")]
)
def test_what_is_no_text_is_refused(kim: Project, text: str, message: str) -> None:
    with pytest.raises((BadArgument, BadContent), match=message):
        kim.revise("one", text)
    assert kim.documents.text("one") == TEXT


def test_a_correction_of_a_text_that_was_corrected_meanwhile_is_refused(kim: Project, lee: Project) -> None:
    read = kim.documents.get("one").text_sha256
    lee.revise("one", f"New: {TEXT}")
    with pytest.raises(BadArgument, match="was corrected meanwhile"):
        kim.revise("one", CORRECTED, text_sha256=read)
    assert kim.documents.text("one") == f"New: {TEXT}"


def test_positions_in_a_text_that_was_corrected_meanwhile_are_refused(kim: Project, lee: Project) -> None:
    span = kim.tag("one", "claim", 0, 3)
    read = kim.documents.get("one").text_sha256
    lee.revise("one", f"New: {TEXT}")
    with pytest.raises(BadArgument, match="was corrected meanwhile"):
        kim.tag("one", "claim", 0, 3)
    assert kim.tag("one", "claim", 0, 3).text == "New"  # now that it was read anew
    lee.revise("one", f"Newer: {TEXT}")
    kim.poll()
    for act in (
        lambda: kim.tag("one", "claim", 0, 3, text_sha256=read),
        lambda: kim.resize(span.id, (0, 2), text_sha256=read),
    ):
        with pytest.raises(BadArgument, match="was corrected meanwhile"):
            act()
    assert kim.check() == []


def test_another_programs_correction_is_told_with_the_text(kim: Project, lee: Project) -> None:
    kim.tag("one", "quote", *ACT, id="quote")
    lee.revise("one", TEXT.replace("we must act", "never"))
    (change,) = kim.poll()
    assert (change.texts, change.listing, change.documents) == (frozenset({"one"}), True, frozenset({"one"}))
    assert (change.spans, change.removed) == ((), (("quote", "one"),))


def test_a_correction_on_which_somebody_tagged_is_not_taken_back(kim: Project, lee: Project) -> None:
    kim.revise("one", CORRECTED)
    lee.poll()
    lee.tag("one", "claim", 2, 20)
    with pytest.raises(CannotUndo, match=r"lee changed the same later .“tag claim”"):
        kim.undo()
    lee.undo()
    kim.undo()
    assert kim.documents.text("one") == TEXT


def test_a_span_does_not_come_back_into_a_text_without_its_words(kim: Project, lee: Project) -> None:
    kim.tag("one", "claim", *MORE)
    kim.delete(kim.spans("one")[0].id)
    lee.revise("one", CORRECTED)
    with pytest.raises(CannotUndo, match=r"lee changed the same later .“correct text”"):
        kim.undo()
    lee.undo()
    kim.undo()
    assert kim.spans("one")[0].text == "more words"
    assert kim.check() == []


def test_the_file_that_was_imported_adds_nothing_after_a_correction(kim: Project, tmp_path: Path) -> None:
    kim.revise("one", CORRECTED)
    assert [each.id for each in kim.import_file(tmp_path / "one.txt").present] == ["one"]
    (tmp_path / "new.txt").write_text(CORRECTED, "utf-8")
    assert [each.id for each in kim.import_file(tmp_path / "new.txt").present] == ["one"]


def test_an_earlier_text_that_there_is_not_is_not_found(kim: Project) -> None:
    with pytest.raises(NotFound, match="no earlier text 1"):
        kim.earlier_text("one", 1)


def test_fragments_go_along_and_touching_ones_become_one(file: Path) -> None:
    with annotator.open(file, "kim") as kim:
        start = TEXT.index("more words follow")
        span = kim.tag("one", "claim", start, start + 4, (start + 11, start + 17))
        kim.revise("one", TEXT.replace("more words follow", "more follow"))
        placed = kim.span(span.id)
        assert (placed.text, len(placed.fragments)) == ("more follow", 2)
        assert kim.check() == []


def test_damage_to_a_span_without_a_place_is_found(tagged: Project) -> None:
    tagged.revise("one", CORRECTED)
    tagged._store.connection.exec_driver_sql("update span set text = 'other' where id = 'gone'")
    assert any("The span gone in one says “other”" in sentence for sentence in tagged.check())
    tagged._store.connection.exec_driver_sql("update revision set number = 7")
    assert any("not numbered from 1" in sentence for sentence in tagged.check())
    tagged._store.connection.exec_driver_sql("update document set fields = '[[1]]'")
    assert any("metadata of" in sentence for sentence in tagged.check())
