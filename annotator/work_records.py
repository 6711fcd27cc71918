"""What handing out, handing back and taking work in came to, as JSON values of the command line."""

from collections.abc import Sequence

from annotator import records
from annotator.domain.handing import HandedBack, HandedOut
from annotator.domain.work import Tally, WorkPreview, WorkRow


def work(preview: WorkPreview) -> records.Record:
    """What taking a file of work in did, or would do."""
    return {
        "file": preview.path,
        "kind": preview.kind,
        "added": [records.document(each) for each in preview.documents],
        "rows": [_work_row(row) for row in preview.rows],
        "codebook": [{"what": each.what, "name": each.name, "label": each.label} for each in preview.codebook],
        "refused": [{"file": each.path, "line": each.line, "reason": each.reason} for each in preview.refused],
        "notes": list(preview.notes),
    }


def _work_row(row: WorkRow) -> records.Record:
    counts = {name: _tally(each) for name, each in (("spans", row.spans), ("relations", row.relations))}
    state = None if row.state is None else row.state.value
    more = {"comments": _tally(row.comments), "state": state, "note": row.note}
    return {"annotator": row.annotator, "document": row.document, **counts, **more}


def _tally(tally: Tally) -> records.Record:
    names = ("new", "changed", "deleted", "same", "kept")
    return {name: getattr(tally, name) for name in names}


def with_work(imported: records.Record, previews: Sequence[WorkPreview], *, dry_run: bool) -> records.Record:
    """What an import did, of documents (with the keys of `imported`, where there were any) and of work."""
    lists = ("added", "present", "files", "mojibake", "near_duplicates", "refused", "notes")
    found: records.Record = {"dry_run": dry_run, **{name: [] for name in lists}, **imported}
    documents = [records.document(each) for preview in previews for each in preview.documents]
    listed = found["added"]
    added = [*listed, *documents] if isinstance(listed, list) else documents
    return {**found, "added": added, "work": [work(each) for each in previews]}


def handed_out(handed: HandedOut) -> records.Record:
    """What went into a file for an annotator."""
    return {**_handed(handed), "relations": handed.relations}


def handed_back(handed: HandedBack) -> records.Record:
    """What went into a file for an annotator whose work was reviewed."""
    return {**_handed(handed), "decisions": handed.decisions, "comments": handed.comments}


def _handed(handed: HandedOut | HandedBack) -> records.Record:
    return {
        "file": str(handed.path),
        "annotator": handed.annotator,
        "documents": [each.id for each in handed.documents],
        "spans": handed.spans,
        "left_out": handed.left_out,
        "replaced": None if handed.replaced is None else str(handed.replaced),
    }
