"""What two texts have in common is really in both, in order, and found fast."""

import random
import time

from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.text_diff import common, differing, whole_words

TEXTS = st.text(st.sampled_from("ab \n.👩é\u2028"), max_size=60)
EDITS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 12), st.text("xy \n👍", max_size=6)), max_size=5)


@given(TEXTS, TEXTS)
@example("a\na\na\n", "a\na\n")
@example("", "a")
def test_what_is_in_common_is_in_both_and_rises(old: str, new: str) -> None:
    at = new_at = 0
    for block in common(old, new):
        assert block.length > 0
        assert block.old >= at
        assert block.new >= new_at
        assert old[block.old : block.old + block.length] == new[block.new : block.new + block.length]
        at, new_at = block.old + block.length, block.new + block.length


@given(TEXTS, TEXTS)
def test_the_differences_turn_one_text_into_the_other(old: str, new: str) -> None:
    made, at = "", 0
    for stretch in differing(old, new):
        made += old[at : stretch.start] + new[stretch.new_start : stretch.new_end]
        at = stretch.end
    assert made + old[at:] == new


@given(TEXTS, TEXTS)
def test_whole_words_turn_one_text_into_the_other_too(old: str, new: str) -> None:
    made, at = "", 0
    for stretch in whole_words(old, new, differing(old, new)):
        assert stretch.start >= at
        made += old[at : stretch.start] + new[stretch.new_start : stretch.new_end]
        at = stretch.end
    assert made + old[at:] == new


def test_a_word_that_was_changed_inside_is_shown_whole() -> None:
    old, new = "It came late, they say.", "It came on time, they said."
    words = [(old[s.start : s.end], new[s.new_start : s.new_end]) for s in whole_words(old, new, differing(old, new))]
    assert words == [("late", "on time"), ("say", "said")]


@given(st.lists(st.text("abcdefgh", min_size=3, max_size=8), min_size=40, max_size=60, unique=True), EDITS)
def test_few_edits_leave_most_in_common(words: list[str], edits: list[tuple[int, int, str]]) -> None:
    old = new = " ".join(words)
    for at, length, put in edits:
        new = new[:at] + put + new[at + length :]
    touched = sum(length + len(put) for _, length, put in edits)
    kept = sum(block.length for block in common(old, new))
    assert kept >= len(old) - 3 * touched - 20 * len(edits)


def test_a_megabyte_with_a_hundred_corrections_takes_less_than_a_second_or_two() -> None:
    dice = random.Random(7)
    words = ["".join(dice.choices("abcdefghij", k=dice.randint(2, 9))) for _ in range(3000)]
    lines = [" ".join(dice.choices(words, k=12)) + "\n\n" for _ in range(14_000)]
    old = "".join(lines)
    for _ in range(100):
        place = dice.randrange(len(lines))
        lines[place] = lines[place].replace(dice.choice("abcdef"), "X", 2)
    began = time.process_time()
    blocks = common(old, "".join(lines))
    assert time.process_time() - began < 4
    assert sum(block.length for block in blocks) > len(old) - 2_000


def test_a_text_whose_lines_were_joined_is_still_known() -> None:
    dice = random.Random(3)
    words = ["".join(dice.choices("abcdefghij", k=dice.randint(2, 9))) for _ in range(5000)]
    old = " ".join(word + ("\n" if number % 12 == 11 else "") for number, word in enumerate(words))
    new = old.replace("\n", "")
    assert sum(block.length for block in common(old, new)) >= len(new) - 100


def test_texts_that_have_nothing_to_do_with_each_other_take_no_time() -> None:
    dice = random.Random(5)
    one, other = ("".join(dice.choices(letters, k=300_000)) for letters in ("abcd \n", "efgh \n"))
    began = time.process_time()
    common(one, other)
    assert time.process_time() - began < 6
