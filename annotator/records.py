"""What the interfaces say in JSON, with the key names of the JSONL; codebook files; and the table of formats."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.agreement.figure import Figure as Figure
from annotator.domain.backup import Backup
from annotator.domain.change import Change
from annotator.domain.codebook import Codebook
from annotator.domain.codebook_merge import Merge
from annotator.domain.document import Document, DocumentStatus
from annotator.domain.entity_use import EntityUse
from annotator.domain.relation import Relation
from annotator.domain.review import Comment, Decision, ReviewItem
from annotator.domain.revision import Revision, RevisionReport
from annotator.domain.search import Hit, TaggedHits
from annotator.domain.span import Span
from annotator.domain.time import stored
from annotator.formats import codebook_json, csv_table, export, jsonl, plain_text, registry
from annotator.formats.registry import Format
from annotator.formats.reports import ExportReport as ExportReport
from annotator.formats.reports import ImportReport as ImportReport

if TYPE_CHECKING:
    from annotator.domain.incoming import ImportPreview, Incoming, Source

Record = dict[str, object]
PROJECT_ENDING = ".annotator"


def span(span: Span) -> Record:
    """A span as it stands in the JSONL, with its document's id."""
    return {"document": span.document, **jsonl.span_record(span)}


def relation(relation: Relation) -> Record:
    """A relation as it stands in the JSONL, with its document's id."""
    return {"document": relation.document, **jsonl.relation_record(relation)}


def review_item(item: ReviewItem, names: Mapping[str, str]) -> Record:
    """An item of the review queue. `names` are what annotators are called: their names, or signs while unrevealed."""
    return {
        "id": item.id,
        "document": item.document,
        "kind": item.kind.value,
        "status": item.status.value,
        "candidates": [
            {
                "annotators": [names[name] for name in candidate.annotators],
                "label": candidate.span.label,
                "fragments": jsonl.fragment_records(candidate.span.fragments),
                "text": candidate.span.text,
                "attributes": jsonl.attribute_records(candidate.span.attributes),
                "notes": [span.note for span in candidate.spans if span.note],
                "suggested": place == item.suggested,
            }
            for place, candidate in enumerate(item.candidates)
        ],
        "absent": [names[name] for name in item.absent],
        "decision": decision(item.decision, names) if item.decision else None,
        "earlier": [decision(each, names) for each in item.earlier],
    }


def decision(decision: Decision, names: Mapping[str, str]) -> Record:
    """A decision, with the spans that it was about as they were then."""
    result = decision.result
    return {
        "id": decision.id,
        "document": decision.document,
        "kind": decision.kind.value,
        "action": decision.action.value,
        "rule": decision.rule.value,
        "sources": [
            {
                "span": each.span,
                "annotator": names[each.annotator],
                "label": each.label,
                "fragments": jsonl.fragment_records(each.fragments),
                "text": each.text,
                "attributes": jsonl.attribute_records(each.attributes),
            }
            for each in decision.sources
        ],
        "absent": [names[name] for name in decision.absent],
        "chosen": decision.chosen,
        "result": result
        and {
            "span": result.span,
            "label": result.label,
            "fragments": jsonl.fragment_records(result.fragments),
            "text": result.text,
            "attributes": jsonl.attribute_records(result.attributes),
        },
        "reviewer": decision.reviewer,
        "at": decision.at,
        "reason": decision.reason,
        "superseded": decision.superseded,
    }


def comment(comment: Comment) -> Record:
    """A comment of a review's conversation."""
    return {
        "id": comment.id,
        "document": comment.document,
        "spans": list(comment.spans),
        "author": comment.author,
        "at": comment.at,
        "text": comment.text,
    }


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


def status(status: DocumentStatus, lacking: int) -> Record:
    """A document with the number of its spans, how many of them lack a required value, and its state."""
    counts = {"span_count": status.spans, "lacking_count": lacking}
    return {**document(status.document), **counts, "state": status.state.value}


def hit(hit: Hit) -> Record:
    """A place that a search found, with the words around it and the spans that cover exactly this."""
    return {
        "document": hit.document,
        "start": hit.start,
        "end": hit.end,
        "text": hit.text,
        "before": hit.before,
        "after": hit.after,
        "spans": [{"id": tag.span, "label": tag.label} for tag in hit.tags],
    }


def tagged_hits(tagged: TaggedHits) -> Record:
    """What tagging the hits of a search came to."""
    return {"spans": [span(each) for each in tagged.spans], "already": tagged.already}


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


def entity(use: EntityUse) -> Record:
    """An entity with the number of its spans, and the texts of those with how often each occurs."""
    known = use.entity
    forms = [{"text": text, "count": count} for text, count in use.forms.items()]
    return {
        "name": known.name,
        "aliases": list(known.aliases),
        "note": known.note,
        "span_count": use.spans,
        "forms": forms,
    }


