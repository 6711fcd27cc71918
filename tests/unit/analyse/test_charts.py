"""Charts without a widget: what is in them, how long their bars are, which colour a figure has."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from annotator.agreement.figure import Figure
from annotator.agreement.measures import GAMMA as SLOW
from annotator.agreement.measures import MEASURES as MEASURED
from annotator.domain.codebook import Codebook
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.document import State
from annotator.domain.review import GOLD
from annotator.gui.analyse import geometry
from annotator.gui.analyse.agreement import ALL, Key, caption, documents_grid, gold_grid, pairs_grid, short_names
from annotator.gui.analyse.chart_paint import heat_colour, ink_on
from annotator.gui.analyse.counts import TOTAL, label_grid, totals_of
from annotator.gui.analyse.explained import BY_ID, GAMMA, MEASURES
from annotator.gui.analyse.grid import Target, short_figure, shown
from annotator.gui.analyse.looked_at import LookedAt, Works
from annotator.gui.analyse.measuring import why_not
from annotator.gui.colour import contrast
from annotator.gui.theme import Theme
from annotator.project.measuring import Worked
from tests.formats.builders import document

F1 = BY_ID["f1-type"]


def worked(key, done=(), title="", **spans):
    """What everybody has done in a document: by annotator the number of claims and of quotes."""
    counts = {name: {"claim": numbers[0], "quote": numbers[1]} for name, numbers in spans.items()}
    states = dict.fromkeys(done, State.DONE)
    return Worked(document("A text.", id=key, title=title or key), states, counts, tuple(done), b"x" if done else b"")


def figure(value, annotators=("kim", "lee"), label=None, reason=None, low=None, high=None):
    return Figure("f1-type", label, annotators, value, reason, 5, 268, low, high)


def test_every_measure_is_explained_and_has_its_source() -> None:
    assert {measure.id for measure in MEASURES} == set(MEASURED)
    assert GAMMA == SLOW
    for measure in MEASURES:
        assert all((measure.formula, measure.good, measure.bad, measure.items))
        assert any(char.isdigit() for char in measure.source), f"{measure.id} names no year"
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)


def test_labels_are_counted_by_document_with_totals() -> None:
    documents = [worked("one", kim=(3, 1), lee=(2, 0)), worked("two", kim=(4, 0))]
    who = ["kim", "lee"]
    grid = label_grid(documents, ["claim", "quote", "actor"], who, totals_of(documents, who))
    assert [[cell.text for cell in cells] for cells in grid.cells] == [
        ["5", "1", "0"],
        ["4", "0", "0"],
        ["9", "1", "0"],
    ]
    assert [row.title for row in grid.rows] == ["one", "two", TOTAL]
    assert grid.largest == 5
    assert grid.table.rows[-1] == (TOTAL, 9, 1, 0, 10, "")
    assert grid.cells[0][0].target == Target(label="claim", document="one")
    assert grid.cells[0][0].spoken == "one, claim: 5 spans"
    assert totals_of(documents, ["kim"]).number == 8


def test_one_document_alone_has_no_totals() -> None:
    documents = [worked("one", kim=(3, 1))]
    grid = label_grid(documents, ["claim"], ["kim"], totals_of(documents, ["kim"]))
    assert [row.title for row in grid.rows] == ["one"]


def test_pairs_stand_above_the_mean_and_each_cell_leads_somewhere() -> None:
    people = ["Ana Ruiz", "Ben Okafor", "Cy Lund"]
    together = figure(0.675, tuple(people), low=0.59, high=0.76)
    figures: dict[Key, Figure] = {(ALL, None, tuple(people)): together}
    figures[ALL, None, ("Ana Ruiz", "Ben Okafor")] = figure(0.81)
    figures[ALL, "claim", ("Ana Ruiz", "Cy Lund")] = figure(None, reason="neither used “claim”")
    grid = pairs_grid(figures, people, ["claim"], F1)
    assert [row.title for row in grid.rows] == ["Ana, Ben", "Ana, Cy", "Ben, Cy", "Mean of pairs"]
    assert [cell.text for cell in (grid.cells[0][1], grid.cells[1][0], grid.cells[2][0])] == [".81", "n/a", "…"]
    assert (grid.cells[3][1].text, grid.cells[3][1].under) == (".68", ".59–.76")
    assert "neither used “claim”" in grid.cells[1][0].reason
    assert grid.cells[1][0].value is None
    assert grid.cells[0][1].target == Target(("Ana Ruiz", "Ben Okafor"), None)
    assert grid.cells[0][0].spoken.startswith("Ana Ruiz, Ben Okafor, claim")
    assert ("Ana Ruiz, Cy Lund", "claim", None, None, None, 5, 268, "neither used “claim”") in grid.table.rows


def test_two_annotators_have_one_row_with_its_interval() -> None:
    grid = pairs_grid({(ALL, None, ("kim", "lee")): figure(0.5, low=0.4, high=0.6)}, ["kim", "lee"], [], F1)
    assert [row.title for row in grid.rows] == ["kim, lee"]
    assert grid.cells[0][0].under == ".40–.60"


def test_gold_is_apart_and_only_there_where_it_was_measured() -> None:
    figures: dict[Key, Figure] = {(ALL, None, ("kim", GOLD)): figure(0.9, ("kim", GOLD))}
    assert gold_grid({}, ["kim", "lee"], ["claim"], F1, GOLD).empty
    grid = gold_grid(figures, ["kim"], [], F1, GOLD)
    assert grid.cells[0][0].target == Target(("kim",), None, against_gold=True)


def test_documents_have_a_row_each() -> None:
    figures: dict[Key, Figure] = {("one", None, ("kim", "lee")): figure(0.25)}
    grid = documents_grid(figures, [("one", "First"), ("two", "Second")], ["kim", "lee"], [], F1, [("one", None)])
    assert [row.title for row in grid.rows] == ["First", "Second"]
    assert [cells[0].text for cells in grid.cells] == [".25", "…"]
    assert list(grid.table.rows) == [("First", "all labels", 0.25, 268, None, "one")]
    assert grid.cells[0][0].target == Target(("kim", "lee"), None, "one")


def test_the_caption_says_what_the_figures_stand_on() -> None:
    said = caption(figure(0.5, low=0.4, high=0.6), ["kim", "lee"], F1)
    assert said == (
        "5 documents that both finished · 268 spans · interval 95 % over documents · gold is never measured here"
    )
    assert "two or more of them" in caption(figure(0.5), ["a", "b", "c"], F1)
    assert "all of them" in caption(figure(0.5), ["a", "b", "c"], BY_ID["alpha"])


def test_first_names_do_where_nobody_else_has_them() -> None:
    assert short_names(["Ana Ruiz", "Ana Lund", "Ben Okafor"]) == {
        "Ana Ruiz": "Ana Ruiz",
        "Ana Lund": "Ana Lund",
        "Ben Okafor": "Ben",
    }


def test_figures_are_worded_short_in_cells_and_in_full_in_tables() -> None:
    assert [short_figure(value) for value in (0.714, 1.0, 0.0, -0.004, -0.126)] == [".71", "1.00", ".00", ".00", "−.13"]
    assert [shown(value) for value in (0.7142, -0.5, 12345, None, "kim")] == ["0.714", "−0.500", "12,345", "", "kim"]


@given(st.floats(-1, 1))
def test_every_figure_can_be_read_on_its_colour(value: float) -> None:
    assert 0 <= geometry.heat_step(value) <= 4
    for name in ("light", "dark"):
        ground = heat_colour(Theme.load(name), value)
        assert contrast(ink_on(ground), ground) >= 4.5


def test_the_scale_is_in_fifths() -> None:
    assert [geometry.heat_step(value) for value in (-0.3, 0, 0.19, 0.2, 0.59, 0.6, 0.8, 1)] == [0, 0, 0, 1, 2, 3, 4, 4]


def test_ink_is_dark_on_light_and_light_on_dark() -> None:
    assert ink_on(QColor("#F1F3FC")).lightness() < 50 < ink_on(QColor("#24263A")).lightness()


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.floats(20, 2000))
def test_bars_are_in_proportion_and_nothing_is_nothing(count: int, largest: int, room: float) -> None:
    count = min(count, largest)
    length = geometry.bar_length(count, largest, room)
    assert 0 <= length <= round(room)
    assert (length == 0) == (count == 0)
    assert abs(length - count / largest * room) <= 2
    assert geometry.bar_length(largest, largest, room) == round(room)


@given(st.integers(1, 30), st.integers(200, 3000))
def test_columns_share_the_room_but_stay_readable(labels: int, room: int) -> None:
    grid = pairs_grid({}, ["kim", "lee"], [f"label {n}" for n in range(labels)], F1)
    widths = geometry.column_widths(grid, room)
    assert len(widths) == labels + 1
    assert min(widths) >= geometry.COLUMN_LEAST["heat"]
    assert sum(widths) <= room or min(widths) == geometry.COLUMN_LEAST["heat"]


def looked_at(*documents, **choices):
    placed = (replace(each, place=place) for place, each in enumerate(documents))
    return LookedAt(DEFAULT, Works(placed), **choices)


def test_only_those_who_share_a_finished_document_are_measured() -> None:
    seen = looked_at(worked("one", ("kim", "lee"), kim=(1, 0)), worked("two", ("max",), max=(1, 0)))
    assert seen.known == ["kim", "lee", "max"]
    assert seen.sharing == ["kim", "lee"]
    assert [each.document.id for each in seen.shared] == ["one"]
    assert looked_at(*seen.works, left_out=frozenset({"lee"})).sharing == []
    assert looked_at(*seen.works, document="two").sharing == []


def test_gold_is_counted_only_where_there_is_some() -> None:
    plain = looked_at(worked("one", kim=(1, 0)), gold=True)
    assert (plain.has_gold, plain.counted) == (False, ("kim",))
    decided = looked_at(worked("one", **{"kim": (1, 0), GOLD: (2, 0)}), gold=True)
    assert (decided.counted, decided.known) == ((GOLD,), ["kim"])


def test_a_document_that_is_gone_is_not_looked_at_any_more() -> None:
    seen = looked_at(worked("one", kim=(1, 0)), worked("two", ("kim",), kim=(2, 0)), document="two")
    seen.works.put([worked("one", ("lee",), lee=(5, 0))], ["two"])
    assert (list(seen.works.by_id), list(seen.works.finished)) == (["one"], ["one"])
    assert (seen.works.people, seen.spans) == (["lee"], 5)


def test_why_there_is_no_agreement_is_said_plainly() -> None:
    assert why_not(LookedAt(Codebook(())))[0] == "Nobody has worked here yet"
    assert why_not(looked_at(worked("one", kim=(1, 0))))[0] == "So far only kim has worked here"
    two = worked("one", ("kim",), kim=(1, 0), lee=(1, 0))
    assert why_not(looked_at(two))[0] == "No document was finished by two annotators"
    assert why_not(looked_at(two, left_out=frozenset({"lee"})))[0] == "Agreement is between two or more"
    assert why_not(looked_at(two, document="one"))[0] == "This document was not finished by two annotators"
