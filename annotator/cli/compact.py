"""`annotator compact`: forget the beginning of the history for good."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import datetime

import annotator
from annotator.cli import output
from annotator.cli.arguments import add_project
from annotator.domain.time import stored

DESCRIPTION = """\
Forget for good every change from before a date: undo and history then reach back to there alone, and words that were
deleted before are no longer in the file. Documents, spans and notes stay as they are. A backup is made first; it, and
those from before, still hold what is forgotten."""
EXAMPLES = ("annotator compact study.annotator --before 2026-01-01",)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--before", metavar="DATE", type=_date, required=True, help="YYYY-MM-DD, your local midnight")


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project) as project:
        done, backup = project.compact(stored(arguments.before))
        left = len(project.history())
    day = f"{arguments.before:%Y-%m-%d}"
    if arguments.json:
        counts = {"forgotten": done.forgotten, "needed": done.stayed, "left": left}
        output.say_json({"project": str(arguments.project), "before": day, **counts, "backup": str(backup)})
        return 0
    gone, now = output.counted(done.forgotten, "change"), output.counted(left, "change")
    output.say(f"Forgot {gone} from before {day}. The history has {now} now.")
    if done.stayed:
        stayed = output.counted(done.stayed, "older change")
        output.say(f"{stayed} had to stay: the newest always does, and what later ones build on.")
    output.say(f"A backup from before is {backup}")
    return 0


def _date(text: str) -> datetime:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        pass
    raise ArgumentTypeError(f"“{text}” is not a date such as 2026-01-31")
