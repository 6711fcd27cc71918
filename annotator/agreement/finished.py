"""What agreement is measured on: documents, each with the spans of those who finished it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.span import Span


@dataclass(frozen=True, slots=True)
class Finished:
    """One document of `length` code points; `spans` has an entry, perhaps an empty one, for everybody who finished it.

    Who has no entry isn't done: that is not the same as to have tagged nothing.
    """

    document: str
    length: int
    spans: Mapping[str, tuple[Span, ...]]

    def of(self, annotator: str, label: str | None) -> tuple[Span, ...]:
        """Return one annotator's spans, of one label or of all."""
        spans = self.spans[annotator]
        return spans if label is None else tuple(span for span in spans if span.label == label)


def by_all(documents: Iterable[Finished], annotators: Collection[str]) -> list[Finished]:
    """Return the documents that every one of these annotators finished."""
    return [document for document in documents if all(name in document.spans for name in annotators)]


def who_shared(documents: Iterable[Finished]) -> list[str]:
    """Return, sorted, who finished a document that somebody else finished too."""
    return sorted({name for document in documents if len(document.spans) > 1 for name in document.spans})


def labels_used(documents: Iterable[Finished]) -> list[str]:
    """Return the labels of the spans, sorted."""
    return sorted({span.label for document in documents for spans in document.spans.values() for span in spans})


def fragments(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Return every fragment of the spans, in text order."""
    return sorted((fragment.start, fragment.end) for span in spans for fragment in span.fragments)
