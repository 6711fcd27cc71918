"""`annotator import`: what it says before, what it refuses and with which command that is answered."""

import csv

import pytest

import annotator

MOJIBAKE = "â€œHelloâ€ she said"


@pytest.fixture
def project(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call("new", "p.annotator")
    return "p.annotator"


def texts(project):
    with annotator.open(project) as opened:
        return [opened.documents.text(document.id) for document in opened.documents]


def test_an_uncertain_encoding_is_refused_with_the_command_to_type(call, project, tmp_path):
    (tmp_path / "a b.txt").write_bytes("Über die Straße".encode("cp1252"))
    outcome = call("import", project, "a b.txt")
    assert (outcome.code, outcome.out) == (1, "")
    first, second = outcome.error.splitlines()
    assert "byte 0 (0xdc) is not part of a character" in first
    assert "“Über die Straße”" in first
    assert second == "If that reads right: annotator import p.annotator 'a b.txt' --encoding cp1252"
    assert texts(project) == []
    assert call("import", project, "a b.txt", "--encoding", "Windows-1252").code == 0
    assert texts(project) == ["Über die Straße"]


def test_an_unknown_encoding_or_column_is_an_argument_that_is_not_there(call, project, tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    for arguments, words in [
        (("--encoding", "klingon"), "no encoding “klingon”"),
        (("--column", "text=c"), "no column “c”"),
        (("--column", "colour=a"), "“colour=a” is not FIELD=COLUMN"),
        (("--column", "text"), "“text” is not FIELD=COLUMN"),
    ]:
        outcome = call("import", project, "a.csv", *arguments)
        assert (outcome.code, words in outcome.error) == (2, True), outcome
    assert texts(project) == []


def test_mojibake_is_told_and_repaired_when_asked(call, project, tmp_path):
    (tmp_path / "a.txt").write_text(MOJIBAKE)
    dry = call("import", project, "a.txt", "--dry-run")
    assert "has mojibake in 2 places, such as “â€œ” for ““”: --repair-mojibake puts it right" in dry.out
    stretches = call("import", project, "a.txt", "--dry-run", "--json").json["mojibake"][0]["stretches"]
    assert [(each["text"], each["repaired"]) for each in stretches] == [("â€œ", "“"), ("â€", "”")]
    assert call("import", project, "a.txt", "--repair-mojibake").code == 0
    assert texts(project) == ["“Hello” she said"]


def test_a_table_by_its_columns(call, project, tmp_path):
    with (tmp_path / "n.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([["a", "b", "c"], ["1", "the text", "T"], ["2", "another", ""]])
    outcome = call("import", project, "n.csv")
    assert outcome.code == 1
    assert outcome.error.splitlines()[1] == "Say which: annotator import p.annotator n.csv --column text=COLUMN"
    done = call("import", project, "n.csv", "--column", "text=b", "--column", "title=c", "--json").json
    assert [document["meta"]["title"] for document in done["added"]] == ["T", None]
    assert done["added"][0]["meta"]["fields"] == [{"name": "a", "value": "1"}]
    assert done["files"][0]["columns"] == {"text": "b", "title": "c"}


def test_what_is_refused_is_told_row_by_row_and_left_out_on_purpose_only(call, project, tmp_path):
    (tmp_path / "n.csv").write_text("text,title\nfine,A\n,B\nfine,C,D\n")
    refused = call("import", project, "n.csv")
    assert refused.code == 1
    assert refused.error.splitlines() == [
        "annotator: n.csv, line 3: it has no text. So was 1 more. Nothing was imported.",
        "See all with --dry-run; --skip-bad leaves out what can’t be read.",
    ]
    dry = call("import", project, "n.csv", "--dry-run")
    assert dry.code == 1, "as the import would end"
    assert dry.out.count("Refused: n.csv, line") == 2
    assert texts(project) == []
    done = call("import", project, "n.csv", "--skip-bad")
    assert (done.code, done.out.count("Refused:"), texts(project)) == (0, 2, ["fine"])


def test_a_folder_and_its_near_duplicates(call, project, tmp_path):
    (tmp_path / "in").mkdir()
    words = " ".join(f"word{n}" for n in range(80))
    (tmp_path / "in" / "a.txt").write_text(words)
    (tmp_path / "in" / "b.txt").write_text(words.replace("word40", "other"))
    (tmp_path / "in" / "c.txt").write_text(words)
    outcome = call("import", project, "in")
    assert outcome.code == 0
    assert "b is nearly the same as a (93%)" in outcome.out
    assert "Already there, not added again: a" in outcome.out
    near = call("import", project, "in", "--dry-run", "--json").json
    assert (near["added"], len(near["present"])) == ([], 3)


def test_a_file_of_another_ending_is_read_as_it_is_told_to_be(call, project, tmp_path):
    (tmp_path / "n.dat").write_text("text\tauthor\nA\tKim\n")
    assert call("import", project, "n.dat", "--format", "csv").code == 0
    assert texts(project) == ["A"]


def test_a_file_that_is_called_a_project_and_is_none_is_refused(call, sample, tmp_path):
    (tmp_path / "bad.annotator").write_text("garbage", "utf-8")
    before = sample.read_bytes()
    outcome = call("import", sample, tmp_path / "bad.annotator")
    assert outcome.code == 1
    assert "bad.annotator is not an annotator project" in outcome.error
    assert sample.read_bytes() == before
