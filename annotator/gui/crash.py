"""What happens on a bug: the log gets the traceback, the person a dialog, and the work stays."""

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from annotator import paths

log = logging.getLogger("annotator")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_file() -> str:
    """Return where the log is."""
    return str(paths.user_log() / "annotator.log")


class _Log(logging.Handler):
    """Opens the log with the first line for it: what that needs takes its time, and most starts say nothing."""

    _file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Called by `logging`, one record at a time."""
        if self._file is None:
            self._file = _opened()
        self._file.handle(record)


def start_log() -> None:
    """Write the log to the user's folder, half a megabyte at most, if the folder can be written."""
    log.addHandler(_Log())
    log.setLevel(logging.INFO)


def _opened() -> logging.Handler:
    import logging.handlers

    try:
        paths.user_log().mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            log_file(), maxBytes=256_000, backupCount=1, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler


def _qt_message(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
    log.log(_LEVELS.get(kind, logging.INFO), "Qt: %s", text)


class CrashGuard(QObject):
    """Catches what nobody caught, in the window's thread and, through `caught`, in the project's."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._telling = False
        self._hook_before = sys.excepthook
        sys.excepthook = self._uncaught
        qInstallMessageHandler(_qt_message)

    def stop(self) -> None:
        """Give the hooks back."""
        sys.excepthook = self._hook_before
        qInstallMessageHandler(None)

    def caught(self, error: BaseException) -> None:
        """Log a bug and tell of it, one at a time."""
        text = "".join(traceback.format_exception(error))
        log.error("A bug:\n%s", text)
        if self._telling:
            return
        self._telling = True
        self._tell(text)

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hook_before(kind, error, trace)
            return
        self.caught(error)

    def _tell(self, text: str) -> None:
        from annotator.gui.dialogs.crashed import CrashDialog  # only now: starting needs none

        dialog = CrashDialog(text, log_file(), self._window)
        dialog.finished.connect(self._told)
        dialog.open()

    def _told(self) -> None:
        self._telling = False
