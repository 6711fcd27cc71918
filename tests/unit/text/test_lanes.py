"""Spans on one line of text get lanes: shorter ones nearer to the text, none over another."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.text.lanes import LANES, OnLine, lane_count, pack


def extent(start: int, end: int, key: str = "", length: int | None = None) -> OnLine:
    return OnLine((end - start if length is None else length, start, "", key), start, end)


EXTENTS = st.lists(
    st.tuples(st.integers(0, 80), st.integers(1, 40)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=14
).map(lambda pairs: [extent(start, end, str(k)) for k, (start, end) in enumerate(pairs)])


@given(EXTENTS)
def test_no_two_spans_in_a_lane_overlap(extents: list[OnLine]) -> None:
    placed = [(lane, x) for lane, x in zip(pack(extents), extents, strict=True) if lane is not None]
    for i, (lane, one) in enumerate(placed):
        for other_lane, other in placed[:i]:
            assert lane != other_lane or one.end <= other.start or other.end <= one.start


@given(EXTENTS)
def test_a_nested_span_lies_nearer_to_the_text(extents: list[OnLine]) -> None:
    lanes = [-1 if lane is None else lane for lane in pack(extents, lanes=99)]
    for one, lane in zip(extents, lanes, strict=True):
        for other, other_lane in zip(extents, lanes, strict=True):
            if one.rank < other.rank and other.start <= one.start and one.end <= other.end:
                assert lane < other_lane


@given(EXTENTS)
def test_a_lane_is_left_only_when_those_nearer_to_the_text_are_taken(extents: list[OnLine]) -> None:
    lanes = pack(extents)
    for one, lane in zip(extents, lanes, strict=True):
        for nearer in range(LANES if lane is None else lane):
            others = (x for x, at in zip(extents, lanes, strict=True) if at == nearer)
            assert any(x.start < one.end and one.start < x.end for x in others)


def test_ties_go_by_start_then_by_age() -> None:
    older, newer, first = extent(2, 6, "older"), extent(2, 6, "other"), extent(1, 5, "z")
    assert pack([newer, older, first]) == [2, 1, 0]


def test_a_sixth_span_has_no_lane() -> None:
    assert pack([extent(0, n) for n in range(1, 8)]) == [0, 1, 2, 3, 4, None, None]


def test_room_is_made_for_the_lanes_that_are_used() -> None:
    assert lane_count([None, 0, 2]) == 3
    assert lane_count([]) == 0
