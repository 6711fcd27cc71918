"""Finding in all documents of a project, and tagging what was found."""

import time
from pathlib import Path

import pytest

import annotator
from annotator.domain.document import State
from annotator.domain.search import Hit, Places, Query, Scope, Tag
from annotator.errors import BadArgument, NotFound
from annotator.project import Project, searching
from tests.project.conftest import TEXT, Opening


def hits(project: Project, text: str, scope: Scope | None = None, **how: bool) -> list[Hit]:
    return [hit for found in project.search(Query(text, **how), scope) for hit in project.in_context(found.places)]


def test_a_hit_has_its_place_and_the_words_around_it(kim: Project) -> None:
    (hit,) = hits(kim, "must act")
    start = TEXT.index("must act")
    assert hit.place == ("one", start, start + 8)
    assert (hit.before, hit.text, hit.after[:6]) == ("The U.S. said “we ", "must act", ",” e\u0301t")


def test_documents_come_in_the_project_s_order_and_progress_reaches_their_number(kim: Project) -> None:
    found = list(kim.search(Query("s", words=False)))
    assert [document for each in found for document, _, _ in each.places] == ["one"] * 5 + ["two"]
    assert (found[-1].searched, found[-1].of) == (2, 2)


def test_filters_by_document_and_state_are_of_this_annotator(kim: Project, lee: Project) -> None:
    kim.set_state("two", State.DONE)
    assert {hit.document for hit in hits(kim, "o", Scope(documents=("two",)))} == {"two"}
    assert {hit.document for hit in hits(kim, "o", Scope(states=(State.DONE,)))} == {"two"}
    assert hits(lee, "o", Scope(states=(State.DONE,))) == []
    with pytest.raises(NotFound, match="nowhere"):
        kim.search(Query("o"), Scope(documents=("nowhere",)))


def test_a_label_keeps_what_is_inside_or_outside_of_one_s_own_spans(kim: Project, lee: Project) -> None:
    kim.tag("one", "claim", 0, 8)
    kim.tag("one", "quote", 9, 13, (29, 34))
    lee.tag("two", "claim", 0, 6)
    assert [hit.start for hit in hits(kim, "s", Scope(inside="claim"))] == [6]
    assert [hit.start for hit in hits(kim, "a", Scope(inside="quote"))] == [10, 32]
    everywhere = [hit.place for hit in hits(kim, "a")]
    outside = [hit.place for hit in hits(kim, "a", Scope(outside="quote"))]
    assert set(everywhere) - set(outside) == {("one", 10, 11), ("one", 32, 33)}
    with pytest.raises(NotFound, match="nonsense"):
        kim.search(Query("a"), Scope(inside="nonsense"))


def test_a_hit_names_one_s_own_spans_of_exactly_its_words(kim: Project, lee: Project) -> None:
    exact = kim.tag("one", "claim", 9, 13)
    kim.tag("one", "claim", 9, 14)
    kim.tag("one", "quote", 9, 11, (12, 13))
    lee.tag("one", "quote", 9, 13)
    first = hits(kim, "said")[0]
    assert first.tags == (Tag(exact.id, "claim"),)
    assert hits(lee, "said")[0].tags[0].label == "quote"


@pytest.mark.parametrize("count", [49, 50, 51, 301])
def test_each_of_few_hits_or_many_names_its_spans(kim: Project, count: int) -> None:
    kim.tag("one", "claim", 0, 3)
    last = kim.tag("two", "quote", 0, 6)
    places = [("one", start, start + 2) for start in range(20)] * (count // 20) + [("one", 0, 1)] * (count % 20)
    tags = [hit.tags for hit in kim.in_context([*places[1:], ("two", 0, 6)])]
    assert tags == [()] * (count - 1) + [(Tag(last.id, "quote"),)]


def test_every_occurrence_of_a_span_s_words_is_found_tagged_or_not(kim: Project) -> None:
    span = kim.tag("one", "quote", 9, 13)
    found = [hit for each in kim.occurrences(span.id) for hit in kim.in_context(each.places)]
    assert [hit.text for hit in found] == ["said", "said"]
    assert [bool(hit.tags) for hit in found] == [True, False]


def test_tagging_hits_skips_what_this_annotator_tagged_so_and_is_one_change(kim: Project, lee: Project) -> None:
    places = [hit.place for hit in hits(kim, "s")]
    kim.tag(*places[0][:1], "actor", *places[0][1:])
    kim.tag(*places[1][:1], "claim", *places[1][1:])
    lee.tag(*places[2][:1], "actor", *places[2][1:])
    done = kim.tag_hits("actor", [*places, *places])
    assert (len(done.spans), done.already) == (len(places) - 1, 1)
    assert kim.undo_state().undo == f"tag {len(places) - 1} actor"
    changes = len(kim.history())
    assert kim.tag_hits("actor", places).spans == ()
    assert len(kim.history()) == changes
    kim.undo()
    assert [span.label for span in kim.spans("one", annotators=["kim"])] == ["actor", "claim"]


def test_hits_of_an_unknown_label_or_place_are_refused_and_nothing_is_tagged(kim: Project) -> None:
    with pytest.raises(NotFound, match="nonsense"):
        kim.tag_hits("nonsense", [("one", 0, 3)])
    with pytest.raises(BadArgument, match="lies outside"):
        kim.tag_hits("claim", [("one", 0, 3), ("two", 0, 9999)])
    assert kim.spans("one") == []


def test_places_in_one_document_are_given_alone(kim: Project) -> None:
    assert [place for step in kim.places("one", Query("said")) for place in step] == [(9, 13), (39, 43)]


def test_another_program_can_write_between_two_steps(as_annotator: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "_STEP_S", 0)
    kim, lee = as_annotator("kim"), as_annotator("lee")
    for found in kim.search(Query("o")):
        lee.tag("two", "claim", 0, 3)
        assert found.of == 2
    assert len(lee.spans("two")) >= 2


def test_a_damaged_text_is_told_when_it_is_searched(kim: Project) -> None:
    kim._store.connection.exec_driver_sql("update text set content = 'other' where content like 'Nobody%'")
    with pytest.raises(annotator.errors.NotAProject, match="is damaged"):
        hits(kim, "o")


def test_tag_all_occurrences_over_the_five_articles_is_one_step(tmp_path: Path) -> None:
    with annotator.new(tmp_path / "sample.annotator", sample=True, annotator="kim") as project:
        places = [hit.place for hit in hits(project, "secure communities")]
        assert {document for document, *_ in places} == {document.id for document in project.documents}
        project.tag_hits("actor", places)
        spans = [span for document in project.documents for span in project.spans(document.id)]
        assert len(spans) == len(places) == 30
        assert {" ".join(span.text.split()).lower() for span in spans} == {"secure communities"}
        project.undo()
        assert all(project.spans(document.id) == [] for document in project.documents)


def test_a_large_project_gives_its_first_hits_at_once_and_steps_are_short(tmp_path: Path) -> None:
    text = "“Nothing” of note happens here in this paragraph.\n" * 400
    files = []
    for number in range(60):
        files.append(tmp_path / f"{number:03}.txt")
        files[-1].write_text(f"{number} {text} The needle {number}.", "utf-8")
    with annotator.new(tmp_path / "large.annotator") as project:
        project.import_files(files)
        steps = project.search(Query("needle"))
        found = Places()
        began, longest = time.thread_time(), 0.0
        for step in steps:
            found.extend(step.places)
            longest = max(longest, time.thread_time() - began)
            began = time.thread_time()
    assert len(found) == 60
    assert longest < 0.2, "a step is short even on a machine that is busy"
