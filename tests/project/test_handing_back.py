"""Reviewed work is handed back: the annotator's own spans, what was decided and said of them, and nobody's name."""

import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import annotator
from annotator.domain.document import State
from annotator.domain.review import GOLD, Kind, Status
from annotator.errors import BadArgument, Busy, NotFound
from annotator.project import Project
from tests.project.conftest import TEXT, Opening
from tests.project.snapshots import content


@pytest.fixture
def lead(as_annotator: Opening) -> Project:
    """The project, open for who reviews."""
    return as_annotator("ruth")


@pytest.fixture
def reviewed(lead: Project, kim: Project, lee: Project) -> Project:
    """Kim and Lee differ in a boundary, agree once, and have one span each that the other has not."""
    quote = kim.tag("one", "quote", 14, 26, note="Mine.")
    actor = kim.tag("one", "actor", 4, 8, attributes={"entity": "U.S."})
    kim.relate(quote.id, "said by", actor.id)
    kim.tag("one", "claim", 30, 40)
    lee.tag("one", "quote", 14, 27, attributes={"type": "direct"})
    lee.tag("one", "actor", 4, 8, attributes={"entity": "U.S."})
    lee.tag("one", "claim", 55, 60)
    for project in (kim, lee):
        project.set_state("one", State.DONE)
    items = {(item.kind, item.candidates[0].annotators): item for item in lead.review_queue()}
    lead.decide(items[Kind.BOUNDARY, ("kim",)], "accept", candidate=0, reason="without the comma")
    lead.decide(items[Kind.UNANIMOUS, ("kim", "lee")], "accept")
    lead.decide(items[Kind.MISSING, ("kim",)], "reject", reason="nobody says so")
    lead.decide(items[Kind.MISSING, ("lee",)], "accept", candidate=0)
    lead.comment("one", "See the guideline.", spans=[quote.id])
    lee.comment("one", "I agree.", spans=[quote.id])
    kim.comment("one", "Done.")
    return lead


def test_the_annotator_walks_through_their_work_and_sees_each_decision_and_comment(
    reviewed: Project, tmp_path: Path
) -> None:
    file = tmp_path / "kim.annotator"
    handed = reviewed.hand_back(file, "kim")
    assert ([each.id for each in handed.documents], handed.spans, handed.decisions, handed.comments) == (
        ["one"],
        3,
        4,
        3,
    )
    with annotator.open(file) as project:
        assert (project.annotator, project.handed_back) == ("kim", True)
        mine = reviewed.spans("one", annotators=["kim"])
        assert [content(span) for span in project.spans("one")] == [content(span) for span in mine]
        queue = project.review_queue(alone="kim")
        assert {(item.spans[0].label, item.status) for item in queue} == {
            ("quote", Status.DECIDED),
            ("actor", Status.DECIDED),
            ("claim", Status.DECIDED),
        }
        said = {item.spans[0].label: item.decision for item in queue}
        assert [(each.action, each.reason, each.reviewer) for name in ("quote", "claim") if (each := said[name])] == [
            ("accept", "without the comma", "ruth"),
            ("reject", "nobody says so", "ruth"),
        ]
        assert [each.text for each in project.comments("one")] == ["See the guideline.", "I agree.", "Done."]
        assert [(span.label, span.annotator) for span in project.gold("one")] == [
            ("actor", GOLD),
            ("quote", GOLD),
            ("claim", GOLD),
        ]
        assert len(project.gold_relations("one")) == len(reviewed.gold_relations("one"))
        assert project.history() == []
        assert project.check() == []


def test_nobody_is_named_but_who_decided(reviewed: Project, tmp_path: Path) -> None:
    file = tmp_path / "kim.annotator"
    reviewed.hand_back(file, "kim")
    with sqlite3.connect(file) as database:
        assert not re.search(r"\blee\b", "\n".join(database.iterdump()))
    with annotator.open(file) as project:
        assert project.annotators() == ["another annotator", "kim", "ruth"]
        boundary = next(each for each in project.decisions("one") if each.kind is Kind.BOUNDARY)
        assert {(source.annotator, source.text) for source in boundary.sources} == {
            (source.annotator.replace("lee", "another annotator"), source.text)
            for each in reviewed.decisions("one")
            if each.kind is Kind.BOUNDARY
            for source in each.sources
        }
        assert [each.author for each in project.comments("one")] == ["ruth", "another annotator", "kim"]


def test_others_stand_under_signs_that_are_nobodys_name(
    reviewed: Project, as_annotator: Opening, tmp_path: Path
) -> None:
    for name in ("max", "another annotator 1"):
        other = as_annotator(name)
        other.tag("two", "claim", 0, 6)
        other.set_state("two", State.DONE)
    kim = as_annotator("kim")
    kim.tag("two", "claim", 0, 6)
    kim.set_state("two", State.DONE)
    reviewed.merge(reviewed.review_queue(), "majority")
    reviewed.hand_back(tmp_path / "kim.annotator", "kim")
    with annotator.open(tmp_path / "kim.annotator") as project:
        assert project.annotators() == [
            *(f"another annotator {number}" for number in (1, 2, 3)),
            "kim",
            "ruth",
        ]
        (decision,) = project.decisions("two")
        assert len({source.annotator for source in decision.sources}) == 3
        assert project.check() == []


def test_arrows_that_others_drew_at_a_span_do_not_open_it_again(
    lead: Project, kim: Project, lee: Project, tmp_path: Path
) -> None:
    quote = kim.tag("one", "quote", 14, 26)
    actor = lee.tag("one", "actor", 4, 8)
    lee.relate(quote.id, "said by", actor.id)
    kim.set_state("one", State.DONE)
    lead.decide(lead.review_queue(alone="kim")[0], "accept", candidate=0)
    lead.hand_back(tmp_path / "kim.annotator", "kim")
    with annotator.open(tmp_path / "kim.annotator") as project:
        assert [item.status for item in project.review_queue(alone="kim")] == [Status.DECIDED]


