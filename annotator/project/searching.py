"""Finding words in one document or in all, and tagging what was found."""

import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.domain.document import Document, State
from annotator.domain.search import (
    Found,
    Hit,
    Place,
    Places,
    Query,
    Scope,
    Tag,
    TaggedHits,
    every_occurrence,
    words_after,
    words_before,
)
from annotator.domain.span import Fragment
from annotator.project.covers import Covers
from annotator.project.reading import state_of
from annotator.project.spans import SpanChanges
from annotator.storage import covering, reading, texts
from annotator.storage.store import Store
from annotator.storage.taken import spans_at

if TYPE_CHECKING:
    from annotator.project.matching import Matcher

Pairs = list[tuple[int, int]]
_Stretches = Callable[[Sequence[str], Iterable[str]], Iterable[tuple[str, str, tuple[Fragment, ...]]]]
WIDTH = 60  # code points of the words before and after a hit
_STEP_S = 0.015
_FIRST = 50  # places that the first step ends with, so that they are seen at once
_AT_FIRST, _AT_ONCE, _TEXTS_AT_ONCE = 60, 600_000, 800  # texts, code points, texts that are read at once: 2 ms


class Searching(SpanChanges):
    """The part of Project that finds."""

    def __init__(self, store: Store, annotator: str) -> None:
        super().__init__(store, annotator)
        self._many = texts.Texts(store.connection)

    def search(self, query: Query, scope: Scope | None = None) -> Iterator[Found]:
        """Look for `query` in the documents of `scope`, in the project's order; yield at least every 20 ms or so.

        A step has places alone, since there may be very many: `in_context` reads the words there. No read lock is
        held between two steps. Raises BadArgument for an expression that can't be read or takes too long, NotFound
        for a document or label that isn't there.
        """
        scope = scope or Scope()
        scope.check()
        for label in (scope.inside, scope.outside):
            if label:
                self.codebook.label(label)
        return self._search(_matcher(query), scope, self._in_scope(scope))

    def in_context(self, places: Iterable[Place], *, width: int = WIDTH) -> list[Hit]:
        """Return places, as `search` gives them, with up to `width` code points before and after, and who tagged them.

        About 20 microseconds each, so ask for those that are to be seen.
        """
        by_document: dict[str, Pairs] = {}
        for key, start, end in places:
            by_document.setdefault(key, []).append((start, end))
        hits: list[Hit] = []
        for some, together, begins in self._texts([self.documents.get(key) for key in by_document]):
            tags = self._tags([(document.id, *pair) for document in some for pair in by_document[document.id]])
            for document, (begin, following) in zip(some, pairwise(begins), strict=True):
                text = together[begin : following - 1]
                for start, end in by_document[document.id]:
                    before, after = words_before(text, start, width), words_after(text, end, width)
                    tagged = tags.get((document.id, start, end), ())
                    hits.append(Hit(document.id, start, end, before, text[start:end], after, tagged))
        return hits

    def occurrences(self, span_id: str) -> Iterator[Found]:
        """Yield every occurrence of a span's words, tagged or not, as they are written. Raises NotFound."""
        span = self.span(span_id)
        first = span.fragments[0]
        return self.search(every_occurrence(self.documents.text(span.document), first.start, first.end))

    def places(self, document_id: str, query: Query) -> Iterator[Pairs]:
        """Yield where `query` is in one document, (start, end) each, a list a step, as `search` does."""
        matcher, text = _matcher(query), self.documents.text(document_id)
        return _gathered(matcher.places(text))

    def tag_hits(self, label: str, places: Iterable[Place]) -> TaggedHits:
        """Tag places, each (document id, start, end), in one change, but for those that this annotator tagged so.

        One that has a span of one fragment with this label at exactly that place is left as it is.
        """
        self.codebook.label(label)
        wanted = list(dict.fromkeys(places))
        new = self._untagged(label, wanted)
        return TaggedHits(self._tag_all(label, new), len(wanted) - len(new))

    def _in_scope(self, scope: Scope) -> Sequence[Document]:
        documents: Sequence[Document] = self.documents.listed()
        if scope.documents:
            wanted = {self.documents.get(key).id for key in scope.documents}
            documents = [document for document in documents if document.id in wanted]
        if scope.states:
            with self._store.told():
                given = reading.states(self._store.connection, self._me())
                done = set(scope.states) == {State.DONE}  # which the number of spans says nothing of
                counts = {} if done else reading.span_counts(self._store.connection, self._me())
            states = ((each, state_of(given.get(each.id), counts.get(each.id, 0))) for each in documents)
            documents = [document for document, state in states if state in scope.states]
        return [document for document in documents if scope.has(document)] if scope.describes else documents

    def _search(self, matcher: "Matcher", scope: Scope, documents: Sequence[Document]) -> Iterator[Found]:
        labels, found, searched, of = _Labels(self._stretches, scope), Places(), 0, len(documents)
        due, enough = time.monotonic() + _STEP_S, _FIRST
        for some, together, begins in self._texts(documents):
            for pairs in matcher.places(together):
                if labels.matter:
                    there = Places()
                    there.add(some, begins, pairs)
                    found.extend(labels.kept(there))
                else:
                    found.add(some, begins, pairs)
                if time.monotonic() >= due or len(found) >= enough:
                    yield Found(found, searched, of)
                    found, due, enough = Places(), time.monotonic() + _STEP_S, sys.maxsize
            searched += len(some)
        yield Found(found, of, of)

    def _texts(self, documents: Sequence[Document]) -> Iterator[tuple[Sequence[Document], str, list[int]]]:
        """Yield some documents at a time with their texts, joined, and where each begins there; they are not kept."""
        with self._store.told():
            self._many.trust(self._store.data_version())
        at, most = 0, _AT_FIRST
        while at < len(documents):
            some = documents[at : at + most]
            begins = texts.begins_of(some)
            if begins[-1] > _AT_ONCE:
                count = max(1, bisect_right(begins, _AT_ONCE) - 1)
                some, begins = some[:count], begins[: count + 1]
            with self._store.told():
                together, begins = self._many.joined(some, begins)
            yield some, together, begins
            at, most = at + len(some), _TEXTS_AT_ONCE

    def _tags(self, places: Sequence[Place]) -> dict[Place, tuple[Tag, ...]]:
        """This annotator's spans at exactly these places, of one stretch."""
        with self._store.told():
            me, names = self._me(), self._store.names
            found = spans_at(self._store.connection, me, places) if me else {}
        return {place: tuple(Tag(key, names.labels[label]) for key, label in of.items()) for place, of in found.items()}

    def _stretches(
        self, labels: Sequence[str], documents: Iterable[str]
    ) -> Iterator[tuple[str, str, tuple[Fragment, ...]]]:
        """Yield document, label and stretches of this annotator's spans of these labels in some documents."""
        names = {self.codebook.label(name).id: name for name in labels}
        with self._store.told():
            if me := self._me():
                for key, label, there in covering.stretches(self._store.connection, me, list(names), list(documents)):
                    yield key, names[label], there


