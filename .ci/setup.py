#!/usr/bin/env python3
"""Makes a checkout ready to run: the system's libraries first, then `.venv` from requirements.lock.

    python3 .ci/setup.py            what the window needs
    python3 .ci/setup.py --tests    also what the end-to-end tests and the screenshots need
    python3 .ci/setup.py --display  only says whether a window can be shown here

Runs under the system's Python, standard library alone. As root it installs what is missing with apt-get; otherwise it
prints the one line that does and stops with 1. Nothing is downloaded before the system's libraries are there.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "setup.json"
SYSTEM_PYTHON = "/usr/bin/python3"

# What Qt opens at run time, and the Debian package that has it.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TEST_PROGRAMS = {"Xvfb": "xvfb", "dbus-daemon": "dbus", "openbox": "openbox", "xdotool": "xdotool", "xauth": "xauth"}
AT_SPI_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def stop(*lines: str) -> None:
    """Say why nothing goes on, and end with 1."""
    sys.exit("\n".join(lines))


def missing_packages(tests: bool) -> list[str]:
    """The Debian packages that are needed and not there."""
    missing = [package for library, package in QT_LIBRARIES.items() if not can_load(library)]
    if not has_font():
        missing += ["fonts-inter", "fonts-dejavu-core"]
    if not is_current() and importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    if tests:
        missing += [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
        if not any(os.path.exists(launcher) for launcher in AT_SPI_LAUNCHERS):
            missing.append("at-spi2-core")
        if not can_read_windows():
            missing += ["python3-gi", "gir1.2-atspi-2.0"]
    return missing


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Whether any font is installed: without one Qt draws boxes."""
    for folder in FONT_FOLDERS:
        for _, _, files in os.walk(os.path.expanduser(folder)):
            if any(name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb")) for name in files):
                return True
    return False


def can_read_windows() -> bool:
    """Whether the system's Python can read windows as a screen reader does (AT-SPI)."""
    read = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    try:
        return subprocess.run([SYSTEM_PYTHON, "-c", read], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def ensure_system(tests: bool) -> None:
    """Install the missing system packages, or say how and stop."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(tests)
    if not missing:
        return
    if shutil.which("apt-get") is None:
        stop("Missing from this system (names of the Debian packages): " + " ".join(missing))
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        stop("Some system packages are missing. Install them, then run make again:", "  sudo " + " ".join(install))
    print("Installing system packages: " + " ".join(missing), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A failed update is not the end: the packages may be in the cache. The installation decides.
    quiet_run(["apt-get", "update", "-qq"], environment)
    if not quiet_run(install, environment):
        stop("apt-get could not install them. Install them by hand, then run make again:", "  " + " ".join(install))
    still_missing = missing_packages(tests)
    if still_missing:
        stop("Installed, and still not found: " + " ".join(still_missing))


def quiet_run(command: list[str], environment: dict[str, str] | None = None) -> bool:
    """Run a command, without input; what it printed is shown only when it failed."""
    done = subprocess.run(
        command,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        sys.stderr.write(done.stdout.decode(errors="replace"))
    return done.returncode == 0


def wanted() -> dict[str, str]:
    """What `.venv` is made from. A moved checkout needs a new one too: scripts in it hold its path."""
    return {
        "root": str(ROOT),
        "python": "%d.%d" % sys.version_info[:2],
        "lock": hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest(),
        "project": hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest(),
    }


def made() -> dict[str, str]:
    """What `.venv` was made from; empty where there is none, or one that was not finished."""
    if not (VENV / "bin" / "python").exists():
        return {}
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_current() -> bool:
    return made() == wanted()


def ensure_venv() -> None:
    """Make `.venv`, or bring it up to date. The stamp is written last, so an interrupted run starts afresh."""
    want, have = wanted(), made()
    if want == have:
        return
    STAMP.unlink(missing_ok=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if {**have, "project": want["project"]} != want:
        print("Setting up .venv (about 20 seconds)", flush=True)
        # From inside an activated .venv its own Python must not be the one that replaces it.
        python = getattr(sys, "_base_executable", None) or sys.executable
        if not quiet_run([python, "-m", "venv", "--clear", str(VENV)]):
            stop("Python could not make .venv; its message is above.")
        if not quiet_run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", "requirements.lock"]):
            stop("pip could not install requirements.lock; its message is above.")
    if not quiet_run([*pip, "--no-deps", "--no-build-isolation", "-e", "."]):
        stop("pip could not install the project itself; its message is above.")
    STAMP.write_text(json.dumps(want, indent=1))


def check_display() -> None:
    """Stop where a window can't be shown, and say what to do."""
    shown_by = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in shown_by):
        stop(
            "There is no display to show the window on (DISPLAY and WAYLAND_DISPLAY are not set)."
            " On a machine without a screen: xvfb-run -a make run   (Debian packages xvfb and xauth)"
        )


def main(arguments: list[str]) -> None:
    if sys.version_info < (3, 11):
        stop("Python 3.11 or newer is needed; this is %d.%d. Try: make PYTHON=python3.12 ..." % sys.version_info[:2])
    if "--display" in arguments:
        check_display()
        return
    ensure_system(tests="--tests" in arguments)
    ensure_venv()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        stop("Interrupted; the next make goes on from the beginning.")
