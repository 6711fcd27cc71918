"""What goes along when documents are handed out: the rows of one person's own work, with their ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from annotator.domain.change import ChangeKind
from annotator.domain.document import Document
from annotator.storage import connection as connections
from annotator.storage import revising, stored
from annotator.storage.tables import annotator, change, change_row, document, document_state, relation, span
from annotator.storage.taking import Times

Rows = dict[str, list[dict[str, Any]]]
"""Rows by the name of their table."""


@dataclass(slots=True)
class Counted:
    """How much went along; `left_out` are spans without a place in the text."""

    spans: int = 0
    relations: int = 0
    left_out: int = 0


def own_rows(connection: Connection, who: str, of: Document, counted: Counted) -> Rows:
    """Return the rows of one annotator's spans, relations and states in a document, by table; and count them.

    A relation goes along where both its spans do. Raises BadArgument where the document has another text by now.
    """
    with connections.snapshot(connection):
        listed = select(document.c.text_sha256).where(document.c.id == of.id)
        if connection.execute(listed).scalar_one_or_none() != of.text_sha256:
            raise revising.corrected(of)
        spans, arrows, states = (_of(connection, table, of.id, who) for table in (span, relation, document_state))
    placed = [row for row in spans if row["text_sha256"] is None]
    ids = {row["id"] for row in placed}
    kept = [row for row in arrows if row["source"] in ids and row["target"] in ids]
    counted.spans += len(placed)
    counted.left_out += len(spans) - len(placed)
    counted.relations += len(kept)
    return {"span": placed, "relation": kept, "document_state": states}


def annotator_id(connection: Connection, name: str) -> str | None:
    """Return the id of the annotator of that name, if they have done anything here."""
    return connection.execute(select(annotator.c.id).where(annotator.c.name == name)).scalar_one_or_none()


def note_written(connection: Connection, times: Times, document_id: str, note: str | None) -> tuple[str, str] | None:
    """Return who wrote the note that a document has (an annotator's id), and when; None where it was imported so."""
    columns = change.c.number, change.c.kind, change.c.undoes, change_row.c.before, change.c.annotator
    same = change_row.c.table_name == document.name, change_row.c.row_id == document_id
    rows = select(*columns, change.c.at, change.c.id).join(change, change.c.number == change_row.c.change).where(*same)
    taken_back = set()
    for number, kind, undoes, before, who, at, change_id in connection.execute(
        rows.order_by(change.c.number.desc())
    ).all():
        if number in taken_back or kind != ChangeKind.DO:
            if number not in taken_back:  # an undo takes what was done back, a redo the undo
                taken_back.add(undoes)
            continue
        was: Mapping[str, Any] | None = stored.row_before(document.name, before)
        if was is None:
            return None
        if was["note"] != note:
            return times.author_of_note(change_id, document_id) or who, times.of(change_id, at)
    return None


def _of(connection: Connection, table: Table, document_id: str, who: str) -> list[dict[str, Any]]:
    mine = select(table).where(table.c.document == document_id, table.c.annotator == who).order_by(table.c.id)
    return [dict(row) for row in connection.execute(mine).mappings()]
