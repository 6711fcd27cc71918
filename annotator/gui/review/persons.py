"""What the annotators of a document are called in Review: by name, or by a sign that says nothing."""

from collections import Counter
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


_NOBODY = Persons()


class People:
    """Who has a part in each document of a queue; what they are called there is worked out when it is asked for."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[frozenset[str], bool]] = {}
        self._called: dict[str, Persons] = {}
        self._documents_of: Counter[str] = Counter()
        self._blind = 0

    def put(self, document: str, annotators: Iterable[str], *, revealed: bool) -> None:
        """Take who has a part in a document, nobody perhaps."""
        before, was_revealed = self._known.pop(document, (frozenset(), True))
        names = frozenset(annotators)
        self._called.pop(document, None)
        self._documents_of.subtract(before)
        self._documents_of.update(names)
        self._blind += (bool(names) and not revealed) - (bool(before) and not was_revealed)
        if names:
            self._known[document] = names, revealed

    def of(self, document: str) -> Persons:
        """Return what they are called in a document."""
        if document not in self._known:
            return _NOBODY
        if document not in self._called:
            names, revealed = self._known[document]
            self._called[document] = persons_of(document, names, revealed=revealed)
        return self._called[document]

    @property
    def names(self) -> list[str]:
        """Everybody, sorted."""
        return sorted(name for name, number in self._documents_of.items() if number > 0)

    @property
    def blind(self) -> bool:
        """Whether names are not revealed somewhere."""
        return self._blind > 0


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
