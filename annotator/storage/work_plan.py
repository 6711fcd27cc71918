"""What taking work in writes: everything in a file is held against what is here, and the newer of both stays.

A plan is made to be shown, and once more inside the transaction that carries it out.
"""

import sys
import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, insert, select

from annotator.domain import codebook_rules, entity_rules, work_rules
from annotator.domain.codebook_match import Match
from annotator.domain.document import Document
from annotator.domain.incoming import Refused
from annotator.domain.work import Work, WorkDocument, WorkPreview, WorkRow
from annotator.errors import BadArgument, BadContent
from annotator.storage import codebooks, entities, rows, taking
from annotator.storage.journal import Row, Step, current_rows
from annotator.storage.tables import TRACKED, annotator, change

Values = dict[str, Any]  # columns of any table: text, whole number or null by name

_BY = {"span": "annotator", "relation": "annotator", "document_state": "annotator", "comment": "author"}
_TABLES = ("span", "relation", "document_state", "comment", "document")


Sentence = tuple[str, str]
"""Said of one, and of several: there # stands for how many."""


@dataclass(slots=True)
class Writes:
    """What is written of one table: new rows, columns of rows that are there, rows that go."""

    new: list[Values] = field(default_factory=list)
    changed: dict[str, Values] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.new) + len(self.changed) + len(self.gone)


