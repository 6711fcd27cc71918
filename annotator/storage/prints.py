"""Short signs for what counts of a span in a review: two that are alike have the same, and a change shows.

Label, fragments, attribute values in sight and outgoing relations count, by their ids, so that another name of a label
or an entity is no change; notes don't.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from annotator.storage import stored
from annotator.storage.tables import GOLD_ID, attribute_type, relation, span

_LENGTH = 16  # hexadecimal digits: 64 bits
_COLUMNS = tuple(span.c[name] for name in ("id", "label", "start", "end", "fragments", "attributes"))
_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_FEW = select(*_COLUMNS).where(span.c.id.in_(_IDS), span.c.annotator != GOLD_ID, span.c.text_sha256.is_(None))
_FEW_ARROWS = select(relation.c.source, relation.c.type, relation.c.target).where(
    relation.c.document.in_(select(span.c.document).where(span.c.id.in_(_IDS))),
    relation.c.source.in_(_IDS),
    relation.c.annotator != GOLD_ID,
)


def of_document(connection: Connection, document_id: str) -> dict[str, str]:
    """Return the sign of each span that people have in a document's text, by the span's id."""
    related: dict[str, list[tuple[str, str]]] = defaultdict(list)
    arrows = select(relation.c.source, relation.c.type, relation.c.target).where(
        relation.c.document == document_id, relation.c.annotator != GOLD_ID
    )
    for source, kind, target in connection.execute(arrows).all():
        related[source].append((kind, target))
    seen = in_sight(connection)
    mine = select(*_COLUMNS).where(
        span.c.document == document_id, span.c.annotator != GOLD_ID, span.c.text_sha256.is_(None)
    )
    return {
        row[0]: _sign(row[1:], seen.get(row[1], frozenset()), related.get(row[0], []))
        for row in connection.execute(mine).all()
    }


def of_spans(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return the signs of a few spans that people have, by id; those that have no place in their text are left out."""
    few = {"ids": list(ids)}
    rows = ([dict(row) for row in connection.execute(query, few).mappings()] for query in (_FEW, _FEW_ARROWS))
    return of_rows(connection, *rows)


def of_rows(
    connection: Connection, spans: Iterable[Mapping[str, Any]], relations: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """Return the signs that spans of people would have were these rows, and these relations, all that there is."""
    related: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in relations:
        related[row["source"]].append((row["type"], row["target"]))
    seen = in_sight(connection)
    return {
        row["id"]: _sign(
            (row["label"], row["start"], row["end"], row["fragments"], row["attributes"]),
            seen.get(row["label"], frozenset()),
            related.get(row["id"], []),
        )
        for row in spans
    }


def of_plain(
    seen: Mapping[str, frozenset[str]], spans: Iterable[Sequence[Any]], relations: Iterable[Sequence[Any]]
) -> dict[str, str]:
    """Return the signs of spans from plain rows with the columns of `reading.SPANS` and of `relations.COLUMNS`.

    `seen` is what `in_sight` gives.
    """
    related: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for _, _, kind, source, target, *_ in relations:
        related[source].append((kind, target))
    found = {}
    for key, _, label_id, start, end, fragments, _, _, _, _, _, attributes, _ in spans:
        row = label_id, start, end, fragments, attributes
        found[key] = _sign(row, seen.get(label_id, frozenset()), related.get(key, []))
    return found


def in_sight(connection: Connection) -> Mapping[str, frozenset[str]]:
    """Return, by label, the attributes that it asks for: only their values count."""
    found: dict[str, set[str]] = defaultdict(set)
    for label_id, type_id in connection.execute(select(attribute_type.c.label, attribute_type.c.id)).all():
        found[label_id].add(type_id)
    return {label_id: frozenset(types) for label_id, types in found.items()}


def _sign(
    row: tuple[str, int, int, str | None, str | None], in_sight: frozenset[str], related: list[tuple[str, str]]
) -> str:
    label_id, start, end, fragments, attributes = row
    values = stored.values_by_id(attributes)
    kept = sorted((key, sorted(each)) for key, each in values.items() if each and key in in_sight)
    pieces = [[piece.start, piece.end] for piece in stored.fragments(start, end, fragments)]
    said = json.dumps([label_id, pieces, kept, sorted(related)], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:_LENGTH]
