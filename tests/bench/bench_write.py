"""Writing: bulk changes of 100,000 rows beside the same rows by plain sqlite3, and single changes at two sizes.

Each measure runs in a process of its own: `python -m tests.bench.bench_write NAME` prints its figures as JSON.
"""

import gc
import json
import os
import shutil
import sqlite3
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.bench import corpus
from tests.bench.bench_window import Disk
from tests.bench.common import at_most, home, measured, milliseconds, percentile, row

if TYPE_CHECKING:
    from annotator.project import Project
    from tests.bench.desk import Desk

_LABEL = "claim"
_BULK = ("tag", "undo tag", "redo tag", "delete", "undo delete")
_MERGE = ("merge labels of", "undo merge of", "redo merge of")
_SINGLE = ("tag", "retag", "undo", "delete")
_SETTLING_MS, _AHEAD_MS = 2_000, 8_000  # after a change; until the window has made ahead what it will need
_TIMES, _WARMING = 200, 10  # rounds that are measured, after some that are not
_PRAGMAS = ("foreign_keys = 1", "synchronous = extra", "trusted_schema = 0", "cell_size_check = 1", "mmap_size = 0")
_CHANGE_ROW = "insert into change_row values (?, ?, ?, ?, ?, ?)"
_SPAN = f"insert into span values ({', '.join('?' * 15)})"


class Plain:
    """The yardstick: another copy of the project, written by plain sqlite3 with the project's settings."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in _PRAGMAS:
            self._connection.execute(f"pragma {pragma}")

    def write(self, change: tuple[Any, ...], statements: Sequence[tuple[str, list[tuple[Any, ...]]]]) -> float:
        """Write the row of a change and many others in one transaction; return how many seconds it took."""
        started = time.perf_counter()
        self._connection.execute("begin immediate")
        self._connection.execute("insert into change values (?, ?, ?, ?, ?, ?, ?)", change)
        for statement, rows in statements:
            self._connection.executemany(statement, rows)
        self._connection.execute("commit")
        return time.perf_counter() - started


def places() -> list[tuple[str, int, int]]:
    """Return where the phrase is in the whole corpus: once in every document."""
    query = "select d.id, t.content from document d join text t on t.sha256 = d.text_sha256 order by d.position"
    with sqlite3.connect(corpus.path()) as connection:
        found = [(key, text.index(corpus.PHRASE)) for key, text in connection.execute(query)]
    connection.close()
    return [(key, at, at + len(corpus.PHRASE)) for key, at in found]


def bulk(operations: Sequence[str] = _BULK) -> dict[str, float]:
    """Tag every place, undo, redo, delete, undo: seconds of each, and of the same rows by plain sqlite3."""
    import annotator

    found, figures = places(), dict[str, float]()
    with TemporaryDirectory(prefix="annotator-bench-") as name, annotator.open(corpus.copy(Path(name))) as project:
        project.tag_hits(_LABEL, found[:1])  # reads what is read once
        project.undo()
        plain = Plain(Path(shutil.copyfile(project.path, project.path.with_stem("plain"))))
        os.sync()  # else the copies are still being written meanwhile
        for operation in operations:
            action = _action(project, operation, found)
            figures[f"{operation} ours"] = _seconds(action)
            change, statements = _written(project.path)
            figures[f"{operation} plain"] = plain.write(change, statements)
            figures[f"{operation} rows"] = len(statements[-1][1])
    return figures


def merging() -> dict[str, float]:
    """Give all spans of a label another one, undo, redo: as `bulk`."""
    return bulk(_MERGE)


def _action(project: "Project", operation: str, found: list[tuple[str, int, int]]) -> Callable[[], object]:
    if operation == "tag":
        return lambda: project.tag_hits(_LABEL, found)
    if operation == "merge labels of":
        project.back_up()  # else the merge would make one first
        return lambda: project.merge_labels(_LABEL, "quote")
    if operation == "delete":
        ids = [key for table, key, *_ in _last_rows(project.path) if table == "span"]
        project.back_up()
        return lambda: project.delete(*ids)
    return project.redo if operation.startswith("redo") else project.undo


def _written(path: Path) -> tuple[tuple[Any, ...], list[tuple[str, list[tuple[Any, ...]]]]]:
    """Return the newest change of a project, and the statements, with their rows, that write the same."""
    with closing(sqlite3.connect(path)) as connection:
        change = connection.execute("select * from change order by number desc limit 1").fetchone()
        log = connection.execute("select * from change_row where change = ? order by rowid", change[:1]).fetchall()
        spans = "select span.* from change_row join span on span.id = row_id where change_row.change = ?"
        there = {row[0]: row for row in connection.execute(spans, change[:1])}
    new = [there[key] for _, table, key, operation, *_ in log if (table, operation) == ("span", "insert")]
    gone = [(key,) for _, table, key, operation, *_ in log if (table, operation) == ("span", "delete")]
    updated = [(key, before) for _, table, key, operation, _, before in log if (table, operation) == ("span", "update")]
    others = _update([(there[key], json.loads(before)) for key, before in updated])
    statements = [(_SPAN, new), ("delete from span where id = ?", gone), others, (_CHANGE_ROW, log)]
    return change, [each for each in statements if each[1]]


def _update(spans: list[tuple[tuple[Any, ...], dict[str, Any]]]) -> tuple[str, list[tuple[Any, ...]]]:
    """Return the statement that writes what is another in the first of these spans, and its parameters for each."""
    now, before = spans[0] if spans else ((), {})
    places = [place for place, old in enumerate(before.values()) if now[place] != old]
    columns = [list(before)[place] for place in places]
    statement = f"update span set {', '.join(f'{name} = ?' for name in columns)} where id = ?"
    return statement, [(*(row[place] for place in places), row[0]) for row, _ in spans]


def _last_rows(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        newest = "select table_name, row_id from change_row where change = (select max(number) from change)"
        return connection.execute(newest).fetchall()


def _seconds(action: Callable[[], object]) -> float:
    gc.collect()
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def single() -> dict[str, float]:
    """Tag, retag, undo, delete one span, in turns in the corpus and in a project of 100 spans: ms of each."""
    import annotator

    times: dict[str, list[float]] = {f"{name} {size}": [] for name in _SINGLE for size in ("large", "small")}
    with TemporaryDirectory(prefix="annotator-bench-") as name:
        folder = Path(name)
        disk, alone = Disk(folder), list[float]()
        small = corpus.make(folder / "small.annotator", 10, 10)
        with annotator.open(corpus.copy(folder)) as one, annotator.open(small) as other:
            os.sync()
            for number in range(_TIMES + _WARMING):
                for project, size in ((one, "large"), (other, "small")):
                    for operation, took in _one_span(project, f"doc-{number % 10:07}", number):
                        alone.append(disk.commit())
                        if number >= _WARMING:
                            times[f"{operation} {size}"].append(took)
    figures = {"disk median": percentile(alone, 50), "disk p99": percentile(alone, 99)}
    for name, taken in times.items():
        figures |= {f"{name} median": percentile(taken, 50), f"{name} p99": percentile(taken, 99)}
    return figures


def _one_span(project: "Project", document: str, number: int) -> Iterator[tuple[str, float]]:
    """Do to one span what one does, as the window asks for it; yield the ms of each."""
    key, sha256 = str(uuid.uuid4()), project.documents.get(document).text_sha256
    start = 10 + number
    yield "tag", milliseconds(lambda: project.tag(document, "claim", start, start + 9, id=key, text_sha256=sha256))
    yield "retag", milliseconds(lambda: project.retag(key, "quote"))
    yield "undo", milliseconds(project.undo)
    yield "delete", milliseconds(lambda: project.delete(key))


def window(project: Path) -> dict[str, float]:
    """Tag every place in the window, undo, redo: ms of the longest block, seconds until the next job's answer."""
    from PySide6.QtTest import QTest

    from tests.bench import desk

    found, figures = places(), dict[str, float]()
    jobs: dict[str, Callable[[Project], object]] = {
        "tag": lambda project: project.tag_hits(_LABEL, found),
        "undo": lambda project: project.undo(),
        "redo": lambda project: project.redo(),
    }

    def script(at: "desk.Desk") -> None:
        QTest.qWait(_AHEAD_MS)
        for name, job in jobs.items():
            figures.update((f"{name} {what}", value) for what, value in _watched(at, job).items())

    desk.use(project, script)
    return figures


