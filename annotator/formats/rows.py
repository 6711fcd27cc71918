"""Rows of a table, from CSV or JSON alike: a row becomes a document by the mapping of fields to columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.text import normalise, text_problem
from annotator.errors import BadContent
from annotator.formats import dates

MOST_COLUMNS = 1_000
LONGEST_NAME = 200  # code points of a column's name or of an id
LONGEST_FIELD = 2_000  # code points of a title, an outlet, an address


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line on which it begins, counted from 1, and its cells by column.

    `note`, `source_file` and `text_sha256` are what our own export says of a document beside its columns.
    """

    line: int
    cells: Mapping[str, str]
    note: str | None = None
    source_file: str | None = None
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as a file has it: the normalised text, and what is known of it by field."""

    line: int | None
    text: str
    fields: Mapping[str, str]
    note: str | None = None
    source_file: str | None = None


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, each once: `title`, `title (2)`, `column 3` for an empty one. Raises BadContent."""
    if len(cells) > MOST_COLUMNS:
        raise BadContent(
            f"the table has {len(cells):,} columns; {MOST_COLUMNS:,} is the most. Is it one document a row?"
        )
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell.split())[:LONGEST_NAME] or f"column {number}"
        count = 2
        found = name
        while found in names:
            found, count = f"{name} ({count})", count + 1
        names.append(found)
    return tuple(names)


def draft(row: Row, mapping: Mapping[str, str], *, day_first: bool | None) -> Draft:
    """Return the document of a row. Raises BadContent: no text, an id or a title that can't be one."""
    text = normalise(row.cells.get(mapping["text"], ""))
    if not text.strip():
        raise BadContent("it has no text.")
    fields: dict[str, str] = {}
    for field, column in mapping.items():
        if field != "text" and (value := _value(field, row.cells.get(column, ""), column)):
            fields[field] = dates.iso(value, day_first=day_first) if field == "published" else value
    return Draft(row.line, text, fields, row.note, row.source_file)


def _value(field: str, cell: str, column: str) -> str:
    """Return a cell as a field's value, on one line; empty for none."""
    value = " ".join(cell.split())
    longest = LONGEST_NAME if field == "id" else LONGEST_FIELD
    if len(value) > longest:
        raise BadContent(
            f"its {field} (column “{column}”) has {len(value):,} characters; {longest:,} is the most. "
            "Is it the right column?"
        )
    if problem := text_problem(value):
        raise BadContent(f"its {field} (column “{column}”) has {problem}.")
    if field == "id" and not value.isprintable():
        raise BadContent(f"its id (column “{column}”) has control characters.")
    return value
