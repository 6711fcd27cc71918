"""A first look at a project, without SQLAlchemy, which takes longer to import than the window to be built.

It reads what a first page shows, by a connection of its own, and changes nothing. Whatever is out of the ordinary, an
older version, damage, a file that another program is writing, gives no look: opening the project will tell.
"""

import json
import os
import sqlite3
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from annotator.domain.codebook import Codebook, Label, LineForm
from annotator.domain.document import BEGINNING, Document, DocumentStatus, State
from annotator.domain.first_look import FirstLook
from annotator.domain.span import Fragment, Span, span_text, text_order
from annotator.errors import AnnotatorError
from annotator.settings import default_annotator
from annotator.storage import header
from annotator.storage.version import SCHEMA_VERSION

_ODD = ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError
"""What values raise that no program of ours wrote."""
FEW = 200  # documents, all of which are listed
_SPANS = 1_000  # more than a page shows
_LONGEST_S = 0.5
_INSTRUCTIONS = 10_000  # of SQLite's machine, between two looks at the clock

_LABELS = "select id, name, letter, colour, line_form, key, guideline from label order by position, name"
_DOCUMENT = """
    select d.id, d.title, d.outlet, d.author, d.published, d.language, d.url, d.source_file, d.source_sha256,
      d.text_sha256, t.length, substr(t.content, 1, ?), d.created, d.note, d.version,
      (select count(*) from span where document = d.id and annotator = ? and text_sha256 is null),
      (select state from document_state where document = d.id and annotator = ?)
    from document d join text t on t.sha256 = d.text_sha256
"""
_SPANS_OF = """
    select id, document, label, start, "end", fragments, text, created, modified, version from span
    where document = ? and annotator = ? and text_sha256 is null order by start, id limit ?
"""


def look(path: Path, document: str = "", annotator: str | None = None) -> FirstLook | None:
    """Return a look at `document`, or at the project's first where there is none of that id; None where none is had."""
    try:
        key = header.opened(path)
        try:
            address = f"file:{quote(os.fsencode(path.resolve()))}?mode=ro"
            with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=0)) as connection:
                connection.execute("pragma trusted_schema = 0")
                connection.execute("pragma cell_size_check = 1")
                _stop_in(connection, _LONGEST_S)
                connection.execute("begin")  # all of it as it is at one moment
                return _look(connection, document, annotator)
        finally:
            header.closed(key)
    except (AnnotatorError, sqlite3.Error, OSError, *_ODD):
        return None


def _stop_in(connection: sqlite3.Connection, seconds: float) -> None:
    """Stop a statement that is still running then: a file from elsewhere may hold anything in the place of a table."""
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, _INSTRUCTIONS)


def _look(connection: sqlite3.Connection, wanted: str, annotator: str | None) -> FirstLook | None:
    if connection.execute("pragma user_version").fetchone() != (SCHEMA_VERSION,):
        return None
    made_for = dict(connection.execute("select key, value from project")).get("annotator", "").strip()
    name = annotator or made_for or default_annotator()
    mine = connection.execute("select id from annotator where name = ? and id <> 'gold'", (name,)).fetchone()
    me = mine[0] if mine else None
    statuses = _statuses(connection, wanted, me)
    status = next((each for each in statuses if each.document.id == wanted), next(iter(statuses), None))
    if status is None:
        return None
    of = status.document
    text: str = connection.execute("select content from text where sha256 = ?", (of.text_sha256,)).fetchone()[0]
    labels = {row[0]: _label(row) for row in connection.execute(_LABELS)}
    rows = connection.execute(_SPANS_OF, (of.id, me, _SPANS))
    spans = sorted((_span(row, labels, name) for row in rows), key=text_order)
    if sha256(text.encode()).hexdigest() != of.text_sha256:
        return None
    if any(span_text(text, span.fragments) != span.text for span in spans):
        return None
    listed = statuses if len(statuses) > 1 or _count(connection) == 1 else ()
    return FirstLook(name, Codebook(tuple(labels.values())), status, tuple(listed), text, tuple(spans))


def _statuses(connection: sqlite3.Connection, wanted: str, me: str | None) -> list[DocumentStatus]:
    """All documents where they are few, else the wanted or the first."""
    in_order = f"{_DOCUMENT} order by d.position, d.id limit ?"
    values = BEGINNING, me, me
    if _count(connection) <= FEW:
        rows = connection.execute(in_order, (*values, FEW)).fetchall()
    else:
        rows = connection.execute(f"{_DOCUMENT} where d.id = ?", (*values, wanted)).fetchall()
        rows = rows or connection.execute(in_order, (*values, 1)).fetchall()
    return [_status(row) for row in rows]


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute(f"select count(*) from (select 1 from document limit {FEW + 1})").fetchone()[0])


def _status(row: tuple[Any, ...]) -> DocumentStatus:
    *about, spans, state = row
    begun = State.IN_PROGRESS if spans else State.TODO
    return DocumentStatus(Document(*about), spans, State(state) if state else begun)


def _label(row: tuple[Any, ...]) -> Label:
    key, name, letter, colour, form, digit, guideline = row
    return Label(name, letter, colour, LineForm(form), digit, guideline, id=key)


def _span(row: tuple[Any, ...], labels: dict[str, Label], name: str) -> Span:
    key, document, label, start, end, several, words, created, modified, version = row
    pieces = json.loads(several) if several else [(start, end)]
    fragments = tuple(Fragment(begin, finish) for begin, finish in pieces)
    return Span(key, document, labels[label].name, fragments, words, name, created, modified, version=version)
