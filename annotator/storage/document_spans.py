"""The spans of one document, in text order and in slices."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import chain, compress, count, islice
from operator import eq, itemgetter
from typing import Any

from sqlalchemy import Connection, bindparam

from annotator.domain.span import Span, text_order
from annotator.storage.asking import plain
from annotator.storage.reading import SPANS, WAITING, Names, as_spans, without_index
from annotator.storage.tables import span

_HERE = span.c.document == bindparam("document"), span.c.text_sha256.is_(None)
_FEW_SPANS = SPANS.where(*_HERE, span.c.annotator.in_(bindparam("annotators", expanding=True))).limit(bindparam("size"))
# By start alone, as the index has them: in the whole text order SQLite would put each row through a sorter.
_SPANS_FROM = (
    SPANS.where(*_HERE, span.c.annotator == bindparam("annotator"), span.c.start >= bindparam("start"))
    .order_by(span.c.start)
    .limit(bindparam("size"))
)
_START = itemgetter(3)  # of a row with the columns of `SPANS`


def spans_of(
    connection: Connection,
    names: Names,
    document_id: str,
    annotator_ids: Sequence[str],
    size: int,
    first: int | None = None,
) -> Iterator[list[Span]]:
    """Yield a document's spans by these annotators, in text order, about `size` at a time, but `first` at first.

    Each slice is a statement of its own, so that no read lock outlasts a slice.
    """
    if len(annotator_ids) > 1:
        of_all = {"document": document_id, "annotators": list(annotator_ids), "size": size + 1}
        few = plain(connection, _FEW_SPANS, of_all)
        if len(few) <= size:
            yield from [as_spans(sorted(few, key=_row_order), names)] if few else ()
            return
    by_annotator = [_rows_of(connection, document_id, each, size, first) for each in annotator_ids]
    for rows in by_annotator[0] if len(by_annotator) == 1 else _merged(by_annotator, size, first):
        yield as_spans(rows, names)


def _rows_of(
    connection: Connection, document_id: str, annotator_id: str, size: int, first: int | None
) -> Iterator[list[Any]]:
    """Yield the rows of one annotator in text order; those that begin together are never in two slices."""
    start, wanted = 0, first or size
    while rows := plain(
        connection,
        _SPANS_FROM,
        {"document": document_id, "annotator": annotator_id, "start": start, "size": wanted + 1},
    ):
        more = len(rows) > wanted
        if more:
            start = _START(rows[-1])
            del rows[bisect_left(rows, start, key=_START) :]
        if rows:
            _order(rows)
            yield rows
        if not more:
            return
        wanted = size if rows else 2 * wanted  # all that were read begin together, and there are more of them


def _order(rows: list[Any]) -> None:
    """Put rows that are in the order of their starts in text order: few begin together."""
    starts = [*map(_START, rows)]
    done = 0
    for at in compress(count(), map(eq, starts, starts[1:])):
        if at >= done:
            done = bisect_right(starts, starts[at], at)
            rows[at:done] = sorted(rows[at:done], key=_row_order)


def _row_order(row: Any) -> tuple[int, int, str, str]:
    """As `text_order` has it, of a row with the columns of `SPANS`."""
    return row[3], -row[4], row[8], row[0]


def _merged(parts: Sequence[Iterator[list[Any]]], size: int, first: int | None) -> Iterator[list[Any]]:
    """Yield the rows of several annotators together, in text order."""
    rows = merge(*(chain.from_iterable(part) for part in parts), key=_row_order)
    wanted = first or size
    while found := [*islice(rows, wanted)]:
        yield found
        wanted = size


def unplaced(connection: Connection, names: Names, document_id: str) -> list[Span]:
    """Return the spans that have no place in a document's text since that was corrected, in the order they had."""
    here = SPANS.where(WAITING, without_index(span.c.document) == document_id)
    return sorted(as_spans(plain(connection, here), names), key=text_order)
