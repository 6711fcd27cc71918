"""The whole window on a project file: tagging from key to disk and page, and opening a large document.

Each measure runs in a process of its own: `python -m tests.bench.bench_window NAME PROJECT` prints its figures as JSON.
"""

import contextlib
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.common import SPANS, at_most, home, measured, milliseconds, percentile, places_of, text_of

if TYPE_CHECKING:
    from tests.bench.desk import Desk

_TIMES = 100  # of each operation
_OPENINGS = 5
_OPERATIONS = ("tag", "retag", "undo", "untag")  # in this order they leave things as they were


def new_project(folder: Path, spans: int) -> Path:
    """Make a project with a short document and one of 10 MB that has so many spans, by the default annotator."""
    import annotator

    path, text = folder / f"{spans}.annotator", text_of("paragraphs")
    for name, content in (("short", "A short text, to begin with.\n"), ("long", text)):
        (folder / f"{name}.txt").write_text(content, encoding="utf-8", newline="")
    with annotator.new(path) as project:
        project.import_files([folder / "short.txt", folder / "long.txt"])
        long = list(project.documents)[1].id
        by_label: dict[str, list[tuple[str, int, int]]] = {}
        for label, start, end in places_of(len(text), spans):
            by_label.setdefault(label, []).append((long, start, end))
        for label, places in by_label.items():
            project.tag_all(label, places)
    return path


class Disk:
    """What a commit costs by itself: one row, in the project's folder, with the project's settings of SQLite."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "disk.sqlite", isolation_level=None)
        self._connection.execute("pragma journal_mode = delete")
        self._connection.execute("pragma synchronous = extra")
        self._connection.execute("create table if not exists line (number integer primary key, words text)")

    def commit(self) -> float:
        """Write one row and return how many ms that took."""
        return milliseconds(self._connection.execute, "insert into line (words) values ('some words of a span')")


def operations(project: Path) -> dict[str, float]:
    """Tag, retag, undo that and delete in the long document, a commit of the bare disk after each."""
    from PySide6.QtCore import Qt

    from tests.bench import desk

    disk, alone = Disk(project.parent), list[float]()
    page, beside = ({name: list[float]() for name in _OPERATIONS} for _ in range(2))

    def script(at: "desk.Desk") -> None:
        _open_long(at)
        control = Qt.KeyboardModifier.ControlModifier
        keys = {"tag": (Qt.Key.Key_1,), "retag": (Qt.Key.Key_2,), "untag": (Qt.Key.Key_Delete,)}
        presses: dict[str, Any] = {**keys, "undo": (Qt.Key.Key_Z, control)}
        for start, end in islice(desk.words_in_sight(at), _TIMES):
            at.text.select(start, end)
            for name in _OPERATIONS:
                at.rest()
                on_page, everything = at.committed(*presses[name])
                page[name].append(on_page)
                beside[name].append(everything)
                alone.append(disk.commit())
            at.rest()
            at.text.choose(None)

    desk.use(project, script)
    figures = {"disk median": percentile(alone, 50), "disk p99": percentile(alone, 99)}
    for name, taken in page.items():
        figures |= {f"{name} median": percentile(taken, 50), f"{name} p99": percentile(taken, 99)}
        figures[f"{name} all"] = percentile(beside[name], 99)
    return figures


def _open_long(desk: "Desk") -> None:
    from PySide6.QtTest import QTest

    desk.window.mode.open_document(list(desk.window.mode._statuses)[1])
    loaded = _loading(desk)
    desk.wait(loaded)
    QTest.qWait(300)
    desk.text.setFocus()


def _loading(desk: "Desk") -> Callable[[], object]:
    """Return a question: whether all spans of the document that is being opened have come."""
    ends: list[bool] = []

    def came(spans: list[object], _reveal: str) -> None:
        if not spans:  # the last news of a loading
            ends.append(True)
            desk.window.mode.loader.spans_loaded.disconnect(came)

    desk.window.mode.loader.spans_loaded.connect(came)
    return lambda: ends


def opening(project: Path) -> dict[str, float]:
    """Click the long document in the list, with the short one open: first frame, then all of its spans."""
    from PySide6.QtTest import QTest

    from tests.bench import desk

    figures: dict[str, list[float]] = {"frame": [], "loaded": [], "block": []}

    def script(at: "desk.Desk") -> None:
        for number in range(2 * _OPENINGS):
            at.window.mode.open_document(next(iter(at.window.mode._statuses)))
            at.wait(lambda: len(at.text._text) < 100)
            QTest.qWait(200)
            for name, took in _opened_by_click(at, watched=number % 2 == 1).items():
                figures[name].append(took)

    desk.use(project, script)
    return {name: percentile(taken, 50) for name, taken in figures.items()} | {"block": max(figures["block"])}


def _opened_by_click(at: "Desk", *, watched: bool) -> dict[str, float]:
    """Return how long the opening took or, where the window's loop is watched, its longest block.

    The watch wakes the window a thousand times a second, and each time what reads the spans has to stand back.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.bench.desk import Gaps

    mode, frames, shown = at.window.mode, at.frames.times, list[int]()
    view = mode.documents.view
    where = view.visualRect(view.model().index(1, 0)).center()
    loaded, note = _loading(at), lambda _: shown.append(len(frames))
    mode.document_shown.connect(note)
    start = time.perf_counter()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    at.wait(lambda: shown and len(frames) > shown[0])
    first = frames[shown[0]]
    with Gaps() if watched else contextlib.nullcontext() as gaps:
        at.wait(loaded)
        end = time.perf_counter()
        QTest.qWait(5)
    mode.document_shown.disconnect(note)
    if len(at.text._store) != SPANS:
        raise AssertionError(f"{len(at.text._store)} spans came, not {SPANS}.")
    if gaps:
        return {"block": gaps.longest}
    return {"frame": (first - start) * 1000, "loaded": (end - first) * 1000}


def rows() -> Iterator[dict[str, Any]]:
    """Measure and yield the rows."""
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name:
        folder = Path(name)
        large = new_project(folder, SPANS)
        environment = home(folder)
        what = "10 MB, 100,000 spans, in the window"
        opened = measured("bench_window", "opening", str(large), environment=environment)
        yield at_most(f"open {what}: to the first frame", opened["frame"], "ms", 250)
        yield at_most("all spans loaded after that, in the window", opened["loaded"], "ms", 250)
        yield at_most("longest block of the window's loop meanwhile", opened["block"], "ms", 50)
        for count, path in ((0, new_project(folder, 0)), (SPANS, large)):
            taken = measured("bench_window", "operations", str(path), environment=environment)
            disk = taken["disk median"], taken["disk p99"]
            for operation in _OPERATIONS:
                title = f"{operation}, {count:,} spans: beyond the disk's {{:.0f}} ms,"
                median, p99 = taken[f"{operation} median"] - disk[0], taken[f"{operation} p99"] - disk[1]
                yield at_most(f"{title.format(disk[0])} median", median, "ms", 16)
                yield at_most(f"{title.format(disk[1])} p99", p99, "ms", 16)
                yield at_most(
                    "  until lists and panels show it too, p99", taken[f"{operation} all"] - disk[1], "ms", 50
                )


if __name__ == "__main__":
    print(json.dumps({"operations": operations, "opening": opening}[sys.argv[1]](Path(sys.argv[2]))))
