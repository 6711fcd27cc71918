"""The text of a document as it is stored, and its first words as they are shown."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import first_words, normalise, sha256
from annotator.errors import BadContent

storable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
with_line_ends = st.lists(st.sampled_from(["\r", "\n", "\r\n", "a", "\ufeff", "\u2028", "\u00a0"]), max_size=12).map(
    "".join
)


@given(st.one_of(storable, with_line_ends))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "\r" not in once
    assert not once.startswith("\ufeff")


@given(storable)
def test_normalising_changes_nothing_but_line_ends_and_the_mark_at_the_start(text: str) -> None:
    assert normalise(text).replace("\n", "") == text.lstrip("\ufeff").replace("\r", "").replace("\n", "")


def test_every_kind_of_line_end_becomes_one_newline() -> None:
    assert normalise("a\r\nb\rc\nd\r\r\ne") == "a\nb\nc\nd\n\ne"


def test_odd_blanks_and_marks_inside_a_text_stay() -> None:
    text = "a\u00a0b\u2028c\ufeffd\u200fe\x0bf\x85g"
    assert normalise(text) == text


@pytest.mark.parametrize(("text", "said"), [("ab\0c", "NUL character at position 2"), ("a\ud800", "position 1")])
def test_what_no_file_could_keep_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadContent, match=said):
        normalise(text)


def test_a_text_is_known_by_the_hash_of_its_utf8_bytes() -> None:
    assert sha256("é👩") == hashlib.sha256("é👩".encode()).hexdigest()


@given(
    st.one_of(storable, st.lists(st.sampled_from(["word", " ", "\n" * 30, "é", ",", "x" * 30])).map("".join)),
    st.integers(4, 30),
)
def test_first_words_fit_on_one_line_and_say_when_something_follows(text: str, longest: int) -> None:
    line = first_words(text, longest)
    whole = " ".join(text.split())
    assert len(line) <= longest
    assert "\n" not in line
    assert line == whole or line.endswith("…")
    assert whole.startswith(line.removesuffix("…"))


def test_first_words_are_cut_between_words_and_without_a_comma() -> None:
    assert first_words("Before the vote, nobody spoke", 20) == "Before the vote…"
    assert first_words("Before the vote, nobody spoke", 17) == "Before the vote…"
    assert first_words("x" * 30, 10) == "x" * 9 + "…"


def test_blanks_before_and_between_do_not_hide_the_words() -> None:
    assert first_words("\n" * 1000 + "Word", 10) == "Word"
    assert first_words("Word" + " " * 1000 + "next", 10) == "Word…"
