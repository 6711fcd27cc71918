"""Decisions, comments and reveals in their tables: read as objects, and the rules that no key of a table holds."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, false, insert, or_, select

from annotator.domain.attributes import Attribute
from annotator.domain.review import GOLD, Action, Comment, Decision, Kind, Result, Reveal, Rule, Source
from annotator.domain.span import Fragment, Span
from annotator.errors import NotAProject
from annotator.storage import prints, stored
from annotator.storage.journal import Row, Step, current_rows
from annotator.storage.reading import Names
from annotator.storage.tables import GOLD_ID, annotator, comment, decision, reveal, span

T = TypeVar("T")

_DECISIONS = select(decision)
_NEWEST_FIRST = decision.c.at.desc(), decision.c.change.desc(), decision.c.id
_DECISIONS_OF = _DECISIONS.where(decision.c.document == bindparam("document")).order_by(*_NEWEST_FIRST)
_DECISIONS_IN = _DECISIONS.where(decision.c.document.in_(bindparam("documents", expanding=True))).order_by(
    *_NEWEST_FIRST
)
_DECISIONS_WITH = _DECISIONS.where(decision.c.id.in_(bindparam("ids", expanding=True))).order_by(*_NEWEST_FIRST)
_COMMENTS = select(*(comment.c[n] for n in ("id", "document", "spans", "author", "at", "content")))
_REVEALS = select(*(reveal.c[n] for n in ("document", "annotator", "what", "at")))


def ensure_gold(connection: Connection) -> None:
    """Enter the layer of gold among the annotators, inside the transaction of the first decision."""
    if not connection.execute(select(annotator.c.id).where(annotator.c.id == GOLD_ID)).first():
        connection.execute(insert(annotator).values(id=GOLD_ID, name=GOLD))


def decisions(connection: Connection, names: Names, document_id: str) -> list[Decision]:
    """Return what was decided in a document, newest first, also what later decisions took the place of."""
    rows = connection.execute(_DECISIONS_OF, {"document": document_id}).mappings()
    return [_as_decision(row, names) for row in rows]


def decisions_in(connection: Connection, names: Names, documents: Sequence[str]) -> list[Decision]:
    """Return what was decided in up to 500 documents, newest first."""
    rows = connection.execute(_DECISIONS_IN, {"documents": list(documents)}).mappings()
    return [_as_decision(row, names) for row in rows]


def decisions_with(connection: Connection, names: Names, ids: Collection[str]) -> list[Decision]:
    """Return the decisions of these ids that are there, newest first."""
    rows = connection.execute(_DECISIONS_WITH, {"ids": list(ids)}).mappings()
    return [_as_decision(row, names) for row in rows]


def decisions_about(connection: Connection, names: Names, document_id: str, spans: Collection[str]) -> list[Decision]:
    """Return the decisions in a document that hold for one of a few spans, given by id.

    Those of a whole article are searched as text, without being taken apart.
    """
    named = (decision.c.sources.contains(dumped(key)[1:-1], autoescape=True) for key in spans)
    there = decision.c.document == document_id, decision.c.superseded.is_(None), or_(false(), *named)
    found = [_as_decision(row, names) for row in connection.execute(_DECISIONS.where(*there)).mappings()]
    wanted = set(spans)
    return [each for each in found if any(source.span in wanted for source in each.sources)]


def decided_documents(connection: Connection) -> set[str]:
    """Return the ids of the documents in which something was decided."""
    return set(connection.execute(select(decision.c.document).distinct()).scalars())


def any_gold(connection: Connection) -> bool:
    """Whether the layer of gold has a span."""
    return connection.execute(select(span.c.id).where(span.c.annotator == GOLD_ID).limit(1)).first() is not None


def decision_row(each: Decision, annotator_ids: Mapping[str, str]) -> dict[str, Any]:
    """Return the row of a decision; `annotator_ids` are by name."""
    return {
        "id": each.id,
        "document": each.document,
        "kind": each.kind.value,
        "action": each.action.value,
        "rule": each.rule.value,
        "sources": dumped([_source_record(source, annotator_ids) for source in each.sources]),
        "absent": dumped([annotator_ids[name] for name in each.absent]),
        "chosen": each.chosen,
        "gold": each.result.span if each.result else None,
        "result": dumped(_shape(each.result)) if each.result else None,
        "reviewer": annotator_ids[each.reviewer],
        "at": each.at,
        "reason": each.reason,
        "superseded": each.superseded,
    }


def source_records(kept: str) -> list[dict[str, Any]]:
    """Return the spans that a decision's column holds, each as it is stored. Raises NotAProject for damage."""
    return [_checked_source(record) for record in _list(kept)]


