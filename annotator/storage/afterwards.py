"""What must hold after a change was taken back and no key of a table can say.

The codebook's rules, values that fit, and spans that have the words at their offsets.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from sqlalchemy import Connection, bindparam, select

from annotator.domain import entity_rules
from annotator.domain.change import Change
from annotator.domain.codebook import Codebook
from annotator.domain.span import span_text
from annotator.errors import BadArgument, CannotUndo
from annotator.storage import codebooks, entities, entity_spans, history, labelled, relations, reviews, stored
from annotator.storage.journal import Row, Step
from annotator.storage.tables import document, revision, span, text

_TEXTS_AT_ONCE = 100
_TEXTS = (
    select(document.c.id, text.c.content)
    .join(text, text.c.sha256 == document.c.text_sha256)
    .where(document.c.id.in_(bindparam("ids", expanding=True)))
)

CODEBOOK = frozenset({"label", "attribute_type", "relation_type"})
"""The tables that hold the codebook."""
NAMING = CODEBOOK | {"entity"}
"""The tables whose names spans show."""
REVIEW = ("decision", "comment", "reveal")
"""The tables that a review alone writes."""


def verify(step: Step, target: Change) -> None:
    """Raise CannotUndo where what others did since doesn't go with what `step`, taking `target` back, has written."""
    tables = step.written.keys()
    if tables & CODEBOOK and (wrong := next(codebooks.problems(step.connection), None)):
        raise CannotUndo(
            f"“{target.name}” can't be taken back, since the codebook was changed later. {wrong} Nothing was changed."
        )
    if tables & {"span", "document"} and (out_of_place := next(_out_of_place(step, target), None)):
        span_id, document_id = out_of_place
        if document_id in step.before("document"):  # an earlier text came back, on which the span doesn't stand
            raise history.refusal(target, history.newest_of(step.connection, "span", span_id))
        raise history.refusal(target, _correction_of(step.connection, document_id))
    wrongs = chain(
        relations.problems(step.connection, step.ids("relation")),
        reviews.problems(step.connection, step.ids("decision")),
    )
    if wrong := next(wrongs, None):
        raise CannotUndo(f"“{target.name}” can't be taken back. {wrong} Nothing was changed.")
    with_values = [row["id"] for row in step.left.get("span", {}).values() if row["attributes"] is not None]
    if not with_values and not tables & {"attribute_type", "entity"}:
        return
    codebook = codebooks.read(step.connection)
    if "entity" in tables:
        _verify_entities(step, target, codebook)
    if misfit := next(labelled.misfits(step.connection, codebook, with_values), None):
        named = ("entity", misfit.entity_id) if misfit.entity_id else ("attribute_type", misfit.type_id)
        raise history.refusal(target, history.newest_of(step.connection, *named))
    for type_id in step.ids("attribute_type"):
        having = labelled.ids_having(step.connection, type_id)
        if misfit := next(labelled.misfits(step.connection, codebook, having), None):
            raise history.refusal(target, history.newest_of(step.connection, "span", misfit.span_id))


def _out_of_place(step: Step, target: Change) -> Iterator[tuple[str, str]]:
    """Yield the spans (and their documents) that don't have their words at their offsets, among those to look at.

    These are the spans that the step wrote in documents that were changed since, for the rows that were put back fitted
    the texts of their time; and all of the documents to which the step gave another text.
    """
    before, now = step.before("document"), step.left.get("document", {})
    corrected = {key for key, row in before.items() if key in now and row["text_sha256"] != now[key]["text_sha256"]}
    looked_at: dict[str, list[Row]] = {key: _spans_of(step.connection, key) for key in corrected}
    placed = [row for row in step.left.get("span", {}).values() if row["text_sha256"] is None]
    documents = {row["document"] for row in placed}
    others = history.written_between(step.connection, target, step.change, "document", documents) - corrected
    for row in placed:
        if row["document"] in others:
            looked_at.setdefault(row["document"], []).append(row)
    for document_id, content in _texts(step.connection, list(looked_at)):
        for row in looked_at[document_id]:
            if span_text(content, stored.fragments(row["start"], row["end"], row["fragments"])) != row["text"]:
                yield row["id"], document_id


def _texts(connection: Connection, document_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield documents' ids with their texts."""
    for at in range(0, len(document_ids), _TEXTS_AT_ONCE):
        yield from connection.execute(_TEXTS, {"ids": document_ids[at : at + _TEXTS_AT_ONCE]})


def _spans_of(connection: Connection, document_id: str) -> list[Row]:
    placed = select(span).where(span.c.document == document_id, span.c.text_sha256.is_(None))
    return [dict(row) for row in connection.execute(placed).mappings()]


def _correction_of(connection: Connection, document_id: str) -> Change | None:
    """The change that gave a document the text that it has."""
    last = select(revision.c.id).where(revision.c.document == document_id).order_by(revision.c.number.desc()).limit(1)
    found = connection.execute(last).scalar_one_or_none()
    return history.newest_of(connection, *(("revision", found) if found else ("document", document_id)))


def _verify_entities(step: Step, target: Change, codebook: Codebook) -> None:
    """Names and aliases must still belong to one entity each, and no span may have one that is gone."""
    try:
        entity_rules.check(entities.read(step.connection))
    except BadArgument as error:
        raise CannotUndo(
            f"“{target.name}” can't be taken back, since the entities were changed later. {error} Nothing was changed."
        ) from error
    for gone in set(step.ids("entity")) - step.left.get("entity", {}).keys():
        if span_id := entity_spans.held(step.connection, codebook, gone):
            raise history.refusal(target, history.newest_of(step.connection, "span", span_id))
