"""Each command does its work on a real project and prints it for people or as JSON."""

import json

import pytest

import annotator
from annotator import paths
from annotator.domain.default_codebook import DEFAULT

FIRST = "000_e6868b451969a881"
TEXT = (paths.seeds() / f"{FIRST}.txt").read_bytes().decode().replace("\r\n", "\n")


def lines(path):
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def test_new_makes_a_project_with_the_default_codebook(call, tmp_path):
    found = call("new", tmp_path / "a.annotator", "--json").json
    assert found["labels"] == ["claim", "quote", "actor", "policy recommendation"]
    assert found["documents"] == 0


def test_new_with_the_sample_holds_the_five_articles(call, tmp_path):
    call("new", tmp_path / "a.annotator", "--sample")
    assert [row["id"][:4] for row in call("documents", tmp_path / "a.annotator", "--json").json] == [
        "000_",
        "001_",
        "002_",
        "003_",
        "004_",
    ]


def test_new_takes_the_labels_of_a_codebook_that_was_exported(call, sample, tmp_path):
    assert call("codebook", sample, "--export", tmp_path / "c.json").code == 0
    call("new", tmp_path / "b.annotator", "--codebook", tmp_path / "c.json")
    with annotator.open(tmp_path / "b.annotator") as project:
        assert project.codebook == DEFAULT


def test_documents_are_listed_in_columns(call, sample):
    call("tag", sample, FIRST, "claim", 0, 6, "--annotator", "kim")
    head, first, *_ = call("documents", sample, "--annotator", "kim").out.splitlines()
    assert head.split() == ["ID", "SPANS", "STATE", "DOCUMENT"]
    assert first.split()[:3] == [FIRST, "1", "in-progress"]
    assert first.index("in-progress") == head.index("STATE")


def test_an_empty_project_says_how_to_go_on(call, tmp_path):
    call("new", tmp_path / "a.annotator")
    assert "annotator import" in call("documents", tmp_path / "a.annotator").out


def test_import_adds_files_once(call, tmp_path):
    project = tmp_path / "a.annotator"
    call("new", project)
    (tmp_path / "a.txt").write_bytes(b"One\r\ntext")
    (tmp_path / "b.txt").write_bytes(b"Another")
    dry = call("import", project, tmp_path / "a.txt", tmp_path / "b.txt", "--dry-run", "--json").json
    assert [each["meta"]["source_file"] for each in dry["added"]] == ["a.txt", "b.txt"]
    assert call("documents", project, "--json").json == []
    assert call("import", project, tmp_path / "a.txt", tmp_path / "b.txt").out.count("Added") == 2
    again = call("import", project, tmp_path / "a.txt", "--json").json
    assert (len(again["added"]), len(again["present"])) == (0, 1)
    with annotator.open(project) as opened:
        assert opened.documents.text(opened.documents.find("a.txt").id) == "One\ntext"


def test_an_import_with_one_bad_file_adds_none(call, tmp_path):
    project = tmp_path / "a.annotator"
    call("new", project)
    (tmp_path / "a.txt").write_text("Good")
    (tmp_path / "b.txt").write_bytes(b"bad \xff")
    outcome = call("import", project, tmp_path / "a.txt", tmp_path / "b.txt")
    assert outcome.code == 1
    assert "b.txt" in outcome.error
    assert call("documents", project, "--json").json == []


def test_an_import_of_several_files_is_undone_in_one_step(call, tmp_path):
    project = tmp_path / "a.annotator"
    call("new", project)
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(name)
    call("import", project, tmp_path / "a.txt", tmp_path / "b.txt")
    assert call("undo", project).code == 0
    assert call("documents", project, "--json").json == []


@pytest.mark.parametrize("name", [FIRST, "000", f"{FIRST}.txt"])
def test_tag_finds_the_document_by_id_beginning_or_file_name(call, sample, name):
    span = call("tag", sample, name, "policy recommendation", 12, 30, "--json").json
    assert (span["document"], span["start"], span["end"]) == (FIRST, 12, 30)
    assert span["text"] == TEXT[12:30]


