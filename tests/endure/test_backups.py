"""Backups under fire: while another program writes, and killed in the middle. Each that there is restores."""

import random
from pathlib import Path

import annotator
from tests.conftest import many
from tests.endure.conftest import killed_while_printing
from tests.endure.table import Tally
from tests.project.test_together import program

BACKUPS = "backups"

WRITES = """
import sys, time, annotator
with annotator.open(sys.argv[1], "lee") as project:
    print("ready", flush=True)
    at = 0
    while True:
        project.tag("one", "claim", at % 900, at % 900 + 9)
        at += 1
        time.sleep(0.002)
"""
BACKS_UP = """
import sys, time, annotator
from annotator.storage import copying
copying.PAGES = 2
with annotator.open(sys.argv[1], "kim") as project:
    while True:
        project.tag("one", "claim", 0, 9)
        for step in project.back_up_in_steps():
            time.sleep(0.002)
            if step:
                print(step, flush=True)
            else:
                print("step", flush=True)
"""


def restores(backup: Path, to: Path) -> int:
    """Restore it; return the number of changes that are in it."""
    annotator.restore(backup, to)
    with annotator.open(to, "kim") as project:
        assert project.check() == []
        changes = len(project.history())
        assert changes == len(project.spans("one")) + 1
    to.unlink()
    return changes


def test_backups_made_while_another_program_writes(file: Path, tally: Tally) -> None:
    other = program(WRITES, str(file))
    try:
        assert other.stdout
        assert other.stdout.readline() == "ready\n"
        before = 0
        with annotator.open(file, "kim") as project:
            for _ in range(many(3, 100)):
                with tally(BACKUPS, "made while another program writes: whole, and restored"):
                    target = file.with_name("copy.annotator-backup")
                    made = project.back_up(target, force=True)
                    changes = restores(made, file.with_name("restored.annotator"))
                    assert changes >= before
                    before = changes
    finally:
        other.kill()
        other.communicate()
    with annotator.open(file, "kim") as project:
        assert project.check() == []


def test_backups_killed_in_the_middle(file: Path, tally: Tally, chance: random.Random) -> None:
    restored: set[Path] = set()
    for _ in range(many(2, 50)):
        with tally(BACKUPS, "killed in the middle: those that there are restore"):
            printed = killed_while_printing(BACKS_UP, str(file), lines=chance.randrange(1, 60), wait_s=0.0)
            named = [Path(line) for line in printed if line != "step"]
            there = [each.path for each in annotator.backups(file)]
            assert {*named[-5:]} <= {*there}, "what was said to be made is there"
            for backup in {*there} - restored:
                restores(backup, file.with_name("restored.annotator"))
            restored |= {*there}
            with annotator.open(file, "kim") as project:
                assert project.check() == []
