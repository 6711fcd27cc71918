"""When Python looks for garbage: often and briefly, in the window's thread, among what is new; never by itself.

By itself it looks whenever enough was made, in the thread that made it: with 100,000 documents listed and reviewed a
look at everything took 100 to 160 ms, and nothing else ran meanwhile.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_EVERY_MS = 250
_NEW = 1  # the generations that are filled in between
_MANY = 20_000  # more than this at once has come to stay: a list of documents, a queue
_WHOLE_EACH = 2_400  # looks, while somebody works in another program


class Garbage(QObject):
    """Looks from now on, until it is deleted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._looks = 0
        threshold = gc.get_threshold()
        gc.set_threshold(0)  # unlike `gc.disable`, which others use for a while
        self.destroyed.connect(lambda: gc.set_threshold(*threshold))
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def look_at_all(self) -> None:
        """Look at everything: what came to stay is gone, with the project that was open, and a pause does no harm."""
        self._looks = 0
        gc.unfreeze()
        gc.collect()

    def _look(self) -> None:
        if not gc.isenabled():  # much is being made that comes to stay
            return
        self._looks += 1
        elsewhere = QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive
        if self._looks >= _WHOLE_EACH and elsewhere:
            self.look_at_all()
        elif gc.get_count()[0] > _MANY:
            gc.freeze()
        else:
            gc.collect(_NEW)
