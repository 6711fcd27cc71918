"""JSONL, the default format: one line a document, or one line a span with its context.

The schema of both layouts is `resources/schema/annotator-1.schema.json`. Offsets are code points, end exclusive.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import TextIO

from annotator.domain.annotated import AnnotatedDocument, WrittenSpan, in_order
from annotator.domain.attributes import Attribute
from annotator.domain.document import AnnotatorState, Document
from annotator.domain.relation import Relation
from annotator.domain.review import Decision
from annotator.domain.span import Fragment, Span
from annotator.formats.checking import check
from annotator.formats.manner import USUAL, Manner
from annotator.formats.tally import Tally

DOCUMENT_SCHEMA = "annotator/1"
SPAN_SCHEMA = "annotator-span/1"
OFFSET_UNIT = "codepoint"
CONTEXT = 100
"""Code points of the text before and after a span that the layout `spans` gives."""

# Valid inside a JSON string, but `str.splitlines` and some readers take them for the end of a line.
_LINE_ENDS = {end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
_NOTHING_SAID = '"layer": "annotator", "attributes": [], "note": null, "entity": null, "review": null'

_BATCH_SIZE, _SPAN_SIZE = 10_000, 100  # code points of the texts written at once; a span counts as so many

_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_quoted = json.encoder.encode_basestring
_ESCAPED = bytes(range(32)) + b'"\\'

Record = dict[str, object]


def write(documents: Iterable[AnnotatedDocument], stream: TextIO, layout: str, tally: Tally, _: Manner = USUAL) -> None:
    """Write every document to `stream`, holding a few hundred spans at a time, and count in `tally`.

    Raises BadContent where a text or span is not what its hash or its offsets say.
    """
    for some in _batches(documents):
        sorted_spans = []
        for annotated in some:
            check(annotated)
            sorted_spans.append(in_order(annotated.spans))
            count(annotated, layout, tally)
        stream.writelines(_lines(some, sorted_spans, layout))
        count_spans([span for spans in sorted_spans for span in spans], tally)


def _batches(documents: Iterable[AnnotatedDocument]) -> Iterator[list[AnnotatedDocument]]:
    """Yield the documents a few at a time: what each takes beside its spans is much where it has ten."""
    some: list[AnnotatedDocument] = []
    size = 0
    for annotated in documents:
        some.append(annotated)
        size += len(annotated.text) + _SPAN_SIZE * len(annotated.spans)
        if size >= _BATCH_SIZE:
            yield some
            some, size = [], 0
    if some:
        yield some


# What follows writes records as text without making them first, key by key: of ten spans a document, that takes half
# of the time that `json.dumps` does. `document_record` and `span_records` are what they are read back as.


def _lines(
    documents: Sequence[AnnotatedDocument], sorted_spans: Sequence[Sequence[WrittenSpan]], layout: str
) -> Iterator[str]:
    """Yield the lines of some documents, whose spans are given in text order."""
    decisions = {key: made for annotated in documents for key, made in annotated.decisions.items()}
    texts = iter(_span_texts([span for spans in sorted_spans for span in spans], decisions))
    for annotated, spans in zip(documents, sorted_spans, strict=True):
        of_document = list(islice(texts, len(spans)))
        if layout == "documents":
            yield _document_line(annotated, of_document)
        else:
            yield from _span_lines(annotated, spans, of_document)


def _document_line(annotated: AnnotatedDocument, spans: Sequence[str]) -> str:
    """Return `document_record` as a line; `spans` are its spans as JSON."""
    document = annotated.document
    given = [state_record(each) for each in sorted(annotated.states, key=_by_name)]
    related = [relation_record(each) for each in annotated.relations]
    return _line(
        f'{{"schema": "{DOCUMENT_SCHEMA}", "id": {_quoted(document.id)}, "text": {_quoted(annotated.text)}, '
        f'"text_sha256": "{document.text_sha256}", "offset_unit": "{OFFSET_UNIT}", '
        f'"language": {_or_null(document.language)}, "meta": {_meta_text(document)}, '
        f'"status": {_json(given) if given else "[]"}, "note": {_or_null(document.note)}, '
        f'"spans": [{", ".join(spans)}], '
        f'"relations": {_json(related) if related else "[]"}}}'
    )


def _span_lines(annotated: AnnotatedDocument, spans: Sequence[WrittenSpan], texts: Sequence[str]) -> Iterator[str]:
    """Yield `span_records` as lines; `texts` are the spans as JSON."""
    document, text = annotated.document, annotated.text
    of_document = (
        f'"document": {_quoted(document.id)}, "document_sha256": "{document.text_sha256}", '
        f'"offset_unit": "{OFFSET_UNIT}", "language": {_or_null(document.language)}, "meta": {_meta_text(document)}'
    )
    for span, record in zip(spans, texts, strict=True):
        start, end = span.start, span.end
        yield _line(
            f'{{"schema": "{SPAN_SCHEMA}", {record[1:-1]}, '
            f'"context_before": {_quoted(text[max(0, start - CONTEXT) : start])}, '
            f'"context_after": {_quoted(text[end : end + CONTEXT])}, {of_document}}}'
        )


def _meta_text(document: Document) -> str:
    """Return `meta_record` as JSON."""
    fields = meta_record(document)["fields"] if document.fields else ()
    return (
        f'{{"title": {_or_null(document.title)}, "outlet": {_or_null(document.outlet)}, '
        f'"author": {_or_null(document.author)}, "published": {_or_null(document.published)}, '
        f'"url": {_or_null(document.url)}, "source_file": {_or_null(document.source_file)}, '
        f'"fields": {_json(fields) if fields else "[]"}}}'
    )


def _span_texts(spans: Sequence[WrittenSpan], decisions: Mapping[str, Decision]) -> list[str]:
    """Return `span_record` of each as JSON."""
    if not spans:
        return []
    keys, labels, starts, ends, several, words, who, created, modified, notes, attributes = zip(*spans, strict=True)
    edges = [f'"start": {start}, "end": {end}' for start, end in zip(starts, ends, strict=True)]
    pieces = edges
    if any(several):
        pieces = [
            _json(fragment_records(each))[2:-2] if each else one for one, each in zip(edges, several, strict=True)
        ]
    said: Iterable[str] = repeat(_NOTHING_SAID, len(spans))
    if decisions or any(attributes) or notes.count(None) < len(notes):
        said = [
            _said(span, decisions.get(span.id)) if given or note is not None or decisions else _NOTHING_SAID
            for span, note, given in zip(spans, notes, attributes, strict=True)
        ]
    made_at = _escaped(created)
    last_at = made_at if modified == created else _escaped(modified)
    texts = *map(_escaped, (keys, labels, words, who)), made_at, last_at
    return [
        f'{{"id": "{key}", "label": "{label}", {place}, '
        f'"text": "{text}", "fragments": [{{{parts}}}], "annotator": "{name}", {about}, '
        f'"created": "{at}", "modified": "{last}"}}'
        for place, parts, about, key, label, text, name, at, last in zip(edges, pieces, said, *texts, strict=True)
    ]


def _escaped(texts: Sequence[str]) -> Sequence[str]:
    """Return what stands between the quotation marks of these in JSON; most have nothing to escape, seen at once."""
    together = "".join(texts).encode()
    if len(together.translate(None, _ESCAPED)) == len(together):
        return texts
    return [_quoted(each)[1:-1] for each in texts]


def _said(span: WrittenSpan, decision: Decision | None) -> str:
    """Return the middle of `span_record` as JSON: what most spans have nothing of."""
    return (
        f'"layer": "{"gold" if decision else "annotator"}", "attributes": {_json(attribute_records(span.attributes))}, '
        f'"note": {_or_null(span.note)}, "entity": {_or_null(span.entity)}, '
        f'"review": {_json(review_record(decision)) if decision else "null"}'
    )


def _by_name(state: AnnotatorState) -> str:
    return state.annotator


def _or_null(text: str | None) -> str:
    return "null" if text is None else _quoted(text)


def _line(record: str) -> str:
    r"""Return JSON as one line that ends in `\n` and holds no other end of a line."""
    if not record.isascii():
        for end, escaped in _LINE_ENDS.items():
            record = record.replace(end, escaped)
    return f"{record}\n"


def document_record(annotated: AnnotatedDocument, spans: Iterable[WrittenSpan]) -> Record:
    """Return the line of the layout `documents`: every key, always the same types."""
    document = annotated.document
    return {
        "schema": DOCUMENT_SCHEMA,
        "id": document.id,
        "text": annotated.text,
        "text_sha256": document.text_sha256,
        "offset_unit": OFFSET_UNIT,
        "language": document.language,
        "meta": meta_record(document),
        "status": [state_record(state) for state in sorted(annotated.states, key=_by_name)],
        "note": document.note,
        "spans": [span_record(span, annotated.decisions.get(span.id)) for span in spans],
        "relations": [relation_record(relation) for relation in annotated.relations],
    }


def state_record(state: AnnotatorState) -> Record:
    """Return how far somebody is with a document."""
    return {"annotator": state.annotator, "state": state.state.value}


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


def span_record(span: Span | WrittenSpan, decision: Decision | None = None) -> Record:
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


def span_records(annotated: AnnotatedDocument, spans: Iterable[WrittenSpan]) -> Iterator[Record]:
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
    """Count a document that is written, and what the layout leaves out of it; its spans are `count_spans`’."""
    tally.documents += 1
    if annotated.document.language:
        tally.languages[annotated.document.language] += 1
    if annotated.unplaced:
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


def count_spans(spans: Sequence[WrittenSpan], tally: Tally) -> None:
    """Count spans that are written."""
    tally.spans += len(spans)
    tally.labels.update([span.label for span in spans])
    tally.annotators.update([span.annotator for span in spans])