def holds_work(path: str | Path) -> bool:
    """Whether a file, as its name or its beginning tells, is a project or JSONL as we export it: see `take_work`."""
    from annotator.formats import work_jsonl  # only now, as below: few need it
    from annotator.storage import header

    file = Path(path).absolute()
    named = file.suffix == PROJECT_ENDING and file.is_file()
    return named or header.is_ours(file) or work_jsonl.is_ours(file)


def imported(report: ImportReport, preview: "ImportPreview", *, dry_run: bool) -> Record:
    """What an import added."""
    return {
        "dry_run": dry_run,
        "added": [document(each) for each in report.added],
        "present": [document(each) for each in report.present],
        **_looked_at(preview),
    }


def previewed(preview: "ImportPreview") -> Record:
    """What an import would add, with the keys of `imported`."""
    return {
        "dry_run": True,
        "added": [document(each.document) for each in preview.new],
        "present": [document(each.same) for each in preview.incoming if each.same],
        **_looked_at(preview),
    }


def _looked_at(preview: "ImportPreview") -> Record:
    """What there is to know of an import beside its documents."""
    return {
        "files": [_source(each) for each in preview.sources],
        "mojibake": [_mojibake(each) for each in preview.new if each.mojibake],
        "near_duplicates": [
            {"id": each.document.id, "other": near.id, "how": near.how.value, "share": round(near.share, 4)}
            for each in preview.new
            for near in each.near
        ],
        "refused": [{"file": each.path, "line": each.line, "reason": each.reason} for each in preview.refused],
        "notes": [*preview.notes, *(note for source in preview.sources for note in source.notes)],
    }


def _source(source: "Source") -> Record:
    encoding = source.encoding
    table = source.table
    return {
        "file": source.path,
        "format": source.format or None,
        "needs": source.needs or None,
        "encoding": encoding and {"name": encoding.name, "how": encoding.how.value},
        "candidates": [
            {"name": each.encoding, "title": each.title, "beginning": each.beginning}
            for each in (encoding.others if encoding else ())
        ],
        "columns": dict(table.mapping) if table else None,
        "further_columns": list(table.further) if table else [],
        "columns_left_out": list(table.left_out) if table else [],
    }


def _mojibake(incoming: "Incoming") -> Record:
    repair = incoming.mojibake
    stretches = repair.stretches if repair else ()
    after = repair.text if repair else ""
    return {
        "id": incoming.document.id,
        "repaired": incoming.repaired,
        "stretches": [
            {
                "start": each.start,
                "end": each.end,
                "text": incoming.text[each.start : each.end],
                "repaired": after[each.new_start : each.new_end],
            }
            for each in stretches
        ],
    }


def encodings() -> dict[str, str]:
    """The encodings that a text file may have, by name, and what people call them."""
    from annotator.formats import encodings as known  # only now, as below: few need it

    return known.ENCODINGS


def encoding_name(name: str) -> str:
    """Return an encoding's usual name. Raises NotFound for one that is unknown."""
    from annotator.formats import encodings as known

    return known.canonical(name)


def readable_endings() -> tuple[str, ...]:
    """The endings of files that can be imported."""
    return tuple(ending for each in registry.FORMATS if each.reads for ending in each.endings)


def exported(report: ExportReport) -> Record:
    """What an export wrote and what it left out."""
    losses = [{"what": loss.what, "count": loss.count, "sentence": loss.sentence} for loss in report.losses]
    return {
        "format": report.losses.format,
        "documents": report.documents,
        "spans": report.spans,
        "relations": report.relations,
        "files": [str(file) for file in report.files],
        "losses": losses,
    }


def backup(backup: Backup) -> Record:
    """One backup; the counts are null where it is damaged."""
    counts: Record = {"documents": backup.documents, "spans": backup.spans}
    return {"path": str(backup.path), "at": stored(backup.at), "size": backup.size, **counts}


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


def figure(figure: Figure) -> Record:
    """A figure of agreement; `value` is null for n/a, and then `reason` says why."""
    return {
        "measure": figure.measure,
        "label": figure.label,
        "annotators": list(figure.annotators),
        "value": figure.value,
        "reason": figure.reason,
        "documents": figure.documents,
        "items": figure.items,
        "low": figure.low,
        "high": figure.high,
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


def write_figures(contents: Mapping[Path, bytes], *, force: bool, project: Path) -> list[Path]:
    """Write charts and their tables, all of them or none. Raises BadArgument where one exists (unless `force`)."""
    return export.write_figures(contents, force=force, project=project)


def table_csv(heads: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> bytes:
    """A table of figures as CSV, for spreadsheets."""
    return csv_table.dumps(heads, rows).encode()
