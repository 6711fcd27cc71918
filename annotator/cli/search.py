"""`annotator search`: find words in all documents, see them in context, tag them."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_project, one_line, writable
from annotator.domain.document import State
from annotator.domain.search import Hit, Places, Query, Scope

if TYPE_CHECKING:
    from annotator.project import Project

DESCRIPTION = """\
Find TEXT in the documents and show every place with the words around it. Upper and lower case, and accents, make no
difference unless asked for; a blank stands for any white space, a quotation mark for a straight or a curly one."""
EXAMPLES = (
    'annotator search study.annotator "secure communities"',
    'annotator search study.annotator "secure communities" --tag actor',
    "annotator search study.annotator 'report(s|ed)?' --regex --words --outlet CNN --from 2011-09",
    "annotator search study.annotator ICE --case --words --not-in actor --json",
)
_WIDTH = 40  # code points of the words at either side


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("text", metavar="TEXT", type=writable, help="what to look for")
    parser.add_argument(
        "--regex", action="store_true", help="TEXT is a regular expression; ^ and $ are those of a line"
    )
    parser.add_argument("--case", action="store_true", help="upper and lower case make a difference")
    parser.add_argument("--accents", action="store_true", help="accents make a difference")
    parser.add_argument("--words", action="store_true", help="whole words alone")
    _add_several(parser, "--document", "DOCUMENT", "in this document alone: its id, a beginning of it, its file name")
    _add_several(parser, "--outlet", "NAME", "in documents of this outlet alone")
    parser.add_argument("--from", dest="since", metavar="DATE", default="", help="published on or after this day")
    parser.add_argument("--to", dest="until", metavar="DATE", default="", help="published on or before this day")
    states = [state.value for state in State]
    parser.add_argument(
        "--state", metavar="STATE", action="append", default=[], choices=states, help=f"in documents that are {states}"
    )
    parser.add_argument("--label", metavar="LABEL", default="", help="inside of your spans of this label alone")
    parser.add_argument("--not-in", metavar="LABEL", default="", help="outside of your spans of this label alone")
    parser.add_argument("--tag", metavar="LABEL", help="tag all that is found, in one change")
    add_annotator(parser)


def _add_several(parser: ArgumentParser, name: str, metavar: str, text: str) -> None:
    help_ = f"{text}; may be given several times"
    parser.add_argument(name, metavar=metavar, action="append", default=[], type=one_line, help=help_)


def run(arguments: Namespace) -> int:
    query = Query(arguments.text, arguments.regex, arguments.case, arguments.accents, arguments.words)
    told: list[records.Record] | None = [] if arguments.json and arguments.tag is None else None
    with annotator.open(arguments.project, arguments.annotator) as project:
        if arguments.tag is not None:
            project.codebook.label(arguments.tag)  # before anything is printed
        places = _searched(project, query, _scope(project, arguments), told, shown=not arguments.json)
        if arguments.tag is not None:
            tagged = project.tag_hits(arguments.tag, places)
    if arguments.json:
        output.say_json(records.tagged_hits(tagged) if told is None else told)
        return 0
    in_documents = output.counted(len(places.documents), "document")
    output.say(f"{output.counted(len(places), 'hit')} in {in_documents}." if len(places) else "Nothing was found.")
    if arguments.tag is not None and len(places):
        already = f"; {tagged.already:,} were tagged so already" if tagged.already else ""
        output.say(f"{len(tagged.spans):,} tagged as {arguments.tag}{already}.")
    return 0


def _scope(project: "Project", arguments: Namespace) -> Scope:
    return Scope(
        documents=tuple(project.documents.find(name).id for name in arguments.document),
        outlets=tuple(arguments.outlet),
        since=arguments.since,
        until=arguments.until,
        states=tuple(State(state) for state in arguments.state),
        inside=arguments.label,
        outside=arguments.not_in,
    )


def _searched(
    project: "Project", query: Query, scope: Scope, told: list[records.Record] | None, *, shown: bool
) -> Places:
    """Search; print each hit when it is found, or put it into `told`."""
    places = Places()
    with output.Counter("document") as counter:
        for found in project.search(query, scope):
            last = places.documents[-1] if places.documents else ""
            for hit in project.in_context(found.places, width=_WIDTH) if shown or told is not None else ():
                if told is not None:
                    told.append(records.hit(hit))
                    continue
                if hit.document != last:
                    last = hit.document
                    output.say(f"{last}  {project.documents.get(last).heading}")
                output.say(_line(hit))
            places.extend(found.places)
            counter(found.searched)
    return places


def _line(hit: Hit) -> str:
    """One hit: where it begins, what stands before it, itself in brackets, what stands behind; and its labels."""
    labels = "".join(f"  ({tag.label})" for tag in hit.tags)
    before = output.at_right(hit.before, _WIDTH + 1)
    return f"{hit.start:>9,}  {before}[{output.printable(hit.text)}]{hit.after}{labels}"
