"""Deleting documents with all that was done on them; the change keeps every row, and texts stay for the undo."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from annotator.domain.document import State
from annotator.domain.revision import Work
from annotator.storage.journal import Step
from annotator.storage.reading import Names
from annotator.storage.tables import TRACKED, document, document_state, relation, revision, span

_AT_ONCE = 500  # parameters in one statement
_CHILDREN_FIRST = ("relation", "span", "revision", "document_state", "decision", "comment", "reveal")


def delete_documents(step: Step, document_ids: Sequence[str]) -> None:
    """Delete documents, everybody's spans and states and all else that belongs to them."""
    for name in _CHILDREN_FIRST:
        table = TRACKED[name]
        for some in _slices(document_ids):
            ids = step.connection.execute(select(table.c.id).where(table.c.document.in_(some))).scalars().all()
            step.delete(name, *ids)
    step.delete("document", *document_ids)


def work(connection: Connection, names: Names, document_ids: Sequence[str]) -> Work:
    """Return what has been done on documents, by everybody."""
    annotators: set[str] = set()
    spans = relations = done = notes = revisions = 0
    for some in _slices(document_ids):
        by = select(span.c.annotator, func.count()).where(span.c.document.in_(some)).group_by(span.c.annotator)
        for who, count in connection.execute(by).all():
            annotators.add(names.annotators[who])
            spans += count
        relations += _count(connection, relation.c.document.in_(some))
        is_done = document_state.c.document.in_(some) & (document_state.c.state != State.TODO.value)
        done += _count(connection, is_done)
        notes += _count(connection, document.c.id.in_(some) & document.c.note.is_not(None))
        revisions += _count(connection, revision.c.document.in_(some))
    return Work(len(document_ids), spans, tuple(sorted(annotators)), relations, done, notes, revisions)


def _count(connection: Connection, condition: object) -> int:
    return int(connection.execute(select(func.count()).where(condition)).scalar_one())  # type: ignore[arg-type]


def _slices(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)]
