"""What a page further will show is laid out while nothing is asked for, so that scrolling there only has to paint."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

Prepare = Callable[[QTextBlock], float]
"""Makes a block ready to be painted and returns its height, px."""


class ReadAhead(QObject):
    """Prepares the blocks of the next page, one each time the window has nothing else to do: about 1 ms.

    Blocks are kept by number: a QTextBlock must not outlive its document.
    """

    def __init__(self, view: QPlainTextEdit, prepare: Prepare) -> None:
        super().__init__(view)
        self._view, self._prepare = view, prepare
        self._next, self._by, self._left = 0, 1, 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    def go_on_from(self, number: int, by: int, height: int) -> None:
        """Prepare block `number` and the ones after it (`by` = 1) or before it (-1), until they are `height` px."""
        self._next, self._by, self._left = number, by, height
        self._timer.start()

    def stop(self) -> None:
        """Prepare no more."""
        self._timer.stop()

    def _step(self) -> None:
        block = self._view.document().findBlockByNumber(self._next)
        if self._left <= 0 or not block.isValid():
            self._timer.stop()
            return
        self._left -= self._prepare(block)
        self._next += self._by
