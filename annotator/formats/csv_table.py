"""A table of figures as CSV, written as all CSV of this program is: see `csv_spans`.

Numbers are never taken for formulas: −0.12 is one. Figures stand with all their digits, and a dot.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from annotator.formats.csv_spans import BOM, FORMULA

Value = str | int | float | None


def dumps(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Return the file's text: a byte-order mark, the heads, the rows; nothing where there is no value."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([_cell(head) for head in heads])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return BOM + stream.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return repr(value)
