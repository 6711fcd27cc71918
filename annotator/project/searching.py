"""Finding words in one document or in all, and tagging what was found."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.domain.document import Document
from annotator.domain.search import (
    Found,
    Hit,
    Query,
    Scope,
    Tag,
    TaggedHits,
    every_occurrence,
    words_after,
    words_before,
)
from annotator.project.covers import Covers
from annotator.project.spans import SpanChanges
from annotator.storage import reading

if TYPE_CHECKING:
    from annotator.project.matching import Matcher, Places

WIDTH = 60  # code points of the words before and after a hit
_STEP_S = 0.015
_MANY_HITS = 100  # a step ends with: their tags are still to be read
_SHORT = 20_000  # code points of a text whose spans are read with those of others
_AT_ONCE, _TEXTS_AT_ONCE = 400_000, 200  # code points, and texts, that one statement reads: about a millisecond


class Searching(SpanChanges):
    """The part of Project that finds."""

    def search(self, query: Query, scope: Scope | None = None, *, width: int = WIDTH) -> Iterator[Found]:
        """Look for `query` in the documents of `scope`, in the project's order; yield at least every 20 ms or so.

        No read lock is held between two steps. Raises BadArgument for an expression that can't be read or takes too
        long, NotFound for a document or label that isn't there.
        """
        scope = scope or Scope()
        scope.check()
        for label in (scope.inside, scope.outside):
            if label:
                self.codebook.label(label)
        return self._search(_matcher(query), scope, self._in_scope(scope), width)

    def occurrences(self, span_id: str) -> Iterator[Found]:
        """Yield every occurrence of a span's words, tagged or not, as they are written. Raises NotFound."""
        span = self.span(span_id)
        first = span.fragments[0]
        return self.search(every_occurrence(self.documents.text(span.document), first.start, first.end))

    def places(self, document_id: str, query: Query) -> "Iterator[Places]":
        """Yield where `query` is in one document, (start, end) each, a list a step, as `search` does."""
        matcher, text = _matcher(query), self.documents.text(document_id)
        return _gathered(matcher.places(text))

    def tag_hits(self, label: str, places: Sequence[tuple[str, int, int]]) -> TaggedHits:
        """Tag places, each (document id, start, end), in one change, but for those that this annotator tagged so.

        One that has a span of one fragment with this label at exactly that place is left as it is.
        """
        self.codebook.label(label)
        new = self._untagged(label, list(dict.fromkeys(places)))
        return TaggedHits(tuple(self.tag_all(label, new)), len(set(places)) - len(new))

    def _in_scope(self, scope: Scope) -> list[Document]:
        if scope.documents:
            wanted = {self.documents.get(key).id for key in scope.documents}
            documents = [document for document in self.documents if document.id in wanted]
        else:
            documents = list(self.documents)
        if scope.states:
            states = {status.document.id: status.state for status in self.statuses()}
            documents = [document for document in documents if states[document.id] in scope.states]
        return [document for document in documents if scope.has(document)]

    def _search(self, matcher: "Matcher", scope: Scope, documents: list[Document], width: int) -> Iterator[Found]:
        hits: list[Hit] = []
        due, of = time.monotonic() + _STEP_S, len(documents)
        for number, (document, text) in enumerate(self._texts(documents)):
            looks = _Look(self, document.id, text, scope, width)
            for found in matcher.places(text) if looks.worthwhile else ():
                hits += looks.hits(found)
                if time.monotonic() >= due or len(hits) >= _MANY_HITS:
                    yield Found(self._tagged(hits), number, of)
                    hits, due = [], time.monotonic() + _STEP_S
            if time.monotonic() >= due or len(hits) >= _MANY_HITS:
                yield Found(self._tagged(hits), number + 1, of)
                hits, due = [], time.monotonic() + _STEP_S
        yield Found(self._tagged(hits), of, of)

    def _tagged(self, hits: list[Hit]) -> tuple[Hit, ...]:
        """Put the tags to hits in short texts, those of many texts in one statement: one each took 0.3 ms a hit."""
        short = dict.fromkeys(hit.document for hit in hits if self.documents.get(hit.document).length <= _SHORT)
        with self._store.told():
            me, names = self._me(), self._store.names
            if me is None or not short:
                return tuple(hits)
            spans = reading.places_in(self._store.connection, names, list(short), me)
        found: dict[tuple[str, int, int], tuple[Tag, ...]] = {}
        for document, span in spans:
            if span.fragments is None:
                place = document, span.start, span.end
                found[place] = (*found.get(place, ()), Tag(span.id, span.label))
        return tuple(replace(hit, tags=found[hit.place]) if hit.place in found else hit for hit in hits)

    def _texts(self, documents: list[Document]) -> Iterator[tuple[Document, str]]:
        """Yield the documents with their texts, read several at a time; the texts of a search are not kept."""
        waiting: list[Document] = []
        for document in [*documents, None]:
            full = sum(each.length for each in waiting) >= _AT_ONCE or len(waiting) == _TEXTS_AT_ONCE
            if waiting and (full or document is None):
                with self._store.told():
                    texts = reading.contents(self._store.connection, waiting)
                yield from zip(waiting, texts, strict=True)
                waiting = []
            if document is not None:
                waiting.append(document)

    def _placed(self, document_id: str, first: int = 0, last: int = 2**62) -> list[reading.Placed]:
        """This annotator's spans that begin from `first` to `last`."""
        with self._store.told():
            me = self._me()
            if me is None:
                return []
            names = self._store.names
            return list(reading.places_of(self._store.connection, names, document_id, me, first, last))