def source_of(span: Span, sign: str) -> Source:
    """Return a span as a decision keeps it."""
    return Source(span.id, span.annotator, span.label, span.fragments, span.text, span.attributes, sign)


def result_of(span: Span) -> Result:
    """Return a gold span as a decision keeps it."""
    return Result(span.id, span.label, span.fragments, span.text, span.attributes)


def comments(connection: Connection, names: Names, document_id: str) -> list[Comment]:
    """Return what was said about a document and its items, the oldest first."""
    order = comment.c.at, comment.c.change, comment.c.id
    rows = connection.execute(_COMMENTS.where(comment.c.document == document_id).order_by(*order)).all()
    return [_as_comment(row, names) for row in rows]


def comment_with(connection: Connection, names: Names, comment_id: str) -> Comment | None:
    """Return the comment of this id, if there is one."""
    row = connection.execute(_COMMENTS.where(comment.c.id == comment_id)).first()
    return _as_comment(row, names) if row else None


def comment_row(each: Comment, author_id: str) -> dict[str, Any]:
    """Return the row of a comment."""
    return {
        "id": each.id,
        "document": each.document,
        "spans": dumped(list(each.spans)),
        "author": author_id,
        "at": each.at,
        "content": each.text,
    }


def reveals(connection: Connection, names: Names, document_id: str | None = None) -> list[Reveal]:
    """Return what was revealed, in a document or in all, the oldest first."""
    query = _REVEALS.order_by(reveal.c.at, reveal.c.id)
    rows = connection.execute(query if document_id is None else query.where(reveal.c.document == document_id)).all()
    return [Reveal(of, names.annotators[who], what, at) for of, who, what, at in rows]


def restamp(step: Step, before: Mapping[str, Mapping[str, str]]) -> None:
    """Let decisions hold where a change moved or renamed what they are about and left its meaning.

    `before` are the signs of spans, by document, as they were before the change: a correction of a text, or of the
    codebook. A source that was as it was decided on is so again.
    """
    written: dict[str, Row] = {}
    for document_id, was in before.items():
        now = prints.of_document(step.connection, document_id)
        live = select(decision.c.id, decision.c.sources).where(
            decision.c.document == document_id, decision.c.superseded.is_(None)
        )
        for decision_id, kept in step.connection.execute(live).all():
            records = _list(kept)
            fresh = [_restamped(record, was, now) for record in records]
            if fresh != records:
                written[decision_id] = {"sources": dumped(fresh)}
    step.update_many("decision", written)


def signs(connection: Connection) -> dict[str, dict[str, str]]:
    """Return the signs of the spans of every document in which something was decided: what `restamp` asks for."""
    return {each: prints.of_document(connection, each) for each in decided_documents(connection)}


def problems(connection: Connection, ids: Sequence[str] | None = None) -> Iterator[str]:
    """Yield what is wrong with decisions, comments and gold; of all, or of the decisions of these ids."""
    written = None if ids is None else current_rows(connection, "decision", ids)
    documents = None if written is None else {str(row["document"]) for row in written.values()}
    wanted = decided_documents(connection) if documents is None else documents
    for document_id in wanted:
        yield from _clashes(connection, document_id, None if written is None else written.keys())
    if ids is None:
        for comment_id, spans in connection.execute(select(comment.c.id, comment.c.spans)).all():
            try:
                stored.texts(spans)
            except NotAProject:
                yield f"The comment {comment_id} names spans that can't be read."


