"""Sweeps over intervals: which labels lie on which stretch by whom, and which intervals meet which."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotator.agreement.finished import Finished

Stretches = dict[tuple[int, ...], int]
"""How many characters carry what: a set of labels, as bits, by annotator. One of 0s is text that nobody tagged."""


def stretches(document: Finished, annotators: Sequence[str], bits: Mapping[str, int]) -> Stretches:
    """Return what the characters of a document carry, from edge to edge of the spans; `bits` has each label's bit.

    Labels without a bit are left out. Takes as long as there are spans, however long the text.
    """
    edges: list[tuple[int, int, int, int]] = []
    for place, name in enumerate(annotators):
        for span in document.spans[name]:
            if bit := bits.get(span.label, 0):
                for fragment in span.fragments:
                    edges.append((fragment.start, place, bit, 1))
                    edges.append((fragment.end, place, bit, -1))
    edges.sort()
    depth: Counter[tuple[int, int]] = Counter()
    carried = [0] * len(annotators)
    found: Counter[tuple[int, ...]] = Counter()
    here = 0
    for position, place, bit, step in edges:
        if position > here:
            found[tuple(carried)] += position - here
            here = position
        depth[place, bit] += step
        if depth[place, bit]:
            carried[place] |= bit
        else:
            carried[place] &= ~bit
    if document.length > here:
        found[tuple(carried)] += document.length - here
    return dict(found)


def meeting(
    first: Iterable[tuple[float, float, int]], second: Iterable[tuple[float, float, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the keys of every interval of `first` with those of `second` that it shares a stretch with.

    An interval is (start, end, key); pairs come once for every two intervals that meet.
    """
    arriving = sorted(
        [(start, end, 0, key) for start, end, key in first] + [(start, end, 1, key) for start, end, key in second]
    )
    begun: list[list[tuple[float, int]]] = [[], []]
    for start, end, side, key in arriving:
        begun[1 - side] = [each for each in begun[1 - side] if each[0] > start]
        begun[side].append((end, key))
        for _, other in begun[1 - side]:
            yield (other, key) if side else (key, other)
