"""Tables of text: CSV and TSV, a document a row, the first row naming the columns."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from annotator.domain.incoming import Refused
from annotator.errors import BadContent
from annotator.formats.rows import Row, column_names

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
"""What may stand between cells, and its name."""

LARGEST_CELL = 20_000_000
"""Code points of one cell: a book has a million."""

_SNIFFED = 30  # rows that the delimiter is found by


def delimiter(text: str, ending: str) -> str:
    """Return what stands between the cells: what Excel's first line says, by the ending, or what fits the rows best."""
    if text[:4].lower() == "sep=" and text[4:5] in DELIMITERS and text[5:6] in ("\r", "\n"):
        return text[4]
    if ending in (".tsv", ".tab"):
        return "\t"
    return max(DELIMITERS, key=lambda each: _fit(text, each))


class DelimitedRows:
    """The rows below the first, which names the `columns`; one that hasn't as many cells is refused."""

    def __init__(self, text: str, path: str, ending: str) -> None:
        """Raise BadContent for a table without rows or with too many columns."""
        csv.field_size_limit(LARGEST_CELL)
        self._path = path
        self.delimiter = delimiter(text, ending)
        self._stream = io.StringIO(text, newline="")
        self._skipped = 0  # lines that are no part of the table
        if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
            self._stream.readline()
            self._skipped = 1
        self._reader = csv.reader(self._stream, delimiter=self.delimiter)
        try:
            head = next((cells for cells in self._reader if any(cell.strip() for cell in cells)), None)
        except csv.Error as error:
            raise BadContent(_told(error)) from error
        if head is None:
            raise BadContent("the table has no rows.")
        self.columns = dict.fromkeys(column_names(head))
        self.skipped: dict[str, None] = {}

    def __iter__(self) -> Iterator[Row | Refused]:
        names = list(self.columns)
        while True:
            line = self._reader.line_num + 1 + self._skipped
            try:
                cells = next(self._reader, None)
            except csv.Error as error:
                yield Refused(self._path, line, BadContent(f"{_told(error)} The rows after it were not read."))
                return
            if cells is None:
                return
            if len(cells) == len(names):
                if any(cell.strip() for cell in cells):
                    yield Row(line, dict(zip(names, cells, strict=True)))
            elif cells:
                why = f"it has {len(cells):,} cells, and there are {len(names):,} columns."
                yield Refused(self._path, line, BadContent(f"{why} Is a quotation mark missing?"))


def _told(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"a cell has over {LARGEST_CELL:,} characters: is a quotation mark missing?"
    return f"it is not CSV: {error}."


def _fit(text: str, between: str) -> tuple[bool, float, int]:
    """How well a delimiter fits: whether it makes columns, the share of rows of the commonest width, that width."""
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(io.StringIO(text[:1_000_000], newline=""), delimiter=between)
    widths: list[int] = []
    try:
        for cells in reader:
            if cells:
                widths.append(len(cells))
            if len(widths) == _SNIFFED:
                break
    except csv.Error:
        return False, 0.0, 0
    if not widths:
        return False, 0.0, 0
    width, count = Counter(widths).most_common(1)[0]
    return width > 1 and widths[0] == width, count / len(widths), width
