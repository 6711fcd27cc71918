"""What one is likely to ask for is made ready beforehand, a little at a time: modules first, then widgets.

Entering Review for the first time took 160 ms of the window's thread, two thirds of them for its modules.
"""

import importlib
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

_REST_MS = 3_000  # after the first document could be read
_LULL_MS = 1_000  # after somebody did something
_PAUSE_MS = 30  # between two steps


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

    def put_off(self) -> None:
        """Somebody is at work: go on once that has paused, if it was begun."""
        if self._timer.isActive():
            self._timer.start(max(_LULL_MS, self._timer.remainingTime()))

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
    """Yield what imports each module of a package, after those that it needs: 2 to 20 ms each."""
    folder, known = Path(next(iter(importlib.import_module(package).__path__))), set[str]()
    needed = re.compile(rf"^from {re.escape(package)}\.(\w+) import", re.MULTILINE)

    def in_order(name: str) -> Iterator[str]:
        if name not in known:
            known.add(name)
            for other in needed.findall((folder / f"{name}.py").read_text(encoding="utf-8")):
                yield from in_order(other)
            yield name

    for file in folder.glob("[a-z]*.py"):
        for name in in_order(file.stem):
            yield partial(importlib.import_module, f"{package}.{name}")
