"""Fragments are cut at the ends of lines, and lines stand where their lanes leave room."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Fragment, Span
from annotator.gui.text.metrics import Metrics, margins
from annotator.gui.text.rows import Located, Row, place_rows, place_spans, put_in_place, rows_of, shares_place

TEXT = "one two three \u2028\u2028four five"
LINES = [(0, 8), (8, 7), (15, 1), (16, 9)]


def span(key: str, *pairs: tuple[int, int]) -> Located:
    fragments = tuple(Fragment(*pair) for pair in pairs)
    return Located(Span(key, "d", "claim", fragments, "", "me", "", ""), pairs)


def rows(*spans: Located) -> list[Row]:
    made = rows_of(TEXT, LINES)
    place_spans(made, spans)
    return made


def pieces(row: Row) -> list[tuple[int, int, bool, bool]]:
    return [(s.start, s.end, s.starts, s.ends) for piece in row.pieces for s in piece.stretches]


def test_blanks_at_a_line_end_are_left_out() -> None:
    first, second, blank, last = rows(span("a", (0, 20)))
    assert pieces(first) == [(0, 7, True, False)]
    assert pieces(second) == [(8, 13, False, False)]
    assert pieces(blank) == []
    assert pieces(last) == [(16, 20, False, True)]


def test_a_span_begins_on_one_row() -> None:
    assert [len(row.begins) for row in rows(span("a", (4, 20)), span("b", (8, 13)))] == [1, 1, 0, 0]


def test_a_span_from_another_block_reaches_in_and_out() -> None:
    first, *_, last = rows(span("a", (-50, 900)))
    assert pieces(first) == [(0, 7, False, False)]
    assert pieces(last) == [(16, 25, False, False)]
    assert not first.begins


def test_only_the_outer_ends_of_fragments_open_and_close_the_span() -> None:
    first = rows(span("a", (0, 3), (4, 7)))[0]
    ((one, two),) = [piece.stretches for piece in first.pieces]
    assert (one.opens, one.closes, two.opens, two.closes) == (True, False, False, True)
    assert one.ends
    assert two.starts


def test_a_blank_line_is_half_as_high_and_a_third_lane_makes_room_below_its_line_only() -> None:
    made = rows(span("a", (0, 7)), span("b", (0, 3)), span("c", (0, 5)))
    place_rows(made, Metrics(18), [17.0] * 4, 0)
    assert [row.bottom - row.top for row in made] == [33, 29, 14, 29]


def test_astral_letters_count_twice() -> None:
    (row,) = rows_of("a😀 ", [(0, 4)])
    assert row.shown == 3


def test_the_column_with_its_margins_is_centred_and_gets_narrow_in_time() -> None:
    wide, usual, narrow = margins(1472, 612), margins(872, 612), margins(700, 612)
    assert (wide.outer, wide.column, wide.names) == (300, 612, True)
    assert (usual.outer, usual.left, usual.right) == (0, 92, 168)
    assert (narrow.left, narrow.column, narrow.right, narrow.names) == (48, 580, 72, False)


@given(st.lists(st.tuples(st.integers(-9, 24), st.integers(1, 12)), min_size=1, max_size=12), st.data())
def test_a_span_in_the_place_of_its_former_self_stands_where_placing_it_anew_puts_it(
    places: list[tuple[int, int]], data: st.DataObject
) -> None:
    spans = [span(str(number), (start, start + length)) for number, (start, length) in enumerate(places)]
    chosen = data.draw(st.sampled_from(spans))
    new = Located(replace(chosen.span, label="quote", created=data.draw(st.sampled_from(["", "1"]))), chosen.fragments)
    made = rows(*spans)
    if new.span.created == chosen.span.created or not any(shares_place(row, new.span) for row in made):
        for row in made:
            put_in_place(row, new.span)
        assert made == rows(*(new if each is chosen else each for each in spans))
