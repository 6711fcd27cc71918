"""`annotator documents`: list the documents."""

from argparse import ArgumentParser, Namespace

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_project

DESCRIPTION = "List the documents with your number of spans in each and your state: todo, in-progress, done."
EXAMPLES = ("annotator documents study.annotator", "annotator documents study.annotator --annotator kim --json")


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        statuses = project.statuses()
        lacking = {each.document.id: len(project.missing_values(each.document.id)) for each in statuses}
    if arguments.json:
        output.say_json([records.status(status, lacking[status.document.id]) for status in statuses])
    elif not statuses:
        output.say(f"No documents yet. Add some: annotator import {arguments.project} FILE")
    else:
        rows = [(each.document.id, str(each.spans), each.state.value, each.document.heading) for each in statuses]
        for line in output.columns([("ID", "SPANS", "STATE", "DOCUMENT"), *rows], right=frozenset({1})):
            output.say(line)
        for document_id, count in lacking.items():
            if count:
                output.say(f"{document_id}: {output.lacking(count)}.")
    return 0
