"""What a new label begins as, and what clashes in a codebook."""

from dataclasses import replace

import pytest

from annotator.domain.codebook import Codebook, Label, LineForm
from annotator.domain.codebook_rules import check
from annotator.domain.default_codebook import DEFAULT
from annotator.gui.codebook.choices import (
    PAIRS,
    ends,
    free_key,
    free_letter,
    free_pair,
    new_label,
    new_relation,
    possible_parents,
    renamed,
    same_letter,
    same_look,
)
from annotator.gui.theme import NAMES, Theme


def test_a_new_label_takes_what_is_free() -> None:
    made = new_label(DEFAULT)
    assert made == Label("new label", "N", "#B7271B", LineForm.SOLID, 5)
    check(replace(DEFAULT, labels=(*DEFAULT.labels, made)))


def test_new_labels_can_be_added_until_everything_is_taken() -> None:
    book = DEFAULT
    for _ in range(30):
        book = replace(book, labels=(*book.labels, new_label(book)))
        check(book)
    assert len({label.name for label in book}) == 34
    assert [label.key for label in book][4:10] == [5, 6, 7, 8, 9, None]
    assert len({(label.colour, label.line_form) for label in book.labels[:10]}) == 10


@pytest.mark.parametrize(
    ("name", "letter"),
    [("event", "E"), ("place", "L"), ("cap", "B"), ("Übergang", "Ü"), ("123", "1"), ("…", "B"), ("straße", "S")],
)
def test_the_letter_is_the_names_first_that_is_free_then_the_alphabets(name: str, letter: str) -> None:
    assert free_letter(name, DEFAULT) == letter


def test_a_label_just_made_gets_the_letter_of_its_name_and_an_old_one_keeps_its_own() -> None:
    made = new_label(DEFAULT)
    book = replace(DEFAULT, labels=(*DEFAULT.labels, made))
    assert renamed(book, made, "event") == {"name": "event", "letter": "E"}
    assert renamed(book, replace(made, letter="X"), "event") == {"name": "event"}
    assert renamed(book, DEFAULT.label("claim"), "statement") == {"name": "statement"}


def test_keys_end_at_nine() -> None:
    labels = tuple(Label(f"l{n}", "L", "#000000", LineForm.SOLID, n) for n in range(1, 10))
    assert free_key(Codebook(labels)) is None
    assert free_key(Codebook(labels[1:])) == 1


def test_the_pairs_are_those_that_the_themes_were_tuned_for() -> None:
    for name in NAMES:
        assert set(Theme.load(name).labels) == {pair.colour for pair in PAIRS}
    assert [(label.colour, label.line_form) for label in DEFAULT] == [(pair.colour, pair.form) for pair in PAIRS[:4]]
    assert free_pair(DEFAULT).spoken == "brick, solid"


def test_a_shared_letter_or_look_is_found_whatever_its_case() -> None:
    twin = replace(DEFAULT.label("claim"), name="case", letter="c", colour="#b8730e")
    book = replace(DEFAULT, labels=(*DEFAULT.labels, twin))
    assert same_letter(book, twin) == same_look(book, twin) == ["claim"]
    assert same_letter(DEFAULT, DEFAULT.label("claim")) == same_look(DEFAULT, DEFAULT.label("claim")) == []


def test_a_label_can_be_a_kind_of_any_that_is_no_kind_of_it() -> None:
    child = replace(DEFAULT.label("quote"), parent="claim")
    grandchild = replace(DEFAULT.label("actor"), parent="quote")
    book = Codebook((DEFAULT.label("claim"), child, grandchild, DEFAULT.label("policy recommendation")))
    assert possible_parents(book, "claim") == ["policy recommendation"]
    assert possible_parents(book, "actor") == ["claim", "quote", "policy recommendation"]


def test_a_relation_type_says_its_ends() -> None:
    assert ends(DEFAULT.relation("said by")) == "claim, quote, policy recommendation to actor"
    assert ends(new_relation(DEFAULT)) == "any label to any label"
