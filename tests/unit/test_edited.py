"""Characters that a text field can't show survive when something else is edited."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.edited import edited

ODD = st.text(st.sampled_from("ab\n\u2028\u2029\u00a0👩é\x0b"), max_size=40)


def shown(text: str) -> str:
    """As Qt shows it."""
    return text.replace("\n", "\u2029")


@given(ODD)
def test_what_was_not_edited_is_the_stored_text(text: str) -> None:
    assert edited(text, shown(text), shown(text)) == text


@given(ODD, st.integers(0, 40), st.integers(0, 5), st.text("xyz👍\n", max_size=5))
def test_an_edit_is_taken_over_and_nothing_else(text: str, at: int, length: int, put: str) -> None:
    at = min(at, len(text))
    typed = shown(text)[:at] + shown(put) + shown(text)[at + length :]
    made, wanted = edited(text, shown(text), typed), text[:at] + put + text[at + length :]
    assert shown(made) == shown(wanted)
    assert made.count("\u2028") == wanted.count("\u2028")
    assert made.count("\u2029") <= text.count("\u2029")


def test_no_break_spaces_line_separators_and_emoji_stay() -> None:
    text = "one\u00a0two\u2028three 👩\u200d💻\u2029four\nfive"
    assert edited(text, shown(text), shown(text).replace("three", "3")) == text.replace("three", "3")


def test_return_and_shift_return_are_line_feeds() -> None:
    assert edited("ab", "ab", "a\u2029\u2028b") == "a\n\nb"
