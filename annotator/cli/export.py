"""`annotator export`: take the annotations away as data."""

from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_project, one_line
from annotator.domain.document import State
from annotator.errors import BadArgument

if TYPE_CHECKING:
    from annotator.project import Project

DESCRIPTION = """\
Write the documents with their spans as data: JSONL, one line a document, or one line a span with its context; or CSV,
one row a span. The codebook is written beside it, as NAME.codebook.json. Positions are Unicode code points, an end is
exclusive."""
EXAMPLES = (
    "annotator export study.annotator",
    "annotator export study.annotator -o done.jsonl --state done --annotator kim",
    "annotator export study.annotator --layout spans --label claim -o - | head",
    "annotator export study.annotator --format csv -o spans.csv",
    "annotator export study.annotator --gold -o gold.jsonl",
    "annotator export study.annotator -o dataset/study.jsonl --dataset-card",
)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--format", metavar="F", default="jsonl", help="the format (default: jsonl)")
    parser.add_argument("--layout", metavar="L", help="documents (default) or spans")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="the file to write, - for standard output (default: beside the project)"
    )
    _add_filter(parser, "--annotator", "NAME", "the spans of this annotator alone")
    parser.add_argument(
        "--gold", action="store_true", help="the reviewed spans, in place of the annotators’ own, with what was decided"
    )
    _add_filter(parser, "--label", "NAME", "the spans of this label alone")
    states = [state.value for state in State]
    parser.add_argument(
        "--state",
        metavar="STATE",
        action="append",
        default=[],
        choices=states,
        help=f"the documents in this state alone ({', '.join(states)}); may be given several times",
    )
    parser.add_argument(
        "--dataset-card", action="store_true", help="write a README.md too, with which `datasets` loads the folder"
    )
    parser.add_argument(
        "--bom",
        action=BooleanOptionalAction,
        help="begin CSV with a byte-order mark, which Excel needs (default: in a file, not on standard output)",
    )
    parser.add_argument(
        "--raw-cells",
        action="store_true",
        help="leave cells of CSV as they are that begin with = + - @ and that a spreadsheet would run as formulas",
    )
    parser.add_argument("--force", action="store_true", help="replace files that exist")


def _add_filter(parser: ArgumentParser, name: str, metavar: str, text: str) -> None:
    parser.add_argument(
        name, metavar=metavar, action="append", default=[], type=one_line, help=f"{text}; may be given several times"
    )


def run(arguments: Namespace) -> int:
    to_stream = arguments.output == "-"
    if to_stream and (arguments.json or arguments.dataset_card):
        option = "--json" if arguments.json else "--dataset-card"
        raise BadArgument(f"{option} and `-o -` don’t go together. Name a file to export to.")
    write = _to_stream if to_stream else _to_files
    with annotator.open(arguments.project) as project, output.Counter("document") as counter:
        report = write(project, arguments, counter)
    if arguments.json:
        output.say_json(records.exported(report))
        return 0
    say = output.complain if to_stream else output.say
    if not to_stream:
        say(f"Wrote {_counts(report)} to {', '.join(str(file) for file in report.files)}")
    for sentence in report.losses.sentences:
        say(sentence)
    return 0


def _counts(report: records.ExportReport) -> str:
    documents, spans = output.counted(report.documents, "document"), output.counted(report.spans, "span")
    if report.relations:
        return f"{documents}, {spans} and {output.counted(report.relations, 'relation')}"
    return f"{documents} and {spans}"


def _to_files(project: "Project", arguments: Namespace, counter: output.Counter) -> records.ExportReport:
    target = Path(arguments.output) if arguments.output else arguments.project.with_suffix(f".{arguments.format}")
    return project.export(
        target,
        format=arguments.format,
        layout=arguments.layout,
        annotators=arguments.annotator,
        gold=arguments.gold,
        labels=arguments.label,
        states=[State(state) for state in arguments.state],
        dataset_card=arguments.dataset_card,
        force=arguments.force,
        bom=arguments.bom,
        raw_cells=arguments.raw_cells,
        progress=counter,
    )


def _to_stream(project: "Project", arguments: Namespace, counter: output.Counter) -> records.ExportReport:
    with output.data_stream() as stream:
        return project.export(
            stream=stream,
            format=arguments.format,
            layout=arguments.layout,
            annotators=arguments.annotator,
            gold=arguments.gold,
            labels=arguments.label,
            states=[State(state) for state in arguments.state],
            bom=arguments.bom,
            raw_cells=arguments.raw_cells,
            progress=counter,
        )