def test_tag_prints_the_id_and_the_exact_text_without_snapping(call, sample):
    printed = call("tag", sample, FIRST, "claim", 1, 9).out
    span = call("untag", sample, printed.split()[0][:8], "--json").json
    assert printed == f"{span['id']}  “{TEXT[1:9]}”\n"


def test_a_tag_has_its_annotator_and_note(call, sample):
    call("tag", sample, FIRST, "claim", 0, 6, "--annotator", "ann", "--note", "see p. 2")
    call("export", sample)
    span = lines(sample.with_suffix(".jsonl"))[0]["spans"][0]
    assert (span["annotator"], span["note"]) == ("ann", "see p. 2")


@pytest.fixture
def quote_and_actor(call, sample):
    """The ids of a quote and an actor of Kim's."""
    labels = ("quote", 0, 6), ("actor", 7, 20)
    return [call("tag", sample, FIRST, *each, "--annotator", "kim", "--json").json["id"] for each in labels]


def test_a_relation_is_drawn_exported_and_deleted(call, sample, quote_and_actor, tmp_path):
    quote, actor = quote_and_actor
    made = call("relate", sample, quote[:8], "said by", actor[:8], "--annotator", "kim", "--json").json
    assert (made["document"], made["type"], made["from"], made["to"]) == (FIRST, "said by", quote, actor)
    again = call("relate", sample, quote, "said by", actor, "--annotator", "kim")
    assert again.out == f"{made['id']}  “{TEXT[:6]}” said by “{TEXT[7:20]}”\n"
    out = tmp_path / "o.jsonl"
    report = call("export", sample, "-o", out, "--json").json
    assert report["relations"] == 1
    told = call("export", sample, "-o", out, "--force").out
    assert told.startswith("Wrote 5 documents, 2 spans and 1 relation to ")
    assert lines(out)[0]["relations"] == [{name: made[name] for name in made if name != "document"}]
    deleted = call("unrelate", sample, made["id"][:8], "--annotator", "kim").out
    assert deleted.startswith(f"Deleted “{TEXT[:6]}” said by “{TEXT[7:20]}”.")
    assert call("undo", sample, "--annotator", "kim", "--json").json["name"] == "delete relation said by"
    assert call("check", sample).code == 0


def test_an_export_keeps_a_relation_only_with_both_its_spans(call, sample, quote_and_actor, tmp_path):
    call("relate", sample, quote_and_actor[0], "said by", quote_and_actor[1], "--annotator", "ann")
    out = tmp_path / "o.jsonl"
    kept = {}
    for filters in ((), ("--label", "quote"), ("--annotator", "kim"), ("--annotator", "kim", "--annotator", "ann")):
        call("export", sample, "-o", out, "--force", *filters)
        kept[filters] = len(lines(out)[0]["relations"])
    assert list(kept.values()) == [1, 0, 0, 1]


def test_undo_and_redo_walk_over_the_changes_of_one_annotator(call, sample):
    call("tag", sample, FIRST, "claim", 0, 6, "--annotator", "kim")
    call("tag", sample, FIRST, "quote", 0, 6, "--annotator", "ann")
    assert "tag claim" in call("undo", sample, "--annotator", "kim").out
    assert call("redo", sample, "--annotator", "kim", "--json").json["name"] == "tag claim"
    assert [each["name"] for each in call("history", sample, "--json").json] == [
        "tag claim",
        "tag claim",
        "tag quote",
        "tag claim",
    ]


def test_history_is_newest_first_with_number_time_annotator_and_title(call, sample):
    call("tag", sample, FIRST, "claim", 0, 6, "--annotator", "kim")
    call("undo", sample, "--annotator", "kim")
    first, second = call("history", sample).out.splitlines()
    assert first.split()[0] == "2"
    assert first.endswith("kim  undo tag claim")
    assert second.endswith("kim  tag claim")
    assert call("history", sample, "--limit", 1).out.splitlines() == [first]


