"""How relations run on the page: arrows through the gaps between lines and up or down in the left margin.

Free functions over places in px of the viewport, x 0 its left edge; the margin lies at negative x. look.md, "Relation".
"""

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from annotator.domain.relation import Relation
from annotator.gui.text.metrics import BRACKET_AT, BRACKET_STEP, PAD

STEM_AT = 34  # px from the column
STEM_STEP = 6
LINE = 13  # px from one line of a name to the next
_NAME = 44  # px that are left to names before stems share a place
_LEAST_NAME = 26  # px: where there is less, names are told by the mouse alone
_LINES = 3  # of a name
_BETWEEN = 3  # px between two names
_VOWELS = "aeiouyäöüéèêáàóíúå"
_APART = 5  # px from a stem to its name
_SHORT = 4  # px from an arrow's tip to the letters that it points at
_MIDDLE_FROM = 24  # px that a stem must be long to carry its name in its middle

Measure = Callable[[str], float]
"""The width of a text in the font of names, px."""


class Edge(enum.Enum):
    """Where an end is that isn't in sight."""

    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a span begins. `y` lies in the gap above its line, `middle` at half the height of its letters.

    `right` is where its stretch on that line ends. `first`: nothing stands before it on the line.
    """

    x: float
    y: float
    middle: float
    right: float
    first: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A relation to be drawn between two ends. `words` are the first ones of an end out of sight.

    `strong`: at the chosen span, or one pointed at. `outwards`: its name goes where it ends, else where it begins.
    """

    relation: Relation
    source: Spot | Edge
    target: Spot | Edge
    name: str
    words: str = ""
    strong: bool = True
    outwards: bool = True
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """A relation's way. `points` lead from its source to its target; `heading` is the direction (dx, dy) of the head.

    `lead` is a dotted line from a way that stays above its line to its name in the margin. `lines` stand in `box`, the
    first `named` of them its name, the others the first words of an end out of sight.
    """

    wanted: Wanted
    points: tuple[QPointF, ...]
    heading: tuple[int, int]
    lead: tuple[QPointF, QPointF] | None
    lines: tuple[str, ...]
    named: int
    box: QRectF

    def is_at(self, point: QPointF, near: float = 3) -> bool:
        """Whether a point is on the name, or near the way in the margin."""
        if self.lines and self.box.adjusted(-2, -1, 2, 1).contains(point):
            return True
        legs = zip(self.points, self.points[1:], strict=False)
        return any(QRectF(a, b).normalized().adjusted(-near, -near, near, near).contains(point) for a, b in legs)


