"""How many spans of one annotator each document has, kept: counting 100,000 anew would take 10 ms a tag."""

from collections.abc import Callable, Iterable

from annotator.domain.span import Span


class SpanCounts:
    """Counts by document id. `version` is that of the file as other programs change it: a new one forgets all."""

    def __init__(self, annotator: str) -> None:
        self._annotator = annotator
        self._counts: dict[str, int] = {}
        self._version = -1

    def get(self, document_id: str, version: int, count: Callable[[], int]) -> int:
        """Return the count of a document, counted by `count` where it isn't known."""
        if version != self._version:
            self._counts, self._version = {}, version
        if document_id not in self._counts:
            self._counts[document_id] = count()
        return self._counts[document_id]

    def changed(self, added: Iterable[Span], removed: Iterable[Span]) -> None:
        """Follow a change of exactly these spans."""
        for difference, spans in ((1, added), (-1, removed)):
            for span in spans:
                if span.annotator == self._annotator and span.document in self._counts:
                    self._counts[span.document] += difference

    def forget(self, document_ids: Iterable[str]) -> None:
        """Count these documents anew when they are next asked for."""
        for document_id in document_ids:
            self._counts.pop(document_id, None)
