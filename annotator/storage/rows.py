"""Domain objects to rows, and the writes that take more than one statement."""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, select

from annotator.domain.document import Document, State
from annotator.domain.span import Fragment, Span
from annotator.errors import BadArgument
from annotator.storage.journal import Step
from annotator.storage.listing import documents_with_text
from annotator.storage.tables import document, document_state, text

_AT_ONCE = 500  # documents written in one statement

Values = dict[str, Any]  # columns of any table: text, whole number or null by name


def document_row(described: Document, position: int) -> Values:
    """Return the row of a document."""
    columns = ("id", "title", "outlet", "author", "published", "language", "url", "source_file", "source_sha256")
    row: Values = {name: getattr(described, name) for name in columns}
    return {
        **row,
        "text_sha256": described.text_sha256,
        "created": described.created,
        "position": position,
        "note": described.note,
        "fields": dumped_pairs(described.fields),
    }


def dumped_pairs(fields: Sequence[tuple[str, str]]) -> str | None:
    """Return further metadata as a document's column holds it; null for none."""
    return json.dumps([list(each) for each in fields], ensure_ascii=False, separators=(",", ":")) if fields else None


def text_row(described: Document, content: str) -> Values:
    """Return the row of a document's text."""
    return {"sha256": described.text_sha256, "content": content, "length": described.length}


def placed(fragments: Sequence[Fragment]) -> Values:
    """Return the columns that say where a span is; `fragments` only where there is more than one."""
    pairs = json.dumps([[f.start, f.end] for f in fragments], separators=(",", ":")) if len(fragments) > 1 else None
    return {"start": fragments[0].start, "end": fragments[-1].end, "fragments": pairs}


def dumped(values: Mapping[str, Sequence[str]]) -> str | None:
    """Return attribute values, by the attribute type's id, as a column holds them; null for none."""
    kept = {key: list(each) for key, each in values.items() if each}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else None


def span_row(span: Span, annotator_id: str, label_id: str, values: Mapping[str, Sequence[str]]) -> Values:
    """Return the row of a span; its attribute `values` are by the attribute type's id."""
    return {
        "id": span.id,
        "document": span.document,
        "annotator": annotator_id,
        "label": label_id,
        **placed(span.fragments),
        "text": span.text,
        "note": span.note,
        "attributes": dumped(values),
        "created": span.created,
        "modified": span.modified,
    }


def add_documents(step: Step, documents: Sequence[Document], texts: Mapping[str, str]) -> None:
    """Add documents at the end of the list, with their texts by hash; a text that is stored already stays.

    Raises BadArgument where another program added a document with one of these texts meanwhile.
    """
    if there := documents_with_text(step.connection, list(texts)):
        raise BadArgument(
            f"Another program added “{there[0].id}”, the same text, meanwhile. Nothing was added: import again."
        )
    step.plan(len(documents))
    last = step.connection.execute(select(func.coalesce(func.max(document.c.position), -1))).scalar_one()
    for at in range(0, len(documents), _AT_ONCE):
        some = documents[at : at + _AT_ONCE]
        hashes = [described.text_sha256 for described in some]
        stored = set(step.connection.execute(select(text.c.sha256).where(text.c.sha256.in_(hashes))).scalars())
        new = [text_row(each, texts[each.text_sha256]) for each in some if each.text_sha256 not in stored]
        if new:
            step.connection.execute(insert(text), new)
        step.insert("document", [document_row(each, place) for place, each in enumerate(some, last + 1 + at)])


def put_state(step: Step, document_id: str, state: State) -> None:
    """Store the state that the step's annotator gives a document."""
    table = document_state
    mine = (table.c.document == document_id) & (table.c.annotator == step.annotator_id)
    found = step.connection.execute(select(table.c.id).where(mine)).scalar_one_or_none()
    if found:
        step.update("document_state", found, {"state": state.value})
    else:
        row = {"id": str(uuid.uuid4()), "document": document_id, "annotator": step.annotator_id, "state": state.value}
        step.insert("document_state", [row])
