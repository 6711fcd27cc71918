"""The window on the large corpus: how long its loop stood still while one opens, walks, tags, filters, finds, enters.

In a process of its own: `python -m tests.bench.bench_desk PROJECT` prints its figures as JSON.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.bench_start import installed
from tests.bench.common import at_most, measured, percentile, row

if TYPE_CHECKING:
    from tests.bench.desk import Desk

_FRAME = 16.7  # ms
_WALKED, _TAGGED = 20, 20
_REST_MS = 300
_READ_MS = 2_000  # how long a mode that reads the whole project is watched
_READ_S = 90  # how long one waits for Analyse to have read everything
_DECIDED = 20
_MODES = "annotator.gui.review.mode", "annotator.gui.analyse.mode"
_IMPORTS = f"import annotator.gui.furnishing, annotator.gui.app, annotator.project, {', '.join(_MODES)}"
Watched = Callable[..., None]


def session(project: Path) -> dict[str, float]:
    """Use the window as one does at a desk; ms by what was done, the longest block of the loop each."""
    from PySide6.QtCore import QTimer

    from tests.bench import desk

    figures: dict[str, float] = {}
    opening = _Opening()
    QTimer.singleShot(0, opening.watch)  # before the project comes

    def script(at: "desk.Desk") -> None:
        figures["open"] = opening.end()
        figures["readable"] = opening.readable(at)
        _use(at, figures)

    desk.use(project, script)
    return figures


class _Opening:
    def watch(self) -> None:
        from tests.bench.desk import Gaps

        self._began = time.perf_counter()
        self._gaps = Gaps()
        self._gaps.__enter__()

    def end(self) -> float:
        self._gaps.__exit__()
        self._ended = time.perf_counter()
        return self._gaps.longest

    def readable(self, at: "Desk") -> float:
        """Return the ms until the list was there and the first article, which both are now."""
        assert at.window.mode.documents.model.rowCount()
        assert at.text.toPlainText()
        return (self._ended - self._began) * 1000


def _use(at: "Desk", figures: dict[str, float]) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.bench import corpus
    from tests.bench.desk import Gaps, words_in_sight

    mode, window = at.window.mode, at.window

    def watched(name: str, action: Callable[[], object], rest: int = _REST_MS) -> None:
        with Gaps() as gaps:
            action()
            at.rest()
            QTest.qWait(rest)
        figures[name] = max(gaps.longest, figures.get(name, 0.0))

    def walk() -> None:
        shown = mode.loader.document_id
        window.actions_table["next_document"].trigger()
        at.wait(lambda: mode.loader.document_id != shown and not mode.loader.loading)

    for _ in range(_WALKED):
        watched("next document", walk, 30)
    at.text.setFocus()
    tags: list[float] = []
    for first, last in list(words_in_sight(at))[:_TAGGED]:
        at.text.select(first, last)
        watched("tag", lambda: tags.append(at.committed(Qt.Key.Key_1)[0]), 30)
        watched("undo", lambda: at.committed(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier), 30)
    figures["tag to disk"] = percentile(tags, 50)
    QTest.qWait(3_000)
    keys: list[float] = []
    complete: dict[str, float] = {}

    def typed(key: str) -> None:
        start = time.perf_counter()
        QTest.keyClicks(mode.documents.filter, key)
        mode.documents.view.viewport().repaint()
        keys.append((time.perf_counter() - start) * 1000)
        at.wait(lambda: mode.documents.model.complete)
        complete[mode.documents.filter.text()] = (time.perf_counter() - start) * 1000

    for key in "report 77 school":
        watched("filter", partial(typed, key), 10)
    figures["filter key"], figures["filter key, worst"] = percentile(keys, 50), max(keys)
    figures["filter all"] = percentile(_beyond_grep(complete, at), 50)
    watched("filter cleared", mode.documents.filter.clear)
    goto: list[float] = []
    for number in range(11, corpus.DOCUMENTS, corpus.DOCUMENTS // 17):
        start = time.perf_counter()
        mode.open_document(f"doc-{number:07}")
        mode.documents.view.viewport().repaint()
        goto.append((time.perf_counter() - start) * 1000)
        at.wait(lambda: not mode.loader.loading)
    figures["go to"] = percentile(goto, 50)
    watched("find", lambda: _find(at, corpus.RARE), 3_000)
    watched("find in all", lambda: _find(at, corpus.PHRASE), 3_000)
    _review(at, watched, figures)
    _analyse(at, watched)
    watched("Annotate", partial(window.modes.enter, "Annotate"))


def _review(at: "Desk", watched: Watched, figures: dict[str, float]) -> None:
    """Enter Review, decide by keys in one document and in the list of all, leave while it reads, and come back."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    modes = at.window.modes
    start = time.perf_counter()

    def enter() -> None:
        modes.enter("Review")
        showing = modes.built("Review").showing  # type: ignore[attr-defined]
        at.wait(lambda: showing.item and showing.document)
        figures["first item"] = (time.perf_counter() - start) * 1000

    watched("Review", enter, _READ_MS)
    review: Any = modes.built("Review")
    decided: list[float] = []

    def decide() -> None:
        at.wait(lambda: "digits" in modes.conditions())  # else the next document is still being read
        known, began = len(at.commits), time.perf_counter()
        QTest.keyClick(at.window, Qt.Key.Key_X if len(decided) % 3 else Qt.Key.Key_1)
        at.wait(lambda: len(at.commits) > known)
        decided.append((time.perf_counter() - began) * 1000)

    for _ in range(_DECIDED):
        watched("Review, decide", decide, 60)
    figures["decision to disk"] = percentile(decided, 50)
    watched("Review, list all documents", partial(review.queue.filters.set_everywhere, True), _READ_MS)
    for _ in range(_DECIDED // 2):
        watched("Review, decide in the list of all", decide, 60)
    watched("Review, left and entered again", partial(modes.enter, "Annotate"))
    watched("Review, left and entered again", partial(modes.enter, "Review"))


def _analyse(at: "Desk", watched: Watched) -> None:
    """Enter Analyse, wait until all is read, look at other documents and people, scroll."""
    from PySide6.QtTest import QTest

    modes = at.window.modes
    watched("Analyse", partial(modes.enter, "Analyse"), _READ_MS)
    analyse: Any = modes.built("Analyse")

    def read() -> None:
        until = time.perf_counter() + _READ_S
        at.wait(lambda: analyse.wiring.has_figures or time.perf_counter() > until, 2 * _READ_S)

    watched("Analyse, read and shown", read, _READ_MS)
    for section in ("Labels", "Agreement", "Overview"):
        watched("Analyse, a section", partial(analyse.show_section, section))
    box = next(iter(analyse.side.boxes.values()))
    watched("Analyse, leave out an annotator", box.click, _READ_MS)
    chart = analyse.board.labels.chart
    for page in range(1, 20):
        watched("Analyse, scroll a chart", partial(chart.verticalScrollBar().setValue, 4_000 * page), 20)
    QTest.qWait(_REST_MS)


def _beyond_grep(complete: dict[str, float], at: "Desk") -> list[float]:
    """Take from the ms of each filter those of grep -i over the titles alone."""
    from tests.bench import grep

    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as titles:
        titles.writelines(f"{status.document.heading}\n" for status in at.window.mode.statuses().values())
        titles.flush()
        return [ms - 1_000 * grep.seconds(typed, Path(titles.name), "-i") for typed, ms in complete.items()]


def _find(at: "Desk", words: str) -> None:
    from PySide6.QtTest import QTest

    at.window.actions_table["find_in_project"].trigger()
    QTest.qWait(50)
    QTest.keyClicks(at.window.focusWidget(), words)


def rows() -> Iterator[dict[str, Any]]:
    """Measure and yield the rows."""
    from tests.bench import corpus

    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name:
        folder = Path(name)
        environment = installed(folder)
        subprocess.run([sys.executable, "-c", _IMPORTS], check=True, env=environment)
        found = measured("bench_desk", str(corpus.copy(folder)), environment=environment)
    what = corpus.size()
    yield at_most(f"go to any document, {what}: row chosen and painted", found.pop("go to"), "ms", _FRAME)
    yield at_most("filter the list: a key, median", found.pop("filter key"), "ms", _FRAME)
    yield at_most("filter the list: the slowest key", found.pop("filter key, worst"), "ms", 2 * _FRAME)
    yield at_most(
        "filter the list: all rows there, beyond grep -i over the titles", found.pop("filter all"), "ms", _FRAME
    )
    yield row("open: the list there, the first article readable", found.pop("readable"), "ms", "said", True)
    yield row("Review: entered until an item can be decided", found.pop("first item"), "ms", "said", True)
    yield at_most("Review: a key that decides, to disk, median", found.pop("decision to disk"), "ms", 50)
    yield at_most("tag there: key to disk and page, median", found.pop("tag to disk"), "ms", 2 * _FRAME)
    for name, longest in found.items():
        yield at_most(f"longest block of the window there: {name}", longest, "ms", 50)


if __name__ == "__main__":
    print(json.dumps(session(Path(sys.argv[1]))))
