"""The codebook file: what is written is read back, and a hostile or mistaken file is refused with a reason."""

import json

import pytest

from annotator.domain.codebook import LineForm
from annotator.domain.default_codebook import DEFAULT
from annotator.errors import BadArgument, BadContent, NotFound
from annotator.formats import codebook_json
from tests.formats.builders import validator

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


def test_what_is_written_is_valid_and_is_read_back(file):
    text = codebook_json.dumps(DEFAULT)
    SCHEMA.validate(json.loads(text))
    assert codebook_json.read(file(text.encode())) == DEFAULT


def test_a_label_needs_only_its_name(file):
    found = codebook_json.read(file(codebook({"name": "frame"}, {"name": "éthos", "key": 9})))
    assert [(label.name, label.letter, label.key) for label in found] == [("frame", "F", None), ("éthos", "É", 9)]
    assert found.labels[0].colour != found.labels[1].colour
    assert found.labels[0].line_form is LineForm.SOLID


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
        (codebook({"name": "a"}, {"name": "A"}), "two labels have the name"),
        (codebook({"name": "a", "key": 1}, {"name": "b", "key": 1}), "two labels have the key"),
        (codebook({"name": "a", "key": 0}), "from 1 to 9"),
        (codebook({"name": "a", "key": True}), "from 1 to 9"),
        (codebook({"name": "a", "key": 1.0}), "from 1 to 9"),
        (codebook({"name": "a", "colour": "red"}), "#B8730E"),
        (codebook({"name": "a", "line_form": "wavy"}), "solid, double"),
        (codebook({"name": "a", "guideline": None}), '"guideline"'),
        (codebook({"name": "a", "letter": ""}), '"letter"'),
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
