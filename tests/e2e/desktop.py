"""A desktop for one test: a screen (Xvfb), a D-Bus session, a window manager, and a reader of windows (AT-SPI)."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.e2e.processes import Process, Processes, wait_until

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
NEEDED = ("Xvfb", "dbus-daemon", "openbox", "xdotool")

# Few key bindings: the usual ones take Ctrl+Alt+arrows and more away from the program.
WINDOW_MANAGER = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew></focus>
  <keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
  <mouse><context name="Client">
    <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
  </context></mouse>
</openbox_config>
"""


class Gone(Exception):
    """What was asked about is not on the screen, or the window changed while it was read."""


class Desktop:
    """Start with `start`, end with `end` (also after a failed start). `size` is the screen's, in pixels."""

    def __init__(self, folder: Path, size: tuple[int, int] = (1600, 1000), dark: bool = False) -> None:
        self.folder = folder
        self.size = size
        self.dark = dark
        self.environment: dict[str, str] = {}
        self.processes = Processes(folder)
        self.in_front: object | None = None
        # The path of a socket has at most 107 characters, pytest's folders are longer.
        self._runtime = Path(tempfile.mkdtemp(prefix="annotator-e2e-"))
        self._reader: Process | None = None

    def start(self) -> None:
        missing = [program for program in NEEDED if shutil.which(program) is None]
        assert not missing, f"{', '.join(missing)} not found: `make test` installs what the end-to-end tests need"
        self.environment = self._bare_environment()
        self._start_screen()
        self._start_bus()
        self._start_window_manager()
        self._start_appearance()
        self._start_reader()

    def end(self) -> None:
        self.processes.end()
        shutil.rmtree(self._runtime, ignore_errors=True)

    def _bare_environment(self) -> dict[str, str]:
        home = self.folder / "desktop-home"
        home.mkdir()
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        return kept | {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(self._runtime),
            "XDG_CURRENT_DESKTOP": "GNOME",  # Qt then asks the desktop whether it is light or dark
            "GSETTINGS_BACKEND": "memory",
            "NO_AT_BRIDGE": "1",  # the window manager is not what we read
        }

    def _start_screen(self) -> None:
        read, write = os.pipe()
        size = "{}x{}x24".format(*self.size)
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
        self.processes.start(command, self.environment, pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start"
        self.environment["DISPLAY"] = f":{number}"

    def _start_bus(self) -> None:
        command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
        command.append(f"--address=unix:path={self._runtime}/bus")
        bus = self.processes.start(command, self.environment, stdout=subprocess.PIPE, text=True)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.line().strip()
        assert self.environment["DBUS_SESSION_BUS_ADDRESS"], "the D-Bus session did not start"

    def _start_window_manager(self) -> None:
        settings = self.folder / "openbox.xml"
        settings.write_text(WINDOW_MANAGER)
        self.processes.start(["openbox", "--config-file", str(settings)], self.environment)
        wait_until(lambda: self.try_xdotool("get_num_desktops") is not None, "the window manager")

    def _start_appearance(self) -> None:
        script = str(Path(__file__).with_name("appearance.py"))
        command = [SYSTEM_PYTHON, script, "dark" if self.dark else "light"]
        said = self.processes.start(command, self.environment, stdout=subprocess.PIPE, text=True)
        assert said.line() == "ready\n", "the desktop's light or dark setting could not be offered"

    def _start_reader(self) -> None:
        script = str(Path(__file__).with_name("atspi_server.py"))
        command = [SYSTEM_PYTHON, "-W", "ignore", script]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
        self._reader = self.processes.start(command, self.environment, **pipes)
        assert self._read_line() == {"is": "ready"}, (
            "python3-gi failed: `make test` installs what the end-to-end tests need"
        )

    def ask(self, do: str, pid: int, name: str | None = None, **more: object) -> Any:
        """One request to the reader of windows (see atspi_server.py); raises Gone."""
        assert self._reader, "the desktop was not started"
        self._reader.send(json.dumps({"do": do, "pid": pid, "name": name, **more}) + "\n")
        answer = self._read_line()
        if "error" in answer:
            raise Gone(answer["error"])
        return answer["is"]

    def _read_line(self) -> dict[str, Any]:
        assert self._reader, "the desktop was not started"
        line = self._reader.line()
        assert line, f"the reader of windows ended: {self._reader.printed()}"
        answer = json.loads(line)
        assert isinstance(answer, dict), f"the reader of windows said {line}"
        return answer

    def xdotool(self, *arguments: object) -> str:
        """Real mouse and key events; several commands can be chained."""
        printed = self.try_xdotool(*arguments)
        assert printed is not None, f"xdotool {' '.join(map(str, arguments))} failed"
        return printed

    def try_xdotool(self, *arguments: object) -> str | None:
        """As xdotool; None where it failed."""
        command = ["xdotool", *map(str, arguments)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=20, check=False)
        return done.stdout if done.returncode == 0 else None
