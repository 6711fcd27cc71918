"""The lines of one block as they stand on the page, and what each span has on each of them.

Positions here are display positions (UTF-16 units) counted from the block's start; heights are px from the block's top.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from annotator.domain.span import Span, text_order
from annotator.gui.text import bidi, lanes
from annotator.gui.text.display import LINE_SEPARATOR
from annotator.gui.text.metrics import Metrics
from annotator.gui.text.store import by_length

Found = tuple[tuple[int, int, str, str], Span, tuple["Stretch", ...]]
"""What a span has on one row, with its rank for the lanes."""

Runs = tuple[tuple[int, int], ...]
"""The (left, right) px of the visual runs of a stretch, from left to right."""

_SOFT_HYPHEN = "\xad"  # at a line's end it is seen
_ENDS = ("", " ", LINE_SEPARATOR)  # what Qt, too, takes for no part of the width of a line that others follow
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


# None of these is changed once it is made. They are not `frozen`, which would make making one three times as slow.


@dataclass(slots=True)
class Stretch:
    """A part of a fragment on one row.

    `starts` and `ends`: the fragment really starts and ends there. `opens` and `closes`: the whole span does.
    """

    start: int
    end: int
    starts: bool
    ends: bool
    opens: bool
    closes: bool


@dataclass(slots=True)
class Piece:
    """What one span has on one row; `lane` is None when all lanes are taken."""

    span: Span
    stretches: tuple[Stretch, ...]
    lane: int | None


@dataclass(slots=True)
class Row:
    """One line of text. `shown` is its end without the blanks there. Pieces are in lane order, shortest span first."""

    number: int
    start: int
    end: int
    shown: int
    blank: bool
    mixed: bool
    breaks: bool = False  # its paragraph ends with it
    neat: bool = False  # it goes from left to right, and Qt says how wide what is shown of it is
    top: int = 0
    baseline: int = 0
    bottom: int = 0
    pieces: tuple[Piece, ...] = ()
    begins: tuple[Span, ...] = ()
    runs: dict[tuple[int, int], Runs] = field(default_factory=dict)
    edges: tuple[int, int] | None = None  # px of its first letter's left and its last one's right edge, where known
    drawn: "list[Drawn] | None" = None  # see `place.drawn`

    @property
    def hidden(self) -> int:
        """How many spans found no lane."""
        return sum(piece.lane is None for piece in self.pieces)


Drawn = tuple[Piece, list[tuple[Stretch, Runs]]]
"""A piece with the runs of each of its stretches."""

Room = Callable[[Row, Metrics], tuple[int, int]]


@dataclass(slots=True)
class Located:
    """A span with its fragments as display positions from the block's start; they may reach outside the block."""

    span: Span
    fragments: tuple[tuple[int, int], ...]


def _units(text: str) -> str:
    """Return `text` with two letters of the same direction for each astral one: its positions are then UTF-16 units."""
    if text.isascii() or not _ASTRAL.search(text):
        return text
    return _ASTRAL.sub(lambda m: "\u05d0\u05d0" if unicodedata.bidirectional(m[0]) in ("R", "AL") else "xx", text)


def rows_of(text: str, lines: Iterable[tuple[int, int]]) -> list[Row]:
    """Return bare rows for a block's `text` and Qt's lines, each (start, length)."""
    text, rows = _units(text), []
    right_to_left = bidi.has_right_to_left(text)
    for number, (start, length) in enumerate(lines):
        line = text[start : start + length]
        shown = start + len(line.rstrip())
        mixed = right_to_left and bidi.has_right_to_left(line)
        ends = _ENDS if start + length < len(text) else _ENDS[:1]
        neat = shown > start and not mixed and line[shown - start :] in ends and text[shown - 1] != _SOFT_HYPHEN
        breaks = line.endswith(LINE_SEPARATOR)
        rows.append(Row(number, start, start + length, shown, shown == start, mixed, breaks, neat))
    return rows


