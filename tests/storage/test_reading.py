"""Questions that the window asks again and again look at what they are about, not at every span of a document."""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

import annotator
from annotator.storage import connection as connections
from annotator.storage import document_spans, reading

TEXT = "word " * 400


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A project whose one document has many spans, all in their places."""
    (tmp_path / "doc.txt").write_text(TEXT, "utf-8")
    with annotator.new(tmp_path / "study.annotator", annotator="kim") as kim:
        kim.import_file(tmp_path / "doc.txt")
        kim.tag_all("claim", [("doc", start, start + 4) for start in range(0, len(TEXT) - 5, 5)])
    return tmp_path / "study.annotator"


def plans(connection: Connection, ask: Callable[[], object], about: str) -> list[str]:
    """How SQLite goes about what is asked in statements with these words."""
    asked: list[str] = []
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_trace_callback(asked.append)
    ask()
    driver.set_trace_callback(None)
    found = [sql for sql in asked if about in sql]
    return [str(row[3]) for sql in found for row in driver.execute(f"explain query plan {sql}")]


def test_spans_without_a_place_are_found_by_their_own_index(file: Path) -> None:
    connection = connections.connect(file)
    try:
        names = reading.Names(connection)
        who = names.annotator_id("kim")
        asks: tuple[Callable[[], object], ...] = (
            lambda: reading.span_count(connection, "doc", who),
            lambda: reading.span_counts(connection, who),
            lambda: document_spans.unplaced(connection, names, "doc"),
        )
        for ask in asks:
            found = plans(connection, ask, "text_sha256 IS NOT NULL")
            assert found
            assert all("ix_span_text_sha256" in plan for plan in found if "span" in plan), found
        assert reading.span_count(connection, "doc", who) == reading.span_counts(connection, who)["doc"] == 399
    finally:
        connections.close(connection)


def test_no_slice_of_a_documents_spans_has_the_rest_of_them_sorted(file: Path) -> None:
    with annotator.open(file, "lee") as lee:
        lee.tag_all("quote", [("doc", start, start + 9) for start in range(0, len(TEXT) - 10, 5)])
    connection = connections.connect(file)
    try:
        names = reading.Names(connection)
        people = list(names.people)
        assert len(people) == 2
        for who in (people, people[:1]):
            read = partial(document_spans.spans_of, connection, names, "doc", who, 100)
            assert len(list(read())) > 3
            found = plans(connection, lambda ask=read: list(ask()), "FROM span")  # type: ignore[misc]
            assert found
            assert all("ix_span_document_annotator_start" in plan for plan in found), found
    finally:
        connections.close(connection)
