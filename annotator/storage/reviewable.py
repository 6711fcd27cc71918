"""What can be reviewed: who finished which documents, which wait for one's own work, what was revealed to whom."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, and_, bindparam, exists, or_, select

from annotator.domain.document import State
from annotator.domain.review import SPANS
from annotator.storage.asking import plain
from annotator.storage.reading import Names
from annotator.storage.tables import document_state, reveal, span

_AT_ONCE = 500  # parameters in one statement

_mine = document_state.alias("mine")
_IDS: BindParameter[list[str]] = bindparam("documents", expanding=True)
_FINISHED = select(document_state.c.document, document_state.c.annotator).where(
    document_state.c.state == State.DONE.value
)
_REVEALED = select(reveal.c.document).where(
    reveal.c.annotator == bindparam("me"), reveal.c.what == bindparam("what"), reveal.c.document.in_(_IDS)
)


def _of_mine(*states: State) -> ColumnElement[bool]:
    return exists().where(
        _mine.c.document == document_state.c.document,
        _mine.c.annotator == bindparam("me"),
        _mine.c.state.in_([state.value for state in states]),
    )


def _begun() -> ColumnElement[bool]:
    spans = span.c.document == document_state.c.document, span.c.annotator == bindparam("me")
    return or_(_of_mine(State.IN_PROGRESS), exists().where(*spans, span.c.text_sha256.is_(None)))


_WAITING = (
    select(document_state.c.document)
    .distinct()
    .where(
        document_state.c.state == State.DONE.value,
        document_state.c.annotator != bindparam("me"),
        ~_of_mine(State.DONE),
        _begun(),
        ~exists().where(
            and_(
                reveal.c.document == document_state.c.document,
                reveal.c.annotator == bindparam("me"),
                reveal.c.what == SPANS,
            )
        ),
    )
)
_FINISHED_HERE = _FINISHED.where(document_state.c.document.in_(_IDS))
_WAITING_HERE = _WAITING.where(document_state.c.document.in_(_IDS))


def finished(
    connection: Connection, names: Names, documents: Sequence[str] | None = None
) -> dict[str, tuple[str, ...]]:
    """Return, by document, the names of those who marked it done, sorted; of all, or of the documents given by id."""
    found: dict[str, list[str]] = {}
    for document_id, who in _rows(connection, _FINISHED, _FINISHED_HERE, {}, documents):
        found.setdefault(document_id, []).append(names.annotators[who])
    return {document_id: tuple(sorted(people)) for document_id, people in found.items()}


def waiting(connection: Connection, me: str, documents: Sequence[str] | None = None) -> set[str]:
    """Return the documents that others finished and `me`, an annotator's id, has begun, not finished, nor revealed."""
    return {key for (key,) in _rows(connection, _WAITING, _WAITING_HERE, {"me": me}, documents)}


def revealed(connection: Connection, me: str, what: str, documents: Sequence[str]) -> set[str]:
    """Return those of these documents in which names or spans were revealed to `me`, an annotator's id."""
    return {key for (key,) in _rows(connection, _REVEALED, _REVEALED, {"me": me, "what": what}, documents)}


def _rows(
    connection: Connection,
    every: Select[Any],
    some: Select[Any],
    given: dict[str, str],
    documents: Sequence[str] | None,
) -> Iterator[Any]:
    if documents is None:
        yield from plain(connection, every, given)
        return
    for at in range(0, len(documents), _AT_ONCE):
        yield from plain(connection, some, {**given, "documents": list(documents[at : at + _AT_ONCE])})
