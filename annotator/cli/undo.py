"""`annotator undo`: take back the last change."""

from argparse import ArgumentParser, Namespace

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_project

DESCRIPTION = "Take back your newest change, whole: a tag, a deletion, an import. What others did stays."
EXAMPLES = ("annotator undo study.annotator", "annotator undo study.annotator --annotator kim")


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        change = project.undo()
    if arguments.json:
        output.say_json(records.change(change))
    else:
        output.say(f"Took back: {change.name}")
    return 0
