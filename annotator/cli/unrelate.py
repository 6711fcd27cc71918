"""`annotator unrelate`: delete a relation."""

from argparse import ArgumentParser, Namespace

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_project

DESCRIPTION = "Delete a relation; its two spans stay. Undo brings it back."
EXAMPLES = (
    "annotator unrelate study.annotator 3f2a91c4",
    "annotator unrelate study.annotator 3f2a91c4 --annotator kim",
)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("relation", metavar="RELATION", help="the relation’s id or a unique beginning of it")
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        relation = project.relation(arguments.relation)
        source, target = project.span(relation.source), project.span(relation.target)
        project.unrelate(relation.id)
    if arguments.json:
        output.say_json(records.relation(relation))
    else:
        said = f"“{source.text}” {relation.type} “{target.text}”"
        output.say(f"Deleted {said}. Bring it back: annotator undo {arguments.project}")
    return 0
