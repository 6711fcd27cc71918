"""A correction of a document's text: what becomes of each span, and the earlier texts that are kept."""

from dataclasses import dataclass

from annotator.domain.anchoring import How


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier text of a document: its number from 1 (the text that was imported), and who corrected it when.

    `length` counts code points; `until` is UTC, `2026-01-02T03:04:05.000Z`.
    """

    number: int
    text_sha256: str
    length: int
    annotator: str
    until: str


@dataclass(frozen=True, slots=True)
class SpanFate:
    """What a correction does to one span: its words before and after it, no words where it has no place any more.

    `again` is true for a span that an earlier correction had left without a place.
    """

    id: str
    annotator: str
    label: str
    how: How
    old: str
    new: str | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class RevisionReport:
    """What a correction did, or would do. `number` is that of the new text; spans are in the order of the old one."""

    document: str
    number: int
    text_sha256: str
    spans: tuple[SpanFate, ...]

    @property
    def unchanged(self) -> tuple[SpanFate, ...]:
        """Spans with the same words in the same place."""
        return self._those(How.UNCHANGED)

    @property
    def moved(self) -> tuple[SpanFate, ...]:
        """Spans with the same words, further on or further back."""
        return self._those(How.MOVED)

    @property
    def changed(self) -> tuple[SpanFate, ...]:
        """Spans whose words are others now."""
        return self._those(How.CHANGED)

    @property
    def unplaced(self) -> tuple[SpanFate, ...]:
        """Spans that have no place in the new text."""
        return self._those(How.UNPLACED)

    def _those(self, how: How) -> tuple[SpanFate, ...]:
        return tuple(span for span in self.spans if span.how is how)


@dataclass(frozen=True, slots=True)
class Work:
    """What has been done on documents, by everybody: what goes when they are deleted."""

    documents: int
    spans: int
    annotators: tuple[str, ...]
    relations: int
    done: int
    notes: int
    revisions: int

    def __bool__(self) -> bool:
        return bool(self.spans or self.relations or self.done or self.notes or self.revisions)
