"""What a chart shows, without a widget: named rows and columns of cells that can be painted, read out and opened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, Literal, TypeVar, overload

T = TypeVar("T")
_KEPT = 100  # rows of a chart that are in sight, and some more
Value = str | int | float | None
"""What stands in a cell of a table: a text, a count, a figure, or nothing."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a cell stands for, so that what is behind it can be listed. Empty means all of them."""

    annotators: tuple[str, ...] = ()
    label: str | None = None
    document: str = ""
    against_gold: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is printed, `under` in small below it; `value` is the length of a bar, or the heat from 0 to 1.

    Without a value the cell is n/a, hatched, for the `reason`; without either it is still to come. `tip` is the tooltip
    of a cell that has a value, `spoken` what assistive technology reads.
    """

    text: str
    spoken: str
    value: float | None = None
    under: str = ""
    reason: str = ""
    tip: str = ""
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """`label` names the label whose chip stands over the column; `apart` sets it off from those before."""

    title: str
    label: str | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """`strong` is for what sums up the others; `apart` sets it off from those above; a `tall` one has intervals.

    `spoken` is the title in full, where that is longer.
    """

    title: str
    strong: bool = False
    apart: bool = False
    tall: bool = False
    spoken: str = ""


class Lazy(Sequence[T], Generic[T]):
    """A row for each of many documents, made when it is seen. Two are equal where they were made of the same."""

    def __init__(self, length: int, make: Callable[[int], T], made_of: object) -> None:
        self._length, self._make, self._made_of = length, lru_cache(_KEPT)(make), made_of

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(self._length))]
        at = place + self._length if place < 0 else place
        if not 0 <= at < self._length:
            raise IndexError(place)
        return self._make(at)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lazy) and (self._length, self._made_of) == (other._length, other._made_of)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Table:
    """The same as plain numbers and words."""

    heads: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A chart: bars of counts on one scale, or figures from 0 to 1 as heat."""

    kind: Literal["bars", "heat"]
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    cells: Sequence[tuple[Cell, ...]]
    table: Table
    largest: float = field(default=1.0)

    @property
    def empty(self) -> bool:
        return not self.rows or not self.columns


NOTHING = Grid("bars", (), (), (), Table((), ()))


def shown(value: Value) -> str:
    """Word a value of a table: counts with commas, figures with three decimals."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}".replace("-", "−")
    return f"{value:,}" if isinstance(value, int) else value


def short_figure(value: float) -> str:
    """Word a figure in a small cell: `.71`, `1.00`, `−.12`."""
    text = f"{value:.2f}"
    if text in ("-0.00", "0.00"):
        return ".00"
    sign, digits = ("−", text[1:]) if text.startswith("-") else ("", text)
    return sign + digits.removeprefix("0")
