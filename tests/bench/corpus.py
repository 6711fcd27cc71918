"""The large corpus: 100,000 documents with 1,000,000 spans by two annotators, made once and kept in a cache folder.

Rows go in as plain SQLite writes them, into the tables that a new project has; each measure works on a copy.
`ANNOTATOR_BENCH=small` makes a tenth of everything.
"""

import hashlib
import json
import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import annotator
from annotator.settings import default_annotator

SMALL = os.environ.get("ANNOTATOR_BENCH") == "small"
DOCUMENTS = 10_000 if SMALL else 100_000
SPANS_EACH, OTHERS = 10, 4  # a document's spans, and how many of them are a colleague's
COLLEAGUE = "jonas"
PHRASE = "the harbour committee"  # once in every document: 100,000 occurrences
RARE = "seven quiet lanterns"  # in one of 50
_VERSION = 3  # of what is made here
_DONE_EACH = 10  # one document in so many is done by both
_LENGTH = 600  # code points of a text, about
_AT = "2026-01-01T00:00:00.000Z"


def size() -> str:
    """Say how large the corpus is."""
    return f"{DOCUMENTS:,} documents, {DOCUMENTS * SPANS_EACH:,} spans"


def path() -> Path:
    """Return the project, made now where it isn't there yet. It is not to be changed: see `copy`."""
    folder = Path(tempfile.gettempdir()) / f"annotator-bench-cache-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    target = folder / f"{default_annotator()}-{DOCUMENTS}-v{_VERSION}.annotator"
    if not target.exists():
        temporary = folder / f"making-{os.getpid()}.annotator"
        make(temporary, DOCUMENTS, SPANS_EACH)
        temporary.rename(target)
    return target


def copy(folder: Path) -> Path:
    """Return a copy of the project that may be changed."""
    return Path(shutil.copyfile(path(), folder / "large.annotator"))


def make(target: Path, documents: int, spans_each: int) -> Path:
    """Make a project with so many documents, and so many spans in each, two in five of them a colleague's."""
    with annotator.new(target, force=True):
        pass
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("pragma synchronous = off")
        connection.execute("pragma journal_mode = memory")
        connection.execute("begin")
        connection.executemany("insert into annotator values (?, ?)", [("me", default_annotator()), ("he", COLLEAGUE)])
        labels = [key for (key,) in connection.execute("select id from label order by position")]
        texts = list(_texts(documents))
        hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        _fill(connection, "text", zip(hashes, texts, map(len, texts), strict=True))
        _fill(connection, "document", (_document(n, sha256) for n, sha256 in enumerate(hashes)))
        _fill(connection, "span", _spans(texts, spans_each, labels))
        done = range(0, documents, _DONE_EACH)
        _fill(
            connection,
            "document_state",
            ((f"{n}-{who}", _id(n), who, "done", 1, 0) for n in done for who in ("me", "he")),
        )
        connection.execute("commit")
        connection.execute("pragma journal_mode = delete")
    return target


def _id(number: int) -> str:
    return f"doc-{number:07}"


def _fill(connection: sqlite3.Connection, table: str, rows: Any) -> None:
    columns = len(connection.execute(f"pragma table_info({table})").fetchall())
    connection.executemany(f"insert into {table} values ({', '.join('?' * columns)})", rows)


def _texts(documents: int) -> Iterator[str]:
    chance = random.Random(3)
    words = [
        "of",
        "task",
        "force",
        "report",
        "program",
        "communities",
        "immigration",
        "police",
        "said",
        "and",
        "in",
        "a",
        "new",
        "year",
        "city",
        "council",
    ]
    pool = " ".join(chance.choice(words) for _ in range(4_000))
    for number in range(documents):
        at = chance.randrange(len(pool) - 2 * _LENGTH)
        rare = f" {RARE}" if number % 50 == 7 else ""
        yield f"Report {number}. {pool[at : at + _LENGTH // 2]} {PHRASE}{rare} {pool[at + _LENGTH : at + 3 * _LENGTH // 2]}."  # noqa: E501


def _document(number: int, sha256: str) -> tuple[Any, ...]:
    title = f"Report {number} of the {('city', 'state', 'school', 'water')[number % 4]} board"
    published, outlet = f"20{number % 20:02}-0{number % 9 + 1}-11", f"Outlet {number % 40}"
    described = title, outlet, None, published, "en", None, f"report-{number}.txt", None
    return (_id(number), number, *described, sha256, _AT, None, 1, 0, None)


def _spans(texts: list[str], each: int, labels: list[str]) -> Iterator[tuple[Any, ...]]:
    chance, number = random.Random(4), 0
    for place, text in enumerate(texts):
        for k in range(each):
            start = chance.randrange(10, len(text) - 100)
            end = start + chance.randrange(5, 90)
            who = "he" if k % 5 >= 3 else "me"
            key = f"{number:08x}-0000-4000-8000-000000000000"
            attributes = None
            yield (key, _id(place), who, labels[number % len(labels)], start, end, None, text[start:end], None,
                   attributes, _AT, _AT, 1, 0, None)  # fmt: skip
            number += 1


def records(project: Path) -> str:
    """Return the path of this corpus as our JSONL, a line a document, exported once."""
    target = project.with_suffix(".jsonl")
    if not target.exists():
        with annotator.open(project) as open_project:
            open_project.export(target, force=True)
    return str(target)


if __name__ == "__main__":
    print(json.dumps(str(path())))
