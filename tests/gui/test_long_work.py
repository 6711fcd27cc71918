"""What takes its time shows at the foot how far it is, and can be cancelled there; an export keeps nobody waiting."""

import itertools
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.gui.dialogs.export import ExportDialog
from annotator.storage import many, under_way
from tests.gui.conftest import Desk, Run
from tests.gui.test_annotating import sample, spans_on_disk
from tests.gui.test_exchange import dialog_of
from tests.gui.test_find_project import WORDS, said, search

KEY = Qt.Key


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Not set: a change stops after some rows until it is."""
    go_on = threading.Event()
    monkeypatch.setattr(many, "_AT_ONCE", 15)
    did = under_way.UnderWay.did

    def holding(change: under_way.UnderWay, rows: int) -> None:
        if rows == 15:
            assert go_on.wait(20)
        did(change, rows)

    monkeypatch.setattr(under_way.UnderWay, "did", holding)
    return go_on


def test_a_long_write_is_shown_and_cancelled_with_nothing_changed(run: Run, held: threading.Event) -> None:
    def script(desk: Desk) -> None:
        before = desk.foot()
        cancel = desk.window.foot.cancel
        assert cancel.isHidden()
        QTest.keyClick(search(desk, WORDS), KEY.Key_Return)
        desk.key(KEY.Key_3)
        desk.wait(lambda: desk.foot().startswith("Saving…"), "it to be said that it is being saved")
        assert cancel.isVisible()
        assert cancel.accessibleName() == "Cancel what is under way"
        QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
        held.set()
        desk.wait(lambda: said(desk) == "Cancelled: nothing was changed.", "the outcome")
        desk.wait(lambda: desk.foot() == before, "the foot to be as it was")
        assert cancel.isHidden()
        assert spans_on_disk(sample()) == []
        desk.key(KEY.Key_3)
        desk.wait(lambda: said(desk) == "30 tagged as actor", f"the same once more, now {said(desk)}")
        desk.settle()
        assert len(spans_on_disk(sample())) == 30

    run(script)


def test_a_long_write_shows_how_much_of_it_is_done_and_ends_as_saved(run: Run, held: threading.Event) -> None:
    def script(desk: Desk) -> None:
        QTest.keyClick(search(desk, WORDS), KEY.Key_Return)
        desk.key(KEY.Key_3)
        desk.wait(lambda: desk.foot().startswith("Saving…"), "it to be said that it is being saved")
        held.set()
        desk.wait(lambda: desk.foot().startswith("Saved "), "it to be saved")
        assert desk.window.foot.cancel.isHidden()
        desk.wait(lambda: said(desk) == "30 tagged as actor", "it to be told")

    run(script)


def test_a_write_that_is_soon_over_is_not_shown(run: Run) -> None:
    def script(desk: Desk) -> None:
        shown: list[float] = []
        foot = desk.window.foot
        foot.show_working = shown.append  # type: ignore[assignment, method-assign]
        desk.tag(WORDS, KEY.Key_3)
        desk.settle()
        QTest.qWait(600)
        assert not shown

    run(script)


@pytest.fixture
def export_held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Not set: an export stops after some documents until it is."""
    go_on = threading.Event()
    did = under_way.UnderWay.did

    def holding(job: under_way.UnderWay, number: int) -> None:
        if number == 5 and not job.share:  # all documents of the sample
            assert go_on.wait(20)
        did(job, number)

    monkeypatch.setattr(under_way.UnderWay, "did", holding)
    return go_on


def begin_export(desk: Desk) -> None:
    desk.trigger("export")
    QTest.mouseClick(dialog_of(desk, ExportDialog).main, Qt.MouseButton.LeftButton)
    desk.wait(lambda: desk.foot() == "Exporting…", "it to be said that it is being exported")
    desk.window.activateWindow()
    desk.wait(desk.window.isActiveWindow, "the window to have the keyboard")


def test_one_works_on_while_an_export_is_written(run: Run, export_held: threading.Event, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.settle()
        begin_export(desk)
        desk.tag("task force", KEY.Key_1)
        desk.settle()
        assert len(spans_on_disk(study)) == 2
        export_held.set()
        desk.wait(lambda: "written to" in desk.notice(), "the outcome")
        desk.wait(lambda: desk.foot().startswith("Saved "), "the foot to be as it was")

    run(script, study)
    assert study.with_suffix(".jsonl").read_text("utf-8").count('"label"') == 1, "what was tagged before is in it"


def test_an_export_is_cancelled(run: Run, export_held: threading.Event, study: Path) -> None:
    def script(desk: Desk) -> None:
        begin_export(desk)
        QTest.mouseClick(desk.window.foot.cancel, Qt.MouseButton.LeftButton)
        export_held.set()
        desk.wait(lambda: desk.notice() == "Cancelled: nothing was changed.", "the outcome")
        desk.wait(lambda: desk.window.foot.cancel.isHidden(), "the foot to be as it was")

    run(script, study)
    assert [file.suffix for file in study.parent.iterdir() if file.is_file()] == [".annotator"]


def test_a_window_that_is_closed_finishes_the_export_first(run: Run, export_held: threading.Event, study: Path) -> None:
    def script(desk: Desk) -> None:
        begin_export(desk)
        desk.window.close()
        assert desk.window.isVisible()
        assert desk.window.foot.hint.text() == "The window closes once this is done."
        export_held.set()

    run(script, study)
    assert study.with_suffix(".jsonl").read_text("utf-8").count("\n") == 5


def test_what_nobody_waits_for_rests_while_an_export_is_written(
    run: Run, export_held: threading.Event, study: Path
) -> None:
    def script(desk: Desk) -> None:
        steps: list[int] = []

        def endless(_: object) -> Iterator[int]:
            yield from itertools.count()

        begin_export(desk)
        QTest.qWait(200)
        worker = desk.window.worker
        assert worker
        stream = worker.stream(endless, steps.append, patient=True)
        QTest.qWait(1500)
        assert len(steps) <= 1
        export_held.set()
        desk.wait(lambda: len(steps) > 20, "it to go on once the export is written")
        stream.cancel()

    run(script, study)


def test_a_fault_of_the_program_in_what_runs_apart_is_told_and_ends_it(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        told: list[object] = []
        crashed, work = desk.window.session.crashed, desk.window.long_work
        crashed.disconnect()  # from the dialog
        crashed.connect(told.append)

        def faulty(_: object) -> None:
            raise RuntimeError("a bug")

        work.run_apart("Exporting…", faulty, told.append, told.append)
        desk.wait(lambda: told and not work.busy(), "it to end")
        assert [type(each) for each in told] == [RuntimeError]

    run(script, study)
