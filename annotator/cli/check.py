"""`annotator check`: verify the whole project."""

from argparse import ArgumentParser, Namespace

import annotator
from annotator.cli import output
from annotator.cli.arguments import add_project

DESCRIPTION = """\
Verify every rule of the project: the file itself, each text against its hash, each span against its text, the history.
Lists what is wrong and changes nothing. Ends with 1 where something is wrong."""
EXAMPLES = ("annotator check study.annotator",)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project) as project:
        problems = project.check()
        documents = 0 if problems else len(project.documents)
    if arguments.json:
        output.say_json({"well": not problems, "problems": problems})
    elif problems:
        for problem in problems:
            output.say(problem)
        output.say(f"{output.counted(len(problems), 'problem')}. Nothing was changed.")
    else:
        output.say(f"All is well: {output.counted(documents, 'document')} with all spans and the history verified.")
    return 1 if problems else 0
