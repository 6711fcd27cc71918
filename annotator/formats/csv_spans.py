"""Spans as CSV: one row a span with its document and its context, for spreadsheets and statistics programs.

RFC 4180 as Python's `csv` writes it: commas, CRLF, quotation marks where they are needed. UTF-8; a file begins with a
byte-order mark unless one asks for none, since Excel takes the text for another encoding without it, while pandas,
LibreOffice, R's readr and DuckDB pass over it. Cells that a spreadsheet would run as a formula get an apostrophe before
them, as OWASP advises ("CSV Injection"), unless one asks for raw cells.
"""

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from annotator.domain.annotated import AnnotatedDocument, WrittenSpan, in_order
from annotator.formats import jsonl
from annotator.formats.checking import check
from annotator.formats.manner import USUAL, Manner
from annotator.formats.tally import Tally

BOM = "\ufeff"
SEVERAL = "; "
"""Stands between several values in one cell."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_ABOUT_DOCUMENT = ("document", "title", "outlet", "author", "published", "language", "url")
_BEFORE_ATTRIBUTES = (
    *_ABOUT_DOCUMENT,
    *("span", "label", "start", "end", "fragments", "text", "before", "after", "annotator", "note", "entity"),
)
_AFTER_ATTRIBUTES = ("created", "modified")

Cells = dict[str, str]


def write(documents: Iterable[AnnotatedDocument], stream: TextIO, _: str, tally: Tally, manner: Manner = USUAL) -> None:
    """Write a row for every span, holding one document at a time, and count in `tally`.

    Raises BadContent where a text or span is not what its hash or its offsets say.
    """
    if manner.bom:
        stream.write(BOM)
    columns = columns_of(manner)
    rows = csv.writer(stream)
    rows.writerow([_safe(name, tally, manner) for name in columns])
    for annotated in documents:
        check(annotated)
        spans = in_order(annotated.spans)
        for cells in _rows(annotated, spans, tally):
            rows.writerow([_safe(cells.get(name, ""), tally, manner) for name in columns])
        _count(annotated, tally)


def columns_of(manner: Manner) -> list[str]:
    """Return the names of the columns: those of every export, with one for each attribute of each label."""
    asked = [f"{each.label}.{each.name}" for each in manner.codebook.attributes]
    return [*_BEFORE_ATTRIBUTES, *asked, *_AFTER_ATTRIBUTES]


def _rows(annotated: AnnotatedDocument, spans: Sequence[WrittenSpan], tally: Tally) -> Iterable[Cells]:
    document = annotated.document
    about = {
        "document": document.id,
        **{name: getattr(document, name) or "" for name in _ABOUT_DOCUMENT if name != "document"},
    }
    for span, record in zip(spans, jsonl.span_records(annotated, spans), strict=True):
        yield {
            **about,
            "span": span.id,
            "label": span.label,
            "start": str(span.start),
            "end": str(span.end),
            "fragments": SEVERAL.join(f"{each.start}-{each.end}" for each in span.fragments),
            "text": span.text,
            "before": str(record["context_before"]),
            "after": str(record["context_after"]),
            "annotator": span.annotator,
            "note": span.note or "",
            "entity": str(record["entity"] or ""),
            **{f"{span.label}.{each.name}": SEVERAL.join(each.values) for each in span.attributes},
            "created": span.created,
            "modified": span.modified,
        }
        several = [value for each in span.attributes if len(each.values) > 1 for value in each.values]
        tally.losses["values with a semicolon"] += sum(";" in value for value in several)


def _safe(cell: str, tally: Tally, manner: Manner) -> str:
    """Return a cell as it is written: one that a spreadsheet would run gets an apostrophe before it."""
    if manner.raw_cells or not cell.startswith(FORMULA):
        return cell
    tally.losses["cells like formulas"] += 1
    return f"'{cell}"


def _count(annotated: AnnotatedDocument, tally: Tally) -> None:
    jsonl.count(annotated, "spans", tally)
    jsonl.count_spans(annotated.spans, tally)
    tally.losses["further metadata"] += bool(annotated.document.fields)
