"""A span: one or more stretches of a document under one label, by one annotator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, count
from operator import eq, le
from typing import Protocol

from annotator.domain.attributes import Attribute, entity_of
from annotator.domain.making import maker
from annotator.errors import BadArgument

FRAGMENT_SEPARATOR = " "


@dataclass(frozen=True, slots=True, order=True)
class Fragment:
    """A stretch of a document: code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A span as it is stored. `fragments` are in text order and don't overlap; nearly every span has one.

    `text` is the exact text of the fragments, joined by one blank. Times are UTC, `2026-01-02T03:04:05.000Z`.
    """

    id: str
    document: str
    label: str
    fragments: tuple[Fragment, ...]
    text: str
    annotator: str
    created: str
    modified: str
    note: str | None = None
    attributes: tuple[Attribute, ...] = ()
    version: int = 1

    @property
    def start(self) -> int:
        return self.fragments[0].start

    @property
    def end(self) -> int:
        return self.fragments[-1].end

    @property
    def entity(self) -> str | None:
        """The name of the entity that the span has, where its label has an attribute for that."""
        return entity_of(self.attributes)

    @property
    def length(self) -> int:
        """Code points covered, gaps between fragments left out."""
        return sum(f.end - f.start for f in self.fragments)


new_fragment, new_span = maker(Fragment), maker(Span)
"""Make what `Fragment` and `Span` make, for who makes many."""


class InText(Protocol):
    """What has a place in a text: a span, also one on its way out."""

    @property
    def id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def created(self) -> str: ...


def text_order(span: InText) -> tuple[int, int, str, str]:
    """A sort key: by start, longest first, then by age."""
    return span.start, -span.end, span.created, span.id


def in_text_order(spans: Sequence[Span]) -> bool:
    """Whether these are in text order; the whole key is looked at only where two begin together."""
    starts = [span.fragments[0].start for span in spans]
    after = starts[1:]
    together = compress(count(), map(eq, starts, after))
    return all(map(le, starts, after)) and all(text_order(spans[at]) <= text_order(spans[at + 1]) for at in together)


def span_text(text: str, fragments: Iterable[Fragment]) -> str:
    """Return the exact text of `fragments` in a document's `text`, joined by one blank."""
    return FRAGMENT_SEPARATOR.join(text[f.start : f.end] for f in fragments)


def fragments_of(pairs: Iterable[tuple[int, int]], length: int) -> tuple[Fragment, ...]:
    """Return sorted fragments for `pairs` in a text of `length` code points; those that touch or overlap are joined.

    Raises BadArgument for an empty, backwards or outside stretch, or none at all.
    """
    joined: list[Fragment] = []
    for start, end in sorted(pairs):
        if not 0 <= start <= length or not 0 <= end <= length:
            raise BadArgument(
                f"{start} to {end} lies outside the document, which has {length} characters (0 to {length})."
            )
        if end <= start:
            raise BadArgument(f"{start} to {end} is not a stretch of text: the end must come after the start.")
        if joined and start <= joined[-1].end:
            joined[-1] = Fragment(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Fragment(start, end))
    if not joined:
        raise BadArgument("A span needs at least one stretch of text.")
    return tuple(joined)