def _watched(at: "Desk", job: "Callable[[Project], object]") -> dict[str, float]:
    """Have the project's thread do something; how long the window's loop stood still, and when each was told."""
    from PySide6.QtTest import QTest

    from tests.bench.desk import Gaps

    known, answered, worker = len(at.commits), list[bool](), at.window.worker
    assert worker is not None
    started = time.perf_counter()
    with Gaps() as gaps:
        worker.write(job)
        at.wait(lambda: len(at.commits) > known)
        told = time.perf_counter()
        worker.read(lambda _: None, lambda _: answered.append(True))
        at.wait(lambda: answered)
        then = time.perf_counter()
        QTest.qWait(_SETTLING_MS)
    return {"block": gaps.longest, "told": told - started, "next": (then - told) * 1000}


def _in_the_window() -> dict[str, float]:
    with TemporaryDirectory(prefix="annotator-bench-") as name:
        project = corpus.copy(Path(name))
        os.sync()
        return measured("bench_write", "window", str(project), environment=home(Path(name)))


def rows() -> Iterator[dict[str, Any]]:
    """Measure and yield the rows."""
    spans = corpus.DOCUMENTS * corpus.SPANS_EACH
    done = measured("bench_write", "bulk") | measured("bench_write", "merging")
    for operation in (*_BULK, *_MERGE):
        ours, plain = done[f"{operation} ours"], done[f"{operation} plain"]
        count = f"{done[f'{operation} rows']:,.0f} spans"
        name = f"{operation} {count} {ours:.1f} s, the same rows by executemany {plain:.1f} s"
        limit = 2 if operation in _BULK else 4
        yield row(name, ours / plain, "x", f"<= {limit} x", ours <= limit * plain, desk=False)
    taken = measured("bench_write", "single")
    for operation in _SINGLE:
        large, small = (taken[f"{operation} {size} median"] for size in ("large", "small"))
        name = f"{operation} among {spans:,} spans {large:.1f} ms, among 100 {small:.1f} ms"
        yield row(name, large / small, "x", "<= 1.2 x", large <= 1.2 * small)
        beyond = taken[f"{operation} large p99"] - taken["disk p99"]
        yield at_most(
            f"{operation} among {spans:,} spans: p99 beyond the disk's {taken['disk p99']:.1f} ms", beyond, "ms", 16
        )

    blocks = _in_the_window()
    for operation in ("tag", "undo", "redo"):
        name = f"{operation} {corpus.DOCUMENTS:,} places in the window ({blocks[f'{operation} told']:.1f} s)"
        yield at_most(f"{name}: longest block", blocks[f"{operation} block"], "ms", 50)
        yield at_most(f"{name}: the next job waits after it", blocks[f"{operation} next"], "ms", 50)


if __name__ == "__main__":
    if sys.argv[1] == "window":
        print(json.dumps(window(Path(sys.argv[2]))))
    else:
        print(json.dumps({"bulk": bulk, "merging": merging, "single": single}[sys.argv[1]]()))
