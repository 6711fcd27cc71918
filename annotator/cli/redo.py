"""`annotator redo`: do again what was taken back."""

from argparse import ArgumentParser, Namespace

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_project

DESCRIPTION = "Do again what you last took back."
EXAMPLES = ("annotator redo study.annotator", "annotator redo study.annotator --annotator kim")


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        change = project.redo()
    if arguments.json:
        output.say_json(records.change(change))
    else:
        output.say(f"Did again: {change.name}")
    return 0
