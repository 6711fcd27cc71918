"""Attribute values: what a span says about itself, checked against the codebook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from annotator.domain.codebook import AttributeKind, AttributeType
from annotator.domain.entity_rules import as_name
from annotator.domain.text import text_problem
from annotator.errors import BadArgument

YES, NO = "yes", "no"
_LONGEST = 10_000  # code points of a text value
_LONGEST_NUMBER = 40  # characters of a number


@dataclass(frozen=True, slots=True)
class Attribute:
    """The values of one attribute of a span; a kind of one value has one. Numbers and yes/no are written as text.

    `entity` is true where the value is the name of an entity, as a project says when it is read.
    """

    name: str
    values: tuple[str, ...]
    entity: bool = field(default=False, compare=False)


def entity_of(attributes: Iterable[Attribute]) -> str | None:
    """Return the name of the entity among a span's values, where there is one."""
    return next((value for each in attributes if each.entity for value in each.values), None)


def checked(kind: AttributeType, values: Sequence[str]) -> tuple[str, ...]:
    """Return the values as they are stored: blanks at the ends gone, options in the codebook's order, none twice.

    Empty means that the attribute has no value. Raises BadArgument, saying what would be right.
    """
    given = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    if kind.kind is AttributeKind.CHOICES:
        _check_options(kind, given)
        return tuple(option for option in kind.options if option in given)
    if len(given) > 1:
        raise BadArgument(f"“{kind.name}” takes one value, not {len(given)}.")
    return tuple(_one(kind, value) for value in given)


def _one(kind: AttributeType, value: str) -> str:
    if kind.kind is AttributeKind.CHOICE:
        _check_options(kind, [value])
    elif kind.kind is AttributeKind.NUMBER:
        return _number(kind, value)
    elif kind.kind is AttributeKind.ENTITY:
        return as_name(value)
    elif kind.kind is AttributeKind.YES_NO and value not in (YES, NO):
        raise BadArgument(f"“{kind.name}” is {YES} or {NO}, not “{value}”.")
    elif len(value) > _LONGEST:
        raise BadArgument(f"“{kind.name}” has {len(value)} characters; {_LONGEST} is the most.")
    elif problem := text_problem(value):
        raise BadArgument(f"“{kind.name}” can't be stored: it has {problem}.")
    return value


def _number(kind: AttributeType, value: str) -> str:
    try:
        number = Decimal(value.replace(",", ".")) if value.count(",") == 1 and "." not in value else Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    written = _written(number)
    if len(value) > _LONGEST_NUMBER or written is None or len(written) > _LONGEST_NUMBER:
        raise BadArgument(f"“{kind.name}” is a number, such as 12 or 0.5; “{value[:40]}” is none.")
    return written


def _written(number: Decimal) -> str | None:
    """Digits with a point, or where those would be many with an exponent; None for what is no finite number."""
    if not number.is_finite():
        return None
    plain = format(number, "f") if abs(number.adjusted()) < _LONGEST_NUMBER else ""
    return plain if 0 < len(plain) <= _LONGEST_NUMBER else str(number)


def _check_options(kind: AttributeType, given: Sequence[str]) -> None:
    for value in given:
        if value not in kind.options:
            raise BadArgument(f"“{kind.name}” is one of: {', '.join(kind.options)}; not “{value}”.")


def missing(kinds: Iterable[AttributeType], attributes: Iterable[Attribute]) -> tuple[str, ...]:
    """Return the names of the required attributes, among those that a span's label has, without a value."""
    given = {each.name for each in attributes if each.values}
    return tuple(kind.name for kind in kinds if kind.required and kind.name not in given)
