"""`annotator formats`: list what can be read and written."""

from argparse import ArgumentParser, Namespace

from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_json

DESCRIPTION = "List the formats: which can be imported and exported, and what each loses."
EXAMPLES = ("annotator formats", "annotator formats --json")


def configure(parser: ArgumentParser) -> None:
    add_json(parser)


def run(arguments: Namespace) -> int:
    formats = records.formats()
    if arguments.json:
        output.say_json([records.format_record(each) for each in formats])
        return 0
    for each in formats:
        ways = " and ".join(way for way, can in (("import", each.reads), ("export", each.writes)) if can)
        output.say(f"{each.name}: {each.title} ({', '.join(each.endings)}), {ways}")
        if each.layouts:
            output.say(f"  Layouts: {', '.join(each.layouts)}")
        for sentence in each.loses:
            output.say(f"  {sentence}")
    return 0
