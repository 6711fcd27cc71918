"""A span's fragments: sorted, joined where they touch, inside the document."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Fragment, Span, fragments_of, in_text_order, span_text, text_order
from annotator.errors import BadArgument

LENGTH = 40
stretches = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).map(
    lambda drawn: (drawn[0], min(drawn[0] + drawn[1], LENGTH))
)


def covered(pairs) -> set[int]:
    return {at for start, end in pairs for at in range(start, end)}


@given(st.lists(stretches, min_size=1, max_size=6))
def test_fragments_cover_what_was_asked_for_and_stand_apart_in_order(pairs: list[tuple[int, int]]) -> None:
    fragments = fragments_of(pairs, LENGTH)
    assert covered((f.start, f.end) for f in fragments) == covered(pairs)
    assert all(one.end < next_one.start for one, next_one in pairwise(fragments))


@given(st.lists(stretches, min_size=1, max_size=6))
def test_fragments_of_fragments_are_the_same(pairs: list[tuple[int, int]]) -> None:
    fragments = fragments_of(pairs, LENGTH)
    assert fragments_of([(f.start, f.end) for f in fragments], LENGTH) == fragments


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([(5, 5)], "must come after the start"),
        ([(9, 5)], "must come after the start"),
        ([(-1, 5)], "outside the document, which has 40 characters"),
        ([(0, 41)], "outside the document"),
        ([(50, 45)], "outside the document"),
        ([(0, 5), (2**70, 2**71)], "outside the document"),
        ([], "at least one"),
    ],
)
def test_a_stretch_that_is_none_is_refused_in_plain_words(pairs: list[tuple[int, int]], said: str) -> None:
    with pytest.raises(BadArgument, match=said):
        fragments_of(pairs, LENGTH)


def test_a_spans_text_is_its_fragments_joined_by_a_blank_counted_in_code_points() -> None:
    text = "👩\u200d💻 said “yes”, then e\u0301nd"
    fragments = fragments_of([(9, 14), (0, 3)], len(text))
    assert span_text(text, fragments) == "👩\u200d💻 “yes”"


def test_spans_are_ordered_by_start_then_longest_then_oldest() -> None:
    def span(name: str, start: int, end: int, created: str = "2026-01-01T00:00:00.000Z") -> Span:
        return Span(name, "d", "claim", (Fragment(start, end),), "", "kim", created, created)

    spans = [
        span("later", 3, 9, "2027-01-01T00:00:00.000Z"),
        span("short", 3, 5),
        span("long", 3, 9),
        span("first", 1, 2),
    ]
    assert [each.id for each in sorted(spans, key=text_order)] == ["first", "long", "later", "short"]


def test_a_spans_length_leaves_out_the_gaps() -> None:
    span = Span("s", "d", "claim", (Fragment(0, 3), Fragment(10, 14)), "", "kim", "", "")
    assert (span.start, span.end, span.length) == (0, 14, 7)


_PLACED = st.builds(
    lambda key, start, length, created: Span(
        key, "d", "claim", (Fragment(start, start + length),), "", "kim", created, created
    ),
    st.sampled_from("abc"),
    st.integers(0, 3),
    st.integers(1, 3),
    st.sampled_from(["2026", "2027"]),
)


@given(st.lists(_PLACED, max_size=5), st.booleans())
def test_spans_are_in_text_order_where_sorting_moves_none(spans: list[Span], ordered: bool) -> None:
    spans = sorted(spans, key=text_order) if ordered else spans
    assert in_text_order(spans) == ([*map(text_order, spans)] == sorted(map(text_order, spans)))
