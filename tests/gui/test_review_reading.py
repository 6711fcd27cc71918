"""What Review reads and looks at: of very much what is in sight, of a change what it touched; and reading stops."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.review import Candidate, Kind, ReviewItem, Rule
from annotator.gui.review import queue_panel
from annotator.gui.review.dialogs import MergeDialog
from annotator.gui.review.parts import Part
from annotator.gui.review.persons import Persons
from annotator.gui.review.queue import Queue
from annotator.gui.review.queue_model import QueueModel
from annotator.gui.review.queue_panel import QueuePanel
from annotator.gui.theme import Theme
from tests.gui import review_desk
from tests.gui.conftest import Run
from tests.gui.review_desk import ReviewDesk, review
from tests.unit.review.test_queue import item

texts, worked = review_desk.texts, review_desk.worked
K = Qt.Key


def test_of_a_hundred_thousand_items_those_in_sight_are_asked_for(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [f"d{number}" for number in range(1_000)]
    queue = Queue(documents)
    for document in documents:
        queue.put(document, [item(f"{document}.{n}", document, list(Kind)[n % 6], "claim") for n in range(100)])
    named = Persons(("kim", "lee"), {"kim": "K", "lee": "L"}, {})
    panel = QueuePanel(lambda _: named, queue.spot, Theme.load("light"))
    qtbot.addWidget(panel)
    panel.resize(292, 900)
    panel.show()
    counts = {part: queue.count(part) for part in Part}
    asked: list[int] = []
    row_at = QueueModel.row_at

    def noted(self: QueueModel, row: int) -> object:
        asked.append(row)
        return row_at(self, row)

    monkeypatch.setattr(QueueModel, "row_at", noted)
    panel.filters.offer_documents(documents, dict.fromkeys(documents, "A heading"))
    for at in (queue.walk(Part.OPEN)[0], queue.walk(Part.OPEN)[-1]):
        queue.beside(at, Part.OPEN, 1)
        panel.show_queue(queue.groups(Part.OPEN), Part.OPEN, counts, at)
        panel.view.viewport().repaint()
    assert len(set(asked)) < 150
    assert panel.view.verticalScrollBar().maximum() > 100_000
    assert panel.view.currentIndex().row() == panel.model.row_of(at)


def test_a_decision_reads_its_item_again_and_nothing_else(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        showing, read = desk.mode.showing, list[str]()
        showing.loader.decided.connect(lambda items, *_: read.append(items[0].kind.value))
        showing.loader.parts_reread.connect(lambda *_: read.append("document"))
        showing.loader.document_read.connect(lambda _: read.append("text"))
        first = desk.chosen()
        desk.key(K.Key_1)
        assert (read, desk.counts()) == (["missing"], [2, 1, 0])
        assert len(desk.mode.text._gold) == 1
        desk.key(K.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert (read, desk.counts()) == (["missing", "missing"], [3, 0, 0])
        assert desk.chosen() == first
        assert not desk.mode.text._gold
        desk.mode.deciding._comment("What is said is read with the document.")
        desk.rest()
        assert set(read[2:]) == {"document", "text"}

    review(run, worked, script)


def test_a_document_that_arrives_leaves_the_list_alone_unless_names_are_others(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        showing, listed = desk.mode.showing, list[None]()
        document = showing.document
        assert document
        desk.mode.queue.model.modelReset.connect(lambda: listed.append(None))
        showing.loader.document_read.emit(document)
        assert listed == []
        assert desk.chosen().startswith("Missing")
        showing.loader.document_read.emit(replace(document, revealed=True))
        assert listed == [None]

    review(run, worked, script)


def test_reading_stops_and_goes_on_and_rests_while_one_is_elsewhere(
    run: Run, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_panel, "_PATIENCE_S", 0)

    def script(desk: ReviewDesk) -> None:
        showing, panel = desk.mode.showing, desk.mode.queue
        loader = showing.loader
        stop = loader.parts_read.connect(lambda _: showing.stop())
        showing.load(None)
        desk.rest()
        assert (loader.unread, showing.queue.documents()) == (1, ["one"])
        assert desk.chosen()  # what is there can be decided
        assert panel.reading.isVisible()
        assert panel.stop.text() == "Read on"
        loader.parts_read.disconnect(stop)
        desk.key(K.Key_1, Qt.KeyboardModifier.ControlModifier)
        desk.key(K.Key_2, Qt.KeyboardModifier.ControlModifier)
        assert loader.unread == 1  # what one stopped stays so
        panel.stop.click()
        desk.rest()
        assert (loader.unread, showing.queue.documents()) == (0, ["one", "two"])
        QTest.qWait(300)
        assert not panel.reading.isVisible()
        left = loader.parts_read.connect(lambda _: desk.window.modes.enter("Annotate"))
        showing.load(None)
        desk.desk.wait(lambda: not loader.loading, "the mode to be left")
        assert loader.unread == 1
        loader.parts_read.disconnect(left)
        desk.key(K.Key_2, Qt.KeyboardModifier.ControlModifier)
        assert (loader.unread, showing.queue.documents()) == (0, ["one", "two"])

    review(run, worked, script)


def test_escape_stops_reading(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        loader = desk.mode.showing.loader
        stop = loader.parts_read.connect(lambda _: QTest.keyClick(desk.mode.text, K.Key_Escape))
        desk.mode.showing.load(None)
        desk.rest()
        assert loader.unread == 1
        loader.parts_read.disconnect(stop)
        assert not desk.mode.showing.stop()

    review(run, worked, script)


def test_what_a_merge_would_decide_is_counted_while_the_window_goes_on(qtbot: QtBot) -> None:
    items = [item(str(n), "a", Kind.UNANIMOUS if n % 2 else Kind.LABEL, "claim") for n in range(40_000)]
    items = [replace(each, absent=(), candidates=(two(each),)) for each in items]
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = MergeDialog(Rule.UNANIMOUS, {"all documents": items}, parent)
    assert not dialog.main.isEnabled()
    qtbot.waitUntil(dialog.main.isEnabled)
    assert dialog.asked.text() == "Merge 20,000 unanimous items in all documents?"
    assert len(dialog.items) == 20_000


def two(each: ReviewItem) -> Candidate:
    """What two annotators have alike."""
    span = each.candidates[0].span
    return Candidate((span, replace(span, id=f"{span.id}-", annotator="lee")))


def test_nothing_can_be_decided_while_the_item_s_document_is_still_read(run: Run, worked: Path) -> None:
    def script(desk: ReviewDesk) -> None:
        showing = desk.mode.showing
        assert desk.enabled("reject_item")
        read, showing.document = showing.document, None
        desk.window.refresh_actions()
        assert not desk.enabled("reject_item")
        showing.document = read
        desk.window.refresh_actions()
        assert desk.enabled("reject_item")

    review(run, worked, script)
