"""Rows as the driver makes them, for questions that are answered with many or asked again and again."""

import sqlite3
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Connection, Select


def cursor(connection: Connection, query: Select[Any], values: Mapping[str, Any] | None = None) -> sqlite3.Cursor:
    """Ask, and return what gives the rows as the driver makes them. Close it, for it holds a read lock."""
    return cast(sqlite3.Cursor, connection.execute(query, values or {}).cursor)


def plain(connection: Connection, query: Select[Any], values: Mapping[str, Any] | None = None) -> list[Any]:
    """Return all rows as the driver makes them: a Row of each costs as much again, which 100,000 let one feel."""
    return cursor(connection, query, values).fetchall()
