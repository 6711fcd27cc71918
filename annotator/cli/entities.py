"""`annotator entities`: list the entities of a project, or add, rename, merge, split and remove them."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_project, writable
from annotator.domain.entity_match import get
from annotator.domain.entity_use import EntityUse
from annotator.errors import BadArgument

if TYPE_CHECKING:
    from annotator.project import Project

DESCRIPTION = """\
List the entities, which are the real actors behind spans, with the number of spans that have each and their aliases;
or change one. An entity is named by its name or any of its aliases. Every change is one that `undo` takes back."""
EXAMPLES = (
    "annotator entities study.annotator",
    'annotator entities study.annotator --merge ICE "Immigration and Customs Enforcement"',
    'annotator entities study.annotator --rename ICE "U.S. Immigration and Customs Enforcement"',
    'annotator entities study.annotator --alias DHS "Homeland Security" "the department"',
    'annotator entities study.annotator --split DHS ICE "the agency"',
)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--add", metavar="NAME", type=writable, help="add an entity")
    one.add_argument(
        "--rename", nargs=2, metavar=("NAME", "NEW"), type=writable, help="give an entity another name, on every span"
    )
    one.add_argument("--alias", nargs="+", metavar=("NAME", "ALIAS"), type=writable, help="add aliases to an entity")
    one.add_argument(
        "--merge", nargs=2, metavar=("NAME", "INTO"), type=writable, help="give the spans of one the other"
    )
    one.add_argument(
        "--split",
        nargs="+",
        metavar=("NAME", "NEW"),
        type=writable,
        help="make a new entity of those spans of NAME whose words are NEW, or are one of the texts after it",
    )
    one.add_argument("--remove", metavar="NAME", type=writable, help="take an entity away that no span has")
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        done = _change(project, arguments)
        uses = project.entities()
    if arguments.json:
        output.say_json([records.entity(use) for use in uses])
    elif done:
        output.say(done)
    elif not uses:
        output.say(f"No entities yet. Add one: annotator entities {arguments.project} --add NAME")
    else:
        _say(uses)
    return 0


def _say(uses: list[EntityUse]) -> None:
    rows = [(str(use.spans), use.entity.name, ", ".join(use.entity.aliases)) for use in uses]
    for line in output.columns([("SPANS", "ENTITY", "ALIASES"), *rows], right=frozenset({0})):
        output.say(line)


def _change(project: "Project", arguments: Namespace) -> str:
    """Do what the arguments ask for, if anything, and return what was done in words."""
    if arguments.add:
        return f"Added “{project.add_entity(arguments.add).name}”."
    if arguments.rename:
        name, new = arguments.rename
        return f"“{name}” is called “{project.change_entity(name, name=new).name}” now."
    if arguments.merge:
        name, into = arguments.merge
        return f"Merged “{name}” into “{project.merge_entities(name, into).name}”."
    if arguments.alias:
        name, *aliases = _several("--alias", arguments.alias)
        changed = project.change_entity(name, aliases=(*get(project.entity_list(), name).aliases, *aliases))
        return f"“{changed.name}” is also called {', '.join(f'“{alias}”' for alias in changed.aliases)}."
    if arguments.split:
        name, new, *forms = _several("--split", arguments.split)
        return f"Split “{project.split_entity(name, new, forms=(new, *forms)).name}” from “{name}”."
    if arguments.remove:
        project.remove_entity(arguments.remove)
        return f"Removed “{arguments.remove}”."
    return ""


def _several(option: str, given: list[str]) -> list[str]:
    if len(given) < 2:
        raise BadArgument(f"{option} needs two names at least.\nHow it is used: annotator entities --help")
    return given
