"""Reading our own JSONL back: a document a line, with everybody's spans, relations and states.

`NAME.codebook.json` beside it says what labels look like and of which kind attributes are; what it lacks is inferred.
Lines of gold are left out: decisions are not made anew by reading them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.domain import work_rules
from annotator.domain.attributes import Attribute
from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, RelationType
from annotator.domain.codebook_rules import check_name
from annotator.domain.document import BEGINNING, Document, State
from annotator.domain.incoming import Refused
from annotator.domain.relation import Relation
from annotator.domain.span import Fragment, Span
from annotator.domain.text import as_note
from annotator.domain.time import now
from annotator.domain.work import GivenState, Work, WorkDocument
from annotator.errors import AnnotatorError, BadArgument, BadContent
from annotator.formats import codebook_json, strict_json
from annotator.formats.input_file import beginning, read_bytes
from annotator.formats.jsonl import DOCUMENT_SCHEMA, OFFSET_UNIT

LARGEST_FILE = 500 * 1024 * 1024
_LOOKED_AT = 4096
_OURS = re.compile(rb'^\s*\{(?s:.*?)"schema"\s*:\s*"annotator/1"')
_GOLD = "gold"


def is_ours(path: Path) -> bool:
    """Whether a file begins as our own JSONL of documents does."""
    return bool(_OURS.match(beginning(path, _LOOKED_AT).removeprefix(b"\xef\xbb\xbf")))


def read(path: Path) -> Iterator[int | Work]:
    """Yield how many documents were read so far, and the work in the file last.

    A line with something wrong in it is refused, with the reason; the others are read. Raises NotFound, BadArgument,
    BadContent (too large) or EnvironmentFailed for the file as a whole.
    """
    reader = _Reader(str(path))
    data = read_bytes(path, LARGEST_FILE).removeprefix(b"\xef\xbb\xbf")
    for number, line in enumerate(_lines(data), 1):
        if line.strip():
            reader.add(number, line)
            yield len(reader.documents) + len(reader.refused)
    yield reader.work(*_beside(path))


def _lines(data: bytes) -> Iterator[bytes]:
    r"""Yield the lines of a file, which end in `\n` alone."""
    at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        yield data[at:end]
        at = end + 1


def _beside(path: Path) -> tuple[Codebook | None, str]:
    """Return the codebook beside a file, if there is one, or a sentence on why it can't be used."""
    file = path.with_name(f"{path.stem}.codebook.json")
    try:
        return (codebook_json.read(file), "") if file.exists() else (None, "")
    except (AnnotatorError, OSError) as error:
        return None, f"The codebook beside it was not used: {error}"


