"""A selection snaps to whole words, and the keys move by words."""

import unicodedata

import pytest
from hypothesis import given

from annotator.domain.words import next_word_end, next_word_start, previous_word_end, previous_word_start, snap
from tests.unit.strategies import places, selections


def snapped(text: str, selected: str) -> str:
    start = text.index(selected)
    begin, end = snap(text, start, start + len(selected))
    return text[begin:end]


@pytest.mark.parametrize(
    ("text", "selected", "expected"),
    [
        ("The police said so.", "olic", "police"),
        ("The police said so.", " police ", "police"),
        ("The police said so.", "aid so.", "said so"),
        ("They don’t know.", "n’", "don’t"),
        ("They don't know.", "don", "don't"),
        ("Under S-Comm they", "Comm", "S-Comm"),
        ("in the U.S. today", "U", "U.S"),
        ("in the U.S. today", "the U.S. ", "the U.S."),
        ("He said “we must act.” Then", "“we must act.” ", "“we must act.”"),
        ("He said “we must act.” Then", "must act.” ", "must act"),
        ("(see above), then", "(see above),", "(see above)"),
        ("It fell 95%, they say", "95%,", "95%"),
        ("cafe\u0301 noir", "cafe", "cafe\u0301"),
        ("so 👩\u200d💻 works", "👩", "👩\u200d💻"),
        ("good 👍🏽 job", "👍", "👍🏽"),
        ("in 🇫🇷 now", "🇫", "🇫🇷"),
        ("אמר שָׁלוֹם לך", "לו", "שָׁלוֹם"),
        ("one\u00a0two\u2028three", "\u00a0two\u2028", "two"),
        ("well — no", "— no", "no"),
        ("a …\n b", " …\n", "…"),
        ("a \n b", " \n ", ""),
    ],
)
def test_a_selection_snaps_to_what_a_reader_means(text: str, selected: str, expected: str) -> None:
    assert snapped(text, selected) == expected


def test_a_click_inside_a_word_selects_it_and_a_click_between_words_selects_nothing() -> None:
    assert snap("one two", 5, 5) == (4, 7)
    assert snap("one  two", 4, 4) == (4, 4)


def is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


@given(selections())
def test_snapping_never_cuts_a_word_or_takes_a_mark_from_its_letter(selection: tuple[str, int, int]) -> None:
    text, *_ = selection
    start, end = snap(*selection)
    for edge in (start, end):
        if start < end and 0 < edge < len(text):
            before, after = text[edge - 1], text[edge]
            assert not (is_letter(before) and is_letter(after))
            assert not (is_letter(before) and is_mark(after))


@given(selections())
def test_a_snapped_selection_never_begins_or_ends_with_a_blank(selection: tuple[str, int, int]) -> None:
    start, end = snap(*selection)
    snapped = selection[0][start:end]
    assert snapped == snapped.strip()


@given(selections())
def test_snapping_keeps_every_letter_that_was_selected(selection: tuple[str, int, int]) -> None:
    text, start, end = selection
    begin, finish = snap(text, start, end)
    assert 0 <= begin <= finish <= len(text)
    assert all(begin <= at < finish for at in range(start, end) if is_letter(text[at]))


@given(selections())
def test_snapping_grows_by_no_more_than_the_words_at_the_edges(selection: tuple[str, int, int]) -> None:
    text, start, end = selection
    begin, finish = snap(text, start, end)
    assert not any(char.isspace() for char in text[begin:start] + text[end:finish])


@given(selections())
def test_snapping_twice_is_snapping_once(selection: tuple[str, int, int]) -> None:
    once = snap(*selection)
    assert snap(selection[0], *once) == once


@given(places())
def test_going_forward_by_words_goes_on_and_ends_at_the_end(place: tuple[str, int]) -> None:
    text, position = place
    for move in (next_word_end, next_word_start):
        visited = [position]
        while visited[-1] < len(text):
            visited.append(move(text, visited[-1]))
            assert visited[-1] > visited[-2]
        assert visited[-1] == len(text)


@given(places())
def test_going_back_by_words_goes_on_and_ends_at_the_beginning(place: tuple[str, int]) -> None:
    text, position = place
    for move in (previous_word_end, previous_word_start):
        visited = [position]
        while visited[-1] > 0:
            visited.append(move(text, visited[-1]))
            assert visited[-1] < visited[-2]
        assert visited[-1] == 0


@given(places())
def test_no_word_is_passed_over_in_either_direction(place: tuple[str, int]) -> None:
    text, _ = place
    ends, at = [], 0
    while at < len(text):
        at = next_word_end(text, at)
        ends.append(at)
    back, at = [], len(text)
    while at > 0:
        at = previous_word_end(text, at)
        back.append(at)
    assert {*ends} - {len(text)} == {*back} - {0}


def test_words_are_walked_with_their_inner_signs_and_marks() -> None:
    text = "The U.S. don’t e\u0301tat."
    assert [text[next_word_start(text, at) :] for at in (0, 4, 9)] == [
        "U.S. don’t e\u0301tat.",
        "don’t e\u0301tat.",
        "e\u0301tat.",
    ]
    assert [text[:end] for end in (next_word_end(text, 0), next_word_end(text, 4))] == ["The", "The U.S"]
    assert text[previous_word_start(text, len(text)) :] == "e\u0301tat."
