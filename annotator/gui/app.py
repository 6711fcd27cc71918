"""Starting the window: the frame first, then what is slow to import, then the project.

Order and figures: the design's setup.md. The garbage collector rests while thousands of objects come to stay.
"""

import builtins
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import annotator
from annotator.errors import AnnotatorError
from annotator.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from annotator.gui.window import Window

_NO_DISPLAY = (
    "annotator: there is no display to open a window on. On a desktop, log in; on a server: xvfb-run -a annotator\n"
    "The command line works without one: annotator --help"
)


def main(project: str | None = None, screenshot: str | None = None) -> int:
    """Open the window on `project`, else on the last project, else on the sample; return the exit code.

    With `screenshot` the window is drawn to that PNG once the first document is readable, and closed.
    """
    if project is not None:
        try:
            annotator.check_file(project)
        except AnnotatorError as error:
            hint = f"\nIt has backups: annotator backups {project}" if annotator.backups(project) else ""
            print(f"annotator: {error}{hint}", file=sys.stderr)  # noqa: T201 - there is no window yet
            return error.exit_code
    if not display_works():
        print(_NO_DISPLAY, file=sys.stderr)  # noqa: T201
        return 3
    gc.disable()
    sys.setswitchinterval(0.0005)  # a busy project thread then takes 20 ms from a page, not 100
    app, window = start(Settings.load())
    window.can_open.connect(lambda: _open_first(window, project))
    unwritten: list[str] = []
    if screenshot:
        _shoot(window, Path(screenshot), unwritten)
    code = app.exec()
    window.end()
    window.crash_guard.stop()
    for message in unwritten:
        print(f"annotator: {message}", file=sys.stderr)  # noqa: T201
    return 3 if unwritten else code


def start(settings: Settings) -> "tuple[QApplication, Window]":
    """Make the application and show its window, which will furnish itself once its frame is to be seen."""
    from PySide6.QtWidgets import QApplication

    _import_plainly()
    from annotator.gui.style import Look
    from annotator.gui.window import Window

    made = QApplication.instance()
    app = made if isinstance(made, QApplication) else QApplication(["annotator"])
    app.setApplicationName("annotator")
    app.setDesktopFileName("annotator")
    window = Window(Look(app, settings.theme), settings)
    window.show()
    return app, window


def _import_plainly() -> None:
    """Let Python import as ever: PySide reads the source of each module for a switch (`__feature__`) not used here.

    That took 50 to 100 ms of a start. PySide keeps what it replaced under this name for such a purpose.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _open_first(window: "Window", project: str | None) -> None:
    from annotator.gui.opening import open_file, open_sample, sample_path

    settings = window.settings
    last = settings.last_project if settings.last_project and Path(settings.last_project).exists() else None
    path = project or last
    window.project_shown.connect(lambda: _afterwards(window))
    if path:
        document = settings.last_document if path == settings.last_project else ""
        window.open_project(
            lambda: open_file(path), document=document, look=lambda: annotator.first_look(path, document)
        )
    else:
        sample = sample_path()
        window.open_project(open_sample, look=lambda: annotator.first_look(sample))


def _afterwards(window: "Window") -> None:
    """Do what can wait until something can be read."""
    from annotator.gui import icons

    window.setWindowIcon(icons.application_icon())
    if not gc.isenabled() and not window.mode.loader.loading:  # else the loader will, once all spans are there
        gc.freeze()
        gc.enable()


def _shoot(window: "Window", file: Path, unwritten: list[str]) -> None:
    from PySide6.QtCore import QTimer

    def shoot() -> None:
        if not window.grab().save(str(file)):
            unwritten.append(f"{file} could not be written. Name a PNG file in a folder that you may write to.")
        window.close()

    window.project_shown.connect(lambda: QTimer.singleShot(200, shoot))


def display_works() -> bool:
    """Whether Qt will find a screen; without one it would abort the process."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or (platform and not platform.startswith(("xcb", "wayland"))):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    if not display:
        return False
    host, _, rest = display.rpartition(":")
    if host not in ("", "unix"):
        return True  # a screen elsewhere: Qt will tell
    import socket

    with socket.socket(socket.AF_UNIX) as probe:
        for name in (f"/tmp/.X11-unix/X{rest.partition('.')[0]}", f"\0/tmp/.X11-unix/X{rest.partition('.')[0]}"):
            try:
                probe.connect(name)
            except OSError:
                continue
            return True
    return False
