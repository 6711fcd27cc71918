"""Analyse where there are very many documents: charts make the rows in sight, reading says how far it is, and stops."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from annotator.domain.document import State
from annotator.gui.analyse import mode as analyse_mode
from annotator.gui.analyse.counts import Totals, label_grid, totals_of
from annotator.gui.analyse.grid import Cell, Column, Grid, Lazy, Row, Table
from annotator.gui.analyse.looked_at import Works
from annotator.gui.analyse.panel import ChartPanel
from annotator.gui.theme import Theme
from annotator.gui.widgets.choice_model import ChoiceModel, offer_many
from annotator.project import measuring
from annotator.project.measuring import Worked
from tests.formats.builders import document
from tests.gui import test_analyse
from tests.gui.conftest import Desk, Run
from tests.gui.test_analyse import analyse, settle

pair = test_analyse.pair
NUMBER = 100_000


def large_grid(made: list[int], version: int = 0) -> Grid:
    """A chart with a row for each of very many documents, which says which rows were made."""

    def cells(row: int) -> tuple[Cell, ...]:
        made.append(row)
        return (Cell(f"{row + version}", f"{row}", float(row % 7)),)

    def line(row: int) -> tuple[str, int]:
        made.append(row)
        return f"Document {row}", row

    rows = Lazy(NUMBER, lambda row: Row(f"Document {row}"), "documents")
    table = Table(("Document", "claim"), Lazy(NUMBER, line, version))
    return Grid("bars", (Column("claim"),), rows, Lazy(NUMBER, cells, version), table, 7.0)


def test_a_chart_of_very_many_documents_makes_the_rows_in_sight(qtbot: QtBot) -> None:
    made: list[int] = []
    panel = ChartPanel("labels", "Labels by document", Theme.load("light"))
    qtbot.addWidget(panel)
    panel.resize(QSize(600, 500))
    panel.set_grid(large_grid(made))
    panel.show()
    panel.grab()
    assert 0 < len(set(made)) < 100
    panel.chart.verticalScrollBar().setValue(panel.chart.verticalScrollBar().maximum())
    panel.grab()
    assert NUMBER - 1 in made
    assert len(set(made)) < 200
    panel.show_table(True)
    panel.grab()
    assert len(set(made)) < 400


def test_a_chart_stays_where_it_was_scrolled_when_only_its_figures_change(qtbot: QtBot) -> None:
    panel = ChartPanel("labels", "Labels by document", Theme.load("light"))
    qtbot.addWidget(panel)
    panel.resize(QSize(600, 500))
    panel.set_grid(large_grid([]))
    panel.show()
    panel.chart.verticalScrollBar().setValue(1_000)
    panel.set_grid(large_grid([], version=1))
    assert panel.chart.verticalScrollBar().value() == 1_000
    assert panel.chart.model().index(0, 0).data() == "1"


def test_of_very_many_choices_those_in_sight_are_asked_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    data = ChoiceModel.data

    def noted(self: ChoiceModel, at: QModelIndex, role: int = 0) -> object:
        asked.append(at.row())
        return data(self, at, role)

    monkeypatch.setattr(ChoiceModel, "data", noted)
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    qtbot.addWidget(box)
    model = ChoiceModel(box)
    offer_many(box, model)
    entries: list[tuple[str, object]] = [("All", ""), *((f"Document {row}", f"d{row}") for row in range(NUMBER))]
    assert not model.offer(entries)
    box.show()
    box.setCurrentIndex(model.row_of("d50000"))
    box.showPopup()
    box.grab()
    box.hidePopup()
    assert box.currentText() == "Document 50000"
    assert len(set(asked)) < 200
    assert model.offer([*entries, ("One more", "d")])
    assert box.currentText() == "Document 50000"


def test_documents_are_counted_some_at_a_time() -> None:
    works = [
        Worked(document("A text.", id=f"d{n}", title=f"{n}"), {}, {"kim": {"claim": n % 3}}, ()) for n in range(1_000)
    ]
    totals = Totals()
    assert sum(1 for _ in totals.count(works, ["kim"])) > 3
    assert (totals.number, totals.largest) == (totals_of(works, ["kim"]).number, 2) == (999, 2)


def test_charts_of_the_same_documents_and_counts_are_the_same() -> None:
    works = Works([Worked(document("A text.", id="one"), {}, {"kim": {"claim": 1}}, ())])
    documents, totals = list(works), totals_of(works, ["kim"])
    one, other = (label_grid(documents, ["claim"], ["kim"], totals, works.listing) for _ in range(2))
    assert one == other
    works.put([Worked(documents[0].document, {"kim": State.DONE}, {"kim": {"claim": 2}}, ("kim",))])
    later = label_grid(list(works), ["claim"], ["kim"], totals_of(works, ["kim"]), works.listing)
    assert (later.rows == one.rows, later.cells == one.cells) == (True, False)


def test_reading_says_how_far_it_is_and_stops(run: Run, pair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "_STEP_S", -1)  # a document a step
    monkeypatch.setattr(analyse_mode, "_PATIENCE_S", 0)
    monkeypatch.setattr(analyse_mode, "_SAY_EACH_S", 0)

    def script(desk: Desk) -> None:
        said: list[tuple[str, str]] = []
        mode = desk.window.modes.built("Analyse")
        assert isinstance(mode, analyse_mode.AnalyseMode)
        empty = mode.empty

        def press(read: int, of: int) -> None:
            if of and read == 2:
                said.append((empty.heading.text(), empty.text.text()))
                QTest.keyClick(mode, Qt.Key.Key_Escape)

        stopping = mode.wiring.progress.connect(press)
        desk.window.modes.enter("Analyse")
        desk.wait(lambda: empty.heading.text() == "Reading was stopped", "reading to stop")
        assert said == [("Reading the project", "2 of 5 documents are read.")]
        assert not mode.side.export.isEnabled()
        mode.wiring.progress.disconnect(stopping)
        empty.button.click()
        settle(desk, mode)
        assert mode.shows_figures()
        assert mode.board.labels.subtitle.text().endswith("2 annotators")
        assert mode.side._reading.isHidden()

    run(script, pair)


def test_figures_that_are_there_stay_while_they_are_read_again(
    run: Run, pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "_STEP_S", -1)
    monkeypatch.setattr(analyse_mode, "_PATIENCE_S", 0)
    monkeypatch.setattr(analyse_mode, "_SAY_EACH_S", 0)

    def script(desk: Desk) -> None:
        mode, said = analyse(desk), list[str]()
        mode.wiring.progress.connect(lambda *_: said.append(mode.side._said.text()))
        mode.wiring._stale = None
        mode.wiring.read()
        settle(desk, mode)
        assert "3 of 5 documents are read" in said
        assert said[-1] == ""
        assert mode.shows_figures()

    run(script, pair)


def test_what_is_to_be_measured_goes_to_its_process_bit_by_bit(
    run: Run, pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "_AT_ONCE", 1)  # a document a piece

    def script(desk: Desk) -> None:
        mode = analyse(desk)
        assert [cell.text for cell in mode.board.pairs.grid.cells[0]][-1] == ".57"

    run(script, pair)