class _Look:
    """A look through one document: makes hits of places, and leaves out those that the scope's labels leave out."""

    def __init__(self, project: Searching, document_id: str, text: str, scope: Scope, width: int) -> None:
        self._project, self._document, self._text, self._width = project, document_id, text, width
        self._inside = self._covers(scope.inside) if scope.inside else None
        self._outside = self._covers(scope.outside) if scope.outside else None
        self.worthwhile = self._inside is None or bool(self._inside)

    def hits(self, places: "Places") -> Iterator[Hit]:
        """Yield the hits of some places that follow one another in the text."""
        kept = [place for place in places if self._keeps(*place)]
        if not kept:
            return
        tags = self._tags(kept[0][0], kept[-1][0]) if len(self._text) > _SHORT else {}  # of short ones: `_tagged`
        for start, end in kept:
            before, after = words_before(self._text, start, self._width), words_after(self._text, end, self._width)
            yield Hit(self._document, start, end, before, self._text[start:end], after, tags.get((start, end), ()))

    def _keeps(self, start: int, end: int) -> bool:
        if self._inside is not None and not self._inside.hold(start, end):
            return False
        return self._outside is None or not self._outside.hold(start, end)

    def _tags(self, first: int, last: int) -> dict[tuple[int, int], tuple[Tag, ...]]:
        found: dict[tuple[int, int], tuple[Tag, ...]] = {}
        for span in self._project._placed(self._document, first, last):
            if span.fragments is None:
                place = span.start, span.end
                found[place] = (*found.get(place, ()), Tag(span.id, span.label))
        return found

    def _covers(self, label: str) -> Covers:
        spans = [span for span in self._project._placed(self._document) if span.label == label]
        several = [(f.start, f.end) for span in spans for f in span.fragments or ()]
        return Covers([*((span.start, span.end) for span in spans if span.fragments is None), *several])


def _matcher(query: Query) -> "Matcher":
    from annotator.project.matching import Matcher  # only now: the package it needs takes its time to be imported

    return Matcher(query)


def _gathered(steps: "Iterator[Places]") -> "Iterator[Places]":
    """Yield what the steps of about 15 ms give, together."""
    found: Places = []
    due = time.monotonic() + _STEP_S
    for step in steps:
        found += step
        if time.monotonic() >= due:
            yield found
            found, due = [], time.monotonic() + _STEP_S
    yield found
