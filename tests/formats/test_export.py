"""Export to files: all of them or none, and nothing is replaced unasked."""

import errno
import io
import json
import os
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.default_codebook import DEFAULT
from annotator.domain.document import AnnotatorState, State
from annotator.errors import BadArgument, BadContent, EnvironmentFailed, NotFound
from annotator.formats import codebook_json, export
from tests.formats.builders import annotated, relation, rows, span

TEXT = "Some text here."
ANNOTATED = annotated(TEXT, span(TEXT, (0, 4)), span(TEXT, (0, 4), (5, 9), id="s2"), title="T")
PLAIN = annotated("Nothing here.", id="d2", states=(AnnotatorState("kim", State.DONE),))


def write(target, *documents, **options):
    return export.write_files(iter(documents), DEFAULT, target, **options)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_codebook_lies_beside_the_data(tmp_path):
    report = write(tmp_path / "study.jsonl", ANNOTATED, PLAIN)
    assert names(tmp_path) == ["study.codebook.json", "study.jsonl"]
    assert [row["id"] for row in rows(tmp_path / "study.jsonl")] == ["d1", "d2"]
    assert codebook_json.read(tmp_path / "study.codebook.json") == DEFAULT
    assert (report.documents, report.spans, len(report.losses)) == (2, 2, 0)
    assert [path.name for path in report.files] == ["study.jsonl", "study.codebook.json"]


def test_a_dataset_card_lies_there_when_asked_for(tmp_path):
    report = write(tmp_path / "study.jsonl", ANNOTATED, dataset_card=True)
    assert names(tmp_path) == ["README.md", "study.codebook.json", "study.jsonl"]
    assert report.files[-1].name == "README.md"


def test_an_export_of_nothing_is_an_empty_file_and_says_so(tmp_path):
    report = write(tmp_path / "a.jsonl", PLAIN, layout="spans", dataset_card=True)
    assert (tmp_path / "a.jsonl").read_bytes() == b""
    assert "`datasets` loads no empty file" in report.losses.sentences[-1]


def test_the_layout_of_spans_says_what_it_leaves_out(tmp_path):
    report = write(tmp_path / "a.jsonl", ANNOTATED, PLAIN, layout="spans")
    assert [row["id"] for row in rows(tmp_path / "a.jsonl")] == ["s2", "s1"]
    assert report.losses.sentences == (
        "1 document without spans is left out.",
        "1 document’s state is left out.",
        "1 span has several fragments; the text between them is left out.",
    )


def test_the_layout_of_spans_counts_the_notes_on_documents_that_it_leaves_out(tmp_path):
    noted = replace(ANNOTATED, document=replace(ANNOTATED.document, note="n"))
    report = write(tmp_path / "a.jsonl", noted, layout="spans")
    assert "1 document’s note is left out." in report.losses.sentences
    assert not write(tmp_path / "b.jsonl", noted).losses


def test_the_layout_of_spans_leaves_relations_out_and_the_other_counts_them(tmp_path):
    related = replace(ANNOTATED, relations=(relation("s1", "s2"), relation("s2", "s1", id="r2")))
    report = write(tmp_path / "a.jsonl", related, layout="spans")
    assert "2 relations are left out." in report.losses.sentences
    report = write(tmp_path / "b.jsonl", related, dataset_card=True)
    assert (report.relations, report.losses.sentences) == (2, ())
    assert "- 1 document, 2 spans, 2 relations\n" in (tmp_path / "README.md").read_text("utf-8")


def test_a_stream_gets_the_same_bytes_as_a_file(tmp_path):
    stream = io.StringIO()
    report = export.write_stream([ANNOTATED, PLAIN], stream)
    write(tmp_path / "a.jsonl", ANNOTATED, PLAIN)
    assert stream.getvalue().encode() == (tmp_path / "a.jsonl").read_bytes()
    assert [loss.what for loss in report.losses] == ["codebook"]


def test_the_count_of_written_documents_is_told(tmp_path):
    told: list[int] = []
    write(tmp_path / "a.jsonl", ANNOTATED, PLAIN, progress=told.append)
    assert told == [1, 2]


