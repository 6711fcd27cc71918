"""How entities are used: which spans have each, by what words, and which spans have none yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotator.domain.entity import Entity
from annotator.domain.entity_rules import key

LONGEST_FORM = 200
"""Code points of a form; spans that are longer are no names."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A span that has an entity, or may be given one: its label has an attribute for that."""

    span: str
    document: str
    start: int
    annotator: str
    label: str
    attribute: str
    form: str  # the span's words, on one line
    entity: str | None  # its name


@dataclass(frozen=True, slots=True)
class EntityUse:
    """An entity with how many spans have it, by anybody, and the texts of those with how often each occurs."""

    entity: Entity
    spans: int = 0
    forms: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Untied:
    """Spans of the same words under one label whose attribute for an entity has no value."""

    label: str
    attribute: str
    form: str
    spans: tuple[str, ...]


def form_of(text: str) -> str:
    """Return the form of a span's text: on one line, and its beginning where it is long."""
    return " ".join(text.split())[:LONGEST_FORM]


def uses(entities: Iterable[Entity], ties: Iterable[Tie]) -> list[EntityUse]:
    """Return the entities by name, each with its spans counted and its forms, the most frequent first."""
    spans: dict[str, set[str]] = {}
    forms: dict[str, dict[str, int]] = {}
    for tie in ties:
        if tie.entity is not None and tie.span not in (seen := spans.setdefault(tie.entity, set())):
            seen.add(tie.span)
            counts = forms.setdefault(tie.entity, {})
            counts[tie.form] = counts.get(tie.form, 0) + 1
    return [
        EntityUse(each, len(spans.get(each.name, ())), _most_first(forms.get(each.name, {})))
        for each in sorted(entities, key=lambda entity: key(entity.name))
    ]


def _most_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def untied(ties: Iterable[Tie]) -> list[Untied]:
    """Return the spans without an entity, grouped by their words whatever the case, the most frequent first."""
    groups: dict[tuple[str, str, str], list[Tie]] = {}
    for tie in ties:
        if tie.entity is None:
            groups.setdefault((tie.label, tie.attribute, key(tie.form)), []).append(tie)
    found = [
        Untied(label, attribute, some[0].form, tuple(tie.span for tie in some))
        for (label, attribute, _), some in groups.items()
    ]
    return sorted(found, key=lambda each: (-len(each.spans), key(each.form), each.label, each.attribute))