def test_status_is_kept_for_one_annotator(call, sample):
    assert call("status", sample, FIRST, "done", "--annotator", "kim").code == 0
    assert call("documents", sample, "--annotator", "kim", "--json").json[0]["state"] == "done"
    assert call("documents", sample, "--annotator", "ann", "--json").json[0]["state"] == "todo"


def test_check_says_that_all_is_well(call, sample):
    assert call("check", sample).out.startswith("All is well: 5 documents")
    assert call("check", sample, "--json").json == {"well": True, "problems": []}


def test_export_writes_beside_the_project(call, sample):
    call("tag", sample, FIRST, "claim", 0, 6)
    report = call("export", sample, "--json").json
    assert report["files"] == [str(sample.with_suffix(".jsonl")), str(sample.with_suffix(".codebook.json"))]
    assert (report["documents"], report["spans"], report["losses"]) == (5, 1, [])
    assert len(lines(sample.with_suffix(".jsonl"))) == 5


def test_export_to_standard_output_gives_the_bytes_of_the_file(call, sample):
    call("tag", sample, FIRST, "claim", 0, 6)
    call("export", sample)
    outcome = call("export", sample, "-o", "-")
    assert outcome.out.encode() == sample.with_suffix(".jsonl").read_bytes()
    assert "codebook" in outcome.error


def test_export_keeps_what_the_filters_name(call, sample, tmp_path):
    call("tag", sample, FIRST, "claim", 0, 6, "--annotator", "kim")
    call("tag", sample, FIRST, "quote", 0, 6, "--annotator", "kim")
    call("tag", sample, FIRST, "claim", 0, 6, "--annotator", "ann")
    call("status", sample, "001", "done", "--annotator", "kim")
    out = tmp_path / "o.jsonl"
    call("export", sample, "-o", out, "--annotator", "kim", "--label", "claim")
    assert [(span["annotator"], span["label"]) for row in lines(out) for span in row["spans"]] == [("kim", "claim")]
    call("export", sample, "-o", out, "--state", "done", "--force")
    assert [row["id"][:3] for row in lines(out)] == ["001"]


def test_export_of_spans_with_a_dataset_card(call, sample, tmp_path):
    call("tag", sample, FIRST, "claim", 0, 6)
    (tmp_path / "d").mkdir()
    outcome = call("export", sample, "-o", tmp_path / "d" / "o.jsonl", "--layout", "spans", "--dataset-card")
    assert "4 documents without spans are left out." in outcome.out
    assert [row["text"] for row in lines(tmp_path / "d" / "o.jsonl")] == [TEXT[:6]]
    assert (tmp_path / "d" / "README.md").exists()


def test_codebook_shows_labels_with_their_keys(call, sample):
    assert "4  policy recommendation (P, #86196A, dash line)" in call("codebook", sample).out
    assert call("codebook", sample, "--json").json["schema"] == "annotator-codebook/1"


def test_formats_say_what_they_lose(call):
    assert "The history of changes stays in the project." in call("formats").out
    assert {each["name"] for each in call("formats", "--json").json} >= {"jsonl", "text", "csv", "json"}


def test_new_makes_the_sample_with_the_work_of_two_made_up_annotators(call, tmp_path):
    said = call("new", tmp_path / "example.annotator", "--example").out
    assert "It has 273 spans by Ana Ruiz and Ben Okafor, who are made up." in said
    made = call("new", tmp_path / "again.annotator", "--example", "--json").json
    assert (made["documents"], made["spans"], made["annotators"]) == (5, 273, ["Ana Ruiz", "Ben Okafor"])
    assert "unanimous" in call("review", tmp_path / "example.annotator", "queue").out
