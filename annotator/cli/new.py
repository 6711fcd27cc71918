"""`annotator new`: make a project."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_project

DESCRIPTION = "Make a project: one file with documents, a codebook and annotations."
EXAMPLES = (
    "annotator new study.annotator",
    "annotator new sample.annotator --sample",
    "annotator new study.annotator --codebook labels.codebook.json",
)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--codebook",
        metavar="FILE",
        type=Path,
        help="take the labels from this file (default: claim, quote, actor, policy recommendation)",
    )
    parser.add_argument("--sample", action="store_true", help="put the five articles of the sample corpus in it")


def run(arguments: Namespace) -> int:
    codebook = records.read_codebook(arguments.codebook) if arguments.codebook else None
    with annotator.new(arguments.project, codebook=codebook, sample=arguments.sample) as project:
        documents = len(project.documents)
        labels = [label.name for label in project.codebook]
    if arguments.json:
        output.say_json({"project": str(arguments.project), "documents": documents, "labels": labels})
    else:
        output.say(f"Made {arguments.project}: {output.counted(documents, 'document')}; labels: {', '.join(labels)}.")
    return 0
