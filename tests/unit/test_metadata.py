"""Metadata is one line a field, dates sort as they read, and what can't be is told in plain words."""

import pytest

from annotator.domain.metadata import LONGEST, checked, checked_pairs
from annotator.errors import BadArgument


@pytest.mark.parametrize(
    ("name", "given", "stored"),
    [
        ("title", "  A title\nin two  lines ", "A title in two lines"),
        ("outlet", " \t", None),
        ("author", None, None),
        ("published", "2011", "2011"),
        ("published", "2011-9", "2011-09"),
        ("published", "2012-2-29", "2012-02-29"),
        ("published", "0987-01-05", "0987-01-05"),
        ("language", "pt-BR", "pt-BR"),
        ("url", "https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("title", "No\u00a0break", "No break"),
    ],
)
def test_a_field_is_one_line_or_nothing(name: str, given: str | None, stored: str | None) -> None:
    assert checked(name, given) == stored


@pytest.mark.parametrize(
    "given", ["17.9.2011", "Sept 2011", "2011-13", "2011-02-30", "0000", "2011-09-17T10:00", "٢٠١١"]
)
def test_a_date_that_would_not_sort_is_refused_with_how_to_write_it(given: str) -> None:
    with pytest.raises(BadArgument, match="Write it as 2011-09-17, as 2011-09 or as 2011"):
        checked("published", given)


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("language", "English language", "no code of a language"),
        ("url", "see the page", "no address of a page"),
        ("title", "a\0b", "NUL"),
        ("title", "\ud83d", "half a character"),
        ("title", "x" * (LONGEST + 1), "2,001 characters; 2,000 is the most"),
        ("text", "x", "no field “text”"),
    ],
)
def test_what_can_not_stand_in_a_field_is_told(name: str, given: str, message: str) -> None:
    with pytest.raises(BadArgument, match=message):
        checked(name, given)


def test_further_fields_keep_their_order_and_lose_what_is_empty() -> None:
    assert checked_pairs({"page": "A 3", "section ": " Metro\n", "empty": "", "": " "}) == (
        ("page", "A 3"),
        ("section", "Metro"),
    )


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([("", "A 3")], "needs a name"),
        ([("page", "1"), ("Page", "2")], "two fields “Page”"),
        ([("Title", "x")], "every document has one"),
        ([(f"field {n}", "x") for n in range(201)], "201 further fields"),
    ],
)
def test_further_fields_that_can_not_be_are_told(pairs: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(BadArgument, match=message):
        checked_pairs(pairs)
