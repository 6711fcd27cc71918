"""`annotator document`: what is known of a document, its metadata, a corrected text, its end."""

import csv
import io

import pytest

import annotator
from annotator import paths

FIRST = "000_e6868b451969a881"
TEXT = (paths.seeds() / f"{FIRST}.txt").read_bytes().decode().replace("\r\n", "\n")


def test_a_document_is_shown_in_lines(call, sample):
    call("document", sample, FIRST, "--set", "outlet=CNN", "--set", "page=A 3")
    out = call("document", sample, FIRST).out
    assert f"id        {FIRST}" in out
    assert "outlet    CNN" in out
    assert "page      A 3" in out
    assert "characters, revision 1" in out


def test_metadata_is_set_and_taken_away_and_stands_in_the_list(call, sample):
    call("document", sample, FIRST, "--set", "title=Vote = delayed", "--set", "published=2011-9-7", "--set", "page=1")
    found = call("document", sample, FIRST, "--set", "page=", "--set", "section=Metro", "--json").json
    assert (found["meta"]["title"], found["meta"]["published"]) == ("Vote = delayed", "2011-09-07")
    assert found["meta"]["fields"] == [{"name": "section", "value": "Metro"}]
    assert call("documents", sample, "--json").json[0]["meta"] == found["meta"]
    call("undo", sample)
    assert call("documents", sample, "--json").json[0]["meta"]["fields"] == [{"name": "page", "value": "1"}]


def test_a_corrected_text_is_tried_first_and_then_made(call, sample, tmp_path):
    call("tag", sample, FIRST, "claim", 0, 20)
    call("tag", sample, FIRST, "claim", 30, 60)
    (tmp_path / "new.txt").write_text(f"Corrected. {TEXT[:30]}{TEXT[60:]}", "utf-8")
    tried = call("document", sample, FIRST, "--revise", tmp_path / "new.txt", "--dry-run")
    assert tried.out.startswith("Would make revision 2: 1 span stays, 0 get new words, 1 can’t be placed.")
    assert call("documents", sample, "--json").json[0]["length"] == len(TEXT)
    made = call("document", sample, FIRST, "--revise", tmp_path / "new.txt", "--json").json
    assert [span["how"] for span in made["spans"]] == ["moved", "unplaced"]
    shown = call("document", sample, FIRST, "--json").json
    assert [each["text"] for each in shown["unplaced"]] == [TEXT[30:60]]
    assert [each["number"] for each in shown["revisions"]] == [1]
    assert call("check", sample).code == 0


def test_a_deleted_document_comes_back(call, sample):
    call("tag", sample, FIRST, "claim", 0, 20, "--annotator", "lee")
    assert "with 1 span by lee. Bring it back: annotator undo" in call("document", sample, FIRST, "--delete").out
    assert len(call("documents", sample, "--json").json) == 4
    call("undo", sample)
    assert call("documents", sample, "--json").json[0]["id"] == FIRST


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--set", "published=17.9.2011"), "year first"),
        (("--set", "published"), "not FIELD=VALUE"),
        (("--set", "=x"), "not FIELD=VALUE"),
        (("--dry-run",), "goes with --revise"),
        (("--set", "title=x", "--delete"), "goes alone"),
        (("--revise", "nowhere.txt"), "There is no file nowhere.txt"),
        (("--revise", "x", "--delete"), "not allowed with"),
    ],
)
def test_what_is_not_allowed_changes_nothing(call, sample, arguments, message):
    before = sample.read_bytes()
    found = call("document", sample, FIRST, *arguments)
    assert (found.code, found.out) == (2, "")
    assert message in found.error
    assert sample.read_bytes() == before


def test_a_correction_that_is_no_text_is_bad_content(call, sample, tmp_path):
    (tmp_path / "new.txt").write_bytes(b"a\0b")
    found = call("document", sample, FIRST, "--revise", tmp_path / "new.txt")
    assert (found.code, "NUL" in found.error) == (1, True)


def test_spans_are_exported_as_csv(call, sample, tmp_path):
    with annotator.open(sample, "kim") as project:
        project.tag(FIRST, "claim", 0, 20, attributes={"kind": "causal"})
    said = call("export", sample, "--format", "csv").out
    data = (sample.with_suffix(".csv")).read_bytes().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(data, newline=""))
    assert (row["text"], row["claim.kind"]) == (TEXT[:20], "causal")
    assert "4 documents without spans are left out." in said
    plain = call("export", sample, "--format", "csv", "-o", tmp_path / "b.csv", "--no-bom")
    assert plain.code == 0
    assert (tmp_path / "b.csv").read_bytes().startswith(b"document,")
