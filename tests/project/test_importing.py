"""Importing: seen before it happens, one change, nothing twice, nothing guessed."""

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import annotator
from annotator import paths
from annotator.domain.incoming import Alike, ImportOptions, ImportPreview, Known
from annotator.errors import BadArgument, BadContent, NotFound
from annotator.formats import folders
from annotator.project import Project, importing

Write = Callable[[str, str | bytes], Path]
ARTICLE = (paths.seeds() / "002_1c8d474140b644d1.txt").read_text("utf-8")
DAMAGED = paths.seeds() / "003_503b468052d898a7.txt"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def run(name: str, content: str | bytes) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return run


def test_a_preview_changes_nothing_and_its_import_is_one_change(kim: Project, write: Write) -> None:
    history = kim.history()
    preview = kim.preview_import([write("a.txt", "A"), write("b.txt", "B")])
    assert [each.document.id for each in preview.new] == ["a", "b"]
    assert preview.clean
    assert kim.history() == history
    kim.import_preview(preview)
    assert kim.history(1)[0].name == "import 2 documents"
    assert kim.documents.text("b") == "B"
    kim.undo()
    assert len(kim.documents) == 2
    kim.redo()
    assert kim.documents.text("b") == "B"


def test_a_folder_is_walked_and_what_can_not_be_read_is_passed_over_and_told(kim: Project, write: Write) -> None:
    write("sub/deep/a.txt", "A")
    write("b.md", "B")
    write("c.pdf", "%PDF")
    write("noending", "x")
    write(".hidden.txt", "secret")
    write(".git/config.txt", "secret")
    write("d.codebook.json", "{}")
    folder = write("e.csv", "text,title\nE,Title\n").parent
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    preview = kim.preview_import([folder])
    assert [each.stored for each in preview.new] == ["B", "E", "A"]
    (note,) = preview.notes
    assert "1 .pdf" in note
    assert "1 without an ending" in note


def test_a_folder_with_nothing_in_it_and_one_with_too_much_are_told(
    kim: Project, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadArgument, match="no file in the folder"):
        kim.preview_import([tmp_path / "empty"])
    monkeypatch.setattr(folders, "MOST_FILES", 2)
    folder = next(iter([write(f"{n}.txt", str(n)) for n in range(3)])).parent
    with pytest.raises(BadArgument, match="over 2 files"):
        kim.preview_import([folder])
    monkeypatch.setattr(importing, "MOST_DOCUMENTS", 2)
    with pytest.raises(BadArgument, match="over 2 documents"):
        kim.preview_import([write("many.csv", "text\na\nb\nc\n")])


def test_an_encoding_that_is_only_likely_keeps_everything_out_until_it_is_named(kim: Project, write: Write) -> None:
    files = [write("a.txt", "A"), write("old.txt", "Straße".encode("cp1252")), write("new.txt", "Straße — neu")]
    preview = kim.preview_import(files)
    (asked,) = preview.uncertain
    assert (asked.needs, asked.name) == ("encoding", "old.txt")
    with pytest.raises(BadContent, match=r"old\.txt.*cp1252"):
        kim.import_preview(preview)
    assert len(kim.documents) == 2
    named = kim.preview_import(files, ImportOptions(encoding="cp1252"))
    assert [source.encoding.how for source in named.sources if source.encoding] == [Known.UTF8, Known.NAMED, Known.UTF8]
    forced = kim.preview_import(files, ImportOptions(encodings={str(files[1]): "cp1250", str(files[0]): "cp1252"}))
    assert forced.uncertain == ()
    assert [each.stored for each in named.new] == ["A", "Straße", "Straße — neu"]
    kim.import_preview(named)
    assert kim.documents.text("old") == "Straße"


