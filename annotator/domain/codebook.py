"""The codebook: labels with colour, line form, letter, key and guideline."""

import difflib
import enum
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.errors import NotFound


class LineForm(enum.StrEnum):
    """The form of the line under a span, so that colour is never the only sign."""

    SOLID = "solid"
    DOUBLE = "double"
    THICK = "thick"
    DASH = "dash"
    DASH_DOT = "dash-dot"


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of span. `colour` is `#RRGGBB`, the line on a light ground; `key` is 1 to 9 or None."""

    name: str
    letter: str
    colour: str
    line_form: LineForm
    key: int | None = None
    guideline: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """The labels of a project, in the order in which they are shown."""

    labels: tuple[Label, ...]

    def __iter__(self) -> Iterator[Label]:
        return iter(self.labels)

    def label(self, name: str) -> Label:
        """Return the label of that name. Raises NotFound, with the nearest name as a suggestion."""
        for label in self.labels:
            if label.name == name:
                return label
        names = [label.name for label in self.labels]
        near = difflib.get_close_matches(name, names, n=1)
        hint = f" Did you mean “{near[0]}”?" if near else f" The codebook has: {', '.join(names)}."
        raise NotFound(f"The codebook has no label “{name}”.{hint}")

    def by_key(self, key: int) -> Label | None:
        """Return the label that the number key tags with, if any."""
        return next((label for label in self.labels if label.key == key), None)
