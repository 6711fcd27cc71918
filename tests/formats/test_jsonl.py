"""JSONL: every line is valid by the schema that ships, and every span is its slice of the text."""

import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotated import AnnotatedDocument, WrittenSpan, in_order
from annotator.domain.attributes import Attribute
from annotator.domain.document import AnnotatorState, State
from annotator.domain.span import Fragment, text_order
from annotator.errors import BadContent
from annotator.formats import jsonl
from annotator.formats.tally import Tally
from tests.formats.builders import MESSY, TIME, annotated, annotated_documents, decision, relation, span, validator

LINE = validator("annotator-1")


def written(layout: str, *documents: AnnotatedDocument) -> str:
    stream = io.StringIO()
    jsonl.write(iter(documents), stream, layout, Tally())
    return stream.getvalue()


@given(st.lists(annotated_documents(), max_size=3))
def test_every_line_of_documents_is_valid_and_every_span_is_its_slice(documents):
    lines = written("documents", *documents).split("\n")[:-1]
    assert len(lines) == len(documents)
    for line, source in zip(lines, documents, strict=True):
        found = json.loads(line)
        LINE.validate(found)
        assert (found["text"], found["note"]) == (source.text, source.document.note)
        said = [[(one["name"], tuple(one["values"])) for one in each["attributes"]] for each in found["spans"]]
        assert said == [[(one.name, one.values) for one in each.attributes] for each in source.spans]
        assert [each["id"] for each in found["spans"]] == [each.id for each in source.spans]
        joined = [(each["id"], each["type"], each["from"], each["to"]) for each in found["relations"]]
        assert joined == [(each.id, each.type, each.source, each.target) for each in source.relations]
        for each in found["spans"]:
            pieces = [found["text"][part["start"] : part["end"]] for part in each["fragments"]]
            assert each["text"] == " ".join(pieces)
            assert (each["start"], each["end"]) == (each["fragments"][0]["start"], each["fragments"][-1]["end"])
            assert len(pieces) > 1 or found["text"][each["start"] : each["end"]] == each["text"]


@given(st.lists(annotated_documents(), max_size=3))
def test_every_line_of_spans_is_valid_and_stands_in_its_context(documents):
    lines = written("spans", *documents).split("\n")[:-1]
    sources = [(source, each) for source in documents for each in source.spans]
    assert len(lines) == len(sources)
    for line, (source, each) in zip(lines, sources, strict=True):
        found = json.loads(line)
        LINE.validate(found)
        assert (found["id"], found["label"], found["text"]) == (each.id, each.label, each.text)
        around = found["context_before"] + source.text[each.start : each.end] + found["context_after"]
        assert around == source.text[max(0, each.start - 100) : each.end + 100]


def as_json(layout: str, document: AnnotatedDocument) -> str:
    """The records of a document as lines, made by `json` alone."""
    spans = sorted(document.spans, key=text_order)
    in_full = [jsonl.document_record(document, spans)]
    records = in_full if layout == "documents" else list(jsonl.span_records(document, spans))
    dumped = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in records)
    for end in "\x85\u2028\u2029":
        dumped = dumped.replace(end, f"\\u{ord(end):04x}")
    return dumped


def decided(document: AnnotatedDocument, number: int) -> AnnotatedDocument:
    """A document with spans of its own ids, every second one of gold."""
    spans = tuple(each._replace(id=f"{number} {each.id}") for each in document.spans)
    decisions = {each.id: decision(each, reason=f"\u2028{number}") for each in spans[::2]}
    return replace(document, spans=spans, relations=(), decisions=decisions)


@given(st.lists(annotated_documents(), max_size=4), st.booleans(), st.sampled_from([1, 150, jsonl._BATCH_SIZE]))
def test_lines_written_key_by_key_and_some_documents_at_a_time_are_the_records_as_json(documents, gold, size):
    if gold:
        documents = [decided(each, number) for number, each in enumerate(documents)]
    for layout in ("documents", "spans"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(jsonl, "_BATCH_SIZE", size)
            assert written(layout, *documents) == "".join(as_json(layout, each) for each in documents)


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 4)))
def test_spans_go_out_in_text_order_also_where_several_begin_together(values):
    good = WrittenSpan.of(span("Some text here.", (0, 4)))
    spans = [good._replace(start=a, end=a + 1 + b, created=str(c), id=str(d)) for a, b, c, d in values]
    assert in_order(spans) == sorted(spans, key=text_order)


@pytest.mark.parametrize("layout", ["documents", "spans"])
@pytest.mark.parametrize("escaped", [*map(chr, range(1, 32)), '"', "\\", "\x7f", "\u2028", "é"])
def test_one_span_with_something_to_escape_is_written_as_json_has_it_beside_others_with_nothing(layout, escaped):
    text = f"Some {escaped} text"
    odd = span(text, (0, 6), id=f"s{escaped}", label=escaped, annotator=escaped, created=escaped)
    document = annotated(text, odd, span(text, (7, 11), id="s2"))
    lines = [json.loads(line) for line in written(layout, document).split("\n")[:-1]]
    spans = sorted(document.spans, key=text_order)
    records = jsonl.span_records(document, spans) if layout == "spans" else [jsonl.document_record(document, spans)]
    assert lines == list(records)


