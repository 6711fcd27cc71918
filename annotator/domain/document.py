"""A document: one text with its metadata."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.domain.making import maker
from annotator.domain.text import first_words, sha256
from annotator.domain.time import now

BEGINNING = 400  # code points of a text that come with its document
_QUOTATION = "“\"‘' \n"


class State(enum.StrEnum):
    """How far one annotator is with one document; the values are those of exported data."""

    TODO = "todo"
    IN_PROGRESS = "in-progress"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Document:
    """One text's metadata. The text itself is fetched by `Project.text`.

    `length` counts code points; `beginning` is the text's first few hundred; `source_sha256` is of the bytes of the
    imported file; `fields` are further metadata, each (name, value). Times are UTC, `2026-01-02T03:04:05.000Z`.
    """

    id: str
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    language: str | None
    url: str | None
    source_file: str | None
    source_sha256: str | None
    text_sha256: str
    length: int
    beginning: str
    created: str
    note: str | None = None
    version: int = 1
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def heading(self) -> str:
        """The title, or the first words in quotation marks, or the file's name where the text begins with blanks."""
        if self.title:
            return self.title
        words = first_words(self.beginning.lstrip().lstrip(_QUOTATION), 60)
        return f"“{words}”" if words else self.source_file or self.id


new_document = maker(Document)
"""Make what `Document` makes, for who makes many."""


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """One row of the list of documents: the document, and the number of spans and the state of one annotator."""

    document: Document
    spans: int
    state: State


@dataclass(frozen=True, slots=True)
class AnnotatorState:
    """The state that one annotator gave a document."""

    annotator: str
    state: State


@dataclass(frozen=True, slots=True)
class Progress:
    """A document, and the states that it has for annotators, by name; who has not begun is not among them."""

    document: Document
    states: Mapping[str, State]

    @property
    def done_by(self) -> int:
        """How many annotators marked it done."""
        return sum(state is State.DONE for state in self.states.values())


def describe(
    text: str,
    *,
    document_id: str,
    source_file: str | None = None,
    source_sha256: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    published: str | None = None,
    language: str | None = None,
    url: str | None = None,
    fields: tuple[tuple[str, str], ...] = (),
) -> Document:
    """Return the document of a normalised `text`, made now."""
    return Document(
        id=document_id,
        title=title,
        outlet=outlet,
        author=author,
        published=published,
        language=language,
        url=url,
        source_file=source_file,
        source_sha256=source_sha256,
        text_sha256=sha256(text),
        length=len(text),
        beginning=text[:BEGINNING],
        created=now(),
        fields=fields,
    )
