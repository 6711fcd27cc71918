"""What is known of a document beside its text: which fields there are, and what may stand in them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from annotator.domain.text import text_problem
from annotator.errors import BadArgument

FIELDS = ("title", "outlet", "author", "published", "language", "url")
"""The fields that every document has, each a text or None."""
LONGEST = 2_000
"""Code points of one value."""
MOST_FIELDS = 200
"""Further fields of one document."""

Pairs = tuple[tuple[str, str], ...]

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)


def checked(name: str, value: str | None) -> str | None:
    """Return the value of one of `FIELDS` as it is stored, on one line; None where it is empty.

    Raises BadArgument for a field that no document has, and for a value that could not be sorted, sent on or stored.
    """
    if name not in FIELDS:
        raise BadArgument(f"A document has no field “{name}”. It has: {', '.join(FIELDS)}, and further ones by name.")
    line = _line(name, value or "")
    if not line:
        return None
    if name == "published":
        return _published(line)
    if name == "language" and not _LANGUAGE.fullmatch(line):
        raise BadArgument(f"“{line[:40]}” is no code of a language. Write it as en, de or pt-BR.")
    if name == "url" and " " in line:
        raise BadArgument(f"“{line[:60]}” is no address of a page: it has blanks in it.")
    return line


def checked_pairs(fields: Mapping[str, str] | Iterable[tuple[str, str]]) -> Pairs:
    """Return further fields as they are stored, each (name, value), those with an empty value left out.

    Raises BadArgument for a name that is empty, stands there twice or is one of `FIELDS`, and for values as `checked`.
    """
    given = list(fields.items()) if isinstance(fields, Mapping) else list(fields)
    found: dict[str, str] = {}
    for name, value in given:
        called = _line("the name of a field", name)
        if not called:
            if not value.strip():
                continue
            raise BadArgument(f"The field with the value “{value[:40]}” needs a name.")
        if called.casefold() in FIELDS:
            raise BadArgument(f"“{called}” can't be a further field: every document has one of that name.")
        if called.casefold() in map(str.casefold, found):
            raise BadArgument(f"There are two fields “{called}”. Give one of them another name.")
        if line := _line(called, value):
            found[called] = line
    if len(found) > MOST_FIELDS:
        raise BadArgument(f"The document has {len(found)} further fields; {MOST_FIELDS} is the most.")
    return tuple(found.items())


def _line(what: str, value: str) -> str:
    if problem := text_problem(value):
        raise BadArgument(f"{what[:1].upper()}{what[1:]} can't be stored: it has {problem}.")
    if len(value) > LONGEST:
        raise BadArgument(f"{what[:1].upper()}{what[1:]} has {len(value):,} characters; {LONGEST:,} is the most.")
    return " ".join(value.split())


def _published(line: str) -> str:
    """A date so written that texts sort as dates do: a year, a month or a day, the year first."""
    found = _DATE.fullmatch(line)
    try:
        year, month, day = (int(part) if part else 0 for part in found.groups()) if found else (0, 0, 0)
        known = date(year, month or 1, day or 1)
    except ValueError:
        found = None
    if not found:
        raise BadArgument(
            f"“{line[:40]}” is no date that documents could be sorted by. "
            "Write it as 2011-09-17, as 2011-09 or as 2011: the year first."
        )
    return known.isoformat()[: 10 if day else 7 if month else 4]
