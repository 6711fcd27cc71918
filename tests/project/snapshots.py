"""What a project holds, to be compared before and after."""

from annotator.domain.span import Span
from annotator.project import Project

Seen = tuple[object, ...]


def content(span: Span) -> Seen:
    """All of a span but its version, which only grows."""
    times = span.created, span.modified
    return span.id, span.document, span.label, span.fragments, span.text, span.annotator, *times, span.note


def snapshot(project: Project) -> dict[str, object]:
    """Everything that a person sees of a project, whoever wrote it."""
    return {
        "documents": [document.id for document in project.documents],
        "texts": [project.documents.text(document.id) for document in project.documents],
        "spans": {content(span) for document in project.documents for span in project.spans(document.id)},
        "states": [(status.document.id, status.state) for status in project.statuses()],
    }
