r"""Rows of a table as JSON: a file of lines, each an object, or one list of objects. Inner objects become `meta.title`.

A line ends in `\n` alone. Our own export is read too, its documents without the spans, which `work_jsonl` reads.
"""

import io
import re
from collections.abc import Iterator, Mapping

from annotator.domain.incoming import Refused
from annotator.domain.metadata import Pairs, checked_pairs
from annotator.domain.text import as_note, normalise, sha256
from annotator.errors import AnnotatorError, BadContent
from annotator.formats import strict_json
from annotator.formats.jsonl import DOCUMENT_SCHEMA, SPAN_SCHEMA
from annotator.formats.rows import LONGEST_NAME, MOST_COLUMNS, Row

_DEEPEST = 8  # objects in objects that become columns

_BLANKS = re.compile(r"[ \t\r\n]*")

Record = Mapping[str, object]


class JsonRows:
    """The rows of a JSON text, and what is known of them once they were read.

    `own` counts what our own export has and is not read, `skipped` names what can't be a column: lists of objects.
    """

    def __init__(self, text: str, path: str, *, lines: bool) -> None:
        self._text = text
        self._path = path
        self._lines = lines
        self.columns: dict[str, None] = {}
        self.skipped: dict[str, None] = {}
        self.listed = False  # whether they are items of one list, perhaps on one line
        self.own_documents = 0
        self.own_left: dict[str, int] = {"span": 0, "relation": 0, "state": 0}

    def __iter__(self) -> Iterator[Row | Refused]:
        for line, value in self._records() if self._lines else self._listed():
            try:
                if isinstance(value, BadContent):
                    raise value
                yield self._row(line, value)
            except AnnotatorError as error:
                yield Refused(self._path, line, error)

    def _records(self) -> Iterator[tuple[int, object]]:
        """Yield the value of each line that isn't blank, or what is wrong with it."""
        decoder = strict_json.decoder()
        for number, line in enumerate(io.StringIO(self._text, newline="\n"), 1):
            if line.strip():
                try:
                    yield number, decoder.decode(line.strip())
                except (ValueError, RecursionError) as error:
                    yield number, BadContent(strict_json.wrong(error))

    def _listed(self) -> Iterator[tuple[int, object]]:
        """Yield the values of a list, one at a time, or the one object that there is. What is wrong ends it."""
        decoder, text = strict_json.decoder(), self._text
        at, line = _after_blanks(text, 0), 1
        line += text.count("\n", 0, at)
        many = text[at : at + 1] == "["
        at += many
        self.listed = many
        while True:
            begin = _after_blanks(text, at)
            line += text.count("\n", at, begin)
            if begin == len(text) or (many and text[begin] == "]"):
                return
            try:
                value, end = decoder.raw_decode(text, begin)
            except (ValueError, RecursionError) as error:
                yield line, BadContent(f"{strict_json.wrong(error)} What follows was not read.")
                return
            yield line, value
            line += text.count("\n", begin, end)
            at = _after_blanks(text, end)
            line += text.count("\n", end, at)
            if many and text[at : at + 1] == ",":
                at += 1
            elif text[at : at + 1] != ("]" if many else ""):
                yield line, BadContent("not JSON: a comma or the end was expected. What follows was not read.")
                return

    def _row(self, line: int, value: object) -> Row:
        if not isinstance(value, dict):
            raise BadContent('it is not an object, such as {"text": "…"}.')
        if value.get("schema") == SPAN_SCHEMA:
            raise BadContent(
                "it is a span of our own export, which has no full texts. Export with the layout “documents”."
            )
        own = value.get("schema") == DOCUMENT_SCHEMA
        cells: dict[str, str] = {}
        for column, inner in _flat(value, "", 0):
            cell = _cell(inner)
            if cell is None:
                self.skipped[column] = None
            elif not own or column in _OWN_COLUMNS:
                cells[column] = cell
                self.columns[column] = None
        if len(self.columns) > MOST_COLUMNS:
            raise BadContent(f"there are over {MOST_COLUMNS:,} keys so far, and that is the most.")
        return self._own(line, value, cells) if own else Row(line, cells)

    def _own(self, line: int, value: Record, cells: dict[str, str]) -> Row:
        if sha256(normalise(cells.get("text", ""))) != value.get("text_sha256"):
            raise BadContent("its text is not the one that was exported: the hash differs.")
        self.own_documents += 1
        for name, key in (("span", "spans"), ("relation", "relations"), ("state", "status")):
            listed = value.get(key)
            self.own_left[name] += len(listed) if isinstance(listed, list) else 0
        note = value.get("note")
        source = cells.pop("meta.source_file", "") or None
        return Row(line, cells, as_note(note) if isinstance(note, str) else None, source, _own_fields(value))


def _own_fields(value: Record) -> Pairs:
    """Return the further metadata of a document of our own export."""
    meta = value.get("meta")
    listed = meta.get("fields") if isinstance(meta, dict) else None
    pairs = [(each.get("name"), each.get("value")) for each in listed or () if isinstance(each, dict)]
    return checked_pairs([(name, text) for name, text in pairs if isinstance(name, str) and isinstance(text, str)])


_OWN_COLUMNS = {"id", "text", "language"} | {
    f"meta.{name}" for name in ("title", "outlet", "author", "published", "url", "source_file")
}


def _flat(value: Record, prefix: str, depth: int) -> Iterator[tuple[str, object]]:
    for key, inner in value.items():
        name = (prefix + " ".join(key.split()))[:LONGEST_NAME] or "(no name)"
        if isinstance(inner, dict) and depth < _DEEPEST:
            yield from _flat(inner, f"{name}.", depth + 1)
        else:
            yield name, inner


def _cell(value: object) -> str | None:
    """Return a value as a cell, several values with commas between; None for what can't be one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        return ", ".join(map(str, value))
    return None


def _after_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
