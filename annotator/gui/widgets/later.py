"""Parts of the window that most starts need none of: a `cached_property` of their owner, built when first asked for."""

from typing import Any


def built(owner: object, *names: str) -> list[Any]:
    """Return those of the owner's parts that were asked for already."""
    there = vars(owner)
    return [there[name] for name in names if name in there]
