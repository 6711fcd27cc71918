"""The codebook: labels with their attributes, and relation types, each with a guideline."""

import difflib
import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotator.domain.entity import Entity
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
    """A kind of span. `colour` is `#RRGGBB`, the line on a light ground; `key` is 1 to 9 or None.

    `parent` is the name of the label that this one is a kind of; `id`, empty until it is stored, outlives a new name.
    """

    name: str
    letter: str
    colour: str
    line_form: LineForm
    key: int | None = None
    guideline: str = ""
    parent: str | None = None
    id: str = field(default="", compare=False)


class AttributeKind(enum.StrEnum):
    """What values an attribute takes."""

    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes/no"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class AttributeType:
    """A typed question about every span of one label. `options` are what a choice is among, in order."""

    label: str
    name: str
    kind: AttributeKind
    options: tuple[str, ...] = ()
    required: bool = False
    guideline: str = ""
    id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class RelationType:
    """A kind of arrow between spans. `sources` and `targets` name the labels it may go from and to; empty is any."""

    name: str
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    guideline: str = ""
    id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Codebook:
    """The labels of a project in the order in which they are shown, their attributes, and the relation types.

    `entities` are those that a codebook file brings or takes along. A project keeps them in a registry of their own,
    since annotators add to it as they go: its `codebook` has none.
    """

    labels: tuple[Label, ...]
    attributes: tuple[AttributeType, ...] = ()
    relations: tuple[RelationType, ...] = ()
    entities: tuple[Entity, ...] = ()

    def __iter__(self) -> Iterator[Label]:
        return iter(self.labels)

    def label(self, name: str) -> Label:
        """Return the label of that name. Raises NotFound, with the nearest name as a suggestion."""
        found = next((label for label in self.labels if label.name == name), None)
        if found is None:
            raise NotFound(f"The codebook has no label “{name}”.{_hint(name, (label.name for label in self.labels))}")
        return found

    def has(self, name: str) -> bool:
        """Whether there is a label of that name."""
        return any(label.name == name for label in self.labels)

    def by_key(self, key: int) -> Label | None:
        """Return the label that the number key tags with, if any."""
        return next((label for label in self.labels if label.key == key), None)

    def attributes_of(self, label: str) -> tuple[AttributeType, ...]:
        """Return the attributes that spans of this label have, in order."""
        return tuple(each for each in self.attributes if each.label == label)

    def attribute(self, label: str, name: str) -> AttributeType:
        """Return the label's attribute of that name. Raises NotFound, with the nearest name as a suggestion."""
        known = self.attributes_of(label)
        found = next((each for each in known if each.name == name), None)
        if found is None:
            hint = _hint(name, (each.name for each in known))
            raise NotFound(f"The label “{label}” has no attribute “{name}”.{hint}")
        return found

    def relation(self, name: str) -> RelationType:
        """Return the relation type of that name. Raises NotFound, with the nearest name as a suggestion."""
        found = next((each for each in self.relations if each.name == name), None)
        if found is None:
            known = (each.name for each in self.relations)
            raise NotFound(f"The codebook has no relation type “{name}”.{_hint(name, known)}")
        return found


def _hint(name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f" Did you mean “{near[0]}”?"
    return f" It has: {', '.join(names)}." if names else " It has none."
