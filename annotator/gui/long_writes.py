"""A write that takes its time shows at the foot how far it is, and can be cancelled there."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.gui.worker import Writing

if TYPE_CHECKING:
    from annotator.gui.window import Window

_PATIENCE_MS, _LOOK_MS = 400, 100  # before anything is said; between two looks


class LongWrites(QObject):
    """Looks at the worker while it writes. Most writes are over before the first look."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._shown: Writing | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        window.session.asked_to_write.connect(self._asked)
        window.foot.cancel_asked.connect(self._cancel)

    def _asked(self) -> None:
        if not self._timer.isActive():
            self._timer.start(_PATIENCE_MS)

    def _look(self) -> None:
        worker = self._window.worker
        writing = worker.writing() if worker else None
        if writing and time.monotonic() - writing.since >= _PATIENCE_MS / 1000:
            if self._shown and self._shown.since == writing.since:
                writing = Writing(writing.since, max(writing.share, self._shown.share))  # it may turn out to be more
            self._shown = writing
            self._window.foot.show_saving(writing.share)
        elif self._shown:
            self._shown = None
            self._window.foot.end_saving()
        if worker and worker.pending_writes():
            self._timer.setInterval(_LOOK_MS)
        else:
            self._timer.stop()

    def _cancel(self) -> None:
        if self._window.worker and self._shown:
            self._window.worker.cancel_write(self._shown)
