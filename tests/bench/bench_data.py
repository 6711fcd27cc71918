"""Data in and out of a project of 100,000 documents and 1,000,000 spans: opening it, exporting, importing.

Each measure runs in a process of its own, beside its yardstick: `python -m tests.bench.bench_data NAME PROJECT` prints
its figures as JSON. Times are the process's own seconds of a processor; `peak` is the most memory that it ever had.
"""

import contextlib
import json
import sqlite3
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench import corpus
from tests.bench.common import at_most, measured, peak_mb, row

_TURNS = 3  # of what is measured in turns with its yardstick
_CHUNK = 500  # documents whose records are in memory at once

# What the list shows and is searched in, as one statement: title, outlet, date and beginning, how long the text is, the
# state for one annotator, and how many spans are theirs.
_LIST = """
select d.id, d.title, d.outlet, d.author, d.published, d.fields, t.length, substr(t.content, 1, 400), s.state,
  (select count(*) from span p where p.document = d.id and p.annotator = :who and p.text_sha256 is null)
from document d join text t on t.sha256 = d.text_sha256
left join document_state s on s.document = d.id and s.annotator = :who
order by d.position, d.id
"""


def _seconds() -> float:
    return time.process_time()


def opening(project: Path) -> dict[str, float]:
    """Open the project and read what the window reads then."""
    import annotator
    import annotator.project  # importing SQLAlchemy belongs to starting, not to opening

    start, begun = time.perf_counter(), _seconds()
    with annotator.open(project) as opened:
        _ = opened.codebook, opened.undo_state()
        listed = len(opened.statuses())
        taken = _seconds() - begun, time.perf_counter() - start
    return {"seconds": taken[0], "wall": taken[1], "count": listed, "peak": peak_mb()}


def bare_list(project: Path) -> dict[str, float]:
    """Read the same through sqlite3 alone."""
    with contextlib.closing(sqlite3.connect(f"file:{project}?mode=ro", uri=True)) as connection:
        connection.execute("select count(*) from label").fetchall()
        start, begun = time.perf_counter(), _seconds()
        listed = len(connection.execute(_LIST, {"who": "me"}).fetchall())
        return {"seconds": _seconds() - begun, "wall": time.perf_counter() - start, "count": listed, "peak": peak_mb()}


def exporting(project: Path, layout: str) -> dict[str, float]:
    """Export to a file beside the project, whole and on the disk."""
    import annotator

    with annotator.open(project) as opened:
        start, begun = time.perf_counter(), _seconds()
        report = opened.export(project.with_name(f"{layout}.jsonl"), layout=layout, force=True)
        taken = _seconds() - begun, time.perf_counter() - start
    return {"seconds": taken[0], "wall": taken[1], "count": report.spans, "peak": peak_mb()}


def dumping(project: Path, layout: str) -> dict[str, float]:
    """Make JSON of the records in the exported file, a few at a time; reading them isn't counted."""
    taken = wall = count = 0.0
    with project.with_name(f"{layout}.jsonl").open(encoding="utf-8") as lines:
        while records := [json.loads(each) for each in islice(lines, _CHUNK)]:
            start, begun = time.perf_counter(), _seconds()
            for record in records:
                json.dumps(record, ensure_ascii=False)
            taken, wall = taken + _seconds() - begun, wall + time.perf_counter() - start
            count += sum(len(record.get("spans", "1")) for record in records)
    return {"seconds": taken, "wall": wall, "count": count, "peak": peak_mb()}


def importing(lines: Path) -> dict[str, float]:
    """Take our JSONL into a new project, as `annotator import` does."""
    import annotator
    import annotator.storage.work_compare  # as above
    from annotator.domain.work import WorkPreview

    with annotator.new(lines.with_name("new.annotator"), force=True) as project:
        start, begun = time.perf_counter(), _seconds()
        *_, preview = project.preview_work_steps(lines)
        looked = time.perf_counter() - start
        assert isinstance(preview, WorkPreview)
        taken = project.take_work(preview)
        figures = {
            "seconds": _seconds() - begun,
            "wall": time.perf_counter() - start,
            "looked": looked,
            "peak": peak_mb(),
        }
    return figures | {"count": sum(row.spans.new for row in taken.rows)}


def loading(lines: Path) -> dict[str, float]:
    """Load the same records, and insert the same rows into the same tables of a new project through sqlite3 alone."""
    import annotator

    target = lines.with_name("plain.annotator")
    annotator.new(target, force=True).close()
    with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as connection:
        for pragma in ("foreign_keys = on", "synchronous = extra", "journal_mode = delete"):
            connection.execute(f"pragma {pragma}")
        labels = {name: key for key, name in connection.execute("select id, name from label")}
        start, begun = time.perf_counter(), _seconds()
        with lines.open(encoding="utf-8") as stream:
            records = [json.loads(line) for line in stream]
        count = _insert(connection, records, labels)
        return {"seconds": _seconds() - begun, "wall": time.perf_counter() - start, "count": count, "peak": peak_mb()}


