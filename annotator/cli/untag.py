"""`annotator untag`: delete a span."""

from argparse import ArgumentParser, Namespace

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_project

DESCRIPTION = "Delete a span. Undo brings it back."
EXAMPLES = ("annotator untag study.annotator 3f2a91c4", "annotator untag study.annotator 3f2a91c4 --annotator kim")


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("span", metavar="SPAN", help="the span’s id or a unique beginning of it")
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        span = project.span(arguments.span)
        project.delete(span.id)
    if arguments.json:
        output.say_json(records.span(span))
    else:
        output.say(f"Deleted {span.label} “{span.text}”. Bring it back: annotator undo {arguments.project}")
    return 0
