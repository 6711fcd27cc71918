"""Texts of many documents are read together where they lie together, whatever order they are asked for in."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import annotator
from annotator.domain.document import Document
from annotator.errors import NotAProject
from annotator.project import Project
from annotator.storage.covering import stretches
from annotator.storage.texts import BETWEEN, Texts

TEXTS = [f"Text {number} {'é👩‍💻' * (number % 3)} has its own words." for number in range(9)]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Nine documents; one was corrected, so that its text lies behind the others'."""
    folder = tmp_path_factory.mktemp("texts")
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    with annotator.new(folder / "study.annotator", annotator="kim") as made:
        made.import_files([folder / f"{number}.txt" for number in range(9)])
        made.revise("4", TEXTS[4].replace("own", "other"))
        yield made


def together(reader: Texts, of: Sequence[Document]) -> list[str]:
    found, begins = reader.joined(of)
    texts = found.split(BETWEEN)
    assert [found[start : start + len(text)] for start, text in zip(begins, texts, strict=False)] == texts
    return texts


def statements(project: Project, reader: Texts, of: Sequence[Document]) -> int:
    asked: list[str] = []
    driver = project._store.connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_trace_callback(asked.append)
    together(reader, of)
    driver.set_trace_callback(None)
    return len(asked)


@given(numbers=st.lists(st.integers(0, 8), min_size=1, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_choice_and_order_of_documents_gives_their_texts(project: Project, numbers: list[int]) -> None:
    documents = [list(project.documents)[number] for number in numbers]
    expected = [project.documents.text_of(document) for document in documents]
    reader = Texts(project._store.connection)
    assert together(reader, documents) == together(reader, documents) == expected


def test_what_lies_together_is_read_by_one_statement_and_a_corrected_text_looked_up(project: Project) -> None:
    documents = list(project.documents)
    assert statements(project, Texts(project._store.connection), documents[:4]) == 1
    assert statements(project, Texts(project._store.connection), documents[3:6]) == 2


def steps(project: Project, of: Sequence[Document]) -> int:
    """How many steps SQLite took to read their texts."""
    taken: list[int] = []
    driver = project._store.connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_progress_handler(lambda: taken.append(1), 1)
    together(Texts(project._store.connection), of)
    driver.set_progress_handler(None, 1)
    return len(taken)


def test_nothing_is_read_of_what_lies_between_two_texts_that_are_looked_for(project: Project) -> None:
    documents = list(project.documents)
    assert steps(project, [documents[0], documents[8]]) == steps(project, [documents[0], documents[2]])


def test_a_damaged_text_is_told_when_it_is_first_read(tmp_path: Path) -> None:
    for name, text in (("a", "first words"), ("b", "second words")):
        (tmp_path / f"{name}.txt").write_text(text)
    with annotator.new(tmp_path / "study.annotator") as project:
        project.import_files([tmp_path / "a.txt", tmp_path / "b.txt"])
        documents, connection = list(project.documents), project._store.connection
        connection.exec_driver_sql("update text set content = 'sEcond words' where content = 'second words'")
        with pytest.raises(NotAProject, match="is damaged"):
            together(Texts(connection), documents)


def test_what_was_sound_is_checked_again_after_another_program_wrote(project: Project) -> None:
    reader, documents = Texts(project._store.connection), list(project.documents)[:3]
    reader.trust(1)
    together(reader, documents)
    assert reader._sound
    reader.trust(1)
    assert reader._sound
    reader.trust(2)
    assert not reader._sound


def test_spans_of_a_label_in_some_documents_are_found_by_those_documents(project: Project) -> None:
    project.tag("1", "claim", 0, 4)
    project.tag("1", "quote", 0, 4)
    project.tag("2", "claim", 0, 4, (6, 8))
    label, connection = project.codebook.label("claim").id, project._store.connection
    asked: list[str] = []
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    me = project._me()
    assert me
    driver.set_trace_callback(asked.append)
    found = list(stretches(connection, me, [label], ["1", "2", "3"]))
    driver.set_trace_callback(None)
    assert [(document, len(there)) for document, _, there in found] == [("1", 1), ("2", 2)]
    (plan,) = [str(row[3]) for row in driver.execute(f"explain query plan {asked[-1]}")]
    assert "ix_span_document_annotator_start (document=? AND annotator=?)" in plan
