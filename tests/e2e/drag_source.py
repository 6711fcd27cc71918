"""Something to drag files from, as a file manager's window would be: run by the drop test in a process of its own.

Arguments: the files. It prints `ready`, then `dropped` or `refused` after each drag.
"""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

PLACE = (1500, 20, 80, 60)
"""x, y, width and height on the screen, px: beside the program's window."""


class Source(QWidget):
    """A drag begins as soon as the mouse is moved with the button held."""

    def __init__(self, files: list[str]) -> None:
        super().__init__(None, Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.FramelessWindowHint)
        self._files = files
        self.setGeometry(*PLACE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(file) for file in self._files])
            drag = QDrag(self)
            drag.setMimeData(data)
            done = drag.exec(Qt.DropAction.CopyAction)
            print("dropped" if done == Qt.DropAction.CopyAction else "refused", flush=True)


def main() -> None:
    app = QApplication(sys.argv[:1])
    source = Source(sys.argv[1:])
    source.show()
    print("ready", flush=True)
    app.exec()


if __name__ == "__main__":
    main()
