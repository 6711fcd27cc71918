"""Relations: drawn only where the codebook allows, never lost in silence, and taken back like everything else."""

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import annotator
from annotator.domain.change import ChangeSet
from annotator.domain.codebook import Label, LineForm, RelationType
from annotator.domain.relation import Relation
from annotator.domain.span import Span
from annotator.errors import AnnotatorError, BadArgument, CannotUndo, NotFound
from annotator.project import Project
from annotator.storage import relations as stored
from tests.project.snapshots import snapshot

IDS = [f"{number}0000000-0000-4000-8000-000000000000" for number in range(10)]


@pytest.fixture
def spans(kim: Project) -> dict[str, Span]:
    """By name: a quote, an actor, two claims; and in another document an actor."""
    made = {
        "quote": kim.tag("one", "quote", 14, 28, id=IDS[0]),
        "actor": kim.tag("one", "actor", 4, 8, id=IDS[1]),
        "claim": kim.tag("one", "claim", 0, 12, id=IDS[2]),
        "other": kim.tag("one", "claim", 30, 40, id=IDS[3]),
    }
    return made | {"far": kim.tag("two", "actor", 0, 6, id=IDS[4])}


@pytest.fixture
def related(kim: Project, spans: dict[str, Span]) -> Relation:
    """The quote is said by the actor."""
    return kim.relate(spans["quote"].id, "said by", spans["actor"].id)


