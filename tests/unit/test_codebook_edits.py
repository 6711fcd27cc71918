"""An edit of a valid codebook is valid, or is refused by the rules; what it doesn't name stays as it is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import codebook_edits as edits
from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, LineForm, RelationType
from annotator.domain.codebook_merge import merge
from annotator.domain.codebook_rules import check, folded
from annotator.errors import BadArgument, NotFound
from tests.unit.codebooks import codebooks, looks, names

Draw = Callable[[Any], Any]

PLACE = st.integers(-1, 5)
KEYS = st.none() | st.integers(1, 9)


def some_label(draw: Draw, book: Codebook) -> str:
    return str(draw(st.sampled_from([label.name for label in book])))


def new_label(draw: Draw, book: Codebook) -> Codebook:
    parent = draw(st.none() | st.just(some_label(draw, book)))
    letter, colour, form = draw(looks)
    return edits.with_label(book, Label(draw(names), letter, colour, form, draw(KEYS), parent=parent, id="label 0"))


def other_label(draw: Draw, book: Codebook) -> Codebook:
    parent = draw(st.none() | st.just(some_label(draw, book)))
    values = {"name": draw(names), "key": draw(KEYS), "parent": parent}
    return edits.changed_label(book, some_label(draw, book), values)


def moved_label(draw: Draw, book: Codebook) -> Codebook:
    return edits.moved_label(book, some_label(draw, book), draw(PLACE))


def without_label(draw: Draw, book: Codebook) -> Codebook:
    return edits.without_label(book, some_label(draw, book))


def merged_label(draw: Draw, book: Codebook) -> Codebook:
    gone, into = some_label(draw, book), some_label(draw, book)
    return book if gone == into else edits.without_label(book, gone, into)


def new_attribute(draw: Draw, book: Codebook) -> Codebook:
    return edits.with_attribute(book, AttributeType(some_label(draw, book), draw(names), AttributeKind.TEXT))


def moved_attribute(draw: Draw, book: Codebook) -> Codebook:
    if not book.attributes:
        return book
    one = draw(st.sampled_from(book.attributes))
    return edits.moved_attribute(book, one.label, one.name, draw(PLACE))


def new_relation(draw: Draw, book: Codebook) -> Codebook:
    return edits.with_relation(book, RelationType(draw(names), (some_label(draw, book),)))


EDITS: list[Callable[[Draw, Codebook], Codebook]] = [
    *[new_label, other_label, moved_label, without_label, merged_label],
    *[new_attribute, moved_attribute, new_relation],
]


def refused(book: Codebook) -> str | None:
    """What the rules say against it."""
    try:
        check(book)
    except BadArgument as error:
        return str(error)
    return None


def all_ids(book: Codebook) -> list[str]:
    return [
        *(label.id for label in book),
        *(each.id for each in book.attributes),
        *(each.id for each in book.relations),
    ]


def ids(book: Codebook) -> set[str]:
    return set(all_ids(book))


@given(codebooks(), st.data())
def test_any_edits_one_after_the_other_end_in_a_valid_codebook_or_are_refused(
    book: Codebook, data: st.DataObject
) -> None:
    for edit in data.draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=6)):
        edited = edit(data.draw, book)
        if refused(edited):
            continue
        assert ids(edited) - {""} <= ids(book)  # nothing comes with an id that something else had
        known = [key for key in all_ids(edited) if key]
        assert len(known) == len(set(known))
        book = edited


@given(codebooks(), st.data())
def test_a_rename_reaches_every_place_and_nothing_else(book: Codebook, data: st.DataObject) -> None:
    old = some_label(data.draw, book)
    edited = edits.changed_label(book, old, {"name": "a new name"})
    check(edited)
    assert not edited.has(old)
    assert edits.changed_label(edited, "a new name", {"name": old}) == book
    assert [each.id for each in edited] == [each.id for each in book]


@given(codebooks(), st.data())
def test_a_move_changes_the_order_alone(book: Codebook, data: st.DataObject) -> None:
    name, place = some_label(data.draw, book), data.draw(PLACE)
    edited = edits.moved_label(book, name, place)
    assert set(edited.labels) == set(book.labels)
    assert edited.labels.index(edited.label(name)) == max(0, min(place, len(book.labels) - 1))
    assert [each for each in edited if each.name != name] == [each for each in book if each.name != name]


@given(codebooks(), st.data())
def test_a_key_belongs_to_the_label_that_got_it_last(book: Codebook, data: st.DataObject) -> None:
    name = some_label(data.draw, book)
    edited = edits.changed_label(book, name, {"key": 1})
    check(edited)
    assert edited.by_key(1) == edited.label(name)


@given(codebooks(), st.data())
def test_a_label_that_goes_is_named_nowhere(book: Codebook, data: st.DataObject) -> None:
    gone = some_label(data.draw, book)
    others = [label.name for label in book if label.name != gone]
    instead = data.draw(st.sampled_from([None, *others]))
    edited = edits.without_label(book, gone, instead)
    if others:
        check(edited)
    named = {each.parent for each in edited} | {each.label for each in edited.attributes}
    named |= {end for each in edited.relations for end in (*each.sources, *each.targets)}
    assert gone not in named


@given(codebooks())
def test_a_codebook_merged_into_itself_is_the_same(book: Codebook) -> None:
    done = merge(book, book)
    assert done.codebook == book
    assert ids(done.codebook) == ids(book)
    assert (done.added, done.changed, done.left) == ((), (), ())


@given(codebooks(), codebooks())
def test_a_merge_takes_nothing_away_and_doing_it_again_changes_nothing(book: Codebook, other: Codebook) -> None:
    done = merge(book, other)
    after = done.codebook
    assert {each.id for each in book} <= {each.id for each in after}
    assert {folded(each.name) for each in after} == {folded(each.name) for each in (*book, *other)}
    for attribute in book.attributes:
        assert set(attribute.options) <= set(after.attribute(attribute.label, attribute.name).options)
    again = merge(after, other)
    assert (again.codebook, again.added, again.changed) == (after, (), ())
    problem = refused(after)  # the one thing that two good codebooks can't both have
    assert problem is None or "can't be a kind of itself" in problem


@pytest.mark.parametrize(
    "edit",
    [
        lambda book: edits.changed_label(book, "x", {}),
        lambda book: edits.moved_label(book, "x", 0),
        lambda book: edits.without_label(book, "x"),
        lambda book: edits.without_label(book, "a", "x"),
        lambda book: edits.changed_attribute(book, "a", "x", {}),
        lambda book: edits.moved_attribute(book, "a", "x", 0),
        lambda book: edits.without_attribute(book, "a", "x"),
        lambda book: edits.changed_relation(book, "x", {}),
        lambda book: edits.without_relation(book, "x"),
    ],
)
def test_what_is_not_there_is_not_found(edit: Callable[[Codebook], Codebook]) -> None:
    with pytest.raises(NotFound, match="“x”"):
        edit(Codebook((Label("a", "A", "#000000", LineForm.SOLID),)))


def test_a_relation_type_that_only_the_label_could_begin_goes_with_it() -> None:
    a, b = (Label(name, "A", "#000000", LineForm.SOLID) for name in "ab")
    only, some, free = RelationType("r", ("a",)), RelationType("s", ("a", "b")), RelationType("t")
    book = Codebook((a, b), relations=(only, some, free))
    assert edits.without_label(book, "a").relations == (replace(some, sources=("b",)), free)
    assert edits.without_label(book, "a", "b").relations == (
        replace(only, sources=("b",)),
        replace(some, sources=("b",)),
        free,
    )
