"""What a new label or relation type begins as, and what goes badly together in a codebook. No widgets here."""

import string
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.codebook import Codebook, Label, LineForm, RelationType
from annotator.domain.codebook_rules import folded


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour with its line form, tuned together; `colour` is the line on a light ground, as a label stores it."""

    name: str
    colour: str
    form: LineForm

    @property
    def spoken(self) -> str:
        """What assistive technology reads."""
        return f"{self.name}, {self.form}"


# look.md, "Labels", in the order in which they are offered
PAIRS = (
    Pair("amber", "#B8730E", LineForm.SOLID),
    Pair("blue", "#1A80CC", LineForm.DOUBLE),
    Pair("green", "#06573A", LineForm.THICK),
    Pair("plum", "#86196A", LineForm.DASH),
    Pair("brick", "#B7271B", LineForm.SOLID),
    Pair("olive", "#80874E", LineForm.DASH_DOT),
    Pair("violet", "#6A46A8", LineForm.DASH),
    Pair("teal", "#04786E", LineForm.DOUBLE),
    Pair("slate", "#788194", LineForm.DASH_DOT),
    Pair("cocoa", "#442212", LineForm.THICK),
)


_NEW = "new label"


def new_label(codebook: Codebook) -> Label:
    """Return a label to begin with: a free name, pair of colour and line, letter and key."""
    name = _free_name(_NEW, (label.name for label in codebook))
    pair = free_pair(codebook)
    return Label(name, free_letter(name, codebook), pair.colour, pair.form, free_key(codebook))


def new_relation(codebook: Codebook) -> RelationType:
    """Return a relation type between any labels."""
    return RelationType(_free_name("new relation type", (each.name for each in codebook.relations)))


def free_pair(codebook: Codebook) -> Pair:
    """Return the next pair whose colour no label has; with all ten taken, the one that fewest have."""
    used = [label.colour.upper() for label in codebook]
    return min(PAIRS, key=lambda pair: used.count(pair.colour))


def free_letter(name: str, codebook: Codebook, besides: str | None = None) -> str:
    """Return the name's first letter; if taken, the next free one of the name, then of the alphabet (look.md).

    `besides` names the label that is being given a letter, whose own doesn't count as taken.
    """
    taken = {label.letter.upper() for label in codebook if label.name != besides}
    wanted = [character.upper() for character in name if character.isalnum() and len(character.upper()) == 1]
    free = (letter for letter in (*wanted, *string.ascii_uppercase) if letter not in taken)
    return next(free, wanted[0] if wanted else "A")


def renamed(codebook: Codebook, label: Label, name: str) -> dict[str, str]:
    """Return what a new name changes: a label just made gets the letter of its first real name too."""
    if not folded(label.name).startswith(_NEW) or label.letter != free_letter(label.name, codebook, label.name):
        return {"name": name}
    return {"name": name, "letter": free_letter(name, codebook, label.name)}


def free_key(codebook: Codebook) -> int | None:
    """Return the first number key that tags with no label, None if all nine do."""
    used = {label.key for label in codebook}
    return next((key for key in range(1, 10) if key not in used), None)


def same_letter(codebook: Codebook, label: Label) -> list[str]:
    """Return the names of the other labels that have this one's letter."""
    return [each.name for each in codebook if each.name != label.name and folded(each.letter) == folded(label.letter)]


def same_look(codebook: Codebook, label: Label) -> list[str]:
    """Return the names of the other labels that have this one's colour and line."""
    look = (label.colour.upper(), label.line_form)
    return [each.name for each in codebook if each.name != label.name and (each.colour.upper(), each.line_form) == look]


def possible_parents(codebook: Codebook, name: str) -> list[str]:
    """Return the labels that this one may be a kind of: neither itself nor a kind of it."""
    return [label.name for label in codebook if name not in _line_of(codebook, label.name)]


def _line_of(codebook: Codebook, name: str) -> list[str]:
    found = [name]
    while (parent := codebook.label(found[-1]).parent) and codebook.has(parent) and parent not in found:
        found.append(parent)
    return found


def _free_name(wanted: str, taken: Iterable[str]) -> str:
    known = {folded(name) for name in taken}
    number, name = 2, wanted
    while name in known:
        name, number = f"{wanted} {number}", number + 1
    return name


def ends(relation: RelationType) -> str:
    """Word what a relation type goes from and to: `quote, claim to actor`."""
    return f"{', '.join(relation.sources) or 'any label'} to {', '.join(relation.targets) or 'any label'}"