def test_what_changed_since_it_was_decided_is_open_there_too(reviewed: Project, kim: Project, tmp_path: Path) -> None:
    claim = next(span for span in kim.spans("one", annotators=["kim"]) if span.label == "claim")
    kim.resize(claim.id, (30, 41))
    reviewed.hand_back(tmp_path / "kim.annotator", "kim")
    with annotator.open(tmp_path / "kim.annotator") as project:
        status = {item.spans[0].label: item.status for item in project.review_queue(alone="kim")}
        assert status == {"quote": Status.DECIDED, "actor": Status.DECIDED, "claim": Status.REOPENED}


def test_only_what_was_asked_for_goes_along(reviewed: Project, kim: Project, tmp_path: Path) -> None:
    kim.tag("two", "claim", 0, 6)
    both = reviewed.hand_back(tmp_path / "both.annotator", "kim")
    one = reviewed.hand_back(tmp_path / "one.annotator", "kim", ["two"])
    assert ([each.id for each in both.documents], [each.id for each in one.documents]) == (["one", "two"], ["two"])
    assert (one.spans, one.decisions, one.comments) == (1, 0, 0)


def test_what_can_not_be_handed_back_makes_no_file(reviewed: Project, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    cases: list[tuple[type[BadArgument], Path, str, list[str] | None]] = [
        (NotFound, tmp_path / "max.annotator", "max", None),
        (NotFound, tmp_path / "ruth.annotator", "ruth", None),
        (BadArgument, tmp_path / "gold.annotator", GOLD, None),
        (BadArgument, tmp_path / "kim.annotator", "kim", ["two"]),
        (NotFound, tmp_path / "kim.annotator", "kim", ["three"]),
        (BadArgument, reviewed.path, "kim", None),
        (BadArgument, tmp_path / "nowhere" / "kim.annotator", "kim", None),
    ]
    for error, target, name, documents in cases:
        with pytest.raises(error):
            reviewed.hand_back(target, name, documents, force=True)
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_that_is_there_is_kept_beside_or_left_alone(reviewed: Project, tmp_path: Path) -> None:
    target = tmp_path / "kim.annotator"
    reviewed.hand_back(target, "kim")
    with pytest.raises(BadArgument, match="exists"):
        reviewed.hand_back(target, "kim")
    with annotator.open(target), pytest.raises(Busy):
        reviewed.hand_back(target, "kim", force=True)
    replaced = reviewed.hand_back(target, "kim", force=True).replaced
    assert replaced
    assert replaced.exists()
    with sqlite3.connect(target) as database:
        assert database.execute("select count(*) from decision").fetchone() == (4,)


def test_what_comes_back_unchanged_changes_nothing_and_an_answer_opens_its_item_again(
    reviewed: Project, tmp_path: Path
) -> None:
    file = tmp_path / "kim.annotator"
    reviewed.hand_back(file, "kim")
    assert reviewed.take_work(file).empty
    with annotator.open(file) as project:
        quote = next(span for span in project.spans("one") if span.label == "quote")
        project.resize(quote.id, (14, 27))
        project.comment("one", "You are right.", spans=[quote.id])
    before = {item.id: item.status for item in reviewed.review_queue()}
    gold = [content(span) for span in reviewed.gold("one")]
    (row,) = [row for row in reviewed.take_work(file).rows if row.taken]
    assert (row.annotator, row.spans.changed, row.comments.new) == ("kim", 1, 1)
    assert not any("another" in name for name in reviewed.annotators())
    assert [content(span) for span in reviewed.gold("one")] == gold
    changed = [item for item in reviewed.review_queue() if before.get(item.id) != item.status]
    assert [(item.spans[0].label, item.status) for item in changed] == [("quote", Status.REOPENED)]
    assert reviewed.check() == []


Places = st.lists(
    st.tuples(st.sampled_from(["claim", "quote", "actor"]), st.integers(0, 60), st.integers(1, 12)), max_size=6
)
Actions = st.lists(st.sampled_from(["accept", "reject", "defer", "skip"]), min_size=12, max_size=12)


@settings(max_examples=15, deadline=None)
@given(mine=Places, theirs=Places, actions=Actions)
def test_whatever_was_decided_an_annotator_finds_their_items_as_they_stand(
    mine: list[tuple[str, int, int]],
    theirs: list[tuple[str, int, int]],
    actions: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with annotator.new(folder / "study.annotator", annotator="setup") as made:
        made.import_text(TEXT)
        (document,) = (each.id for each in made.documents)
    for name, places in (("kim", mine), ("lee", theirs)):
        with annotator.open(folder / "study.annotator", name) as project:
            for label, start, length in places:
                project.tag(document, label, start, min(start + length, len(TEXT)))
            project.set_state(document, State.DONE)
    with annotator.open(folder / "study.annotator", "ruth") as lead:
        for item, action in zip(lead.review_queue(), actions, strict=False):
            if action != "skip":
                lead.decide(item, action, candidate=0 if action == "accept" else None)
        lead.hand_back(folder / "kim.annotator", "kim")
        here = {item.id: item.status for item in lead.review_queue(alone="kim")}
        assert lead.take_work(folder / "kim.annotator").empty
    with annotator.open(folder / "kim.annotator") as project:
        assert {item.id: item.status for item in project.review_queue(alone="kim")} == here
        assert "lee" not in project.annotators()
        assert project.check() == []
