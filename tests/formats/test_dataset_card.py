"""The dataset card: its types are those of the lines, and nothing a person wrote breaks it."""

import json
from dataclasses import replace

import pytest

from annotator.domain.attributes import Attribute
from annotator.domain.codebook import Codebook, Label, LineForm
from annotator.formats import dataset_card, jsonl
from annotator.formats.tally import Tally
from tests.formats.builders import annotated, decision, relation, span

TEXT = "Some text here."
SPAN = span(TEXT, (0, 4), attributes=(Attribute("kind", ("factual",)),))
DOCUMENT = replace(annotated(TEXT, SPAN, note="n"), relations=(relation("s1", "s1"),))
RECORDS = {
    "documents": jsonl.document_record(DOCUMENT, DOCUMENT.spans),
    "spans": next(jsonl.span_records(DOCUMENT, DOCUMENT.spans)),
}


def fits(value, shape):
    """Whether a value of a line is of the column's type."""
    if value is None:
        return True
    if isinstance(shape, dict):
        return list(value) == list(shape) and all(fits(value[key], shape[key]) for key in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(each, shape[0]) for each in value)
    return isinstance(value, {"string": str, "int64": int}[shape])


@pytest.mark.parametrize("layout", ["documents", "spans"])
def test_the_columns_are_those_of_a_line_in_its_order(layout):
    assert fits(RECORDS[layout], dataset_card.COLUMNS[layout])


@pytest.mark.parametrize("layout", ["documents", "spans"])
def test_the_columns_are_those_of_gold_too(layout):
    gold = replace(DOCUMENT, decisions={SPAN.id: decision(SPAN)})
    whole, one = jsonl.document_record(gold, gold.spans), next(jsonl.span_records(gold, gold.spans))
    assert one["review"] == jsonl.review_record(decision(SPAN))
    record = whole if layout == "documents" else one
    assert fits(record, dataset_card.COLUMNS[layout])


def test_the_front_matter_names_the_file_alone_and_its_types():
    card = dataset_card.card("a[1].jsonl", "documents", Codebook(()), Tally())
    assert card.startswith("---\n")
    front = card.split("---\n")[1]
    assert '\n    path: "a[[]1].jsonl"\n' in front
    assert '\n  - name: spans\n    list:\n    - name: id\n      dtype: "string"\n' in front
    assert '\n      - name: values\n        list: "string"\n' in front
    assert '\n    - name: review\n      struct:\n      - name: decision\n        dtype: "string"\n' in front


def test_what_people_wrote_stays_text():
    label = Label("<b>*x*</b>\n# y", "X", "#000000", LineForm.SOLID, None, "a\n---\n| `b` ![c](d)")
    card = dataset_card.card('a": \n---\n.jsonl', "spans", Codebook((label,)), Tally())
    assert r"### \<b\>\*x\*\</b\> \# y" in card
    assert r"a --- \| \`b\` !\[c\](d)" in card
    assert card.count("\n---\n") == 1
    assert 'pretty_name: "a\\": \\u000a---\\u000a"' in card


def test_counts_are_by_label_and_annotator():
    tally = Tally(documents=1, spans=1200)
    tally.labels["claim"] = 1200
    tally.annotators["kim_"] = 1200
    label = Label("claim", "C", "#000000", LineForm.SOLID)
    card = dataset_card.card("a.jsonl", "documents", Codebook((label,)), tally)
    assert "- 1 document, 1,200 spans\n- Annotators: kim\\_ (1,200 spans)\n" in card
    assert "### claim\n\n1,200 spans." in card


@pytest.mark.parametrize("text", ["a", 'q"\\', "tab\t", "é👍", "\u2028\u0085\ufeff", ": #"])
def test_a_scalar_of_yaml_is_also_one_of_json(text):
    assert json.loads(dataset_card.quoted(text)) == text
