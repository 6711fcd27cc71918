"""Reading our own JSONL back: a document a line, with everybody's spans, relations and states.

`NAME.codebook.json` beside it says what labels look like and of which kind attributes are; what it lacks is inferred.
Lines of gold are left out: decisions are not made anew by reading them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.domain import work_rules
from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, RelationType
from annotator.domain.document import State
from annotator.domain.incoming import Refused
from annotator.domain.span import Span
from annotator.domain.work import GivenState, Work, WorkDocument
from annotator.errors import AnnotatorError, BadArgument, BadContent
from annotator.formats import codebook_json, work_lines
from annotator.formats.input_file import beginning, lines
from annotator.formats.jsonl import DOCUMENT_SCHEMA, OFFSET_UNIT
from annotator.formats.work_lines import Record

LARGEST_FILE = 500 * 1024 * 1024
_LOOKED_AT = 4096
_OURS = re.compile(rb'^\s*\{(?s:.*?)"schema"\s*:\s*"annotator/1"')
_GOLD = "gold"
_STATES = frozenset(State)


def is_ours(path: Path) -> bool:
    """Whether a file begins as our own JSONL of documents does."""
    return bool(_OURS.match(beginning(path, _LOOKED_AT).removeprefix(b"\xef\xbb\xbf")))


def read(path: Path) -> Iterator[int | Work]:
    """Yield how many documents were read so far, and the work in the file last.

    A line with something wrong in it is refused, with the reason; the others are read. Raises NotFound, BadArgument,
    BadContent (too large) or EnvironmentFailed for the file as a whole.
    """
    reader = _Reader(str(path))
    for number, line in enumerate(lines(path, LARGEST_FILE), 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            reader.add(number, line)
            yield len(reader.documents) + len(reader.refused)
    for _ in reader.with_times():
        yield len(reader.documents) + len(reader.refused)
    yield reader.work(*_beside(path))


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
    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # none stands twice, by what it is of
    gold: int = 0
    spans: int = 0
    used: dict[str, dict[str, set[AttributeKind]]] = field(default_factory=dict)  # what attributes labels have
    types: dict[str, None] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    newest: str = ""

    def add(self, number: int, line: bytes) -> None:
        """Read one line, or refuse it."""
        try:
            value = work_lines.decoded(line)
            if value.get("schema") != DOCUMENT_SCHEMA:
                raise BadContent(f'it has no "schema": "{DOCUMENT_SCHEMA}", as the lines of an export of annotator.')
            new: dict[str, set[str]] = defaultdict(set)
            found = self._document(number, value, new)
        except (BadContent, BadArgument) as error:
            self.refused.append(Refused(self.path, number, BadContent(str(error))))
            return
        for what, ids in new.items():
            self.ids[what] |= ids
        self.documents.append(found)
        self.spans += len(found.spans)
        if self.spans > work_rules.MOST_SPANS:
            raise BadContent(f"{self.path} has over {work_rules.MOST_SPANS:,} spans, the most that can be taken.")
        self._note_use(found)

    def with_times(self) -> Iterator[None]:
        """Say of the documents' states that they are as of the newest thing in the file, one document at a time."""
        for place, found in enumerate(self.documents):
            if found.states:
                states = tuple(GivenState(each.annotator, each.state, self.newest) for each in found.states)
                self.documents[place] = replace(found, states=states)
                yield

    def work(self, beside: Codebook | None, problem: str) -> Work:
        """Return what was read."""
        notes = [problem] if problem else []
        if self.gold:
            are = "span of gold was" if self.gold == 1 else "spans of gold were"
            notes.append(f"{self.gold:,} {are} left out: decisions stay where they were made.")
        book = self._codebook(beside or Codebook(()))
        documents, refused = tuple(self.documents), tuple(self.refused)
        return Work(self.path, "jsonl", documents, book, newest=self.newest, refused=refused, notes=tuple(notes))

    def _document(self, number: int, value: Record, new: dict[str, set[str]]) -> WorkDocument:
        if value.get("offset_unit", OFFSET_UNIT) != OFFSET_UNIT:
            raise BadContent(f"its offsets don’t count code points, but {str(value['offset_unit'])[:40]}.")
        document, text = work_lines.described(value)
        work_rules.check_document(document, text)
        self._once(new, "document", document.id)
        gold: set[str] = set()
        spans = []
        for each in work_lines.objects(value, "spans"):
            if each.get("layer", "annotator") == _GOLD:
                gold.add(work_lines.text_at(each, "id"))
                continue
            span = work_lines.span_of(each, document.id)
            self._check_person(span.annotator)
            work_rules.check_span(span, text)
            self._once(new, "span", span.id)
            self._note_kinds(each, span)
            spans.append(span)
        ids = {span.id for span in spans}
        relations = []
        for each in work_lines.objects(value, "relations"):
            relation = work_lines.relation_of(each, document.id)
            if relation.source in gold and relation.target in gold:
                continue
            self._check_person(relation.annotator)
            work_rules.check_relation(relation, ids)
            self._once(new, "relation", relation.id)
            relations.append(relation)
        self.gold += len(gold)
        states = tuple(self._state(each) for each in work_lines.objects(value, "status"))
        return WorkDocument(document, text, states, tuple(spans), tuple(relations), line=number)

    def _once(self, new: dict[str, set[str]], what: str, key: str) -> None:
        if key in self.ids[what] or key in new[what]:
            raise BadContent(f"the id of a {what}, “{key}”, stands twice in the file.")
        new[what].add(key)

    def _check_person(self, name: str) -> None:
        if name not in self.people:
            work_rules.check_annotator(name)
            self.people.add(name)

    def _state(self, value: Record) -> GivenState:
        name, state = work_lines.text_at(value, "annotator"), work_lines.text_at(value, "state")
        self._check_person(name)
        if state not in _STATES:
            raise BadContent(f"“{state[:40]}” is not a state of a document. It can be: {', '.join(State)}.")
        return GivenState(name, State(state))

    def _note_kinds(self, value: Record, span: Span) -> None:
        """Note what kind each attribute could be: that of an entity is the one whose value is said to be one."""
        mine = self.used.setdefault(span.label, {})
        for each in span.attributes:
            entity = len(each.values) == 1 and value.get("entity") == each.values[0]
            kind = AttributeKind.CHOICES if len(each.values) > 1 else AttributeKind.TEXT
            mine.setdefault(each.name, set()).add(AttributeKind.ENTITY if entity else kind)

    def _note_use(self, found: WorkDocument) -> None:
        self.types |= dict.fromkeys(each.type for each in found.relations)
        times = [self.newest, *(max(each.modified, each.created) for each in found.spans)]
        self.newest = max(*times, *(each.created for each in found.relations), "")

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
