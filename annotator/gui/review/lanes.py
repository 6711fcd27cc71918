"""Which lane each span of a review has, and what a lane shows where several spans want one place.

A lane is an annotator's, in the order given. Of more than four annotators there are two: what more than half of them
marked alike, and the rest. Gold has a lane of its own, above the text.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.domain.span import Fragment, Span
from annotator.gui.text.rows import Stretch

MOST = 4
"""The number of annotators up to which each has a lane."""

GOLD_LANE = MOST
AGREEING, DIFFERING = 0, 1
SIGNS = "=", "≠"
NAMES = "Agreeing: more than half marked it alike", "Not agreeing"


@dataclass(frozen=True, slots=True)
class Lane:
    """An annotator's spans in a document; `sign` is one letter, `name` is read in the tooltip."""

    sign: str
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a span is shown: the number of its lane; `name` is its annotator's, as it may be known.

    `doubled`: it says the same as another one of its lane, which is shown for both.
    """

    lane: int
    name: str
    doubled: bool = False


def seats_of(lanes: Sequence[Lane]) -> dict[str, Seat]:
    """Return the seat of each span, by id."""
    if len(lanes) <= MOST:
        return {span.id: Seat(number, lane.name) for number, lane in enumerate(lanes) for span in lane.spans}
    # Each annotator counts once, whatever they marked twice.
    votes = Counter(alike for lane in lanes for alike in {_alike(span) for span in lane.spans})
    seats: dict[str, Seat] = {}
    shown: set[tuple[str, tuple[Fragment, ...]]] = set()
    for lane in lanes:
        for span in lane.spans:
            alike = _alike(span)
            number = AGREEING if 2 * votes[alike] > len(lanes) else DIFFERING
            seats[span.id] = Seat(number, lane.name, doubled=alike in shown)
            shown.add(alike)
    return seats


def _alike(span: Span) -> tuple[str, tuple[Fragment, ...]]:
    return span.label, span.fragments


def signs_of(lanes: Sequence[Lane]) -> tuple[tuple[str, str], ...]:
    """Return sign and name of each lane that is shown."""
    if len(lanes) <= MOST:
        return tuple((lane.sign, lane.name) for lane in lanes)
    return tuple(zip(SIGNS, NAMES, strict=True))


@dataclass(frozen=True, slots=True)
class Laid:
    """What a lane shows of a span on one row: its line's stretches, the gaps that are tied over, dots for "more".

    A dot says that this span goes on, or is, under another one's line: from where to where.
    """

    shown: tuple[Stretch, ...]
    ties: tuple[tuple[int, int], ...] = ()
    dots: tuple[tuple[int, int], ...] = ()


NOTHING = Laid(())


def lay(spans: Sequence[tuple[Stretch, ...]]) -> list[Laid]:
    """Return what one lane shows of the spans that it has on a row; where two want one place, the earlier one has it.

    A place has one dot, however many lie under what is shown there.
    """
    taken: list[tuple[int, int]] = []
    dotted: list[tuple[int, int]] = []
    laid = []
    everything = [(stretch.start, stretch.end) for stretches in spans for stretch in stretches]
    for stretches in spans:
        shown = tuple(part for stretch in stretches for part in _uncovered(stretch, taken))
        hidden = [part for stretch in stretches for part in _within(stretch.start, stretch.end, taken)]
        dots = tuple(part for part in hidden if not _within(*part, dotted))
        dotted = _joined([*dotted, *hidden])
        gaps = [(one.end, other.start) for one, other in pairwise(stretches)]
        ties = tuple(part for gap in gaps for part in _without(*gap, _joined(everything)))
        laid.append(Laid(shown, ties, dots))
        taken = _joined([*taken, *((stretch.start, stretch.end) for stretch in stretches)])
    return laid


def _uncovered(stretch: Stretch, taken: Sequence[tuple[int, int]]) -> list[Stretch]:
    """Return the parts of a stretch that nothing lies over; an end that is covered is no end."""
    parts = []
    for start, end in _without(stretch.start, stretch.end, taken):
        first, last = start == stretch.start, end == stretch.end
        parts.append(
            Stretch(
                start,
                end,
                stretch.starts and first,
                stretch.ends and last,
                stretch.opens and first,
                stretch.closes and last,
            )
        )
    return parts


def _without(start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what is left of `start` to `end`; `taken` is sorted and its parts don't touch."""
    left = []
    for begin, stop in taken:
        if stop <= start:
            continue
        if begin >= end:
            break
        if begin > start:
            left.append((start, begin))
        start = stop
    if start < end:
        left.append((start, end))
    return left


def _within(start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what `start` to `end` has in common with what is taken."""
    return [(max(start, begin), min(end, stop)) for begin, stop in taken if begin < end and start < stop]


def _joined(parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the parts sorted, those that touch or overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
