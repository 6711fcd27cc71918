"""While nothing is asked for, the next page is laid out: a page of scrolling lays out nothing, either way."""

import random

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextBlock, QTextLayout
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.span import Fragment, Span
from annotator.gui.text.layout import SpanLayout
from annotator.gui.text.rows import Row
from annotator.gui.text.view import TextView

TEXT = "The panel spent ten weeks looking into the details of the programme, and said so in its report.\n" * 3_000


@pytest.fixture
def placed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the blocks whose rows were placed, as they are."""
    numbers: list[int] = []
    place = SpanLayout._place

    def placing(layout: SpanLayout, block: QTextBlock, lines: QTextLayout) -> list[Row]:
        numbers.append(block.blockNumber())
        return place(layout, block, lines)

    monkeypatch.setattr(SpanLayout, "_place", placing)
    return numbers


@pytest.fixture
def view(qtbot: QtBot, placed: list[int]) -> TextView:
    view = TextView()
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    view.show_document(TEXT)
    return view


def page(view: TextView, pages: int) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + pages * bar.pageStep())
    QCoreApplication.sendPostedEvents()  # paints


def rest() -> None:
    """Let all be done that waits, and what comes of it."""
    for _ in range(10):
        QTest.qWait(3)


def test_a_page_further_is_laid_out_before_it_is_asked_for(view: TextView, placed: list[int]) -> None:
    for _ in range(8):
        rest()
        placed.clear()
        page(view, 1)
        assert not placed


def test_so_is_a_page_back_once_one_goes_back(view: TextView, placed: list[int]) -> None:
    page(view, 60)
    page(view, -1)
    for _ in range(8):
        rest()
        placed.clear()
        page(view, -1)
        assert not placed


def test_what_is_in_sight_stays_where_it_is_meanwhile(view: TextView, placed: list[int]) -> None:
    page(view, 60)
    page(view, -1)
    before = view.first_position(), [place.top for place in view.places()]
    placed.clear()
    rest()
    assert placed
    assert (view.first_position(), [place.top for place in view.places()]) == before


def test_reading_ahead_ends_and_goes_no_further_than_a_page_or_two(view: TextView, placed: list[int]) -> None:
    rest()
    assert 1 <= max(number for number in placed if number < 100) <= 3  # for its bar Qt looks at the last ones
    placed.clear()
    rest()
    assert not placed


def test_another_document_is_shown_while_one_is_read_ahead(view: TextView) -> None:
    page(view, 60)
    view.show_document("Short.")
    rest()
    assert [place.row.end for place in view.places()] == [6]


def test_a_bracket_reaches_from_a_span_s_first_row_to_its_last(view: TextView) -> None:
    chance = random.Random(3)
    starts = [chance.randrange(9_000) for _ in range(40)]
    ends = [start + chance.choice((90, 300, 2_500)) for start in starts]
    placed = [(Fragment(start, end),) for start, end in zip(starts, ends, strict=True)]
    spans = [Span(str(k), "d", "claim", place, "", "me", "", "") for k, place in enumerate(placed)]
    view.add_spans(spans)
    for _ in range(4):
        rows = [(p.position + p.row.start, p.position + p.row.end, p) for p in view.places()]
        for bracket in view.brackets():
            first = [p for start, end, p in rows if start <= bracket.span.start < end]
            last = [p for start, end, p in rows if start < bracket.span.end <= end + 1]
            top = first[0].baseline + view.metrics().tint_top if first else -100
            bottom = last[0].baseline + view.metrics().px(9) if last else 10_000
            assert (bracket.top, bracket.closed_top) == (max(top, -8), top > -8)
            assert bracket.bottom == min(bottom, view.viewport().height() + 8)
        assert view.brackets()
        page(view, 1)


def test_a_resize_lays_out_what_is_in_sight_and_keeps_it_there(view: TextView, placed: list[int]) -> None:
    page(view, 60)
    rest()
    top, lines = view.first_position(), view.verticalScrollBar().maximum()
    for width in (700, 640, 760):
        placed.clear()
        view.resize(width, 700)
        QCoreApplication.sendPostedEvents()
        assert len(placed) == len(set(placed)) <= 6
    rest()
    row = view.places()[0] if view.places()[0].baseline > 0 else view.places()[1]
    assert row.position + row.row.start <= top < row.position + row.row.end
    assert 0.5 * lines < view.verticalScrollBar().maximum() < 2 * lines


def test_of_what_lies_far_behind_no_rows_are_kept_and_it_stands_as_before_when_one_comes_back(view: TextView) -> None:
    view.add_spans([Span("s", "d", "claim", (Fragment(40, 300),), "", "me", "", "")])
    bar, seen = view.verticalScrollBar(), []

    def standing() -> list[tuple[int, ...]]:
        return [(p.position + p.row.start, p.bottom - p.top, len(p.row.pieces)) for p in view.places()]

    for _ in range(130):
        seen.append((bar.value(), standing()))
        page(view, 1)
    layout = view._layout
    kept = [number for number, rows in layout._rows.items() if rows]
    assert len(layout._rows) > 60
    assert len(kept) < 45
    for value, stood in reversed(seen):
        bar.setValue(value)
        QCoreApplication.sendPostedEvents()
        assert standing() == stood
