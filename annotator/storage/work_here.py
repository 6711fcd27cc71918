"""What is here of a few documents of a file of work, asked for all of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, select

from annotator.domain.document import Document
from annotator.domain.relation import Relation
from annotator.domain.span import Span
from annotator.domain.work import WorkDocument
from annotator.storage import taking
from annotator.storage.journal import Row
from annotator.storage.tables import TRACKED, document_state, relation
from annotator.storage.work_plan import Plan

_AT_ONCE = 500  # documents, spans and relations together

Matched = tuple[WorkDocument, Document, bool]
"""A document of the file, what it is here, and whether it was here before."""

Rows = Mapping[str, Row]
"""By id."""


def _of_documents(table: Table) -> Select[Any]:
    return select(table).where(table.c.document.in_(bindparam("documents", expanding=True)))


_OF_DOCUMENTS = {table.name: _of_documents(table) for table in (relation, document_state)}


@dataclass(frozen=True, slots=True)
class Here:
    """Rows of the ids that the file has, and those of documents that were here before, by document and id.

    What is lost are spans and relations of such documents that were here once.
    """

    spans: Rows
    relations: Rows
    lost_spans: dict[str, taking.Gone]
    lost_relations: dict[str, taking.Gone]
    relations_of: Mapping[str, Rows]
    states_of: Mapping[str, Rows]


def batches(matched: Iterable[Matched]) -> Iterator[list[Matched]]:
    """Yield documents in groups of which is asked at once."""
    batch: list[Matched] = []
    size = 0
    for each in matched:
        batch.append(each)
        size += 1 + len(each[0].spans) + len(each[0].relations)
        if size >= _AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def look(plan: Plan, batch: Sequence[Matched]) -> Here:
    """Return what is here of these documents."""
    known = [here.id for _, here, was_here in batch if was_here]
    spans, lost_spans = _of_ids(plan, "span", ((of.spans, was_here) for of, _, was_here in batch))
    relations, lost_relations = _of_ids(plan, "relation", ((of.relations, was_here) for of, _, was_here in batch))
    of_documents = (_by_document(plan.connection, name, known) for name in ("relation", "document_state"))
    return Here(spans, relations, lost_spans, lost_relations, *of_documents)


def _of_ids(
    plan: Plan, table_name: str, parts: Iterable[tuple[Sequence[Span] | Sequence[Relation], bool]]
) -> tuple[Rows, dict[str, taking.Gone]]:
    """Return the rows of these ids, and what the history knows of others in documents that were here before."""
    ids = {each.id: was_here for listed, was_here in parts for each in listed if plan.wants(each.annotator)}
    rows = plan.rows_with(table_name, list(ids))
    missing = [key for key, was_here in ids.items() if was_here and key not in rows]
    return rows, taking.gone(plan.connection, plan.times, table_name, missing)


def _by_document(connection: Connection, table_name: str, document_ids: Sequence[str]) -> Mapping[str, Rows]:
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    names = TRACKED[table_name].columns.keys()
    for some in taking.slices(document_ids):
        for row in connection.execute(_OF_DOCUMENTS[table_name], {"documents": list(some)}).all():
            one = dict(zip(names, row, strict=True))
            found[one["document"]][one["id"]] = one
    return found
