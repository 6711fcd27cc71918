"""Near-duplicates: found where much is shared, and only there."""

import random

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.incoming import Alike
from annotator.domain.likeness import FEWEST, Index, compare, shingles

WORDS = [f"word{number}" for number in range(5_000)]


def words(seed: int, count: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def alike(one: str, other: str) -> tuple[Alike, float] | None:
    return compare(shingles(one), shingles(other))


def test_a_text_is_nearly_the_same_whatever_its_case_and_punctuation() -> None:
    text = " ".join(words(1))
    shouted = text.upper().replace(" ", ",  ")
    assert alike(text, shouted) == (Alike.SAME, 1.0)


def test_some_changed_words_leave_it_nearly_the_same_and_many_do_not() -> None:
    for changed, near in ((2, True), (25, True), (150, False)):
        other = words(1)
        for at in random.Random(2).sample(range(300), changed):
            other[at] = "changed"
        assert (alike(" ".join(words(1)), " ".join(other)) is not None) is near


def test_an_excerpt_is_part_of_the_whole_and_the_whole_contains_it() -> None:
    whole, part = " ".join(words(1)), " ".join(words(1)[100:150])
    assert alike(part, whole) == (Alike.PART, 1.0)
    assert alike(whole, part) == (Alike.WHOLE, 1.0)


def test_texts_that_quote_one_sentence_are_not_alike() -> None:
    shared = words(9, 25)
    assert alike(" ".join(words(1) + shared), " ".join(words(2) + shared)) is None


def test_a_headline_says_nothing() -> None:
    assert alike("only a few words here", "only a few words here") is None


def test_a_script_without_blanks_is_compared_by_characters() -> None:
    text = "这是一个中文文本明天继续因为我们需要更多的字来比较两篇文章是否几乎相同"
    assert alike(text, text[:-1] + "吗") is not None
    assert alike(text, text[::-1]) is None


@given(st.integers(0, 50), st.integers(0, 250), st.integers(40, 300), st.integers(0, 30))
def test_the_index_finds_what_the_comparison_finds(seed: int, start: int, length: int, changed: int) -> None:
    mine = words(1)
    other = words(1)[start : start + length]
    for at in random.Random(seed).sample(range(len(other)), min(changed, len(other))):
        other[at] = "changed"
    sets = {"mine": shingles(" ".join(mine)), "far": shingles(" ".join(words(77)))}
    index: Index[str] = Index(sets.__getitem__)
    for key, of in sets.items():
        index.add(key, of)
    found = compare(sets["mine"], shingles(" ".join(other)))
    large = len(other) > 100  # what is a small part only is found as good as surely
    if found is None or large:
        assert list(index.alike(shingles(" ".join(other)))) == ([("mine", *found)] if found else [])


def test_too_short_a_text_is_never_in_the_index() -> None:
    index: Index[str] = Index(lambda _: frozenset())
    index.add("short", frozenset(range(FEWEST - 1)))
    assert len(index) == 0
