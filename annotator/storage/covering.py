"""Where spans of some labels lie in many documents at once."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, select

from annotator.domain.span import Fragment
from annotator.storage import stored
from annotator.storage.tables import span

_AT_ONCE = 200  # documents in one statement
_STRETCHES = select(*(span.c[n] for n in ("document", "label", "start", "end", "fragments"))).where(
    span.c.document.in_(bindparam("documents", expanding=True)),
    span.c.annotator == bindparam("who"),
    span.c.label.concat("").in_(bindparam("labels", expanding=True)),  # no index of labels: it leads through them all
    span.c.text_sha256.is_(None),
)


def stretches(
    connection: Connection, annotator_id: str, label_ids: Sequence[str], document_ids: Sequence[str]
) -> Iterator[tuple[str, str, tuple[Fragment, ...]]]:
    """Yield document and label, by id, and the stretches of one annotator's spans, in no order."""
    for at in range(0, len(document_ids), _AT_ONCE):
        some = {"documents": document_ids[at : at + _AT_ONCE], "labels": label_ids, "who": annotator_id}
        for document, label, start, end, several in connection.execute(_STRETCHES, some).all():
            yield document, label, stored.fragments(start, end, several)
