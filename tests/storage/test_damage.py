"""A damaged file is told as such, whatever is damaged, and no damage comes as a traceback."""

import io
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import annotator
from annotator.errors import AnnotatorError, BadContent, EnvironmentFailed, NotAProject
from annotator.project import Project


@pytest.mark.parametrize("part", [0.001, 0.01, 0.1, 0.3, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_told_and_left_alone(part: float, made: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cut.annotator"
    path.write_bytes(made[: int(len(made) * part)])
    before = path.read_bytes()
    with pytest.raises(NotAProject, match=r"bytes are missing at its end|is not an annotator project"):
        annotator.open(path, "kim")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


ACTS: list[Callable[[Project], object]] = [
    Project.statuses,
    lambda project: [document.heading for document in project.documents],
    lambda project: [project.documents.text(document.id) for document in project.documents],
    lambda project: project.spans("one"),
    lambda project: project.codebook,
    Project.history,
    Project.undo_state,
    lambda project: project.export(stream=io.StringIO()),
    lambda project: project.tag("one", "claim", 0, 3),
    *[Project.undo] * 4,
    Project.redo,
]


def try_everything(path: Path) -> bool:
    """Whether the damage is told; an error of another kind than AnnotatorError fails the test."""
    try:
        project = annotator.open(path, "kim")
    except (BadContent, EnvironmentFailed):
        return True
    with project:
        told = project.check() != []
        for act in ACTS:
            try:
                act(project)
            except AnnotatorError:
                told = True
    return told


def flipped(content: bytes, seed: int) -> bytes:
    """The content with some bytes changed: single ones, in the header more often than chance, or a whole stretch."""
    chance, damaged = random.Random(seed), bytearray(content)
    kind = chance.choice(["header", "bytes", "bytes", "stretch"])
    if kind == "header":
        damaged[chance.randrange(100)] = chance.randrange(256)
    elif kind == "bytes":
        for _ in range(3):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    else:
        at, length = chance.randrange(len(damaged) - 4096), chance.choice([16, 200, 4096])
        damaged[at : at + length] = chance.randbytes(length)
    return bytes(damaged)


@pytest.mark.parametrize("seeds", [range(at, at + 20) for at in range(0, 100, 20)], ids=str)
def test_changed_bytes_never_come_as_a_traceback(seeds: range, made: bytes, tmp_path: Path) -> None:
    for seed in seeds:
        path = tmp_path / f"{seed}.annotator"
        path.write_bytes(flipped(made, seed))
        try_everything(path)


@pytest.mark.parametrize("page", range(1, 12))
def test_a_page_of_zeros_is_told(page: int, made: bytes, tmp_path: Path) -> None:
    path = tmp_path / "zeroed.annotator"
    path.write_bytes(made[: page * 4096] + bytes(4096) + made[(page + 1) * 4096 :])
    assert try_everything(path)


def alter(path: Path, *statements: str) -> None:
    """Write past our rules, as a fault or another program might."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma ignore_check_constraints = on")
    for statement in statements:
        connection.execute(statement)
    connection.close()


KIND = "select id from attribute_type where name = 'kind' and options like '%causal%'"
FAULTS = {
    "update text set content = 'B' || substr(content, 2) || ' '": "is not what was stored",
    "update text set length = 5": "characters, but 5 are noted",
    "update span set text = 'other' where start = 30": "says “other”, but the document has “",
    'update span set "end" = 99999 where start = 30': "ends at 99999, behind the end of the text",
    "update span set fragments = '[[30,35],[33,50]]' where start = 30": "out of order",
    "update span set fragments = '[[30,35],[40,45]]' where start = 30": "starts or ends elsewhere",
    "update span set fragments = '[]' where start = 30": "fragments that can't be read",
    "update span set fragments = '[[30,1e999]]' where start = 30": "fragments that can't be read",
    "update span set fragments = '{' where start = 30": "fragments that can't be read",
    "update span set label = 'nowhere' where start = 30": "refers to a label that is not there",
    "update span set change = 999 where start = 30": "written by change 999, of which the history knows nothing",
    "update span set version = 7 where start = 30": "is not as its last change left it",
    "delete from span where start = 30": "is not as its last change left it",
    "delete from change_row where change = 2": "of which the history knows nothing",
    "update change_row set table_name = 'secrets' where change = 5": "keeps a row of secrets that can't be read",
    "update change_row set before = '[1]' where before is not null": "that can't be read",
    "update span set attributes = '{\"no such\": [\"kept\"]}', text = 'other' where start = 30": "says “other”",
    "update span set attributes = '[1]' where start = 30": "the attributes of a span can't be read",
    "update span set attributes = '{\"x\": 1}' where start = 30": "can't be read",
    f"update span set attributes = json_object(({KIND}), json_array('odd')) where start = 30": "one of: factual",
    "update label set parent = 'nowhere' where name = 'claim'": "a kind of a label that is not there",
    "update label set parent = id where name = 'claim'": "“claim” can't be a kind of itself",
    "update label set key = 2 where name = 'claim'": "Two labels have the key “2”",
    "update label set name = 'Quote' where name = 'claim'": "Two labels have the name “quote”",
    "update attribute_type set label = 'nowhere' where name = 'stance'": "belongs to a label that is not there",
    "update attribute_type set options = '{' where name = 'stance'": "a list in the codebook can't be read",
    "update attribute_type set options = '[]' where name = 'stance'": "give it at least one option",
    "update attribute_type set kind = 'colour' where name = 'stance'": "CHECK constraint failed in attribute_type",
    "update relation_type set targets = '[\"nowhere\"]' where name = 'said by'": "ends at a label that is not",
    "update document_state set state = 'lost'": "CHECK constraint failed in document_state",
    "update change set kind = 'dont' where number = 3": "CHECK constraint failed",
}


@pytest.mark.parametrize("statement", FAULTS)
def test_check_tells_each_fault_in_a_sentence(statement: str, file: Path) -> None:
    with annotator.open(file, "kim") as project:
        project.redo()
        assert project.check() == []
    alter(file, statement)
    with annotator.open(file, "kim") as project:
        assert FAULTS[statement] in " ".join(project.check())
    try_everything(file)


def test_a_text_that_is_not_what_was_stored_is_never_shown(file: Path) -> None:
    alter(
        file,
        "update text set content = replace(content, 'nobody', 'nobody')",
        "update text set content = 'x' || substr(content, 2)",
    )
    with (
        annotator.open(file, "kim") as project,
        pytest.raises(NotAProject, match="is damaged: it is not what was stored"),
    ):
        project.documents.text("one")


def test_a_history_that_cannot_be_read_takes_nothing_back(file: Path) -> None:
    alter(file, "update change_row set before = '{}' where before is not null")
    with annotator.open(file, "kim") as project:
        before = project.spans("one")
        with pytest.raises(NotAProject, match="its history of the table span can't be read"):
            project.undo()
        assert project.spans("one") == before
