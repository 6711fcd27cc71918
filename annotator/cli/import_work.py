"""What `annotator import` says of files of work: projects that were handed out, and our own JSONL."""

import shlex
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotator import records
from annotator.cli import output
from annotator.errors import BadContent

if TYPE_CHECKING:
    from annotator.domain.work import Tally, WorkPreview, WorkRow
    from annotator.project import Project

_STATES = {"todo": "to do", "in-progress": "in progress", "done": "done"}


def of_work(arguments: Namespace) -> list[str]:
    """Return those of the files that hold work; none where they were said to be something else."""
    if arguments.format or arguments.column:
        return []
    return [file for file in arguments.files if records.holds_work(file)]


def previewed(project: "Project", files: Sequence[str], counter: output.Counter) -> "list[WorkPreview]":
    """Return what taking each of the files in would do."""
    found = []
    for file in files:
        for step in project.preview_work_steps(file):
            if isinstance(step, int):
                counter(step)
            else:
                found.append(step)
    return found


def check(previews: "Sequence[WorkPreview]", arguments: Namespace) -> None:
    """Raise, with what can be done about it, where something was refused."""
    refused = [each for preview in previews for each in preview.refused]
    if refused and not arguments.skip_bad:
        first = refused[0]
        place = f"{first.path}, line {first.line}" if first.line is not None else first.path
        more = len(refused) - 1
        others = f" So were {more:,} more." if more > 1 else " So was 1 more." if more else ""
        raise BadContent(
            f"{place}: {first.reason}{others} Nothing was imported.\n"
            "See all with --dry-run; --skip-bad leaves out what can’t come in."
        )


def take(project: "Project", previews: "Sequence[WorkPreview]", arguments: Namespace) -> "list[WorkPreview]":
    """Take the files in, each as one change; return what that did."""
    return [
        project.take_work(
            preview,
            annotators=arguments.of or None,
            new_labels=not arguments.no_new_labels,
            skip_bad=arguments.skip_bad,
        )
        for preview in previews
    ]


def say(preview: "WorkPreview", arguments: Namespace, *, dry_run: bool) -> None:
    """Say what taking a file in did, or would do."""
    for document in preview.documents:
        output.say(f"{'Would add' if dry_run else 'Added'} {document.id}: {document.heading}")
    for row in preview.rows:
        if (row.taken or row.kept) and (not arguments.of or row.annotator in arguments.of):
            output.say(f"{row.annotator}, {row.document}: {', '.join(_of_row(row))}")
    if preview.codebook:
        said = "Would be added" if dry_run else "Added"
        output.say(f"{said} to the codebook: {', '.join(map(str, preview.codebook))}")
    for refused in preview.refused:
        place = "" if refused.line is None else f"line {refused.line}: "
        output.say(f"Refused: {place}{refused.reason}")
    for note in preview.notes:
        output.say(note)
    if preview.empty:
        output.say(f"Nothing in {preview.path} is new here.")
    elif not dry_run:
        output.say(f"To take it back: annotator undo {shlex.quote(str(arguments.project))}{_as(arguments)}")


def _as(arguments: Namespace) -> str:
    return f" --annotator {shlex.quote(arguments.annotator)}" if arguments.annotator else ""


def _of_row(row: "WorkRow") -> Iterator[str]:
    for tally, noun in ((row.spans, "span"), (row.relations, "relation"), (row.comments, "comment")):
        yield from _of_tally(tally, noun)
    if row.state is not None:
        yield f"marked {_STATES[row.state]}"
    if row.note:
        yield "the note on the document"
    if row.kept:
        yield f"{row.kept:,} older than here, left as {'it is' if row.kept == 1 else 'they are'}"


def _of_tally(tally: "Tally", noun: str) -> Iterator[str]:
    counts = (tally.new, "new"), (tally.changed, "changed"), (tally.deleted, "deleted")
    for count, how in counts:
        if count:
            yield f"{count:,} {how} {noun}{'' if count == 1 else 's'}"
