"""`annotator import`: add documents from files and folders, and take back the work that others did."""

import shlex
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

import annotator
from annotator import records, work_records
from annotator.cli import import_work, output
from annotator.cli.arguments import add_annotator, add_project, one_line, writable
from annotator.domain.incoming import FIELDS, Alike, ImportOptions, ImportPreview, Incoming, Known, Source
from annotator.errors import BadContent

if TYPE_CHECKING:
    from annotator.domain.work import WorkPreview

DESCRIPTION = """\
Add documents from plain texts, tables (CSV, TSV, JSONL, JSON: a document a row) and folders of them: all of them or,
where one can’t be read, none. A text that is in the project already is not added again. Nothing is guessed in silence:
a file that is neither UTF-8 nor begins with a byte-order mark needs --encoding, mojibake is repaired only if asked.

A project file that was handed out, another project, or JSONL as `annotator export` writes it brings everybody’s work on
its documents: spans, relations, states, comments, each file as one change. What is newer there than here is written,
what is newer here stays, gold and decisions too; the same file again changes nothing."""
EXAMPLES = (
    "annotator import study.annotator article.txt",
    "annotator import study.annotator articles/ --dry-run",
    "annotator import study.annotator study-kim.annotator --dry-run",
    "annotator import study.annotator old.txt --encoding cp1252 --repair-mojibake",
    "annotator import study.annotator news.csv --column text=body --column title=headline --skip-bad",
)

_OF = "take in the work of this annotator alone; may be given several times"
_NEARLY = {Alike.SAME: "nearly the same as", Alike.PART: "part of", Alike.WHOLE: "a text that contains"}


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("files", metavar="FILE", nargs="+", help="a file, or a folder with files in it, at any depth")
    parser.add_argument(
        "--format",
        metavar="F",
        help="the files’ format (default: by their endings; else text); see annotator formats. With it, of JSONL the "
        "documents alone are read",
    )
    parser.add_argument(
        "--encoding",
        metavar="E",
        type=one_line,
        help="the encoding of files that are not UTF-8 and have no byte-order mark, such as cp1252",
    )
    parser.add_argument(
        "--repair-mojibake", action="store_true", help="put right what was once read in a wrong encoding: â€œ for “"
    )
    parser.add_argument(
        "--column",
        metavar="FIELD=COLUMN",
        action="append",
        default=[],
        type=_column,
        help=f"which column of a table is which field ({', '.join(FIELDS)}); no COLUMN leaves the field out; "
        "may be given several times",
    )
    parser.add_argument("--skip-bad", action="store_true", help="leave out what can’t be read, and add the rest")
    parser.add_argument("--of", metavar="NAME", action="append", default=[], type=one_line, help=_OF)
    parser.add_argument("--no-new-labels", action="store_true", help="refuse work for which the codebook lacks a label")
    parser.add_argument("--dry-run", action="store_true", help="say what would be added, and add nothing")
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    options = ImportOptions(
        format=arguments.format,
        encoding=records.encoding_name(arguments.encoding) if arguments.encoding else None,
        columns=dict(arguments.column),
        repair=arguments.repair_mojibake,
    )
    with annotator.open(arguments.project, arguments.annotator) as project:
        of_work = import_work.of_work(arguments)
        files = [file for file in arguments.files if file not in of_work]
        with output.Counter("document") as counter:
            work = import_work.previewed(project, of_work, counter)
            preview = _watched(project.preview_import_steps(files, options), counter) if files else None
        if arguments.dry_run:
            return _say_all(preview, work, arguments)
        import_work.check(work, arguments)
        if preview:
            _check(preview, arguments)
        report = project.import_preview(preview, skip_bad=arguments.skip_bad) if preview else None
        work = import_work.take(project, work, arguments)
    if arguments.json:
        imported = records.imported(report, preview, dry_run=False) if report and preview else {}
        output.say_json(work_records.with_work(imported, work, dry_run=False))
        return 0
    for document in report.added if report else ():
        output.say(f"Added {document.id}: {document.heading}")
    for document in report.present if report else ():
        output.say(f"Already there, not added again: {document.id}")
    if preview:
        _say_warnings(preview, arguments)
    for each in work:
        import_work.say(each, arguments, dry_run=False)
    return 0


def _say_all(preview: ImportPreview | None, work: "list[WorkPreview]", arguments: Namespace) -> int:
    """Say what an import would do, work among it; the exit code is that which it would have."""
    refused = not arguments.skip_bad and any(each.refused for each in work)
    lacking = arguments.no_new_labels and any(entry.what != "entity" for each in work for entry in each.codebook)
    code = 1 if refused else 2 if lacking else 0
    if arguments.json:
        output.say_json(work_records.with_work(records.previewed(preview) if preview else {}, work, dry_run=True))
        return code or (_exit_code(preview, arguments) if preview else 0)
    for each in work:
        import_work.say(each, arguments, dry_run=True)
    return code or (_say_preview(preview, arguments) if preview else 0)


