"""A process that starts a window and tells when: `python -m tests.bench.started bare|program` prints JSON.

Times are those of the system's clock (time.monotonic), which the process that measures shares.
"""

import json
import os
import sys
import time
from typing import Any


def tell(times: dict[str, float]) -> None:
    """Print the times and end the process at once."""
    print(json.dumps(times), flush=True)
    os._exit(0)


def bare() -> None:
    """The least that a text editor with PySide6 can be: an application and a QPlainTextEdit."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    class Editor(QPlainTextEdit):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, lambda: tell({"painted": time.monotonic()}))  # once the frame is done

    app = QApplication([])
    editor = Editor()
    editor.show()
    app.exec()


def program() -> None:
    """The program as `annotator` starts it; only the returning of its own `start` is listened to."""
    from annotator import __main__
    from annotator.gui import app

    start = app.start

    def started(*arguments: Any) -> Any:
        application, window = start(*arguments)
        listen(window)
        return application, window

    setattr(app, "start", started)  # noqa: B010 - so that mypy lets it
    sys.exit(__main__.main([]))


def listen(window: Any) -> None:
    """Note when the first frame is done, then one that shows an article; tell once that can be tagged."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    times: dict[str, float] = {}

    def painted() -> None:
        times.setdefault("painted", time.monotonic())

    def read() -> None:
        if window.mode.page.text._text:
            times.setdefault("readable", time.monotonic())

    def open_to_all() -> None:
        assert window.actions_table["tag_1"].isEnabled()
        tell(times | {"taggable": time.monotonic()})

    class Listener(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                QTimer.singleShot(0, painted if watched is frame else read)  # once the frame is done
            return False

    listener = Listener(window)
    frame = window.centralWidget()
    frame.installEventFilter(listener)
    window.project_shown.connect(lambda: QTimer.singleShot(0, open_to_all))
    window.furnished.connect(lambda: window.mode.page.text.viewport().installEventFilter(listener))


if __name__ == "__main__":
    {"bare": bare, "program": program}[sys.argv[1]]()
