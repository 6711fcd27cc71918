"""A write that takes its time shows at the foot how far it is, and can be cancelled there."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.storage import many, under_way
from tests.gui.conftest import Desk, Run
from tests.gui.test_annotating import sample, spans_on_disk
from tests.gui.test_find_project import WORDS, said, search

KEY = Qt.Key


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Not set: a change stops after some rows until it is."""
    go_on = threading.Event()
    monkeypatch.setattr(many, "_AT_ONCE", 15)
    wrote = under_way.UnderWay.wrote

    def holding(change: under_way.UnderWay, rows: int) -> None:
        if rows == 15:
            assert go_on.wait(20)
        wrote(change, rows)

    monkeypatch.setattr(under_way.UnderWay, "wrote", holding)
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
        assert cancel.accessibleName() == "Cancel what is being saved"
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
        foot.show_saving = shown.append  # type: ignore[assignment, method-assign]
        desk.tag(WORDS, KEY.Key_3)
        desk.settle()
        QTest.qWait(600)
        assert not shown

    run(script)
