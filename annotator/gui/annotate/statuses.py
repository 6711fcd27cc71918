"""The documents as the list has them, put together in the project's thread: of 100,000 it takes longer than a frame."""

from collections.abc import Iterable

from annotator.domain.document import DocumentStatus


class Statuses(dict[str, DocumentStatus]):
    """By the document's id, in the project's order."""

    def __init__(self, statuses: Iterable[DocumentStatus] = ()) -> None:
        super().__init__((status.document.id, status) for status in statuses)
        self.numbers = {document_id: number for number, document_id in enumerate(self)}
        """Each document's place, from 0."""
