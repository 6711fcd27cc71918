"""A value is stored as its kind writes it, or is refused with what would be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.attributes import checked
from annotator.domain.codebook import AttributeKind, AttributeType
from annotator.errors import BadArgument
from tests.unit.strategies import texts


def of(kind: AttributeKind, *options: str) -> AttributeType:
    return AttributeType("claim", "x", kind, options)


CHOICE = of(AttributeKind.CHOICE, "a", "b", "government body")
CHOICES = of(AttributeKind.CHOICES, "a", "b", "c")
NUMBER, TEXT, YES_NO = of(AttributeKind.NUMBER), of(AttributeKind.TEXT), of(AttributeKind.YES_NO)


@pytest.mark.parametrize("kind", [CHOICE, CHOICES, NUMBER, TEXT, YES_NO])
@pytest.mark.parametrize("nothing", [(), ("",), ("  ", "\t")])
def test_nothing_and_blanks_are_no_value(kind: AttributeType, nothing: tuple[str, ...]) -> None:
    assert checked(kind, nothing) == ()


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        (CHOICE, (" a ",), ("a",)),
        (CHOICE, ("a", "a"), ("a",)),
        (CHOICE, ("government body",), ("government body",)),
        (CHOICES, ("c", "a", "c"), ("a", "c")),
        (YES_NO, ("yes",), ("yes",)),
        (NUMBER, ("12",), ("12",)),
        (NUMBER, ("0,5",), ("0.5",)),
        (NUMBER, ("-1.50",), ("-1.50",)),
        (NUMBER, ("1e3",), ("1000",)),
        (NUMBER, ("٣",), ("3",)),
        (TEXT, (" two\nlines ",), ("two\nlines",)),
    ],
)
def test_a_value_is_stored_as_its_kind_writes_it(
    kind: AttributeType, given: tuple[str, ...], stored: tuple[str, ...]
) -> None:
    assert checked(kind, given) == stored


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        (CHOICE, ("A",), "is one of: a, b, government body; not “A”"),
        (CHOICE, ("a", "b"), "takes one value, not 2"),
        (CHOICES, ("a", "d"), "not “d”"),
        (YES_NO, ("Yes",), "is yes or no"),
        (NUMBER, ("twelve",), "is a number, such as 12 or 0.5"),
        (NUMBER, ("1,000,000",), "is a number"),
        (NUMBER, ("1,000.5",), "is a number"),
        (NUMBER, ("NaN",), "is a number"),
        (NUMBER, ("-inf",), "is a number"),
        (NUMBER, ("1" * 41,), "is a number"),
        (TEXT, ("x" * 10_001,), "10000 is the most"),
        (TEXT, ("\udcff",), "can't be stored"),
        (TEXT, ("a\0b",), "can't be stored"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(kind: AttributeType, given: tuple[str, ...], said: str) -> None:
    with pytest.raises(BadArgument) as error:
        checked(kind, given)
    assert said in str(error.value)


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9).map(str) | texts
)
def test_what_is_stored_is_stored_the_same_again(value: str) -> None:
    for kind in (NUMBER, TEXT):
        try:
            stored = checked(kind, [value])
        except BadArgument:
            continue
        assert checked(kind, stored) == stored


@given(st.from_regex(r"\s*[+-]?[0-9]{1,20}([.,][0-9]{1,9})?([eE][+-]?[0-9]{1,3})?\s*", fullmatch=True))
def test_a_number_stays_the_number_it_is(value: str) -> None:
    (stored,) = checked(NUMBER, [value])
    assert float(stored) == float(value.strip().replace(",", "."))
    assert checked(NUMBER, [stored]) == (stored,)
