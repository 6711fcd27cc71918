"""Work of the window's own thread that takes longer than a frame: a little at a time, between all that is asked for."""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

_SLICE_S = 0.008  # of this thread, whatever else the machine does


class Slices(QObject):
    """One piece of work at a time. What takes no longer than a slice is done at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] | None = None
        self._done: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether there is work left."""
        return self._steps is not None

    def do(self, steps: Iterator[object], done: Callable[[], None]) -> None:
        """Take these steps, each a small part of a slice, then call `done`; what was being done is given up."""
        self._steps, self._done = steps, done
        self._timer.start()
        self._go_on()

    def give_up(self) -> None:
        """Do no more of it."""
        self._steps = self._done = None
        self._timer.stop()

    def _go_on(self) -> None:
        steps, began = self._steps, time.thread_time()
        if steps is None:
            return
        for _ in steps:
            if time.thread_time() - began > _SLICE_S:
                return
        if time.thread_time() - began > _SLICE_S / 2:  # what follows may take as long: it has a turn of its own
            self._steps = iter(())
            return
        done = self._done
        self.give_up()
        if done:
            done()
