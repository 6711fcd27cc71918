"""`annotator hand-back`: make a file for one annotator, with what was decided and said of their work."""

from argparse import Namespace

import annotator
from annotator import work_records
from annotator.cli import output
from annotator.cli.arguments import PlainParser, add_project
from annotator.cli.hand_out import add_file_for, say_aside

DESCRIPTION = """\
Make a project file for somebody whose work was reviewed: their own spans in the documents named (default: all in which
they have done something), with the decisions, gold and comments on them. Other annotators’ spans stay here, and their
names do where a decision or a comment has them."""
EXAMPLES = ("annotator hand-back study.annotator --for kim -o reviewed-kim.annotator",)


def configure(parser: PlainParser) -> None:
    add_project(parser)
    add_file_for(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        chosen = [project.documents.find(name).id for name in arguments.documents] or None
        handed = project.hand_back(arguments.output, arguments.person, chosen, force=arguments.force)
    if arguments.json:
        output.say_json(work_records.handed_back(handed))
        return 0
    counts = (len(handed.documents), "document"), (handed.spans, "span"), (handed.decisions, "decision")
    went = ", ".join(output.counted(count, noun) for count, noun in (*counts, (handed.comments, "comment")))
    output.say(f"Made {handed.path} for {handed.annotator}: {went}.")
    say_aside(handed.left_out, handed.replaced)
    return 0
