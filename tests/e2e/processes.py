"""Starting, and surely ending, the processes of one test: each has a mark in its environment, and ends by its id."""

import contextlib
import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

MARK = "ANNOTATOR_E2E"


class Process(subprocess.Popen[Any]):
    """A started process; what it prints and nobody reads is in `log_path`."""

    log_path: Path

    def printed(self) -> str:
        return self.log_path.read_text(errors="replace")

    def line(self) -> str:
        """The next line of its standard output; empty when it has ended."""
        assert self.stdout, "its standard output goes to the log"
        return str(self.stdout.readline())

    def send(self, line: str) -> None:
        assert self.stdin, "it has no standard input"
        self.stdin.write(line)


class Processes:
    """The processes of one test, and what they started. `end` leaves none behind, whatever happened."""

    def __init__(self, log_folder: Path) -> None:
        self.mark = uuid.uuid4().hex
        self._log_folder = log_folder
        self._started: list[Process] = []
        self._logs: list[IO[bytes]] = []

    def start(self, command: Sequence[str], environment: Mapping[str, str], **more: Any) -> Process:
        """Start a command; what it prints goes to a log file, unless `more` (of Popen) says otherwise."""
        log = (self._log_folder / f"{len(self._started):02}-{Path(command[0]).name}.log").open("wb")
        self._logs.append(log)
        settings: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log} | more
        # A session of its own: Ctrl+C in the terminal must not end the screen before the test has ended the program.
        process = Process(command, env={**environment, MARK: self.mark}, start_new_session=True, **settings)
        process.log_path = Path(log.name)
        self._started.append(process)
        return process

    def end(self) -> None:
        """End all of them, the newest first, then whatever they left behind."""
        for process in reversed(self._started):
            end_process(process)
        for pid in self._marked():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for log in self._logs:
            log.close()

    def _marked(self) -> list[int]:
        wanted = f"{MARK}={self.mark}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal():
                with contextlib.suppress(OSError):
                    if wanted in (folder / "environ").read_bytes().split(b"\0"):
                        found.append(int(folder.name))
        return found


def end_process(process: Process, seconds: float = 2) -> None:
    """Ask it to end; kill it after `seconds`."""
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


PATIENCE = 20  # s: a machine that has just been started reads Qt from a slow disk


def wait_until(condition: Callable[[], Any], what: str, seconds: float = PATIENCE, pause: float = 0.02) -> Any:
    """Return the condition's first true value; AssertionError naming `what` after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        if result := condition():
            return result
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:g} s for {what}")
        time.sleep(pause)
