"""The real program in a window, started, driven, looked at and ended as a person does."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tests.conftest import XDG_FOLDERS
from tests.e2e.desktop import ROOT, Desktop
from tests.e2e.hands import Hands
from tests.e2e.processes import PATIENCE


class Window(Hands):
    """One running program with a home folder; the windows of a test share it, as on a real desktop."""

    command = (sys.executable, "-m", "annotator")

    def __init__(self, desktop: Desktop, home: Path, arguments: Sequence[str] = ()) -> None:
        super().__init__(desktop, home)
        self.arguments = list(arguments)

    def start(self) -> Self:
        command = [*self.command, *self.arguments]
        self._process = self.desktop.processes.start(command, self._environment(), cwd=self.home)
        self.desktop.in_front = self
        self.wait_for(lambda: not self.alive() or self._ask("is_there"), "the program's window", 2 * PATIENCE)
        assert self.alive(), f"the program ended with {self.process.returncode}:\n{self.printed()}"
        self.wait_for(lambda: not self.alive() or self._is_ready(), "a project to be open, or the start page")
        return self

    def _is_ready(self) -> bool:
        """Whether it can be worked with: an article is there to be read a moment before its project is open."""
        return self.exists("New project") or (self.exists("Find") and "enabled" in self.states("Find"))

    def _environment(self) -> dict[str, str]:
        folders = {variable: str(self.home / place) for variable, place in XDG_FOLDERS.items()}
        return (
            self.desktop.environment
            | folders
            | {
                "HOME": str(self.home),
                "PYTHONPATH": str(ROOT),
                "PYTHONFAULTHANDLER": "1",
                "QT_QPA_PLATFORM": "xcb",
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            }
        )

    def close(self) -> None:
        """Close it as a user does (Alt+F4); the program must end by itself, without an error."""
        self.desktop.in_front = None  # a dialog that has just gone leaves nobody in front for a moment
        self.key("alt+F4")
        self.wait_for(lambda: not self.alive(), "the program to end after its window was closed")
        assert self.process.returncode == 0, f"the program ended with {self.process.returncode}:\n{self.printed()}"

    def kill(self) -> None:
        """SIGKILL: the power goes, or the system runs out of memory."""
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        """Start it again with the same arguments; closes it first where it runs."""
        if self.alive():
            self.close()
        self.start()

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def press(self, name: str) -> None:
        """The element's own action, as a screen reader would do it."""
        self._read("press", name)

    def resize(self, width: int, height: int) -> None:
        """Give the window a size, in pixels."""
        self.desktop.xdotool("windowsize", self._window_id(), width, height)
        self.wait_for(lambda: self.frame()[2:] == (width, height), f"the window to be {width} x {height} pixels")

    def shot(self, path: Path) -> None:
        """A picture of this window, without its frame."""
        self._to_front()
        script = str(Path(__file__).with_name("picture.py"))
        command = [sys.executable, script, os.fspath(path), *map(str, self.frame())]
        environment = self._environment() | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "0"}
        subprocess.run(command, env=environment, check=True, timeout=30)
