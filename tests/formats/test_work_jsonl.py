"""Our own JSONL is read back line by line; what is wrong is refused with its line and reason, the rest is read."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator import records
from annotator.domain.codebook import AttributeKind
from annotator.domain.text import sha256
from annotator.domain.work import Work
from annotator.errors import BadContent, NotFound
from annotator.formats import work_jsonl

TEXT = "He said 👩\u200d💻 it.\u2028And left."
TIME = "2026-01-02T03:04:05.000Z"


def line(**changes: Any) -> dict[str, Any]:
    """A line as `annotator export` writes it, with one span."""
    return {
        "schema": "annotator/1",
        "id": "one",
        "text": TEXT,
        "text_sha256": sha256(changes.get("text", TEXT)),
        "offset_unit": "codepoint",
        "language": "en",
        "meta": {
            "title": "T",
            "outlet": None,
            "author": None,
            "published": None,
            "url": None,
            "source_file": "one.txt",
            "fields": [{"name": "desk", "value": "news"}],
        },
        "status": [{"annotator": "kim", "state": "done"}],
        "note": None,
        "spans": [span("a", 0, 2), span("b", 3, 7)],
        "relations": [
            {
                "id": "r",
                "type": "said by",
                "from": "b",
                "to": "a",
                "annotator": "kim",
                "attributes": [],
                "created": TIME,
            }
        ],
        **changes,
    }


def span(key: str, start: int, end: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": key,
        "label": "actor",
        "start": start,
        "end": end,
        "text": TEXT[start:end],
        "fragments": [{"start": start, "end": end}],
        "annotator": "kim",
        "layer": "annotator",
        "attributes": [],
        "note": None,
        "entity": None,
        "review": None,
        "created": TIME,
        "modified": TIME,
        **changes,
    }


def written(path: Path, *lines: Any) -> Path:
    path.write_text("".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in lines), "utf-8")
    return path


def read(path: Path) -> Work:
    *_, work = work_jsonl.read(path)
    assert isinstance(work, Work)
    return work


def test_a_line_is_a_document_with_everything_that_was_done_on_it(tmp_path: Path) -> None:
    work = read(written(tmp_path / "a.jsonl", line(), "", line(id="two", text="Other.", spans=[], relations=[])))
    first, second = work.documents
    assert (first.document.id, first.document.title, first.document.fields) == ("one", "T", (("desk", "news"),))
    assert (first.text, first.line, second.line) == (TEXT, 1, 3)
    assert [(each.id, each.text, each.annotator, each.modified) for each in first.spans] == [
        ("a", "He", "kim", TIME),
        ("b", "said", "kim", TIME),
    ]
    assert [(each.source, each.type, each.target) for each in first.relations] == [("b", "said by", "a")]
    assert [(each.annotator, each.state, each.at) for each in first.states] == [("kim", "done", TIME)]
    assert (work.kind, work.newest, work.refused) == ("jsonl", TIME, ())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"schema": "annotator/2"}, 'it has no "schema": "annotator/1"'),
        ({"offset_unit": "utf-16"}, "don’t count code points, but utf-16"),
        ({"text_sha256": "0" * 64}, "the hash differs"),
        (
            {"text": "a\r\nb", "text_sha256": sha256("a\r\nb"), "spans": [], "relations": []},
            "line ends that no stored text has",
        ),
        ({"text": "", "spans": [], "relations": []}, "hash differs"),
        ({"text": 5}, "its “text” is not a text"),
        ({"id": ""}, "the document has an id that can’t be one"),
        ({"id": "a\nb"}, "has an id that can’t be one"),
        ({"meta": []}, "its “meta” is not an object"),
        ({"meta": {"title": "x" * 3000}}, "has 3,000 characters"),
        ({"spans": {}}, "its “spans” is not a list of objects"),
        ({"spans": [5]}, "its “spans” is not a list of objects"),
        ({"spans": [span("a", 0, 2), span("a", 3, 7)], "relations": []}, "the id of a span, “a”, stands twice"),
        ({"spans": [span("a", 0, 2, label="a\tb")]}, "holds a line end or a control character"),
        ({"spans": [span("a", 0, 2, annotator=" ")]}, "an annotator’s name can’t be one"),
        ({"spans": [span("a", 0, 2, annotator="◆ gold")]}, "an annotator’s name can’t be one"),
        ({"spans": [span("a", 0, 2, text="Hi")]}, "the text has other words there"),
        ({"spans": [span("a", 0, 999)]}, "behind the end of the text"),
        ({"spans": [{**span("a", 0, 2), "start": 1}]}, "starts or ends elsewhere than its fragments"),
        ({"spans": [span("a", 0, 2, fragments=[{"start": 0, "end": 1.5}])]}, "offsets are not whole numbers"),
        ({"spans": [span("a", 0, 2, fragments=[{"start": 0, "end": True}])]}, "offsets are not whole numbers"),
        ({"spans": [span("a", 0, 2, attributes=[{"name": "kind", "values": []}])]}, "are not a list of texts"),
        ({"spans": [span("a", 0, 2, attributes=[{"name": "k", "values": ["x"]}] * 2)]}, "stands twice on one span"),
        ({"spans": [span("a", 0, 2, created="2026-02-30T00:00:00.000Z")]}, "is no time such as"),
        ({"spans": [span("a", 0, 2, created=None)]}, "its “created” is not a text"),
        ({"status": [{"annotator": "kim", "state": "finished"}]}, "is not a state of a document"),
        ({"spans": [span("a", 0, 2)]}, "doesn’t go from one span of the document to another"),
        ({"note": "x" * 200_000}, "100000 is the most"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_and_the_others_are_read(
    changes: dict[str, Any], words: str, tmp_path: Path
) -> None:
    good = line(id="two", text="Other.", spans=[], relations=[])
    work = read(written(tmp_path / "a.jsonl", {**line(), **changes}, good))
    [refused] = work.refused
    assert (refused.line, [each.document.id for each in work.documents]) == (1, ["two"])
    assert words in refused.reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ("[1]", "it is not an object"),
        ('{"schema": "annotator/1", "id": NaN}', "NaN is not a JSON number"),
        ('{"schema": "annotator/1", "schema": "annotator/1"}', "stands twice in one object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"schema": ' + "9" * 10_000 + "}", "too many digits"),
    ],
)
def test_a_line_that_is_no_json_is_refused(text: str, words: str, tmp_path: Path) -> None:
    work = read(written(tmp_path / "a.jsonl", line(), text))
    assert [(each.line, words in each.reason) for each in work.refused] == [(2, True)]


def test_bytes_that_are_no_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", line())
    file.write_bytes(file.read_bytes() + b'{"text": "\xff"}\n')
    assert [each.reason for each in read(file).refused] == ["it is not UTF-8 text: byte 10 is not part of a character."]


def test_a_document_stands_in_a_file_once(tmp_path: Path) -> None:
    work = read(written(tmp_path / "a.jsonl", line(), line()))
    assert [each.reason for each in work.refused] == ["the id of a document, “one”, stands twice in the file."]


def test_gold_is_left_out_and_said(tmp_path: Path) -> None:
    gold = [span("a", 0, 2, layer="gold"), span("b", 3, 7, layer="gold")]
    work = read(written(tmp_path / "a.jsonl", line(spans=gold)))
    assert (work.documents[0].spans, work.documents[0].relations, work.refused) == ((), (), ())
    assert work.notes == ("2 spans of gold were left out: decisions stay where they were made.",)


def test_what_no_codebook_says_is_inferred(tmp_path: Path) -> None:
    values = [
        {"name": "who", "values": ["ICE"]},
        {"name": "kinds", "values": ["b", "a"]},
        {"name": "free", "values": ["words"]},
    ]
    work = read(
        written(tmp_path / "a.jsonl", line(spans=[span("a", 0, 2, attributes=values, entity="ICE")], relations=[]))
    )
    assert [label.name for label in work.codebook] == ["actor"]
    assert [(each.name, each.kind, each.options) for each in work.codebook.attributes] == [
        ("who", AttributeKind.ENTITY, ()),
        ("kinds", AttributeKind.CHOICES, ("b", "a")),
        ("free", AttributeKind.TEXT, ()),
    ]


def test_a_codebook_beside_it_that_can_not_be_used_is_said(tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", line())
    (tmp_path / "a.codebook.json").write_text("{")
    work = read(file)
    assert "The codebook beside it was not used" in work.notes[0]
    assert work.codebook.has("actor")


def test_our_files_are_known_by_how_they_begin(tmp_path: Path) -> None:
    files = {
        "ours.jsonl": json.dumps(line()) + "\n",
        "mark.jsonl": "\ufeff" + json.dumps(line()),
        "other-order.jsonl": json.dumps(dict(reversed(line(text="x").items()))),
        "spans.jsonl": '{"schema": "annotator-span/1"}\n',
        "others.jsonl": '{"text": "annotator/1"}\n',
        "text.txt": "{ “schema”: annotator/1",
        "empty.jsonl": "",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert [name for name in files if records.holds_work(tmp_path / name)] == list(files)[:3]
    assert not records.holds_work(tmp_path / "nothing.jsonl")
    assert not records.holds_work(tmp_path)
    with pytest.raises(NotFound):
        list(work_jsonl.read(tmp_path / "nothing.jsonl"))


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_jsonl, "LARGEST_FILE", 100)
    with pytest.raises(BadContent, match="the most is"):
        list(work_jsonl.read(written(tmp_path / "a.jsonl", line())))
