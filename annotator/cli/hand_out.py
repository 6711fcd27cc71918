"""`annotator hand-out`: make a file for one annotator, with documents and the codebook."""

from argparse import Namespace
from pathlib import Path

import annotator
from annotator import work_records
from annotator.cli import output
from annotator.cli.arguments import PlainParser, add_annotator, add_project, one_line

DESCRIPTION = """\
Make a project file for somebody who works elsewhere: the documents named (default: all) and the whole codebook. Their
own spans, relations, states and notes in these documents go along, nobody else’s, and no history. The file opens as
theirs. What they send back is taken in by: annotator import PROJECT FILE"""
EXAMPLES = (
    "annotator hand-out study.annotator --for kim -o study-kim.annotator",
    "annotator hand-out study.annotator --for kim -o study-kim.annotator article-1 article-2.txt",
)


def configure(parser: PlainParser) -> None:
    add_project(parser)
    add_file_for(parser)


def add_file_for(parser: PlainParser) -> None:
    """Add what hand-out and hand-back both take: which documents, for whom, and in which file."""
    parser.intermixed = True
    parser.add_argument(
        "documents", metavar="DOCUMENT", nargs="*", help="an id, a unique beginning of one, or a file name"
    )
    parser.add_argument(
        "--for", metavar="NAME", dest="person", type=one_line, required=True, help="the annotator it is made for"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help="the project file to make, NAME.annotator"
    )
    parser.add_argument(
        "--force", action="store_true", help="also where the file exists: that one is kept, as NAME-replaced-TIME"
    )
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        chosen = [project.documents.find(name).id for name in arguments.documents] or None
        handed = project.hand_out(arguments.output, chosen, arguments.person, force=arguments.force)
    if arguments.json:
        output.say_json(work_records.handed_out(handed))
        return 0
    went = [output.counted(len(handed.documents), "document")]
    went += [output.counted(handed.spans, "span")] if handed.spans else []
    went += [output.counted(handed.relations, "relation")] if handed.relations else []
    output.say(f"Made {handed.path} for {handed.annotator}: {', '.join(went)}.")
    say_aside(handed.left_out, handed.replaced)
    output.say(f"When it comes back: annotator import {arguments.project} {handed.path}")
    return 0


def say_aside(left_out: int, replaced: Path | None) -> None:
    """Say what stayed, and where a file went that was there before."""
    if left_out:
        are = "has" if left_out == 1 else "have"
        output.say(f"{output.counted(left_out, 'span')} stayed: {are} no place in the text since that was corrected.")
    if replaced:
        output.say(f"What was there before is kept as {replaced}")
