"""Entities: the real actors behind spans; every edit is one named change that undo takes back whole."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from annotator.domain.codebook import AttributeKind, AttributeType
from annotator.domain.span import Span
from annotator.errors import BadArgument, CannotUndo, NotFound
from annotator.project import Project
from tests.project.snapshots import snapshot

AGENCY = "Immigration and Customs Enforcement"


def tagged(project: Project, entity: str | None = None, place: tuple[int, int] = (4, 8)) -> Span:
    """An actor, by default the words “U.S.”."""
    return project.tag("one", "actor", *place, attributes={"entity": entity} if entity else None)


def names(project: Project) -> list[tuple[str, ...]]:
    return [each.names for each in project.entity_list()]


def test_a_span_is_given_an_entity_by_name_and_it_is_added_in_the_same_change(kim: Project) -> None:
    span = tagged(kim, "ICE")
    assert span.entity == "ICE"
    assert names(kim) == [("ICE",)]
    assert len(kim.history(2)) == 2
    kim.undo()
    assert (names(kim), kim.spans("one")) == ([], [])
    kim.redo()
    assert kim.span(span.id).entity == "ICE"


def test_an_alias_in_another_case_means_the_same_entity(kim: Project) -> None:
    kim.add_entity(AGENCY, aliases=["ICE"])
    span = tagged(kim)
    assert kim.set_attribute(span.id, "entity", " ice ").entity == AGENCY
    assert tagged(kim, "immigration AND customs enforcement").entity == AGENCY
    assert names(kim) == [(AGENCY, "ICE")]


def test_a_new_name_stands_on_every_span_at_once_and_touches_none(kim: Project) -> None:
    spans = [tagged(kim, "ICE"), tagged(kim, "ICE")]
    versions = [span.version for span in spans]
    kim.change_entity("ICE", name=AGENCY, aliases=["ICE"])
    assert [kim.span(span.id).entity for span in spans] == [AGENCY, AGENCY]
    assert [kim.span(span.id).version for span in spans] == versions
    assert kim.history(1)[0].name == f"rename entity ICE to {AGENCY}"


def test_merging_moves_the_spans_and_keeps_every_name(kim: Project) -> None:
    one, other = tagged(kim, "ICE"), tagged(kim, AGENCY)
    kim.change_entity("ICE", aliases=["I.C.E."], note="n")
    before = snapshot(kim)
    merged = kim.merge_entities("I.C.E.", AGENCY)
    assert merged.names == (AGENCY, "ICE", "I.C.E.")
    assert merged.note == "n"
    assert {kim.span(span.id).entity for span in (one, other)} == {AGENCY}
    assert kim.history(1)[0].name == f"merge ICE into {AGENCY}"
    after = snapshot(kim)
    kim.undo()
    assert snapshot(kim) == before
    kim.redo()
    assert snapshot(kim) == after
    assert kim.check() == []


def test_splitting_by_words_takes_those_spans_and_their_aliases(kim: Project) -> None:
    kim.add_entity("DHS", aliases=["U.S.", "the department"])
    short, long = tagged(kim, "DHS"), tagged(kim, "DHS", (0, 8))
    assert {use.entity.name: dict(use.forms) for use in kim.entities()} == {"DHS": {"The U.S.": 1, "U.S.": 1}}
    before = snapshot(kim)
    part = kim.split_entity("dhs", "United States", forms=["u.s."])
    assert part.names == ("United States", "U.S.")
    assert (kim.span(short.id).entity, kim.span(long.id).entity) == ("United States", "DHS")
    assert names(kim) == [("DHS", "the department"), ("United States", "U.S.")]
    kim.undo()
    assert snapshot(kim) == before


def test_splitting_single_spans_off(kim: Project) -> None:
    one, other = tagged(kim, "ICE"), tagged(kim, "ICE")
    kim.split_entity("ICE", "Another", span_ids=[other.id])
    assert (kim.span(one.id).entity, kim.span(other.id).entity) == ("ICE", "Another")


def test_an_entity_that_spans_have_goes_only_when_that_is_said(kim: Project) -> None:
    span = tagged(kim, "ICE")
    with pytest.raises(BadArgument, match=r"1 span has the entity “ICE”\. Merge it"):
        kim.remove_entity("ICE")
    kim.remove_entity("ICE", clear_spans=True)
    assert (kim.span(span.id).entity, names(kim)) == (None, [])
    kim.undo()
    assert kim.span(span.id).entity == "ICE"


REFUSED: list[tuple[Callable[[Project], object], str]] = [
    (lambda p: p.add_entity("ice"), "Two entities are called"),
    (lambda p: p.add_entity("x", aliases=["DHS"]), "“DHS” can't be both “DHS” and “x”"),
    (lambda p: p.add_entity(" "), "needs a name"),
    (lambda p: p.add_entity("x" * 201), "200 is the most"),
    (lambda p: p.change_entity("ICE", name="dhs"), "Two entities are called"),
    (lambda p: p.change_entity("ICE", colour="red"), "has no “colour”"),
    (lambda p: p.merge_entities("ICE", "ice"), "one entity already"),
    (lambda p: p.merge_entities("ICE", "nobody"), "No entity is called “nobody”"),
    (lambda p: p.split_entity("ICE", "new", forms=["nothing"]), "nothing was split off"),
    (lambda p: p.split_entity("ICE", "DHS", forms=["U.S."]), "Two entities are called"),
    (lambda p: p.remove_entity("nobody"), "No entity is called"),
    (lambda p: p.set_attribute(p.spans("one")[0].id, "entity", "a", "b"), "takes one value"),
]


@pytest.mark.parametrize(("act", "said"), REFUSED)
def test_what_can_not_be_is_refused_and_nothing_is_changed(
    kim: Project, act: Callable[[Project], object], said: str
) -> None:
    tagged(kim, "ICE")
    kim.add_entity("DHS")
    before = snapshot(kim), len(kim.history())
    with pytest.raises(BadArgument, match=said):
        act(kim)
    assert (snapshot(kim), len(kim.history())) == before


def test_nothing_to_change_is_no_change(kim: Project) -> None:
    kim.add_entity("ICE", note="n")
    number = len(kim.history())
    kim.change_entity("ICE", name="ICE", note=" n ")
    span = tagged(kim, "ICE")
    kim.set_attribute(span.id, "entity", "ice")
    assert len(kim.history()) == number + 1


def test_the_registry_says_of_each_change_that_it_is_another(kim: Project) -> None:
    told: list[bool] = []
    kim.subscribe(lambda change_set: told.append(change_set.entities))
    span = tagged(kim)
    kim.set_attribute(span.id, "entity", "ICE")
    kim.set_attribute(span.id, "entity")
    kim.change_entity("ICE", name="Agency")
    assert told == [False, True, False, True]


def test_many_spans_are_given_an_entity_in_one_change(kim: Project) -> None:
    spans = [tagged(kim) for _ in range(3)]
    kim.set_attributes([span.id for span in spans], "entity", "United States")
    assert kim.history(1)[0].name == "entity of 3 actor"
    assert kim.entities()[0].spans == 3
    kim.undo()
    assert names(kim) == []
    assert [each.spans for each in kim.untied()] == [tuple(sorted(span.id for span in spans))]


def test_spans_without_an_entity_are_grouped_by_their_words(kim: Project, lee: Project) -> None:
    tagged(kim)
    tagged(kim, place=(0, 8))
    tagged(kim, place=(4, 8))
    tagged(kim, "ICE")
    tagged(lee)
    kim.tag("one", "claim", 0, 3)
    assert [(each.form, len(each.spans), each.label, each.attribute) for each in kim.untied()] == [
        ("U.S.", 2, "actor", "entity"),
        ("The U.S.", 1, "actor", "entity"),
    ]


def test_texts_become_entities_when_their_attribute_does_and_come_back(kim: Project) -> None:
    kim.add_entity("Agency", aliases=["ICE"])
    kim.add_attribute(AttributeType("quote", "speaker", AttributeKind.TEXT))
    said = {name: kim.tag("one", "quote", 0, 3, attributes={"speaker": name}) for name in ("ICE", "Morton", "morton")}
    kim.change_attribute("quote", "speaker", kind=AttributeKind.ENTITY)
    assert [kim.span(span.id).entity for span in said.values()] == ["Agency", "Morton", "Morton"]
    assert names(kim) == [("Agency", "ICE"), ("Morton",)]
    kim.change_attribute("quote", "speaker", kind=AttributeKind.TEXT)
    assert [kim.span(span.id).attributes[0].values for span in said.values()] == [("Agency",), ("Morton",), ("Morton",)]
    assert kim.span(said["ICE"].id).entity is None
    kim.undo()
    kim.undo()
    assert [kim.span(span.id).attributes[0].values[0] for span in said.values()] == list(said)
    assert kim.check() == []


def test_a_text_too_long_for_a_name_keeps_the_kind_as_it_is(kim: Project) -> None:
    kim.add_attribute(AttributeType("quote", "speaker", AttributeKind.TEXT))
    kim.tag("one", "quote", 0, 3, attributes={"speaker": "x" * 300})
    before = snapshot(kim)
    with pytest.raises(BadArgument, match="1 span has a value of “speaker” that would no longer fit"):
        kim.change_attribute("quote", "speaker", kind=AttributeKind.ENTITY)
    assert snapshot(kim) == before


def test_merging_labels_takes_the_entities_along(kim: Project) -> None:
    kim.add_attribute(AttributeType("quote", "entity", AttributeKind.TEXT))
    kim.add_attribute(AttributeType("claim", "entity", AttributeKind.ENTITY))
    text = kim.tag("one", "quote", 0, 3, attributes={"entity": "Morton"})
    kim.merge_labels("quote", "claim")
    assert kim.span(text.id).entity == "Morton"
    actor = tagged(kim, "ICE")
    kim.merge_labels("actor", "claim")
    assert kim.span(actor.id).entity == "ICE"
    kim.undo()
    kim.undo()
    kim.undo()
    assert kim.span(text.id).attributes[0].values == ("Morton",)


def test_an_entity_out_of_sight_still_counts_as_had(kim: Project) -> None:
    span = tagged(kim, "ICE")
    kim.retag(span.id, "claim")
    assert kim.entities()[0].spans == 0
    with pytest.raises(BadArgument, match="1 span has the entity"):
        kim.remove_entity("ICE")
    kim.merge_entities("ICE", kim.add_entity("Agency").name)
    assert kim.retag(span.id, "actor").entity == "Agency"


def test_kim_can_not_take_an_entity_back_that_lee_uses(kim: Project, lee: Project) -> None:
    tagged(kim, "ICE")
    tagged(lee, "ICE")
    before = snapshot(kim)
    with pytest.raises(BadArgument, match="lee changed the same later"):
        kim.undo()
    assert snapshot(kim) == before
    lee.undo()
    kim.undo()
    assert names(kim) == []


def test_a_name_that_another_entity_took_meanwhile_can_not_come_back(kim: Project, lee: Project) -> None:
    kim.add_entity("ICE")
    kim.change_entity("ICE", name="Agency")
    lee.add_entity("Office", aliases=["ice"])
    with pytest.raises(BadArgument, match=r"the entities were changed later\. “ice” can't be both"):
        kim.undo()
    assert kim.check() == []


def test_entities_that_became_texts_can_not_be_ids_again(kim: Project, lee: Project) -> None:
    kim.change_attribute("actor", "entity", kind=AttributeKind.TEXT)
    kim.change_attribute("actor", "entity", kind=AttributeKind.ENTITY)
    tagged(lee, "ICE")
    with pytest.raises(BadArgument, match="lee changed the same later"):
        kim.undo()
    assert kim.check() == []


def test_lee_sees_kims_new_name_at_once(kim: Project, lee: Project) -> None:
    span = tagged(kim, "ICE")
    assert lee.span(span.id).entity == "ICE"
    kim.change_entity("ICE", name="Agency")
    assert lee.span(span.id).entity == "Agency"
    assert any(news.entities for news in lee.poll())


def test_required_values_that_lack_are_listed(kim: Project, lee: Project) -> None:
    kim.change_attribute("actor", "entity", required=True)
    kim.change_attribute("actor", "kind", required=True)
    whole = kim.tag("one", "actor", 0, 8, attributes={"entity": "ICE", "kind": "group"})
    part, none = tagged(kim, "ICE"), kim.tag("one", "actor", 9, 12)
    kim.tag("one", "claim", 0, 3)
    tagged(lee)
    assert [(span.id, lacks) for span, lacks in kim.missing_values("one")] == [
        (part.id, ("kind",)),
        (none.id, ("kind", "entity")),
    ]
    kim.delete(part.id, none.id)
    assert kim.missing_values("one") == []
    assert whole.id
    with pytest.raises(NotFound):
        kim.missing_values("nowhere")


def test_a_check_finds_an_entity_that_is_not_there_and_a_name_twice(kim: Project) -> None:
    span = tagged(kim, "ICE")
    kim.add_entity("DHS")
    with closing(sqlite3.connect(kim.path)) as file, file:
        file.execute("update entity set aliases = ? where name = 'DHS'", ('["ice"]',))
    assert any("“ICE” can't be both" in sentence or "“ice” can't be both" in sentence for sentence in kim.check())
    with closing(sqlite3.connect(kim.path)) as file, file:
        file.execute("update entity set aliases = '[]', id = 'lost' where name = 'ICE'")
    assert any(span.id in sentence and "entity that is not there" in sentence for sentence in kim.check())
    with closing(sqlite3.connect(kim.path)) as file, file:
        file.execute("update entity set aliases = 'x'")
    assert any("can't be read" in sentence for sentence in kim.check())


def test_a_redo_never_leaves_the_number_of_an_entity_that_is_gone_where_a_text_belongs(
    kim: Project, lee: Project
) -> None:
    tagged(lee, "ICE")
    tagged(kim, "ICE")
    kim.undo()
    lee.undo()  # the entity goes: nothing has it any more
    lee.change_attribute("actor", "entity", kind=AttributeKind.TEXT)
    before = snapshot(kim)
    with pytest.raises(CannotUndo, match="change attribute entity"):
        kim.redo()
    assert snapshot(kim) == before
