"""Positions survive the way to the display document and back, whatever the text holds."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import normalise
from annotator.gui.text.display import Display
from annotator.gui.text.offsets import Offsets

PLAIN = ["a", "word ", "\n", "\n\n", "x" * 30, "\t", "\r\n", "é", "e\u0301", "“quoted” ", "\u00a0", "中文字"]
ODD = [
    "😀",
    "👩\u200d👧",
    "🇩🇪",
    "\U0001e900",
    "مرحبا ",
    "שלום",
    "\u202eabc\u202c",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\ufffc",
]
PIECES = st.sampled_from([*PLAIN, *ODD])
TEXTS = st.lists(PIECES, max_size=60).map("".join).map(normalise)


def shown(text: str, size: int = 20, longest: int = 25) -> tuple[str, Offsets]:
    """The display text in small chunks, and the way back."""
    display = Display(text, size, longest)
    return "".join(display.parts()), display.offsets()


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_every_position_comes_back(text: str) -> None:
    _, offsets = shown(text)
    for position in range(len(text) + 1):
        assert offsets.to_stored(offsets.to_display(position)) == position
        assert offsets.to_stored(offsets.to_display(position, end=True)) == position


@given(TEXTS)
def test_display_positions_count_the_units_of_what_is_shown(text: str) -> None:
    display, offsets = shown(text)
    assert offsets.to_display(len(text)) == units(display)
    for position, char in enumerate(text):
        start = offsets.to_display(position)
        there = display.encode("utf-16-le")[2 * start :].decode("utf-16-le", "replace")[:1]
        assert there == char or char in "\n\u2029\ufeff\ufffc "


@given(TEXTS, st.integers(0, 400))
def test_positions_grow_together(text: str, display: int) -> None:
    _, offsets = shown(text)
    display = min(display, offsets.to_display(len(text)))
    stored = offsets.to_stored(display)
    assert 0 <= stored <= len(text)
    assert offsets.to_stored(max(0, display - 1)) <= stored


def test_a_position_inside_a_surrogate_pair_means_its_character() -> None:
    assert Offsets("a😀b").to_stored(2) == 1


def test_plain_text_needs_no_conversion() -> None:
    assert Offsets("plain text").identical
    assert Offsets("“naïve”").identical
    assert not Offsets("a😀").identical


def test_both_sides_of_an_inserted_break_are_one_place() -> None:
    offsets = Offsets("abcdef", inserted=[3])
    assert (offsets.to_display(3, end=True), offsets.to_display(3)) == (3, 4)
    assert offsets.to_stored(3) == offsets.to_stored(4) == 3