@given(st.lists(annotated_documents(), max_size=3), st.sampled_from(["documents", "spans"]))
def test_a_reader_that_splits_lines_anywhere_reads_the_same(documents, layout):
    text = written(layout, *documents)
    assert [json.loads(line) for line in text.splitlines()] == [json.loads(line) for line in io.StringIO(text)]


@given(annotated_documents())
def test_the_order_of_spans_does_not_depend_on_the_order_they_came_in(document):
    turned = replace(document, spans=tuple(reversed(document.spans)))
    assert written("documents", turned) == written("documents", document)


def test_a_relation_to_a_span_that_is_not_there_is_never_written():
    document = annotated("Some text", span("Some text", (0, 4)))
    with pytest.raises(BadContent, match="joins a span that is not there"):
        written("documents", replace(document, relations=(relation("s1", "s2"),)))


def test_a_line_is_the_one_that_the_design_shows():
    text = "“Stop it,” said Ann."
    said = Attribute("type", ("direct",)), Attribute("topics", ("law", "press"))
    quote = span(text, (0, 10), label="quote", note="n", attributes=said)
    states = (AnnotatorState("kim", State.DONE),)
    document = annotated(
        text, quote, states=states, title="T", source_file="a.txt", note="d", fields=(("page", "A 3"),)
    )
    document = replace(document, relations=(relation("s1", "s1"),))
    assert json.loads(written("documents", document)) == {
        "schema": "annotator/1",
        "id": "d1",
        "text": text,
        "text_sha256": document.document.text_sha256,
        "offset_unit": "codepoint",
        "language": None,
        "meta": {
            "title": "T",
            "outlet": None,
            "author": None,
            "published": None,
            "url": None,
            "source_file": "a.txt",
            "fields": [{"name": "page", "value": "A 3"}],
        },
        "status": [{"annotator": "kim", "state": "done"}],
        "note": "d",
        "spans": [
            {
                "id": "s1",
                "label": "quote",
                "start": 0,
                "end": 10,
                "text": "“Stop it,”",
                "fragments": [{"start": 0, "end": 10}],
                "annotator": "kim",
                "layer": "annotator",
                "attributes": [
                    {"name": "type", "values": ["direct"]},
                    {"name": "topics", "values": ["law", "press"]},
                ],
                "note": "n",
                "entity": None,
                "review": None,
                "created": TIME,
                "modified": TIME,
            }
        ],
        "relations": [
            {
                "id": "r1",
                "type": "said by",
                "from": "s1",
                "to": "s1",
                "annotator": "kim",
                "attributes": [],
                "created": TIME,
            }
        ],
    }


def test_a_document_without_spans_is_written_too():
    assert json.loads(written("documents", annotated("Nothing here.")))["spans"] == []


def test_text_is_readable_in_the_file_and_only_line_ends_are_escaped():
    line = written("documents", annotated(MESSY))
    assert "👩‍🚀 שלום" in line
    assert "\\u2028" in line
    assert "\\u0085" in line


@pytest.mark.parametrize(
    ("fragments", "text"),
    [
        ((Fragment(0, 4),), "Sore"),
        ((Fragment(10, 99),), "here."),
        ((Fragment(5, 9), Fragment(0, 4)), "text Some"),
        ((Fragment(3, 3),), ""),
        ((), ""),
    ],
    ids=["another text", "past the end", "backwards", "of no length", "no fragment"],
)
def test_a_span_that_is_not_its_slice_stops_the_export(fragments, text):
    start, end = (fragments[0].start, fragments[-1].end) if fragments else (0, 0)
    several = None if len(fragments) == 1 else fragments
    good = WrittenSpan.of(span("Some text here.", (0, 4)))
    wrong = good._replace(start=start, end=end, several=several, text=text)
    document = replace(annotated("Some text here."), spans=(wrong,))
    with pytest.raises(BadContent, match=r"Span s1 .*`annotator check`"):
        written("documents", document)


def test_a_text_that_is_not_the_imported_one_stops_the_export():
    with pytest.raises(BadContent, match="d1 is not the one that was imported"):
        written("spans", replace(annotated("Some text here."), text="Some text there."))


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"offset_unit": "utf-16"},
        {"text": None},
        {"note": 1},
        {"spans": [{}]},
        {"text_sha256": "0"},
        {"schema": "annotator/2"},
        {"relations": None},
    ],
)
def test_the_schema_refuses_what_the_program_would_not_write(change):
    line = json.loads(written("documents", annotated("Some text.", span("Some text.", (0, 4)))))
    LINE.validate(line)
    assert not LINE.is_valid({**line, **change})


def test_the_schema_refuses_a_negative_offset_and_a_time_of_another_form():
    line = json.loads(written("spans", annotated("Some text.", span("Some text.", (0, 4)))))
    LINE.validate(line)
    assert not LINE.is_valid({**line, "start": -1})
    assert not LINE.is_valid({**line, "created": "yesterday"})