Operation = Callable[[Project, Relation, dict[str, Span]], object]
OPERATIONS: dict[str, tuple[Operation, str]] = {
    "relate": (lambda p, _, s: p.relate(s["claim"].id, "supports", s["other"].id), "relate supports"),
    "unrelate": (lambda p, r, _: p.unrelate(r.id), "delete relation said by"),
    "delete a span": (lambda p, _, s: p.delete(s["actor"].id), "delete actor"),
    "delete both spans": (lambda p, _, s: p.delete(s["actor"].id, s["quote"].id), "delete 2 spans"),
    "remove a label with its spans": (lambda p, *_: p.remove_label("quote", delete_spans=True), "remove label quote"),
    "merge labels": (lambda p, *_: p.merge_labels("quote", "claim"), "merge quote into claim"),
    "rename the type": (lambda p, *_: p.change_relation_type("said by", name="by"), "change relation type said by"),
    "change what the type may join": (
        lambda p, *_: p.change_relation_type("said by", sources=("claim",)),
        "change relation type said by",
    ),
    "remove the type with its relations": (
        lambda p, *_: p.remove_relation_type("said by", delete_relations=True),
        "remove relation type said by",
    ),
    "remove the type and give its relations another": (
        lambda p, *_: p.remove_relation_type("said by", move_to="supports"),
        "remove relation type said by",
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_one_change_that_is_taken_back_whole_also_after_a_restart(
    name: str, kim: Project, related: Relation, spans: dict[str, Span]
) -> None:
    operate, title = OPERATIONS[name]
    before, changes = snapshot(kim), len(kim.history())
    operate(kim, related, spans)
    after = snapshot(kim)
    assert after != before
    assert (len(kim.history()), kim.undo_state().undo) == (changes + 1, title)
    kim.undo()
    assert snapshot(kim) == before
    kim.close()
    with annotator.open(kim.path, "kim") as again:
        again.redo()
        assert snapshot(again) == after
        again.undo()
        assert snapshot(again) == before
        assert again.check() == []


def test_a_relation_has_its_ends_its_type_and_its_annotator(kim: Project, lee: Project, spans: dict[str, Span]) -> None:
    made = lee.relate(spans["quote"].id[:4], "said by", spans["actor"].id)
    wanted = ("one", "said by", spans["quote"].id, spans["actor"].id, "lee")
    assert (made.document, made.type, made.source, made.target, made.annotator) == wanted
    assert kim.relations("one") == [made]
    assert kim.relation(made.id[:8]) == made
    assert kim.relations("one", annotators=["kim"]) == kim.relations("two") == []


def test_relating_the_same_twice_gives_the_one_that_is_there(kim: Project, lee: Project, related: Relation) -> None:
    changes = kim.history()
    assert kim.relate(related.source, "said by", related.target) == related
    assert kim.history() == changes
    assert lee.relate(related.source, "said by", related.target).annotator == "lee"
    assert len(kim.relations("one")) == 2


def test_a_write_that_is_repeated_adds_nothing(kim: Project, spans: dict[str, Span]) -> None:
    ends = spans["claim"].id, "supports", spans["other"].id
    made = kim.relate(*ends, id=IDS[9])
    changes = kim.history()
    assert kim.relate(*ends, id=IDS[9]) == made
    assert kim.history() == changes
    kim.unrelate(made.id)
    with pytest.raises(BadArgument, match="deleted since"):
        kim.relate(*ends, id=IDS[9])


def test_relations_come_oldest_first_whatever_their_ids(kim: Project, spans: dict[str, Span]) -> None:
    kim.relate(spans["claim"].id, "supports", spans["other"].id, id=IDS[9])
    kim.relate(spans["other"].id, "supports", spans["claim"].id, id=IDS[8])
    found = kim.relations("one")
    assert [each.created for each in found] == sorted(each.created for each in found)


def test_a_relation_is_given_another_type_and_turned_round(kim: Project, spans: dict[str, Span]) -> None:
    made = kim.relate(spans["claim"].id, "supports", spans["other"].id)
    changed = kim.change_relation(made.id, "contradicts")
    assert replace(changed, version=1) == replace(made, type="contradicts")
    turned = kim.reverse_relation(made.id)
    assert (turned.source, turned.target) == (made.target, made.source)
    assert [change.name for change in kim.history(2)] == [
        "reverse relation contradicts",
        "change relation supports to contradicts",
    ]
    kim.undo()
    kim.undo()
    assert [replace(each, version=1) for each in kim.relations("one")] == [made]


def test_what_changes_nothing_is_no_change(kim: Project, related: Relation) -> None:
    changes = kim.history()
    kim.change_relation(related.id, "said by")
    kim.unrelate()
    assert kim.history() == changes


Act = Callable[[Project, dict[str, Span], Relation], object]
REFUSED: dict[str, tuple[Act, type[AnnotatorError], str]] = {
    "a source that the type does not allow": (
        lambda p, s, _: p.relate(s["actor"].id, "said by", s["quote"].id),
        BadArgument,
        "“said by” goes out from a claim, a quote or a policy recommendation, not from an actor.",
    ),
    "a target that the type does not allow": (
        lambda p, s, _: p.relate(s["quote"].id, "said by", s["claim"].id),
        BadArgument,
        "“said by” goes to an actor, not to a claim.",
    ),
    "one span": (lambda p, s, _: p.relate(s["claim"].id, "supports", s["claim"].id), BadArgument, "to itself"),
    "two documents": (
        lambda p, s, _: p.relate(s["quote"].id, "said by", s["far"].id),
        BadArgument,
        "“one” and “two”. A relation stays inside one",
    ),
    "an unknown type": (lambda p, s, _: p.relate(s["quote"].id, "sad by", s["actor"].id), NotFound, "“said by”?"),
    "an unknown span": (lambda p, s, _: p.relate(s["quote"].id, "said by", "nope"), NotFound, "no span “nope”"),
    "an unknown relation": (lambda p, *_: p.unrelate("nope"), NotFound, "There is no relation “nope”"),
    "no relation": (lambda p, *_: p.relation(""), NotFound, "There is no relation “”"),
    "an id that is no text": (lambda p, *_: p.relation("\udcff"), NotFound, "There is no relation"),
    "an empty id": (
        lambda p, s, _: p.relate(s["claim"].id, "supports", s["other"].id, id=""),
        BadArgument,
        "can't be a relation's id",
    ),
    "another type that does not fit": (
        lambda p, _, r: p.change_relation(r.id, "supports"),
        BadArgument,
        "“supports” goes out from a claim, not from a quote.",
    ),
    "the other way where that does not fit": (lambda p, _, r: p.reverse_relation(r.id), BadArgument, "goes out from"),
    "an unknown document": (lambda p, *_: p.relations("three"), NotFound, "There is no document “three”"),
    "a type in use that is removed": (
        lambda p, *_: p.remove_relation_type("said by"),
        BadArgument,
        "1 relation is “said by”. Say what becomes of them",
    ),
    "a type that takes its own place": (
        lambda p, *_: p.remove_relation_type("said by", move_to="said by"),
        BadArgument,
        "of itself",
    ),
    "a removed type's unknown heir": (
        lambda p, *_: p.remove_relation_type("said by", move_to="suports"),
        NotFound,
        "Did you mean “supports”",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_said_and_the_file_stays_as_it_was(
    name: str, kim: Project, spans: dict[str, Span], related: Relation
) -> None:
    act, kind, said = REFUSED[name]
    before = kim.path.read_bytes()
    with pytest.raises(kind) as error:
        act(kim, spans, related)
    assert said in str(error.value)
    assert kim.path.read_bytes() == before


def test_the_same_relation_is_not_made_twice_by_changing_another(kim: Project, spans: dict[str, Span]) -> None:
    ends = spans["claim"].id, spans["other"].id
    kim.relate(ends[0], "supports", ends[1])
    contradicts = kim.relate(ends[0], "contradicts", ends[1])
    back = kim.relate(ends[1], "supports", ends[0])
    for act in (lambda: kim.change_relation(contradicts.id, "supports"), lambda: kim.reverse_relation(back.id)):
        with pytest.raises(BadArgument, match="are related as “supports” already"):
            act()
    assert len(kim.relations("one")) == 3


def test_a_span_that_another_program_has_just_deleted_is_not_related(
    kim: Project, lee: Project, spans: dict[str, Span], monkeypatch: pytest.MonkeyPatch
) -> None:
    lee.delete(spans["actor"].id)
    monkeypatch.setattr(kim, "span", lambda key: next(span for span in spans.values() if span.id == key))
    with pytest.raises(NotFound, match="is gone: somebody deleted it meanwhile"):
        kim.relate(spans["quote"].id, "said by", spans["actor"].id)


def test_a_label_that_another_program_has_just_changed_counts_as_it_is_now(
    kim: Project, lee: Project, spans: dict[str, Span], monkeypatch: pytest.MonkeyPatch
) -> None:
    lee.retag(spans["actor"].id, "claim")
    monkeypatch.setattr(kim, "span", lambda key: next(span for span in spans.values() if span.id == key))
    with pytest.raises(BadArgument, match="not to a claim"):
        kim.relate(spans["quote"].id, "said by", spans["actor"].id)


def test_deleting_a_span_takes_the_relations_of_every_annotator_along_and_undo_brings_them_back(
    kim: Project, lee: Project, related: Relation
) -> None:
    lees = lee.relate(related.source, "said by", related.target)
    told: list[ChangeSet] = []
    kim.subscribe(told.append)
    kim.delete(related.target)
    assert kim.relations("one") == []
    assert sorted(told[0].removed_relations) == sorted([(related.id, "one"), (lees.id, "one")])
    kim.undo()
    assert {each.id for each in told[1].relations} == {related.id, lees.id}
    assert {(each.id, each.annotator) for each in kim.relations("one")} == {(related.id, "kim"), (lees.id, "lee")}


def test_a_span_that_somebody_related_since_is_not_taken_back_and_the_message_names_them(
    kim: Project, lee: Project
) -> None:
    claims = [lee.tag("one", "claim", 0, 3), kim.tag("one", "claim", 4, 8)]
    lee.relate(claims[0].id, "supports", claims[1].id)
    with pytest.raises(CannotUndo, match=r"lee changed the same later \(“relate supports”"):
        kim.undo()
    lee.undo()
    kim.undo()
    assert len(kim.spans("one")) == 1


def test_a_relation_whose_span_is_gone_is_not_brought_back(kim: Project, lee: Project, related: Relation) -> None:
    kim.unrelate(related.id)
    lee.delete(related.target)
    with pytest.raises(CannotUndo, match=r"lee changed the same later \(“delete actor”"):
        kim.undo()
    assert kim.check() == []


def test_a_relation_that_no_longer_fits_is_kept_and_exported(kim: Project, related: Relation, tmp_path: Path) -> None:
    kim.retag(related.target, "claim")
    kim.change_relation_type("said by", sources=("claim",))
    assert [each.id for each in kim.relations("one")] == [related.id]
    report = kim.export(tmp_path / "out.jsonl")
    assert report.relations == 1
    assert kim.check() == []


def test_what_is_there_twice_after_a_type_took_the_place_of_another_stays_once(
    kim: Project, lee: Project, spans: dict[str, Span]
) -> None:
    ends = spans["claim"].id, spans["other"].id
    kept = kim.relate(ends[0], "supports", ends[1])
    kim.relate(ends[0], "contradicts", ends[1])
    moved = lee.relate(ends[0], "contradicts", ends[1])
    before = snapshot(kim)
    kim.remove_relation_type("contradicts", move_to="supports")
    assert {(each.id, each.type) for each in kim.relations("one")} == {(kept.id, "supports"), (moved.id, "supports")}
    kim.undo()
    assert snapshot(kim) == before


def test_a_label_does_not_take_a_type_along_that_relations_have(kim: Project, spans: dict[str, Span]) -> None:
    kim.add_label(Label("official", "O", "#B7271B", LineForm.SOLID, parent="actor"))
    official = kim.tag("one", "official", 4, 8)
    kim.relate(spans["quote"].id, "said by", official.id)
    with pytest.raises(BadArgument, match="1 relation is “said by”, which would go with “actor”"):
        kim.remove_label("actor", delete_spans=True)
    kim.change_relation_type("said by", targets=("official",))
    kim.remove_label("actor", delete_spans=True)
    assert [each.target for each in kim.relations("one")] == [official.id]


def test_another_program_is_told_of_relations_and_their_removal(
    kim: Project, lee: Project, spans: dict[str, Span]
) -> None:
    lee.poll()
    made = kim.relate(spans["quote"].id, "said by", spans["actor"].id)
    kim.unrelate(made.id)
    first, second = lee.poll()
    assert first.foreign
    assert second.documents == {"one"}
    assert (first.relations, second.removed_relations) == ((), ((made.id, "one"),))  # as it all stands now
    kim.undo()
    (third,) = lee.poll()
    assert third.relations == (kim.relation(made.id),)


def test_a_type_that_another_program_added_can_be_used_at_once(
    kim: Project, lee: Project, spans: dict[str, Span]
) -> None:
    assert lee.relations("one") == []
    kim.add_relation_type(RelationType("near"))
    made = lee.relate(spans["actor"].id, "near", spans["quote"].id)
    kim.change_relation_type("near", name="beside")
    assert [each.type for each in lee.relations("one")] == ["beside"]
    assert lee.relation(made.id).type == "beside"


def test_the_relations_of_a_document_can_be_deleted_for_whoever_deletes_it(
    kim: Project, spans: dict[str, Span], related: Relation
) -> None:
    kim._write("take away", lambda step: stored.delete_in_documents(step, ["one"]))
    assert kim.relations("one") == []
    kim.undo()
    assert [each.id for each in kim.relations("one")] == [related.id]


def test_the_check_finds_a_relation_between_documents(kim: Project, spans: dict[str, Span], related: Relation) -> None:
    with contextlib.closing(sqlite3.connect(kim.path, isolation_level=None)) as connection:
        connection.execute("update relation set target = ? where id = ?", (spans["far"].id, related.id))
    assert kim.check() == [f"The relation {related.id} in one joins a span of another document."]


def test_counting_says_how_many_relations_have_a_type(kim: Project, related: Relation) -> None:
    assert (kim.count_relations("said by"), kim.count_relations("supports")) == (1, 0)
