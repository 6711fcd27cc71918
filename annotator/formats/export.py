"""Exporting: documents go through a format's writer to files or to a stream, with a report of what was lost.

A codebook goes beside the data, and a dataset card if asked for; they appear together or not at all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from annotator.domain.annotated import AnnotatedDocument
from annotator.domain.codebook import Codebook
from annotator.errors import BadArgument
from annotator.formats import codebook_json, files, registry
from annotator.formats import dataset_card as cards
from annotator.formats.manner import USUAL, Manner
from annotator.formats.reports import ExportReport, Loss, LossReport
from annotator.formats.tally import Tally

Progress = Callable[[int], None]
"""Called after each document with how many have been written."""

_SENTENCES = {
    "documents without spans": (
        "1 document without spans is left out.",
        "{:,} documents without spans are left out.",
    ),
    "states of documents": (
        "1 document’s state is left out.",
        "{:,} states of documents are left out.",
    ),
    "notes on documents": (
        "1 document’s note is left out.",
        "{:,} notes on documents are left out.",
    ),
    "cells like formulas": (
        "1 cell begins with = + - @ or a tab and got an apostrophe before it, unless raw cells are asked for.",
        "{:,} cells begin with = + - @ or a tab and got an apostrophe before them, unless raw cells are asked for.",
    ),
    "further metadata": (
        "1 document’s further metadata is left out.",
        "The further metadata of {:,} documents is left out.",
    ),
    "values with a semicolon": (
        "1 of several values in one cell has a semicolon itself, which also stands between values.",
        "{:,} of several values in one cell have a semicolon themselves, which also stands between values.",
    ),
    "spans without a place": (
        "1 span is left out: it has no place in the text since that was corrected.",
        "{:,} spans are left out: they have no place in the text since that was corrected.",
    ),
    "relations": (
        "1 relation is left out.",
        "{:,} relations are left out.",
    ),
    "texts between fragments": (
        "1 span has several fragments; the text between them is left out.",
        "{:,} spans have several fragments; the text between them is left out.",
    ),
}
"""What a writer counts in `Tally.losses`, as a sentence for one and for several."""


def write_files(
    documents: Iterable[AnnotatedDocument],
    codebook: Codebook,
    target: Path,
    *,
    format: str = "jsonl",  # noqa: A002 - the word of the command line and of the scripting interface
    layout: str | None = None,
    dataset_card: bool = False,
    force: bool = False,
    project: Path | None = None,
    progress: Progress | None = None,
    bom: bool | None = None,
    raw_cells: bool = False,
) -> ExportReport:
    """Write `target` and, beside it, `NAME.codebook.json` and (if asked) `README.md`: all of them or none.

    A codebook that is there already, just as it would be written, stays: several exports may share a name.
    `documents` is read once, one at a time, after every check of the arguments. `project` is the file that they come
    from, which is never overwritten. Raises BadArgument (an output that exists without `force`, a folder, no parent
    folder), NotFound (format, layout), BadContent (a span is not its slice), EnvironmentFailed (full, no permission).
    """
    entry = registry.find(format)
    writer, layout = entry.writer(), entry.layout(layout)
    files.check_target(target, force=force, project=project)
    beside, described = codebook_path(target), codebook_json.dumps(codebook)
    names = [target] + ([] if _holds(beside, described) else [beside])
    names += [target.with_name(cards.NAME)] if dataset_card else []
    if dataset_card and entry.name != "jsonl":
        raise BadArgument(f"A dataset card goes with JSONL alone, not with {entry.title}.")
    if dataset_card and target.suffix.lower() not in entry.endings:
        endings = " or ".join(entry.endings)
        raise BadArgument(f"With a dataset card the data’s name must end in {endings}, or no tool will know it.")
    places = {name: files.check_target(name, force=force, project=project) for name in names}
    tally = Tally()
    with files.Batch(force=force) as batch:
        with batch.file(places[target]) as stream:
            manner = Manner(codebook, bom=bom is not False, raw_cells=raw_cells)
            writer.write(_followed(documents, progress), stream, layout, tally, manner)
        if beside in places:
            with batch.file(places[beside]) as stream:
                stream.write(described)
        if dataset_card:
            with batch.file(places[target.with_name(cards.NAME)]) as stream:
                stream.write(cards.card(target.name, layout, codebook, tally))
        batch.finish()
    losses = _losses(tally)
    if dataset_card and not (tally.spans if layout == "spans" else tally.documents):
        losses += (Loss("lines", 0, "There is nothing in the data, and `datasets` loads no empty file."),)
    return ExportReport(tally.documents, tally.spans, tuple(names), LossReport(entry.name, losses), tally.relations)


def write_stream(
    documents: Iterable[AnnotatedDocument],
    stream: TextIO,
    *,
    format: str = "jsonl",  # noqa: A002 - the word of the command line and of the scripting interface
    layout: str | None = None,
    progress: Progress | None = None,
    codebook: Codebook | None = None,
    bom: bool | None = None,
    raw_cells: bool = False,
) -> ExportReport:
    """Write the data alone to `stream`, which the caller opened as UTF-8 (no line end translated) and closes.

    Raises NotFound (format, layout) and BadContent; an error of the stream itself (a closed pipe) comes as OSError.
    """
    entry = registry.find(format)
    writer, layout = entry.writer(), entry.layout(layout)
    tally = Tally()
    manner = Manner(
        codebook or USUAL.codebook, bom=bom is True, raw_cells=raw_cells
    )  # what a stream goes to is a program
    writer.write(_followed(documents, progress), stream, layout, tally, manner)
    stream.flush()
    lost = Loss(
        "codebook", 1, "The codebook is not in the stream: `annotator codebook PROJECT --export FILE` writes it."
    )
    losses = (*_losses(tally), lost)
    return ExportReport(tally.documents, tally.spans, (), LossReport(entry.name, losses), tally.relations)


def codebook_path(target: Path) -> Path:
    """Return where the codebook of the data in `target` goes: `NAME.codebook.json` beside it."""
    return target.with_name(f"{target.stem}.codebook.json")


def _holds(file: Path, text: str) -> bool:
    """Whether a file has exactly this text already."""
    try:
        wanted = text.encode()
        return file.is_file() and file.stat().st_size == len(wanted) and file.read_bytes() == wanted
    except (OSError, ValueError):
        return False


def _followed(documents: Iterable[AnnotatedDocument], progress: Progress | None) -> Iterator[AnnotatedDocument]:
    for number, document in enumerate(documents, 1):
        yield document
        if progress:
            progress(number)


def _losses(tally: Tally) -> tuple[Loss, ...]:
    return tuple(Loss(what, count, _sentence(what, count)) for what, count in sorted(tally.losses.items()) if count)


def _sentence(what: str, count: int) -> str:
    one, several = _SENTENCES[what]
    return one if count == 1 else several.format(count)


def write_codebook(codebook: Codebook, target: Path, *, force: bool = False, project: Path | None = None) -> Path:
    """Write the codebook alone to `target`, whole or not at all; returns it. Raises as `write_files` does."""
    place = files.check_target(target, force=force, project=project)
    with files.Batch(force=force) as batch:
        with batch.file(place) as stream:
            stream.write(codebook_json.dumps(codebook))
        batch.finish()
    return target


def write_figures(contents: Mapping[Path, bytes], *, force: bool = False, project: Path | None = None) -> list[Path]:
    """Write charts and their tables, all of them or none; returns the files. Raises as `write_files` does."""
    places = {files.check_target(target, force=force, project=project): data for target, data in contents.items()}
    with files.Batch(force=force) as batch:
        for place, data in places.items():
            batch.add(place, data)
        batch.finish()
    return list(contents)
