"""What goes out: whole documents in few statements, each of one state of the project, however large they are."""

import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

import annotator
from annotator.domain.document import State
from annotator.formats import jsonl
from annotator.project import Project
from annotator.storage import document_spans, exporting

WORDS = "one two three four five six seven eight nine ten "


def study(folder: Path, documents: int) -> Project:
    """A project with so many documents; Kim and Lee have tagged in each, and Kim drawn a relation."""
    with annotator.new(folder / "study.annotator", annotator="kim", force=True) as kim:
        (folder / "texts.jsonl").write_text(
            "\n".join(json.dumps({"id": f"d{n:03}", "text": f"{n} {WORDS}"}) for n in range(documents))
        )
        kim.import_file(folder / "texts.jsonl", format="jsonl")
        claims = kim.tag_all("claim", [(f"d{n:03}", 4 * k, 4 * k + 3) for n in range(documents) for k in range(5)])
        actor = kim.tag("d001", "actor", 0, 3, note="who?")
        kim.relate(next(each for each in claims if each.document == "d001").id, "said by", actor.id)
        kim.set_state("d001", State.DONE)
    with annotator.open(folder / "study.annotator", "lee") as lee:
        lee.tag_all("quote", [(f"d{n:03}", 2, 9) for n in range(documents)])
    return annotator.open(folder / "study.annotator", "kim")


def exported(project: Project, **choice: Any) -> list[Any]:
    stream = io.StringIO()
    project.export(stream=stream, **choice)
    return [json.loads(line) for line in stream.getvalue().split("\n")[:-1]]


def asked(project: Project) -> list[str]:
    """The statements that an export sends to SQLite."""
    found: list[str] = []
    driver = project._store.connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_trace_callback(found.append)
    exported(project)
    driver.set_trace_callback(None)
    return found


def test_lines_are_the_records_that_the_scripting_interface_knows(tmp_path: Path) -> None:
    with study(tmp_path, 3) as project:
        for line, document in zip(exported(project), project.documents, strict=True):
            assert line["text"] == project.documents.text(document.id)
            assert line["spans"] == [jsonl.span_record(each) for each in project.spans(document.id)]
            assert line["relations"] == [jsonl.relation_record(each) for each in project.relations(document.id)]


def test_more_documents_take_no_more_statements_until_a_batch_is_full(tmp_path: Path) -> None:
    counts = []
    for documents in (4, 40):
        with study(tmp_path, documents) as project:
            counts.append(len(asked(project)))
    assert counts[0] == counts[1] < 40


def test_no_statement_looks_at_more_than_the_documents_of_its_batch(tmp_path: Path) -> None:
    with study(tmp_path, 4) as project:
        driver = project._store.connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        asked_for = [sql for sql in asked(project) if "count(" not in sql]  # how many there are in all
        of_documents = [sql for sql in asked_for if "FROM document" in sql]
        plans = [str(row[3]) for sql in of_documents for row in driver.execute(f"explain query plan {sql}")]
    assert len(of_documents) >= 4
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
    assert any("ix_span_document_annotator_start (document=?)" in plan for plan in plans)


@pytest.mark.parametrize("limit", ["_ROWS_AT_ONCE", "_CHARACTERS_AT_ONCE", "_DOCUMENTS_AT_ONCE"])
@pytest.mark.parametrize("size", [1, 3, 7])
def test_batches_of_any_size_and_documents_too_large_for_one_give_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, size: int
) -> None:
    with study(tmp_path, 6) as project:
        for choice in ({}, {"annotators": ["kim"]}, {"labels": ["quote"]}, {"layout": "spans"}):
            whole = exported(project, **choice)
            with monkeypatch.context() as patch:
                patch.setattr(exporting, limit, size)
                if limit == "_ROWS_AT_ONCE":
                    for name in ("_SPANS", "_RELATIONS", "_STATES"):
                        patch.setattr(exporting, name, getattr(exporting, name).limit(size + 1))
                assert exported(project, **choice) == whole
            assert len(whole) > 5


def test_a_text_corrected_while_a_large_document_is_read_is_exported_with_its_spans_as_they_are_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spans_of = document_spans.spans_of

    def corrected_meanwhile(*arguments: Any) -> Any:
        monkeypatch.setattr(document_spans, "spans_of", spans_of)
        yield from spans_of(*arguments)
        with annotator.open(tmp_path / "study.annotator", "lee") as lee:
            lee.revise("d000", f"Now: 0 {WORDS}")

    with study(tmp_path, 2) as project:
        monkeypatch.setattr(exporting, "_ROWS_AT_ONCE", 1)
        monkeypatch.setattr(document_spans, "spans_of", corrected_meanwhile)
        first = exported(project)[0]
    assert first["text"].startswith("Now: ")
    assert len(first["spans"]) == 6
    assert all(first["text"][each["start"] : each["end"]] == each["text"] for each in first["spans"])


def test_a_document_deleted_while_it_is_read_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unplaced = document_spans.unplaced

    def deleted_meanwhile(*arguments: Any) -> Any:
        monkeypatch.setattr(document_spans, "unplaced", unplaced)
        with annotator.open(tmp_path / "study.annotator", "lee") as lee:
            lee.delete_documents("d000")
        return unplaced(*arguments)

    with study(tmp_path, 2) as project:
        monkeypatch.setattr(exporting, "_ROWS_AT_ONCE", 1)
        monkeypatch.setattr(document_spans, "unplaced", deleted_meanwhile)
        assert [each["id"] for each in exported(project)] == ["d001"]