def test_mojibake_is_repaired_only_where_that_is_asked_for(kim: Project) -> None:
    preview = kim.preview_import([DAMAGED])
    (each,) = preview.new
    assert each.mojibake is not None
    assert not preview.clean
    assert not each.repaired
    report = kim.import_preview(preview, repair={each.key})
    (document,) = report.added
    text = kim.documents.text(document.id)
    assert (report.repaired, document.length) == (1, len(text))
    assert text.rstrip().endswith("interpretations”")
    assert kim.check() == []
    kim.undo()
    kim.import_preview(preview)
    assert kim.documents.text(document.id) == DAMAGED.read_bytes().decode().replace("\r\n", "\n")
    assert kim.import_files([DAMAGED], repair=True).repaired == 1, "the repaired text is another text"


def test_the_sample_project_is_not_repaired(tmp_path: Path) -> None:
    with annotator.new(tmp_path / "s.annotator", sample=True) as project:
        stored = project.documents.text("003_503b468052d898a7")
        assert stored.encode() == DAMAGED.read_bytes()


def test_what_is_there_already_or_twice_in_the_import_is_named_and_not_added(kim: Project, write: Write) -> None:
    one = kim.documents.text("one")
    preview = kim.preview_import([write("a.txt", one), write("b.txt", "B"), write("c.txt", "B\r\n".strip() + "")])
    assert [(each.same and each.same.id, each.same_in_batch) for each in preview.incoming] == [
        ("one", False),
        (None, False),
        ("b", True),
    ]
    report = kim.import_preview(preview)
    assert [document.id for document in report.present] == ["one", "b"]
    assert kim.import_preview(preview).added == (), "a second time it adds nothing"


def test_near_duplicates_are_pointed_out_in_the_project_and_in_the_import(kim: Project, write: Write) -> None:
    kim.import_files([write("article.txt", ARTICLE)])
    changed, part = ARTICLE.replace("report", "paper"), ARTICLE[200:900]
    preview = kim.preview_import([write("changed.txt", changed), write("part.txt", part), write("other.txt", "Other")])
    first, second, third = preview.incoming
    assert [(near.id, near.how, near.in_batch) for near in first.near] == [("article", Alike.SAME, False)]
    assert {(near.id, near.how, near.in_batch) for near in second.near} == {
        ("article", Alike.PART, False),
        ("changed", Alike.PART, True),
    }
    assert third.near == ()
    assert not preview.clean
    assert len(kim.import_preview(preview).added) == 3, "they are pointed out, not kept out"


def test_the_seed_articles_are_not_taken_for_each_other(tmp_path: Path) -> None:
    with annotator.new(tmp_path / "s.annotator") as project:
        preview = project.preview_import([paths.seeds()])
        articles = [each for each in preview.incoming if each.path.endswith(".txt")]
        assert len(articles) == 5
        assert [each.near for each in articles] == [()] * 5


def test_one_bad_row_keeps_all_out_unless_it_is_left_out_on_purpose(kim: Project, write: Write) -> None:
    file = write("news.csv", "text,title\nfine,A\n,B\nfine too,C\n")
    with pytest.raises(BadContent, match=r"news\.csv, line 3: it has no text\. Nothing was imported"):
        kim.import_files([file])
    assert len(kim.documents) == 2
    report = kim.import_files([file], skip_bad=True)
    assert [document.title for document in report.added] == ["A", "C"]
    assert [(each.line, each.reason) for each in report.refused] == [(3, "it has no text.")]


def test_a_row_keeps_its_id_and_one_that_another_document_has_is_refused(kim: Project, write: Write) -> None:
    report = kim.import_files([write("a.csv", "id,text,page\nx-1,A,A 3\nx-2,B,\n")])
    assert [document.id for document in report.added] == ["x-1", "x-2"]
    assert kim.documents.get("x-1").fields == (("page", "A 3"),)
    other = write("b.csv", "id,text\nx-1,another text\nx-3,C\nx-3,D\n")
    preview = kim.preview_import([other])
    assert [each.line for each in preview.refused] == [2, 4]
    assert "its id “x-1” is another document’s" in preview.refused[0].reason
    assert len(kim.import_files([other], columns={"id": ""}).added) == 3


