"""Analyse: charts that are walked by key, opened, turned into tables and saved; figures that come by themselves."""

import csv
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QMenu

import annotator
from annotator.domain.document import State
from annotator.domain.review import GOLD
from annotator.gui.analyse.chart import Chart
from annotator.gui.analyse.export_dialog import FiguresDialog
from annotator.gui.analyse.mode import AnalyseMode
from annotator.gui.analyse.panel import ChartPanel
from annotator.gui.analyse.side import AGREEMENT, ANNOTATORS, LABELS
from annotator.gui.analyse.side import GOLD as FROM_GOLD
from annotator.gui.review.mode import ReviewMode
from annotator.project import measuring
from tests.gui.conftest import Desk, Run

CONTROL = Qt.KeyboardModifier.ControlModifier
Tags = list[tuple[str, str]]
ANA: Tags = [("claim", "trapping people"), ("actor", "Secure Communities"), ("actor", "task force"), ("quote", "the")]
BEN: Tags = [("claim", "trapping people"), ("actor", "Secure Communities"), ("quote", "task force")]


def worked(path: Path, *people: tuple[str, Tags], done: bool = True) -> str:
    """Let people tag words of the first document (its first, where it has none such) and finish it; return its id."""
    for name, tags in people:
        with annotator.open(path, name) as project:
            document = next(iter(project.documents))
            text = project.documents.text(document.id)
            for label, words in tags:
                start = max(0, text.find(words))
                project.tag(document.id, label, start, start + len(words))
            if done:
                project.set_state(document.id, State.DONE)
    return document.id


@pytest.fixture
def pair(study: Path) -> Path:
    worked(study, ("Ana Ruiz", ANA), ("Ben Okafor", BEN))
    return study


def analyse(desk: Desk) -> AnalyseMode:
    """Go there by key, and wait for the figures."""
    desk.key(Qt.Key.Key_3, CONTROL)
    mode = desk.window.modes.shown_mode()
    assert isinstance(mode, AnalyseMode)
    settle(desk, mode)
    return mode


def settle(desk: Desk, mode: AnalyseMode) -> None:
    desk.wait(lambda: mode.wiring.settled(), "what is read and measured")


def measures(mode: AnalyseMode) -> bool:
    """Whether a process is at work."""
    return mode.wiring.measuring.measurer.busy


def texts(panel: ChartPanel) -> list[list[str]]:
    return [[cell.text for cell in cells] for cells in panel.grid.cells]


def walk_to(chart: Chart, row: int, column: int) -> None:
    """Go to a cell with the arrow keys."""
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Home, CONTROL)
    for _ in range(row):
        QTest.keyClick(chart, Qt.Key.Key_Down)
    for _ in range(column):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert (chart.currentIndex().row(), chart.currentIndex().column()) == (row, column)


def menu_entry(panel: ChartPanel, text: str) -> Callable[[], None]:
    panel.ask_menu(QPoint(0, 0))
    menu = panel.findChildren(QMenu)[-1]
    (action,) = [each for each in menu.actions() if each.text().startswith(text)]
    return action.trigger


def test_counts_and_agreement_come_by_themselves_and_follow_what_is_chosen(run: Run, pair: Path) -> None:
    def script(desk: Desk) -> None:
        mode = analyse(desk)
        board, side = mode.board, mode.side
        assert [cells[0] for cells in texts(board.labels)] == ["2", "0", "0", "0", "0", "2"]
        assert board.labels.subtitle.text() == "7 spans, 2 annotators"
        assert texts(board.pairs) == [["1.00", ".00", ".67", "n/a", ".57"]]
        assert board.pairs.caption.text() == (
            "1 document that both finished · 7 spans · gold is never measured here"
        ), "one document has no interval"
        assert "policy recommendation" in board.pairs.grid.cells[0][3].reason
        assert desk.window.foot.document.text().startswith("Figures of ")
        side.boxes["Ben Okafor"].click()
        settle(desk, mode)
        assert board.labels.subtitle.text() == "4 spans, Ana Ruiz"
        assert board.pairs.nothing.heading.text() == "Agreement is between two or more"
        side.boxes["Ben Okafor"].click()
        board.measure.box.setCurrentIndex(board.measure.box.findData("u-alpha-given"))
        board.measure.chosen.emit("u-alpha-given")
        settle(desk, mode)
        assert texts(board.pairs)[0][0] == "1.00"
        side.documents.setCurrentIndex(2)
        side.documents.activated.emit(2)
        settle(desk, mode)
        assert texts(board.labels) == [["0", "0", "0", "0"]]
        assert board.pairs.nothing.heading.text() == "This document was not finished by two annotators"

    run(script, pair)


