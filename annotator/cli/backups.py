"""`annotator backups`: list the backups of a project."""

from argparse import ArgumentParser, Namespace

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_project
from annotator.domain.backup import file_size
from annotator.domain.time import stored
from annotator.errors import NotFound

DESCRIPTION = """\
List the backups of a project, newest first: when each was made, what it holds, its file. The project itself may be
damaged or gone: its name is enough."""
EXAMPLES = ("annotator backups study.annotator", "annotator backups study.annotator --json")


def configure(parser: ArgumentParser) -> None:
    add_project(parser)


def run(arguments: Namespace) -> int:
    found = annotator.backups(arguments.project)
    if not found and not arguments.project.exists():
        raise NotFound(f"There is no file {arguments.project}, and no backup of a project of that name.")
    if arguments.json:
        output.say_json([records.backup(each) for each in found])
    elif not found:
        output.say(f"No backups yet. Make one with: annotator backup {arguments.project}")
    else:
        rows = [
            (
                output.local_time(stored(each.at)),
                file_size(each.size),
                "damaged" if each.documents is None else output.counted(each.documents, "document"),
                "" if each.spans is None else output.counted(each.spans, "span"),
                str(each.path),
            )
            for each in found
        ]
        for line in output.columns(rows, right=frozenset({1, 2, 3})):
            output.say(line)
    return 0
