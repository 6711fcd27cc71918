"""What stands in one line of our own JSONL, as domain objects: the first look at what may be made to do harm."""

from functools import lru_cache

from annotator.domain.attributes import Attribute
from annotator.domain.codebook_rules import check_name
from annotator.domain.document import BEGINNING, Document
from annotator.domain.relation import Relation
from annotator.domain.span import Fragment, Span
from annotator.domain.text import as_note
from annotator.domain.time import now
from annotator.errors import BadContent
from annotator.formats import strict_json

_DECODER = strict_json.decoder()

Record = dict[str, object]


def decoded(line: bytes) -> Record:
    """Return the object that a line is. Raises BadContent."""
    try:
        value = _DECODER.decode(line.decode("utf-8").strip())
    except UnicodeDecodeError as error:
        raise BadContent(f"it is not UTF-8 text: byte {error.start} is not part of a character.") from None
    except (ValueError, RecursionError) as error:
        raise BadContent(strict_json.wrong(error)) from None
    if not isinstance(value, dict):
        raise BadContent("it is not an object.")
    return value


def described(value: Record) -> tuple[Document, str]:
    """Return the document of a line, made now, and its text."""
    meta = value.get("meta", {})
    if not isinstance(meta, dict):
        raise BadContent("its “meta” is not an object.")
    text = text_at(value, "text")
    fields = tuple((text_at(each, "name"), text_at(each, "value")) for each in objects(meta, "fields"))
    document = Document(
        id=text_at(value, "id"),
        title=_optional(meta, "title"),
        outlet=_optional(meta, "outlet"),
        author=_optional(meta, "author"),
        published=_optional(meta, "published"),
        language=_optional(value, "language"),
        url=_optional(meta, "url"),
        source_file=_optional(meta, "source_file"),
        source_sha256=None,
        text_sha256=text_at(value, "text_sha256"),
        length=len(text),
        beginning=text[:BEGINNING],
        created=now(),
        note=as_note(_optional(value, "note")),
        fields=fields,
    )
    return document, text


def span_of(value: Record, document: str) -> Span:
    """Return a span of a document. Raises BadContent or BadArgument."""
    created = text_at(value, "created")
    label, listed = text_at(value, "label"), value.get("attributes")
    _check_label(label)
    attributes = tuple(map(_attribute, objects(value, "attributes"))) if listed else ()
    for each in attributes:
        check_name(each.name, "attribute")
    if len({each.name for each in attributes}) < len(attributes):
        raise BadContent("an attribute stands twice on one span.")
    return Span(
        id=text_at(value, "id"),
        document=document,
        label=label,
        fragments=_fragments(value),
        text=text_at(value, "text"),
        annotator=text_at(value, "annotator"),
        created=created,
        modified=_optional(value, "modified") or created,
        note=as_note(_optional(value, "note")),
        attributes=attributes,
    )


@lru_cache(1_000)
def _check_label(name: str) -> None:
    check_name(name, "label")


def _fragments(value: Record) -> tuple[Fragment, ...]:
    edges = value.get("start"), value.get("end")
    pieces = [(each.get("start"), each.get("end")) for each in objects(value, "fragments")] or [edges]
    fragments = tuple(Fragment(start, end) for start, end in pieces if type(start) is int and type(end) is int)
    if len(fragments) < len(pieces):
        raise BadContent("a span’s offsets are not whole numbers.")
    if edges != (fragments[0].start, fragments[-1].end):
        raise BadContent("a span starts or ends elsewhere than its fragments.")
    return fragments


def _attribute(value: Record) -> Attribute:
    listed = value.get("values")
    if not isinstance(listed, list) or not listed or not all(isinstance(each, str) for each in listed):
        raise BadContent("the “values” of an attribute are not a list of texts.")
    values = tuple(str(each) for each in listed)
    if len(values) > 1:
        for each in values:
            check_name(each, "option")
    return Attribute(text_at(value, "name"), values)


def relation_of(value: Record, document: str) -> Relation:
    """Return a relation in a document. Raises BadContent or BadArgument."""
    keys = ("id", "type", "from", "to", "annotator", "created")
    key, kind, source, target, who, created = (text_at(value, name) for name in keys)
    check_name(kind, "relation type")
    return Relation(key, document, kind, source, target, who, created)


def objects(value: Record, key: str) -> list[Record]:
    """Return a list of objects; empty where there is none. Raises BadContent where it is something else."""
    listed = value.get(key)
    if listed is None:
        return []
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise BadContent(f"its “{key}” is not a list of objects.")
    return listed


def text_at(value: Record, key: str) -> str:
    """Return a text. Raises BadContent where there is none."""
    found = value.get(key)
    if not isinstance(found, str):
        raise BadContent(f"its “{key}” is not a text.")
    return found


def _optional(value: Record, key: str) -> str | None:
    return None if value.get(key) is None else text_at(value, key)
