"""Two programs change one file at once, and one holds it for long."""

from pathlib import Path

import annotator
from tests.conftest import many
from tests.endure.table import Tally
from tests.project.test_together import program

TOGETHER = "two programs, one file"

ALL_KINDS = """
import random, sys, annotator
chance = random.Random(sys.argv[2])
with annotator.open(sys.argv[1], sys.argv[2]) as project:
    mine, done = {}, 0
    while done < int(sys.argv[3]):
        at = chance.randrange(900)
        if not mine or chance.random() < 0.5:
            span = project.tag("one", "claim", at, at + 9)
            mine[span.id] = "claim"
        else:
            key = chance.choice(sorted(mine))
            act = chance.choice(["retag", "resize", "delete", "note"])
            if act == "retag":
                mine[key] = "quote" if mine[key] == "claim" else "claim"
                project.retag(key, mine[key])
            elif act == "resize":
                project.resize(key, (at, at + 5))
            elif act == "delete":
                project.delete(key)
                del mine[key]
            else:
                project.set_note(key, f"{done}")
        done += 1
    for key, label in mine.items():
        print(key, label)
"""


def test_two_programs_change_one_file_at_once(file: Path, tally: Tally) -> None:
    each = many(25, 250)
    count = tally(TOGETHER, "changes of all kinds by two programs at once")
    others = [program(ALL_KINDS, str(file), name, str(each)) for name in ("kim", "lee")]
    told = [other.communicate() for other in others]
    assert [error for _, error in told] == ["", ""]
    wanted = {tuple(line.split()) for output, _ in told for line in output.splitlines()}
    with annotator.open(file, "setup") as project:
        assert {(span.id, span.label) for span in project.spans("one")} == wanted
        assert project.check() == []
    count.tried += 2 * each
    count.held += 2 * each
