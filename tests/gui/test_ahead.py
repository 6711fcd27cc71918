"""What the window does while nobody asks for anything: modes are made ready, garbage is looked for."""

import gc
import weakref
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from annotator.gui.ahead import Ahead, modules_of
from annotator.gui.garbage import Garbage
from annotator.gui.slices import Slices
from annotator.gui.theme import Theme
from tests.gui.conftest import Desk, Run


class Knot:
    """Something that only a look for garbage lets go."""

    def __init__(self) -> None:
        self.me = self


def test_modes_are_there_before_they_are_entered_and_nothing_is_read_for_them(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        modes = desk.window.modes
        modes.ahead.finish()
        review, analyse = modes.built("Review"), modes.built("Analyse")
        assert not review.isVisible()
        assert not analyse.isVisible()
        assert not review.showing.loader.loading  # type: ignore[attr-defined]
        modes.enter("Review")
        assert modes.shown_mode() is review
        modes.enter("Analyse")
        assert modes.shown_mode() is analyse
        modes.ahead.finish()  # there is nothing left

    run(script, study)


def test_a_mode_is_built_in_steps_and_entered_in_the_middle_of_them(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        modes, dark = desk.window.modes, Theme.load("dark")
        for _ in range(2):
            modes._build_on("Review")
        assert modes.shown_mode() is None
        modes.set_theme(dark)
        modes.enter("Review")
        review: Any = modes.built("Review")
        assert review.side._theme is review.queue._theme is dark
        assert review.isVisible()
        for name in ("Review", "Analyse"):
            assert len(list(modes._steps_to(name))) >= 4

    run(script, study)


def test_the_pane_to_find_in_is_there_before_it_is_asked_for(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        modes, finding = desk.window.modes, desk.window.mode.finding
        modes.ahead.finish()
        pane = finding._in_project
        assert pane is not None
        assert not pane.is_open()
        desk.window.resize(1200, 1000)
        finding.find_in_project()
        assert pane.is_open()
        middle = desk.window.mode.middle
        desk.wait(lambda: middle.sizes()[1] > 0, "The pane has no room.")
        assert 0.4 < middle.sizes()[1] / sum(middle.sizes()) < 0.5

    run(script, study)


def test_nothing_is_made_ready_while_somebody_works(qtbot: QtBot) -> None:
    owner, taken = QObject(), list[int]()
    ahead = Ahead(owner, (partial(taken.append, number) for number in range(3)))
    ahead.put_off()
    assert not ahead._timer.isActive()  # it was not begun
    ahead.begin()
    ahead._timer.start(1)
    qtbot.waitUntil(lambda: taken == [0, 1, 2])
    later = Ahead(owner, (partial(taken.append, number) for number in range(3, 5)))
    later.begin()
    later._timer.start(1)
    qtbot.waitUntil(lambda: taken == [0, 1, 2, 3])
    later.put_off()
    assert later._timer.remainingTime() > 500


def test_modules_come_after_those_that_they_need() -> None:
    names = [step.args[0].rpartition(".")[2] for step in modules_of("annotator.gui.review")]  # type: ignore[attr-defined]
    assert len(names) == len(set(names)) > 20
    for before, after in (("listed", "queue"), ("queue", "showing"), ("showing", "mode"), ("side", "panes")):
        assert names.index(before) < names.index(after)


def test_garbage_is_looked_for_by_the_clock_not_by_what_is_made(qtbot: QtBot) -> None:
    threshold, owner = gc.get_threshold(), QObject()
    gc.collect()
    Garbage(owner)
    gone = weakref.ref(Knot())
    for _ in range(3_000):
        Knot()  # many times what would make Python look
    assert gone() is not None
    qtbot.waitUntil(lambda: gone() is None, timeout=5_000)
    owner.deleteLater()
    qtbot.waitUntil(lambda: gc.get_threshold() == threshold)


def test_while_much_is_made_that_stays_garbage_is_left_alone(qtbot: QtBot) -> None:
    owner = QObject()
    garbage, gone = Garbage(owner), weakref.ref(Knot())
    gc.disable()
    try:
        garbage._look()
        assert gone() is not None
    finally:
        gc.enable()
    garbage._look()
    assert gone() is None
    owner.deleteLater()
    qtbot.wait(1)


def test_what_comes_to_stay_is_not_looked_through(qtbot: QtBot) -> None:
    owner = QObject()
    garbage, kept = Garbage(owner), [[] for _ in range(50_000)]  # type: ignore[var-annotated]
    looks: list[str] = []
    gc.callbacks.append(lambda phase, _: looks.append(phase))
    try:
        garbage._look()
        assert looks == []
        assert gc.get_freeze_count() > len(kept)
        garbage.look_at_all()
        assert (bool(looks), gc.get_freeze_count()) == (True, 0)
    finally:
        gc.callbacks.pop()
    owner.deleteLater()
    qtbot.wait(1)


def test_a_closed_project_is_looked_for_whole(qtbot: QtBot) -> None:
    owner, kept = QObject(), Knot()
    garbage, gone = Garbage(owner), weakref.ref(kept)
    for _ in range(3):
        garbage._look()  # it is old by now
    del kept
    garbage._look()
    assert gone() is not None
    garbage.look_at_all()
    assert gone() is None
    owner.deleteLater()
    qtbot.wait(1)


def test_long_work_of_the_window_is_cut_and_short_work_is_done_at_once(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    slices = Slices(owner)
    slices.do(iter(range(3)), lambda: done.append("short"))
    assert done == ["short"]
    slices.do((sum(range(20_000)) for _ in range(500)), lambda: done.append("long"))
    assert slices.busy
    assert done == ["short"]
    qtbot.waitUntil(lambda: done == ["short", "long"])
    slices.do((sum(range(200_000)) for _ in range(3)), lambda: done.append("all but a slice"))
    assert done == ["short", "long"]  # what follows has a turn of its own
    qtbot.waitUntil(lambda: done[2:] == ["all but a slice"])
    slices.do((sum(range(20_000)) for _ in range(500)), lambda: done.append("given up"))
    slices.give_up()
    qtbot.wait(20)
    assert done == ["short", "long", "all but a slice"]
