"""Every integrity rule of a project, the ones that no row check can say among them."""

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from annotator.domain import entity_rules
from annotator.domain.span import span_text
from annotator.domain.time import is_time
from annotator.errors import BadArgument, NotAProject
from annotator.storage import codebooks, comparing, entities, labelled, relations, reviews, stored
from annotator.storage.store import Store
from annotator.storage.tables import TRACKED, change_row, document, metadata, revision, span, text
from annotator.storage.types import Time

_AT_ONCE = 500  # texts whose hashes are read together


def problems(store: Store) -> list[str]:
    """Return one plain sentence for everything that is wrong; empty when all is well."""
    try:
        with store.told():
            damage = [row for (row,) in store.connection.exec_driver_sql("pragma integrity_check") if row != "ok"]
            if damage:
                return [f"The file is damaged: {row}." for row in damage]
            rules = (
                _foreign_keys,
                _texts,
                _documents,
                _codebook,
                _entities,
                _spans,
                relations.problems,
                reviews.problems,
                _times,
                _history,
                _versions,
            )
            wrong = [sentence for rule in rules for sentence in rule(store.connection)]
            return wrong + list(comparing.differences(store.connection, store.path))
    except NotAProject as error:  # so damaged that not even the rules can be read
        return [str(error)]


def quick_problems(store: Store) -> Iterator[str | None]:
    """Look for damage to the file, a table or a text at a time, so that nobody is held up; None where all is well.

    The texts, by far the most of a file, are held against their hashes: SQLite's own check of their table takes 100 ms
    for 140 MB, and finds less.
    """
    with store.told():
        tables = store.connection.exec_driver_sql("select name from sqlite_master where type = 'table'").scalars().all()
    for name in tables:
        if name != text.name:
            yield from _quick_problems(store, name)
    last = ""
    while texts := _texts_after(store, last):
        for sha256 in texts:
            yield _text_problem(store, sha256)
        last = texts[-1]


def _texts_after(store: Store, last: str) -> Sequence[str]:
    """Return the hashes of some texts, those after `last`."""
    after = select(text.c.sha256).where(text.c.sha256 > last).order_by(text.c.sha256).limit(_AT_ONCE)
    with store.told():
        return store.connection.execute(after).scalars().all()


def _text_problem(store: Store, sha256: str) -> str | None:
    try:
        with store.told():
            wrong = next(_texts(store.connection, sha256), None)
    except NotAProject as error:
        return str(error)
    return f"{store.path.name} is damaged: {wrong}" if wrong else None


def _quick_problems(store: Store, name: str) -> Iterator[str | None]:
    """Have SQLite look at a table; as long as it gives way to somebody who needs the project, once more."""
    check = f"pragma quick_check('{name}')"
    found = None
    while found is None:
        try:
            with store.told():
                found = store.giving_way.attempt(lambda: str(store.connection.exec_driver_sql(check).scalars().first()))
        except NotAProject as error:
            yield str(error)
            return
        yield None if found in (None, "ok") else f"{store.path.name} is damaged: {found}."


