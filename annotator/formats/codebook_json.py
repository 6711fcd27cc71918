"""A codebook as a JSON file: `NAME.codebook.json` beside an export, and `annotator new --codebook FILE`.

What is written has every key; of what is read only a label's name must be there, the rest has defaults. The schema is
`resources/schema/annotator-codebook-1.schema.json`.
"""

import json
import re
import unicodedata
from pathlib import Path

from annotator.domain.codebook import Codebook, Label, LineForm
from annotator.errors import BadContent
from annotator.formats import strict_json

SCHEMA = "annotator-codebook/1"
LARGEST_FILE = 5 * 1024 * 1024
MOST_LABELS = 500
LONGEST_NAME = 100
LONGEST_GUIDELINE = 20_000

_LABEL_KEYS = frozenset({"name", "letter", "colour", "line_form", "key", "guideline"})
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")

# Lines on a light ground, in the order of look.md, for labels that name no colour of their own.
_LOOKS = (
    ("#B8730E", LineForm.SOLID),
    ("#1A80CC", LineForm.DOUBLE),
    ("#06573A", LineForm.THICK),
    ("#86196A", LineForm.DASH),
    ("#B7271B", LineForm.SOLID),
    ("#80874E", LineForm.DASH_DOT),
    ("#6A46A8", LineForm.DASH),
    ("#04786E", LineForm.DOUBLE),
    ("#788194", LineForm.DASH_DOT),
    ("#442212", LineForm.THICK),
)


def record(codebook: Codebook) -> dict[str, object]:
    """Return the codebook as the JSON object that `dumps` writes."""
    return {"schema": SCHEMA, "labels": [label_record(label) for label in codebook]}


def label_record(label: Label) -> dict[str, object]:
    """Return one label as it stands in the file."""
    return {
        "name": label.name,
        "letter": label.letter,
        "colour": label.colour,
        "line_form": label.line_form.value,
        "key": label.key,
        "guideline": label.guideline,
    }


def dumps(codebook: Codebook) -> str:
    r"""Return the file's text, which ends in `\n`."""
    return json.dumps(record(codebook), ensure_ascii=False, indent=2) + "\n"


def read(path: Path | str) -> Codebook:
    """Read a codebook file.

    Raises NotFound, BadArgument (a folder), EnvironmentFailed, and BadContent that names what is wrong and where.
    """
    path = Path(path)
    try:
        return _codebook(strict_json.load(path, LARGEST_FILE))
    except _Wrong as wrong:
        raise BadContent(f"{path} is not a codebook that can be used: {wrong}") from wrong


class _Wrong(Exception):
    """A sentence on what is wrong in the file; `read` puts the file's name before it."""


def _codebook(value: object) -> Codebook:
    if not isinstance(value, dict):
        raise _Wrong("it is not a JSON object.")
    if value.get("schema") != SCHEMA:
        raise _Wrong(f'it needs "schema": "{SCHEMA}".')
    if unknown := sorted(value.keys() - {"schema", "labels"}):
        raise _Wrong(f"it has {_named(unknown)}, which this program doesn’t know.")
    labels = value.get("labels")
    if not isinstance(labels, list) or not labels:
        raise _Wrong('it needs "labels", a list with at least one label.')
    if len(labels) > MOST_LABELS:
        raise _Wrong(f"it has {len(labels)} labels; {MOST_LABELS} is the most.")
    found = tuple(_label(entry, number) for number, entry in enumerate(labels, 1))
    _refuse_doubles("name", [unicodedata.normalize("NFC", label.name).casefold() for label in found])
    _refuse_doubles("key", [label.key for label in found if label.key is not None])
    return Codebook(found)


def _label(value: object, number: int) -> Label:
    """Return label `number` (counted from 1) of the file."""
    if not isinstance(value, dict):
        raise _Wrong(f'label {number} is not a JSON object, such as {{"name": "claim"}}.')
    name = _text(value.get("name"), f'the "name" of label {number}', LONGEST_NAME)
    where = f"of the label “{name}”"
    if unknown := sorted(value.keys() - _LABEL_KEYS):
        raise _Wrong(f"the label “{name}” has {_named(unknown)}, which this program doesn’t know.")
    colour, line_form = _LOOKS[(number - 1) % len(_LOOKS)]
    key = value.get("key")
    if key is not None and (type(key) is not int or not 1 <= key <= 9):
        raise _Wrong(f'the "key" {where} must be a number from 1 to 9, or null.')
    return Label(
        name=name,
        letter=_text(value.get("letter", name[0].upper()), f'the "letter" {where}', 3),
        colour=_colour(value.get("colour", colour), where),
        line_form=_line_form(value.get("line_form", line_form.value), where),
        key=key,
        guideline=_guideline(value.get("guideline", ""), where),
    )


def _text(value: object, what: str, longest: int) -> str:
    """Return `value` if it is one line of at most `longest` code points that neither begins nor ends with a blank."""
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(f"{what} must be a text that isn’t empty.")
    if len(value) > longest:
        raise _Wrong(f"{what} has {len(value)} characters; {longest} is the most.")
    if value != value.strip():
        raise _Wrong(f"{what} begins or ends with a blank.")
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in value):
        raise _Wrong(f"{what} holds a line end or a control character.")
    return value


def _colour(value: object, where: str) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise _Wrong(f'the "colour" {where} must look like "#B8730E".')
    return value.upper()


def _line_form(value: object, where: str) -> LineForm:
    for form in LineForm:
        if form.value == value:
            return form
    raise _Wrong(f'the "line_form" {where} must be one of: {", ".join(LineForm)}.')


def _guideline(value: object, where: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_GUIDELINE:
        raise _Wrong(f'the "guideline" {where} must be a text of at most {LONGEST_GUIDELINE} characters.')
    if any(unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t" for character in value):
        raise _Wrong(f'the "guideline" {where} holds a control character.')
    return value


def _named(keys: list[str]) -> str:
    return ", ".join(f"“{key}”" for key in keys[:5]) + (f" and {len(keys) - 5} more" if len(keys) > 5 else "")


def _refuse_doubles(what: str, values: list[str] | list[int]) -> None:
    seen: set[str | int] = set()
    for value in values:
        if value in seen:
            raise _Wrong(f"two labels have the {what} “{value}”.")
        seen.add(value)
