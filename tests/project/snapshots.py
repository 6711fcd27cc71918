"""What a project holds, to be compared before and after."""

from dataclasses import replace

from annotator.domain.span import Span
from annotator.project import Project

Seen = tuple[object, ...]


def content(span: Span) -> Seen:
    """All of a span but its version, which only grows."""
    said = span.note, span.attributes, span.annotator, span.created, span.modified
    return span.id, span.document, span.label, span.fragments, span.text, *said


def snapshot(project: Project) -> dict[str, object]:
    """Everything that a person sees of a project, whoever wrote it."""
    return {
        "documents": [document.id for document in project.documents],
        "texts": [project.documents.text(document.id) for document in project.documents],
        "spans": {content(span) for document in project.documents for span in project.spans(document.id)},
        "relations": {
            replace(each, version=0) for document in project.documents for each in project.relations(document.id)
        },
        "notes": [document.note for document in project.documents],
        "codebook": project.full_codebook(),
        "states": [(status.document.id, status.state) for status in project.statuses()],
    }
