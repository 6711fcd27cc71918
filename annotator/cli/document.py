"""`annotator document`: what is known of one document; change it, correct its text, delete it."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_document, add_project, writable
from annotator.domain.metadata import FIELDS
from annotator.errors import BadArgument

if TYPE_CHECKING:
    from annotator.domain.revision import RevisionReport
    from annotator.project import Project

DESCRIPTION = f"""\
Show what is known of a document, or change it: --set gives a field a value (none: takes it away); fields are
{", ".join(FIELDS)}, and any further one by its name. --revise gives it a corrected
text from a file: everybody’s spans are placed again, and those that can’t be are listed."""
EXAMPLES = (
    "annotator document study.annotator article.txt",
    'annotator document study.annotator article.txt --set "title=Vote delayed" --set published=2011-09-17',
    "annotator document study.annotator article.txt --revise corrected.txt --dry-run",
    "annotator document study.annotator article.txt --delete",
)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    add_document(parser)
    parser.add_argument(
        "--set", metavar="FIELD=VALUE", type=_setting, action="append", default=[], help="may be given several times"
    )
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--revise", metavar="FILE", type=Path, help="take the document’s corrected text from this file")
    act.add_argument("--delete", action="store_true", help="delete the document with everybody’s spans; undo brings it")
    parser.add_argument("--dry-run", action="store_true", help="say what --revise would do, and change nothing")
    add_annotator(parser)


def run(arguments: Namespace) -> int:
    if arguments.dry_run and not arguments.revise:
        raise BadArgument("--dry-run goes with --revise FILE.")
    if arguments.set and (arguments.revise or arguments.delete):
        raise BadArgument("--set goes alone: correct or delete the document with a command of its own.")
    text = records.read_text(arguments.revise) if arguments.revise else ""
    with annotator.open(arguments.project, arguments.annotator) as project:
        document_id = project.documents.find(arguments.document).id
        if arguments.delete:
            return _delete(project, document_id, arguments)
        if arguments.revise:
            act = project.preview_revision if arguments.dry_run else project.revise
            return _say_revision(act(document_id, text), arguments)
        if arguments.set:
            _change(project, document_id, dict(arguments.set))
        return _show(project, document_id, arguments)


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = writable(text).partition("=")
    if not equals or not name.strip():
        raise ArgumentTypeError(f"“{text}” is not FIELD=VALUE, such as outlet=CNN")
    return name.strip(), value.strip()


def _change(project: "Project", document_id: str, given: dict[str, str]) -> None:
    further = dict(project.documents.get(document_id).fields)
    further |= {name: value for name, value in given.items() if name not in FIELDS}
    project.change_document(
        document_id,
        fields=further if given.keys() - set(FIELDS) else None,
        **{name: value for name, value in given.items() if name in FIELDS},
    )


def _delete(project: "Project", document_id: str, arguments: Namespace) -> int:
    work = project.work_on(document_id)
    project.delete_documents(document_id)
    if arguments.json:
        output.say_json({"deleted": document_id, "spans": work.spans, "annotators": list(work.annotators)})
    else:
        spans = f" with {output.counted(work.spans, 'span')} by {', '.join(work.annotators)}" if work.spans else ""
        output.say(f"Deleted {document_id}{spans}. Bring it back: annotator undo {arguments.project}")
    return 0


def _show(project: "Project", document_id: str, arguments: Namespace) -> int:
    document, waiting = project.documents.get(document_id), project.unplaced(document_id)
    revisions = project.revisions(document_id)
    if arguments.json:
        output.say_json(records.document_details(document, revisions, waiting))
        return 0
    known = [(name, getattr(document, name)) for name in FIELDS]
    rows = [("id", document.id), *known, *document.fields, ("file", document.source_file), ("note", document.note)]
    rows += [("text", f"{output.counted(document.length, 'character')}, revision {len(revisions) + 1}")]
    rows += [
        (f"text {each.number}", f"until {output.local_time(each.until)}, corrected by {each.annotator}")
        for each in revisions
    ]
    rows += [("no place", f"{span.id}  {span.label}  “{span.text}”") for span in waiting]
    for line in output.columns([(name, value) for name, value in rows if value]):
        output.say(line)
    return 0


def _say_revision(report: "RevisionReport", arguments: Namespace) -> int:
    if arguments.json:
        output.say_json({"dry_run": arguments.dry_run, **records.revised(report)})
        return 0
    would = "Would make" if arguments.dry_run else "Made"
    same = len(report.unchanged) + len(report.moved)
    changed = len(report.changed)
    counts = f"{output.counted(same, 'span')} {'stays' if same == 1 else 'stay'}, "
    counts += f"{changed} {'gets' if changed == 1 else 'get'} new words, "
    output.say(f"{would} revision {report.number}: {counts}{len(report.unplaced)} can’t be placed.")
    for fate in (*report.changed, *report.unplaced):
        now = f"now “{fate.new}”" if fate.new is not None else "no place"
        output.say(f"{fate.id}  {fate.label} by {fate.annotator}: “{fate.old}”, {now}")
    return 0
