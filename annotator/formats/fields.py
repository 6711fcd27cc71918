"""The fields of a JSON object that a person may have written: of the right type, or a sentence on what is wrong."""

import enum
from collections.abc import Collection
from typing import TypeVar

Member = TypeVar("Member", bound=enum.StrEnum)


class Wrong(Exception):
    """A sentence on what is wrong in a file; who reads the file puts its name before it."""


def objects(value: object, what: str, most: int, noun: str) -> list[object]:
    """Return a list of at most `most` entries. Raises Wrong."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise Wrong(f"{what} must be a list.")
    if len(value) > most:
        raise Wrong(f"it has {len(value)} {noun}; {most} is the most.")
    return value


class Fields:
    """The fields of one object. Every method raises Wrong where a field is not what it must be."""

    def __init__(self, value: object, what: str, known: Collection[str]) -> None:
        if not isinstance(value, dict):
            example = "" if what == "the file" else ', such as {"name": "claim"}'
            raise Wrong(f"{'it' if what == 'the file' else what} is not a JSON object{example}.")
        self._value = value
        self._what = what
        self._known = known
        if what == "the file":
            self.called("it")

    def called(self, what: str) -> None:
        """Say how the object is called from now on, and refuse fields that nobody knows."""
        self._what = what
        if unknown := sorted(self._value.keys() - set(self._known)):
            raise Wrong(f"{what} has {_named(unknown)}, which this program doesn’t know.")

    def value(self, key: str, default: object) -> object:
        """Return whatever stands there."""
        return self._value.get(key, default)

    def name(self, what: str) -> str:
        """Return the name, which is told as `what` where it is missing."""
        name = self._value.get("name")
        if not isinstance(name, str) or not name.strip():
            raise Wrong(f"{what} must be a text that isn’t empty.")
        return name

    def text(self, key: str, default: str) -> str:
        """Return a text."""
        value = self._value.get(key, default)
        if not isinstance(value, str):
            raise Wrong(f'the "{key}" of {self._what} must be a text.')
        return value

    def optional_text(self, key: str, default: str | None) -> str | None:
        """Return a text or null."""
        return None if self._value.get(key, default) is None else self.text(key, default or "")

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._value.get(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
            raise Wrong(f'the "{key}" of {self._what} must be a list of texts.')
        return tuple(value)

    def choice(self, key: str, kind: type[Member], default: Member) -> Member:
        """Return a member of an enumeration."""
        value = self._value.get(key, default.value)
        found = next((member for member in kind if member.value == value), None)
        if found is None:
            raise Wrong(f'the "{key}" of {self._what} must be one of: {", ".join(kind)}.')
        return found

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self._value.get(key, default)
        if not isinstance(value, bool):
            raise Wrong(f'the "{key}" of {self._what} must be true or false.')
        return value

    def key(self, key: str, default: int | None) -> int | None:
        """Return a number key, or null."""
        value = self._value.get(key, default)
        if value is not None and (type(value) is not int or not 1 <= value <= 9):
            raise Wrong(f'the "{key}" of {self._what} must be a number from 1 to 9, or null.')
        return value


def _named(keys: list[str]) -> str:
    return ", ".join(f"“{key}”" for key in keys[:5]) + (f" and {len(keys) - 5} more" if len(keys) > 5 else "")
