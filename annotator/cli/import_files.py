"""`annotator import`: add documents from files."""

from argparse import ArgumentParser, Namespace

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_project

DESCRIPTION = "Add documents from plain text files: all of them or, where one can’t be read, none."
EXAMPLES = (
    "annotator import study.annotator article.txt",
    "annotator import study.annotator articles/*.txt --dry-run",
)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("files", metavar="FILE", nargs="+", help="a text file (UTF-8, or with a byte-order mark)")
    parser.add_argument("--format", metavar="F", default="text", help="the files’ format (default: text)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be added, and add nothing")
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        report = project.import_files(arguments.files, format=arguments.format, dry_run=arguments.dry_run)
    if arguments.json:
        output.say_json(records.imported(report, dry_run=arguments.dry_run))
    else:
        _say(report, "Would add" if arguments.dry_run else "Added")
    return 0


def _say(report: records.ImportReport, added: str) -> None:
    for document in report.added:
        output.say(f"{added} {document.id}: {document.heading}")
    for document in report.present:
        output.say(f"Already there, not added again: {document.id}")
    for note in report.notes:
        output.say(note)