def _watched(steps: Iterator[int | ImportPreview], counter: output.Counter) -> ImportPreview:
    for step in steps:
        if isinstance(step, ImportPreview):
            return step
        counter(step)
    raise AssertionError("the preview comes last")


def _column(text: str) -> tuple[str, str]:
    """FIELD=COLUMN; COLUMN may be empty, and may hold `=` itself."""
    field, equals, column = writable(text).partition("=")
    if not equals or field.strip() not in FIELDS:
        raise ArgumentTypeError(f"“{text}” is not FIELD=COLUMN, where FIELD is one of: {', '.join(FIELDS)}")
    return field.strip(), column.strip()


def _check(preview: ImportPreview, arguments: Namespace) -> None:
    """Raise, with the command to type, where something must be said first or was refused."""
    for source in preview.uncertain:
        raise BadContent(f"{_question(source)}\n{_answer(source, arguments)}")
    if preview.refused and not arguments.skip_bad:
        first = preview.refused[0]
        said = first.reason if first.line is None else f"{first.path}, line {first.line}: {first.reason}"
        more = len(preview.refused) - 1
        if not more and first.line is None and len(arguments.files) == 1:
            raise first.error
        others = f" So were {more:,} more." if more > 1 else " So was 1 more." if more else ""
        raise BadContent(
            f"{said}{others} Nothing was imported.\nSee all with --dry-run; --skip-bad leaves out what can’t be read."
        )


def _question(source: Source) -> str:
    """What a person must say of a file."""
    others = source.encoding.others if source.encoding and source.needs == "encoding" else ()
    sample = f": “{' '.join(others[0].beginning.split())[:80]}”" if others else ""
    return f"{source.path}: {source.problem}{sample}."


def _answer(source: Source, arguments: Namespace) -> str:
    """The command that answers it."""
    command = f"annotator import {shlex.quote(str(arguments.project))} {shlex.quote(source.path)}"
    if source.needs == "encoding" and source.encoding:
        return f"If that reads right: {command} --encoding {source.encoding.name}"
    return f"Say which: {command} --column text=COLUMN"


def _say_preview(preview: ImportPreview, arguments: Namespace) -> int:
    """Say what an import would do; the exit code is that which it would have."""
    for source in preview.sources:
        if source.table:
            mapped = ", ".join(f"{field} from “{column}”" for field, column in source.table.mapping.items())
            output.say(f"{source.name}: {output.counted(source.table.total, 'row')}; {mapped or 'no field'}")
        if source.encoding and source.encoding.how is not Known.UTF8:
            output.say(f"{source.name}: {source.encoding.title}, {source.encoding.how.value}")
    asked = {source.path for source in preview.uncertain}
    for each in preview.incoming:
        if each.same:
            output.say(f"Already there, not added again: {each.same.id}")
        elif each.path not in asked:
            output.say(f"Would add {each.document.id}: {each.document.heading}")
    _say_warnings(preview, arguments)
    for source in preview.uncertain:
        output.say(_question(source))
        output.say(f"  {_answer(source, arguments)}")
    return _exit_code(preview, arguments)


def _exit_code(preview: ImportPreview, arguments: Namespace) -> int:
    return int(bool(preview.uncertain) or (bool(preview.refused) and not arguments.skip_bad))


def _say_warnings(preview: ImportPreview, arguments: Namespace) -> None:
    for each in preview.new:
        _say_of(each, repair=arguments.repair_mojibake)
    for refused in preview.refused:
        place = "" if refused.line is None else f"{refused.path}, line {refused.line}: "
        output.say(f"Refused: {place}{refused.reason}")
    for note in (*preview.notes, *(note for source in preview.sources for note in source.notes)):
        output.say(note)


def _say_of(each: Incoming, *, repair: bool) -> None:
    """Say what there is to know of one document."""
    if each.mojibake:
        first = each.mojibake.stretches[0]
        before = each.text[max(0, first.start - 20) : first.end]
        after = each.mojibake.text[max(0, first.new_start - 20) : first.new_end]
        places = output.counted(len(each.mojibake.stretches), "place")
        offer = "was repaired" if repair else "--repair-mojibake puts it right"
        output.say(f"{each.document.id} has mojibake in {places}, such as “{before}” for “{after}”: {offer}")
    for near in each.near:
        output.say(f"{each.document.id} is {_NEARLY[near.how]} {near.id} ({near.share:.0%}): {near.heading}")
