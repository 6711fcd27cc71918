"""Tables as CSV and JSON: a row is a document, every row that can't be one is named, hostile files end in words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.incoming import ImportOptions, Refused
from annotator.errors import AnnotatorError, BadArgument, BadContent
from annotator.formats import columns, delimited, reading
from annotator.formats.reading import Whole
from annotator.formats.rows import Draft, Row

READ = """\
headline;body;date;section
First;"one ""text""
on two lines";17.9.2011;Metro
Second;another text;1.10.2011;
"""


@pytest.fixture
def read(tmp_path):
    """Reads a file of this name and content: its documents, what is refused in it, and the source."""

    def run(name, content, **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = list(reading.read(path, ImportOptions(**options)))
        (whole,) = [each for each in found if isinstance(each, Whole)]
        drafts = [each for each in found if isinstance(each, Draft)]
        return drafts, [each for each in found if isinstance(each, Refused)], whole.source

    return run


def said(refused):
    return [(each.line, each.reason) for each in refused]


def test_a_row_is_a_document_with_its_metadata(read):
    drafts, refused, source = read("news.csv", READ)
    assert refused == []
    assert [draft.text for draft in drafts] == ['one "text"\non two lines', "another text"]
    assert drafts[0].fields == {"title": "First", "published": "2011-09-17"}
    assert (drafts[0].more, drafts[1].more) == ((("section", "Metro"),), ())
    assert [draft.line for draft in drafts] == [2, 4]
    assert source.table.delimiter == "semicolon"
    assert source.table.further == ("section",)
    assert source.table.rows[0][:2] == ("First", 'one "text"\non two lines')
    assert "In dates of numbers the day is taken to come first." in source.notes


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "text,title\na,b\n"),
        ("a.csv", "\ufefftext\ttitle\r\na\tb\r\n"),
        ("a.tsv", "text\ttitle\na\tb\n"),
        ("a.csv", "text|title\na|b\n"),
        ("a.csv", "sep=;\r\ntext;title\r\na;b\r\n"),
        ("a.csv", "\n\ntext,title\n\na,b\n,\n"),
        ("a.jsonl", '{"text": "a", "title": "b"}\n\n'),
        ("a.json", '[{"text": "a", "title": "b"}]'),
        ("a.json", '\n{"text": "a", "title": "b"}\n'),
    ],
)
def test_the_same_row_in_every_shape(read, name, content):
    ((draft,), refused, _) = read(name, content)
    assert (draft.text, draft.fields, refused) == ("a", {"title": "b"}, [])


@given(
    st.lists(st.tuples(st.text("ab,;\t\"'\n é|", max_size=12), st.text('xy ,\n"', max_size=8)), min_size=1, max_size=6)
)
def test_what_pythons_writer_writes_is_read_back(rows):
    import csv
    import io

    stream = io.StringIO()
    csv.writer(stream).writerows([("text", "title"), *rows])
    table = delimited.DelimitedRows(stream.getvalue(), "a.csv", ".csv")
    if table.delimiter == ",":
        expected = [row for row in rows if "".join(row).strip()]
        assert [(row.cells["text"], row.cells["title"]) for row in table if isinstance(row, Row)] == expected


def test_each_row_that_can_not_be_read_is_refused_with_its_line(read):
    content = "text,title\nfine,a\n,empty\nshort\nlong,a,b\nnul\0,x\nfine too,b\n".replace("\0", "\ufffe")
    drafts, refused, _ = read("a.csv", content)
    assert [draft.text for draft in drafts] == ["fine", "nul\ufffe", "fine too"]
    assert said(refused) == [
        (3, "it has no text."),
        (4, "it has 1 cells, and there are 2 columns. Is a quotation mark missing?"),
        (5, "it has 3 cells, and there are 2 columns. Is a quotation mark missing?"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ('{"text": NaN}', "NaN is not a JSON number"),
        ('{"text": "a", "text": "b"}', "“text” stands twice"),
        ('{"n": ' + "9" * 5000 + "}", "too many digits"),
        ("[" * 100_000, "nested too deeply"),
        ('["a"]', "not an object"),
        ('{"text": "half \\ud83d"}', "lone surrogate"),
        ('{"text": "nul \\u0000"}', "NUL"),
        ('{"text": "a", "title": "\\u0000"}', "its title (column “title”) has a NUL character"),
        ('{"text": "a", "other": "\\ud800"}', "“other” has half a character"),
        ('{"text": ["a", {"b": 1}]}', "it has no text"),
        ('{"schema": "annotator-span/1", "text": "a"}', "Export with the layout “documents”"),
        ('{"schema": "annotator/1", "text": "a", "text_sha256": "x"}', "the hash differs"),
    ],
)
def test_a_bad_line_of_json_is_refused_and_the_others_are_read(read, line, reason):
    drafts, refused, _ = read("a.jsonl", f'{{"text": "before"}}\n{line}\n{{"text": "after"}}\n')
    assert [draft.text for draft in drafts] == ["before", "after"]
    ((number, why),) = said(refused)
    assert number == 2
    assert reason in why


def test_a_line_of_json_ends_in_a_line_feed_alone(read):
    drafts, _, _ = read("a.jsonl", '{"text": "a\u2028b\x85c"}\r\n{"text": "d"}')
    assert [draft.text for draft in drafts] == ["a\u2028b\x85c", "d"]


def test_a_list_that_breaks_off_says_from_which_line_on_nothing_was_read(read):
    drafts, refused, _ = read("a.json", '[{"text": "a"},\n\n{"text": "b"}\n{"text": "c"}]')
    assert [draft.text for draft in drafts] == ["a", "b"]
    ((number, why),) = said(refused)
    assert (number, "What follows was not read" in why) == (4, True)


def test_an_item_of_a_list_is_named_by_its_number_too_as_all_may_stand_on_one_line(read):
    _, refused, _ = read("a.json", '[{"text": "a"}, {"text": ""}, 3]')
    assert said(refused) == [
        (1, "item 2: it has no text."),
        (1, 'item 3: it is not an object, such as {"text": "…"}.'),
    ]


def test_inner_objects_and_lists_of_words_become_columns_and_lists_of_objects_are_left_out(read):
    record = {
        "meta": {"title": "T", "by": {"author": "A"}},
        "content": "words",
        "tags": ["x", "y"],
        "n": 3,
        "ok": True,
        "none": None,
        "comments": [{"a": 1}],
    }
    ((draft,), _, source) = read("a.jsonl", json.dumps(record))
    assert draft.fields == {"title": "T", "author": "A"}
    assert draft.more == (("tags", "x, y"), ("n", "3"), ("ok", "true"))
    assert source.table.left_out == ("comments",)
    assert "Left out, being lists of objects: “comments”." in source.notes


def test_a_column_that_is_named_like_a_field_but_is_none_keeps_its_value_under_another_name(read):
    ((draft,), _, _) = read("a.csv", "text,title,headline\na,b,c\n", columns={"title": "headline"})
    assert (draft.fields, draft.more) == ({"title": "c"}, (("title (in the file)", "b"),))


def test_what_is_too_long_for_metadata_is_left_out_and_told(read):
    ((draft,), _, source) = read("a.csv", f"text,html\na,{'x' * 3000}\n")
    assert draft.more == ()
    assert "“html” was left out of 1 documents: over 2,000 characters are no metadata." in source.notes


def test_a_title_as_long_as_a_text_is_no_title(read):
    _, refused, _ = read("a.csv", f"text,title\na,{'x' * 3000}\n")
    assert "its title (column “title”) has 3,000 characters" in refused[0].reason


def test_without_a_column_that_is_the_text_somebody_must_name_it(read):
    drafts, refused, source = read("a.csv", "a,b\n1,2\n")
    assert (drafts, refused, source.needs) == ([], [], "columns")
    assert "Its columns are “a”, “b”" in source.problem
    ((draft,), _, source) = read("a.csv", "a,b\n1,2\n", columns={"text": "b"})
    assert (draft.text, source.needs) == ("2", "")


@pytest.mark.parametrize(
    ("asked", "message"), [({"text": "c"}, "There is no column “c”"), ({"colour": "a"}, "has no field “colour”")]
)
def test_a_column_or_field_that_is_not_there_is_named(read, asked, message):
    with pytest.raises(BadArgument, match=message):
        read("a.csv", "a,b\n1,2\n", columns=asked)


@pytest.mark.parametrize(
    ("names", "mapping"),
    [
        (
            ("Headline", "Full Text", "Publication Date"),
            {"title": "Headline", "text": "Full Text", "published": "Publication Date"},
        ),
        (("id", "source", "BODY", "lang"), {"id": "id", "outlet": "source", "text": "BODY", "language": "lang"}),
        (("meta.title", "text"), {"text": "text", "title": "meta.title"}),
        (("text", "body"), {"text": "text"}),
        (("a", "b"), {}),
    ],
)
def test_names_suggest_the_fields(names, mapping):
    assert columns.suggest(names) == mapping


def test_an_empty_column_leaves_a_suggested_field_out():
    assert columns.mapping(("text", "date"), {"published": ""}) == {"text": "text"}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", ",".join(["c"] * 1_000_000) + "\n", "1,000,000 columns; 1,000 is the most"),
        ("a.csv", "", "no rows"),
        ("a.csv", "text\nx\0y\n", "NUL"),
        ("a.json", "", "Nothing"),
    ],
)
def test_a_table_that_is_none_is_refused_as_a_whole(read, name, content, message):
    if message == "Nothing":
        assert read(name, content)[:2] == ([], [])
        return
    with pytest.raises(BadContent, match=message):
        read(name, content)


def test_a_table_with_an_open_quotation_mark_ends_in_words(read, monkeypatch):
    monkeypatch.setattr(delimited, "LARGEST_CELL", 1000)
    drafts, refused, _ = read("a.csv", "text,title\nfine,a\n" + '"open,b\n' + "more,c\n" * 500)
    assert [draft.text for draft in drafts] == ["fine"]
    ((line, why),) = said(refused)
    assert line == 3
    assert "is a quotation mark missing?" in why


def test_very_many_keys_are_refused(read):
    lines = [json.dumps({"text": "a", **{f"k{n}-{at}": "x" for at in range(400)}}) for n in range(4)]
    drafts, refused, _ = read("a.jsonl", "\n".join(lines))
    assert len(drafts) == 2
    assert all("over 1,000 keys" in each.reason for each in refused)


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.json", "a.jsonl", "a.tsv", "a.txt"]))
def test_any_bytes_give_documents_or_words(tmp_path_factory, data, name):
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(data)
    try:
        found = list(reading.read(path, ImportOptions()))
    except AnnotatorError:
        return
    assert isinstance(found[-1], Whole)
