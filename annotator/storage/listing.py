"""Documents and their texts in their tables: listed in slices, found, and checked against their hashes."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, tuple_

from annotator.domain.document import BEGINNING, Document, new_document
from annotator.domain.text import sha256
from annotator.errors import NotAProject
from annotator.storage import stored
from annotator.storage.asking import plain
from annotator.storage.tables import document, revision, text

_AT_ONCE = 500  # parameters in one statement
_DOCUMENTS_AT_ONCE = 1_000


def described(words: ColumnElement[str]) -> tuple[ColumnElement[Any], ...]:
    """Return the columns of a document; `words` is its beginning or its whole text."""
    return (
        *(document.c[n] for n in ("id", "title", "outlet", "author", "published", "language", "url", "source_file")),
        *(document.c.source_sha256, document.c.text_sha256, text.c.length, words),
        *(document.c.created, document.c.note, document.c.version, document.c.fields),
    )


WORDS, _FIELDS = 11, 15
"""The places of `words` and of further metadata among them."""

_DOCUMENTS = (
    select(*described(func.substr(text.c.content, 1, BEGINNING)), document.c.position)
    .join(text, text.c.sha256 == document.c.text_sha256)
    .order_by(document.c.position, document.c.id)
)
AFTER = tuple_(document.c.position, document.c.id) > tuple_(bindparam("position"), bindparam("id"))
"""Whether a document comes after a place in the project's order."""

_DOCUMENTS_AFTER = _DOCUMENTS.where(AFTER).limit(_DOCUMENTS_AT_ONCE)
_TEXT = select(text.c.content).where(text.c.sha256 == bindparam("sha256"))


def _documents(rows: Sequence[Any]) -> Iterator[Document]:
    """Yield the documents of rows with the columns of `_DOCUMENTS`, or those of `described` alone."""
    if any(bytes in set(map(type, column)) for column in zip(*rows, strict=True)):
        raise stored.damaged("a document's description is no text")
    for row in rows:
        yield new_document(*row[:_FIELDS], stored.pairs(row[_FIELDS]))


def with_texts(rows: Sequence[Any]) -> list[tuple[Document, str]]:
    """Return the documents of rows that have the whole texts. Raises NotAProject as `content` does."""
    texts = [row[WORDS] for row in rows]
    made = _documents([(*row[:WORDS], row[WORDS][:BEGINNING], *row[WORDS + 1 :]) for row in rows])
    return [(each, _checked(each, content)) for each, content in zip(made, texts, strict=True)]


def documents(connection: Connection) -> list[Document]:
    """Return every document in the project's order, without their texts."""
    return [document for part in document_slices(connection) for document in part]


def document_slices(connection: Connection) -> Iterator[list[Document]]:
    """Yield the documents in the project's order, some at a time: each slice is a statement of its own."""
    after: dict[str, Any] = {"position": -1, "id": ""}
    while rows := plain(connection, _DOCUMENTS_AFTER, after):
        yield list(_documents(rows))
        after = {"id": rows[-1][0], "position": rows[-1][-1]}


def documents_with_text(connection: Connection, hashes: Sequence[str]) -> list[Document]:
    """Return the documents that have one of these texts."""
    found: list[Document] = []
    for at in range(0, len(hashes), _AT_ONCE):
        some = _DOCUMENTS.where(document.c.text_sha256.in_(hashes[at : at + _AT_ONCE]))
        found += _documents(plain(connection, some))
    return found


def document_with(connection: Connection, document_id: str) -> Document | None:
    """Return the document of this id as it is now, if there is one."""
    return next(_documents(plain(connection, _DOCUMENTS.where(document.c.id == document_id))), None)


def earlier_texts(connection: Connection) -> dict[str, str]:
    """Return the hashes of texts that were corrected, each with the id of its document."""
    rows = connection.execute(select(revision.c.text_sha256, revision.c.document).order_by(revision.c.number.desc()))
    return dict(rows.all())


def content(connection: Connection, of: Document) -> str:
    """Return a document's text. Raises NotAProject where it isn't the text that was stored."""
    return _checked(of, connection.execute(_TEXT, {"sha256": of.text_sha256}).scalar_one_or_none())


def _checked(of: Document, found: Any) -> str:
    if not isinstance(found, str) or len(found) != of.length or sha256(found) != of.text_sha256:
        raise NotAProject(
            f"The text of “{of.heading}” is damaged: it is not what was stored. Open a backup of the project; "
            "`annotator check` lists everything that is wrong."
        )
    return str(found)
