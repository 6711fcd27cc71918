"""Values as they are stored, read back: what can't be read is damage, and is told as such."""

import enum
import json
from typing import Any, TypeVar

from annotator.domain.span import Fragment
from annotator.errors import NotAProject
from annotator.storage.tables import TRACKED

_COLUMNS = {name: frozenset(table.columns.keys()) for name, table in TRACKED.items()}
_json = json.JSONDecoder().raw_decode

Member = TypeVar("Member", bound=enum.StrEnum)


def damaged(what: str) -> NotAProject:
    """Return the error for a value that this program never wrote."""
    return NotAProject(f"The project is damaged: {what}. Nothing was overwritten; open a backup of it if you have one.")


def member(kind: type[Member], value: str) -> Member:
    """Return the member of an enumeration that a column names."""
    try:
        return kind(value)
    except ValueError:
        raise damaged(f"it holds a {kind.__name__} “{value}”") from None


def fragments(start: int, end: int, stored: str | None) -> tuple[Fragment, ...]:
    """Return the fragments that a span's three columns say."""
    if stored is None:
        return (Fragment(start, end),)
    try:
        pairs = json.loads(stored)
        pieces = tuple(Fragment(begin, finish) for begin, finish in pairs)
    except (ValueError, TypeError, RecursionError):
        pieces = ()
    if not pieces or not all(type(edge) is int for piece in pieces for edge in (piece.start, piece.end)):
        raise damaged(f"the fragments of a span can't be read ({stored[:40]})")
    return pieces


def texts(kept: str) -> tuple[str, ...]:
    """Return a list of texts that a column holds as JSON."""
    try:
        found = json.loads(kept)
    except (ValueError, TypeError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise damaged(f"a list in the codebook can't be read ({str(kept)[:40]})")
    return tuple(found)


def pairs(kept: str | None) -> tuple[tuple[str, str], ...]:
    """Return the further metadata that a document's column holds, each (name, value)."""
    if kept is None:
        return ()
    try:
        found = [(name, value) for name, value in json.loads(kept)]
    except (ValueError, TypeError, RecursionError):
        raise damaged(f"the metadata of a document can't be read ({str(kept)[:40]})") from None
    if not all(isinstance(each, str) for pair in found for each in pair):
        raise damaged(f"the metadata of a document can't be read ({str(kept)[:40]})")
    return tuple(found)


def values_by_id(kept: str | None) -> dict[str, tuple[str, ...]]:
    """Return the attribute values that a span's column holds, by the attribute type's id."""
    if kept is None:
        return {}
    try:
        found = json.loads(kept)
    except (ValueError, TypeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise damaged(f"the attributes of a span can't be read ({str(kept)[:40]})")
    return {key: texts(json.dumps(values)) for key, values in found.items()}


def row_before(table_name: str, stored: str | None) -> dict[str, Any] | None:
    """Return the row that a change keeps: text, whole number or null by column name."""
    if table_name not in _COLUMNS:
        raise damaged(f"its history names a table {table_name}")
    if stored is None:
        return None
    try:
        row, end = _json(stored)
    except (ValueError, RecursionError):
        row, end = None, 0
    if not isinstance(row, dict) or end != len(stored) or row.keys() != _COLUMNS[table_name]:
        raise damaged(f"its history of the table {table_name} can't be read")
    return row
