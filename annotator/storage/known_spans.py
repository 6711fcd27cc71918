"""What is asked of spans whose ids are known, without making spans of them."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from annotator.domain.span import Span
from annotator.storage.asking import plain
from annotator.storage.reading import Names, without_index
from annotator.storage.tables import GOLD_ID, span

_AT_ONCE = 500  # parameters in one statement
_LABELS_WITH = select(span.c.id, span.c.label).where(
    span.c.id.in_(bindparam("ids", expanding=True)), without_index(span.c.annotator) != GOLD_ID
)
_PLACE_OF = select(span.c.id).where(span.c.id == bindparam("id"), span.c.text_sha256.is_(None))


def labels_with(connection: Connection, names: Names, span_ids: Sequence[str]) -> dict[str, str]:
    """Return the labels of those of these spans, by id, that there are; gold's are left out."""
    found: dict[str, str] = {}
    for at in range(0, len(span_ids), _AT_ONCE):
        for key, label_id in plain(connection, _LABELS_WITH, {"ids": list(span_ids[at : at + _AT_ONCE])}):
            found[key] = names.labels[label_id]
    return found


def has_place(connection: Connection, of: Span) -> bool:
    """Whether a span has its place in the text of its document."""
    return bool(plain(connection, _PLACE_OF, {"id": of.id}))
