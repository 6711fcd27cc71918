"""A migration killed at any step leaves the old project or the new one, never one between."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

import annotator
from annotator.storage.version import SCHEMA_VERSION
from tests.conftest import many
from tests.endure.conftest import killed_while_printing
from tests.endure.table import Tally
from tests.project.snapshots import snapshot
from tests.storage.test_upgrading import PROJECTS

MIGRATES = """
import os, signal, sqlite3, sys
import annotator
from annotator.storage import connection as connections

last, seen = int(sys.argv[2]), 0
real = connections._set_up

def set_up(connection):
    real(connection)

    def step(statement):
        global seen
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

    connection.set_trace_callback(step)

connections._set_up = set_up
with annotator.open(sys.argv[1], "kim"):
    print(seen, flush=True)
"""


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_migrations_killed_at_each_step(version: int, tmp_path: Path, tally: Tally, chance: random.Random) -> None:
    original = PROJECTS / f"version-{version}.annotator"
    whole = Path(shutil.copy(original, tmp_path / "whole.annotator"))
    steps = int(killed_while_printing(MIGRATES, str(whole), "0", lines=1, wait_s=60)[0])
    with annotator.open(whole, "kim") as project:
        expected = snapshot(project)
    assert steps > 20
    versions = set()
    number = many(4, 40)
    for at in range(number):
        with tally("migrations", "killed at a statement: old or new, never between, and it opens"):
            path = Path(shutil.copy(original, tmp_path / f"{at}.annotator"))
            last = 1 + at * (steps - 1) // (number - 1)
            killed_while_printing(MIGRATES, str(path), str(last), lines=0, wait_s=60)
            versions.add(version_of(path))
            with annotator.open(path, "kim") as project:
                assert snapshot(project) == expected
                assert project.check() == []
            for backup in annotator.backups(path):
                assert sqlite_dump(backup.path) == sqlite_dump(original)
    assert versions == {version, SCHEMA_VERSION}


def version_of(path: Path) -> int:
    """Which version it is, the journal that the kill left taken back by SQLite itself."""
    connection = sqlite3.connect(path)
    (sound,) = connection.execute("pragma integrity_check").fetchone()
    (version,) = connection.execute("pragma user_version").fetchone()
    tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    connection.close()
    assert sound == "ok"
    assert ("relation" in tables) == (version > 1)
    return int(version)


def sqlite_dump(path: Path) -> list[str]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()