def test_an_export_comes_in_again_with_everything_known_of_its_documents(
    kim: Project, write: Write, tmp_path: Path
) -> None:
    kim.import_files([write("n.csv", "text,headline,date,section\nwords here,Head,17 May 2011,Metro\n")])
    kim.set_document_note("one", "a note")
    kim.tag("one", "claim", 0, 3)
    kim.export(tmp_path / "out.jsonl")
    with annotator.new(tmp_path / "other.annotator", annotator="kim") as other:
        report = other.import_files([tmp_path / "out.jsonl"])
        assert any("1 span is not: “Take work back” brings that too" in note for note in report.notes)
        kept = ("id", "title", "published", "source_file", "text_sha256", "note", "fields")
        found = [[getattr(each, name) for name in kept] for each in other.documents]
        assert found == [[getattr(each, name) for name in kept] for each in kim.documents]
        assert other.import_files([tmp_path / "out.jsonl"]).added == ()
        assert other.check() == []


def test_each_document_of_a_preview_has_a_key_of_its_own(kim: Project, write: Write) -> None:
    listed = write("a.json", json.dumps([{"text": f"cafÃ© {n}"} for n in range(3)]))
    preview = kim.preview_import([listed, write("b.txt", "B"), write("b.txt", "B")])
    assert len({each.key for each in preview.incoming}) == len(preview.incoming) == 5
    kim.import_preview(preview, repair={preview.incoming[1].key})
    assert [kim.documents.text(f"a-{n}") for n in (1, 2, 3)] == ["cafÃ© 0", "café 1", "cafÃ© 2"]


def test_a_pasted_text_is_a_document_with_a_title_or_without(kim: Project) -> None:
    (first,) = kim.import_text("Some words\r\nof a page", "A title").added
    (second,) = kim.import_text("Other words").added
    assert (first.title, kim.documents.text(first.id)) == ("A title", "Some words\nof a page")
    assert (second.heading, second.source_file) == ("“Other words”", None)
    assert kim.import_text("Other words").added == ()
    for bad in ("", " \n", "a\0b", "half \ud83d"):
        with pytest.raises(BadContent):
            kim.import_text(bad)
    with pytest.raises(BadArgument, match="NUL"):
        kim.import_text("fine", "a\0b")


def test_what_another_program_added_between_preview_and_import_is_not_added_twice(
    kim: Project, lee: Project, write: Write
) -> None:
    preview = kim.preview_import([write("a.txt", "A"), write("b.txt", "B")])
    lee.import_text("A")
    lee.import_files([write("else/b.txt", "another B")])
    report = kim.import_preview(preview)
    assert [document.id for document in report.added] == ["b-2"]
    assert [document.id for document in report.present] == ["pasted"]


def test_the_steps_of_a_preview_count_and_end_with_it(kim: Project, write: Write) -> None:
    file = write("a.jsonl", "\n".join(json.dumps({"text": f"text {n}"}) for n in range(50)))
    *counts, preview = kim.preview_import_steps([file])
    assert isinstance(preview, ImportPreview)
    numbers = [count for count in counts if isinstance(count, int)]
    assert max(numbers) == 50
    assert len(numbers) > 50


def test_a_large_table_comes_in_whole_and_is_taken_back_whole(kim: Project, write: Write, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "text"])
        writer.writerows([f"d{n}", f"text number {n} " * 20] for n in range(1200))
    assert len(kim.import_files([path]).added) == 1200
    assert [document.id for document in kim.documents][2:] == [f"d{n}" for n in range(1200)]
    kim.undo()
    assert len(kim.documents) == 2


def test_a_file_or_format_that_is_not_there_is_named(kim: Project, write: Write) -> None:
    with pytest.raises(NotFound, match=r"none\.txt"):
        kim.preview_import([write("a.txt", "A"), "none.txt"])
    with pytest.raises(NotFound, match="xml"):
        kim.preview_import([write("a.txt", "A")], ImportOptions(format="xml"))
