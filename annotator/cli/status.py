"""`annotator status`: say how far you are with a document."""

from argparse import ArgumentParser, Namespace

import annotator
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_document, add_project
from annotator.domain.document import State

DESCRIPTION = (
    "Say how far you are with a document: todo, in-progress or done. A document without spans can be done too."
)
EXAMPLES = ("annotator status study.annotator article.txt done",)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    add_document(parser)
    states = [state.value for state in State]
    parser.add_argument("state", metavar="STATE", choices=states, help=f"one of: {', '.join(states)}")
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        document = project.documents.find(arguments.document)
        project.set_state(document.id, State(arguments.state))
        name = project.annotator
        lacking = len(project.missing_values(document.id)) if arguments.state == State.DONE else 0
    if arguments.json:
        output.say_json(
            {"document": document.id, "annotator": name, "state": arguments.state, "lacking_count": lacking}
        )
    else:
        output.say(f"{document.id} is {arguments.state} for {name}.")
        if lacking:
            output.say(f"Note: {output.lacking(lacking)}.")
    return 0
