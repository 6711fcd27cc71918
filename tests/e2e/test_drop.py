"""Getting documents in on a real screen: files dragged from another program and let go over the window."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.annotating import DOCUMENTS, TEXT, command, project_of
from tests.e2e.desktop import ROOT, Desktop
from tests.e2e.drag_source import PLACE
from tests.e2e.processes import Process, end_process
from tests.e2e.window import Window

OLD = "Der Präsident sagte: “Über die Straße gehen wir nicht.” So kam es.\n"


def test_files_dropped_from_another_program_become_documents(window: Window, home: Path, tmp_path: Path) -> None:
    plain, old = tmp_path / "plain.txt", tmp_path / "old.txt"
    plain.write_text("A text that somebody dropped.\n")
    old.write_bytes(OLD.encode("cp1252"))
    window.wait_for(lambda: len(window.items(DOCUMENTS)) == 5, "the sample")

    with dropped(window, plain):
        window.wait_for(lambda: "somebody dropped" in window.text(TEXT), "the dropped text to be shown")
    assert len(window.items(DOCUMENTS)) == 6
    assert not window.shows("Drop to import")

    with dropped(window, plain, old):
        window.wait_for(lambda: window.exists("Use this encoding"), "the question for the encoding")
    assert "Straße" in window.text("Text")
    window.click("Use this encoding")
    window.wait_for(lambda: window.exists("Import 1 document"), "the button that imports")
    window.wait_for(lambda: "enabled" in window.states("Import 1 document"), "the button to be enabled")
    window.click("Import 1 document")
    window.wait_for(lambda: "Straße" in window.text(TEXT), "the imported text to be shown")
    assert len(window.items(DOCUMENTS)) == 7

    window.close()
    assert "old.txt" in command("documents", project_of(home), "--json")
    assert "Took back: import old.txt" in command("undo", project_of(home))


@contextmanager
def dropped(window: Window, *files: Path) -> Iterator[None]:
    """Files dragged from another program's window and let go of over the text; that program is there meanwhile."""
    desktop = window.desktop
    source = start_source(desktop, files)
    x, y, width, height = PLACE
    to_x, to_y = window.rectangle(TEXT).middle
    desktop.xdotool("mousemove", x + width // 2, y + height // 2, "sleep", "0.2", "mousedown", 1, "sleep", "0.2")
    for part in range(1, 11):  # the two programs talk between one movement and the next
        desktop.xdotool("mousemove", x + (to_x - x) * part // 10, y + (to_y - y) * part // 10, "sleep", "0.05")
    window.wait_for(lambda: window.shows("Drop to import"), "the window to say that it takes the files")
    desktop.xdotool("sleep", "0.2", "mouseup", 1)
    assert source.line() == "dropped\n"
    yield
    end_process(source)
    desktop.in_front = None


def start_source(desktop: Desktop, files: tuple[Path, ...]) -> Process:
    script = str(ROOT / "tests" / "e2e" / "drag_source.py")
    environment = desktop.environment | {"QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, script, *map(str, files)]
    source = desktop.processes.start(command, environment, stdout=subprocess.PIPE, text=True)
    assert source.line() == "ready\n", source.printed()
    return source
