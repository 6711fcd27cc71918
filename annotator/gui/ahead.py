"""What one is likely to ask for is made ready beforehand, a little at a time: modules first, then widgets.

Entering Review for the first time took 160 ms of the window's thread, two thirds of them for its modules.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QTimer

_REST_MS = 3_000  # after the first document could be read
_PAUSE_MS = 100  # between two steps


class Ahead(QObject):
    """Takes its steps one by one, once it is begun. A step may find that its work is done already."""

    def __init__(self, parent: QObject, steps: Iterator[Callable[[], object]]) -> None:
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    def begin(self) -> None:
        """Begin in a while."""
        self._timer.start(_REST_MS)

    def finish(self) -> None:
        """Take what is left of the steps at once."""
        self._timer.stop()
        for step in self._steps:
            step()

    def _step(self) -> None:
        if step := next(self._steps, None):
            step()
            self._timer.start(_PAUSE_MS)


def modules_of(package: str) -> Iterator[Callable[[], object]]:
    """Yield what imports each module of a package: one at a time costs the window's thread 2 to 20 ms."""
    found = sorted(each.name for each in pkgutil.iter_modules(importlib.import_module(package).__path__))
    for name in reversed(found):  # those that need most others come early in the alphabet
        yield partial(importlib.import_module, f"{package}.{name}")
