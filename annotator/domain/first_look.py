"""What is shown of a project while it is still being opened."""

from dataclasses import dataclass

from annotator.domain.codebook import Codebook
from annotator.domain.document import DocumentStatus
from annotator.domain.span import Span


@dataclass(frozen=True, slots=True)
class FirstLook:
    """One document as the project's annotator sees it: to be looked at, not to be worked on.

    `status` is the document's, and `statuses` are those of all documents where they are few, else none; the codebook
    has its labels alone, the spans are the document's first in text order, without notes and attributes.
    """

    annotator: str
    codebook: Codebook
    status: DocumentStatus
    statuses: tuple[DocumentStatus, ...]
    text: str
    spans: tuple[Span, ...]
