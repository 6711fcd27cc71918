"""Files dragged onto a widget from a file manager."""

from PySide6.QtCore import QEvent, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrops(QObject):
    """`dropped` carries the paths of the files dropped on `widget`; `held` says whether some are held over it."""

    dropped = Signal(list)
    held = Signal(bool)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt."""
        kind = event.type()
        if kind in (QEvent.Type.DragLeave, QEvent.Type.Drop):  # also where the other program is gone with the files
            self.held.emit(False)
        if kind not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        files = local_files(event.mimeData())
        if not files:
            return False
        event.acceptProposedAction()
        if kind == QEvent.Type.DragEnter:
            self.held.emit(True)
        else:
            QTimer.singleShot(0, lambda: self.dropped.emit(files))  # once the other program is done with the mouse
        return True


def local_files(data: QMimeData) -> list[str]:
    """Return the paths of the files that are dragged; empty if one of them is not on this computer."""
    return [url.toLocalFile() for url in data.urls()] if all(url.isLocalFile() for url in data.urls()) else []
