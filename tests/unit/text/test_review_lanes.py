"""What a lane of a review shows where several spans want one place, and which lane a span has."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Fragment, Span
from annotator.gui.review.lanes import AGREEING, DIFFERING, Laid, Lane, lay, seats_of, signs_of
from annotator.gui.review.lanes_rows import LaneMetrics, LanePiece, pieces, place_lanes
from annotator.gui.text.rows import Located, Row, Stretch, rows_of


def stretches(*pairs: tuple[int, int]) -> tuple[Stretch, ...]:
    """A span's fragments on one row, all of them there."""
    last = len(pairs) - 1
    return tuple(Stretch(start, end, True, True, k == 0, k == last) for k, (start, end) in enumerate(pairs))


def shown(laid: Laid) -> list[tuple[int, int]]:
    return [(stretch.start, stretch.end) for stretch in laid.shown]


def places(parts: list[tuple[int, int]]) -> set[int]:
    return {place for start, end in parts for place in range(start, end)}


@st.composite
def fragments(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """One to three stretches in order that neither touch nor overlap."""
    edges = sorted(draw(st.sets(st.integers(0, 40), min_size=2, max_size=6)))
    return tuple((edges[k], edges[k + 1]) for k in range(0, len(edges) - 1, 2))


SPANS = st.lists(fragments(), max_size=7)


@given(SPANS)
def test_every_place_that_has_a_span_shows_the_first_of_them_and_no_other(
    found: list[tuple[tuple[int, int], ...]],
) -> None:
    laid = lay([stretches(*pairs) for pairs in found])
    taken: set[int] = set()
    for pairs, each in zip(found, laid, strict=True):
        here = places(list(pairs))
        assert places(shown(each)) == here - taken
        taken |= here


@given(SPANS)
def test_a_place_with_several_spans_lies_under_exactly_one_dot_s_span_and_one_with_a_single_span_under_none(
    found: list[tuple[tuple[int, int], ...]],
) -> None:
    laid = lay([stretches(*pairs) for pairs in found])
    count = {place: sum(place in places(list(pairs)) for pairs in found) for place in range(41)}
    dots = [dot for each in laid for dot in each.dots]
    for start, end in dots:
        assert all(count[place] > 1 for place in range(start, end))
    for k, dot in enumerate(dots):
        assert all(not places([dot]) & places([other]) for other in dots[:k])
    regions, place = [], 0
    while place < 41:
        end = place
        while end < 41 and count[end] > 1:
            end += 1
        if end > place:
            regions.append((place, end))
        place = end + 1
    for region in regions:
        assert any(places([dot]) <= places([region]) for dot in dots), "more, and nothing says so"


@given(SPANS)
def test_only_real_ends_have_ticks(found: list[tuple[tuple[int, int], ...]]) -> None:
    for pairs, each in zip(found, lay([stretches(*pairs) for pairs in found]), strict=True):
        starts, ends = {start for start, _ in pairs}, {end for _, end in pairs}
        assert all(stretch.starts == (stretch.start in starts) for stretch in each.shown)
        assert all(stretch.ends == (stretch.end in ends) for stretch in each.shown)


@given(SPANS)
def test_a_tie_runs_where_nothing_else_is(found: list[tuple[tuple[int, int], ...]]) -> None:
    everything = places([pair for pairs in found for pair in pairs])
    for pairs, each in zip(found, lay([stretches(*pairs) for pairs in found]), strict=True):
        gap = set(range(pairs[0][0], pairs[-1][1])) - places(list(pairs))
        assert places(list(each.ties)) == gap - everything


def test_a_short_span_cuts_the_long_one_that_it_lies_in_which_has_a_dot_there() -> None:
    inner, outer = lay([stretches((10, 20)), stretches((0, 40))])
    assert shown(outer) == [(0, 10), (20, 40)]
    assert outer.dots == ((10, 20),)
    assert (shown(inner), inner.dots) == ([(10, 20)], ())


# Which lane


def span(annotator: str, start: int, end: int, label: str = "claim", key: str = "") -> Span:
    name = f"{annotator}:{label}:{start}-{end}{key}"
    return Span(name, "d", label, (Fragment(start, end),), "", annotator, "", "")


MARKED = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 3), st.sampled_from(["claim", "actor"])), max_size=4, unique=True
)


def lanes_of(marked: list[list[tuple[int, int, str]]]) -> list[Lane]:
    made = []
    for k, places_ in enumerate(marked):
        name = f"Person {k}"
        found = tuple(span(name, start, start + length, label) for start, length, label in places_)
        made.append(Lane(name[-1], name, found))
    return made


@given(st.lists(MARKED, max_size=4))
def test_up_to_four_annotators_have_a_lane_each_in_the_order_given(marked: list[list[tuple[int, int, str]]]) -> None:
    lanes = lanes_of(marked)
    seats = seats_of(lanes)
    for number, lane in enumerate(lanes):
        assert all(
            (seats[x.id].lane, seats[x.id].name, seats[x.id].doubled) == (number, lane.name, False) for x in lane.spans
        )
    assert signs_of(lanes) == tuple((lane.sign, lane.name) for lane in lanes)


