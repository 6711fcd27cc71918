"""What goes along when reviewed work is handed back: one person's own rows, and what was decided and said of them.

Where a decision keeps other people's spans, they stand under signs: nobody learns from the file whose they are.
"""

import json
import random
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from annotator.domain.document import Document
from annotator.domain.review import GOLD
from annotator.storage import connection as connections
from annotator.storage import handing, prints, reviews, stored
from annotator.storage.tables import GOLD_ID, annotator, comment, decision, document_state, relation, span

Row = dict[str, Any]
_AT_ONCE = 500  # parameters in one statement


@dataclass(slots=True)
class Review:
    """One person's work on some documents, with what a review made of it; `who` is the annotator's id.

    `named` are the ids of those whose names go along beside: who decided.
    """

    who: str
    named: set[str] = field(default_factory=set)
    counted: handing.Counted = field(default_factory=handing.Counted)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)  # by the id of somebody who is not named

    def add(self, connection: Connection, of: Document) -> None:
        """Take in what there is of a document. Raises BadArgument where it has another text by now."""
        with connections.snapshot(connection):
            own = handing.own_rows(connection, self.who, of, self.counted)
            before, after = (
                prints.of_document(connection, of.id),
                prints.of_rows(connection, own["span"], own["relation"]),
            )
            decided = _decisions(connection, of.id, self.who)
            said = _comments(connection, of.id, {row["id"] for row in own["span"]} | _sources(decided, self.who))
            gold = _gold(connection, [row["gold"] for row in decided if row["gold"] and row["superseded"] is None])
        self.named |= {row["reviewer"] for row in decided}
        for row in decided:
            row["sources"] = reviews.dumped([_restamped(each, self.who, before, after) for each in row["sources"]])
        for name, some in {**own, "decision": decided, "comment": said}.items():
            self.rows.setdefault(name, []).extend(some)
        for name, some in gold.items():
            self.rows[name].extend(some)

    def rows_of_annotators(self, names: Mapping[str, str], name: str) -> list[Row]:
        """Put signs in the place of everybody who is neither the person, called `name`, nor named; return who is left.

        Call it when all documents are in. `names` are those of the project, by id.
        """
        for row in self.rows.get("decision", []):
            records = json.loads(row["sources"])
            row["sources"] = reviews.dumped([{**each, "annotator": self._sign(each["annotator"])} for each in records])
            row["absent"] = reviews.dumped([self._sign(key) for key in stored.texts(row["absent"])])
        for row in self.rows.get("comment", []):
            if row["author"] not in self.named:
                row["author"] = self._sign(row["author"])
        known = {self.who: name} | {key: names[key] for key in sorted(self.named - {self.who})}
        if any(row["annotator"] == GOLD_ID for row in self.rows.get("span", [])):
            known[GOLD_ID] = GOLD
        taken = set(known.values())
        signs = list(self.signs.values())
        random.shuffle(signs)  # so that the order of numbers says nothing
        return [{"id": key, "name": each} for key, each in (known | _numbered(signs, taken)).items()]

    def _sign(self, key: str) -> str:
        return key if key == self.who else self.signs.setdefault(key, str(uuid.uuid4()))


def worked_on(connection: Connection, who: str) -> set[str]:
    """Return the ids of the documents in which an annotator has spans or a state."""
    found: set[str] = set()
    for table in (span, document_state):
        found |= set(connection.execute(select(table.c.document).where(table.c.annotator == who).distinct()).scalars())
    return found


def _numbered(signs: Collection[str], taken: Collection[str]) -> dict[str, str]:
    """Names for signs, none of which is somebody's: `another annotator`, or with numbers where there are more."""
    names = ["another annotator"] if len(signs) == 1 else [f"another annotator {n}" for n in range(1, len(signs) + 1)]
    return {key: name if name not in taken else f"{name} ({key[:4]})" for key, name in zip(signs, names, strict=True)}


def _decisions(connection: Connection, document_id: str, who: str) -> list[Row]:
    """What was decided on this person's spans, or where they had none; `sources` are read."""
    rows = connection.execute(select(decision).where(decision.c.document == document_id)).mappings().all()
    found = []
    for row in rows:
        sources = reviews.source_records(row["sources"])
        if any(each["annotator"] == who for each in sources) or who in stored.texts(row["absent"]):
            found.append({**row, "sources": sources})
    return found


def _sources(decided: Iterable[Row], who: str) -> set[str]:
    return {each["span"] for row in decided for each in row["sources"] if each["annotator"] == who}


def _comments(connection: Connection, document_id: str, spans: Collection[str]) -> list[Row]:
    """What was said of the document, or of one of these spans."""
    rows = connection.execute(select(comment).where(comment.c.document == document_id)).mappings().all()
    about = ((dict(row), stored.texts(row["spans"])) for row in rows)
    return [row for row, named in about if not named or not set(spans).isdisjoint(named)]


def _gold(connection: Connection, ids: list[str]) -> dict[str, list[Row]]:
    """These spans of gold, and the relations between them."""
    found: dict[str, list[Row]] = {"span": [], "relation": []}
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        placed = select(span).where(span.c.id.in_(some), span.c.annotator == GOLD_ID, span.c.text_sha256.is_(None))
        found["span"] += [dict(row) for row in connection.execute(placed).mappings()]
        arrows = select(relation).where(relation.c.source.in_(some), relation.c.annotator == GOLD_ID)
        found["relation"] += [dict(row) for row in connection.execute(arrows).mappings()]
    kept = {row["id"] for row in found["span"]}
    found["relation"] = [row for row in found["relation"] if row["source"] in kept and row["target"] in kept]
    return found


def _restamped(record: Row, who: str, before: Mapping[str, str], after: Mapping[str, str]) -> Row:
    """A source as it will be recognised in the file, where other people's arrows at it stay behind."""
    key = record["span"]
    same = record["annotator"] == who and before.get(key) == record["print"] and key in after
    return {**record, "print": after[key]} if same else record


def names_of(connection: Connection) -> dict[str, str]:
    """Return the names of annotators by id."""
    return dict(connection.execute(select(annotator.c.id, annotator.c.name)).all())
