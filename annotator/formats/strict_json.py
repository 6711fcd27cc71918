"""JSON from a file that may be hostile: size and depth are limited, duplicate keys and NaN refused, in plain words."""

import json
from pathlib import Path

from annotator.errors import BadContent
from annotator.formats.input_file import read_bytes


def load(path: Path, largest: int) -> object:
    """Return the one JSON value in the file at `path`, of at most `largest` bytes.

    Raises NotFound, BadArgument (a folder), EnvironmentFailed (unreadable), BadContent (not such JSON).
    """
    data = read_bytes(path, largest)
    try:
        return decoder().decode(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadContent(f"{path} is not UTF-8 text: byte {error.start} is not part of a character.") from error
    except json.JSONDecodeError as error:
        raise BadContent(f"{path} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except RecursionError as error:
        raise BadContent(f"{path} is nested too deeply to be read.") from error
    except _Refused as error:
        raise BadContent(f"{path}: {error}") from error
    except ValueError as error:  # an integer of thousands of digits
        raise BadContent(f"{path} holds a number with too many digits.") from error


def decoder() -> json.JSONDecoder:
    """Return a reader of JSON values that raises RecursionError, or ValueError for what `wrong` puts into words."""
    return json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant)


def wrong(error: ValueError | RecursionError) -> str:
    """Return what is wrong with one value in a file of many, as the end of a sentence about its line."""
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: column {error.colno}: {error.msg}."
    if isinstance(error, _Refused):
        return str(error)
    return "nested too deeply." if isinstance(error, RecursionError) else "it holds a number with too many digits."


class _Refused(ValueError):
    """Valid for Python's reader, refused by ours."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Refused(f"the key “{twice}” stands twice in one object. Remove one of them.")
    return found


def _refuse_constant(name: str) -> object:
    raise _Refused(f"{name} is not a JSON number. Remove it.")
