"""`annotator codebook`: show the labels, or write them to a file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_project

DESCRIPTION = "Show the labels of a project with their keys and guidelines, or write them to a file that `new` takes."
EXAMPLES = (
    "annotator codebook study.annotator",
    "annotator codebook study.annotator --export labels.codebook.json",
)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--export", metavar="FILE", type=Path, help="write the codebook to FILE, as JSON")
    parser.add_argument("--force", action="store_true", help="replace FILE where it exists")


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project) as project:
        codebook = project.codebook
    if arguments.export:
        records.write_codebook(codebook, arguments.export, force=arguments.force, project=arguments.project)
    if arguments.json:
        output.say_json(records.codebook(codebook))
    elif arguments.export:
        output.say(f"Wrote {output.counted(len(codebook.labels), 'label')} to {arguments.export}")
    else:
        for label in codebook:
            output.say(
                f"{label.key or '-'}  {label.name} ({label.letter}, {label.colour}, {label.line_form.value} line)"
            )
            if label.guideline:
                output.say(f"   {label.guideline}")
    return 0
