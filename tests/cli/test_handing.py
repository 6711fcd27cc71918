"""Documents are handed out and back, and work is taken in, on the command line."""

import json
import shlex

import pytest

import annotator

FIRST, SECOND = "000_e6868b451969a881", "001_5ea2a2bbb514308d"


@pytest.fixture
def project(sample, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return sample.name


@pytest.fixture
def kims(call, project):
    """A file that Kim got, with one span in it."""
    call("hand-out", project, "--for", "kim", "-o", "kim.annotator", "--annotator", "lead")
    call("tag", "kim.annotator", FIRST, "claim", 0, 6)
    call("status", "kim.annotator", FIRST, "done")
    return "kim.annotator"


def spans(project):
    with annotator.open(project) as opened:
        return [span.annotator for document in opened.documents for span in opened.spans(document.id)]


def test_documents_go_out_and_the_work_comes_back(call, project):
    out = call("hand-out", project, "--for", "kim", "-o", "kim.annotator", FIRST, "001").out.splitlines()
    assert out == [
        "Made kim.annotator for kim: 2 documents.",
        f"When it comes back: annotator import {project} kim.annotator",
    ]
    call("tag", "kim.annotator", FIRST, "claim", 0, 6)
    call("status", "kim.annotator", FIRST, "done")
    dry = call("import", project, "kim.annotator", "--dry-run")
    assert (dry.code, dry.out.splitlines(), spans(project)) == (
        0,
        [f"kim, {FIRST}: 1 new span, marked done"],
        [],
    )
    done = call("import", project, "kim.annotator", "--annotator", "the lead")
    assert done.out.splitlines()[-1] == f"To take it back: annotator undo {project} --annotator 'the lead'"
    assert spans(project) == ["kim"]
    assert call("import", project, "kim.annotator").out == "Nothing in kim.annotator is new here.\n"
    assert call(*shlex.split(done.out.splitlines()[-1])[5:]).code == 0
    assert spans(project) == []


def test_what_went_out_and_came_in_as_json(call, project, kims):
    out = call("hand-out", project, "--for", "lee", "-o", "lee.annotator", FIRST, "--json").json
    assert out == {
        "file": "lee.annotator",
        "annotator": "lee",
        "documents": [FIRST],
        "spans": 0,
        "relations": 0,
        "left_out": 0,
        "replaced": None,
    }
    dry = call("import", project, kims, "--dry-run", "--json").json
    [work] = dry["work"]
    assert (dry["dry_run"], dry["added"], work["kind"]) == (True, [], "project")
    [row] = [row for row in work["rows"] if row["spans"]["new"]]
    assert (row["annotator"], row["document"], row["state"]) == ("kim", FIRST, "done")
    done = call("import", project, kims, "--json").json
    assert done["work"][0]["rows"] == work["rows"]


def test_our_own_jsonl_comes_in_with_its_spans(call, project, kims, tmp_path):
    call("export", kims, "-o", "kim.jsonl")
    call("new", "other.annotator")
    (tmp_path / "text.txt").write_text("A text.")
    done = call("import", "other.annotator", "kim.jsonl", "text.txt", "--json").json
    assert len(done["added"]) == 6
    assert spans("other.annotator") == ["kim"]
    call("new", "documents.annotator")
    assert call("import", "documents.annotator", "kim.jsonl", "--format", "jsonl").code == 0
    assert spans("documents.annotator") == []


def test_a_file_that_exists_is_not_replaced_unless_forced_and_then_kept(call, project, kims):
    refused = call("hand-out", project, "--for", "kim", "-o", kims)
    assert (refused.code, "exists" in refused.error) == (2, True)
    forced = call("hand-out", project, "--for", "kim", "-o", kims, "--force").out
    kept = next(line.rpartition(" ")[2] for line in forced.splitlines() if line.startswith("What was there"))
    assert (spans(kims), spans(kept)) == ([], ["kim"])


def test_new_labels_can_be_refused(call, project, kims, tmp_path):
    (tmp_path / "more.json").write_text(json.dumps({"schema": "annotator-codebook/1", "labels": [{"name": "frame"}]}))
    call("codebook", kims, "--import", "more.json")
    call("tag", kims, FIRST, "frame", 0, 6)
    refused = call("import", project, kims, "--no-new-labels")
    assert (refused.code, "The codebook lacks the label “frame”" in refused.error, spans(project)) == (2, True, [])
    assert call("import", project, kims, "--no-new-labels", "--dry-run").code == 2
    assert "Added to the codebook: label “frame”" in call("import", project, kims).out


def test_what_is_refused_is_told_and_left_out_on_purpose_only(call, project, kims, tmp_path):
    (tmp_path / "corrected.txt").write_text("Another text altogether.")
    call("tag", kims, SECOND, "claim", 0, 6)
    call("document", project, FIRST, "--revise", "corrected.txt")
    refused = call("import", project, kims)
    assert (refused.code, spans(project)) == (1, [])
    assert "was corrected here after it was handed out" in refused.error
    assert "--skip-bad" in refused.error
    dry = call("import", project, kims, "--dry-run")
    assert (dry.code, dry.out.count("Refused: ")) == (1, 1)
    assert call("import", project, kims, "--skip-bad").code == 0
    assert spans(project) == ["kim"]


def test_one_annotators_work_alone(call, project, kims):
    call("tag", kims, FIRST, "claim", 0, 6, "--annotator", "lee")
    out = call("import", project, kims, "--of", "lee").out
    assert ("lee, " in out, "kim, " in out, spans(project)) == (True, False, ["lee"])


def test_reviewed_work_is_handed_back(call, project, kims):
    call("import", project, kims)
    back = call("hand-back", project, "--for", "kim", "-o", "back.annotator").out
    assert back.startswith("Made back.annotator for kim: 1 document, 1 span, 0 decisions, 0 comments.")
    assert call("hand-back", project, "--for", "kim", "-o", "b.annotator", "--json").json["spans"] == 1
    nobody = call("hand-back", project, "--for", "nobody", "-o", "c.annotator")
    assert (nobody.code, "has done nothing" in nobody.error) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("hand-out", "PROJECT", "-o", "x.annotator"), "--for"),
        (("hand-out", "PROJECT", "--for", "kim"), "--output"),
        (("hand-out", "PROJECT", "--for", "kim", "-o", "x.annotator", "none"), "no document “none”"),
        (("hand-out", "PROJECT", "--for", " ", "-o", "x.annotator"), "a name is one line"),
        (("hand-out", "PROJECT", "--for", "kim", "-o", "nowhere/x.annotator"), "does not exist"),
        (("hand-out", "PROJECT", "--for", "kim", "-o", "PROJECT", "--force"), "is this project itself"),
        (("import", "PROJECT", "PROJECT"), "is this project itself"),
    ],
)
def test_what_can_not_be_handed_out_or_taken_in(arguments, words, call, project, tmp_path):
    outcome = call(*(project if each == "PROJECT" else each for each in arguments))
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.error
    assert [file.name for file in tmp_path.iterdir()] == [project]


def test_a_damaged_or_newer_file_is_refused(call, project, kims, tmp_path):
    content = (tmp_path / kims).read_bytes()
    (tmp_path / "cut.annotator").write_bytes(content[:9000])
    (tmp_path / "new.annotator").write_bytes(content[:60] + (99).to_bytes(4, "big") + content[64:])
    for file, words in (("cut.annotator", "is damaged"), ("new.annotator", "newer version")):
        outcome = call("import", project, file)
        assert (outcome.code, words in outcome.error, spans(project)) == (1, True, [])
