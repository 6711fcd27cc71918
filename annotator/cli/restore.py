"""`annotator restore`: put a backup in a project's place."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

import annotator
from annotator.cli import output
from annotator.cli.arguments import add_json

DESCRIPTION = """\
Put a copy of a backup in the place of a project. What it replaces is kept beside it, as NAME-replaced-TIME.annotator.
Refused where the backup isn’t whole, or where another program can be seen to have the project open for writing."""
EXAMPLES = (
    "annotator restore study-backups/study-20260301T120000Z.annotator-backup study.annotator",
    "annotator backups study.annotator     # lists what can be restored",
)


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("backup", metavar="BACKUP", type=Path, help="the backup, NAME-TIME.annotator-backup")
    parser.add_argument("project", metavar="PROJECT", type=Path, help="the project file; it may be damaged or gone")
    add_json(parser)


def run(arguments: Namespace) -> int:
    replaced = annotator.restore(arguments.backup, arguments.project)
    kept = str(replaced) if replaced else None
    if arguments.json:
        output.say_json({"project": str(arguments.project), "backup": str(arguments.backup), "replaced": kept})
    else:
        output.say(f"Restored {arguments.project} from {arguments.backup.name}.")
        if kept:
            output.say(f"What it replaced is kept as {kept}")
    return 0
