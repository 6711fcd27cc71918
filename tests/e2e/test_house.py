"""How the program meets a machine: a desktop that is dark, and no display at all."""

import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.e2e.annotating import TEXT, wait_until_open
from tests.e2e.desktop import ROOT, Desktop
from tests.e2e.window import Window


@pytest.mark.parametrize("dark", [False, True])
def test_the_window_is_dark_where_the_desktop_is(dark: bool, tmp_path: Path, home: Path) -> None:
    desktop = Desktop(tmp_path, dark=dark)
    try:
        desktop.start()
        window = Window(desktop, home).start()
        wait_until_open(window, 0)
        window.wait_for(lambda: (lightness(window, tmp_path) < 80) == dark, "the page in the desktop's colours")
        window.close()
    finally:
        desktop.end()


def lightness(window: Window, folder: Path) -> int:
    """Of the page's ground, 0 to 255: read just inside the text's left top corner."""
    window.shot(folder / "shot.png")
    frame, page = window.frame(), window.rectangle(TEXT)
    ground = QImage(str(folder / "shot.png")).pixelColor(page.x - frame.x + 4, page.y - frame.y + 4)
    return ground.lightness()


def test_without_a_display_make_run_says_how() -> None:
    without = {name: value for name, value in os.environ.items() if "DISPLAY" not in name and name != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        ["make", "run"], cwd=ROOT, env=without, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "xvfb-run -a make run" in done.stderr
