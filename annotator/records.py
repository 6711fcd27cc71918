"""What the interfaces say in JSON, with the key names of the JSONL; codebook files; and the table of formats."""

from collections.abc import Sequence
from pathlib import Path

from annotator.domain.change import Change
from annotator.domain.codebook import Codebook
from annotator.domain.codebook_merge import Merge
from annotator.domain.document import Document, DocumentStatus
from annotator.domain.revision import Revision, RevisionReport
from annotator.domain.span import Span
from annotator.formats import codebook_json, export, jsonl, plain_text, registry
from annotator.formats.registry import Format
from annotator.formats.reports import ExportReport as ExportReport
from annotator.formats.reports import ImportReport as ImportReport

Record = dict[str, object]


def span(span: Span) -> Record:
    """A span as it stands in the JSONL, with its document's id."""
    return {"document": span.document, **jsonl.span_record(span)}


def document(document: Document) -> Record:
    """A document as it stands in the JSONL, without its text, with its length in code points."""
    return {
        "id": document.id,
        "text_sha256": document.text_sha256,
        "length": document.length,
        "language": document.language,
        "meta": jsonl.meta_record(document),
        "note": document.note,
    }


def document_details(document_: Document, revisions: Sequence[Revision], unplaced: Sequence[Span]) -> Record:
    """A document with its earlier texts and the spans that have no place in the one it has."""
    earlier = [
        {
            "number": each.number,
            "text_sha256": each.text_sha256,
            "length": each.length,
            "annotator": each.annotator,
            "until": each.until,
        }
        for each in revisions
    ]
    return {**document(document_), "revisions": earlier, "unplaced": [jsonl.span_record(each) for each in unplaced]}


def revised(report: RevisionReport) -> Record:
    """What a correction did, or would do, to each span."""
    spans = [
        {
            "id": fate.id,
            "annotator": fate.annotator,
            "label": fate.label,
            "how": fate.how.value,
            "old": fate.old,
            "new": fate.new,
        }
        for fate in report.spans
    ]
    return {
        "document": report.document,
        "revision": report.number,
        "text_sha256": report.text_sha256,
        "spans": spans,
    }


def status(status: DocumentStatus) -> Record:
    """A document with the number of its spans and its state."""
    return {**document(status.document), "span_count": status.spans, "state": status.state.value}


def change(change: Change) -> Record:
    """A step of the history."""
    return {
        "number": change.number,
        "id": change.id,
        "kind": change.kind.value,
        "name": change.name,
        "annotator": change.annotator,
        "at": change.at,
    }


def imported(report: ImportReport, *, dry_run: bool) -> Record:
    """What an import added, or would add."""
    return {
        "dry_run": dry_run,
        "added": [document(each) for each in report.added],
        "present": [document(each) for each in report.present],
        "notes": list(report.notes),
    }


def exported(report: ExportReport) -> Record:
    """What an export wrote and what it left out."""
    losses = [{"what": loss.what, "count": loss.count, "sentence": loss.sentence} for loss in report.losses]
    return {
        "format": report.losses.format,
        "documents": report.documents,
        "spans": report.spans,
        "files": [str(file) for file in report.files],
        "losses": losses,
    }


def format_record(format_: Format) -> Record:
    """A row of the table of formats."""
    return {
        "name": format_.name,
        "title": format_.title,
        "endings": list(format_.endings),
        "reads": format_.reads,
        "writes": format_.writes,
        "layouts": list(format_.layouts),
        "loses": list(format_.loses),
    }


def formats() -> tuple[Format, ...]:
    """What can be read and written."""
    return registry.FORMATS


def codebook(codebook: Codebook) -> Record:
    """The codebook as it stands in its file."""
    return codebook_json.record(codebook)


def merged(merge: Merge) -> Record:
    """What an import of a codebook added and changed, and which attributes it left, being of another kind."""
    return {
        name: [{"what": each.what, "name": each.name, "label": each.label} for each in entries]
        for name, entries in (("added", merge.added), ("changed", merge.changed), ("left", merge.left))
    }


def read_text(path: Path) -> str:
    """Read a plain text file, normalised. Raises NotFound, BadArgument, BadContent or EnvironmentFailed."""
    return plain_text.read(path).text


def read_codebook(path: Path, into: Codebook | None = None) -> Codebook:
    """Read a codebook file, perhaps to merge it `into` another, which then says what the file leaves open.

    Raises NotFound, BadArgument, BadContent or EnvironmentFailed.
    """
    return codebook_json.read(path, into)


def write_codebook(codebook: Codebook, target: Path, *, force: bool, project: Path) -> Path:
    """Write a codebook file, whole or not at all. Raises BadArgument where it exists (unless `force`)."""
    return export.write_codebook(codebook, target, force=force, project=project)
