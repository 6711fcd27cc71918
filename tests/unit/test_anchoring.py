"""Spans keep their place when a text is corrected, or it is said that they have none: none is moved in silence."""

import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.anchoring import Anchored, Anchoring, How
from annotator.domain.span import Fragment, fragments_of, span_text

TEXTS = st.text(st.sampled_from("ab \n.👩é\u2028\u00a0"), min_size=1, max_size=60)
STRETCH = st.tuples(st.integers(0, 60), st.integers(1, 12))
WORDS = st.integers(0, 1000).map(
    lambda seed: random.Random(seed).sample([f"{a}{b}{c}👩é" for a in "abcdef" for b in "ghijk" for c in "lmno"], 80)
)
STORY = (
    "The task force met on Monday. Police chiefs said the programme had broken trust. "
    "Advocates called for its end.\n\nThe senator said no. The report will be read on Friday.\n"
)


def anchored(old: str, new: str, words: str, nth: int = 0) -> Anchored:
    start = -1
    for _ in range(nth + 1):
        start = old.index(words, start + 1)
    return Anchoring(old, new).place([Fragment(start, start + len(words))])


@given(TEXTS, TEXTS, st.lists(STRETCH, min_size=1, max_size=3))
@example("aaa", "aa", [(2, 1)])
def test_what_is_placed_is_told_truly(old: str, new: str, drawn: list[tuple[int, int]]) -> None:
    pairs = [(min(a, len(old) - 1), min(a + n, len(old))) for a, n in drawn]
    fragments = fragments_of([(a, max(a + 1, b)) for a, b in pairs], len(old))
    found = Anchoring(old, new).place(fragments)
    if found.how is How.UNPLACED:
        assert (found.fragments, found.text) == ((), "")
        return
    assert found.fragments == fragments_of([(f.start, f.end) for f in found.fragments], len(new))
    assert found.text == span_text(new, found.fragments)
    assert (found.text == span_text(old, fragments)) == (found.how is not How.CHANGED)
    assert (found.fragments == fragments and found.text == span_text(old, fragments)) == (found.how is How.UNCHANGED)


@given(
    WORDS, st.lists(st.tuples(st.integers(0, 500), st.integers(0, 30), st.text("xyz 👍\n", max_size=20)), max_size=4)
)
def test_a_span_in_a_stretch_that_was_not_touched_stays_on_exactly_its_characters(
    words: list[str], drawn: list[tuple[int, int, str]]
) -> None:
    old = " ".join(words)
    new, at, untouched = "", 0, []
    for place, length, put in sorted(drawn):
        start = max(at, min(place, len(old)))
        untouched.append((at, start, len(new) - at))
        new += old[at:start] + put
        at = min(start + length, len(old))
    untouched.append((at, len(old), len(new) - at))
    new += old[at:]
    anchoring = Anchoring(old, new)
    for start, end, shift in untouched:
        if end - start < 40:  # so short a stretch between corrections may need a person
            continue
        for a, b in ((start, end), (start, start + 1), (end - 1, end), (start + 10, end - 10)):
            assert anchoring.place([Fragment(a, b)]).fragments == (Fragment(a + shift, b + shift),)


@given(TEXTS)
def test_in_the_same_text_everything_is_unchanged(text: str) -> None:
    assert Anchoring(text, text).place([Fragment(0, len(text))]).how is How.UNCHANGED


def test_words_before_a_span_move_it() -> None:
    found = anchored(STORY, "Washington, 👩\u200d💻. " + STORY, "said no")
    assert found.how is How.MOVED
    assert found.fragments[0].start == STORY.index("said no") + len("Washington, 👩\u200d💻. ")


@pytest.mark.parametrize(
    ("before", "after", "span", "found"),
    [
        ("broken trust", "broken all trust", "had broken trust", "had broken all trust"),
        ("Advocates", "Advocats", "Advocates called", "Advocats called"),
        ("programme", "program", "the programme", "the program"),
        ("programme", "program", "programme", "program"),
        ("chiefs", "Chiefs", "chiefs said the", "Chiefs said the"),
        ("Police chiefs said", "â€œPolice chiefs said", "Police chiefs said", "Police chiefs said"),
    ],
)
def test_a_correction_inside_a_span_gives_it_the_new_words(before: str, after: str, span: str, found: str) -> None:
    new = STORY.replace(before, after)
    placed = anchored(STORY, new, span)
    assert (placed.how, placed.text) == (How.MOVED if span == found else How.CHANGED, found)


