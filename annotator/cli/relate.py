"""`annotator relate`: draw a relation from one span to another."""

from argparse import ArgumentParser, Namespace

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_project

DESCRIPTION = """\
Draw a relation of a type of the codebook from one span to another span of the same document. The codebook says
between which labels a type may go. Prints the relation’s id and the two spans; what is related so already stays."""
EXAMPLES = (
    'annotator relate study.annotator 3f2a91c4 "said by" 9b07e1d2',
    "annotator relate study.annotator 3f2a91c4 supports 51c7aa10 --annotator kim --json",
)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("source", metavar="SOURCE", help="the id of the span it goes out from, or a unique beginning")
    parser.add_argument(
        "type", metavar="TYPE", help="a relation type of the codebook; with a blank in it, in quotation marks"
    )
    parser.add_argument("target", metavar="TARGET", help="the id of the span it goes to, or a unique beginning")
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        relation = project.relate(arguments.source, arguments.type, arguments.target)
        source, target = project.span(relation.source), project.span(relation.target)
    if arguments.json:
        output.say_json(records.relation(relation))
    else:
        output.say(f"{relation.id}  “{source.text}” {relation.type} “{target.text}”")
    return 0
