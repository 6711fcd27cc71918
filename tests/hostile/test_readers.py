"""Every reader over the hostile corpus: refused in words, or taken in whole and unchanged; never a traceback."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

import annotator
from annotator.errors import AnnotatorError
from annotator.project import Project
from tests.cli.conftest import Outcome
from tests.cli.conftest import call as call
from tests.endure.table import Tally
from tests.hostile import corpus

Call = Callable[..., Outcome]
PROMISE = "what comes from outside"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    annotator.new(tmp_path / "study.annotator", annotator="kim").close()
    return tmp_path / "study.annotator"


def refused(outcome: Outcome) -> None:
    """A command that was refused says why, in a line or a few, and what it is that came to grief."""
    assert outcome.code in (1, 2, 3)
    assert outcome.error.startswith("annotator: ")
    assert "Traceback" not in outcome.error
    assert len(outcome.error) < 2_000
    assert outcome.error.isprintable() or set(outcome.error) - {"\n"} == {
        each for each in outcome.error if each.isprintable()
    }


@pytest.mark.parametrize("what", corpus.ODD)
def test_odd_text_goes_in_and_out_as_it_is(what: str, project: Path, tmp_path: Path, tally: Tally) -> None:
    text = corpus.ODD[what]
    (tmp_path / "odd.txt").write_text(text, "utf-8", newline="")
    with tally(PROMISE, "odd texts go in and out as they are"), annotator.open(project, "kim") as opened:
        opened.import_file(tmp_path / "odd.txt")
        assert opened.documents.text("odd") == text
        span = opened.tag("odd", "claim", 0, len(text), note=text)
        assert (span.text, span.note) == (text, text.strip())
        opened.export(tmp_path / "out.jsonl")
        assert opened.check() == []


def test_a_line_of_ten_million_characters_is_a_document_like_any_other(project: Path, tmp_path: Path) -> None:
    text = ("word 👩\u200d💻 " * (corpus.LONG_LINE // 9 + 1))[: corpus.LONG_LINE]
    (tmp_path / "long.txt").write_text(text, "utf-8")
    with annotator.open(project, "kim") as opened:
        opened.import_file(tmp_path / "long.txt")
        span = opened.tag("long", "claim", corpus.LONG_LINE - 10, corpus.LONG_LINE)
        assert span.text == text[-10:]


@pytest.mark.parametrize("what", corpus.REFUSED)
@pytest.mark.parametrize("ending", ["txt", "csv", "tsv", "jsonl", "json"])
def test_a_file_that_is_no_text_is_refused(
    what: str, ending: str, call: Call, project: Path, tmp_path: Path, tally: Tally
) -> None:
    (tmp_path / f"in.{ending}").write_bytes(corpus.REFUSED[what])
    before = hashlib.sha256(project.read_bytes()).digest()
    with tally(PROMISE, "files that are no text: refused, the project unchanged"):
        refused(call("import", project, tmp_path / f"in.{ending}"))
        assert hashlib.sha256(project.read_bytes()).digest() == before


@pytest.mark.parametrize("what", corpus.JSON)
@pytest.mark.parametrize("ending", ["jsonl", "json"])
def test_hostile_json_is_refused_or_harmless(
    what: str, ending: str, call: Call, project: Path, tmp_path: Path, tally: Tally
) -> None:
    (tmp_path / f"in.{ending}").write_bytes(corpus.JSON[what].encode("utf-8", "surrogatepass"))
    with tally(PROMISE, "hostile JSON as documents: refused, or nothing half-done"):
        outcome = call("import", project, tmp_path / f"in.{ending}")
        if outcome.code:
            refused(outcome)
        with annotator.open(project, "kim") as opened:
            assert opened.check() == []
            assert len(opened.documents) == (0 if outcome.code else len(opened.documents))


@pytest.mark.parametrize("what", corpus.JSON)
def test_hostile_json_is_no_codebook(what: str, call: Call, project: Path, tmp_path: Path, tally: Tally) -> None:
    (tmp_path / "in.codebook.json").write_bytes(corpus.JSON[what].encode("utf-8", "surrogatepass"))
    before = project.read_bytes()
    with tally(PROMISE, "hostile JSON as a codebook: refused, the project unchanged"):
        refused(call("codebook", project, "--import", tmp_path / "in.codebook.json"))
        refused(call("new", tmp_path / "other.annotator", "--codebook", tmp_path / "in.codebook.json"))
        assert project.read_bytes() == before
        assert not (tmp_path / "other.annotator").exists()


@pytest.mark.parametrize("name", corpus.FILE_NAMES, ids=range(len(corpus.FILE_NAMES)))
def test_a_file_may_be_called_anything(name: str, project: Path, tmp_path: Path, tally: Tally) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_text(f"Words of {len(name)}.", "utf-8")
    with tally(PROMISE, "files with odd names come in"), annotator.open(project, "kim") as opened:
        (document,) = opened.import_files([folder / name]).added
        assert opened.documents.text(document.id) == f"Words of {len(name)}."
        assert not any(0xD800 <= ord(char) <= 0xDFFF for char in document.heading)
        opened.export(tmp_path / "out.jsonl")
        assert opened.check() == []


@pytest.mark.parametrize("name", corpus.FILE_NAMES, ids=range(len(corpus.FILE_NAMES)))
def test_a_project_may_be_called_anything(name: str, tmp_path: Path, tally: Tally) -> None:
    folder = tmp_path / "projects"
    folder.mkdir()
    path = folder / name.replace(".txt", ".annotator")[-240:]
    with tally(PROMISE, "projects with odd names are made, opened, backed up"):
        annotator.new(path, annotator="kim", sample=False).close()
        with annotator.open(path, "kim") as opened:
            opened.back_up()
            assert opened.check() == []
        assert sorted(each.name for each in folder.iterdir() if each.is_file()) == [path.name]


def test_every_field_takes_markup_as_text(tmp_path: Path, project: Path) -> None:
    words = corpus.markup(tmp_path / "red.png")
    with annotator.open(project, "kim") as opened:
        (tmp_path / "in.txt").write_text(words, "utf-8")
        opened.import_file(tmp_path / "in.txt")
        opened.change_document("in", title=words, outlet=words, author=words, fields={words[:40]: words})
        span = opened.tag("in", "claim", 0, len(words), note=words)
        opened.change_label("claim", guideline=words)
        opened.comment("in", words, spans=[span.id])
        _exported_as_it_was(opened, tmp_path, words)


def _exported_as_it_was(opened: Project, folder: Path, words: str) -> None:
    opened.export(folder / "out.jsonl")
    assert (folder / "out.jsonl").read_text("utf-8").count(words.replace('"', '\\"')) >= 5
    try:
        opened.export(folder / "out.csv", format="csv")
    except AnnotatorError as error:  # pragma: no cover - a message is a failure of this test
        pytest.fail(str(error))
