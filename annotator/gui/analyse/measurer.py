"""The process that measures: started for a question, ended when another is asked, when cancelled, and at the end."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

import annotator
from annotator.project import measuring
from annotator.project.measuring import Question

_END_MS = 2_000


class Measurer(QObject):
    """One measurement at a time; all in the window's thread, which never waits for it."""

    answered = Signal(object)
    """What `measuring.answered` gives: figures, and how far a gamma is."""
    finished = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._ending: set[QProcess] = set()

    @property
    def busy(self) -> bool:
        return self._process is not None

    def ask(self, question: Question) -> None:
        """Measure; what was being measured is given up."""
        self.cancel()
        process, arrived = QProcess(), bytearray()
        environment = QProcessEnvironment.systemEnvironment()
        places = [str(Path(annotator.__file__).parents[1]), environment.value("PYTHONPATH")]
        environment.insert("PYTHONPATH", ":".join(filter(None, places)) if sys.platform != "win32" else places[0])
        process.setProcessEnvironment(environment)
        self._process = process
        process.readyReadStandardOutput.connect(self._mine(process, lambda: self._take(process, arrived)))
        process.finished.connect(lambda code, status: self._ended(process, code, status))
        process.errorOccurred.connect(lambda error: self._not_started(process, error))
        process.started.connect(self._mine(process, lambda: self._send(process, question)))
        process.start(sys.executable, list(measuring.PROGRAM))

    def cancel(self) -> None:
        """Give up what is being measured; no signal comes any more."""
        process, self._process = self._process, None
        if process is not None:
            self._ending.add(process)
            process.kill()

    def end(self) -> None:
        """Give up, and wait until no process is left."""
        self.cancel()
        for process in list(self._ending):
            process.waitForFinished(_END_MS)
        self._ending.clear()

    def _mine(self, process: QProcess, call: Callable[[], None]) -> Callable[[], None]:
        return lambda: call() if process is self._process else None

    def _send(self, process: QProcess, question: Question) -> None:
        """Ask, piece by piece: 10,000 documents are 15 MB."""
        pieces = measuring.asked(question)

        def more() -> None:
            if process.bytesToWrite():
                return
            if piece := next(pieces, None):
                process.write(piece)
            else:
                process.closeWriteChannel()

        process.bytesWritten.connect(self._mine(process, more))
        more()

    def _take(self, process: QProcess, arrived: bytearray) -> None:
        arrived += bytes(process.readAllStandardOutput().data())
        for answer in measuring.answered(arrived):
            self.answered.emit(answer)

    def _ended(self, process: QProcess, code: int, status: QProcess.ExitStatus) -> None:
        self._ending.discard(process)
        if process is self._process:
            self._process = None
            if code == 0 and status == QProcess.ExitStatus.NormalExit:
                self.finished.emit()
            else:
                said = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
                self.failed.emit(said.splitlines()[-1] if said else "the process was ended")
        process.deleteLater()

    def _not_started(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and process is self._process:
            self._process = None
            self.failed.emit(process.errorString())
            process.deleteLater()