def place_spans(rows: Sequence[Row], spans: Iterable[Located]) -> None:
    """Give each row its pieces, in lanes, and the spans that begin there, in text order."""
    starts = [row.start for row in rows]
    spans = list(spans)
    begins: list[list[Span]] = [[] for _ in rows]
    for located in spans:
        begin = located.fragments[0][0]
        if rows and 0 <= begin < rows[-1].end + 1:
            begins[max(0, bisect_right(starts, begin) - 1)].append(located.span)
    for row, found, beginning in zip(rows, cut_spans(rows, spans), begins, strict=True):
        row.pieces = _in_lanes(found)
        if beginning:
            row.begins = tuple(sorted(beginning, key=text_order))


def shares_place(row: Row, span: Span) -> bool:
    """Whether a row has another span that begins where this one does and ends there or is as long: age then decides."""
    others = (each for each in (*(piece.span for piece in row.pieces), *row.begins) if each.id != span.id)
    return any(o.start == span.start and (o.end == span.end or o.length == span.length) for o in others)


def put_in_place(row: Row, span: Span) -> None:
    """Let a span stand for the one of its id, which has the same fragments."""
    if any(piece.span.id == span.id for piece in row.pieces):
        row.pieces = tuple(replace(p, span=span) if p.span.id == span.id else p for p in row.pieces)
        row.drawn = None
    if any(each.id == span.id for each in row.begins):
        row.begins = tuple(span if each.id == span.id else each for each in row.begins)


def cut_spans(rows: Sequence[Row], spans: Iterable[Located]) -> list[list[Found]]:
    """Return what each row has of the spans, shortest first."""
    starts = [row.start for row in rows]
    found: list[list[Found]] = [[] for _ in rows]
    for rank, located in sorted(((by_length(located.span), located) for located in spans), key=itemgetter(0)):
        stretches: dict[int, list[Stretch]] = {}
        for k in range(len(located.fragments)):
            _cut(rows, starts, located, k, stretches)
        for number, parts in stretches.items():
            found[number].append((rank, located.span, tuple(parts)))
    return found


def _cut(rows: Sequence[Row], starts: list[int], located: Located, k: int, into: dict[int, list[Stretch]]) -> None:
    """Cut the span's fragment number `k` at the rows' ends; blanks at a row's end are left out."""
    begin, end = located.fragments[k]
    last = len(located.fragments) - 1
    number = max(0, bisect_right(starts, begin) - 1)
    while number < len(rows) and rows[number].start < end:
        row = rows[number]
        left, right = max(begin, row.start), min(end, row.shown)
        if left < right:
            starts_here, ends_here = begin >= row.start, end <= row.end
            stretch = Stretch(left, right, starts_here, ends_here, starts_here and k == 0, ends_here and k == last)
            into.setdefault(number, []).append(stretch)
        number += 1


def _in_lanes(found: list[Found]) -> tuple[Piece, ...]:
    if len(found) == 1:  # most lines of most documents
        return (Piece(found[0][1], found[0][2], 0),)
    extents = [lanes.OnLine(rank, parts[0].start, parts[-1].end) for rank, _, parts in found]
    return tuple(Piece(span, parts, lane) for (_, span, parts), lane in zip(found, lanes.pack(extents), strict=True))


def room_for_lanes(row: Row, metrics: Metrics) -> tuple[int, int]:
    """Return the px that a row of text needs above and below its baseline, with the lanes that are used on it."""
    used = lanes.lane_count(piece.lane for piece in row.pieces)
    return metrics.above, metrics.height(used) - metrics.above


def place_rows(
    rows: Iterable[Row], metrics: Metrics, ascents: Iterable[float], top: int, room: Room = room_for_lanes
) -> int:
    """Set each row's top, baseline and bottom from `top` downwards; return where the last one ends.

    `ascents` are the lines' own: one higher than usual (a fallback font) pushes its row down.
    """
    y, usual = top, metrics.px(21)
    for row, ascent in zip(rows, ascents, strict=True):
        row.top = y
        if row.blank:
            row.bottom = y + metrics.blank
            row.baseline = row.bottom - metrics.px(4)
        else:
            above, below = room(row, metrics)
            row.baseline = y + above + max(0, int(ascent + 0.5) - usual)
            row.bottom = row.baseline + below
        y = row.bottom
    return y