class Plan:
    """What is found to be written, and what there is to say of it."""

    def __init__(self, connection: Connection, work: Work, annotators: Collection[str] | None) -> None:
        self.connection, self.work = connection, work
        self._wanted = annotators
        self._state, self._served = _state(connection), False
        self.times = taking.Times(connection)
        self.latest = work_rules.latest_time()
        here = replace(codebooks.read(connection), entities=entities.read(connection))
        self.before = here
        self.match = Match(here, work.codebook)
        self._filled = {name for name in ("span", "relation") if _has_rows(connection, name)}
        self.writes = {name: Writes() for name in _TABLES}
        self.people: dict[str, str] = {name: key for key, name in _people(connection)}
        self.names = {key: name for name, key in self.people.items()}
        self.new_people: dict[str, str] = {}
        self.documents: list[tuple[Document, str]] = []
        self.note_authors: dict[str, str] = {}  # by document
        self.refused: list[Refused] = list(work.refused)
        self.left: Counter[Sentence] = Counter()  # what was left out, and how often
        self._rows: dict[tuple[str, str], WorkRow] = {}
        self._values: dict[tuple[str, str, tuple[str, ...]], tuple[str, tuple[str, ...]]] = {}
        self._in_sight: dict[str, frozenset[str]] = {}

    def wants(self, name: str) -> bool:
        """Whether this annotator's work is asked for."""
        return self._wanted is None or name in self._wanted

    def rows_with(self, table_name: str, ids: Sequence[str]) -> Mapping[str, Row]:
        """Return those of these rows that are here, by id."""
        return current_rows(self.connection, table_name, ids) if table_name in self._filled else {}

    def person(self, name: str) -> str:
        """Return the id of an annotator, who may be new here."""
        if name not in self.people:
            self.people[name] = self.new_people[name] = str(uuid.uuid4())
        return self.people[name]

    def row(self, name: str, document: Document) -> WorkRow:
        """Return what is counted of one annotator's work on one document."""
        key = name, document.id
        if key not in self._rows:
            self._rows[key] = WorkRow(name, document.id, document.heading)
        return self._rows[key]

    def values(self, label: str, name: str, given: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Return an attribute's id here and values as they are stored; none where it doesn't take them here."""
        key = label, name, given
        if key not in self._values:
            try:
                kind, kept = self.match.values(label, name, given)
                self._values[key] = kind.id, kept
            except BadArgument as error:
                self._values[key] = self.match.attribute(label, name).id, ()
                sentence = f"Values were left out: {error}"
                self.left[sentence, sentence] += 1
        return self._values[key]

    def in_sight(self, label_id: str) -> frozenset[str]:
        """Return the ids of the attributes that spans of a label have, as far as there are any now."""
        if label_id not in self._in_sight:
            book = self.match.codebook
            name = next((each.name for each in book if each.id == label_id), None)
            self._in_sight[label_id] = frozenset(each.id for each in book.attributes if each.label == name)
        return self._in_sight[label_id]

    def refuse(self, of: WorkDocument, reason: str) -> None:
        """Note that a document can't come in."""
        error = BadContent(f"{quoted(of.document.heading)} {reason}")
        self.refused.append(Refused(self.work.path, of.line, error))

    def preview(self) -> WorkPreview:
        """Return what there is to say of it."""
        return WorkPreview(
            self.work,
            tuple(self._rows.values()),
            tuple(document for document, _ in self.documents),
            tuple(self.match.added),
            tuple(self.refused),
            (*self.work.notes, *(_said(sentence, count) for sentence, count in self.left.items())),
        )

    def holds(self, step: Step) -> bool:
        """Whether a step can carry it out, nothing having been written since it was begun. It serves once."""
        mine = step.connection is self.connection and not self._served
        return mine and self._state == _state(self.connection, before=step.number)

    def write(self, step: Step) -> None:
        """Write all of it inside the transaction of one step."""
        self._served = True
        step.plan(len(self.documents) + sum(map(len, self.writes.values())))
        self._settle_people()
        if self.new_people:
            people = [{"id": key, "name": name} for name, key in self.new_people.items()]
            step.connection.execute(insert(annotator), people)
        if self.documents:
            texts = {document.text_sha256: text for document, text in self.documents}
            rows.add_documents(step, [document for document, _ in self.documents], texts)
        self._write_codebook(step)
        step.delete("relation", *self.writes["relation"].gone)
        for name in ("span", "comment"):
            step.delete(name, *self.writes[name].gone)
        for name in _TABLES:
            step.update_many(name, self.writes[name].changed)
            step.insert(name, self.writes[name].new)
        if step.written:
            taking.mark(step, min(self.work.newest, self.latest), self.note_authors)

    def _settle_people(self) -> None:
        """Whoever the step entered, as the one who takes the work in, keeps the id of that."""
        entered = {self.new_people[name]: key for key, name in _people(self.connection) if name in self.new_people}
        if not entered:
            return
        self.new_people = {name: key for name, key in self.new_people.items() if key not in entered}
        for table_name, column in _BY.items():
            for row in self.writes[table_name].new:
                row[column] = entered.get(row[column], row[column])
        self.note_authors = {of: entered.get(who, who) for of, who in self.note_authors.items()}

    def _write_codebook(self, step: Step) -> None:
        book = self.match.codebook
        if any(each.what != "entity" for each in self.match.added):
            codebook_rules.check(book)
            codebooks.write(step, book)
        known = {each.id for each in self.before.entities}
        new = [each for each in book.entities if each.id not in known]
        if new:
            entity_rules.check(book.entities)
            step.insert("entity", [entities.row_of(each) for each in new])


def quoted(heading: str) -> str:
    """Return a document's heading in quotation marks, which first words have already."""
    return heading if heading.startswith("“") else f"“{heading}”"


def _said(sentence: Sentence, count: int) -> str:
    one, many = sentence
    return one if count == 1 else many.replace("#", f"{count:,}")


def _state(connection: Connection, before: int = sys.maxsize) -> tuple[object, ...]:
    """What differs after any change, by this program or another, but for those of this number and later."""
    newest = select(change.c.number, change.c.id).where(change.c.number < before).order_by(change.c.number.desc())
    version = connection.exec_driver_sql("pragma data_version").scalar_one()
    return version, *(connection.execute(newest.limit(1)).first() or ())


def _has_rows(connection: Connection, table_name: str) -> bool:
    return connection.execute(select(TRACKED[table_name].c.id).limit(1)).first() is not None


def _people(connection: Connection) -> list[tuple[str, str]]:
    return [(key, name) for key, name in connection.execute(select(annotator.c.id, annotator.c.name)).all()]
