"""What goes out is checked first, whatever the format: texts by their hashes, spans and relations by their texts."""

from collections.abc import Iterable

from annotator.domain.annotated import AnnotatedDocument, WrittenSpan
from annotator.domain.span import span_text
from annotator.domain.text import sha256
from annotator.errors import BadContent


def check(annotated: AnnotatedDocument) -> None:
    """Raise BadContent unless the text has its hash, every span its text, and every relation its two spans."""
    document, text = annotated.document, annotated.text
    if sha256(text) != document.text_sha256:
        raise BadContent(
            f"The text of document {document.id} is not the one that was imported. "
            "Nothing was exported; run `annotator check` on the project."
        )
    for span in _unusual(annotated.spans, text):
        if not _has_its_words(span, text):
            raise BadContent(
                f"Span {span.id} ({span.label}) in document {document.id} does not have the text at its offsets. "
                "Nothing was exported; run `annotator check` on the project."
            )
    ids = {span.id for span in annotated.spans} if annotated.relations else set()
    for relation in annotated.relations:
        if not {relation.source, relation.target} <= ids:
            raise BadContent(
                f"Relation {relation.id} ({relation.type}) in document {document.id} joins a span that is not there. "
                "Nothing was exported; run `annotator check` on the project."
            )


def _unusual(spans: Iterable[WrittenSpan], text: str) -> list[WrittenSpan]:
    """Return those that are not one stretch of the text with its words, as nearly all are."""
    length = len(text)
    return [
        span
        for span in spans
        if span.several is not None
        or text[span.start : span.end] != span.text
        or not 0 <= span.start < span.end <= length
    ]


def _has_its_words(span: WrittenSpan, text: str) -> bool:
    """Whether the fragments are stretches of the text, in order, none over another, and have the span's words."""
    position = 0
    for fragment in span.fragments:
        if not position <= fragment.start < fragment.end <= len(text):
            return False
        position = fragment.end
    return span_text(text, span.fragments) == span.text
