"""The example annotations: two people's work on the sample, as it lies in `resources/examples`."""

import json
from collections import Counter
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from annotator import paths
from annotator.agreement.finished import Finished
from annotator.agreement.review_queue import queue
from annotator.domain.attributes import Attribute, checked
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.relation import Relation, misfit
from annotator.domain.review import Kind
from annotator.domain.span import Fragment, Span
from annotator.project.sample import sample_documents

Record = dict[str, Any]
ANNOTATORS = "Ana Ruiz", "Ben Okafor"


@pytest.fixture(scope="module")
def lines() -> list[Record]:
    file = paths.resources() / "examples" / "two-annotators.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]


def span(record: Record, document: str) -> Span:
    pieces = tuple(Fragment(each["start"], each["end"]) for each in record["fragments"])
    values = tuple(Attribute(each["name"], tuple(each["values"])) for each in record["attributes"])
    times = record["created"], record["modified"]
    return Span(
        record["id"], document, record["label"], pieces, record["text"], record["annotator"], *times, None, values
    )


def test_they_are_of_the_articles_of_the_sample_and_both_are_done_with_each(lines: list[Record]) -> None:
    articles = sample_documents()
    assert [(line["id"], line["text"]) for line in lines] == [(each.id, text) for each, text in articles]
    done = [{"annotator": name, "state": "done"} for name in ANNOTATORS]
    assert all(line["status"] == done for line in lines)
    schema = json.loads((paths.resources() / "schema" / "annotator-1.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    assert [error.message for line in lines for error in validator.iter_errors(line)] == []


def test_every_span_has_the_text_at_its_offsets_and_values_of_the_codebook(lines: list[Record]) -> None:
    for line in lines:
        for record in line["spans"]:
            pieces = [line["text"][each["start"] : each["end"]] for each in record["fragments"]]
            assert " ".join(pieces) == record["text"] == record["text"].strip()
            assert (record["start"], record["end"]) == (
                record["fragments"][0]["start"],
                record["fragments"][-1]["end"],
            )
            for value in record["attributes"]:
                kind = DEFAULT.attribute(record["label"], value["name"])
                assert checked(kind, value["values"]) == tuple(value["values"])


def test_every_relation_goes_between_spans_of_its_annotator_as_the_codebook_allows(lines: list[Record]) -> None:
    for line in lines:
        spans = {record["id"]: record for record in line["spans"]}
        for record in line["relations"]:
            source, target = spans[record["from"]], spans[record["to"]]
            assert source["annotator"] == target["annotator"] == record["annotator"]
            assert misfit(DEFAULT, DEFAULT.relation(record["type"]), source["label"], target["label"]) is None
    ids = [record["id"] for line in lines for record in (*line["spans"], *line["relations"])]
    assert len(set(ids)) == len(ids)


def test_the_two_agree_on_most_and_differ_in_every_way_that_a_review_knows(lines: list[Record]) -> None:
    found: Counter[Kind] = Counter()
    for line in lines:
        spans = [span(record, line["id"]) for record in line["spans"]]
        by = {name: tuple(each for each in spans if each.annotator == name) for name in ANNOTATORS}
        assert all(len(mine) >= 12 for mine in by.values())
        arrows = [
            Relation(each["id"], line["id"], each["type"], each["from"], each["to"], each["annotator"], each["created"])
            for each in line["relations"]
        ]
        found.update(item.kind for item in queue([Finished(line["id"], len(line["text"]), by)], arrows))
    assert set(found) == set(Kind) - {Kind.SINGLE, Kind.WITHDRAWN}
    assert 2 * found[Kind.UNANIMOUS] > found.total()


def test_there_are_fragments_notes_entities_and_spans_upon_each_other(lines: list[Record]) -> None:
    records = [record for line in lines for record in line["spans"]]
    assert sum(len(record["fragments"]) > 1 for record in records) >= 4
    assert sum(bool(record["note"]) for record in records) >= 5
    assert len({record["entity"] for record in records} - {None}) >= 10
    pairs = [(line["spans"], one, other) for line in lines for one in line["spans"] for other in line["spans"]]
    nested = sum(
        one["annotator"] == other["annotator"] and one["start"] <= other["start"] < other["end"] < one["end"]
        for _, one, other in pairs
    )
    assert nested >= 20
