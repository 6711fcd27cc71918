"""Rows of a table, from CSV or JSON alike: a row becomes a document by the mapping of fields to columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.metadata import FIELDS, LONGEST, MOST_FIELDS, Pairs
from annotator.domain.text import normalise, text_problem
from annotator.errors import BadContent
from annotator.formats import dates

MOST_COLUMNS = 1_000
LONGEST_NAME = 200  # code points of a column's name or of an id


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line on which it begins, counted from 1, and its cells by column.

    `note`, `source_file` and `fields` are what our own export says of a document beside its columns.
    """

    line: int
    cells: Mapping[str, str]
    note: str | None = None
    source_file: str | None = None
    fields: Pairs = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as a file has it: the normalised text, what is known of it by field, and further metadata.

    `too_long` names the columns whose value was left out, being too long for metadata.
    """

    line: int | None
    text: str
    fields: Mapping[str, str]
    more: Pairs = ()
    note: str | None = None
    source_file: str | None = None
    too_long: tuple[str, ...] = ()


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
    more, too_long = _further(row, mapping)
    return Draft(row.line, text, fields, (*row.fields, *more), row.note, row.source_file, too_long)


def further_name(column: str) -> str:
    """Return what the metadata of a column that is no field is called: its name, unless every document has that."""
    return f"{column} (in the file)" if column.casefold() in FIELDS else column


def _further(row: Row, mapping: Mapping[str, str]) -> tuple[Pairs, tuple[str, ...]]:
    """Return the cells of all other columns as metadata, and the columns of those that are too long for that."""
    given = {column: " ".join(cell.split()) for column, cell in row.cells.items() if column not in mapping.values()}
    fitting = {column: cell for column, cell in given.items() if cell and len(cell) <= LONGEST}
    if problem := next(
        (f"“{each}” has {found}" for each, cell in fitting.items() if (found := text_problem(cell))), ""
    ):
        raise BadContent(f"its {problem}.")
    pairs: dict[str, tuple[str, str]] = {}
    for column, cell in fitting.items():
        name = further_name(column)
        pairs.setdefault(name.casefold(), (name, cell))
    return tuple(pairs.values())[:MOST_FIELDS], tuple(column for column, cell in given.items() if len(cell) > LONGEST)


def _value(field: str, cell: str, column: str) -> str:
    """Return a cell as a field's value, on one line; empty for none."""
    value = " ".join(cell.split())
    longest = LONGEST_NAME if field == "id" else LONGEST
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
