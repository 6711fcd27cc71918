"""What comes from outside and is hostile until checked: texts, markup, names of files, JSON, and project files.

Every reader and every widget is run over it: `test_readers`, `test_projects`, `test_widgets`.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ODD = {
    "bidirectional overrides": "abc \u202edef\u202c \u2066ghi\u2069 \u200fjkl\u200e",
    "zero-width characters": "a\u200bb\u200cc\u200dd\u2060e\ufefff",
    "line ends of other systems": "one\u2028two\u2029three\x85four\x0bfive\x0csix",
    "combining without end": "e" + "\u0301" * 5_000,
    "emoji joined by emoji": "👩\u200d👩\u200d👧\u200d👦🏳️\u200d🌈 text 🇩🇪🇫🇷",
    "private and unassigned": "\ue000 \U0010fffd \U000e0041 \u0378",
    "control characters": "bell \a, backspace \b, escape \x1b[31mred\x1b[0m, delete \x7f",
    "looks like a formula": "=HYPERLINK(“http://x”), +1, -1, @SUM(A1)",
}
"""Texts that are odd and allowed: they come in, and go out as they were."""

REFUSED = {
    "NUL": b"before\x00after",
    "a lone surrogate": b"before \xed\xa0\x80 after",
    "bytes that are no characters": b"before \xff\xfe\xfd after \x80",
    "UTF-16 cut in the middle": "\ufeffbefore".encode("utf-16-le")[:-1],
    "nothing but blanks": b" \n\t ",
    "nothing": b"",
}
"""Files that are no text that could be kept."""

LONG_LINE = 10_000_000  # code points in one line


def markup(image: Path) -> str:
    """Return what a careless widget would render: the image at this place, other markup, and entities."""
    return f'<img src="{image.as_uri()}"><b>bold</b><a href="{image.as_uri()}">x</a>&lt;i&gt;&amp; {{0}} %s %n'


JSON = {
    "nested 100,000 deep": "[" * 100_000 + "]" * 100_000,
    "objects nested 100,000 deep": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "a number of 10,000 digits": '{"text": "one", "id": ' + "9" * 10_000 + "}",
    "NaN": '{"text": "one", "weight": NaN}',
    "infinity": '{"text": "one", "weight": -Infinity}',
    "a key twice": '{"text": "one", "text": "two"}',
    "a key twice, deep down": '{"text": "one", "meta": {"a": 1, "a": 2}}',
    "a lone surrogate as an escape": '{"text": "one \\ud800 two"}',
    "NUL as an escape": '{"text": "one \\u0000 two"}',
    "cut off": '{"text": "one',
    "not JSON at all": "text: one",
    "an array in an array": '[["text", "one"]]',
    "a text that is a number": '{"text": 7}',
    "a text that is a list": '{"text": ["one"]}',
    "null": "null",
    "a byte-order mark in the middle": '{"text": "one"}\n\ufeff{"text": ',
}
"""JSON that must be refused in words, or come in as something harmless: never a traceback, never half of it."""

FILE_NAMES = [
    "-rf.txt",
    "--help.txt",
    "a\nb.txt",
    "a\tb.txt",
    "\u202etxt.exe.txt",
    " .txt",
    "..txt",
    "CON.txt",
    "nul.txt",
    "aux.txt",
    "com1.txt",
    'a:b*c?d"e<f>g|h.txt',
    "%2e%2e%2fetc%2fpasswd.txt",
    "$(reboot);`reboot`.txt",
    "<img src=x>.txt",
    "é".encode("latin-1").decode("utf-8", "surrogateescape") + ".txt",
    "x" * 251 + ".txt",
]
"""Names that a file can have here and that a program may trip over: 255 bytes is the longest."""


def projects() -> Mapping[str, Callable[[Path], None]]:
    """Return, by what they do to it, functions that turn a project file into a hostile one."""
    return {
        "a trigger": lambda path: _run(path, "create trigger t after insert on span begin delete from span; end"),
        "a view": lambda path: _run(path, "create view peek as select * from span"),
        "a table more": lambda path: _run(path, "create table more (x)"),
        "a virtual table": lambda path: _run(path, "create virtual table v using fts5(x)"),
        "an index on an expression": lambda path: _run(path, "create index i on span (lower(note))"),
        "a column with a generated value": lambda path: _run(
            path, "alter table span add column g text as (lower(note))"
        ),
        "a check that calls a function": lambda path: _run(path, *_CHECK_WRITTEN),
        "foreign keys that lead nowhere": lambda path: _run(path, "update span set label = 'nowhere'"),
        "a schema that was written over": lambda path: _run(path, *_SCHEMA_WRITTEN),
        "another program's id": lambda path: _run(path, "pragma application_id = 1"),
        "a version of the future": lambda path: _run(path, "pragma user_version = 2147483647"),
        "a negative version": lambda path: _run(path, "pragma user_version = -1"),
        "half of the file": lambda path: _cut(path, path.stat().st_size // 2),
        "a header alone": lambda path: _cut(path, 100),
        "a folder": _folder,
    }


_CHECK_WRITTEN = (
    "pragma writable_schema = on",
    "update sqlite_master set sql = replace(sql, '0 <= start', 'abs(start) >= 0') where name = 'span'",
)
_SCHEMA_WRITTEN = (
    "pragma writable_schema = on",
    "update sqlite_master set sql = replace(sql, 'note TEXT', 'note TEXT default (randomblob(9))') where name = 'span'",
)


def _run(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def _cut(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


ROW: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "a span behind the end of its text": ("span", {"end": 10**9}),
    "a span that starts before the text": ("span", {"text": "other words"}),
    "fragments that are no list": ("span", {"fragments": '{"a": 1}'}),
    "fragments nested 100,000 deep": ("span", {"fragments": "[" * 100_000}),
    "attributes that are no object": ("span", {"attributes": "[1, 2]"}),
    "attributes nested 100,000 deep": ("span", {"attributes": '{"a":' * 100_000}),
    "metadata that is no list": ("document", {"fields": "7"}),
    "a state that there is not": ("document_state", {"state": "finished"}),
    "a colour that is none": ("label", {"colour": "url(x)"}),
    "a line form that is none": ("label", {"line_form": "wavy"}),
    "options that are no list": ("attribute_type", {"options": "{}"}),
    "ends of relations that are no list": ("relation_type", {"sources": "{}"}),
    "aliases that are no list": ("entity", {"aliases": "7"}),
    "a history of no table": ("change_row", {"table_name": "sqlite_master"}),
    "a history of no JSON": ("change_row", {"before": "{", "operation": "update"}),
    "a time that is none": ("change", {"at": "yesterday"}),
    "a text that is another": ("text", {"content": "Other words."}),
}
"""Rows that only another program writes: table, and the columns that all of its rows get."""


def write_rows(path: Path, table: str, values: Mapping[str, object]) -> None:
    """Give every row of a table these values, whatever the table's own checks say."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma ignore_check_constraints = on")
    columns = ", ".join(f'"{name}" = ?' for name in values)
    connection.execute(f"update {table} set {columns}", list(values.values()))
    connection.close()


def json_lines() -> Iterator[tuple[str, bytes]]:
    """Yield each hostile JSON as a file of one line, by what is wrong."""
    for what, text in JSON.items():
        yield what, text.encode("utf-8", "surrogatepass")


def as_json(value: object) -> bytes:
    """Return a value as a file of JSON."""
    return json.dumps(value).encode()
