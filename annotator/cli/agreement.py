"""`annotator agreement`: how far annotators agree on the documents that they finished."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_project, one_line

if TYPE_CHECKING:
    from annotator.records import Figure

DESCRIPTION = """\
Say how far annotators agree, over the documents that all of them marked done: of all annotators together, then of each
pair. A measure that is undefined is n/a, with the reason. Intervals are of 95 %, by a bootstrap over documents.

spans, pair by pair; of more than two annotators the mean of the pairs:
  f1-exact, f1-strict    the same fragments; the same label too
  f1-type                any overlap and the same label
  f1-partial             any overlap, which counts one half where the fragments differ
characters; with -tagged (cohen-tagged…) without the text that nobody tagged:
  cohen, fleiss          Cohen’s kappa (pair by pair), Fleiss’ kappa
  alpha                  Krippendorff’s alpha
stretches, where nobody’s own spans overlap:
  u-alpha                finding and labelling together
  u-alpha-given          finding alone
  cu-alpha, ku-alpha     labelling where spans meet; of one label against the others
spans, only when they are asked for or with --gold: of the first named, if the second were right
  precision-exact, precision-strict, precision-type, precision-partial
  recall-exact, recall-strict, recall-type, recall-partial
only when it is asked for, since it takes its time:
  gamma                  where spans are and their labels, by the best alignment"""
EXAMPLES = (
    "annotator agreement study.annotator",
    "annotator agreement study.annotator --measure f1-type --measure alpha --label claim --label quote",
    "annotator agreement study.annotator --measure gamma --annotator kim --annotator lee --json",
    "annotator agreement study.annotator --gold --measure f1-strict",
)
_HEAD = ("MEASURE", "LABEL", "ANNOTATORS", "VALUE", "INTERVAL", "DOCUMENTS", "ITEMS", "")


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    _add_choice(parser, "--measure", "M", "this measure alone (default: all but gamma)")
    _add_choice(parser, "--label", "L", "this label alone (default: all labels together)")
    _add_choice(parser, "--annotator", "N", "between these annotators alone (default: all who share a document)")
    parser.add_argument(
        "--gold",
        action="store_true",
        help="each annotator against gold instead, in the documents in which all is decided",
    )


def _add_choice(parser: ArgumentParser, name: str, metavar: str, text: str) -> None:
    parser.add_argument(
        name, metavar=metavar, action="append", default=[], type=one_line, help=f"{text}; may be given several times"
    )


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project) as project, output.Counter("alignment") as counter:
        wanted = arguments.measure, arguments.label, arguments.annotator
        figures = project.agreement(*wanted, progress=counter, gold=arguments.gold)
    if arguments.json:
        output.say_json([records.figure(figure) for figure in figures])
        return 0
    for line in output.columns([_HEAD, *_rows(figures)], right=frozenset({3, 5, 6})):
        output.say(line)
    if arguments.gold and not any(figure.documents for figure in figures):
        output.say(f"No document is wholly reviewed yet: annotator review {arguments.project} queue")
    elif not any(figure.documents for figure in figures):
        output.say(f"Who has finished a document says so: annotator status {arguments.project} DOCUMENT done")
    return 0


def _rows(figures: Sequence["Figure"]) -> Iterator[tuple[str, ...]]:
    """Yield a row a figure; what stands in the row above already is left out."""
    above: tuple[str, str] | None = None
    for figure in figures:
        what = figure.measure, figure.label or "all labels"
        yield (
            *(what if what != above else ("", "")),
            ", ".join(figure.annotators) or "nobody",
            "n/a" if figure.value is None else f"{figure.value:.3f}",
            "" if figure.low is None else f"{figure.low:.3f} to {figure.high:.3f}",
            f"{figure.documents:,}",
            f"{figure.items:,}",
            figure.reason or "",
        )
        above = what