@dataclass
class _Reader:
    """What was read of one file so far."""

    path: str
    documents: list[WorkDocument] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    ids: set[tuple[str, str]] = field(default_factory=set)  # of documents, spans and relations: none stands twice
    gold: int = 0
    spans: int = 0
    used: dict[str, dict[str, set[AttributeKind]]] = field(default_factory=dict)  # what attributes labels have
    types: dict[str, None] = field(default_factory=dict)

    def add(self, number: int, line: bytes) -> None:
        """Read one line, or refuse it."""
        try:
            value = _decoded(line)
            if value.get("schema") != DOCUMENT_SCHEMA:
                raise BadContent(f'it has no "schema": "{DOCUMENT_SCHEMA}", as the lines of an export of annotator.')
            new: set[tuple[str, str]] = set()
            found = self._document(number, value, new)
        except (BadContent, BadArgument) as error:
            self.refused.append(Refused(self.path, number, BadContent(str(error))))
            return
        self.ids |= new
        self.documents.append(found)
        self.spans += len(found.spans)
        if self.spans > work_rules.MOST_SPANS:
            raise BadContent(f"{self.path} has over {work_rules.MOST_SPANS:,} spans, the most that can be taken.")
        self._note_use(found)

    def work(self, beside: Codebook | None, problem: str) -> Work:
        """Return what was read; states are as of the newest thing in the file."""
        times = [max(each.modified, each.created) for of in self.documents for each in of.spans]
        times += [each.created for of in self.documents for each in of.relations]
        newest = max(times, default="")
        documents = tuple(_with_time(each, newest) for each in self.documents)
        notes = [problem] if problem else []
        if self.gold:
            are = "span of gold was" if self.gold == 1 else "spans of gold were"
            notes.append(f"{self.gold:,} {are} left out: decisions stay where they were made.")
        book = self._codebook(beside or Codebook(()))
        return Work(self.path, "jsonl", documents, book, newest=newest, refused=tuple(self.refused), notes=tuple(notes))

    def _document(self, number: int, value: Mapping[str, object], new: set[tuple[str, str]]) -> WorkDocument:
        if value.get("offset_unit", OFFSET_UNIT) != OFFSET_UNIT:
            raise BadContent(f"its offsets don’t count code points, but {str(value['offset_unit'])[:40]}.")
        document, text = _described(value)
        work_rules.check_document(document, text)
        self._once(new, "document", document.id)
        gold: set[str] = set()
        spans = []
        for each in _objects(value, "spans"):
            if each.get("layer", "annotator") == _GOLD:
                gold.add(_text(each, "id"))
                continue
            span = _span(each, document.id)
            work_rules.check_annotator(span.annotator)
            work_rules.check_span(span, text)
            self._once(new, "span", span.id)
            self._note_kinds(each, span)
            spans.append(span)
        ids = {span.id for span in spans}
        relations = []
        for each in _objects(value, "relations"):
            relation = _relation(each, document.id)
            if relation.source in gold and relation.target in gold:
                continue
            work_rules.check_annotator(relation.annotator)
            work_rules.check_relation(relation, ids)
            self._once(new, "relation", relation.id)
            relations.append(relation)
        self.gold += len(gold)
        states = tuple(_state(each) for each in _objects(value, "status"))
        return WorkDocument(document, text, states, tuple(spans), tuple(relations), line=number)

    def _once(self, new: set[tuple[str, str]], what: str, key: str) -> None:
        if (what, key) in self.ids or (what, key) in new:
            raise BadContent(f"the id of a {what}, “{key}”, stands twice in the file.")
        new.add((what, key))

    def _note_kinds(self, value: Mapping[str, object], span: Span) -> None:
        """Note what kind each attribute could be: that of an entity is the one whose value is said to be one."""
        mine = self.used.setdefault(span.label, {})
        for each in span.attributes:
            entity = len(each.values) == 1 and value.get("entity") == each.values[0]
            kind = AttributeKind.CHOICES if len(each.values) > 1 else AttributeKind.TEXT
            mine.setdefault(each.name, set()).add(AttributeKind.ENTITY if entity else kind)

    def _note_use(self, found: WorkDocument) -> None:
        self.types |= dict.fromkeys(each.type for each in found.relations)

    def _codebook(self, known: Codebook) -> Codebook:
        """The codebook of the file: the one beside it, and what its lines have besides."""
        labels, types, relations = list(known.labels), list(known.attributes), list(known.relations)
        for name, attributes in self.used.items():
            if not known.has(name):
                labels.append(codebook_json.new_label(name, len(labels) + 1))
            there = {each.name for each in known.attributes_of(name)}
            types += [self._attribute(name, each, kinds) for each, kinds in attributes.items() if each not in there]
        names = {each.name for each in known.relations}
        relations += [RelationType(name) for name in self.types if name not in names]
        return Codebook(tuple(labels), tuple(types), tuple(relations), known.entities)

    def _attribute(self, label: str, name: str, kinds: set[AttributeKind]) -> AttributeType:
        if AttributeKind.CHOICES in kinds:
            spans = (each for of in self.documents for each in of.spans if each.label == label)
            given = [value for span in spans for each in span.attributes if each.name == name for value in each.values]
            return AttributeType(label, name, AttributeKind.CHOICES, tuple(dict.fromkeys(given)))
        return AttributeType(
            label, name, AttributeKind.ENTITY if kinds == {AttributeKind.ENTITY} else AttributeKind.TEXT
        )


def _decoded(line: bytes) -> dict[str, object]:
    try:
        value = strict_json.decoder().decode(line.decode("utf-8").strip())
    except UnicodeDecodeError as error:
        raise BadContent(f"it is not UTF-8 text: byte {error.start} is not part of a character.") from None
    except (ValueError, RecursionError) as error:
        raise BadContent(strict_json.wrong(error)) from None
    if not isinstance(value, dict):
        raise BadContent("it is not an object.")
    return value


