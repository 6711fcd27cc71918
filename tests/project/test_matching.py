"""Finding in one text: what counts as found, and where it is."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.characters import cuts_character
from annotator.domain.search import Query, every_occurrence, is_whole
from annotator.errors import BadArgument
from annotator.project import matching
from annotator.project.matching import Matcher

LETTERS = "aAbBeEéÉßsSİiıIσςΣﬁ한 \n\u00a0\u0301\u0308“\"’'-.👩\u200d💻🇩🇪ָש"
TEXTS = st.text(alphabet=LETTERS, max_size=80)


def found(text: str, wanted: str, **how: bool) -> list[str]:
    return [text[start:end] for start, end in places(text, Query(wanted, **how))]


def places(text: str, query: Query) -> list[tuple[int, int]]:
    return [place for step in Matcher(query).places(text) for place in step]


def test_case_makes_no_difference_unless_asked_for() -> None:
    assert found("Secure SECURE secure", "secure") == ["Secure", "SECURE", "secure"]
    assert found("Secure SECURE secure", "secure", case=True) == ["secure"]


def test_case_is_folded_as_unicode_says_and_positions_stay_right() -> None:
    assert found("Die Straße, STRASSE und Strasse.", "strasse") == ["Straße", "STRASSE", "Strasse"]
    assert found("Die Straße und STRASSE.", "straße") == ["Straße", "STRASSE"]
    assert found("İİİ İstanbul", "istanbul") == ["İstanbul"]
    assert found("ΟΔΟΣ οδος", "οδος") == ["ΟΔΟΣ", "οδος"]
    assert found("Straße", "s") == ["S"], "half of an ß is no s"


def test_accents_make_no_difference_unless_asked_for_however_they_are_composed() -> None:
    text = "café cafe\u0301 cafe CAFÉ"
    assert found(text, "cafe") == ["café", "cafe\u0301", "cafe", "CAFÉ"]
    assert found(text, "café", accents=True) == ["café", "cafe\u0301", "CAFÉ"]
    assert found(text, "cafe", accents=True) == ["cafe"]
    assert found("שָׁלוֹם", "שלום") == ["שָׁלוֹם"]


def test_a_blank_is_any_white_space() -> None:
    text = "Secure Communities, Secure\nCommunities, Secure\u00a0Communities, Secure \t Communities, SecureCommunities"
    assert len(found(text, "secure communities")) == 4
    assert found("the lathe, the", " the") == ["the"], "a blank at an end must be there and is not part of the hit"
    assert found("the theory", "the ") == ["the"]


def test_straight_and_curly_quotation_marks_are_alike() -> None:
    assert found('“the worst” "the worst"', '"the worst"') == ["“the worst”", '"the worst"']
    assert found("don't don’t", "don’t") == ["don't", "don’t"]


def test_whole_words_are_not_parts_of_others() -> None:
    assert found("ICE, police, ICE’s, ICEs, e\u0301ICE", "ice", words=True) == ["ICE", "ICE"]
    assert found("xa a a", "a a", words=True) == ["a a"]
    assert found("walking, walk", r"walk", regex=True, words=True) == ["walk"]


def test_a_hit_never_cuts_a_visible_character() -> None:
    assert found("👩\u200d💻 and 👩", "👩") == ["👩"]
    assert found("🇩🇪🇺🇸", "🇪🇺") == []
    assert found("e\u0301", "e", accents=True) == []


def test_an_expression_finds_line_by_line() -> None:
    text = "one two\ntwo three\n"
    assert found(text, "^two", regex=True) == ["two"]
    assert found(text, "two$", regex=True) == ["two"]
    assert found(text, r"\w+ing|t\w+", regex=True) == ["two", "two", "three"]
    assert found("REPORTS report Réport", "report", regex=True) == ["REPORT", "report", "Réport"]


def test_empty_matches_of_an_expression_are_left_out() -> None:
    assert found("aab", "a*", regex=True) == ["aa"]
    assert found("aab", "(?=a)", regex=True) == []


def test_nothing_to_look_for_finds_nothing() -> None:
    assert found("a b", " ") == found("a b", "", regex=True) == []


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("(unfinished", r"can't be read: missing \) at character 12"),
        ("[a-", "can't be read: .* at character"),
        ("a**", "multiple repeat at character 3"),
        (r"\p{Nonsense}", "unknown property"),
        (r"\L<list>", "can't be read"),
        ("(" * 900, "nested too deeply"),
        ("(?r)a", "search backwards"),
        ("a" * 2000, "has 2,000 characters; 1,000 is the most"),
    ],
)
def test_an_expression_that_cannot_be_read_is_told_with_its_place(expression: str, said: str) -> None:
    with pytest.raises(BadArgument, match=said):
        Matcher(Query(expression, regex=True))


@pytest.mark.parametrize("expression", [r"(a+a+)+[b-z]", r"((a{1,1000}){1,1000}){1,1000}b"])
def test_an_expression_that_takes_for_ever_ends_with_a_message(expression: str) -> None:
    began = time.thread_time()
    with pytest.raises(BadArgument, match=r"takes too long on this text. Make it simpler"):
        places("a" * 20_000, Query(expression, regex=True))
    assert time.thread_time() - began < 2


def test_steps_are_short_and_give_what_one_look_at_all_would_give(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Secure\nCommunities; é “secure communities” " * 50
    whole = places(text, Query("secure communities"))
    lines = places(text, Query(r"^.*?;", regex=True))
    monkeypatch.setattr(matching, "_STRETCH", 7)
    monkeypatch.setattr(matching, "_BEYOND", 50)
    monkeypatch.setattr(matching, "_CONTEXT", 3)
    assert places(text, Query("secure communities")) == whole
    assert len(whole) == 100
    assert places(text, Query(r"^.*?;", regex=True)) == lines
    assert max(map(len, Matcher(Query("e")).places(text))) <= 7


def folded(text: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())


@given(text=TEXTS, data=st.data(), case=st.booleans(), accents=st.booleans())
def test_a_stretch_of_a_text_is_found_where_it_is(text: str, data: st.DataObject, case: bool, accents: bool) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    wanted = text[start:end].strip()
    start = text.index(wanted, start) if wanted else start
    end = start + len(wanted)
    query = Query(wanted, case=case, accents=accents)
    hits = places(text, query)
    if query.empty or cuts_character(text, start) or cuts_character(text, end):
        return
    assert any(begin <= start < stop or start <= begin < end for begin, stop in hits), hits


@given(text=TEXTS, wanted=st.text(alphabet=LETTERS, min_size=1, max_size=4), case=st.booleans())
def test_what_is_found_is_what_was_looked_for(text: str, wanted: str, case: bool) -> None:
    before = 0
    for start, end in places(text, Query(wanted, case=case, accents=True)):
        assert before <= start < end <= len(text)
        assert not cuts_character(text, start)
        assert not cuts_character(text, end)
        if case and not set(wanted) & set(" \n\u00a0“\"’'"):
            assert unicodedata.normalize("NFD", text[start:end]) == unicodedata.normalize("NFD", wanted)
        before = end


@given(
    text=st.one_of(TEXTS, st.text(alphabet="aAeEsSiI \n\"'.", max_size=80)),
    wanted=st.text(alphabet="aeéßsi\u0301 \n👩", min_size=1, max_size=5),
    case=st.booleans(),
    stretch=st.integers(4, 20),
)
def test_how_a_text_is_cut_into_steps_changes_nothing(text: str, wanted: str, case: bool, stretch: int) -> None:
    query = Query(wanted, case=case)
    whole = places(text, query)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "_STRETCH", stretch)
        patch.setattr(matching, "_PLAIN_STRETCH", stretch)
        patch.setattr(matching, "_SHORTEST", 2)
        assert places(text, query) == whole


@given(text=TEXTS, data=st.data())
def test_every_occurrence_of_a_stretch_has_itself_among_them(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end]
    if words != words.strip() or not words or cuts_character(text, start) or cuts_character(text, end):
        return
    query = every_occurrence(text, start, end)
    hits = places(text, query)
    assert hits
    assert query.words is is_whole(text, start, end)
    assert (start, end) in hits or any(begin < end and start < stop for begin, stop in hits)


@given(texts=st.lists(TEXTS, max_size=6), wanted=st.text(alphabet=LETTERS, min_size=1, max_size=4), data=st.data())
def test_several_texts_searched_as_one_give_what_each_gives(texts: list[str], wanted: str, data: st.DataObject) -> None:
    how = {name: data.draw(st.booleans(), name) for name in ("case", "accents", "words", "regex")}
    query = Query(re.escape(wanted) + data.draw(st.sampled_from(["", "$", "[^a]*"])) if how["regex"] else wanted, **how)
    expected, begin = [], 0
    for text in texts:
        expected += [(begin + start, begin + end) for start, end in places(text, query)]
        begin += len(text) + 1
    assert places(matching.BETWEEN.join(texts), query) == expected


PLAIN = "aAbB \n\x1c\x1f\0'\"-.([{\\^$#&~|*+?é"


@given(text=st.text(alphabet=PLAIN + "\u0301", max_size=60), wanted=st.text(alphabet=PLAIN, max_size=4))
def test_the_short_way_for_plain_letters_finds_the_same(text: str, wanted: str) -> None:
    for case in (False, True):
        query = Query(wanted, case=case)
        matcher = Matcher(query)
        matcher._plain = None
        assert [place for step in matcher.places(text) for place in step] == places(text, query)