def _foreign_keys(connection: Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.exec_driver_sql("pragma foreign_key_check"):
        yield f"Row {row} of {table} refers to a {parent} that is not there."


def _texts(connection: Connection, only: str | None = None) -> Iterator[str]:
    for sha256 in [only] if only else connection.execute(select(text.c.sha256)).scalars().all():
        row = connection.execute(select(text.c.content, text.c.length).where(text.c.sha256 == sha256)).first()
        if row is None:  # dropped since
            continue
        content, length = row
        if hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
            yield f"The text {sha256[:12]}… is not what was stored (its hash differs)."
        elif len(content) != length:
            yield f"The text {sha256[:12]}… has {len(content)} characters, but {length} are noted."


def _documents(connection: Connection) -> Iterator[str]:
    for document_id, fields in connection.execute(select(document.c.id, document.c.fields)).all():
        try:
            stored.pairs(fields)
        except NotAProject:
            yield f"The further metadata of {document_id} can't be read."
    numbers: dict[str, list[int]] = {}
    for document_id, number in connection.execute(select(revision.c.document, revision.c.number)).all():
        numbers.setdefault(document_id, []).append(number)
    for document_id, found in numbers.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"The earlier texts of {document_id} are not numbered from 1 without a gap."


def _codebook(connection: Connection) -> Iterator[str]:
    try:
        yield from codebooks.problems(connection)
        for misfit in labelled.all_misfits(connection, codebooks.read(connection)):
            yield f"The span {misfit.span_id} has a value that doesn't fit: {misfit.reason}"
    except NotAProject as error:  # so damaged that the codebook, or a span's values, can't be read
        yield str(error)


def _entities(connection: Connection) -> Iterator[str]:
    try:
        entity_rules.check(entities.read(connection))
    except (BadArgument, NotAProject) as error:
        yield str(error)


def _spans(connection: Connection) -> Iterator[str]:
    """Every span must fit the text that its offsets are of: the document's, or an earlier one where it has no place."""
    of = func.coalesce(span.c.text_sha256, document.c.text_sha256)
    pairs = select(document.c.id, of).join(span, span.c.document == document.c.id).distinct()
    for document_id, sha256 in connection.execute(pairs).all():
        content = connection.execute(select(text.c.content).where(text.c.sha256 == sha256)).scalar_one_or_none()
        if content is None:
            continue  # told by _foreign_keys
        columns = span.c.id, span.c.start, span.c.end, span.c.fragments, span.c.text
        mine = select(*columns).join(document, document.c.id == span.c.document)
        for row in connection.execute(mine.where(span.c.document == document_id, of == sha256)).all():
            if wrong := span_problem(content, *row):
                yield f"The span {row[0]} in {document_id} {wrong}."


def span_problem(content: str, _: str, start: int, end: int, fragments: str | None, words: str) -> str | None:
    """Return what is wrong with a span's place in its text, as the end of a sentence."""
    try:
        pieces = stored.fragments(start, end, fragments)
    except NotAProject:
        return "has fragments that can't be read"
    edges = [edge for piece in pieces for edge in (piece.start, piece.end)]
    if edges != sorted(edges) or any(piece.start >= piece.end for piece in pieces):
        return "has fragments that are out of order"
    if (edges[0], edges[-1]) != (start, end):
        return "starts or ends elsewhere than its fragments"
    if end > len(content):
        return f"ends at {end}, behind the end of the text ({len(content)})"
    if span_text(content, pieces) != words:
        return f"says “{words[:40]}”, but the document has “{span_text(content, pieces)[:40]}” there"
    return None


def _times(connection: Connection) -> Iterator[str]:
    """Every time must be one: UTC, as this program writes it."""
    columns = [column for table in metadata.tables.values() for column in table.columns if column.type is Time]
    for column in columns:
        key = next(iter(column.table.primary_key.columns))
        for row_id, time in connection.execute(select(key, column).where(column.is_not(None))):
            if not is_time(time):
                yield f"The {column.table.name} {row_id} has no readable time ({column.name}: “{str(time)[:40]}”)."


def _history(connection: Connection) -> Iterator[str]:
    for table in TRACKED.values():
        same = (change_row.c.row_id == table.c.id) & (change_row.c.table_name == table.name)
        written = table.outerjoin(change_row, same & (change_row.c.change == table.c.change))
        lost = select(table.c.id, table.c.change).select_from(written).where(change_row.c.change.is_(None))
        for row_id, number in connection.execute(lost.where(table.c.change > 0)):
            yield f"The {table.name} {row_id} was written by change {number}, of which the history knows nothing."
    columns = change_row.c.change, change_row.c.table_name, change_row.c.before
    for number, table_name, before in connection.execute(select(*columns)):
        try:
            stored.row_before(table_name, before)
        except NotAProject:
            yield f"Change {number} keeps a row of {table_name} that can't be read."


def _versions(connection: Connection) -> Iterator[str]:
    """What the history says of a row's last write must be true of the row."""
    for table in TRACKED.values():
        last = (
            select(change_row.c.row_id, func.max(change_row.c.change).label("change"))
            .where(change_row.c.table_name == table.name)
            .group_by(change_row.c.row_id)
            .subquery()
        )
        written = (
            select(change_row.c.row_id, change_row.c.operation, change_row.c.version_left, table.c.version)
            .join(last, (change_row.c.row_id == last.c.row_id) & (change_row.c.change == last.c.change))
            .outerjoin(table, table.c.id == change_row.c.row_id)
            .where(change_row.c.table_name == table.name)
        )
        for row_id, operation, left, version in connection.execute(written):
            if version != (None if operation == "delete" else left):
                yield f"The {table.name} {row_id} is not as its last change left it."
