"""The display text holds what the stored text holds, in chunks that Qt can lay out."""

import pytest
from hypothesis import given

from annotator.gui.text.display import Display

from .test_offsets import TEXTS, shown

ARABIC, HEBREW = "مرحبا بالعالم", "שלום"


def chunks(text: str, size: int = 2_000, longest: int = 4_000) -> list[str]:
    return shown(text, size, longest)[0].split("\n")


@given(TEXTS)
def test_no_chunk_is_too_long_and_nothing_is_lost(text: str) -> None:
    display = Display(text, 20, 25)
    whole = "".join(display.parts())
    parts = whole.split("\n")
    assert max(len(part) for part in parts) <= 25
    assert len(whole) >= len(text)
    assert len(display.chunks) == len(parts)
    kept = [char for char in text if char not in "\n\u2028\u2029 \ufeff\ufffc"]
    assert [char for char in whole if char not in "\n\u2028 \u2060\ufffd"] == kept


def test_paragraphs_share_a_chunk_of_about_two_thousand_characters() -> None:
    lines = chunks(("word " * 20 + "\n") * 1000)
    assert all(2_000 <= len(line) < 2_200 for line in lines[:-1])


def test_a_long_line_is_broken_at_a_blank() -> None:
    text = "lorem ipsum " * 2_000
    display, offsets = shown(text, 2_000, 4_000)
    assert offsets.identical
    assert len(display) == len(text)
    assert all(part.startswith(("lorem", "ipsum")) for part in display.split("\n") if part)


@pytest.mark.parametrize("letter", ["字", "x", "😀"])
def test_a_line_without_blanks_gets_breaks(letter: str) -> None:
    display, offsets = shown(letter * 10_000, 2_000, 4_000)
    assert [len(part) for part in display.split("\n")] == [4_000, 4_000, 2_000]
    assert offsets.to_display(4_000) > offsets.to_display(4_000, end=True)


def test_parts_make_one_text() -> None:
    text = ("word " * 50 + "\n") * 8_000
    assert shown(text, 2_000, 4_000)[0].replace("\u2028", "\n") == text
    assert max(len(part) for part in Display(text).parts()) < 510_000


def test_a_break_never_parts_a_letter_from_its_accent() -> None:
    assert all(not part.startswith("\u0301") for part in chunks("x" + "e\u0301" * 5_000))


def test_a_paragraph_of_the_other_direction_starts_a_chunk() -> None:
    assert chunks(f"English\n{ARABIC}\n{HEBREW}\nEnglish") == ["English", f"{ARABIC}\u2028{HEBREW}", "English"]


def test_a_paragraph_with_direction_controls_stands_alone() -> None:
    assert chunks("one\ntwo \u202eback\u202c\nthree\nfour") == ["one", "two \u202eback\u202c", "three\u2028four"]


def test_paragraphs_of_one_direction_stay_together() -> None:
    assert chunks(f"One {HEBREW} inside\n123\n\nTwo") == [f"One {HEBREW} inside\u2028123\u2028\u2028Two"]


def test_an_empty_text_is_one_empty_chunk() -> None:
    assert chunks("") == [""]
