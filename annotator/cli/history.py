"""`annotator history`: list the changes."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_project, position

DESCRIPTION = "List every change by everybody, newest first: its number, when, who, and what it did."
EXAMPLES = ("annotator history study.annotator", "annotator history study.annotator --limit 20 --json")


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--limit", metavar="N", type=_limit, help="the newest N alone")


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project) as project:
        changes = project.history(arguments.limit)
    if arguments.json:
        output.say_json([records.change(change) for change in changes])
    elif not changes:
        output.say("No changes yet.")
    else:
        rows = [(str(each.number), output.local_time(each.at), each.annotator, each.title) for each in changes]
        for line in output.columns(rows, right=frozenset({0})):
            output.say(line)
    return 0


def _limit(text: str) -> int:
    limit = position(text)
    if limit < 1:
        raise ArgumentTypeError("the limit is a whole number from 1 on")
    return limit
