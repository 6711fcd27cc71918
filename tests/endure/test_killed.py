"""kill -9 in the middle of writing: what was acknowledged is there, nothing is half there, and undo goes on."""

import random
from pathlib import Path

import annotator
from tests.conftest import many
from tests.endure.conftest import killed_while_printing
from tests.endure.table import Tally
from tests.project.snapshots import snapshot

SAVED = "what was shown as saved is there"

BY_COMMANDS = """
import sys
from annotator.__main__ import main
at = 0
while True:
    main(["tag", sys.argv[1], "one", "claim", str(at % 900), str(at % 900 + 9), "--annotator", "kim", "--json"])
    sys.stdout.flush()
    at += 1
"""

BY_THE_WORKER = """
import sys, annotator
from PySide6.QtCore import QCoreApplication, QTimer
from annotator.gui.worker import Worker

app = QCoreApplication([])
asked = 0

def refused(error):
    raise SystemExit(str(error))

def saved(span):
    print(span.id, flush=True)

def ask():
    global asked
    if worker.pending_writes() < 5:
        at, asked = asked % 900, asked + 1
        worker.write(lambda project: project.tag("one", "claim", at, at + 9), saved, refused)

worker = Worker(lambda: annotator.open(sys.argv[1], "kim"), lambda _: None, refused)
timer = QTimer()
timer.timeout.connect(ask)
timer.start(0)
app.exec()
"""

MIXED = """
import random, sys, annotator
chance = random.Random(int(sys.argv[2]))
with annotator.open(sys.argv[1], "kim") as project:
    while True:
        spans = project.spans("one", annotators=["kim"])
        act = chance.choice(["tag", "tag", "retag", "resize", "delete", "note", "all", "undo"]) if spans else "tag"
        span, at = chance.choice(spans) if spans else None, chance.randrange(900)
        if act == "tag":
            project.tag("one", "claim", at, at + 9)
        elif act == "retag":
            project.retag(span.id, chance.choice(["quote", "actor", "claim"]))
        elif act == "resize":
            project.resize(span.id, (at, at + 5), (at + 7, at + 9))
        elif act == "delete":
            project.delete(span.id)
        elif act == "note":
            project.set_note(span.id, "why " + str(at))
        elif act == "all":
            project.tag_all("actor", [("two", place, place + 3) for place in range(at, at + 50)])
        else:
            project.undo()
        print(act, flush=True)
"""


def ids_of(printed: list[str]) -> list[str]:
    return [line.split('"')[3] for line in printed if line.lstrip().startswith('"id"')]


def acknowledged_is_there(file: Path, acknowledged: list[str], before: int, *, waiting: int = 1) -> int:
    """At most `waiting` more are there than were told: those that a program had asked for."""
    with annotator.open(file, "kim") as project:
        there = {span.id for span in project.spans("one")}
        assert {*acknowledged} <= there
        assert len(project.history()) == len(there) + 1, "each change is whole: a span and its step in the history"
        assert before + len(acknowledged) <= len(there) <= before + len(acknowledged) + waiting
        assert project.check() == []
        return len(there)


def test_killed_through_the_command_line_nothing_is_lost(file: Path, tally: Tally, chance: random.Random) -> None:
    count, there = tally(SAVED, "kill -9 while the command line writes"), 0
    for _ in range(many(2, 200)):
        with count:
            printed = killed_while_printing(BY_COMMANDS, str(file), lines=1, wait_s=chance.uniform(0.0, 0.15))
            there = acknowledged_is_there(file, ids_of(printed), there)


def test_killed_in_the_windows_worker_nothing_is_lost(file: Path, tally: Tally, chance: random.Random) -> None:
    count, there = tally(SAVED, "kill -9 while the window’s worker writes"), 0
    for _ in range(many(2, 200)):
        with count:
            printed = killed_while_printing(BY_THE_WORKER, str(file), lines=1, wait_s=chance.uniform(0.0, 0.15))
            there = acknowledged_is_there(file, printed, there, waiting=5)


def test_after_a_kill_undo_goes_back_to_the_beginning_and_redo_forth_again(
    file: Path, tally: Tally, chance: random.Random
) -> None:
    count = tally("undo", "all the way back and forth again after kill -9")
    with annotator.open(file, "kim") as project:
        beginning = snapshot(project)
    for seed in range(many(2, 50)):
        with count:
            killed_while_printing(MIXED, str(file), str(seed), lines=10, wait_s=chance.uniform(0.0, 0.3))
            with annotator.open(file, "kim") as project:
                assert project.check() == []
                after = snapshot(project)
                steps = 0
                while project.undo_state().undo:
                    project.undo()
                    steps += 1
                assert snapshot(project) == beginning
                for _ in range(steps):
                    project.redo()
                assert snapshot(project) == after
                while project.undo_state().undo:
                    project.undo()
                assert project.check() == []
