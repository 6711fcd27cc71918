"""`annotator codebook` shows, writes and takes in a codebook; `annotator tag` gives attributes their values."""

import json

import pytest

import annotator
from annotator.domain.default_codebook import DEFAULT

FIRST = "000_e6868b451969a881"


@pytest.fixture
def book(tmp_path):
    """A hand-written codebook: a label that is new, and one that the project has, with one more attribute."""
    labels = [
        {"name": "frame", "key": 5, "parent": "claim"},
        {"name": "claim", "attributes": [{"name": "tone", "kind": "choices", "options": ["calm", "harsh"]}]},
    ]
    path = tmp_path / "book.json"
    path.write_text(json.dumps({"schema": "annotator-codebook/1", "labels": labels}))
    return path


def test_it_is_shown_with_attributes_and_relation_types(call, sample):
    shown = call("codebook", sample).out.splitlines()
    assert shown[0] == "1  claim (C, #B8730E, solid line)"
    assert shown[1].startswith("   A statement about how things are")
    assert shown[2] == "   - kind (choice): factual, causal, evaluation, prediction"
    assert "Relation types" in shown
    assert "   said by: claim, quote, policy recommendation → actor" in shown


def test_as_json_it_is_the_file_that_an_export_writes(call, sample, tmp_path):
    call("codebook", sample, "--export", tmp_path / "c.json")
    assert call("codebook", sample, "--json").json == json.loads((tmp_path / "c.json").read_text("utf-8"))


def test_a_file_is_taken_in_by_name_and_told_and_undone(call, sample, book):
    assert call("codebook", sample, "--import", book, "--annotator", "kim").out.splitlines() == [
        "Added label “frame”",
        "Added attribute “tone” of “claim”",
    ]
    shown = call("codebook", sample).out
    assert "5  frame (F, #B7271B, solid line, a kind of claim)" in shown
    assert "   - tone (choices): calm, harsh" in shown
    with annotator.open(sample) as project:
        assert project.codebook.label("claim") == DEFAULT.label("claim")
    assert call("codebook", sample, "--import", book).out == "Nothing to add or change.\n"
    assert call("undo", sample, "--annotator", "kim").out == "Took back: import codebook\n"
    with annotator.open(sample) as project:
        assert project.codebook == DEFAULT


def test_an_import_as_json_lists_what_was_added_changed_and_left(call, sample, tmp_path):
    labels = [{"name": "claim", "guideline": "New.", "attributes": [{"name": "kind", "kind": "text"}]}]
    (tmp_path / "c.json").write_text(json.dumps({"schema": "annotator-codebook/1", "labels": labels}))
    assert call("codebook", sample, "--import", tmp_path / "c.json", "--json").json == {
        "added": [],
        "changed": [{"what": "label", "name": "claim", "label": None}],
        "left": [{"what": "attribute", "name": "kind", "label": "claim"}],
    }


def test_what_one_project_exports_another_takes_in_whole(call, sample, book, tmp_path):
    call("codebook", sample, "--import", book)
    call("codebook", sample, "--export", tmp_path / "out.json")
    call("new", tmp_path / "other.annotator")
    call("codebook", tmp_path / "other.annotator", "--import", tmp_path / "out.json")
    shown = call("codebook", tmp_path / "other.annotator", "--json").json
    assert shown == call("codebook", sample, "--json").json


def test_a_tag_has_its_attributes(call, sample):
    values = "--attribute", "stance=opposes", "--attribute", "kind=causal"
    span = call("tag", sample, FIRST, "claim", 0, 6, *values, "--json").json
    assert span["attributes"] == [{"name": "kind", "values": ["causal"]}, {"name": "stance", "values": ["opposes"]}]


def test_an_attribute_that_takes_several_values_is_given_again(call, sample, book):
    call("codebook", sample, "--import", book)
    values = "--attribute", "tone=harsh", "--attribute", "tone=calm"
    span = call("tag", sample, FIRST, "claim", 0, 6, *values, "--json").json
    assert span["attributes"] == [{"name": "tone", "values": ["calm", "harsh"]}]
