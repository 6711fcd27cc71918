"""What is made in the quick way is what its own name makes."""

from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from annotator.domain.making import maker
from annotator.domain.span import Fragment, Span, new_fragment, new_span

AT = "2026-01-02T03:04:05.000Z"
PLAIN = ("s", "d", "claim", (Fragment(3, 8),), "words", "Noor", AT, AT, None, (), 1)


@dataclass(frozen=True, slots=True)
class Place:
    row: int
    column: int = 0


def test_a_span_made_quickly_is_a_span_like_any_other() -> None:
    made = new_span(*PLAIN)
    assert type(made) is Span
    assert (made, hash(made), repr(made)) == (Span(*PLAIN), hash(Span(*PLAIN)), repr(Span(*PLAIN)))
    assert replace(made, id="t") == Span("t", *PLAIN[1:])
    assert new_fragment(3, 8) == Fragment(3, 8) < new_fragment(3, 9)


def test_what_was_made_quickly_can_be_changed_no_more_than_any_other() -> None:
    with pytest.raises(FrozenInstanceError):
        new_span(*PLAIN).id = "t"  # type: ignore[misc]


def test_every_field_is_to_be_given() -> None:
    new_place = maker(Place)
    assert new_place(1, 2) == Place(1, 2)
    with pytest.raises(TypeError):
        new_place(1)