@given(st.lists(MARKED, min_size=5, max_size=7))
def test_of_more_than_four_a_span_agrees_when_more_than_half_have_one_like_it(
    marked: list[list[tuple[int, int, str]]],
) -> None:
    lanes = lanes_of(marked)
    seats = seats_of(lanes)
    assert len(signs_of(lanes)) == 2
    leaders: dict[tuple[object, ...], int] = {}
    for lane in lanes:
        for each in lane.spans:
            alike = [
                x for other in lanes for x in other.spans if (x.label, x.fragments) == (each.label, each.fragments)
            ]
            assert seats[each.id].lane == (AGREEING if 2 * len(alike) > len(lanes) else DIFFERING)
            leaders.setdefault((each.label, each.fragments), 0)
            leaders[each.label, each.fragments] += not seats[each.id].doubled
    assert set(leaders.values()) <= {1}, "those alike are drawn once"


def test_whoever_marks_a_place_twice_counts_once() -> None:
    twice = Lane("A", "Ana", (span("Ana", 0, 5), span("Ana", 0, 5, key="again"), span("Ana", 0, 5, key="and again")))
    lanes = [twice, *(Lane(name[0], name, ()) for name in ("Ben", "Cleo", "Dan", "Eva"))]
    assert {seat.lane for seat in seats_of(lanes).values()} == {DIFFERING}


def test_three_of_six_are_not_more_than_half() -> None:
    lanes = [Lane(str(k), f"Person {k}", (span(f"Person {k}", 0, 5),) if k < 3 else ()) for k in range(6)]
    assert {seat.lane for seat in seats_of(lanes).values()} == {DIFFERING}
    assert {seat.lane for seat in seats_of(lanes[:5]).values()} == {AGREEING}


# On the rows

TEXT = "one two three four\u2028five six seven\u2028\u2028eight nine"
LINES = [(0, 8), (8, 11), (19, 15), (34, 1), (35, 10)]
"""The first paragraph has two rows."""


def located(each: Span) -> Located:
    return Located(each, tuple((f.start, f.end) for f in each.fragments))


def placed(lanes: list[Lane], first: frozenset[str] = frozenset()) -> tuple[list[Row], set[int]]:
    rows = rows_of(TEXT, LINES)
    found = [located(each) for lane in lanes for each in lane.spans]
    return rows, place_lanes(rows, found, seats_of(lanes), first)


def seen(row: Row, lane: int) -> list[tuple[str, int, int]]:
    return sorted(
        (piece.span.label, part.start, part.end)
        for piece in pieces(row)
        if piece.lane == lane
        for part in piece.laid.shown
    )


def test_a_paragraph_opens_with_all_its_rows_and_no_other_does() -> None:
    _, opened = placed([Lane("J", "Jonas", (span("Jonas", 9, 12),)), Lane("N", "Noor", ())])
    assert opened == {0, 1}


def test_a_span_that_has_no_seat_still_opens_its_paragraph() -> None:
    rows = rows_of(TEXT, LINES)
    assert place_lanes(rows, [located(span("gold", 36, 40))], {}, ()) == {4}
    assert rows[4].pieces == ()


def test_the_item_s_span_comes_before_a_shorter_one_of_the_same_annotator() -> None:
    long, short = span("Jonas", 0, 18), span("Jonas", 4, 7, "actor")
    lanes = [Lane("J", "Jonas", (long, short))]
    assert seen(placed(lanes)[0][0], 0) == [("actor", 4, 7), ("claim", 0, 4)]
    rows, _ = placed(lanes, frozenset([long.id]))
    assert seen(rows[0], 0) == [("claim", 0, 7)]
    (dot,) = [piece.laid.dots for piece in pieces(rows[0]) if piece.span == short]
    assert dot == ((4, 7),)


def test_all_spans_are_on_the_row_shortest_first_also_those_that_are_not_drawn() -> None:
    lanes = [Lane(str(k), f"Person {k}", (span(f"Person {k}", 0, 5 - k),)) for k in range(3)]
    rows, _ = placed(lanes)
    assert [(piece.span.annotator, isinstance(piece, LanePiece)) for piece in rows[0].pieces] == [
        ("Person 2", True),
        ("Person 1", True),
        ("Person 0", True),
    ]


def test_lanes_never_reach_into_the_next_line_s_gold() -> None:
    for size in (12, 18, 23, 36):
        for lanes in (1, 2, 3, 4):
            metrics = LaneMetrics(size, lanes)
            last = metrics.line_at(lanes - 1)[0] + metrics.line + 1  # a thick line has one px more
            gold_of_the_next = metrics.height(1) + metrics.line_at(4)[0]
            assert last < gold_of_the_next, (size, lanes)
    assert (LaneMetrics(18, 3).height(1), LaneMetrics(18, 3).height(0)) == (52, 29)