def test_a_cell_is_entered_by_key_and_leads_to_what_is_behind_it(run: Run, pair: Path) -> None:
    def script(desk: Desk) -> None:
        mode = analyse(desk)
        board = mode.board
        mode.side.sections[AGREEMENT].click()
        walk_to(board.pairs.chart, 0, 2)
        QTest.keyClick(board.pairs.chart, Qt.Key.Key_Return)
        settle(desk, mode)
        assert board.behind.title.text() == "Ana Ruiz, Ben Okafor · actor"
        assert [row.words for row in board.behind.rows] == ["task force"]
        assert board.behind.rows[0].said.startswith("label")
        assert not any(name in row.spoken for row in board.behind.rows for name in ("Ana", "Ben")), "names stay blind"
        assert board.pairs.chart.opened_place == (0, 2)
        desk.trigger("next_pane")
        while QApplication.focusWidget() is not board.behind.list:
            desk.trigger("next_pane")
        QTest.keyClick(board.behind.list, Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is board.pairs.chart
        mode.side.sections[LABELS].click()
        walk_to(board.labels.chart, 0, 2)
        QTest.keyClick(board.labels.chart, Qt.Key.Key_Return)
        settle(desk, mode)
        assert len(board.behind.rows) == 3
        board.behind.list.setCurrentIndex(board.behind.list.model().index(0, 0))
        desk.press("Show in the text")
        assert desk.window.modes.current == "Annotate"
        mode = analyse(desk)
        mode.side.sections[AGREEMENT].click()
        walk_to(board.pairs.chart, 0, 2)
        QTest.keyClick(board.pairs.chart, Qt.Key.Key_Return)
        settle(desk, mode)
        board.behind.take_focus()
        QTest.keyClick(board.behind.list, Qt.Key.Key_Return)
        assert desk.window.modes.current == "Review"
        review = desk.window.modes.shown_mode()
        assert isinstance(review, ReviewMode)
        desk.wait(lambda: review.showing.item is not None, "the item that was asked for")
        assert review.showing.item is not None
        assert {span.text for span in review.showing.item.spans} == {"task force"}

    run(script, pair)


def test_others_spans_are_not_listed_before_ones_own_work_is_done(run: Run, study: Path) -> None:
    document = worked(study, ("Ana Ruiz", ANA))
    me = annotator.open(study).annotator
    with annotator.open(study, me) as project:
        project.tag(document, "actor", 0, 4)

    def script(desk: Desk) -> None:
        mode = analyse(desk)
        assert texts(mode.board.labels)[0][2] == "3"
        walk_to(mode.board.labels.chart, 0, 2)
        QTest.keyClick(mode.board.labels.chart, Qt.Key.Key_Return)
        settle(desk, mode)
        assert len(mode.board.behind.rows) == 1

    run(script, study)


def test_a_chart_is_a_table_too_and_reads_out_what_it_shows(run: Run, pair: Path) -> None:
    def script(desk: Desk) -> None:
        mode = analyse(desk)
        pairs = mode.board.pairs
        read = QAccessible.queryAccessibleInterface(pairs.chart)
        said = [read.child(place).text(QAccessible.Text.Name) for place in range(read.childCount())]
        assert "policy recommendation" in said, "the head of a column"
        assert said[7] == "Ana Ruiz, Ben Okafor, claim: F1, same label, overlap 1.00, 1 document, 2 spans"
        pairs.chart.setFocus()
        desk.key(Qt.Key.Key_T)
        assert pairs.table.isVisible()
        assert pairs.table.hasFocus()
        assert not mode.board.labels.shows_table(), "only the chart that has the keyboard"
        model = pairs.table.model()
        assert [model.index(1, column).data() for column in range(4)] == ["Ana Ruiz, Ben Okafor", "claim", "1.000", ""]
        desk.key(Qt.Key.Key_T)
        assert pairs.chart.isVisible()
        mode.side.sections["Overview"].setFocus()
        desk.key(Qt.Key.Key_T)
        assert all(panel.shows_table() for panel in mode.board.in_section())
        menu_entry(pairs, "Copy table")()
        assert QGuiApplication.clipboard().text().startswith("Annotators\tLabel\tValue")

    run(script, pair)


def test_figures_follow_the_project_and_gold_stands_apart(run: Run, pair: Path) -> None:
    def script(desk: Desk) -> None:
        mode = analyse(desk)
        board, side = mode.board, mode.side
        assert not side.source.segments[0].isEnabled()
        worker = desk.window.worker
        assert worker is not None
        worker.write(lambda project: [project.decide(i, "accept", candidate=0) for i in project.review_queue()])
        desk.wait(lambda: side.source.segments[0].isEnabled(), "gold to be counted")
        settle(desk, mode)
        side.source.pressed_option.emit(FROM_GOLD)
        assert board.labels.subtitle.text() == "4 spans, gold"
        mode.side.sections[AGREEMENT].click()
        assert [row.title for row in board.gold.grid.rows] == ["Ana Ruiz", "Ben Okafor"]
        assert [cells[4].text for cells in board.gold.grid.cells] != [".57", ".57"]
        walk_to(board.gold.chart, 1, 4)
        QTest.keyClick(board.gold.chart, Qt.Key.Key_Return)
        settle(desk, mode)
        assert board.behind.title.text() == "Ben Okafor against gold · all labels"
        assert board.behind.rows
        desk.trigger("undo")
        desk.wait(lambda: board.gold.grid.empty, "gold that is not whole any more to go")
        assert GOLD not in side.boxes
        side.source.pressed_option.emit(ANNOTATORS)
        assert board.labels.subtitle.text() == "7 spans, 2 annotators"

    run(script, pair)


def test_gamma_is_computed_when_asked_and_can_be_cancelled(run: Run, pair: Path) -> None:
    def script(desk: Desk) -> None:
        mode = analyse(desk)
        board = mode.board
        board.measure.chosen.emit("gamma")
        QTest.qWait(50)
        assert not measures(mode)
        assert texts(board.pairs) == [["…"] * 5]
        desk.press("Compute gamma")
        assert measures(mode)
        desk.press("Cancel")
        assert not measures(mode)
        desk.press("Compute gamma")
        settle(desk, mode)
        assert "…" not in texts(board.pairs)[0]
        assert board.slow.isHidden()
        board.measure.chosen.emit("f1-type")
        settle(desk, mode)
        board.measure.chosen.emit("gamma")
        assert "…" not in texts(board.pairs)[0], "what was computed is kept"
        desk.key(Qt.Key.Key_1, CONTROL)
        assert not measures(mode)

    run(script, pair)


def test_a_chart_is_saved_as_picture_drawing_and_table(
    run: Run, pair: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def save_name(_parent: object, _title: str, wanted: str, _filter: str) -> tuple[str, str]:
        asked.append(wanted)
        return str(tmp_path / Path(wanted).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save_name)

    def script(desk: Desk) -> None:
        mode = analyse(desk)
        for text in ("Save as picture (PNG)", "Save as picture (SVG)", "Save as table (CSV)"):
            menu_entry(mode.board.pairs, text)()
            desk.wait(lambda: len(asked) and (tmp_path / Path(asked[-1]).name).exists(), text)
            asked.clear()
        assert mode.banner.text.text().startswith(f"Saved in {tmp_path}")

    run(script, pair)
    image = QImage(str(tmp_path / "study-agreement.png"))
    assert image.width() > 1000
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert {"#ffffff", "#4350bf"} <= colours
    drawing = (tmp_path / "study-agreement.svg").read_bytes()
    assert QSvgRenderer(drawing).isValid()
    assert b"Ana, Ben" in drawing
    assert b"href" not in drawing
    assert b"@import" not in drawing
    text = (tmp_path / "study-agreement.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert (rows[1]["Label"], rows[1]["Value"], rows[1]["Documents"]) == ("claim", "1.0", "1")


def test_several_figures_are_exported_at_once(run: Run, pair: Path, tmp_path: Path) -> None:
    folder = tmp_path / "figures"
    folder.mkdir()

    def written(names: list[str]) -> bool:
        return sorted(file.name for file in folder.iterdir()) == names

    def script(desk: Desk) -> None:
        mode = analyse(desk)
        for names in (["study-labels.csv"], ["study-labels.csv", "study-labels.png"]):
            desk.press("Export figures")
            desk.wait(lambda: desk.window.findChildren(FiguresDialog), "the dialog")
            dialog = desk.window.findChildren(FiguresDialog)[-1]
            dialog.folder.setText(str(folder))
            for slug, box in dialog.figures.items():
                box.setChecked(slug == "labels")
            dialog.kinds["png"].setChecked(len(names) > 1)
            assert dialog.main.text() == ("Replace" if len(names) > 1 else "Export")
            dialog.main.click()
            desk.wait(partial(written, names), "the files")
            desk.wait(lambda: not desk.window.findChildren(FiguresDialog), "the dialog to be gone")
        desk.wait(lambda: "study-labels.png" in mode.banner.text.text(), "what was saved to be told")

    run(script, pair)


def test_a_measure_is_explained_one_click_away(run: Run, pair: Path) -> None:
    def script(desk: Desk) -> None:
        mode = analyse(desk)
        mode.board.measure.about.click()
        popup = QApplication.activePopupWidget()
        assert popup is not None
        assert popup.accessibleName() == "About F1, same label, overlap"
        popup.close()

    run(script, pair)


@pytest.mark.parametrize(
    ("people", "done", "said"),
    [
        ((), False, "Nothing is tagged yet"),
        ((("Ana Ruiz", ANA),), True, "So far only Ana Ruiz has worked here"),
        ((("Ana Ruiz", ANA), ("Ben Okafor", BEN)), False, "No document was finished by two annotators"),
    ],
    ids=["no spans", "one annotator", "nobody finished"],
)
def test_where_there_is_nothing_to_show_it_says_why(
    run: Run, study: Path, people: tuple[tuple[str, Tags], ...], done: bool, said: str
) -> None:
    if people:
        worked(study, *people, done=done)

    def script(desk: Desk) -> None:
        mode = analyse(desk)
        if people:
            assert mode.board.pairs.nothing.heading.text() == said
            assert desk.window.actions_table["export_figures"].isEnabled(), "labels can be counted"
        else:
            assert mode.empty.heading.text() == said
            assert not desk.window.actions_table["export_figures"].isEnabled()
            QTest.mouseClick(mode.empty.button, Qt.MouseButton.LeftButton)
            assert desk.window.modes.current == "Annotate"

    run(script, study)


def test_narrow_and_dark_it_shows_the_same(run: Run, pair: Path) -> None:
    def script(desk: Desk) -> None:
        desk.window.resize(900, 600)
        desk.trigger("theme_dark")
        mode = analyse(desk)
        board = mode.board
        assert board.labels.geometry().bottom() < board.pairs.geometry().top(), "one below the other"
        assert all(isinstance(box, QCheckBox) for box in mode.side.boxes.values())
        picture, chart = desk.window.grab().toImage(), board.labels.chart
        bar = chart.viewport().mapTo(desk.window, chart.visualRect(chart.model().index(0, 0)).topLeft())
        colours = {picture.pixelColor(bar + QPoint(x, 15)).name() for x in range(90)}
        assert {"#1a1a19", "#e58f3a"} <= colours, "the surface, and the line of claim"

    run(script, pair)


def test_a_process_that_fails_is_told_and_tried_again(run: Run, pair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = measuring.PROGRAM
    monkeypatch.setattr(measuring, "PROGRAM", ("-c", "raise SystemExit('no room')"))

    def script(desk: Desk) -> None:
        mode = analyse(desk)
        assert mode.board.pairs.nothing.heading.text() == "Agreement couldn’t be measured"
        assert "no room" in mode.board.pairs.nothing.text.text()
        assert texts(mode.board.labels)[0][0] == "2", "what needs no measuring is there"
        monkeypatch.setattr(measuring, "PROGRAM", whole)
        mode.board.measure.chosen.emit("f1-type")
        settle(desk, mode)
        assert texts(mode.board.pairs)[0][0] == "1.00"

    run(script, pair)


def test_no_process_outlives_the_window(run: Run, pair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "PROGRAM", ("-c", "import time; time.sleep(60)"))
    left: list[int] = []

    def script(desk: Desk) -> None:
        desk.key(Qt.Key.Key_3, CONTROL)
        mode = desk.window.modes.shown_mode()
        assert isinstance(mode, AnalyseMode)
        desk.wait(lambda: measures(mode), "a process")
        process = mode.wiring.measuring.measurer._process
        assert process is not None
        process.waitForStarted()
        left.append(process.processId())

    run(script, pair)
    assert left[0] > 0
    assert not Path(f"/proc/{left[0]}/cmdline").exists() or not Path(f"/proc/{left[0]}/cmdline").read_bytes()
