"""Which entity a text may mean, the likeliest first; and which two entities look like one."""

import time

import pytest
from hypothesis import given

from annotator.domain.entity import Entity
from annotator.domain.entity_match import (
    EntityBook,
    Reason,
    acronyms,
    get,
    is_short,
    likely_duplicates,
    suggestions,
)
from annotator.domain.entity_use import EntityUse
from annotator.errors import NotFound
from tests.unit.strategies import texts

AGENCY = Entity("Immigration and Customs Enforcement", ("U.S. Immigration and Customs Enforcement",))
DHS = Entity("Department of Homeland Security", ("DHS",))
JUSTICE = Entity("Department of Justice")
MORTON = Entity("John Morton")
CAFE = Entity("Café Müller")
KNOWN = [AGENCY, DHS, JUSTICE, MORTON, CAFE]


@pytest.mark.parametrize(
    ("text", "entity", "reason"),
    [
        ("Department of\nJustice", JUSTICE, Reason.NAME),
        ("dhs", DHS, Reason.ALIAS),
        ("the Department of Justice", JUSTICE, Reason.NEAR),
        ("Department of Justice’s", JUSTICE, Reason.NEAR),
        ("cafe muller", CAFE, Reason.NEAR),
        ("D.H.S.", DHS, Reason.NEAR),
        ("ICE", AGENCY, Reason.ACRONYM),
        ("I.C.E.", AGENCY, Reason.ACRONYM),
        ("DOJ", JUSTICE, Reason.ACRONYM),
        ("Mr. Morton", MORTON, Reason.WORDS),
        ("Homeland Security", DHS, Reason.WORDS),
    ],
)
def test_the_entity_that_a_text_means_comes_first(text: str, entity: Entity, reason: Reason) -> None:
    first = suggestions(KNOWN, text)[0]
    assert (first.entity, first.reason) == (entity, reason)


@pytest.mark.parametrize("text", ["ice", "enforcement officers in the field of play", "of", "", "…", "the"])
def test_what_only_sounds_alike_is_not_suggested(text: str) -> None:
    assert suggestions(KNOWN, text) == []


def test_a_full_name_finds_the_entity_that_has_its_acronym() -> None:
    short = Entity("ICE")
    assert [each.reason for each in suggestions([short], "Immigration and Customs Enforcement")] == [Reason.ACRONYM]


def test_better_reasons_come_before_worse_ones() -> None:
    found = suggestions([MORTON, Entity("Morton", ()), Entity("Jane", ("Morton",))], "Morton")
    assert [each.entity.name for each in found] == ["Morton", "Jane", "John Morton"]


def book(*forms: tuple[Entity, str]) -> EntityBook:
    used = {each.name: {form: 1 for entity, form in forms if entity is each} for each in KNOWN}
    return EntityBook.of(EntityUse(each, len(used[each.name]), used[each.name]) for each in KNOWN)


def test_a_text_is_certain_by_name_alias_or_by_what_it_was_before() -> None:
    assert book().certain("DHS") == DHS
    assert book().certain("the agency") is None
    assert book((AGENCY, "the agency")).certain("The Agency") == AGENCY


def test_a_text_that_was_two_entities_before_is_not_certain() -> None:
    both = book((AGENCY, "the agency"), (DHS, "the agency"))
    assert both.certain("the agency") is None
    assert {each.entity.name for each in both.suggest("the agency")} == {AGENCY.name, DHS.name}


def test_an_acronym_is_a_guess_and_never_certain() -> None:
    assert book().certain("ICE") is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dep", ["Department of Homeland Security", "Department of Justice"]),
        ("cus", ["Immigration and Customs Enforcement"]),
        ("DHS", ["Department of Homeland Security"]),
        ("doj", ["Department of Justice"]),
        ("mull", ["Café Müller"]),
        ("  ", []),
        ("nobody", []),
    ],
)
def test_typing_finds_names_that_hold_it(typed: str, found: list[str]) -> None:
    assert [each.entity.name for each in book().typed(typed)] == found


def test_acronyms_leave_small_words_out_or_keep_them() -> None:
    assert {"doj", "dj"} <= acronyms("Department of Justice")
    assert {"ice", "usice"} <= acronyms("U.S. Immigration and Customs Enforcement")
    assert acronyms("Morton") == frozenset()


def test_an_acronym_has_capitals_alone() -> None:
    assert [name for name in ("ICE", "I.C.E.", "F2F", "Ice", "I", "U S", "9/11", "") if is_short(name)] == [
        "ICE", "I.C.E.", "F2F", "9/11"
    ]  # fmt: skip


def test_what_looks_like_one_is_paired() -> None:
    some = [AGENCY, Entity("ICE"), MORTON, Entity("Morton"), JUSTICE, Entity("the department of Justice"), DHS]
    assert {(one.name, other.name) for one, other in likely_duplicates(some)} == {
        ("ICE", "Immigration and Customs Enforcement"),
        ("Morton", "John Morton"),
        ("Department of Justice", "the department of Justice"),
    }


def test_three_thousand_entities_are_compared_while_nobody_waits() -> None:
    many = [Entity(f"Person{n} Smith{n % 300}") for n in range(3000)]
    likely_duplicates(many)
    began = time.perf_counter()
    likely_duplicates(many)
    suggestions(many, "Mr. Smith7")
    assert time.perf_counter() - began < 2


def test_an_unknown_name_is_told_with_near_ones() -> None:
    with pytest.raises(NotFound, match=r"No entity is called “ICE”. Did you mean “Immigration and Customs"):
        get(KNOWN, "ICE")
    with pytest.raises(NotFound, match=r"called “nobody”\.$"):
        get(KNOWN, "nobody")


@given(texts)
def test_any_text_can_be_asked_for(text: str) -> None:
    for each in suggestions(KNOWN, text):
        assert each.entity in KNOWN
    book().typed(text)
    book().certain(text)
