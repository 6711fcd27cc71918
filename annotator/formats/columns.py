"""Which column of a table is which field of a document: what their names suggest, and what a person says."""

import re
from collections.abc import Mapping, Sequence

from annotator.domain.incoming import FIELDS
from annotator.errors import BadArgument

_NAMES = {
    "text": ("text", "fulltext", "body", "content", "article", "articletext", "bodytext", "articlebody", "maintext",
             "contents", "document", "story", "transcript", "texte", "inhalt", "texto"),
    "id": ("id", "docid", "documentid", "articleid", "uuid", "key", "identifier", "idstr"),
    "title": ("title", "headline", "heading", "head", "hed", "articletitle", "titel", "titre", "titulo", "subject"),
    "outlet": ("outlet", "source", "publication", "publisher", "newspaper", "sourcename", "medium", "media", "journal",
               "site", "sitename", "domain", "quelle", "publicationname"),
    "author": ("author", "authors", "byline", "creator", "writer", "by", "autor", "auteur", "authorname"),
    "published": ("published", "date", "publicationdate", "publishedat", "pubdate", "publisheddate", "datepublished",
                  "publishdate", "datum", "day", "timestamp", "createdat", "time"),
    "language": ("language", "lang", "languagecode", "sprache", "langue", "idioma"),
    "url": ("url", "link", "uri", "href", "weburl", "articleurl", "permalink", "sourceurl"),
}  # fmt: skip
_PLAIN = re.compile(r"[\W_]+")


def suggest(columns: Sequence[str]) -> dict[str, str]:
    """Return a column for each field that the columns' names speak of, the likeliest name first."""
    whole = {_plain(column): column for column in reversed(columns)}
    last = {_plain(column.rpartition(".")[2]): column for column in reversed(columns)}  # `meta.title`
    found: dict[str, str] = {}
    for field in FIELDS:
        for names in (whole, last):
            column = next((names[name] for name in _NAMES[field] if name in names), None)
            if column is not None and column not in found.values():
                found[field] = column
                break
    return found


def mapping(columns: Sequence[str], asked: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each field: as asked, else as suggested. An empty column leaves a field out.

    Raises BadArgument for a field or a column that there is not.
    """
    for field, column in asked.items():
        if field not in FIELDS:
            raise BadArgument(f"A document has no field “{field}”. Its fields are: {', '.join(FIELDS)}.")
        if column and column not in columns:
            known = ", ".join(columns[:12]) + (f" and {len(columns) - 12} more" if len(columns) > 12 else "")
            raise BadArgument(f"There is no column “{column}”. The columns are: {known}.")
    taken = {column for column in asked.values() if column}
    found = {field: column for field, column in suggest(columns).items() if column not in taken}
    found |= asked
    return {field: found[field] for field in FIELDS if found.get(field)}


def _plain(name: str) -> str:
    return _PLAIN.sub("", name.casefold())
