"""Damage to a file is refused, flagged or without effect on anything that is read, and never written to."""

import random
import sqlite3
from pathlib import Path

import pytest

import annotator
from annotator.domain.span import span_text
from annotator.errors import AnnotatorError, BadContent, EnvironmentFailed
from annotator.project import Project
from tests.conftest import many
from tests.endure.table import Tally
from tests.project.snapshots import snapshot

DAMAGE = "damage is seen"
PAGE = 4096


@pytest.fixture
def content(file: Path) -> bytes:
    """The bytes of a project with spans and a history, and a backup of it beside it."""
    with annotator.open(file, "kim") as project:
        project.tag_all("claim", [("one", at, at + 20) for at in range(0, 600, 10)])
        project.tag_all("actor", [("two", at, at + 20) for at in range(0, 600, 10)])
        project.undo()
        project.back_up()
    return file.read_bytes()


def seen(file: Path, damaged: bytes) -> str:
    """Put these bytes in the file's place and look: `refused`, `flagged`, `harmless`, `unseen`; nothing is written."""
    good = file.read_bytes()
    try:
        file.write_bytes(damaged)
        found = _seen(file)
        assert file.read_bytes() == damaged, "the damaged file was written to"
        assert annotator.backups(file)[0].readable, "its backups are offered"
        return found
    finally:
        file.write_bytes(good)


def _seen(file: Path) -> str:
    try:
        project = annotator.open(file, "kim")
    except (BadContent, EnvironmentFailed):
        return "refused"
    with project:
        flagged = bool(project.check())
        try:
            project.history()
            texts_are_whole(project)
            whole = snapshot(project)
        except AnnotatorError:
            return "flagged"
        if flagged or any(project.damage_in_steps()):
            return "flagged"
    with annotator.open(annotator.backups(file)[0].path, "kim") as backup:
        return "harmless" if snapshot(backup) == whole else "unseen"


def texts_are_whole(project: Project) -> None:
    """Whatever is shown of texts and spans is as it was stored."""
    for document in project.documents:
        text = project.documents.text(document.id)
        for span in project.spans(document.id):
            assert span_text(text, span.fragments) == span.text or project.check()


def test_flipped_bits(file: Path, content: bytes, tally: Tally, chance: random.Random) -> None:
    for _ in range(many(10, 200)):
        damaged = bytearray(content)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        found = seen(file, bytes(damaged))
        with tally(DAMAGE, f"a bit flipped: {found}, and nothing written to the file"):
            assert found != "unseen"


def test_pages_of_zeros(file: Path, content: bytes, tally: Tally, chance: random.Random) -> None:
    pages = len(content) // PAGE
    for _ in range(many(5, 100)):
        at = chance.randrange(pages) * PAGE
        if not any(content[at : at + PAGE]):
            continue
        found = seen(file, content[:at] + bytes(PAGE) + content[at + PAGE :])
        with tally(DAMAGE, "a page of zeros: refused, flagged or without effect, and nothing written"):
            assert found in ("refused", "flagged", "harmless"), at


def test_files_cut_short(file: Path, content: bytes, tally: Tally, chance: random.Random) -> None:
    for _ in range(many(5, 100)):
        length = chance.randrange(len(content))
        with tally(DAMAGE, "a file cut short: refused, and nothing written"):
            assert seen(file, content[:length]) == "refused"


def test_every_change_to_a_text_is_caught(file: Path, content: bytes, tally: Tally, chance: random.Random) -> None:
    with sqlite3.connect(file) as connection:
        texts = connection.execute("select sha256, content from text").fetchall()
    connection.close()
    for _ in range(many(10, 200)):
        key, text = chance.choice(texts)
        at = chance.randrange(len(text))
        other = chance.choice(
            [text[:at] + "x" + text[at + 1 :], text[:at] + text[at + 1 :], text[:at] + " " + text[at:]]
        )
        if other == text:
            continue
        with sqlite3.connect(file) as connection:
            connection.execute("update text set content = ? where sha256 = ?", (other, key))
        connection.close()
        changed = file.read_bytes()
        file.write_bytes(content)
        with tally(DAMAGE, "a character of a text changed: flagged"):
            assert seen(file, changed) == "flagged"


FOREIGN: dict[str, bytes] = {
    "an empty file": b"",
    "a text": b"Just a text.\n" * 900,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "an archive": b"PK\x03\x04" + bytes(2000),
    "only a header": b"SQLite format 3\0",
    "a header and noise": b"SQLite format 3\0" + b"\xff" * 8000,
    "zeros": bytes(20_000),
}
STATEMENTS = {
    "a database of another program": ("pragma application_id = 0",),
    "a project of a newer version": ("pragma user_version = 9999",),
    "a project with a foreign trigger": ("create trigger spy after insert on change begin delete from span; end",),
    "a project with a foreign view": ("create view spy as select * from span",),
    "a project with a foreign table": ("create table spy (x)",),
    "a project without an index": ("drop index ix_span_label",),
    "a project without its spans": ("pragma foreign_keys = off", "drop table span"),
}


def test_foreign_and_wrong_files(file: Path, content: bytes, tally: Tally) -> None:
    files = dict(FOREIGN)
    for name, statements in STATEMENTS.items():
        connection = sqlite3.connect(file, isolation_level=None)
        for statement in statements:
            connection.execute(statement)
        connection.close()
        files[name] = file.read_bytes()
        file.write_bytes(content)
    for name, foreign in files.items():
        with tally(DAMAGE, "a foreign or wrong file: refused, and nothing written"):
            assert seen(file, foreign) == "refused", name