@dataclass(frozen=True, slots=True)
class Margin:
    """The left margin: its width, the height of the page, and how many brackets stand side by side in it."""

    width: float
    height: float
    brackets: int = 0

    @property
    def first_stem(self) -> float:
        """The x of the innermost stem: column - 34, further out where brackets need the place."""
        taken = BRACKET_AT + self.brackets * BRACKET_STEP + 2 if self.brackets else 0
        return PAD - max(STEM_AT, taken) + 0.5

    @property
    def stems(self) -> int:
        """How many stems have a place of their own beside each other."""
        room = self.first_stem + self.width
        kept = _NAME if room - _APART >= _LEAST_NAME else 4
        return max(1, int((room - kept) // STEM_STEP) + 1)


def routes(wanted: Iterable[Wanted], margin: Margin, measure: Measure) -> list[Route]:
    """Return the ways of relations that don't run over letters or names; stems of long ways stand further out."""
    drawn = [each for each in wanted if isinstance(each.source, Spot) or isinstance(each.target, Spot)]
    spans = {id(each): _extent(each, margin) for each in drawn}
    lanes: list[list[tuple[float, float]]] = []
    stems: dict[int, float] = {}
    for each in sorted(drawn, key=lambda each: _length(spans[id(each)])):
        if not _stays_on_line(each):
            stems[id(each)] = margin.first_stem - _lane(lanes, spans[id(each)], margin.stems) * STEM_STEP
    columns = [(stems[key], spans[key]) for key in stems]
    taken: list[QRectF] = []
    return [_route(each, stems.get(id(each)), spans[id(each)], columns, taken, margin, measure) for each in drawn]


def _stays_on_line(wanted: Wanted) -> bool:
    source, target = wanted.source, wanted.target
    return isinstance(source, Spot) and isinstance(target, Spot) and source.y == target.y


def _extent(wanted: Wanted, margin: Margin) -> tuple[float, float]:
    """The heights between which a relation's stem runs."""
    ends = _level(wanted.source, margin, tip=False), _level(wanted.target, margin, tip=True)
    return min(ends), max(ends)


def _length(extent: tuple[float, float]) -> float:
    return extent[1] - extent[0]


def _level(end: Spot | Edge, margin: Margin, *, tip: bool) -> float:
    if isinstance(end, Edge):
        return 3.0 if end is Edge.ABOVE else margin.height - 3
    return end.middle if tip and end.first else end.y


def _lane(lanes: list[list[tuple[float, float]]], extent: tuple[float, float], most: int) -> int:
    top, bottom = extent
    free = (k for k, others in enumerate(lanes) if all(bottom + 4 <= a or b + 4 <= top for a, b in others))
    lane = next(free, len(lanes))
    if lane >= most:
        lane = most - 1
    if lane == len(lanes):
        lanes.append([])
    lanes[lane].append(extent)
    return lane


def _route(
    wanted: Wanted,
    stem: float | None,
    extent: tuple[float, float],
    columns: Sequence[tuple[float, tuple[float, float]]],
    taken: list[QRectF],
    margin: Margin,
    measure: Measure,
) -> Route:
    if stem is None:
        points, heading = _along_the_line(wanted)
        start = min(points[0].x(), points[-1].x())
        lead = QPointF(start, points[0].y()), QPointF(margin.first_stem, points[0].y())
    else:
        points, heading = _round_the_margin(wanted, stem, margin)
        lead = None
    alone = len(columns) == 1 and not any(isinstance(end, Edge) for end in (wanted.source, wanted.target))
    if stem is not None and alone and _length(extent) >= _MIDDLE_FROM:
        at = (extent[0] + extent[1]) / 2
    else:
        at = _name_level(wanted, margin)
    lines, named, box = _name(wanted, at, columns, taken, margin, measure)
    return Route(wanted, points, heading, lead if lines else None, lines, named, box)


def _round_the_margin(wanted: Wanted, stem: float, margin: Margin) -> tuple[tuple[QPointF, ...], tuple[int, int]]:
    source, target = wanted.source, wanted.target
    leaves, arrives = _level(source, margin, tip=False), _level(target, margin, tip=True)
    points = [QPointF(source.x, leaves)] if isinstance(source, Spot) else []
    points += [QPointF(stem, leaves), QPointF(stem, arrives)]
    if isinstance(target, Spot):
        points.append(QPointF(target.x - (_SHORT if target.first else 1), arrives))
        return tuple(points), (1, 0)
    return tuple(points), (0, -1 if target is Edge.ABOVE else 1)


def _along_the_line(wanted: Wanted) -> tuple[tuple[QPointF, ...], tuple[int, int]]:
    """From one start to the other in the gap above both; onto the nearer side of the target, or down at its start."""
    source, target = wanted.source, wanted.target
    assert isinstance(source, Spot)
    assert isinstance(target, Spot)
    begin = QPointF(source.x, source.y)
    if target.x > source.x:
        return (begin, QPointF(target.x - 1, source.y)), (1, 0)
    if target.right < source.x:
        return (begin, QPointF(target.right + 1, source.y)), (-1, 0)
    return (begin, QPointF(target.x, source.y), QPointF(target.x, source.y + 3)), (0, 1)


def _name_level(wanted: Wanted, margin: Margin) -> float:
    """The height at which a name belongs: that of the end which isn't the chosen one."""
    for end in (wanted.source, wanted.target):
        if isinstance(end, Edge):
            return _level(end, margin, tip=False)
    end = wanted.target if wanted.outwards else wanted.source
    assert isinstance(end, Spot)
    return end.middle


def _name(
    wanted: Wanted,
    at: float,
    columns: Sequence[tuple[float, tuple[float, float]]],
    taken: list[QRectF],
    margin: Margin,
    measure: Measure,
) -> tuple[tuple[str, ...], int, QRectF]:
    """The lines beside a way, how many are its name, and their box, left of all stems there and over no other name."""
    nearby = [stem for stem, (top, bottom) in columns if top - LINE <= at <= bottom + LINE]
    right = min([margin.first_stem, *nearby]) - _APART
    room = right + margin.width - 3
    if not wanted.name or room < _LEAST_NAME:
        return (), 0, QRectF()
    name = _wrapped(wanted.name, room, measure, _LINES)
    lines = (*name, *_wrapped(wanted.words, room, measure, 2))
    width, height = max(map(measure, lines)), LINE * len(lines)
    top = max(2.0, min(at - height / 2, margin.height - height - 2))
    for away in sorted(range(-8, 9), key=abs):
        box = QRectF(right - width, top + away * LINE / 2, width, height)
        if not any(box.adjusted(0, -_BETWEEN, 0, _BETWEEN).intersects(other) for other in taken):
            taken.append(box)
            return lines, len(name), box
    return (), 0, QRectF()


def _wrapped(text: str, room: float, measure: Measure, most: int) -> tuple[str, ...]:
    """Break a text into at most so many lines, at its blanks, and inside a word that is too long for a line.

    What doesn't fit then ends in an ellipsis.
    """
    lines: list[str] = []
    left = [part for word in text.split() for part in _broken(word, room, measure)]
    while left and len(lines) < most - 1:
        line = left.pop(0)
        while left and not line.endswith("-") and measure(f"{line} {left[0]}") <= room:
            line = f"{line} {left.pop(0)}"
        lines.append(line)
    return (*lines, _elided(_joined(left), room, measure)) if left else tuple(lines)


def _broken(word: str, room: float, measure: Measure) -> list[str]:
    """A word in parts that each fit, a hyphen at the end of all but the last; where it sounds, if that can be."""
    parts: list[str] = []
    while measure(word) > room and len(word) > 4:
        fitting = [n for n in range(len(word) - 3, 1, -1) if measure(f"{word[:n]}-") <= room]
        at = next((n for n in fitting if _is_seam(word, n)), fitting[0] if fitting else 2)
        parts.append(f"{word[:at]}-")
        word = word[at:]
    return [*parts, word]


def _is_seam(word: str, at: int) -> bool:
    """Whether a syllable may end before a place of a word: before a consonant and a vowel, or between two consonants.

    Not before an r or l that sounds together with what stands before it.
    """
    before, after, then = (letter.lower() in _VOWELS for letter in word[at - 1 : at + 2])
    return not after and ((before and then) or (not before and word[at].lower() not in "rlh"))


def _joined(parts: list[str]) -> str:
    return "".join(part.removesuffix("-") if part.endswith("-") else f"{part} " for part in parts).rstrip()


def _elided(line: str, room: float, measure: Measure) -> str:
    if measure(line) <= room:
        return line
    while line and measure(f"{line}…") > room:
        line = line[:-1]
    return f"{line.rstrip()}…"