class _Labels:
    """Leaves out the places that the labels of a scope leave out."""

    def __init__(self, stretches: _Stretches, scope: Scope) -> None:
        self._stretches, self._inside, self._outside = stretches, scope.inside, scope.outside
        self._covers: dict[str, tuple[Covers, Covers]] = {}  # of the last places' documents: inside, outside

    @property
    def matter(self) -> bool:
        """Whether any place may be left out."""
        return bool(self._inside or self._outside)

    def kept(self, places: Places) -> Places:
        """Return those of some places that follow those before."""
        self._read(places.documents)
        return Places(place for place in places if self._keeps(*place))

    def _keeps(self, document: str, start: int, end: int) -> bool:
        inside, outside = self._covers[document]
        return (not self._inside or inside.hold(start, end)) and not outside.hold(start, end)

    def _read(self, documents: Sequence[str]) -> None:
        """Read the spans of these labels in some documents, but for the one that the last places ended in."""
        known = {key: self._covers[key] for key in documents if key in self._covers}
        found: dict[str, tuple[Pairs, Pairs]] = {key: ([], []) for key in documents if key not in known}
        for key, label, fragments in self._stretches([name for name in (self._inside, self._outside) if name], found):
            pairs = [(fragment.start, fragment.end) for fragment in fragments]
            found[key][0].extend(pairs if label == self._inside else ())
            found[key][1].extend(pairs if label == self._outside else ())
        self._covers = known | {key: (Covers(inside), Covers(outside)) for key, (inside, outside) in found.items()}


def _matcher(query: Query) -> "Matcher":
    from annotator.project.matching import Matcher  # only now: the package it needs takes its time to be imported

    return Matcher(query)


def _gathered(steps: Iterator[Pairs]) -> Iterator[Pairs]:
    """Yield what the steps of about 15 ms give, together."""
    found: Pairs = []
    due = time.monotonic() + _STEP_S
    for step in steps:
        found += step
        if time.monotonic() >= due:
            yield found
            found, due = [], time.monotonic() + _STEP_S
    yield found
