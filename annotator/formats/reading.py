"""Reading one file of an import: its documents one by one, each row that is refused, and at last what the file is."""

import hashlib
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from annotator.domain.incoming import ImportOptions, Refused, Source, Table
from annotator.domain.metadata import LONGEST
from annotator.errors import BadArgument, BadContent
from annotator.formats import columns as naming
from annotator.formats import dates, encodings, plain_text, registry
from annotator.formats.delimited import DELIMITERS, DelimitedRows
from annotator.formats.input_file import read_bytes
from annotator.formats.json_rows import JsonRows
from annotator.formats.rows import Draft, Row, draft

_AT_FIRST = 200  # rows that are looked at for columns, dates and the preview
_SHOWN = 8  # rows of the preview
_SHOWN_CELL = 200  # code points of its cells
_NAMED = 8  # columns that a note names


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of a file once it was read: itself, and the SHA-256 of its bytes."""

    source: Source
    sha256: str


def read(path: Path, options: ImportOptions) -> Iterator[Draft | Refused | Whole]:
    """Yield the documents of a file and what is refused in it; the Whole comes last.

    Raises NotFound, BadArgument (a folder, an unknown column), BadContent, EnvironmentFailed for the file as a whole.
    """
    entry = _format(path, options.format)
    data = read_bytes(path, plain_text.LARGEST_FILE)
    forced = options.encodings.get(str(path))
    text, encoding = encodings.decode(data, default=options.encoding, forced=forced)
    text = text.lstrip("\ufeff")
    about = Source(str(path), plain_text.shown_name(path), entry.name, encoding)
    if not encoding.certain:
        about = replace(about, needs="encoding", problem=encodings.why_uncertain(data, encoding))
    if entry.name == "text":
        yield Draft(None, plain_text.stored(text), {})
        yield Whole(about, hashlib.sha256(data).hexdigest())
        return
    if "\0" in text:
        raise BadContent("it has NUL characters, so it is no table of text. Save it again as UTF-8.")
    asked = {**options.columns, **options.columns_of.get(str(path), {})}
    if entry.name == "csv":
        rows: DelimitedRows | JsonRows = DelimitedRows(text, about.path, path.suffix.lower())
    else:
        rows = JsonRows(text, about.path, lines=entry.name == "jsonl")
    source = yield from _table(rows, about, asked)
    yield Whole(source, hashlib.sha256(data).hexdigest())


def _format(path: Path, name: str | None) -> registry.Format:
    if name is None:
        return registry.of_ending(path.name) or registry.find("text")
    entry = registry.find(name)
    if not entry.reads:
        raise BadArgument(f"annotator can't read the format “{name}”. What it reads is in: annotator formats")
    return entry


def _table(
    rows: DelimitedRows | JsonRows, about: Source, asked: Mapping[str, str]
) -> Generator[Draft | Refused, None, Source]:
    """Yield the documents of a table; return the source with what is known of the table once all rows were read."""
    rest = iter(rows)
    first = list(islice(rest, _AT_FIRST))
    mapping = naming.mapping(list(rows.columns), asked)
    complete = [row for row in first if isinstance(row, Row)]
    written = [row.cells.get(mapping.get("published", ""), "") for row in complete]
    day_first = dates.day_first(written)
    total, too_long = 0, Counter[str]()
    for row in chain(first, rest):
        total += 1
        item = f"item {total:,}: " if isinstance(rows, JsonRows) and rows.listed else ""
        if isinstance(row, Refused):
            yield replace(row, error=BadContent(f"{item}{row.reason}")) if item else row
        elif "text" in mapping:
            try:
                made = draft(row, mapping, day_first=day_first)
                too_long.update(made.too_long)
                yield made
            except BadContent as error:
                yield Refused(about.path, row.line, BadContent(f"{item}{error}"))
    columns = tuple(rows.columns)
    table = Table(
        columns=columns,
        mapping=mapping,
        further=tuple(name for name in columns if name not in mapping.values()),
        left_out=tuple(name for name in rows.skipped if name not in columns),
        rows=tuple(tuple(row.cells.get(name, "")[:_SHOWN_CELL] for name in columns) for row in complete[:_SHOWN]),
        total=total,
        delimiter=DELIMITERS[rows.delimiter] if isinstance(rows, DelimitedRows) else "",
    )
    about = replace(about, table=table, notes=tuple(_notes(rows, table, written, day_first, too_long)))
    if "text" in mapping or about.needs:
        return about
    listed = _named(columns) if columns else "none"
    return replace(about, needs="columns", problem=f"no column is known to hold the text. Its columns are {listed}")


def _notes(
    rows: DelimitedRows | JsonRows,
    table: Table,
    written: Sequence[str],
    day_first: bool | None,
    too_long: Mapping[str, int],
) -> Iterator[str]:
    """Yield what a person should know of a table before it comes in."""
    own = isinstance(rows, JsonRows) and rows.own_documents
    if table.further and "text" in table.mapping and not own:
        yield f"Columns that become further metadata: {_named(table.further)}."
    if table.left_out and not own:
        yield f"Left out, being lists of objects: {_named(table.left_out)}."
    for column, count in too_long.items():
        yield f"“{column}” was left out of {count:,} documents: over {LONGEST:,} characters are no metadata."
    if day_first is not None:
        yield f"In dates of numbers the {'day' if day_first else 'month'} is taken to come first."
    elif unclear := next((each for each in written if dates.unclear(each)), None):
        yield f"Dates such as {unclear} can mean two days, and are kept as they are written."
    if isinstance(rows, JsonRows) and (left := _left(rows)):
        yield f"An export of annotator. Its documents are read here; {left} not: “Take work back” brings that too."


def _named(columns: Sequence[str]) -> str:
    more = f" and {len(columns) - _NAMED:,} more" if len(columns) > _NAMED else ""
    return ", ".join(f"“{name}”" for name in columns[:_NAMED]) + more


def _left(rows: JsonRows) -> str:
    """Word what our own export has beside its documents: `12 spans, 1 relation and 5 states are`."""
    counts = [f"{count:,} {name}{'' if count == 1 else 's'}" for name, count in rows.own_left.items() if count]
    listed = ", ".join(counts[:-1]) + (" and " if len(counts) > 1 else "") + "".join(counts[-1:])
    return f"{listed} {'is' if sum(rows.own_left.values()) == 1 else 'are'}" if counts else ""
