"""Taking much work in: documents are asked for together, and what was previewed is carried out without another look."""

import json
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import annotator
from annotator.errors import EnvironmentFailed
from annotator.project import Project
from annotator.storage import listing, taking, work_here
from tests.project.snapshots import snapshot

WORDS = "one two three four five six seven eight nine ten "


@pytest.fixture
def study(tmp_path: Path) -> Callable[[int], Path]:
    """Makes our JSONL of so many documents; Kim and Lee have tagged in each, and Kim drawn a relation."""

    def make(documents: int) -> Path:
        lines = tmp_path / f"texts-{documents}.jsonl"
        lines.write_text("\n".join(json.dumps({"id": f"d{n:03}", "text": f"{n} {WORDS}"}) for n in range(documents)))
        with annotator.new(tmp_path / f"{documents}.annotator", annotator="kim", force=True) as kim:
            kim.import_file(lines, format="jsonl")
            claims = kim.tag_all("claim", [(f"d{n:03}", 4 * k, 4 * k + 3) for n in range(documents) for k in range(5)])
            actor = kim.tag("d001", "actor", 0, 3, note="who?")
            kim.relate(next(each for each in claims if each.document == "d001").id, "said by", actor.id)
        with annotator.open(tmp_path / f"{documents}.annotator", "lee") as lee:
            lee.tag_all("quote", [(f"d{n:03}", 2, 9) for n in range(documents)])
            lee.export(tmp_path / f"work-{documents}.jsonl", force=True)
        return tmp_path / f"work-{documents}.jsonl"

    return make


def asked(project: Project, action: Callable[[], object]) -> list[str]:
    """The statements that go to SQLite meanwhile."""
    found: list[str] = []
    driver = project._store.connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_trace_callback(found.append)
    action()
    driver.set_trace_callback(None)
    return found


def there(project: Project) -> dict[str, object]:
    """What the project holds, but for when its documents came in."""
    return {**snapshot(project), "people": project.annotators()}


@pytest.mark.parametrize("again", [False, True], ids=["new documents", "documents that are here"])
def test_more_documents_are_asked_for_in_no_more_statements(study, tmp_path: Path, again: bool) -> None:
    counts = []
    for documents in (4, 40):
        lines = study(documents)
        with annotator.new(tmp_path / "new.annotator", annotator="ann", force=True) as project:
            if again:
                project.take_work(lines)
            counts.append(len(asked(project, partial(project.preview_work, lines))))
    assert counts[0] == counts[1] < 40


def test_a_preview_is_carried_out_as_it_is_where_nothing_was_written_since(study, tmp_path: Path) -> None:
    lines = study(4)
    with annotator.new(tmp_path / "new.annotator", annotator="ann") as project:
        preview = project.preview_work(lines)
        statements = asked(project, lambda: project.take_work(preview))
        carried_out = there(project)
        assert len(statements) > 5
        assert not any("(document.position, document.id) >" in sql for sql in statements)  # the list of documents
    with annotator.new(tmp_path / "other.annotator", annotator="ann") as project:
        project.take_work(lines)
        assert carried_out == there(project)
        assert carried_out["people"] == ["ann", "kim", "lee"]
        assert project.check() == []


@pytest.mark.parametrize("who", ["kim", "lee", "ann"])
def test_whoever_takes_their_own_work_into_a_new_project_stays_one_person(study, tmp_path: Path, who: str) -> None:
    lines = study(2)
    with annotator.new(tmp_path / "new.annotator", annotator=who) as project:
        project.take_work(project.preview_work(lines))
        assert project.annotators() == sorted({"kim", "lee", who})
        assert {span.annotator for span in project.spans("d001")} == {"kim", "lee"}
        assert project.check() == []
        project.undo()
        assert len(project.documents) == 0
        project.redo()
        assert len(project.spans("d001")) == 7


@pytest.mark.parametrize("writer", ["this program", "another program"])
def test_a_preview_is_made_anew_where_something_was_written_since(study, tmp_path: Path, writer: str) -> None:
    lines, file = study(3), tmp_path / "new.annotator"
    with annotator.new(file, annotator="ann") as project:
        project.take_work(lines)
        span = project.spans("d001", annotators=["kim"])[0]
        project.undo()
        preview = project.preview_work(lines)
        if writer == "this program":
            project.redo()
        else:
            with annotator.open(file, "ann") as other:
                other.redo()
        done = project.take_work(preview)
        assert done.empty
        assert [each.id for each in project.spans("d001")].count(span.id) == 1
        assert project.check() == []


def test_a_preview_whose_writing_failed_at_its_end_can_be_tried_again(
    study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise EnvironmentFailed("The disk is full.")

    with annotator.new(tmp_path / "new.annotator", annotator="kim") as project:
        preview = project.preview_work(study(2))
        with monkeypatch.context() as patch:
            patch.setattr(taking, "mark", full)
            with pytest.raises(EnvironmentFailed):
                project.take_work(preview)
        assert len(project.documents) == 0
        project.take_work(preview)
        assert project.annotators() == ["kim", "lee"]
        assert project.check() == []


@pytest.mark.parametrize("size", [1, 3, 100])
def test_groups_of_any_size_come_to_the_same(study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    lines = study(5)
    monkeypatch.setattr(work_here, "_AT_ONCE", size)
    with annotator.new(tmp_path / "new.annotator", annotator="ann") as project:
        assert sum(row.spans.new for row in project.take_work(lines).rows) == 31
        assert project.preview_work(lines).empty
        assert len(project.relations("d001")) == 1


@pytest.mark.parametrize("size", [1, 2, 7])
def test_a_list_read_in_slices_is_the_list(study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    lines = study(7)
    with annotator.new(tmp_path / "new.annotator", annotator="kim") as project:
        project.take_work(lines)
        connection = project._store.connection
        project._store.connection.exec_driver_sql("update document set position = position / 3")  # several in one place
        whole = listing.documents(connection)
        monkeypatch.setattr(listing, "_DOCUMENTS_AFTER", listing._DOCUMENTS_AFTER.limit(size))
        assert [len(part) for part in listing.document_slices(connection)][:1] == [min(size, 7)]
        assert listing.documents(connection) == whole
        assert [each.id for each in whole] == [f"d{n:03}" for n in range(7)]
