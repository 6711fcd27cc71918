"""What a search is asked for, and the words around a hit."""

import sys
import unicodedata
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.accents import BareText, has_accents, without_accents
from annotator.domain.document import describe
from annotator.domain.search import Places, Query, Scope, every_occurrence, words_after, words_before
from annotator.errors import BadArgument

TEXT = "The task force, in a report on the programme known as Secure Communities,\n\nsaid that it was not."
ODD = st.text(alphabet="aeé\u0301ñ ÅÅß한각가\u1100👩\u200d💻שָ\u05b0.\n", max_size=60)


def document(published: str | None, outlet: str | None = "WNYC"):
    return describe("text", document_id="one", outlet=outlet, published=published)


@pytest.mark.parametrize(
    ("since", "until", "published", "kept"),
    [
        ("2011-09-16", "", "2011-09-16", True),
        ("2011-09-17", "", "2011-09-16", False),
        ("", "2011-09-16", "2011-09-16T10:00:00Z", True),
        ("2011-09", "2011-09", "2011-09-30", True),
        ("2011-10", "", "2011-09-30", False),
        ("2011", "2011", "2011-12-31", True),
        ("2011-09-20", "", "2011-09", True),
        ("2012", "", "2011", False),
        ("2011", "", None, False),
        ("2011", "", "last week", False),
        ("", "", None, True),
    ],
)
def test_dates_keep_what_may_lie_within_them(since: str, until: str, published: str | None, kept: bool) -> None:
    assert Scope(since=since, until=until).has(document(published)) is kept


@pytest.mark.parametrize("date", ["yesterday", "2011-9-1", "16.9.2011", "20111", "2011-09-16T10:00"])
def test_a_date_that_is_none_is_refused(date: str) -> None:
    with pytest.raises(BadArgument, match=r"is not a date\. Write 2011-09-16"):
        Scope(until=date).check()


def test_an_outlet_keeps_its_documents_and_an_empty_one_those_without() -> None:
    assert Scope(outlets=("WNYC", "CNN")).has(document(None))
    assert not Scope(outlets=("CNN", "")).has(document(None))
    assert Scope(outlets=("",)).has(document(None, outlet=None))


def test_blanks_alone_are_nothing_to_look_for_but_in_an_expression_they_are() -> None:
    assert Query(" \n").empty
    assert Query("", regex=True).empty
    assert not Query(" ", regex=True).empty


def test_what_stands_around_a_hit_is_cut_at_words_and_has_no_line_breaks() -> None:
    start = TEXT.index("Secure")
    end = start + len("Secure Communities")
    assert words_before(TEXT, start, 30) == "…on the programme known as "
    assert words_after(TEXT, end, 20) == ", said that it was…"
    assert words_before(TEXT, 4, 30) == "The "
    assert words_after(TEXT, len(TEXT) - 4, 30) == "not."
    assert words_before(TEXT, 0, 30) == words_after(TEXT, len(TEXT), 30) == ""


def test_a_word_longer_than_the_room_is_cut() -> None:
    assert words_before("x" * 100, 100, 10) == "…" + "x" * 10
    assert words_after("x" * 100, 0, 10) == "x" * 10 + "…"


@given(text=st.text(max_size=300), at=st.integers(0, 300), width=st.integers(1, 40))
def test_what_stands_around_a_hit_is_from_the_text_and_no_longer_than_asked(text: str, at: int, width: int) -> None:
    at = min(at, len(text))
    before, after = words_before(text, at, width), words_after(text, at, width)
    assert len(before) <= width + 1
    assert len(after) <= width + 1
    assert "".join(text[:at].split()).endswith("".join(before.removeprefix("…").split()))
    assert "".join(text[at:].split()).startswith("".join(after.removesuffix("…").split()))


@given(ODD)
def test_a_text_has_accents_where_leaving_them_out_changes_it(text: str) -> None:
    if without_accents(text) != text:
        assert has_accents(text)
    assert not has_accents(without_accents(text).replace("한", "").replace("각", "").replace("가", ""))


def test_without_its_marks_a_character_is_one_or_nothing() -> None:
    composed = [char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.decomposition(char)]
    assert {len(without_accents(char)) for char in [*composed, "\u0301", "한"]} == {0, 1}


@given(ODD)
def test_positions_without_accents_lead_back_to_the_letters_they_came_from(text: str) -> None:
    bare = BareText(text, 0, len(text))
    assert bare.text == without_accents(text)
    for at in range(len(bare.text)):
        start, end = bare.stored(at, at + 1)
        if start < end:
            assert without_accents(text[start:end]) == bare.text[at]
            assert bare.bare(start) == at


def test_every_occurrence_is_looked_for_as_it_is_written() -> None:
    assert every_occurrence("The  US said", 0, 7) == Query("The US", case=True, accents=True, words=True)
    assert not every_occurrence("The US said", 5, 6).words


@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=4), max_size=5), st.integers(0, 9))
def test_places_in_columns_are_those_that_were_put_in(lengths: list[list[tuple[int, int]]], cut: int) -> None:
    put = []
    for number, pairs in enumerate(lengths):
        at = 0
        for gap, length in pairs:
            put.append((f"d{number}", at + gap, at + gap + length))
            at += gap + length
    places, rest = Places(put[:cut]), Places(put[cut:])
    places.extend(rest)
    assert list(places) == [places[number] for number in range(len(places))] == put
    assert places.documents == list(dict.fromkeys(document for document, _, _ in put))
    for number, document in enumerate(places.documents):
        within = places.within(number)
        assert list(places.pairs(within)) == [(start, end) for key, start, end in put if key == document]
        assert all(places.document_of(each) == number for each in within)
    assert list(places.copy()) == put


def test_places_in_texts_one_behind_the_other_are_those_of_their_documents() -> None:
    documents = [replace(document("2011"), id=key) for key in "abc"]
    places = Places([("a", 1, 2)])
    places.add(documents, [0, 10, 20, 30], [(4, 6), (9, 10), (20, 22), (25, 29)])
    assert list(places) == [("a", 1, 2), ("a", 4, 6), ("a", 9, 10), ("c", 0, 2), ("c", 5, 9)]


@given(st.lists(st.tuples(st.integers(0, 6), st.sets(st.integers(0, 5))), max_size=12))
def test_places_are_put_into_the_documents_that_have_them_however_many_have_none(
    texts: list[tuple[int, set[int]]],
) -> None:
    documents = [replace(document("2011"), id=str(number)) for number in range(len(texts))]
    begins = [0, *accumulate(length + 1 for length, _ in texts)]
    there = [(n, at) for n, (length, starts) in enumerate(texts) for at in sorted(starts) if at < length]
    places = Places()
    places.add(documents, begins, [(begins[n] + at, begins[n] + at + 1) for n, at in there])
    assert list(places) == [(str(n), at, at + 1) for n, at in there]
