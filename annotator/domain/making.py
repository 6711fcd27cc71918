"""Making many frozen objects: their own way sets each field by a call, which takes four times as long."""

from collections.abc import Callable
from dataclasses import fields, make_dataclass
from typing import Any, TypeVar, cast

T = TypeVar("T")


def maker(kind: type[T]) -> Callable[..., T]:
    """Return what makes objects of a frozen dataclass with slots as its name does, given every field, in order."""

    def freeze(made: Any) -> None:
        made.__class__ = kind

    of = [(field.name, field.type) for field in fields(kind)]  # type: ignore[arg-type]
    return cast(
        Callable[..., T], make_dataclass(f"New{kind.__name__}", of, namespace={"__post_init__": freeze}, slots=True)
    )
