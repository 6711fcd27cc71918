"""What work from elsewhere must be before anything of it comes in: a file may be damaged, or made to do harm."""

import re
import unicodedata
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from annotator.domain import metadata
from annotator.domain.document import Document
from annotator.domain.relation import Relation
from annotator.domain.review import GOLD, Comment
from annotator.domain.span import Span, span_text
from annotator.domain.text import LONGEST_NOTE, normalise, sha256, text_problem
from annotator.domain.time import parse, stored
from annotator.errors import BadArgument, BadContent

LONGEST_ID = 200
LONGEST_ANNOTATOR = 200
MOST_SPANS = 1_000_000
"""Spans of one file."""
MOST_DOCUMENTS = 100_000
MOST_CHARACTERS = 1_000_000_000
"""Code points of all texts of one file, which are in memory until they are held against those here."""
MOST_NAMED = 50_000
"""Labels, attributes and relation types of one file, or entities, or annotators."""
MOST_FRAGMENTS = 1_000
MOST_VALUES = 1_000
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
_AHEAD = timedelta(minutes=5)


def check_document(document: Document, text: str) -> None:
    """Raise BadContent unless a document can be stored as it is, with this text."""
    check_id(document.id, "the document")
    if type(text) is not str or not text or sha256(text) != document.text_sha256:
        raise BadContent("its text is not the one that was exported: the hash differs.")
    if normalise(text) != text:
        raise BadContent("its text has line ends that no stored text has.")
    try:
        for name in (*metadata.FIELDS, "source_file", "source_sha256"):
            metadata.checked("title", getattr(document, name))  # as a line of text: what an import brought may stay
        metadata.checked_pairs(document.fields)
    except BadArgument as error:
        raise BadContent(f"what it says of itself can’t be stored: {error}") from None
    check_note(document.note)
    check_time(document.created)


def check_span(span: Span, text: str) -> None:
    """Raise BadContent unless a span has its words at its offsets and all else that can be stored."""
    check_id(span.id, "a span")
    what = f"the span {span.id}"
    if not _is_slice(span, text):
        _refuse_place(span, text, what)
    if span.attributes and max(len(span.attributes), sum(len(each.values) for each in span.attributes)) > MOST_VALUES:
        raise BadContent(f"{what} has over {MOST_VALUES:,} values.")
    check_note(span.note)
    check_time(span.created)
    if span.modified != span.created:
        check_time(span.modified)


def _is_slice(span: Span, text: str) -> bool:
    """Whether a span of one stretch, as nearly all are, has its words at its offsets."""
    if len(span.fragments) != 1:
        return False
    start, end = span.fragments[0].start, span.fragments[0].end
    return type(start) is type(end) is int and 0 <= start < end <= len(text) and text[start:end] == span.text


def _refuse_place(span: Span, text: str, what: str) -> None:
    """Raise BadContent unless a span has its words at its offsets."""
    edges = [edge for piece in span.fragments for edge in (piece.start, piece.end)]
    if not edges or len(edges) > 2 * MOST_FRAGMENTS or any(type(edge) is not int for edge in edges):
        raise BadContent(f"{what} has a place that can’t be read.")
    if edges != sorted(edges) or edges[0] < 0 or any(piece.start >= piece.end for piece in span.fragments):
        raise BadContent(f"{what} has fragments that are out of order.")
    if edges[-1] > len(text):
        raise BadContent(f"{what} ends at {edges[-1]:,}, behind the end of the text ({len(text):,}).")
    if span_text(text, span.fragments) != span.text:
        raise BadContent(f"{what} says “{str(span.text)[:40]}”, but the text has other words there.")


def check_relation(relation: Relation, spans: Collection[str]) -> None:
    """Raise BadContent unless a relation goes from one of these spans to another."""
    check_id(relation.id, "a relation")
    if relation.source == relation.target or relation.source not in spans or relation.target not in spans:
        raise BadContent(f"the relation {relation.id} doesn’t go from one span of the document to another.")
    check_time(relation.created)


def check_comment(comment: Comment) -> None:
    """Raise BadContent unless a comment can be stored."""
    check_id(comment.id, "a comment")
    if not comment.text.strip():
        raise BadContent(f"the comment {comment.id} is empty.")
    if len(comment.spans) > MOST_VALUES:
        raise BadContent(f"the comment {comment.id} is about over {MOST_VALUES:,} spans.")
    for each in comment.spans:
        check_id(each, "a span")
    check_note(comment.text)
    check_time(comment.at)


def check_id(found: object, what: str) -> None:
    """Raise BadContent unless this can be the id of something: what is printable can be stored, too."""
    if not isinstance(found, str) or not 0 < len(found) <= LONGEST_ID or not found.isprintable():
        raise BadContent(f"{what} has an id that can’t be one.")


def check_annotator(name: object) -> None:
    """Raise BadContent unless somebody can be called so."""
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_ANNOTATOR or name != name.strip() or name == GOLD:
        raise BadContent("an annotator’s name can’t be one.")
    if text_problem(name) or any(unicodedata.category(each) in _UNSEEN for each in name):
        raise BadContent(f"{name!r} can’t be an annotator’s name.")


def check_note(note: object) -> None:
    """Raise BadContent unless a note can be stored."""
    if note is None:
        return
    if not isinstance(note, str) or len(note) > LONGEST_NOTE or text_problem(note):
        raise BadContent("a note can’t be stored.")


def check_time(time: object) -> None:
    """Raise BadContent unless this is a time as it is stored."""
    try:
        if isinstance(time, str) and _TIME.fullmatch(time):
            parse(time)
            return
    except ValueError:
        pass
    raise BadContent(f"“{str(time)[:40]}” is no time such as 2026-01-02T03:04:05.000Z.")


def latest_time() -> str:
    """The latest time that is believed: a clock may be ahead a little, but nothing was done next year."""
    return stored(datetime.now(UTC) + _AHEAD)