def _insert(connection: sqlite3.Connection, records: list[Any], labels: dict[str, str]) -> int:
    """Insert all of it in one transaction, with a row in the history for each; return the number of spans."""
    names = {each["annotator"] for record in records for each in record["spans"]} | {"me"}
    people = {name: str(uuid.uuid5(uuid.NAMESPACE_OID, name)) for name in names}
    at, number = "2026-01-01T00:00:00.000Z", 1
    described = ("title", "outlet", "author", "published")
    tables: dict[str, list[Any]] = {
        "annotator": [(key, name) for name, key in people.items()],
        "text": [(each["text_sha256"], each["text"], len(each["text"])) for each in records],
        "document": [
            (each["id"], place, *(each["meta"][name] for name in described), each["language"], each["meta"]["url"],
             each["meta"]["source_file"], None, each["text_sha256"], at, each["note"], 1, number, None)
            for place, each in enumerate(records)
        ],
        "span": [
            (span["id"], each["id"], people[span["annotator"]], labels[span["label"]], span["start"], span["end"], None,
             span["text"], span["note"], None, span["created"], span["modified"], 1, number, None)
            for each in records for span in each["spans"]
        ],
        "document_state": [
            (str(uuid.uuid4()), each["id"], people[state["annotator"]], state["state"], 1, number)
            for each in records for state in each["status"]
        ],
        "change": [(number, str(uuid.uuid4()), "do", "take work", people["me"], at, None)],
    }  # fmt: skip
    tables["change_row"] = [
        (number, name, row[0], "insert", 1, None)
        for name in ("document", "span", "document_state")
        for row in tables[name]
    ]
    connection.execute("begin immediate")
    for name, rows_ in tables.items():
        connection.executemany(f"insert into {name} values ({', '.join('?' * len(rows_[0]))})", rows_)
    connection.execute("commit")
    return len(tables["span"])


def _in_turns(ours: tuple[str, ...], theirs: tuple[str, ...], turns: int = _TURNS) -> dict[str, float]:
    """Measure both in turns: the middle ratio of their seconds and of their wall time, and the least that each took."""
    pairs = [(measured("bench_data", *ours), measured("bench_data", *theirs)) for _ in range(turns)]
    for mine, other in pairs:
        if mine["count"] != other["count"]:
            raise AssertionError(f"{ours[0]} had {mine['count']:,.0f}, {theirs[0]} {other['count']:,.0f}.")
    ratios = sorted(mine["seconds"] / other["seconds"] for mine, other in pairs)
    walls = sorted(mine["wall"] / other["wall"] for mine, other in pairs)
    best = min(mine["wall"] for mine, _ in pairs), min(other["wall"] for _, other in pairs)
    peak = max(mine["peak"] for mine, _ in pairs)
    return {
        "ratio": ratios[turns // 2],
        "walls": walls[turns // 2],
        "ours": best[0],
        "theirs": best[1],
        "peak": peak,
    }


def _times(name: str, taken: dict[str, float], limit: float, desk: bool = True) -> dict[str, Any]:
    said = f"{name} (CPU; wall {taken['walls']:.2f} times: {taken['ours']:.1f} s, that {taken['theirs']:.1f} s)"
    return row(said, taken["ratio"], "times", f"<= {limit:g} times", taken["ratio"] <= limit, desk)


def rows() -> Iterator[dict[str, Any]]:
    """Measure and yield the rows."""
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name:
        project, what = str(corpus.copy(Path(name))), corpus.size()
        taken = _in_turns(("opening", project), ("bare_list", project))
        yield _times(f"open {what}: a bare SELECT of the list", taken, 2)
        for layout in ("documents", "spans"):
            taken = _in_turns(("exporting", project, layout), ("dumping", project, layout))
            yield _times(f"export as JSONL, {layout}: json.dumps of its records", taken, 1.5)
            yield at_most(f"export as JSONL, {layout}: peak memory", taken["peak"], "MB", 150)
        lines = str(Path(project).with_name("documents.jsonl"))
        taken = _in_turns(("importing", lines), ("loading", lines), turns=1)
        yield _times("import that into a new project: json.loads, plain executemany of its rows", taken, 2)


if __name__ == "__main__":
    _functions = {each.__name__: each for each in (opening, bare_list, exporting, dumping, importing, loading)}
    print(json.dumps(_functions[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])))
