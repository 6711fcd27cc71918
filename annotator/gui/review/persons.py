"""What the annotators of a document are called in Review: by name, or by a sign that says nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from annotator.domain.review import blind_names, blind_order

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Persons:
    """Annotators in the order of their lanes, with the sign and what to call them, each by their real name."""

    order: tuple[str, ...] = ()
    signs: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    blind: bool = True


def persons_of(document: str, annotators: Collection[str], *, revealed: bool) -> Persons:
    """Return what these annotators are called in a document, blind until their names are revealed."""
    if revealed:
        order = tuple(sorted(annotators))
        return Persons(order, initials(order), {name: name for name in order}, blind=False)
    signs = blind_names(document, annotators)
    return Persons(
        blind_order(document, annotators), signs, {name: f"Annotator {sign}" for name, sign in signs.items()}
    )


def initials(names: Iterable[str]) -> dict[str, str]:
    """Return one letter for each name: its first; if that is taken the next free one of the name, of the alphabet."""
    taken: dict[str, str] = {}
    for name in names:
        letters = [char.upper()[:1] for char in name if char.isalnum()]
        used = set(taken.values())
        taken[name] = next(
            (letter for letter in (*letters, *_ALPHABET) if letter not in used), letters[0] if letters else "?"
        )
    return taken
