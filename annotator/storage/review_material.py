"""What a review stands on, of several documents at once: spans, their signs and relations, decisions, gold."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import BindParameter, Connection, bindparam, select

from annotator.domain.relation import Relation
from annotator.domain.review import Decision
from annotator.domain.span import Span
from annotator.storage import prints, reading, relations, reviews
from annotator.storage.asking import plain
from annotator.storage.reading import Names
from annotator.storage.tables import GOLD_ID, relation, span

_HERE: BindParameter[list[str]] = bindparam("documents", expanding=True)
_SPANS = reading.SPANS.where(
    span.c.document.in_(_HERE), span.c.annotator.in_(bindparam("people", expanding=True)), span.c.text_sha256.is_(None)
)
_ARROWS = select(*relations.COLUMNS).where(relation.c.document.in_(_HERE), relation.c.annotator != GOLD_ID)
_GOLD = select(span.c.document, span.c.id).where(
    span.c.document.in_(_HERE), span.c.annotator == GOLD_ID, span.c.text_sha256.is_(None)
)


@dataclass(slots=True)
class Material:
    """Of one document: spans by id, of those who count there, with their signs; `gold` are the ids of its spans.

    `relations` are between people's spans, `decisions` come newest first.
    """

    spans: dict[str, Span] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    gold: set[str] = field(default_factory=set)


def of_documents(
    connection: Connection, names: Names, done: Mapping[str, Collection[str]], *, reviewed: bool = True
) -> dict[str, Material]:
    """Return the material of up to 500 documents, read in one statement a table; `done` are the names of those whose
    spans count, by document. Without `reviewed` decisions, gold and signs are left out."""
    found = {document: Material() for document in done}
    here = {"documents": list(done)}
    count = {name for people in done.values() for name in people}
    people = [key for key, name in names.people.items() if name in count]
    rows, in_sight = defaultdict(list), prints.in_sight(connection)
    for row in plain(connection, _SPANS, {**here, "people": people}):
        each = reading.as_span(row, names)
        if each.annotator in done[each.document]:
            found[each.document].spans[each.id] = each
            rows[each.document].append(row)
    arrows = defaultdict(list)
    for row in plain(connection, _ARROWS, here):
        arrow = relations.as_relation(row, names)
        found[arrow.document].relations.append(arrow)
        arrows[arrow.document].append(row)
    if reviewed:
        for document, material in found.items():
            material.signs = prints.of_plain(in_sight, rows[document], arrows[document])
        for decision in reviews.decisions_in(connection, names, here["documents"]):
            found[decision.document].decisions.append(decision)
        for document, key in plain(connection, _GOLD, {"documents": [k for k in done if found[k].decisions]}):
            found[document].gold.add(key)
    return found
