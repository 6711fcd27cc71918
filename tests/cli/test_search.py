"""`annotator search`: hits in context, filters, tagging, and what is refused."""

import pytest

from tests.cli.test_bad_input import everything, refused

SECURE = "secure communities"


def test_hits_are_shown_in_context_under_their_documents(call, sample):
    lines = call("search", sample, "worst of the worst").out.splitlines()
    assert lines[0] == "000_e6868b451969a881  “Before the Administration enacted their deportation review…”"
    assert "[worst of the worst]”" in lines[1]
    assert lines[-1] == "3 hits in 3 documents."


def test_the_hits_are_one_list_in_json_with_the_names_of_the_data(call, sample):
    hits = call("search", sample, SECURE, "--json").json
    assert (len(hits), len({hit["document"] for hit in hits})) == (30, 5)
    assert set(hits[0]) == {"document", "start", "end", "text", "before", "after", "spans"}
    assert (hits[0]["text"], hits[0]["spans"]) == ("Secure Communities", [])


def test_all_hits_are_tagged_in_one_change_that_one_undo_takes_back(call, sample):
    assert call("search", sample, SECURE, "--tag", "actor").out.endswith("30 tagged as actor.\n")
    again = call("search", sample, SECURE, "--tag", "actor", "--json").json
    assert (again["spans"], again["already"]) == ([], 30)
    assert len(call("search", sample, SECURE, "--label", "actor", "--json").json) == 30
    assert "tag 30 actor" in call("undo", sample).out
    assert call("search", sample, SECURE, "--label", "actor").out == "Nothing was found.\n"


def test_a_hit_names_the_spans_that_cover_it_exactly(call, sample):
    span = call("search", sample, "Chuck Wexler", "--tag", "actor", "--json").json["spans"][0]
    assert call("search", sample, "chuck wexler", "--json").json[0]["spans"] == [{"id": span["id"], "label": "actor"}]
    assert call("search", sample, "chuck wexler").out.splitlines()[1].endswith("(actor)")
    assert call("search", sample, "wexler", "--not-in", "actor", "--json").json == []


@pytest.mark.parametrize(
    ("options", "documents"),
    [
        (("--document", "001"), {"001"}),
        (("--outlet", "CNN", "--outlet", "ACLU"), {"002", "004"}),
        (("--from", "2011-09-17"), {"003"}),
        (("--to", "2011-09-16"), {"004"}),
        (("--state", "done"), {"001"}),
    ],
)
def test_filters_keep_documents(call, sample, options, documents):
    call("status", sample, "001", "done")
    hits = call("search", sample, SECURE, *options, "--json").json
    assert {hit["document"][:3] for hit in hits} == documents


def test_an_expression_whole_words_and_case(call, sample):
    found = call("search", sample, r"repo\w{2}", "--regex", "--words", "--json").json
    assert {hit["text"].lower() for hit in found} == {"report"}
    assert call("search", sample, "SECURE COMMUNITIES", "--case", "--json").json == []
    assert call("search", sample, "ice", "--case", "--json").json
    assert all(hit["text"].lower() == "ice" for hit in call("search", sample, "ICE", "--words", "--json").json)


def test_nothing_found_is_no_error(call, sample):
    assert call("search", sample, "zzzz").out == "Nothing was found.\n"
    assert call("search", sample, "zzzz", "--json").json == []
    assert call("search", sample, "zzzz", "--tag", "claim").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("(", "--regex"), ["can't be read", "missing ) at character 2"]),
        (("x", "--tag", "nonsense"), ["nonsense"]),
        (("x", "--label", "nonsense"), ["nonsense"]),
        (("x", "--document", "zzz"), ["zzz"]),
        (("x", "--from", "tomorrow"), ["tomorrow", "2011-09-16"]),
        (("x", "--state", "finished"), ["finished"]),
        (("x\udcff",), ["UTF-8"]),
        (("y" * 20_000,), ["10,000"]),
    ],
)
def test_what_cannot_be_looked_for_is_told_and_nothing_changes(call, sample, arguments, words):
    before = everything(sample.parent)
    refused(call("search", sample, *arguments), 2, *words)
    assert everything(sample.parent) == before


def test_a_read_only_project_is_searched_but_not_tagged(call, sample):
    sample.chmod(0o444)
    assert len(call("search", sample, SECURE, "--json").json) == 30
    assert call("search", sample, SECURE, "--tag", "claim").code == 3
    sample.chmod(0o644)
