"""Reading the work in a project file that came from elsewhere. It may be damaged, older, or made to do harm.

The file is opened read-only, through the same checks as any project; nothing is ever written to it, not even to bring
it up to date: that happens to a temporary copy.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection, select

from annotator.domain import codebook_rules, entity_rules, work_rules
from annotator.domain.codebook import Codebook
from annotator.domain.document import Document, State
from annotator.domain.incoming import Refused
from annotator.domain.relation import Relation
from annotator.domain.review import GOLD
from annotator.domain.span import Span
from annotator.domain.work import Deleted, GivenState, Work, WorkDocument, WrittenNote
from annotator.errors import BadArgument, BadContent, NotAProject
from annotator.storage import (
    codebooks,
    document_spans,
    entities,
    handing,
    header,
    history,
    listing,
    reading,
    relations,
    reviews,
    stored,
    taking,
)
from annotator.storage import connection as connections
from annotator.storage.copying import copy_in_slices
from annotator.storage.failures import told
from annotator.storage.store import about
from annotator.storage.tables import document_state, relation
from annotator.storage.upgrading import bring_up_to_date, schema_version
from annotator.storage.version import SCHEMA_VERSION
from annotator.storage.work_plan import quoted

_SLICE = 10_000  # spans read in one statement


def read(path: Path) -> Iterator[int | Work]:
    """Yield how many documents were read so far, and the work in the project file at `path` last.

    Raises as `header.check`, NotAProject or BadContent for what is damaged, EnvironmentFailed. A document with
    something wrong in it is refused, with the reason; the others are read.
    """
    with opened(path) as connection, told(path), connections.snapshot(connection):
        yield from _Reader(connection, path).steps()


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """Open a project file to read it alone: where it is of an older version, a temporary copy that was migrated."""
    with contextlib.ExitStack() as stack:
        connection = stack.enter_context(_connected(path))
        if schema_version(connection) < SCHEMA_VERSION:
            copy = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="annotator-"))) / path.name
            for _ in copy_in_slices(connection, copy, lambda _: None):
                pass
            connection = connections.connect(copy, named=path)
            stack.callback(connections.close, connection)
            bring_up_to_date(connection, copy, read_only=False)
        connections.check_schema(connection, path)
        yield connection


@contextlib.contextmanager
def _connected(path: Path) -> Iterator[Connection]:
    key = header.opened(path)
    try:
        with told(path):
            connection = connections.connect(path, read_only=True)
            try:
                yield connection
            finally:
                connections.close(connection)
    finally:
        header.closed(key)


@dataclass
class _Reader:
    """Reads one project file; ids of annotators become names."""

    connection: Connection
    path: Path
    documents: list[WorkDocument] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def steps(self) -> Iterator[int | Work]:
        codebook = self._codebook()
        self.names = reading.Names(self.connection)
        self.times = taking.Times(self.connection)
        self.undone = {name: taking.undone_at(self.connection, name) for name in ("span", "relation", "document_state")}
        listed = listing.documents(self.connection)
        self._check_sizes(codebook, listed)
        for name in self.names.people.values():
            work_rules.check_annotator(name)
        spans = 0
        for document in listed:
            try:
                self.documents.append(found := self._document(document))
                spans += len(found.spans)
            except (BadContent, BadArgument) as error:
                reason = BadContent(f"{quoted(document.heading)}: {error}")
                self.refused.append(Refused(str(self.path), None, reason))
            if spans > work_rules.MOST_SPANS:
                raise BadContent(
                    f"{self.path.name} has over {work_rules.MOST_SPANS:,} spans, the most that can come in."
                )
            yield len(self.documents) + len(self.refused)
        newest = history.newest(self.connection)[1]
        times = (each.modified for of in self.documents for each in of.spans)
        yield Work(
            path=str(self.path),
            kind="project",
            documents=tuple(self.documents),
            codebook=codebook,
            deleted_spans=self._deleted("span", "annotator"),
            deleted_relations=self._deleted("relation", "annotator"),
            deleted_comments=self._deleted("comment", "author"),
            newest=max([newest, *times]),
            origin=about(self.connection).get("origin", ""),
            refused=tuple(self.refused),
        )

    def _check_sizes(self, codebook: Codebook, documents: list[Document]) -> None:
        named = max(len(codebook.labels) + len(codebook.attributes) + len(codebook.relations), len(codebook.entities))
        for count, most, what in (
            (len(documents), work_rules.MOST_DOCUMENTS, "documents"),
            (sum(document.length for document in documents), work_rules.MOST_CHARACTERS, "characters"),
            (max(named, len(self.names.people)), work_rules.MOST_NAMED, "labels, entities or annotators"),
        ):
            if count > most:
                raise BadContent(f"{self.path.name} has {count:,} {what}; {most:,} is the most that can be taken in.")

    def _codebook(self) -> Codebook:
        try:
            codebook = replace(codebooks.read(self.connection), entities=entities.read(self.connection))
            codebook_rules.check(codebook)
            entity_rules.check(codebook.entities)
            for part in (codebook.labels, codebook.attributes, codebook.relations, codebook.entities):
                for each in part:
                    work_rules.check_id(each.id, "something in the codebook")
        except (BadArgument, BadContent) as error:
            raise NotAProject(f"{self.path.name} is damaged: its codebook can’t be used. {error}") from error
        return codebook

    def _document(self, document: Document) -> WorkDocument:
        """Read one document with all that was done on it. Raises BadContent or BadArgument for what can't be so."""
        text = listing.content(self.connection, document)
        work_rules.check_document(document, text)
        spans = self._spans(document.id, text)
        arrows, touched = self._relations(document.id, {each.id for each in spans})
        comments = reviews.comments(self.connection, self.names, document.id)
        for said in comments:
            work_rules.check_comment(said)
        note = handing.note_written(self.connection, self.times, document.id, document.note)
        if note:
            work_rules.check_time(note[1])
        return WorkDocument(
            document,
            text,
            self._states(document.id),
            spans,
            arrows,
            touched,
            tuple(each for each in comments if each.author != GOLD),
            WrittenNote(self.names.annotators[note[0]], note[1]) if note else None,
        )

    def _spans(self, document_id: str, text: str) -> tuple[Span, ...]:
        parts = document_spans.spans_of(self.connection, self.names, document_id, list(self.names.people), _SLICE)
        found = []
        for each in (span for part in parts for span in part):
            work_rules.check_span(each, text)
            found.append(replace(each, modified=max(each.modified, self._undone("span", each.id))))
        return tuple(found)

    def _relations(self, document_id: str, spans: set[str]) -> tuple[tuple[Relation, ...], dict[str, str]]:
        """Return the relations among these spans, and when each came to be as it is."""
        parts = relations.of_document(self.connection, self.names, document_id, list(self.names.people))
        found = [each for part in parts for each in part if each.source in spans and each.target in spans]
        for each in found:
            work_rules.check_relation(each, spans)
        numbered = select(relation.c.id, relation.c.change).where(relation.c.document == document_id)
        left = taking.left_at(self.connection, self.times, self.connection.execute(numbered).mappings().all())
        touched = {each.id: max(each.created, left[each.id], self._undone("relation", each.id)) for each in found}
        return tuple(found), touched

    def _states(self, document_id: str) -> tuple[GivenState, ...]:
        columns = [document_state.c[name] for name in ("id", "annotator", "state", "change")]
        query = select(*columns).where(document_state.c.document == document_id)
        rows = self.connection.execute(query).mappings().all()
        left = taking.left_at(self.connection, self.times, rows)
        return tuple(
            GivenState(
                self.names.annotators[row["annotator"]],
                stored.member(State, row["state"]),
                max(left[row["id"]], self._undone("document_state", row["id"])),
            )
            for row in rows
            if row["annotator"] in self.names.people
        )

    def _undone(self, table_name: str, row_id: str) -> str:
        return self.undone[table_name].get(row_id, "")

    def _deleted(self, table_name: str, by: str) -> dict[str, Deleted]:
        """What was deleted, as far as the history of the file still knows."""
        people, found = self.names.people, {}
        for row_id, at, row in taking.deleted(self.connection, table_name):
            work_rules.check_time(at)
            if row[by] in people:
                found[row_id] = Deleted(people[row[by]], str(row["document"]), at)
        return found
