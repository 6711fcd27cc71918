"""`annotator tag`: tag a stretch of a document."""

from argparse import ArgumentParser, Namespace

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_document, add_project, position, value_of, writable

DESCRIPTION = """\
Tag the characters from START up to END (exclusive, counted from 0 in Unicode code points) with a label, exactly as
given: nothing snaps to words here. Prints the new span’s id and its text."""
EXAMPLES = (
    "annotator tag study.annotator article.txt claim 12 60",
    'annotator tag study.annotator 000_e68 claim 80 131 --attribute kind=causal --attribute "stance=opposes"',
    'annotator tag study.annotator 000_e68 "policy recommendation" 80 131 --annotator kim --note "see p. 2"',
)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    add_document(parser)
    parser.add_argument(
        "label", metavar="LABEL", help="a label of the codebook; with a blank in it, in quotation marks"
    )
    parser.add_argument("start", metavar="START", type=position, help="the first character’s position, from 0")
    parser.add_argument("end", metavar="END", type=position, help="the position after the last character")
    add_annotator(parser)
    parser.add_argument(
        "--attribute",
        metavar="NAME=VALUE",
        type=value_of,
        action="append",
        default=[],
        help="a value of one of the label’s attributes; again for another attribute, or another value of it",
    )
    parser.add_argument("--note", metavar="TEXT", type=writable, help="a note on the span")


def run(arguments: Namespace) -> int:
    attributes: dict[str, list[str]] = {}
    for name, value in arguments.attribute:
        attributes.setdefault(name, []).append(value)
    place = arguments.start, arguments.end
    with annotator.open(arguments.project, arguments.annotator) as project:
        document = project.documents.find(arguments.document)
        span = project.tag(document.id, arguments.label, *place, note=arguments.note, attributes=attributes)
    if arguments.json:
        output.say_json(records.span(span))
    else:
        output.say(f"{span.id}  “{span.text}”")
    return 0
