"""The ways of relations on the page: never over letters, stems beside each other, names that stay readable."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from annotator.domain.relation import Relation
from annotator.gui.text.arrows import Edge, Margin, Route, Spot, Wanted, routes

MARGIN = Margin(84, 600)
FIRST = -25.5  # column - 34, as the viewport begins 8 px before the column
PITCH, TOP = 29, 40


def spot(line: int, x: float = 200, *, width: float = 80) -> Spot:
    """A span that begins on a line of text, at the column's start where `x` is 8."""
    y = TOP + line * PITCH
    return Spot(x, y, y + 11, x + width, x == 8)


def wanted(source: Spot | Edge, target: Spot | Edge, name: str = "said by", **values: Any) -> Wanted:
    return Wanted(Relation(f"{source}{target}{name}", "d", name, "a", "b", "kim", ""), source, target, name, **values)


def drawn(*every: Wanted, margin: Margin = MARGIN) -> list[Route]:
    return routes(every, margin, lambda text: 6.0 * len(text))


def points(route: Route) -> list[tuple[float, float]]:
    return [(point.x(), point.y()) for point in route.points]


def test_an_arrow_leaves_by_the_gap_above_its_line_and_enters_a_line_by_the_gap_above_that() -> None:
    (route,) = drawn(wanted(spot(5), spot(1, 300)))
    assert points(route) == [(200, 185), (FIRST, 185), (FIRST, 69), (299, 69)]
    assert route.heading == (1, 0)
    assert route.lines == ("said by",)
    assert route.box.center().y() == (185 + 69) / 2, "its name in the middle of the stem"
    assert route.box.right() == FIRST - 5


def test_what_nothing_stands_before_is_pointed_at_in_its_middle() -> None:
    (route,) = drawn(wanted(spot(5), spot(1, 8)))
    assert points(route)[-2:] == [(FIRST, 80), (4, 80)]


def test_several_stems_stand_six_px_apart_the_longer_further_out() -> None:
    ways = drawn(wanted(spot(0), spot(8)), wanted(spot(2), spot(4)), wanted(spot(1), spot(6)))
    assert [points(way)[1][0] for way in ways] == [FIRST - 12, FIRST, FIRST - 6]


def test_stems_that_do_not_reach_each_other_stand_one_below_the_other() -> None:
    ways = drawn(wanted(spot(0), spot(2)), wanted(spot(4), spot(6)))
    assert [points(way)[1][0] for way in ways] == [FIRST, FIRST]


def test_brackets_push_the_stems_outwards() -> None:
    (route,) = drawn(wanted(spot(0), spot(4)), margin=Margin(120, 600, brackets=3))
    assert points(route)[1][0] < 8 - 16 - 2 * 7, "left of the third bracket"


@pytest.mark.parametrize(
    ("source", "target", "way", "heading"),
    [
        (spot(2, 100), spot(2, 300), [(100, 98), (299, 98)], (1, 0)),
        (spot(2, 300), spot(2, 100), [(300, 98), (181, 98)], (-1, 0)),
        (spot(2, 150), spot(2, 100), [(150, 98), (100, 98), (100, 101)], (0, 1)),
    ],
)
def test_on_one_line_the_arrow_stays_above_it_and_its_name_is_led_to_in_the_margin(
    source: Spot, target: Spot, way: list[tuple[float, float]], heading: tuple[int, int]
) -> None:
    (route,) = drawn(wanted(source, target))
    assert (points(route), route.heading) == (way, heading)
    assert route.lead == (QPointF(min(x for x, _ in way), 98), QPointF(FIRST, 98))
    assert route.box.right() < FIRST


@pytest.mark.parametrize(("edge", "y", "heading"), [(Edge.ABOVE, 3, (0, -1)), (Edge.BELOW, 597, (0, 1))])
def test_an_end_out_of_sight_is_an_arrow_at_the_edge_with_its_first_words(
    edge: Edge, y: float, heading: tuple[int, int]
) -> None:
    (route,) = drawn(wanted(spot(4), edge, words="The Task Force"))
    assert points(route)[-1] == (FIRST, y)
    assert route.heading == heading
    assert (route.lines, route.named) == (("said by", "The Task", "Force"), 1)
    assert 0 <= route.box.top() < route.box.bottom() <= 600
    (back,) = drawn(wanted(edge, spot(4), words="The Task Force"))
    assert points(back)[0] == (FIRST, y)
    assert points(back)[-1][0] == 199, "the head is where it leads"


def test_what_has_both_ends_out_of_sight_is_not_drawn() -> None:
    assert drawn(wanted(Edge.ABOVE, Edge.BELOW)) == []


def test_names_of_several_stand_at_the_end_that_is_not_the_chosen_one() -> None:
    ways = drawn(wanted(spot(0), spot(4)), wanted(spot(6), spot(0), outwards=False))
    assert [round((way.box.center().y() - TOP) // PITCH) for way in ways] == [4, 6]


def test_a_long_name_is_broken_and_what_does_not_fit_ends_in_an_ellipsis() -> None:
    (route,) = drawn(wanted(spot(0), spot(4), "contradicts"))
    assert route.lines == ("contra-", "dicts")
    (route,) = drawn(wanted(spot(0), spot(4), "is one of the many reasons that speak against"))
    assert len(route.lines) == 3
    assert route.lines[-1].endswith("…")


def test_a_narrow_margin_has_no_names_but_still_the_arrows() -> None:
    (route,) = drawn(wanted(spot(0), spot(4)), margin=Margin(40, 600))
    assert (route.lines, len(route.points)) == ((), 4)


def test_a_way_is_pointed_at_on_its_name_and_on_its_stem() -> None:
    (route,) = drawn(wanted(spot(5), spot(1)))
    assert route.is_at(route.box.center())
    assert route.is_at(QPointF(FIRST + 2, 120))
    assert not route.is_at(QPointF(FIRST + 9, 120))


spots = st.builds(lambda line, x: spot(line, x), st.integers(0, 18), st.sampled_from([8, 60, 200, 420]))
ends = st.one_of(spots, st.sampled_from(Edge))


@given(st.lists(st.tuples(ends, ends, st.sampled_from(["said by", "contradicts", "a"]), st.booleans()), max_size=12))
def test_no_way_crosses_letters_and_no_name_another_name(
    every: list[tuple[Spot | Edge, Spot | Edge, str, bool]],
) -> None:
    ways = drawn(*(wanted(a, b, name, outwards=out) for a, b, name, out in every if a is not b))
    gaps = {TOP + line * PITCH for line in range(19)}
    for way in ways:
        for (x1, y1), (x2, y2) in zip(points(way), points(way)[1:], strict=False):
            assert x1 == x2 or y1 == y2, "along or down, never across"
            beside = max(x1, x2) <= 8
            assert beside or (y1 == y2 and y1 in gaps) or abs(y1 - y2) == 3
    boxes = [way.box for way in ways if way.lines]
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    assert all(box.right() <= FIRST and box.left() >= -MARGIN.width for box in boxes)