def _clashes(connection: Connection, document_id: str, ids: Collection[str] | None) -> Iterator[str]:
    """Two decisions that both hold must not be about one span, nor have made one gold span."""
    about: dict[str, str] = {}
    rows = connection.execute(
        select(decision.c.id, decision.c.sources, decision.c.gold, decision.c.absent, decision.c.result).where(
            decision.c.document == document_id, decision.c.superseded.is_(None)
        )
    )
    for decision_id, kept, gold, absent, result in rows.all():
        try:
            keys = [str(record["span"]) for record in map(_checked_source, _list(kept))]
            stored.texts(absent)
            if result is not None:
                _checked_shape(_record(result))
        except NotAProject:
            yield f"The decision {decision_id} in {document_id} can't be read."
            continue
        for key in [*keys, *([gold] if gold else [])]:
            other = about.setdefault(key, decision_id)
            if other != decision_id and (ids is None or decision_id in ids or other in ids):
                yield f"The decisions {other} and {decision_id} in {document_id} both hold for the span {key}."


def _as_decision(row: Any, names: Names) -> Decision:
    result = None
    if row["result"] is not None:
        label, fragments, words, attributes = _checked_shape(_record(row["result"]))
        result = Result(str(row["gold"]), label, fragments, words, attributes)
    return Decision(
        row["id"],
        row["document"],
        stored.member(Kind, row["kind"]),
        stored.member(Action, row["action"]),
        stored.member(Rule, row["rule"]),
        tuple(_as_source(record, names) for record in _list(row["sources"])),
        tuple(sorted(names.annotators[key] for key in stored.texts(row["absent"]))),
        row["chosen"],
        result,
        names.annotators[row["reviewer"]],
        row["at"],
        row["reason"],
        row["superseded"],
    )


def _as_comment(row: Any, names: Names) -> Comment:
    identifier, of, spans, author, at, said = row
    return Comment(identifier, of, stored.texts(spans), names.annotators[author], at, said)


def _as_source(record: Any, names: Names) -> Source:
    checked = _checked_source(record)
    shape = _checked_shape(checked)
    return Source(checked["span"], names.annotators[checked["annotator"]], *shape, print=checked["print"])


def _source_record(source: Source, annotator_ids: Mapping[str, str]) -> dict[str, object]:
    who = annotator_ids[source.annotator]
    return {"span": source.span, "annotator": who, **_shape(source), "print": source.print}


def _shape(each: Source | Result) -> dict[str, object]:
    return {
        "label": each.label,
        "fragments": [[piece.start, piece.end] for piece in each.fragments],
        "text": each.text,
        "attributes": [[value.name, list(value.values)] for value in each.attributes],
    }


def _restamped(record: Any, was: Mapping[str, str], now: Mapping[str, str]) -> Any:
    checked = _checked_source(record)
    key = checked["span"]
    same = was.get(key) == checked["print"] and key in now
    return {**checked, "print": now[key]} if same else record


def _checked_source(record: Any) -> dict[str, Any]:
    texts = ("span", "annotator", "print")
    if not isinstance(record, dict) or not all(isinstance(record.get(name), str) for name in texts):
        raise stored.damaged("the spans that a decision is about can't be read")
    _checked_shape(record)
    return record


def _checked_shape(record: Any) -> tuple[str, tuple[Fragment, ...], str, tuple[Attribute, ...]]:
    def read() -> tuple[str, tuple[Fragment, ...], str, tuple[Attribute, ...]]:
        pieces = tuple(Fragment(start, end) for start, end in record["fragments"])
        values = tuple(Attribute(name, tuple(given)) for name, given in record["attributes"])
        texts = [record["label"], record["text"], *(value.name for value in values)]
        texts += [each for value in values for each in value.values]
        edges = [edge for piece in pieces for edge in (piece.start, piece.end)]
        if not pieces or not all(isinstance(each, str) for each in texts) or {*map(type, edges)} != {int}:
            raise TypeError
        return record["label"], pieces, record["text"], values

    return _or_damaged(read)


def _list(kept: str) -> list[Any]:
    found = _or_damaged(lambda: json.loads(kept))
    if not isinstance(found, list):
        raise stored.damaged("the spans that a decision is about can't be read")
    return found


def _record(kept: str) -> Any:
    return _or_damaged(lambda: json.loads(kept))


def _or_damaged(read: Callable[[], T]) -> T:
    try:
        return read()
    except (ValueError, TypeError, KeyError, RecursionError):
        raise stored.damaged("a decision can't be read") from None


def dumped(value: object) -> str:
    """Return a value as a column of decisions or comments holds it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
