"""Which spans of two annotators are the same: one to one, as many as possible; and F1 from that.

The four ways to be the same are those of SemEval 2013 task 9 (Segura-Bedmar, Martínez and Herrero-Zazo 2013, section
4.1), with fragments: exact (the same fragments, whatever the label), strict (the label too), type (the same label,
any overlap), partial (any overlap, which counts one half where the fragments aren't the same).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from annotator.agreement.sweep import meeting
from annotator.domain.span import Span


@dataclass(frozen=True, slots=True)
class Matches:
    """How many spans two annotators have, and how many of them are the same; a half match counts 1, a whole one 2."""

    first: int
    second: int
    exact: int
    strict: int
    type: int
    partial: int


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of the second annotator's spans if the first one's were right; None where undefined."""

    precision: Fraction | None
    recall: Fraction | None
    f1: Fraction | None


def score(matched: int, first: int, second: int) -> Score:
    """Return the scores where `matched` halves of so many spans are the same.

    van Rijsbergen 1979, Information Retrieval, chapter 7. F1 is 2 matches by all spans, so it takes no side.
    """
    return Score(
        Fraction(matched, 2 * second) if second else None,
        Fraction(matched, 2 * first) if first else None,
        Fraction(matched, first + second) if first + second else None,
    )


def matches(first: Sequence[Span], second: Sequence[Span]) -> Matches:
    """Return how many spans of two annotators in one document are the same, in each of the four ways."""
    alike = _counted(first, second, by_label=False)
    strict = _counted(first, second, by_label=True)
    pairs = overlapping(first, second)
    same_label = {(one, other) for one, other in pairs if first[one].label == second[other].label}
    rest, other_rest = _without(first, alike), _without(second, alike)
    left = {(one, other) for one, other in pairs if one in rest and other in other_rest}
    whole = alike.total()
    # Exact pairs first loses nothing: each takes the place of at most two halves.
    return Matches(
        first=len(first),
        second=len(second),
        exact=2 * whole,
        strict=2 * strict.total(),
        type=2 * len(largest_matching(same_label)),
        partial=2 * whole + len(largest_matching(left)),
    )


def overlapping(first: Sequence[Span], second: Sequence[Span]) -> set[tuple[int, int]]:
    """Return the places, in either list, of every two spans that share at least one character."""
    return set(meeting(_fragments(first), _fragments(second)))


def largest_matching(pairs: set[tuple[int, int]]) -> dict[int, int]:
    """Return a one-to-one choice of as many of the pairs as possible, as the second by the first.

    By augmenting paths (Berge 1957, Two theorems in graph theory), found breadth first.
    """
    neighbours: dict[int, list[int]] = {}
    for one, other in sorted(pairs):
        neighbours.setdefault(one, []).append(other)
    chosen: dict[int, int] = {}
    taken: dict[int, int] = {}
    for one, others in neighbours.items():
        free = next((other for other in others if other not in taken), None)
        if free is not None:
            chosen[one], taken[free] = free, one
    for one in neighbours:
        if one not in chosen:
            _augment(one, neighbours, chosen, taken)
    return chosen


def _augment(start: int, neighbours: dict[int, list[int]], chosen: dict[int, int], taken: dict[int, int]) -> None:
    """Place `start` by moving those in its way, if there is a way."""
    reached_from: dict[int, int] = {}
    waiting = [start]
    for one in waiting:  # grows as it goes
        for other in neighbours[one]:
            if other in reached_from:
                continue
            reached_from[other] = one
            if other in taken:
                waiting.append(taken[other])
                continue
            end: int | None = other
            while end is not None:
                mover = reached_from[end]
                taken[end] = mover
                chosen[mover], end = end, chosen.get(mover)
            return


_Key = tuple[tuple[int, ...], str | None]


def _key(span: Span, *, by_label: bool) -> _Key:
    """What makes spans the same: their fragments, perhaps the label too."""
    edges = [edge for part in span.fragments for edge in (part.start, part.end)]
    return tuple(edges), span.label if by_label else None


def _counted(first: Sequence[Span], second: Sequence[Span], *, by_label: bool) -> Counter[_Key]:
    """Count the spans that both have."""
    one, other = (Counter(_key(span, by_label=by_label) for span in spans) for spans in (first, second))
    return one & other


def _without(spans: Sequence[Span], counted: Counter[_Key]) -> set[int]:
    """Return the places of the spans that are left when those counted are taken out."""
    out = counted.copy()
    left = set()
    for place, span in enumerate(spans):
        key = _key(span, by_label=False)
        if out[key] > 0:
            out[key] -= 1
        else:
            left.add(place)
    return left


def _fragments(spans: Sequence[Span]) -> list[tuple[int, int, int]]:
    return [(part.start, part.end, place) for place, span in enumerate(spans) for part in span.fragments]