def _described(value: Mapping[str, object]) -> tuple[Document, str]:
    """Return the document of a line, made now, and its text."""
    meta = value.get("meta", {})
    if not isinstance(meta, dict):
        raise BadContent("its “meta” is not an object.")
    text = _text(value, "text")
    fields = tuple((_text(each, "name"), _text(each, "value")) for each in _objects(meta, "fields"))
    document = Document(
        id=_text(value, "id"),
        title=_optional(meta, "title"),
        outlet=_optional(meta, "outlet"),
        author=_optional(meta, "author"),
        published=_optional(meta, "published"),
        language=_optional(value, "language"),
        url=_optional(meta, "url"),
        source_file=_optional(meta, "source_file"),
        source_sha256=None,
        text_sha256=_text(value, "text_sha256"),
        length=len(text),
        beginning=text[:BEGINNING],
        created=now(),
        note=as_note(_optional(value, "note")),
        fields=fields,
    )
    return document, text


def _span(value: Mapping[str, object], document: str) -> Span:
    pieces = [(each.get("start"), each.get("end")) for each in _objects(value, "fragments")]
    pieces = pieces or [(value.get("start"), value.get("end"))]
    if any(type(edge) is not int for piece in pieces for edge in piece):
        raise BadContent("a span’s offsets are not whole numbers.")
    fragments = tuple(Fragment(start, end) for start, end in pieces if type(start) is int and type(end) is int)
    if [value.get("start"), value.get("end")] != [fragments[0].start, fragments[-1].end]:
        raise BadContent("a span starts or ends elsewhere than its fragments.")
    created = _text(value, "created")
    label, attributes = _text(value, "label"), tuple(map(_attribute, _objects(value, "attributes")))
    check_name(label, "label")
    for each in attributes:
        check_name(each.name, "attribute")
    if len({each.name for each in attributes}) < len(attributes):
        raise BadContent("an attribute stands twice on one span.")
    return Span(
        id=_text(value, "id"),
        document=document,
        label=label,
        fragments=fragments,
        text=_text(value, "text"),
        annotator=_text(value, "annotator"),
        created=created,
        modified=_optional(value, "modified") or created,
        note=as_note(_optional(value, "note")),
        attributes=attributes,
    )


def _attribute(value: Mapping[str, object]) -> Attribute:
    listed = value.get("values")
    if not isinstance(listed, list) or not listed or not all(isinstance(each, str) for each in listed):
        raise BadContent("the “values” of an attribute are not a list of texts.")
    values = tuple(str(each) for each in listed)
    if len(values) > 1:
        for each in values:
            check_name(each, "option")
    return Attribute(_text(value, "name"), values)


def _relation(value: Mapping[str, object], document: str) -> Relation:
    keys = ("id", "type", "from", "to", "annotator", "created")
    key, kind, source, target, who, created = (_text(value, name) for name in keys)
    check_name(kind, "relation type")
    return Relation(key, document, kind, source, target, who, created)


def _state(value: Mapping[str, object]) -> GivenState:
    name, state = _text(value, "annotator"), _text(value, "state")
    work_rules.check_annotator(name)
    if state not in list(State):
        raise BadContent(f"“{state[:40]}” is not a state of a document. It can be: {', '.join(State)}.")
    return GivenState(name, State(state))


def _with_time(found: WorkDocument, newest: str) -> WorkDocument:
    """Say of the states of a document that they are as of the newest thing in the file."""
    return replace(found, states=tuple(replace(each, at=newest) for each in found.states))


def _objects(value: Mapping[str, object], key: str) -> list[dict[str, object]]:
    listed = value.get(key)
    if listed is None:
        return []
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise BadContent(f"its “{key}” is not a list of objects.")
    return listed


def _text(value: Mapping[str, object], key: str) -> str:
    found = value.get(key)
    if not isinstance(found, str):
        raise BadContent(f"its “{key}” is not a text.")
    return found


def _optional(value: Mapping[str, object], key: str) -> str | None:
    return None if value.get(key) is None else _text(value, key)
