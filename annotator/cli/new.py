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
    "annotator new example.annotator --example",
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
    parser.add_argument(
        "--example", action="store_true", help="put them in it with the work of two annotators, made up as an example"
    )


def run(arguments: Namespace) -> int:
    codebook = records.read_codebook(arguments.codebook) if arguments.codebook else None
    sample = arguments.sample or arguments.example
    with annotator.new(arguments.project, codebook=codebook, sample=sample) as project:
        taken = project.take_examples() if arguments.example else None
        annotators = list(taken.annotators) if taken else []
        spans = sum(row.spans.new for row in taken.rows) if taken else 0
        documents = len(project.documents)
        labels = [label.name for label in project.codebook]
    if arguments.json:
        made = {"project": str(arguments.project), "documents": documents, "labels": labels}
        output.say_json({**made, "spans": spans, "annotators": annotators})
        return 0
    output.say(f"Made {arguments.project}: {output.counted(documents, 'document')}; labels: {', '.join(labels)}.")
    if spans:
        output.say(f"It has {output.counted(spans, 'span')} by {' and '.join(annotators)}, who are made up.")
    return 0
