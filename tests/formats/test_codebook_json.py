"""The codebook file: what is written is read back, and a hostile or mistaken file is refused with a reason."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given

from annotator.domain.codebook import AttributeKind, AttributeType, LineForm, RelationType
from annotator.domain.codebook_merge import merge
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.entity import Entity
from annotator.errors import BadArgument, BadContent, NotFound
from annotator.formats import codebook_json
from tests.formats.builders import validator
from tests.unit.codebooks import codebooks, in_order

SCHEMA = validator("annotator-codebook-1")


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "a.codebook.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def codebook(*labels, **more):
    return {"schema": "annotator-codebook/1", "labels": list(labels), **more}


def attribute(**values):
    return codebook({"name": "a", "attributes": [{"name": "x", **values}]})


def test_what_is_written_is_valid_and_is_read_back(file):
    text = codebook_json.dumps(DEFAULT)
    SCHEMA.validate(json.loads(text))
    assert codebook_json.read(file(text.encode())) == DEFAULT


def test_a_label_needs_only_its_name(file):
    found = codebook_json.read(file(codebook({"name": "frame"}, {"name": "éthos", "key": 9})))
    assert [(label.name, label.letter, label.key) for label in found] == [("frame", "F", None), ("éthos", "É", 9)]
    assert found.labels[0].colour != found.labels[1].colour
    assert found.labels[0].line_form is LineForm.SOLID


def test_an_attribute_and_a_relation_type_need_only_their_names(file):
    content = codebook(
        {"name": "frame", "attributes": [{"name": "why"}, {"name": "tone", "options": ["calm", "harsh"]}]},
        relation_types=[{"name": "rebuts"}],
    )
    SCHEMA.validate(content)
    found = codebook_json.read(file(content))
    assert found.attributes == (
        AttributeType("frame", "why", AttributeKind.TEXT),
        AttributeType("frame", "tone", AttributeKind.CHOICE, ("calm", "harsh")),
    )
    assert found.relations == (RelationType("rebuts"),)


@given(codebooks())
def test_any_codebook_is_read_back_as_it_was(tmp_path_factory, book):
    path = tmp_path_factory.mktemp("book") / "a.json"
    path.write_text(codebook_json.dumps(book), "utf-8")
    SCHEMA.validate(json.loads(path.read_text("utf-8")))
    assert codebook_json.read(path) == replace(book, attributes=in_order(book))


def test_what_a_file_leaves_open_is_as_in_the_codebook_that_it_goes_into(file):
    content = codebook(
        {"name": "Claim", "attributes": [{"name": "kind"}]},
        {"name": "frame", "parent": "quote", "attributes": [{"name": "tone"}]},
        relation_types=[{"name": "said by", "guideline": "New."}, {"name": "rebuts", "from": ["actor"]}],
    )
    into = codebook_json.read(file(content), into=DEFAULT)
    merged = merge(DEFAULT, into)
    assert [str(entry) for entry in merged.changed] == ["relation type “said by”"]
    assert [entry.name for entry in merged.added] == ["frame", "tone", "rebuts"]
    assert merged.codebook.relation("said by").sources == DEFAULT.relation("said by").sources
    assert merged.codebook.label("frame").colour not in {label.colour for label in DEFAULT}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not JSON"),
        (b"\xff", "is not UTF-8"),
        (b'{"a": 1, "a": 2}', "“a” stands twice"),
        (b'{"labels": NaN}', "NaN is not a JSON number"),
        (b"[" * 200_000, "nested too deeply"),
        (b"1" * 5000, "too many digits"),
        (b" " * (5 * 1024 * 1024 + 1), "the most is 5 MB"),
        ([], "not a JSON object"),
        ({"labels": [{"name": "a"}]}, "annotator-codebook/1"),
        (codebook(), "at least one label"),
        (codebook("claim"), "label 1 is not a JSON object"),
        (codebook({"name": "a"}, colours=1), "“colours”"),
        (codebook({"name": "a", "color": "#FFFFFF"}), "“color”"),
        (codebook({"name": " "}), '"name" of label 1'),
        (codebook({"name": "a\nb"}), "line end"),
        (codebook({"name": "a\u2028b"}), "line end"),
        (codebook({"name": "a "}), "blank"),
        (codebook({"name": "x" * 101}), "100 is the most"),
        (codebook({"name": "\ud800"}), "control character"),
        (codebook({"name": "a"}, {"name": "A"}), "Two labels have the name"),
        (codebook({"name": "a", "key": 1}, {"name": "b", "key": 1}), "Two labels have the key"),
        (codebook({"name": "a", "key": 0}), "from 1 to 9"),
        (codebook({"name": "a", "key": True}), "from 1 to 9"),
        (codebook({"name": "a", "key": 1.0}), "from 1 to 9"),
        (codebook({"name": "a", "colour": "red"}), "#B8730E"),
        (codebook({"name": "a", "line_form": "wavy"}), "solid, double"),
        (codebook({"name": "a", "guideline": None}), '"guideline"'),
        (codebook({"name": "a", "letter": ""}), "letter of “a” has one to three"),
        (codebook({"name": "a", "letter": None}), '"letter" of the label “a” must be a text'),
        (codebook({"name": "a", "guideline": "x" * 10_001}), "at most 10000"),
        (codebook({"name": "a", "parent": "b"}), "a kind of “b”, which the codebook doesn't have"),
        (codebook({"name": "a", "parent": "b"}, {"name": "b", "parent": "a"}), "can't be a kind of itself"),
        (codebook({"name": "a", "parent": 1}), '"parent" of the label “a” must be a text'),
        (codebook({"name": "a", "attributes": {}}), '"attributes" of “a” must be a list'),
        (codebook({"name": "a", "attributes": ["x"]}), "attribute 1 of “a” is not a JSON object"),
        (codebook({"name": "a", "attributes": [{}]}), '"name" of attribute 1 of “a”'),
        (attribute(kind="colour"), "must be one of: choice, choices, text"),
        (attribute(kind="choice"), "give it at least one option"),
        (attribute(kind="text", options=["b"]), "so it has no options"),
        (attribute(options=["b", "B"]), "twice the option “B”"),
        (attribute(options="b"), '"options" of the attribute “x” of “a” must be a list of texts'),
        (attribute(required=1), "must be true or false"),
        (attribute(color=1), "“color”"),
        (codebook({"name": "a", "attributes": [{"name": "x"}, {"name": "X"}]}), "two attributes called “X”"),
        (codebook({"name": "a", "attributes": [{"name": str(n)} for n in range(101)]}), "100 is the most"),
        (codebook({"name": "a"}, relation_types=[{"name": "r", "from": ["b"]}]), "names “b”, which the codebook"),
        (codebook({"name": "a"}, relation_types=[{"name": "r", "to": "a"}]), '"to" of the relation type “r”'),
        (codebook({"name": "a"}, relation_types=[{"name": "r"}, {"name": "R"}]), "Two relation types have the name"),
        (codebook({"name": "a"}, relation_types=[7]), "relation type 1 is not a JSON object"),
        (codebook(*[{"name": str(n)} for n in range(501)]), "500 is the most"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_the_reason(file, content, message):
    path = file(content)
    with pytest.raises(BadContent, match=message) as caught:
        codebook_json.read(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(NotFound):
        codebook_json.read(tmp_path / "none.json")
    with pytest.raises(BadArgument, match="is a folder"):
        codebook_json.read(tmp_path)


def test_entities_are_written_and_read_back(file):
    known = (Entity("ICE", ("I.C.E.", "the agency"), "A note."), Entity("DHS"))
    text = codebook_json.dumps(replace(DEFAULT, entities=known))
    SCHEMA.validate(json.loads(text))
    assert codebook_json.read(file(text.encode())).entities == known


def test_an_entity_needs_only_its_name_and_is_tidied(file):
    content = codebook({"name": "a"}, entities=[{"name": " Homeland  Security ", "aliases": ["DHS", "dhs"]}])
    assert codebook_json.read(file(content)).entities == (Entity("Homeland Security", ("DHS",)),)


@pytest.mark.parametrize(
    ("entities", "words"),
    [
        ([{"name": "a"}, {"name": "A"}], "Two entities are called “A”"),
        ([{"name": "a", "aliases": ["b"]}, {"name": "b"}], "“b” can't be both “a” and “b”"),
        ([{"name": "a", "aliases": "b"}], "must be a list of texts"),
        ([{"name": "a", "aliases": [f"b{n}" for n in range(1001)]}], "1001 aliases; 1000 is the most"),
        ([{"name": ""}], "isn’t empty"),
        ([{"name": "a", "colour": "red"}], "“colour”"),
        ([{"name": "a\0"}], "control character"),
        ([{"name": "x" * 201}], "200 is the most"),
        ([{"name": "a", "note": 1}], "must be a text"),
        ({"a": "b"}, "must be a list"),
        ([{"name": f"e{n}"} for n in range(20_001)], "20001 entities"),
    ],
)
def test_entities_that_can_not_be_are_refused(file, entities, words):
    with pytest.raises(BadContent, match=re.escape(words)):
        codebook_json.read(file(codebook({"name": "a"}, entities=entities)))
