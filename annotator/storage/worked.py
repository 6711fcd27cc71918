"""Who has done what in documents, many at a time: states that were given, and spans by annotator and label."""

from collections.abc import Sequence

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from annotator.domain.document import State
from annotator.storage import stored
from annotator.storage.reading import Names
from annotator.storage.tables import document_state, span

_HERE: BindParameter[list[str]] = bindparam("documents", expanding=True)
_STATES = select(document_state.c.document, document_state.c.annotator, document_state.c.state).where(
    document_state.c.document.in_(_HERE)
)
_TAGGED = (
    select(span.c.document, span.c.annotator, span.c.label, func.count())
    .where(span.c.document.in_(_HERE), span.c.text_sha256.is_(None))
    .group_by(span.c.document, span.c.annotator, span.c.label)
)


def states(connection: Connection, names: Names, documents: Sequence[str]) -> dict[str, dict[str, State]]:
    """Return who gave which state to each of up to 500 documents, by document and name."""
    found: dict[str, dict[str, State]] = {}
    for document, who, state in connection.execute(_STATES, {"documents": list(documents)}).all():
        found.setdefault(document, {})[names.annotators[who]] = stored.member(State, state)
    return found


def tagged(connection: Connection, names: Names, documents: Sequence[str]) -> dict[str, dict[str, dict[str, int]]]:
    """Return how many spans have their place in each of up to 500 documents: by document, annotator (gold among them)
    and label."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for document, who, label, count in connection.execute(_TAGGED, {"documents": list(documents)}).all():
        found.setdefault(document, {}).setdefault(names.annotators[who], {})[names.labels[label]] = int(count)
    return found
