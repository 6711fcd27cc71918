"""JSONL, the default format: one line a document, or one line a span with its context.

The schema of both layouts is `resources/schema/annotator-1.schema.json`. Offsets are code points, end exclusive.
"""

import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from annotator.domain.annotated import AnnotatedDocument
from annotator.domain.attributes import Attribute
from annotator.domain.document import Document
from annotator.domain.relation import Relation
from annotator.domain.review import Decision
from annotator.domain.span import Fragment, Span, span_text, text_order
from annotator.domain.text import sha256
from annotator.errors import BadContent
from annotator.formats.manner import USUAL, Manner
from annotator.formats.tally import Tally

DOCUMENT_SCHEMA = "annotator/1"
SPAN_SCHEMA = "annotator-span/1"
OFFSET_UNIT = "codepoint"
CONTEXT = 100
"""Code points of the text before and after a span that the layout `spans` gives."""

# Valid inside a JSON string, but `str.splitlines` and some readers take them for the end of a line.
_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}

Record = dict[str, object]


def write(documents: Iterable[AnnotatedDocument], stream: TextIO, layout: str, tally: Tally, _: Manner = USUAL) -> None:
    """Write every document to `stream`, holding one at a time, and count in `tally`.

    Raises BadContent where a text or span is not what its hash or its offsets say.
    """
    for annotated in documents:
        check(annotated)
        spans = sorted(annotated.spans, key=text_order)
        if layout == "documents":
            stream.write(line(document_record(annotated, spans)))
        else:
            for record in span_records(annotated, spans):
                stream.write(line(record))
        count(annotated, layout, tally)


def line(record: Record) -> str:
    r"""Return `record` as one line of JSON that ends in `\n` and holds no other end of a line."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS) + "\n"


def check(annotated: AnnotatedDocument) -> None:
    """Raise BadContent unless the text has its hash, every span its text, and every relation its two spans."""
    document, text = annotated.document, annotated.text
    if sha256(text) != document.text_sha256:
        raise BadContent(
            f"The text of document {document.id} is not the one that was imported. "
            "Nothing was exported; run `annotator check` on the project."
        )
    for span in annotated.spans:
        if not _lies_in_order(span, len(text)) or span_text(text, span.fragments) != span.text:
            raise BadContent(
                f"Span {span.id} ({span.label}) in document {document.id} does not have the text at its offsets. "
                "Nothing was exported; run `annotator check` on the project."
            )
    ids = {span.id for span in annotated.spans}
    for relation in annotated.relations:
        if not {relation.source, relation.target} <= ids:
            raise BadContent(
                f"Relation {relation.id} ({relation.type}) in document {document.id} joins a span that is not there. "
                "Nothing was exported; run `annotator check` on the project."
            )


def _lies_in_order(span: Span, length: int) -> bool:
    """Whether the fragments are stretches of a text of `length` code points, in order, none over another."""
    position = 0
    for fragment in span.fragments:
        if not position <= fragment.start < fragment.end <= length:
            return False
        position = fragment.end
    return bool(span.fragments)


def document_record(annotated: AnnotatedDocument, spans: Iterable[Span]) -> Record:
    """Return the line of the layout `documents`: every key, always the same types."""
    document = annotated.document
    states = sorted(annotated.states, key=lambda state: state.annotator)
    return {
        "schema": DOCUMENT_SCHEMA,
        "id": document.id,
        "text": annotated.text,
        "text_sha256": document.text_sha256,
        "offset_unit": OFFSET_UNIT,
        "language": document.language,
        "meta": meta_record(document),
        "status": [{"annotator": state.annotator, "state": state.state.value} for state in states],
        "note": document.note,
        "spans": [span_record(span, annotated.decisions.get(span.id)) for span in spans],
        "relations": [relation_record(relation) for relation in annotated.relations],
    }


def meta_record(document: Document) -> Record:
    """Return what is known of a document beside its text, null where the text does not say."""
    return {
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": document.published,
        "url": document.url,
        "source_file": document.source_file,
        "fields": [{"name": name, "value": value} for name, value in document.fields],
    }


def span_record(span: Span, decision: Decision | None = None) -> Record:
    """Return a span as it stands inside a document's line; of gold with the decision that made it."""
    return {
        "id": span.id,
        "label": span.label,
        "start": span.start,
        "end": span.end,
        "text": span.text,
        "fragments": fragment_records(span.fragments),
        "annotator": span.annotator,
        "layer": "gold" if decision else "annotator",
        "attributes": attribute_records(span.attributes),
        "note": span.note,
        "entity": span.entity,
        "review": review_record(decision) if decision else None,
        "created": span.created,
        "modified": span.modified,
    }


def review_record(decision: Decision) -> Record:
    """Return what was decided of a span of gold: how many of those who had finished the document have it just so."""
    kept = decision.result
    alike = sum(
        (each.label, each.fragments, frozenset(each.attributes))
        == (kept.label, kept.fragments, frozenset(kept.attributes))
        for each in decision.sources
        if kept
    )
    return {
        "decision": decision.id,
        "action": decision.action.value,
        "rule": decision.rule.value,
        "kind": decision.kind.value,
        "votes": alike,
        "annotators": len({each.annotator for each in decision.sources} | set(decision.absent)),
        "reviewer": decision.reviewer,
        "at": decision.at,
        "reason": decision.reason,
    }


def fragment_records(fragments: Iterable[Fragment]) -> list[Record]:
    """Return where a span is."""
    return [{"start": fragment.start, "end": fragment.end} for fragment in fragments]


def attribute_records(attributes: Iterable[Attribute]) -> list[Record]:
    """Return what a span says about itself, as a list of names and values."""
    return [{"name": each.name, "values": list(each.values)} for each in attributes]


def relation_record(relation: Relation) -> Record:
    """Return a relation as it stands inside a document's line."""
    return {
        "id": relation.id,
        "type": relation.type,
        "from": relation.source,
        "to": relation.target,
        "annotator": relation.annotator,
        "attributes": [],
        "created": relation.created,
    }


def span_records(annotated: AnnotatedDocument, spans: Iterable[Span]) -> Iterator[Record]:
    """Yield the lines of the layout `spans`: the span's keys, then its context and its document."""
    document, text = annotated.document, annotated.text
    for span in spans:
        yield {
            "schema": SPAN_SCHEMA,
            **span_record(span, annotated.decisions.get(span.id)),
            "context_before": text[max(0, span.start - CONTEXT) : span.start],
            "context_after": text[span.end : span.end + CONTEXT],
            "document": document.id,
            "document_sha256": document.text_sha256,
            "offset_unit": OFFSET_UNIT,
            "language": document.language,
            "meta": meta_record(document),
        }


def count(annotated: AnnotatedDocument, layout: str, tally: Tally) -> None:
    """Count a document that was written, and what the layout leaves out of it."""
    tally.documents += 1
    tally.spans += len(annotated.spans)
    tally.labels.update(span.label for span in annotated.spans)
    tally.annotators.update(span.annotator for span in annotated.spans)
    if annotated.document.language:
        tally.languages[annotated.document.language] += 1
    tally.losses["spans without a place"] += annotated.unplaced
    tally.losses["relations"] += annotated.unplaced_relations
    if layout == "spans":
        tally.losses["relations"] += len(annotated.relations)
        tally.losses["documents without spans"] += not annotated.spans
        tally.losses["states of documents"] += len(annotated.states)
        tally.losses["notes on documents"] += annotated.document.note is not None
        tally.losses["texts between fragments"] += sum(len(span.fragments) > 1 for span in annotated.spans)
    else:
        tally.relations += len(annotated.relations)
