"""A registry: each name and alias belongs to one entity; renaming, merging and splitting lose none of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import entity_rules
from annotator.domain.entity import Entity
from annotator.domain.entity_rules import as_name, check, find, key, merged, renamed, split, taken_in, tidy
from annotator.errors import BadArgument

ICE = Entity("Immigration and Customs Enforcement", ("ICE",), "An agency of the DHS.", "1")
DHS = Entity("DHS", ("Homeland Security",), None, "2")

names = st.sampled_from(["ICE", "ice", "DHS", "I.C.E.", "Homeland\nSecurity", "é", "e\u0301", "ß", "SS", "İ", "שלום"])
entities = st.builds(Entity, names, st.lists(names, max_size=3).map(tuple)).map(tidy)


def registry(drawn: list[Entity]) -> tuple[Entity, ...]:
    """Those of the drawn entities that go together."""
    kept: list[Entity] = []
    for entity in drawn:
        try:
            check([*kept, entity])
        except BadArgument:
            continue
        kept.append(entity)
    return tuple(kept)


registries = st.lists(entities, max_size=5).map(registry)


def all_names(some: tuple[Entity, ...]) -> set[str]:
    return {key(name) for each in some for name in each.names}


def test_a_name_is_one_line_however_the_text_breaks_it() -> None:
    assert as_name(" Homeland\n  Security\u00a0Council ") == "Homeland Security Council"


@pytest.mark.parametrize("name", ["", " \n", "a\0b", "x" * 201, "\udcff"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(BadArgument):
        tidy(Entity(name))


def test_aliases_are_kept_once_and_never_repeat_the_name() -> None:
    assert tidy(Entity("ICE", ("ice", "I.C.E.", " I.C.E. ", "Agency"))).aliases == ("I.C.E.", "Agency")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Entity("ice", id="3"), ("“Immigration and Customs Enforcement”", "“ice”", "merge")),
        (Entity("Agency", ("homeland security",), id="3"), ("“DHS”", "“Agency”", "merge")),
        (Entity("dhs", id="3"), ("Two entities are called “dhs”",)),
    ],
)
def test_a_name_of_two_entities_is_refused_with_both(other: Entity, said: tuple[str, ...]) -> None:
    with pytest.raises(BadArgument) as error:
        check([ICE, DHS, other])
    for words in said:
        assert words in str(error.value)


def test_an_entity_is_found_by_name_and_alias_whatever_the_case() -> None:
    for name in ("ice", "ICE", "immigration and customs\nenforcement"):
        assert find([DHS, ICE], name) is ICE
    assert find([DHS, ICE], "customs") is None


def test_a_new_name_that_was_an_alias_changes_places_with_the_old_one() -> None:
    assert renamed(ICE, "ICE").names == ("ICE", "Immigration and Customs Enforcement")
    assert renamed(ICE, "US ICE").names == ("US ICE", "ICE")
    assert renamed(ICE, "US ICE").id == "1"


def test_merging_keeps_every_name_and_both_notes() -> None:
    one = merged(Entity("ICE office", ("Office",), "Local."), ICE)
    assert one.names == ("Immigration and Customs Enforcement", "ICE", "ICE office", "Office")
    assert one.note == "An agency of the DHS.\nLocal."
    assert one.id == "1"


def test_splitting_takes_the_matching_aliases_along() -> None:
    rest, part = split(Entity("DHS", ("ICE", "Agency", "Homeland"), id="2"), "ICE", ["agency"])
    assert (rest.names, rest.id) == (("DHS", "Homeland"), "2")
    assert (part.names, part.id) == (("ICE", "Agency"), "")


def test_what_a_file_brings_joins_what_has_a_name_in_common() -> None:
    brought = [Entity("Customs Enforcement", ("ice", "Homeland Security"), "Theirs."), Entity("Obama")]
    found = taken_in([ICE, DHS], brought)
    assert found[0].names == ("Immigration and Customs Enforcement", "ICE", "Customs Enforcement")
    assert found[0].note == "An agency of the DHS."
    assert found[1] == DHS
    assert found[2].name == "Obama"
    check(found)


@given(registries, registries)
def test_what_is_taken_in_is_a_registry_with_every_name(known: tuple[Entity, ...], others: tuple[Entity, ...]) -> None:
    found = taken_in(known, others)
    check(found)
    assert all_names(found) == all_names(known) | all_names(others)
    assert taken_in(found, others) == found


@given(registries.filter(lambda known: len(known) > 1))
def test_a_merge_is_a_registry_with_the_same_names(known: tuple[Entity, ...]) -> None:
    one, other, *rest = known
    after = (merged(one, other), *rest)
    check(after)
    assert all_names(after) == all_names(known)


@given(entities, names, st.lists(names, max_size=3))
def test_a_split_loses_no_name(entity: Entity, name: str, forms: list[str]) -> None:
    rest, part = split(entity, name, forms)
    assert all_names((rest, part)) == all_names((entity,)) | {key(name)}
    if key(name) != key(entity.name):
        check((rest, part))


@given(entities, names)
def test_a_new_name_leaves_a_tidy_entity(entity: Entity, name: str) -> None:
    after = renamed(entity, name)
    assert after == tidy(after)
    assert key(after.name) == key(name)
    assert entity_rules.renamed(after, name) == after
