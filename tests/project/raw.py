"""The rows of a project as they lie in the file, and whether such rows could be a project."""

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.domain import codebook_rules, entity_rules
from annotator.domain.attributes import checked
from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, LineForm, RelationType
from annotator.domain.entity import Entity
from annotator.errors import BadArgument

Key = tuple[str, str]  # table, row id
Row = dict[str, Any]
Rows = dict[Key, Row | None]

CODEBOOK = "label", "attribute_type", "relation_type"
REVIEW = "decision", "comment", "reveal"
TABLES = ("document", *CODEBOOK, "entity", "span", "relation", "revision", "document_state", *REVIEW)
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # what only an entity of ours is stored as


class File:
    """A project file, read past the program. The version, which only grows, is left out of the rows."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        self._connection.row_factory = sqlite3.Row

    def close(self) -> None:
        self._connection.close()

    def rows(self) -> Rows:
        """Every row that a change can write, with the number of the change that left it so."""
        found: Rows = {}
        for table in TABLES:
            for row in self._connection.execute(f"select * from {table}"):
                found[table, row["id"]] = {name: row[name] for name in row.keys() if name != "version"}  # noqa: SIM118
        return found

    def texts(self) -> dict[str, str]:
        """Every text that is stored, by its hash."""
        return {row["sha256"]: row["content"] for row in self._connection.execute("select * from text")}

    def changes(self) -> int:
        """How many changes the history has."""
        return int(self._connection.execute("select count(*) from change").fetchone()[0])


def could_be(rows: Rows, texts: dict[str, str]) -> bool:
    """Whether the rows keep every rule.

    What they refer to is there, the codebook is one, the values fit it, and spans have their words at their offsets.
    """
    found = {table: [row for (of, _), row in rows.items() if of == table and row] for table in TABLES}
    names = {row["id"]: row["name"] for row in found["label"]}
    documents = {row["id"]: row["text_sha256"] for row in found["document"]}
    inside = ("span", "revision", "document_state", *REVIEW)
    if any(row["document"] not in documents for name in inside for row in found[name]) or clash(found["decision"]):
        return False
    if not all(fits(row, texts[row["text_sha256"] or documents[row["document"]]]) for row in found["span"]):
        return False
    numbers = [(row["document"], row["number"]) for row in found["revision"]]
    if len(set(numbers)) < len(numbers):
        return False
    try:
        book = codebook(found, names)
        codebook_rules.check(book)
        types = {each.id: each for each in book.attributes}
        if not all(map(joined(found), found["relation"])) or has_doubles(found["relation"]):
            return False
        entity_rules.check(
            Entity(row["name"], tuple(json.loads(row["aliases"])), row["note"]) for row in found["entity"]
        )
        entities = {row["id"] for row in found["entity"]}
        return all(row["label"] in names and values_fit(row, types, entities) for row in found["span"])
    except (BadArgument, KeyError):
        return False


def clash(decisions: list[Row]) -> bool:
    """Whether two decisions that hold are about one span, or made one span of gold."""
    live = [row for row in decisions if row["superseded"] is None]
    about = [{row["gold"], *(source["span"] for source in json.loads(row["sources"]))} - {None} for row in live]
    return sum(map(len, about)) > len(set().union(*about))


def values_fit(span: Row, types: dict[str, AttributeType], entities: set[str]) -> bool:
    """Whether a span's values could be those of its attributes. Raises BadArgument for one that the book refuses."""
    for key, values in json.loads(span["attributes"] or "{}").items():
        if key in types:
            checked(types[key], values)
            of_entity = types[key].kind is AttributeKind.ENTITY
            if not entities.issuperset(values) if of_entity else any(map(_UUID.fullmatch, values)):
                return False
    return True


def codebook(found: dict[str, list[Row]], names: dict[str, str]) -> Codebook:
    """The codebook of these rows. Raises KeyError where one names a label that is not there."""
    labels = [
        Label(
            row["name"],
            row["letter"],
            row["colour"],
            LineForm(row["line_form"]),
            row["key"],
            parent=names[row["parent"]] if row["parent"] else None,
        )
        for row in found["label"]
    ]
    attributes = [
        AttributeType(
            names[row["label"]],
            row["name"],
            AttributeKind(row["kind"]),
            tuple(json.loads(row["options"])),
            id=row["id"],
        )
        for row in found["attribute_type"]
    ]
    relations = [
        RelationType(row["name"], ends(row["sources"], names), ends(row["targets"], names))
        for row in found["relation_type"]
    ]
    return Codebook(tuple(labels), tuple(attributes), tuple(relations))


def fits(span: Row, text: str) -> bool:
    """Whether a span has its words at its offsets."""
    pairs = json.loads(span["fragments"]) if span["fragments"] else [(span["start"], span["end"])]
    return bool(" ".join(text[start:end] for start, end in pairs) == span["text"])


def joined(found: dict[str, list[Row]]) -> Callable[[Row], bool]:
    """Whether a relation's type is there, and its two spans in its document."""
    places = {row["id"]: row["document"] for row in found["span"]}
    types = {row["id"] for row in found["relation_type"]}

    def is_joined(row: Row) -> bool:
        here = row["document"]
        return row["type"] in types and places.get(row["source"]) == here == places.get(row["target"])

    return is_joined


def has_doubles(relations: list[Row]) -> bool:
    said = [(row["source"], row["target"], row["type"], row["annotator"]) for row in relations]
    return len(set(said)) < len(said)


def ends(kept: str, names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names[key] for key in json.loads(kept))
