"""`annotator backup`: make a backup."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

import annotator
from annotator.cli import output
from annotator.cli.arguments import add_project
from annotator.domain.backup import file_size

DESCRIPTION = """\
Make a backup: a whole copy, checked, also while the project is open in the window. It goes into the folder NAME-backups
beside the project, where the last ten stay, one for each of 14 days and one for each of 8 weeks; or into FILE."""
EXAMPLES = (
    "annotator backup study.annotator",
    "annotator backup study.annotator -o /media/stick/study.annotator-backup",
)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="where to (default: the folder of the backups)"
    )
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project) as project:
        made = project.back_up(arguments.output, force=arguments.force)
        documents, name = len(project.documents), project.path.name
    size = made.stat().st_size
    if arguments.json:
        output.say_json({"project": str(arguments.project), "backup": str(made), "size": size, "documents": documents})
    else:
        output.say(f"Backed up {name} ({output.counted(documents, 'document')}, {file_size(size)}) to {made}")
    return 0
