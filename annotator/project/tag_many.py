"""Tagging many places in one change."""

import uuid
from collections.abc import Iterator, Sequence
from itertools import pairwise

from annotator.domain.document import Document
from annotator.domain.span import Span, fragments_of, span_text
from annotator.domain.time import now
from annotator.errors import BadArgument
from annotator.project.reading import Reading
from annotator.storage import revising, rows
from annotator.storage.journal import Step
from annotator.storage.many import let_go, without_collection
from annotator.storage.taken import Place, taken
from annotator.storage.texts import Texts

_AT_ONCE, _TEXTS_AT_ONCE = 400_000, 200  # code points, and texts, that one statement reads


class TagMany(Reading):
    """The part of Project that tags many places at once."""

    def tag_all(self, label: str, places: Sequence[Place]) -> list[Span]:
        """Tag many places, each (document id, start, end), with one label in one change."""
        return list(self._tag_all(label, places))

    def _tag_all(self, label: str, places: Sequence[Place]) -> Sequence[Span]:
        if not places:
            return ()
        self.codebook.label(label)
        documents = [self.documents.get(key) for key in dict.fromkeys(document for document, _, _ in places)]
        with without_collection():
            new = self._rows_at(documents, places)

        def write(step: Step) -> None:
            self._require(step, documents)
            mine = {"annotator": step.annotator_id, "label": self.codebook.label(label).id}
            for row in new:
                row |= mine
            step.insert("span", new)

        written = self._write(f"tag {label}" if len(new) == 1 else f"tag {len(new)} {label}", write)
        let_go(new)
        return written.spans if written else ()

    def _untagged(self, label: str, places: Sequence[Place]) -> list[Place]:
        """Return the places where this annotator has no span of one stretch with this label."""
        label_id = self.codebook.label(label).id
        with self._store.told():
            me = self._me()
            there = taken(self._store.connection, me, label_id, places) if me else set()
        return [place for place in places if place not in there]

    def _rows_at(self, documents: Sequence[Document], places: Sequence[Place]) -> list[rows.Values]:
        """Return the rows of new spans at these places, still without label and annotator."""
        numbers: dict[str, list[int]] = {}
        for number, (document_id, _, _) in enumerate(places):
            numbers.setdefault(document_id, []).append(number)
        found: list[rows.Values] = [{} for _ in places]
        at = now()
        for document, text in self._with_texts(documents):
            for number in numbers[document.id]:
                fragments = fragments_of([places[number][1:]], document.length)
                words = span_text(text, fragments)
                found[number] |= {"id": str(uuid.uuid4()), "document": document.id, **rows.placed(fragments)}
                found[number] |= {"text": words, "created": at, "modified": at}
        return found

    def _with_texts(self, documents: Sequence[Document]) -> Iterator[tuple[Document, str]]:
        """Yield documents with their texts; a few by what is kept of them, many read together and not kept."""
        if len(documents) == 1:
            yield documents[0], self.documents.text_of(documents[0])
            return
        many = Texts(self._store.connection)
        for some in _together(documents):
            with self._store.told():
                together, begins = many.joined(some)
            cut = (together[start : end - 1] for start, end in pairwise(begins))
            yield from zip(some, cut, strict=True)

    def _require(self, step: Step, documents: Sequence[Document]) -> None:
        """Raise unless the documents still have the texts that offsets were counted in."""
        try:
            revising.require(step, *documents)
        except BadArgument:
            self.documents.forget()
            raise


def _together(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Yield documents in groups whose texts are read in one statement."""
    some: list[Document] = []
    length = 0
    for document in documents:
        some.append(document)
        length += document.length
        if length >= _AT_ONCE or len(some) == _TEXTS_AT_ONCE:
            yield some
            some, length = [], 0
    if some:
        yield some
