"""The spans of the shown document: by id, by place, in text order, and how many of each label."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from annotator.domain import garbage
from annotator.domain.span import Span, in_text_order, text_order
from annotator.domain.span_index import SpanIndex

_label = attrgetter("label")


class SpanStore:
    """Spans of one document. Positions are code points of the stored text. Not thread-safe."""

    def __init__(self) -> None:
        self._spans: dict[str, Span] = {}
        self._index = SpanIndex()
        self._order: list[Span] = []
        self._sorted = True
        self._labels: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._spans)

    def __contains__(self, span_id: str) -> bool:
        return span_id in self._spans

    def get(self, span_id: str) -> Span | None:
        return self._spans.get(span_id)

    def label_counts(self) -> Counter[str]:
        """Return the number of spans by label: the store's own count, not to be changed."""
        return self._labels

    def in_order(self) -> list[Span]:
        """Return all spans in text order: the store's own list, not to be changed."""
        if not self._sorted:
            self._order = sorted(self._spans.values(), key=text_order)
            self._sorted = True
        return self._order

    def add_all(self, spans: Iterable[Span]) -> tuple[int, int]:
        """Add many and return the stretch that they cover, (0, 0) for none.

        Those that come in text order, after all that are there, are put in order now; otherwise somebody must ask.
        """
        added = {span.id: span for span in spans}
        if not added:
            return 0, 0
        with garbage.left_alone():
            replaced = [self._spans[key] for key in added.keys() & self._spans.keys()]
            for span in replaced:
                self._index.discard(span)
            self._labels.subtract(span.label for span in replaced)
            self._labels.update(map(_label, added.values()))
            self._append(list(added.values()), alone=not replaced)
            self._spans |= added
            return self._index.extend(added.values())

    def _append(self, added: list[Span], *, alone: bool) -> None:
        follows = not self._order or text_order(self._order[-1]) < text_order(added[0])
        if self._sorted and alone and follows and in_text_order(added):
            self._order += added
        else:
            self._sorted = False

    def put(self, span: Span) -> Span | None:
        """Add or replace one span; return the one it replaced."""
        old = self.remove(span.id)
        self._spans[span.id] = span
        self._labels[span.label] += 1
        self._index.add(span)
        if self._sorted:
            insort(self._order, span, key=text_order)
        return old

    def remove(self, span_id: str) -> Span | None:
        """Take one span out, if it is in, and return it."""
        span = self._spans.pop(span_id, None)
        if span is None:
            return None
        self._labels[span.label] -= 1
        self._index.discard(span)
        if self._sorted:
            del self._order[bisect_left(self._order, text_order(span), key=text_order)]
        return span

    def change(self, spans: Sequence[Span], removed: Iterable[str]) -> tuple[int, int]:
        """Add, replace and take out many at once; return the stretch that they cover or covered, (0, 0) for none."""
        gone = [self._spans.pop(key) for key in {*removed, *(span.id for span in spans)} if key in self._spans]
        self._labels.subtract([span.label for span in gone])
        for span in gone:
            self._index.discard(span)
        if gone:
            self._sorted = False
        stretches = [(span.start, span.end) for span in (*gone, *spans)]
        self.add_all(spans)
        return min((start for start, _ in stretches), default=0), max((end for _, end in stretches), default=0)

    def overlapping(self, start: int, end: int, fewest: int = 0) -> Iterator[Span]:
        """Yield the spans that reach into `start` to `end`, if only with a gap of theirs; no order is promised.

        Of spans that are shorter than `fewest` code points, most are left out.
        """
        return self._index.overlapping(start, end, fewest)

    def at(self, position: int) -> list[Span]:
        """Return the spans that cover the character at `position`, shortest first."""
        hits = (s for s in self.overlapping(position, position + 1) if covers(s, position))
        return sorted(hits, key=by_length)

    def after(self, position: int) -> Span | None:
        """Return the first span in text order that starts at or after `position`."""
        order = self.in_order()
        at = bisect_left(order, position, key=lambda span: span.start)
        return order[at] if at < len(order) else None

    def before(self, position: int) -> Span | None:
        """Return the last span in text order that starts before `position`."""
        order = self.in_order()
        at = bisect_left(order, position, key=lambda span: span.start)
        return order[at - 1] if at else None

    def neighbour(self, span: Span, step: int) -> Span:
        """Return the span `step` places further in text order, round the ends."""
        order = self.in_order()
        at = bisect_right(order, text_order(span), key=text_order) - 1
        return order[(at + step) % len(order)]


def covers(span: Span, position: int) -> bool:
    """Whether one of the span's fragments holds the character at `position`."""
    return any(fragment.start <= position < fragment.end for fragment in span.fragments)


def by_length(span: Span) -> tuple[int, int, str, str]:
    """A sort key: shortest first, ties by start, then by age; the order in which spans lie nearer to the text."""
    return span.length, span.start, span.created, span.id
