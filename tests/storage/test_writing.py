"""What a change costs: the same among many spans as among few, and many rows go in few statements."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

import annotator
from annotator.domain.change import ChangeSet
from annotator.domain.document import State
from annotator.domain.span import Span, text_order
from annotator.project import Project

TEXT = "word " * 2_500
PLACES = [("doc", start, start + 4) for start in range(0, len(TEXT), 5)]
LARGE = "span", "change", "change_row", "document", "text", "document_state"


@pytest.fixture
def kim(tmp_path: Path) -> Iterator[Project]:
    """A project with one document, open for Kim."""
    (tmp_path / "doc.txt").write_text(TEXT, "utf-8")
    with annotator.new(tmp_path / "study.annotator", annotator="kim") as project:
        project.import_file(tmp_path / "doc.txt")
        yield project


def asked(project: Project, act: Callable[[], object]) -> list[str]:
    """The statements that SQLite is given, each row's own among them."""
    found: list[str] = []
    driver = project._store.connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_trace_callback(found.append)
    try:
        act()
    finally:
        driver.set_trace_callback(None)
    return found


def walked_through(project: Project, statements: list[str]) -> set[str]:
    """The tables of which SQLite looks at every row for these statements; the newest alone is found at once."""
    driver = project._store.connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    every = [sql for sql in statements if "ORDER BY change.number DESC\n LIMIT 1" not in sql]
    reading = [sql for sql in every if sql.lower().startswith(("select", "update", "delete", "with"))]
    plans = [str(row[3]) for sql in reading for row in driver.execute(f"explain query plan {sql}")]
    return {plan.split()[1] for plan in plans if plan.startswith("SCAN")}


def one_span(project: Project, key: str) -> dict[str, list[str]]:
    """What is asked as one span is tagged, given another label and place, that is undone and redone, it is deleted."""
    acts: dict[str, Callable[[], object]] = {
        "tag": lambda: project.tag("doc", "claim", 0, 9, id=key),
        "retag": lambda: project.retag(key, "quote"),
        "resize": lambda: project.resize(key, (0, 14)),
        "undo": project.undo,
        "redo": project.redo,
        "status": lambda: project.status("doc"),
        "delete": lambda: project.delete(key),
    }
    return {name: asked(project, act) for name, act in acts.items()}


def test_a_change_of_one_span_costs_among_many_what_it_costs_among_few(kim: Project) -> None:
    kim.tag("doc", "actor", 0, 4)
    kim.status("doc")
    few = one_span(kim, "00000000-0000-4000-8000-000000000001")
    kim.tag_all("claim", PLACES)
    many = one_span(kim, "00000000-0000-4000-8000-000000000002")
    for name, statements in many.items():
        assert len(statements) == len(few[name]) <= 15, name
        assert walked_through(kim, statements).isdisjoint(LARGE), name


def test_many_rows_go_in_few_statements_and_undo_reads_no_text_that_nobody_changed(kim: Project) -> None:
    kim.documents.text("doc")
    given: list[str] = []
    event.listen(kim._store.connection.engine, "before_cursor_execute", lambda *args: given.append(args[2]))
    for act in (lambda: kim.tag_hits("claim", PLACES), kim.undo, kim.redo):
        given.clear()
        act()
        assert len(given) < 40
        assert not [sql for sql in given if "text.content" in sql]
    assert kim.status("doc").spans == len(PLACES)
    assert kim.check() == []


def test_the_spans_of_a_large_change_are_told_as_they_are_stored(kim: Project, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(TEXT.upper(), "utf-8")
    kim.import_file(tmp_path / "other.txt")
    told: list[tuple[ChangeSet, dict[str, list[Span]]]] = []
    kim.subscribe(lambda change_set: told.append((change_set, {name: kim.spans(name) for name in ("doc", "other")})))
    first = kim.tag("other", "actor", 0, 4, attributes={"kind": "group"})
    kim.tag_all("actor", [*PLACES, ("other", 5, 9)])
    kim.delete(*(span.id for spans in told[1][1].values() for span in spans))
    kim.undo()
    (_, _), (tagged, then), (deleted, _), (back, now) = told
    assert sorted(tagged.spans_in("doc"), key=text_order) == then["doc"]
    assert [first, *tagged.spans_in("other")] == then["other"]
    assert {name: sorted(back.spans_in(name), key=text_order) for name in now} == now
    assert list(back.spans)[-3:] == back.spans[-3:] == [back.spans[place] for place in (-3, -2, -1)]
    assert [span.text for span in back.described_spans()] == [first.text]
    assert set(deleted.removed_in("other")) == {span.id for span in now["other"]}
    assert len(deleted.removed) == len(back.spans) == len(PLACES) + 2


def test_room_for_many_rows_is_given_back(kim: Project) -> None:
    room = "pragma cache_size"
    before = kim._store.connection.exec_driver_sql(room).scalar_one()
    kim.tag_all("claim", PLACES)
    assert kim._store.connection.exec_driver_sql(room).scalar_one() == before


def test_the_documents_of_a_large_change_are_counted_in_slices_as_each_by_itself(kim: Project, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Text {number} has a few words.", "utf-8")
    kim.import_files([tmp_path / f"{number}.txt" for number in range(5)])
    kim.tag_all("claim", [("1", 0, 4), ("1", 5, 6), ("2", 0, 4)])
    kim.set_state("3", State.DONE)
    kim.revise("1", "Now 1 has a few words.")
    ids = [document.id for document in kim.documents]
    slices = list(kim.status_slices([*ids, "gone"], 2))
    assert [len(each) for each in slices] == [2, 2, 2, 0]
    assert [status for each in slices for status in each] == kim.statuses() == [kim.status(key) for key in ids]