def test_repaired_mojibake_changes_the_words_and_nothing_else() -> None:
    old, new = "He said â€œnever againâ€\x9d to usâ€¦ all.", "He said “never again” to us… all."
    assert anchored(old, new, "â€œnever againâ€\x9d") == Anchored(How.CHANGED, (Fragment(8, 21),), "“never again”")
    assert anchored(old, new, "all").text == "all"


def test_a_span_that_begins_within_mojibake_keeps_its_words() -> None:
    old, new = "He said â€œnever againâ€\x9d to us.", "He said “never again” to us."
    assert anchored(old, new, "œnever again") == Anchored(How.CHANGED, (Fragment(9, 20),), "never again")
    assert anchored(old, new, "againâ").text == "again"


def test_a_mark_that_is_repaired_at_the_end_of_the_text_stays_in_its_span() -> None:
    old, new = "It is subject to different interpretationsâ€", "It is subject to different interpretations”"
    assert anchored(old, new, "subject to different interpretationsâ€").text == "subject to different interpretations”"


def test_words_that_are_gone_have_no_place() -> None:
    assert anchored(STORY, STORY.replace(" Advocates called for its end.", ""), "Advocates called for its end").how is (
        How.UNPLACED
    )


def test_words_in_the_place_of_others_are_not_taken_for_them() -> None:
    new = STORY.replace("Advocates called for its end", "Nobody could be reached by phone")
    assert anchored(STORY, new, "Advocates called for its end").how is How.UNPLACED
    assert anchored(STORY, STORY.replace("said no", "left early"), "said", 1).how is How.UNPLACED


def test_a_paragraph_that_went_elsewhere_is_found_by_its_words() -> None:
    first, second = STORY.split("\n\n")
    found = anchored(STORY, f"{second}\n{first}\n", "Police chiefs said the programme had broken trust")
    assert (found.how, found.text) == (How.MOVED, "Police chiefs said the programme had broken trust")


def test_the_same_words_elsewhere_are_not_mistaken_for_those_that_are_gone() -> None:
    new = STORY.replace("Police chiefs said the programme had broken trust. ", "")
    assert anchored(STORY, new, "said").how is How.UNPLACED
    assert anchored(STORY, new, "said", 1).how is How.MOVED


def test_of_paragraphs_that_repeat_each_keeps_its_own() -> None:
    old = "Sign up for news.\n\nFirst story here.\n\nSign up for news.\n\nSecond story there.\n\nSign up for news.\n"
    new = old.replace("First story here", "The first story is here, with more")
    for nth in range(3):
        found = anchored(old, new, "Sign up", nth)
        place = [number for number in range(len(new)) if new.startswith("Sign up", number)][nth]
        assert found.fragments == (Fragment(place, place + 7),)


def test_rewritten_words_are_found_where_most_of_them_stand() -> None:
    old = "One two. The council will vote on the new budget for schools next week. Three four."
    new = (
        "Much else came first. On Monday, said Lee, the council would vote on the new budget for all schools next week."
    )
    found = anchored(old, new, "The council will vote on the new budget for schools next week")
    assert found.how is How.CHANGED
    assert found.text.startswith("the council would vote on the new budget")


def test_all_fragments_have_their_place_or_the_span_has_none() -> None:
    pairs = [Fragment(4, 14), Fragment(STORY.index("said no"), STORY.index("said no") + 7)]
    new = STORY.replace("met on Monday", "met")
    assert Anchoring(STORY, new).place(pairs).text == "task force said no"
    assert Anchoring(STORY, new.replace("The senator said no.", "")).place(pairs).how is How.UNPLACED


def test_fragments_that_touch_by_now_are_one() -> None:
    old, new = "one two and three four", "one two three four"
    found = Anchoring(old, new).place([Fragment(0, 8), Fragment(12, 17)])
    assert (found.fragments, found.text) == ((Fragment(0, 13),), "one two three")


def test_ten_thousand_spans_in_a_megabyte_take_seconds() -> None:
    lines = [f"Line {n} says that {n * 7919 % 1000} people came to place {n * 31 % 97}.\n" for n in range(20_000)]
    old = "".join(lines)
    lines[::200] = ["Something else stands here now.\n"] * 100
    began = time.process_time()
    anchoring = Anchoring(old, "".join(lines))
    found = [anchoring.place([Fragment(at, at + 40)]).how for at in range(0, len(old) - 100, len(old) // 10_000)]
    assert time.process_time() - began < 10
    assert found.count(How.UNPLACED) < 300
