"""A relation: a typed arrow from one span to another; and which types the codebook allows between which labels."""

from dataclasses import dataclass

from annotator.domain.codebook import Codebook, RelationType
from annotator.domain.codebook_edits import ancestors


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation as it is stored: from the span `source` to the span `target` (ids), both in `document`.

    `type` is the name of its type in the codebook; `created` is UTC.
    """

    id: str
    document: str
    type: str
    source: str
    target: str
    annotator: str
    created: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Offer:
    """A type that fits between two spans. `forward`: from the first to the second; else the other way round."""

    type: RelationType
    forward: bool


def accepts(codebook: Codebook, ends: tuple[str, ...], label: str) -> bool:
    """Whether a span of this label can be at an end where `ends` are allowed: it, or what it is a kind of; none is any.

    A label that the codebook doesn't have is accepted only where any is.
    """
    if not ends:
        return True
    return label in ends or (codebook.has(label) and any(each in ends for each in ancestors(codebook, label)))


def misfit(codebook: Codebook, kind: RelationType, source: str, target: str) -> str | None:
    """Return, as a sentence, why this type can't go from a span of one label to one of the other; None where it can."""
    if not accepts(codebook, kind.sources, source):
        return f"“{kind.name}” goes out from {_either(kind.sources)}, not from {with_article(source)}."
    if not accepts(codebook, kind.targets, target):
        return f"“{kind.name}” goes to {_either(kind.targets)}, not to {with_article(target)}."
    return None


def types_between(codebook: Codebook, source: str, target: str) -> tuple[RelationType, ...]:
    """Return the types that can go from a span of one label to one of the other, in the codebook's order."""
    return tuple(kind for kind in codebook.relations if misfit(codebook, kind, source, target) is None)


def offers(codebook: Codebook, first: str, second: str) -> tuple[Offer, ...]:
    """Return the types that fit between spans of two labels: from the first to the second, then the other way round."""
    there = (Offer(kind, forward=True) for kind in types_between(codebook, first, second))
    back = (Offer(kind, forward=False) for kind in types_between(codebook, second, first))
    return (*there, *back)


def _either(labels: tuple[str, ...]) -> str:
    *others, last = map(with_article, labels)
    return f"{', '.join(others)} or {last}" if others else last


def with_article(label: str) -> str:
    """Return a label's name as a noun in a sentence: `a claim`, `an actor`."""
    return f"{'an' if label[:1].lower() in 'aeiou' else 'a'} {label}"