@pytest.mark.parametrize("existing", ["a.jsonl", "a.codebook.json", "README.md"])
def test_a_file_that_exists_is_kept_unless_forced(tmp_path, existing):
    (tmp_path / existing).write_text("mine")
    with pytest.raises(BadArgument, match=f"{existing} exists already"):
        write(tmp_path / "a.jsonl", ANNOTATED, dataset_card=True)
    assert names(tmp_path) == [existing]
    assert (tmp_path / existing).read_text() == "mine"
    write(tmp_path / "a.jsonl", ANNOTATED, dataset_card=True, force=True)
    assert names(tmp_path) == ["README.md", "a.codebook.json", "a.jsonl"]
    assert (tmp_path / existing).read_text() != "mine"


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "real.jsonl").write_text("old")
    (tmp_path / "a.jsonl").symlink_to("real.jsonl")
    write(tmp_path / "a.jsonl", ANNOTATED, force=True)
    assert (tmp_path / "a.jsonl").is_symlink()
    assert rows(tmp_path / "real.jsonl")[0]["id"] == "d1"


@pytest.mark.parametrize(
    ("target", "error", "message"),
    [
        ("folder", BadArgument, "is a folder"),
        ("none/a.jsonl", BadArgument, "There is no folder"),
        ("file/a.jsonl", (BadArgument, EnvironmentFailed), "file"),
        ("study.annotator", BadArgument, "name of a project"),
        ("other.db", BadArgument, "name of a project"),
        ("x" * 300, BadArgument, "too long"),
        ("a\0.jsonl", BadArgument, "can’t be the name"),
        ("README.md", BadArgument, r"must end in \.jsonl"),
        ("data.txt", BadArgument, r"must end in \.jsonl"),
        ("/dev/null", BadArgument, "not an ordinary file"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_before_anything_is_read(tmp_path, target, error, message):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    (tmp_path / "other.db").write_text("x")

    unread = iter([ANNOTATED])
    before = names(tmp_path)
    with pytest.raises(error, match=message):
        export.write_files(
            unread,
            DEFAULT,
            tmp_path / target,
            dataset_card=target in ("README.md", "data.txt"),
            force=True,
            project=tmp_path / "other.db",
        )
    assert next(unread) is ANNOTATED
    assert names(tmp_path) == before


def test_an_unknown_format_or_layout_is_named_with_the_known_ones(tmp_path):
    with pytest.raises(NotFound, match="Known formats: jsonl, "):
        write(tmp_path / "a", format="xml")
    with pytest.raises(NotFound, match="documents, spans"):
        write(tmp_path / "a", layout="tree")
    with pytest.raises(NotFound, match="imported but not exported"):
        write(tmp_path / "a", format="text")


def test_an_export_that_fails_in_the_middle_leaves_everything_as_it_was(tmp_path):
    write(tmp_path / "a.jsonl", PLAIN)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def documents():
        yield ANNOTATED
        raise BadContent("damaged")

    for force, target in ((True, "a.jsonl"), (False, "b.jsonl")):
        with pytest.raises(BadContent, match="damaged"):
            export.write_files(documents(), DEFAULT, tmp_path / target, force=force)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_full_disk_is_told_and_nothing_is_left(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentFailed, match="disk is full"):
        write(tmp_path / "a.jsonl", ANNOTATED)
    assert names(tmp_path) == []


def test_a_folder_that_takes_no_files_is_told():
    with pytest.raises(EnvironmentFailed, match=r"/proc/a\.jsonl can’t be written"):
        write(Path("/proc/a.jsonl"), ANNOTATED)


def test_a_file_that_appears_while_we_write_is_kept(tmp_path):
    def documents():
        yield ANNOTATED
        (tmp_path / "a.jsonl").write_text("mine")

    with pytest.raises(BadArgument, match="exists already"):
        export.write_files(documents(), DEFAULT, tmp_path / "a.jsonl")
    assert names(tmp_path) == ["a.jsonl"]
    assert (tmp_path / "a.jsonl").read_text() == "mine"


def test_memory_does_not_grow_with_the_corpus(tmp_path):
    text = "word " * 20_000
    document = annotated(text, span(text, (0, 4)))

    def peak(count):
        tracemalloc.start()
        write(tmp_path / f"{count}.jsonl", *[document] * count)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(60) < peak(3) * 1.5
    assert json.loads((tmp_path / "3.jsonl").read_text().splitlines()[0])["id"] == "d1"


def test_a_second_export_of_one_name_leaves_the_codebook_that_is_there_already(tmp_path):
    write(tmp_path / "out.jsonl", ANNOTATED)
    before = (tmp_path / "out.codebook.json").stat().st_ino
    report = write(tmp_path / "out.csv", ANNOTATED, format="csv")
    assert [path.name for path in report.files] == ["out.csv"]
    assert (tmp_path / "out.codebook.json").stat().st_ino == before
    (tmp_path / "out.codebook.json").write_text("{}", "utf-8")
    with pytest.raises(BadArgument, match=r"out\.codebook\.json exists already"):
        write(tmp_path / "out.ndjson", ANNOTATED)
