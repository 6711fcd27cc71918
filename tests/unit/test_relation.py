"""Which relation types may go between which labels."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.codebook import Codebook, Label, LineForm, RelationType
from annotator.domain.codebook_edits import without_label
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.relation import accepts, misfit, offers, types_between
from tests.unit.codebooks import codebooks

POLITICIAN = Label("politician", "O", "#B7271B", LineForm.SOLID, parent="actor")
SENATOR = Label("senator", "S", "#B7271B", LineForm.SOLID, parent="politician")
BOOK = Codebook((*DEFAULT.labels, POLITICIAN, SENATOR), relations=DEFAULT.relations)


def names(kinds: tuple[RelationType, ...]) -> list[str]:
    return [kind.name for kind in kinds]


@pytest.mark.parametrize(
    ("source", "target", "fitting"),
    [
        ("quote", "actor", ["said by"]),
        ("policy recommendation", "actor", ["said by", "addressed to"]),
        ("claim", "claim", ["supports", "contradicts"]),
        ("actor", "quote", []),
        ("quote", "quote", []),
    ],
)
def test_the_codebook_says_which_types_fit_between_two_labels(source: str, target: str, fitting: list[str]) -> None:
    assert names(types_between(DEFAULT, source, target)) == fitting


def test_a_label_may_do_what_the_label_that_it_is_a_kind_of_may() -> None:
    assert names(types_between(BOOK, "quote", "senator")) == ["said by"]
    assert not types_between(BOOK, "senator", "quote")


def test_a_type_that_names_no_labels_goes_anywhere_even_to_a_label_that_is_gone() -> None:
    book = replace(BOOK, relations=(RelationType("near"), RelationType("of", ("actor",))))
    assert names(types_between(book, "actor", "gone")) == ["near", "of"]
    assert names(types_between(book, "gone", "actor")) == ["near"]


def test_offers_name_both_directions_the_given_one_first() -> None:
    given_first = [(offer.type.name, offer.forward) for offer in offers(DEFAULT, "actor", "policy recommendation")]
    assert given_first == [("said by", False), ("addressed to", False)]
    both = [(offer.type.name, offer.forward) for offer in offers(DEFAULT, "claim", "claim")]
    assert both == [("supports", True), ("contradicts", True), ("supports", False), ("contradicts", False)]


def test_what_does_not_fit_is_said_with_what_would() -> None:
    said_by = DEFAULT.relation("said by")
    assert misfit(DEFAULT, said_by, "quote", "actor") is None
    wrong_source = "“said by” goes out from a claim, a quote or a policy recommendation, not from an actor."
    assert misfit(DEFAULT, said_by, "actor", "actor") == wrong_source
    assert misfit(DEFAULT, said_by, "quote", "claim") == "“said by” goes to an actor, not to a claim."


@given(codebooks(), st.data())
def test_what_is_offered_is_exactly_what_fits(book: Codebook, data: st.DataObject) -> None:
    labels = st.sampled_from([label.name for label in book])
    first, second = data.draw(labels), data.draw(labels)
    offered = {(offer.type.name, offer.forward) for offer in offers(book, first, second)}
    for kind in book.relations:
        assert ((kind.name, True) in offered) == (misfit(book, kind, first, second) is None)
        assert ((kind.name, False) in offered) == (misfit(book, kind, second, first) is None)


@given(codebooks(), st.data())
def test_an_end_that_names_a_label_accepts_it_and_all_kinds_of_it(book: Codebook, data: st.DataObject) -> None:
    label = data.draw(st.sampled_from(book.labels))
    assert accepts(book, (label.name,), label.name)
    assert accepts(book, (), label.name)
    if label.parent:
        assert accepts(book, (label.parent,), label.name)
    if len(book.labels) > 1 and not any(each.parent == label.name for each in book):
        without = without_label(book, label.name)
        assert not accepts(without, (label.name,), without.labels[0].name)
