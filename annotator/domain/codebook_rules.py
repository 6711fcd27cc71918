"""What a codebook must be: names that can be typed and told apart, keys used once, parents that are no circle."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from annotator.domain.codebook import AttributeKind, Codebook
from annotator.errors import BadArgument

LONGEST_NAME = 100  # code points
LONGEST_GUIDELINE = 10_000
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}


def check(codebook: Codebook) -> None:
    """Raise BadArgument, saying what is wrong and with which label, attribute or relation type."""
    if not codebook.labels:
        raise BadArgument("A codebook needs at least one label.")
    _check_labels(codebook)
    _check_attributes(codebook)
    _check_relations(codebook)


def _check_labels(codebook: Codebook) -> None:
    _refuse_doubles("Two labels have the name", (label.name for label in codebook))
    parents = {label.name: label.parent for label in codebook}
    for label in codebook:
        check_name(label.name, "label")
        _check_guideline(label.guideline, label.name)
        if not 1 <= len(label.letter) <= 3 or label.letter != label.letter.strip() or _unseen(label.letter):
            raise BadArgument(f"The letter of “{label.name}” has one to three characters.")
        if not _COLOUR.fullmatch(label.colour):
            raise BadArgument(f"The colour of “{label.name}” looks like #B8730E, not “{label.colour}”.")
        if label.key is not None and not 1 <= label.key <= 9:
            raise BadArgument(f"The key of “{label.name}” is 1 to 9, or none.")
        _check_parents(parents, label.name)
    _refuse_doubles("Two labels have the key", (str(label.key) for label in codebook if label.key))


def _check_parents(parents: Mapping[str, str | None], name: str) -> None:
    seen = {name}
    parent = parents[name]
    while parent is not None:
        if parent in seen:
            raise BadArgument(f"“{name}” can't be a kind of itself, not even by way of another label.")
        if parent not in parents:
            raise BadArgument(f"“{name}” is said to be a kind of “{parent}”, which the codebook doesn't have.")
        seen.add(parent)
        parent = parents[parent]


def _check_attributes(codebook: Codebook) -> None:
    names: dict[str, list[str]] = {label.name: [] for label in codebook}
    for attribute in codebook.attributes:
        check_name(attribute.name, "attribute")
        _check_guideline(attribute.guideline, attribute.name)
        if attribute.label not in names:
            raise BadArgument(
                f"The attribute “{attribute.name}” is of “{attribute.label}”, which the codebook doesn't have."
            )
        names[attribute.label].append(attribute.name)
        chosen = attribute.kind in (AttributeKind.CHOICE, AttributeKind.CHOICES)
        if chosen and not attribute.options:
            raise BadArgument(f"The attribute “{attribute.name}” is a choice: give it at least one option.")
        if attribute.options and not chosen:
            raise BadArgument(f"The attribute “{attribute.name}” is no choice, so it has no options.")
        for option in attribute.options:
            check_name(option, "option")
        _refuse_doubles(f"The attribute “{attribute.name}” has twice the option", attribute.options)
    for label, own in names.items():
        _refuse_doubles(f"The label “{label}” has two attributes called", own)


def _check_relations(codebook: Codebook) -> None:
    labels = {label.name for label in codebook}
    for relation in codebook.relations:
        check_name(relation.name, "relation type")
        _check_guideline(relation.guideline, relation.name)
        for ends in (relation.sources, relation.targets):
            _refuse_doubles(f"The relation type “{relation.name}” names twice the label", ends)
            if unknown := [end for end in ends if end not in labels]:
                raise BadArgument(
                    f"The relation type “{relation.name}” names “{unknown[0]}”, which the codebook doesn't have."
                )
    _refuse_doubles("Two relation types have the name", (each.name for each in codebook.relations))


def check_name(name: str, what: str, longest: int = LONGEST_NAME) -> None:
    """Raise BadArgument unless `name` is one line that neither begins nor ends with a blank."""
    if not name.strip():
        raise BadArgument(f"The {what} needs a name.")
    if name != name.strip():
        raise BadArgument(f"The {what} “{name.strip()}” begins or ends with a blank.")
    if len(name) > longest:
        raise BadArgument(f"The name of the {what} has {len(name)} characters; {longest} is the most.")
    if _unseen(name):
        raise BadArgument(f"The name of the {what} holds a line end or a control character.")


def _unseen(name: str) -> bool:
    return any(unicodedata.category(character) in _UNSEEN for character in name)


def _check_guideline(guideline: str, name: str) -> None:
    if len(guideline) > LONGEST_GUIDELINE:
        raise BadArgument(
            f"The guideline of “{name}” is {len(guideline)} characters long; at most {LONGEST_GUIDELINE}."
        )
    if any(unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t" for character in guideline):
        raise BadArgument(f"The guideline of “{name}” holds a control character.")


def folded(name: str) -> str:
    """Return what two names that a reader takes for the same have in common."""
    return unicodedata.normalize("NFC", name).casefold()


def _refuse_doubles(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if folded(name) in seen:
            raise BadArgument(f"{what} “{name}”.")
        seen.add(folded(name))
