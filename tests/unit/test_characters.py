"""What a reader sees as one character is never cut in two."""

import pytest
from hypothesis import given
from PySide6.QtGui import QGuiApplication, QTextLayout

from annotator.domain.characters import cuts_character, next_character, previous_character
from tests.unit.strategies import places


@pytest.mark.parametrize(
    "character",
    [
        "e\u0301",
        "👍🏽",
        "👩\u200d💻",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "🇫🇷",
        "각",
        "\u1112\u1161\u11ab",
        "שָׁ",
        "नि",
        "🏴\U000e0067\U000e007f",
    ],
)
def test_a_visible_character_is_passed_in_one_step(character: str) -> None:
    text = f"a{character}b"
    assert next_character(text, 1) == len(text) - 1
    assert previous_character(text, len(text) - 1) == 1


def test_flags_in_a_row_are_passed_one_by_one() -> None:
    text = "x🇫🇷🇩🇪🇮🇹y"
    assert [at for at in range(1, len(text)) if not cuts_character(text, at)] == [1, 3, 5, 7]


@given(places())
def test_both_directions_stop_at_the_same_places_and_reach_the_ends(place: tuple[str, int]) -> None:
    text, _ = place
    forward, back = [0], [len(text)]
    while forward[-1] < len(text):
        forward.append(next_character(text, forward[-1]))
    while back[-1] > 0:
        back.append(previous_character(text, back[-1]))
    assert forward == back[::-1]


@given(places())
def test_where_a_character_ends_the_caret_can_stand(qapp: QGuiApplication, place: tuple[str, int]) -> None:
    text, at = place
    layout = QTextLayout(text)
    units = len(text[:at].encode("utf-16-le")) // 2
    assert not text or cuts_character(text, at) or layout.isValidCursorPosition(units)
