"""The documents of a project: the list, finding one by what a person calls it, and their texts."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotator.domain import garbage
from annotator.domain.document import Document
from annotator.errors import NotFound
from annotator.storage import listing
from annotator.storage.store import Store

_TEXTS_KEPT = 4


class Documents:
    """The documents in the project's order. What was read is kept until `forget`; texts, the last four."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_id: dict[str, Document] | None = None
        self._listed: tuple[Document, ...] = ()
        self._version = 0
        self._texts: OrderedDict[str, str] = OrderedDict()

    def __iter__(self) -> Iterator[Document]:
        return iter(self.listed())

    def __len__(self) -> int:
        return len(self._all())

    def listed(self) -> tuple[Document, ...]:
        """Return all documents: the same tuple until they are read again."""
        return self._listed if self._all() else ()

    def get(self, document_id: str) -> Document:
        """Return the document of exactly this id. Raises NotFound."""
        if document_id not in self._all() and self._outdated():
            self.forget()
        if document_id not in self._all():
            raise NotFound(f"There is no document “{document_id}”. The list is in: annotator documents PROJECT")
        return self._all()[document_id]

    def known(self, document_id: str) -> Document | None:
        """Return the document of exactly this id, if it is in the list as it was read."""
        return self._all().get(document_id)

    def find(self, name: str) -> Document:
        """Return the document with this id, this file name, or the only one whose id begins so. Raises NotFound."""
        by_id = self._all()
        if name in by_id:
            return by_id[name]
        named = [document for document in by_id.values() if document.source_file == name]
        found = named or [document for key, document in by_id.items() if name and key.startswith(name)]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(document.id for document in found[:5])
            raise NotFound(f"“{name}” could be several documents: {ids}. Give more of the id.")
        raise NotFound(f"There is no document “{name}”. The list is in: annotator documents PROJECT")

    def text(self, document_id: str) -> str:
        """Return a document's stored text. Raises NotFound, or NotAProject where the text is damaged."""
        return self.text_of(self.get(document_id))

    def text_of(self, document: Document) -> str:
        """Return the text that a document had when it was read."""
        if document.text_sha256 not in self._texts:
            self._texts[document.text_sha256] = self._store.text_of(document)
            if len(self._texts) > _TEXTS_KEPT:
                self._texts.popitem(last=False)
        self._texts.move_to_end(document.text_sha256)
        return self._texts[document.text_sha256]

    def by_text(self) -> dict[str, Document]:
        """Return the documents by the hash of their text, and by those of the texts that were corrected."""
        found = {document.text_sha256: document for document in reversed(list(self))}
        with self._store.told():
            earlier = listing.earlier_texts(self._store.connection)
        return {sha256: self.get(document_id) for sha256, document_id in earlier.items()} | found

    def forget(self) -> None:
        """Read the list again when it is next asked for."""
        self._by_id = None

    def take_notes(self, notes: Iterable[tuple[str, str | None]]) -> None:
        """Give documents, by id, these notes in the list as it was read."""
        if self._by_id is not None:
            for key, note in notes:
                if key in self._by_id:
                    self._by_id[key] = replace(self._by_id[key], note=note)
            self._listed = tuple(self._by_id.values())

    def _outdated(self) -> bool:
        """Whether another program has written to the file since the list was read."""
        with self._store.told():
            return self._by_id is not None and self._store.data_version() != self._version

    def _all(self) -> dict[str, Document]:
        if self._by_id is None:
            with self._store.told(), garbage.left_alone():
                self._version = self._store.data_version()
                self._listed = tuple(listing.documents(self._store.connection))
                self._by_id = {document.id: document for document in self._listed}
        return self._by_id
